"""What the rules about single tags say, and what kramdown, Hugo and Hexo make of the same, mostly made-up texts."""

from __future__ import annotations

import random
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from postlint.engine.project import Wishes
from postlint.finding import Diagnostic
from tests.generators.oracle import tool
from tests.generators.test_hexo_sites import PACKAGE, read
from tests.html.test_kramdown_claims import has_kramdown, rendered
from tests.sites import run, write_site

pytestmark = pytest.mark.generator

HUGO = 'disableKinds = ["home", "taxonomy", "term", "section"]\nmarkup.goldmark.renderer.unsafe = '


def in_kramdown(texts: list[str], root: Path) -> list[str]:
    if not has_kramdown():
        pytest.skip("no kramdown")
    names = write_posts(root, texts, "_posts/2024-01-02-{}.md", {"_config.yml": ""})
    pages = rendered(texts)
    assert len(names) == len(pages)
    return pages


def in_hugo(texts: list[str], root: Path, unsafe: str = "true") -> list[str]:
    files = {"hugo.toml": HUGO + unsafe, "layouts/_default/single.html": "{{ .Content }}END"}
    write_posts(root, texts, "content/p{}.md", files)
    subprocess.run([tool("hugo"), "--quiet", "--source", str(root)], check=True, timeout=120)
    return [(root / f"public/p{n}/index.html").read_text("utf-8").removesuffix("END") for n in range(len(texts))]


def in_safe_hugo(texts: list[str], root: Path) -> list[str]:
    return in_hugo(texts, root, "false")


def in_hexo(texts: list[str], root: Path) -> list[str]:
    files = {"_config.yml": "title: x\n", "package.json": PACKAGE}
    names = write_posts(root, texts, "source/_posts/p{}.md", files)
    [answer] = read([(root, "UTC")], rendered=True)
    return [answer["rendered"][name.removeprefix("source/")] for name in names]


Renderer = Callable[[list[str], Path], list[str]]
ALL = (in_kramdown, in_hugo, in_safe_hugo, in_hexo)


def write_posts(root: Path, texts: list[str], pattern: str, files: dict[str, str]) -> list[str]:
    names = [pattern.format(number) for number in range(len(texts))]
    posts = {name: f"---\ntitle: A\n---\n{text}" for name, text in zip(names, texts, strict=True)}
    write_site(root, {**files, **posts})
    return names


def findings(rule: str, count: int, root: Path) -> list[list[Diagnostic]]:
    """What the rule says of each post that :func:`write_posts` wrote, by its number."""
    found: list[list[Diagnostic]] = [[] for _ in range(count)]
    _, outcome = run(root, wishes=Wishes(select=(rule,)))
    assert not outcome.crashes
    for diagnostic in outcome.diagnostics:
        number = re.search(r"(\d+)\.md$", diagnostic.path)
        assert number is not None
        found[int(number[1])].append(diagnostic)
    return found


def made_up(pieces: list[str], count: int, separators: tuple[str, ...] = ("\n\n",)) -> list[str]:
    source = random.Random(11)
    texts = []
    for _ in range(count):
        chosen = [source.choice(pieces) for _ in range(source.randint(2, 6))]
        texts.append("".join(piece + source.choice(separators) for piece in chosen).rstrip() + "\n")
    return texts


def visible(page: str) -> str:
    """The text that readers see, without code and addresses."""
    tree = LexborHTMLParser(f"<body>{page}")
    for node in tree.css("code, pre, script, style, a[href^=http]"):
        node.decompose()
    assert tree.body is not None
    return tree.body.text()


# Repeated attributes -----------------------------------------------------------------------------------------

TWICE = 'x <a class="one" class="two" href="u">t</a>\n\n<div id="a" id="b">t</div>\n'


