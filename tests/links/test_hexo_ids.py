"""The ids in real posts, and those that hexo-renderer-marked's settings make: all predicted, set beside Hexo's own."""

from __future__ import annotations

import html
import os
import random
import re
import shutil
from pathlib import Path

import pytest

from postlint.document import Document, Profile
from postlint.generators import load_site
from postlint.parse.headings import anchors
from postlint.text import Text
from tests.generators.oracle import write
from tests.generators.test_hexo_sites import CORPORA, PACKAGE, read


def _made(text: str) -> tuple[set[str], set[str]]:
    """The ids of headings, and all ids and names."""
    text = re.sub("(?s)<!--.*?-->", "", text)
    tags = re.findall(r"<[a-zA-Z][^>]*>", text)
    ids = {html.unescape(value) for tag in tags for value in re.findall(r"""\s(?:id|name)=["']([^"']*)["']""", tag)}
    return set(map(html.unescape, re.findall(r'<h[1-6]\b[^>]*?\sid="([^"]*)"', text))), ids - {""}


def _ours(profile: Profile, path: str, data: bytes) -> tuple[set[str], bool]:
    known = anchors(Document(path, Text.decode(data), profile))
    return set(known.ids), known.complete


@pytest.mark.corpus
@pytest.mark.generator
@pytest.mark.parametrize(("site", "folder"), [("hexo-site", "source"), ("barretlee/blog", "src")])
def test_every_id_of_a_real_site_is_known(site: str, folder: str, tmp_path: Path) -> None:
    if not CORPORA.is_dir():
        pytest.skip("the real sites (shared/corpora beside the project) are not there")
    root = tmp_path / "site"
    shutil.copytree(CORPORA / site, root, ignore=shutil.ignore_patterns("themes", "scripts", "package.json"))
    (root / "package.json").write_text(PACKAGE)
    with (root / "_config.yml").open("a") as config:
        config.write("\nsyntax_highlighter: ''\n")  # colours take most of the time
    (answer,) = read([(root, "UTC")], rendered=True)
    profile = load_site(root, "", "hexo")
    headings = compared = 0
    wrong = []
    for source, text in answer["rendered"].items():
        ours, complete = _ours(profile, f"{folder}/{source}", (root / folder / source).read_bytes())
        if text is None or not complete:
            continue
        in_headings, ids = _made(text)
        headings += len(in_headings)
        compared += 1
        surplus = {id_ for id_ in ours - ids if not id_.startswith("fn")}
        if ids - ours or surplus:
            wrong.append(f"{source}: not known {sorted(ids - ours)}, not rendered {sorted(surplus)}")
    assert not wrong, f"{len(wrong)} of {compared}\n" + "\n".join(wrong)
    assert compared > 150
    assert headings > 600


SETTINGS = (
    "", "headerIds: false", "modifyAnchors: 1", "modifyAnchors: 2", "modifyAnchors: true", "smartypants: false",
    "quotes: '«»‹›'", "breaks: false", "anchorAlias: true",
)  # fmt: skip
TEXT = """
# One -- two --- three ... four

## What's `foo--bar_baz`? "Quoted" 'words' ('s \"x\")

## 日本語 の見出し、です。

## _Emphasis_ and **strong** and ~~gone~~ snake_case

## [A link](https://x.example) and [another][ref] and [none][nothing] and [ref] and [c][]

## [Aliased](#Own-Name) text

## Text before [an alias](#not-this)

## See https://x.example/a_b-c?d=e or me@x.example, too

## Auto <https://x.example/y> link

## Don't &amp; me &eacute; &#8220;x&#8221; `&amp;` &quot;q&quot;

## `Array<T>` and Map<K, V> and a < b and 1 <2

## An <b title="a > b">element</b> <a name="inside"></a>inside <!-- not this --> end

## ![alt text](x.png) image

## Ørsted Łódź straße İstanbul ΟΔΟΣ ½ ²

## Same

## Same

## Same-1

## same

## Same

## constructor

## constructor

## toString

## With {#braces}

## C++

## C#

##

## !!!

Setext *here*
=============

Two
lines
-----

> ## In a quote

* ## In a list

## Escaped \\*stars\\* and \\_ and \\'x'

<!-- more -->

`<!-- more -->` and `<a id="shown">`

    <a id="indented"></a>

<div id="block"><a name='bare'>x</a></div>

[ref]: /x
[c]: /y
"""


