"""Front matter that Hugo cannot read, each in a site of its own: whether the build stops, and what the page is else."""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.document import Document
from postlint.generators import Hidden, generator_for, load_site
from postlint.text import Text
from tests.generators.hugo_oracle import LAYOUTS, build, new_hugo, old_hugo
from tests.generators.oracle import write
from tests.generators.test_hugo_sites import page_differences

CASES: tuple[str | bytes, ...] = (
    # YAML
    "---\ntitle: a: b\n---\nBody\n",
    '---\ntitle: "a "b" c"\n---\nBody\n',
    "---\ntitle: 'it's'\n---\nBody\n",
    "---\n\ttitle: x\n---\nBody\n",
    "---\ntitle: x\ntags: [a, b\n---\nBody\n",
    "---\ntitle: @x\n---\nBody\n",
    "---\ntitle: *x\n---\nBody\n",
    "---\ntitle: %x\n---\nBody\n",
    "---\ntitle: x\n  date: 2020-01-02\n---\nBody\n",
    "---\n- a\n- b\n---\nBody\n",
    "---\njust words\n---\nBody\n",
    "---\n5\n---\nBody\n",
    "---\n---\nBody\n",
    "---\n# only a comment\n---\nBody\n",
    "---\n\n---\nBody\n",
    "---\ntitle: x\ntitle: z\n---\nBody\n",
    "---\na: {b: 1, b: 2}\n---\nBody\n",
    "---\ntitle: x\nTitle: z\n---\nBody\n",
    "---\ntitle: [a, b]\n---\nBody\n",
    "---\ntitle: {a: b}\n---\nBody\n",
    "---\ntitle: !!python/object x\n---\nBody\n",
    "---\ntitle: !tag x\n---\nBody\n",
    "---\n5: x\ntrue: y\n---\nBody\n",
    "---\n{title: flow}\n---\nBody\n",
    "---\ntitle: x\n...\nBody\n---\nMore\n",
    "---\ntitle: x\n--- \nBody\n",
    "--- \ntitle: x\n---\nBody\n",
    "----\ntitle: x\n----\nBody\n",
    "---\ntitle: x\n----\nBody\n",
    "---\ntitle: x\nBody without an end\n",
    "---\ntitle: x\n",
    "---",
    "---\ntitle: x\n---",
    "\n---\ntitle: x\n---\nBody\n",
    " ---\ntitle: x\n---\nBody\n",
    "---\ntitle: x\n ---\nBody\n---\n",
    "---\r\ntitle: x\r\n---\r\nBody\r\n",
    "---\nweight: heavy\n---\nBody\n",
    "---\ndraft: maybe\n---\nBody\n",
    "---\ntags: {a: b}\n---\nBody\n",
    "---\nslug: [a]\n---\nBody\n",
    "---\nurl: {a: b}\n---\nBody\n",
    "---\nurl: http://x.example/a\n---\nBody\n",
    "---\nparams: words\n---\nBody\n",
    "---\nbuild: words\n---\nBody\n",
    "---\nbuild: {render: sometimes}\n---\nBody\n",
    "---\nlayout: 5\ntype: [a]\n---\nBody\n",
    "---\nheadless: words\n---\nBody\n",
    "---\ncascade: words\n---\nBody\n",
    "---\nresources: words\n---\nBody\n",
    "---\nsitemap: words\n---\nBody\n",
    "---\nmenu: words\n---\nBody\n",
    "---\nmenus: {main: {weight: 1}}\n---\nBody\n",
    "---\nlang: xx\n---\nBody\n",
    b"---\ntitle: \xff\xfe\n---\nBody\n",
    b"---\ntitle: x\n---\nBody \xff\n",
    # TOML
    "+++\ntitle = x\n+++\nBody\n",
    '+++\ntitle = "x\n+++\nBody\n',
    '+++\ntitle = "x"\ntitle = "y"\n+++\nBody\n',
    "+++\ntitle: x\n+++\nBody\n",
    '+++\ntitle = "x"\n---\nBody\n',
    '+++\ntitle = "x"\nBody without an end\n',
    "+++\n+++\nBody\n",
    '++++\ntitle = "x"\n++++\nBody\n',
    "+++\ndate = 2020-02-30\n+++\nBody\n",
    "+++\ndate = 2020-1-2\n+++\nBody\n",
    '+++\ntitle = "x"\n[params]\na = 1\n[params]\nb = 2\n+++\nBody\n',
    "+++\nTags = ['a']\n+++\nBody\n",
    "+++\nurl = 'https://x.example/a'\n+++\nBody\n",
    # JSON
    '{"title": "x"}\nBody\n',
    '{\n"title": "x",\n}\nBody\n',
    '{"title": "x"\nBody\n',
    "{'title': 'x'}\nBody\n",
    '{"title": "x", "title": "y"}\nBody\n',
    "{}\nBody\n",
    '{"title": "x"} Body\n',
    '[{"title": "x"}]\nBody\n',
    "- an item\n",
    "  + an item\n",
    "* an item\n",
    "# A heading\n",
    "-- words\n",
    "\n\n- an item\n",
    "{ words }\n",
    "----\n\nwords\n\n----\n",
    "-----------\n",
    "_words_\n",
    "{{< shortcode >}} begins the body\n",
)  # fmt: skip

OLD = ("---\ntitle: x\n...\nBody\n---\nMore\n", b"---\ntitle: \xff\xfe\n---\nBody\n")
"""Not asked of the old release: it reads one YAML document of two, and stops at bytes that are not UTF-8."""


@pytest.mark.generator
@pytest.mark.parametrize("version", ["", "0.111.3"])
@pytest.mark.parametrize("part", range(4))
def test_front_matter_that_is_broken_or_odd(part: int, version: str, tmp_path: Path) -> None:
    program = old_hugo() if version else new_hugo()
    wrong = []
    stops = 0
    shortcode: dict[str, str | bytes] = {"layouts/shortcodes/shortcode.html": "x"}
    for number, content in enumerate(CASES[part::4]):
        root = tmp_path / str(number) / "site"
        files: dict[str, str | bytes] = {"content/posts/p.md": content, "content/posts/q.md": "---\ntitle: q\n---\n"}
        write(root, {**LAYOUTS, **shortcode, "hugo.toml": "", "config.toml": "", **files}, 1_600_000_000)
        theirs = build(root, program)
        profile = load_site(root, "", "hugo", version=version)
        data = content.encode() if isinstance(content, str) else content
        fate = generator_for(profile).fate(Document("content/posts/p.md", Text.decode(data), profile))
        stops += theirs.failed
        if version and content in OLD:
            continue
        if theirs.failed is not (fate.reason is Hidden.ABORTS):
            wrong.append(f"{content!r}: Hugo {theirs.errors or 'goes on'}, we {fate.reason or 'publish it'}")
            continue
        page = theirs.pages.get(("content/posts/p.md", "en"))
        if theirs.failed:
            continue
        if (page is not None) is not fate.published:
            wrong.append(f"{content!r}: Hugo {page}, we {fate}")
        elif page is not None:
            wrong += [f"{content!r}: {difference}" for difference in page_differences(fate, page)]
    assert stops
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(wrong)