@pytest.mark.parametrize(
    ("renderer", "kept"),
    [
        (in_kramdown, ['<a class="two" href="u">', '<div id="b">']),
        (in_hugo, ['<a class="one" class="two" href="u">', '<div id="a" id="b">']),
        (in_hexo, ['<a class="one" class="two" href="u">', '<div id="a" id="b">']),
    ],
)
def test_who_decides_which_of_two_attributes_counts(renderer: Renderer, kept: list[str], tmp_path: Path) -> None:
    [page] = renderer([TWICE], tmp_path)
    assert all(tag in page for tag in kept)
    [found] = findings("html/duplicate-attribute", 1, tmp_path)
    last = renderer is in_kramdown
    assert [d.finding.consequence for d in found] == [
        'Jekyll keeps the last, "two"' if last else 'browsers keep the first, "one"',
        'Jekyll keeps the last, "b"' if last else 'browsers keep the first, "a"',
    ]


def test_browsers_keep_the_first_attribute() -> None:
    link = LexborHTMLParser(TWICE).css_first("a")
    assert link is not None and link.attributes["class"] == "one"


# Attributes in the wrong place -------------------------------------------------------------------------------


@pytest.mark.parametrize("renderer", [in_kramdown, in_hugo, in_hexo])
def test_attributes_in_the_wrong_place_are_passed_on(renderer: Renderer, tmp_path: Path) -> None:
    [page] = renderer(['x <span href="u">y</span>\n\n<p colspan="2"><a src="v">z</a></p>\n'], tmp_path)
    assert all(tag in page for tag in ('<span href="u">', '<p colspan="2">', '<a src="v">'))
    [found] = findings("html/misplaced-attribute", 1, tmp_path)
    assert len(found) == 3


# Alternative texts -------------------------------------------------------------------------------------------

IMAGES = [
    "![](a.png)", "![ ](a.png)", "![A](a.png)", "[![](a.png)](b.html)", "[![A](a.png)](b.html)", '<img src="a.png">',
    '<img src="a.png" alt="A">', "![][r]\n\n[r]: a.png", "`![](a.png)`", "<div>\n\n![](a.png)\n\n</div>",
    '<p><img src="a.png" width="1"/></p>', "<!-- ![](a.png) -->", "- ![](a.png)\n- b", "> ![](a.png)",
]  # fmt: skip


@pytest.mark.parametrize("renderer", ALL)
def test_each_image_without_a_text_is_told(renderer: Renderer, tmp_path: Path) -> None:
    texts = made_up(IMAGES, 120)
    pages = renderer(texts, tmp_path)
    for text, page, found in zip(texts, pages, findings("html/missing-alt", len(texts), tmp_path), strict=True):
        images = LexborHTMLParser(page).css("img")
        nameless = [image for image in images if not (image.attributes.get("alt") or "").strip()]
        assert len(found) == len(nameless), (text, page, [d.start for d in found])
        if renderer is in_hexo:
            assert all("alt" not in image.attributes or image.attributes["alt"] == " " for image in nameless)
        passed_over = sum(
            "passed over" in d.finding.consequence or "pass it over" in d.finding.consequence for d in found
        )
        assert passed_over <= sum("alt" in image.attributes for image in nameless)


# Tags that close themselves ----------------------------------------------------------------------------------

SELF_CLOSED = [
    "<div/>", 'x <i class="a"/> y', '<a name="b"/>', "<div><span/>x</div>", "<div>\n<em/>\nx\n</div>", "z",
    "x <span/> *y*", '<div markdown="1">\n<section/>\n\nx\n</div>', '<p markdown="1">x <span/> y</p>',
    "- <b/>x\n- y", "> <div/>", '<div markdown="1"/>',
]  # fmt: skip
_LEFT_OPEN = re.compile(r"<(div|i|a|span|em|section|b)\b[^<>]*/>")


@pytest.mark.parametrize("renderer", ALL)
def test_tags_that_reach_browsers_closed_by_a_slash_alone_are_told(renderer: Renderer, tmp_path: Path) -> None:
    texts = made_up(SELF_CLOSED, 120)
    pages = renderer(texts, tmp_path)
    for text, page, found in zip(
        texts, pages, findings("html/self-closed-non-void", len(texts), tmp_path), strict=True
    ):
        assert len(found) == len(_LEFT_OPEN.findall(page)), (text, page)


