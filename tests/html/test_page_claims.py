"""What the pages of crosses-markdown, malformed-tag and undefined-reference say of Hugo and kramdown, asked of both."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.generators.oracle import tool
from tests.html.test_kramdown_claims import has_kramdown, rendered
from tests.sites import write_site

pytestmark = pytest.mark.generator

BODY = "One <span>two\n\nthree</span> four [x][nope] and [y][]\n\na <em b < /em> and <b\n\n- a <i>x\n- y</i>\n"


def test_hugo_passes_on_tags_that_cross_and_prints_what_is_none(tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'disableKinds = ["home", "taxonomy", "term", "section"]\nmarkup.goldmark.renderer.unsafe = true\n',
        "layouts/_default/single.html": "{{ .Content }}",
        "content/a.md": f"---\ntitle: A\n---\n{BODY}",
    }
    write_site(tmp_path, files)
    subprocess.run([tool("hugo"), "--quiet", "--source", str(tmp_path)], check=True, timeout=60)
    page = (tmp_path / "public/a/index.html").read_text(encoding="utf-8")
    assert "<p>One <span>two</p>\n<p>three</span> four [x][nope] and [y][]</p>" in page
    assert "<p>a &lt;em b &lt; /em&gt; and &lt;b</p>" in page
    assert "<li>a <i>x</li>\n<li>y</i></li>" in page


@pytest.mark.skipif(not has_kramdown(), reason="no kramdown")
def test_kramdown_closes_with_the_block_and_prints_what_is_none() -> None:
    [page] = rendered([BODY])
    assert "<p>One <span>two</span></p>" in page
    assert "<p>three&lt;/span&gt; four [x][nope] and [y][]</p>" in page
    assert "<p>a &lt;em b &lt; /em&gt; and &lt;b</p>" in page
    assert "<li>a <i>x</i></li>" in page and "<li>y&lt;/i&gt;</li>" in page
