"""What kramdown, Hugo and marked make of the forms that ``link/printed-link`` reports."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.generators.oracle import node_modules, tool
from tests.html.test_kramdown_claims import has_kramdown, rendered
from tests.sites import write_site

pytestmark = pytest.mark.generator

SLIPS = ["(text)[https://x.example]", "[text] (https://x.example)", "[text]\n(https://x.example)", "[文字]（/notes/）"]
BLANK = "[text](/an address)"
BODY = "\n\n".join([*SLIPS, BLANK]) + "\n"


def links_of_hugo(folder: Path) -> str:
    write_site(
        folder,
        {
            "hugo.toml": 'disableKinds = ["home", "taxonomy", "term", "section"]\n',
            "layouts/_default/single.html": "{{ .Content }}",
            "content/a.md": f"---\ntitle: A\n---\n{BODY}",
        },
    )
    subprocess.run([tool("hugo"), "--source", str(folder)], check=True, timeout=60, capture_output=True)
    return (folder / "public/a/index.html").read_text(encoding="utf-8")


def links_of_marked(_: Path) -> str:
    script = "console.log(require('marked').parse(require('fs').readFileSync(0, 'utf8')))"
    folder = node_modules("marked")
    return subprocess.run(
        [tool("node"), "-e", script], input=BODY, text=True, check=True, capture_output=True, cwd=folder.parent
    ).stdout


def links_of_kramdown(_: Path) -> str:
    if not has_kramdown():
        pytest.skip("no kramdown")
    return str(rendered([BODY])[0])


@pytest.mark.parametrize(
    ("read", "a_blank_is_fine"), [(links_of_kramdown, True), (links_of_hugo, False), (links_of_marked, False)]
)
def test_readers_see_the_brackets(read: Callable[[Path], str], a_blank_is_fine: bool, tmp_path: Path) -> None:
    page = read(tmp_path)
    for shown in ("(text)[", "[text] (", "[text]", "[文字]（/notes/）"):
        assert shown in page
    assert ">text</a>" not in page.replace('<a href="/an address">text</a>', "")
    assert ('<a href="/an address">text</a>' in page) == a_blank_is_fine