def test_a_script_that_closes_itself_swallows_the_rest_in_kramdown(tmp_path: Path) -> None:
    [page, inline] = in_kramdown(['<script src="a.js"/>\n\n[a](b)\n', 'x <script src="a.js"/> [a](b)\n'], tmp_path)
    assert "[a](b)\n</script>" in page
    assert '<script src="a.js"></script> <a href="b">' in inline
    told, silent = findings("html/self-closed-non-void", 2, tmp_path)
    assert [d.finding.consequence for d in told] == ["Jekyll takes all that follows for the content of <script>"]
    assert not silent


def test_browsers_do_not_see_the_slash() -> None:
    tree = LexborHTMLParser('<i class="a"/>x')
    icon = tree.css_first("i")
    assert icon is not None and icon.text() == "x"


# Names of characters -----------------------------------------------------------------------------------------

NAMES = [
    "nbsp;",
    "nbps;",
    "hellip;",
    "helip;",
    "check;",
    "NBSP;",
    "eacute;",
    "amp ",
    "copy ",
    "nbsp,",
    "apos;",
    "plus;",
]
CONTEXTS = [
    "A &{}B", "<p>A &{}B</p>", '<span title="&{}B">A</span>', "`&{}B`", "- A &{}B", "> *A &{}B*",
    "<div>\n&{}B\n</div>", "| A | B |\n|---|---|\n| &{}B | C |", "## A &{}B", "<!-- &{}B -->", "A [&{}B](c) D",
]  # fmt: skip
ADDRESSES = ["[A](/b?c&nbps;=B)", "<https://example.org/?a&helip;=b>", "![A](/tex?\\in&space;B)"]


@pytest.mark.parametrize("renderer", ALL)
def test_each_name_that_readers_see_is_told(renderer: Renderer, tmp_path: Path) -> None:
    texts = made_up([context.format(name) for context in CONTEXTS for name in NAMES] + ADDRESSES, 250)
    pages = renderer(texts, tmp_path)
    for text, page, found in zip(texts, pages, findings("html/unknown-entity", len(texts), tmp_path), strict=True):
        shown = Counter(re.findall(r"&([A-Za-z]+)", visible(page)))
        told = Counter(re.findall(r"(?:knows no|^)\s?&([A-Za-z]+)", "\n".join(d.finding.message for d in found), re.M))
        assert told == shown, (text, page)


# Comments ----------------------------------------------------------------------------------------------------

_NESTED = re.compile(r"<!--((?:(?!-->).)*?<!--(?:(?!-->).)*)-->", re.S)
COMMENTS = [
    "<!-- q -->", "<!-- q\n\nq -->", "{0} <!-- q --> x", "{0}", "{0} {0}", "{0} <!-- q\n\nq --> {0}", "<!-- q",
    "> <!-- q", "- <!-- q", "<!-- q <!-- q -->", "<!-- q\n\n<!-- q -->\n\nq -->", "<!-- q -- >",
    "<div>\n<!-- q -->\n</div>",
    "> <!-- q\n> q -->", "- x\n\n  <!-- q\n\n  q -->", "<p>{0} <!-- q --></p>",
]  # fmt: skip