@pytest.mark.generator
def test_settings_of_the_renderer(tmp_path: Path) -> None:
    sites = []
    for number, setting in enumerate(SETTINGS):
        root = tmp_path / str(number)
        post = f"---\ntitle: x\n---\n{TEXT}"
        write(
            root,
            {"_config.yml": f"marked: {{{setting}}}\n", "package.json": PACKAGE, "source/_posts/a.md": post},
            1_600_000_000,
        )
        sites.append((root, "UTC"))
    wrong = []
    for (root, _), setting, answer in zip(sites, SETTINGS, read(sites, rendered=True), strict=True):
        in_headings, ids = _made(answer["rendered"]["_posts/a.md"])
        assert bool(in_headings) is ("headerIds" not in setting)
        ours, complete = _ours(load_site(root, "", "hexo"), "source/_posts/a.md", f"---\n---\n{TEXT}".encode())
        assert complete
        if ours != ids:
            wrong.append(f"{setting}: not known {sorted(ids - ours)}, not rendered {sorted(ours - ids)}")
    assert not wrong, "\n".join(wrong)


PIECES = (
    "word", "Two words", "_", "_em_", "**b**", "`code`", "`a--b`", "`<T>`", "--", "---", "-", "...", "'", '"', "'s",
    "&amp;", "&eacute;", "&#39;", "&", "<b>", "</b>", "<https://a.example>", "https://a.example/x_y ", "(", ")", "[",
    "]", "[l](u)", "[l][r]", "[x][y]", "[r]", "![i](p.png)", "\\", "\\_", "{", "}", "{#id}", "~~s~~ ", "é", "ß", "İ",
    "中文", "，", "1", "½", "😀", ":smile:", "|", "$x$", "^2^", "!", ":", "@", "*", "<!-- c -->", "  ", "<", ">",
    "a_b_c",
    "\u00a0", "e\u0301", "“q”", "–",
)  # fmt: skip


@pytest.mark.generator
def test_any_heading_has_the_id_that_hexo_gives_it(tmp_path: Path) -> None:
    seed = os.environ.get("POSTLINT_SEED", "0")
    chance = random.Random(None if seed == "random" else int(seed))
    files: dict[str, str | bytes] = {"_config.yml": "title: x\n", "package.json": PACKAGE}
    for number in range(600):
        pieces = [chance.choice(PIECES) + chance.choice(("", " ")) for _ in range(chance.randint(1, 6))]
        words = "".join(pieces).strip().lstrip("->*")  # no list, no quote
        heading = f"{words}\n===" if chance.random() < 0.15 else f"## {words}"
        files[f"source/_posts/p{number}.md"] = f"---\ntitle: x\n---\nBefore\n\n{heading}\n\nAfter\n\n[r]: /x\n"
    write(tmp_path, files, 1_600_000_000)
    (answer,) = read([(tmp_path, "UTC")], rendered=True)
    profile = load_site(tmp_path, "", "hexo")
    wrong = []
    for source, text in answer["rendered"].items():
        content = str(files[f"source/{source}"])
        if text is not None:
            ours, theirs = _ours(profile, f"source/{source}", content.encode())[0], _made(text)[0] - {""}
            if ours != theirs:
                wrong.append(f"{content.splitlines()[5]!r}: Hexo {sorted(theirs)}, we {sorted(ours)}")
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(wrong)


def test_another_renderer_has_ids_of_its_own(tmp_path: Path) -> None:
    package = '{"dependencies": {"hexo-renderer-markdown-it": "7.0.0", "hexo-renderer-ejs": "2.0.0"}}'
    write(tmp_path, {"_config.yml": "title: x\n", "package.json": package}, 1_600_000_000)
    assert not _ours(load_site(tmp_path, "", "hexo"), "source/_posts/a.md", b"# A\n")[1]
    assert _ours(load_site(tmp_path, "", "hexo"), "source/_posts/a.md", b"A\n")[1]