@pytest.mark.parametrize("renderer", ALL)
def test_comments_that_show_or_that_hide_the_text_are_told(renderer: Renderer, tmp_path: Path) -> None:
    """The word ``q`` stands in what was meant as a comment, ``TEXT`` outside."""
    texts = [text.replace("{0}", "TEXT") for text in made_up(COMMENTS, 250)]
    pages = renderer(texts, tmp_path)
    told = 0
    for text, page, found in zip(texts, pages, findings("html/unclosed-comment", len(texts), tmp_path), strict=True):
        if renderer is in_safe_hugo and "<p>" in text:
            continue  # which it drops whole
        # What a layout puts behind a post is hidden as well.
        tree = LexborHTMLParser(f"<body>{page}\n<p>FOOTER</p>")
        assert tree.body is not None
        seen = tree.body.text()
        footer = next((node for node in tree.css("p") if node.text() == "FOOTER"), None)
        wrong = (
            footer is None
            or footer.parent != tree.body
            or seen.count("TEXT") != text.count("TEXT")
            or any(mark in seen for mark in ("q", "<!", "->"))
            or any("\n" in comment.partition("<!--")[0] for comment in _NESTED.findall(page))
        )
        told += bool(found)
        if renderer is in_safe_hugo:
            wrong |= bool(found)  # nobody sees whether the lines that it drops were meant as a comment
        assert bool(found) == wrong, (text, page, [d.finding.message for d in found])
    assert told > 50


@pytest.mark.parametrize("renderer", [in_hugo, in_hexo])
@pytest.mark.parametrize("name", ["pre", "script", "style", "textarea"])
def test_a_block_that_holds_no_markdown_goes_on_to_its_end_tag(renderer: Renderer, name: str, tmp_path: Path) -> None:
    [page] = renderer([f"<{name}>\none\n\nmore [words](b)\n"], tmp_path)
    assert "more [words](b)" in page
    [found] = findings("html/unclosed-tag", 1, tmp_path)
    assert [d.finding.message for d in found] == [f"<{name}> is never closed"]
    assert not findings("html/unclosed-comment", 1, tmp_path)[0]


# Ids ---------------------------------------------------------------------------------------------------------

IDS = [
    "## Step", "## Step 1", "## Notes", "### Step", '<p id="notes">x</p>', '<div id="step-1">x</div>',
    "## Other {#notes}", "<div>\n\n## Notes\n\n</div>", '<div markdown="1">\n\n## Step\n\n</div>',
    'x <b id="b">y</b>', "`<b id=\"b\">`",
    "## 数据", "## 数据", '<p id="数据">x</p>', "Step\n----", '<!-- <p id="b"> -->', "## `Step` 1",
]  # fmt: skip


@pytest.mark.parametrize("renderer", ALL)
def test_each_id_that_a_page_has_twice_is_told(renderer: Renderer, tmp_path: Path) -> None:
    texts = made_up(IDS, 250, ("\n\nText\n\n",))
    pages = renderer(texts, tmp_path)
    told = 0
    for text, page, found in zip(texts, pages, findings("html/duplicate-id", len(texts), tmp_path), strict=True):
        tags = LexborHTMLParser(page).css("[id]")
        twice = {id_ for id_, count in Counter(tag.attributes["id"] for tag in tags).items() if count > 1}
        mine = {re.search(r'the id "([^"]*)"', d.finding.message)[1] for d in found}  # type: ignore[index]
        told += len(mine)
        if renderer is in_kramdown and 'markdown="1"' in text:
            assert mine <= twice, (text, page)  # headings in HTML that is read as Markdown are not looked at
        else:
            assert mine == twice, (text, page)
    assert told > (10 if renderer is in_safe_hugo else 50)


# Code --------------------------------------------------------------------------------------------------------

CODE = '[a](javascript:go) <b onclick="go()">b</b>\n\n<script>go()</script>\n\n<iframe src="https://example.org/"></iframe>\n'


@pytest.mark.parametrize("renderer", ALL)
def test_code_is_passed_on_or_dropped(renderer: Renderer, tmp_path: Path) -> None:
    [page] = renderer([CODE], tmp_path)
    passed = [
        mark in page
        for mark in ('href="javascript:go"', 'onclick="go()"', "<script>go()", 'src="https://example.org/"')
    ]
    assert passed == [renderer is not in_safe_hugo] * 4, page
    [found] = findings("html/unsafe-content", 1, tmp_path)
    assert len(found) == sum(passed)
