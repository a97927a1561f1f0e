"""What html/markdown-not-rendered says stays as it is typed, and what helps, asked of the real programs."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from postlint.document import Document
from postlint.parse.raw_html import unrendered_markdown
from postlint_rules.html.markdown_not_rendered import MarkdownNotRendered
from tests.html.renderers import by_hexo, by_hugo, by_kramdown, visible
from tests.html.test_kramdown_claims import has_kramdown
from tests.html_documents import document

MARKUP = ["**bold#**", "[link#](u)", "`code#`", "*slanted#*", "![image#](u)"]
BLOCKS = [
    "<div>@</div>", "<div>\n@\n</div>", "<div>\n\n@\n\n</div>",
    "<table><tr><td>@</td></tr></table>", "@", "some @ words",
    "<details>\n<summary>@</summary>\n@\n</details>", "- @", "<p>@</p>\n@",
    "<div><span>@</span></div>", "a <b>@</b> b",
    "<pre>@</pre>", "<!-- @ -->", "> <div>\n> @\n> </div>", "<ul>\n<li>@</li>\n</ul>", "<span>@</span> and",
    '<div markdown="1">\n@\n</div>', "a <u>@</u> and <font color=red>@</font>", "<h2>@</h2>", "<center>@</center>",
]  # fmt: skip
NUMBERED = re.compile(r"(?:bold|link|code|slanted|image)(\d+)")
LITERAL = re.compile(
    r"\*\*bold(\d+)\*\*|\[link(\d+)\]\(u\)|`code(\d+)`|(?<!\*)\*slanted(\d+)\*(?!\*)|!\[image(\d+)\]\(u\)"
)


def made_up(count: int, seed: int) -> list[str]:
    source = random.Random(seed)
    texts: list[str] = []
    for _ in range(count):
        text = "\n\n".join(source.choice(BLOCKS) for _ in range(source.randint(1, 4)))
        number = 0
        while "@" in text:
            text = text.replace("@", source.choice(MARKUP).replace("#", str(number)), 1)
            number += 1
        texts.append(text + "\n")
    return texts


def check(texts: Sequence[str], pages: Sequence[str], generator: str) -> None:
    """What is reported is on the page as it was typed, and nothing else is, but where that is meant."""
    reported = 0
    for text, page in zip(texts, pages, strict=True):
        doc = document(text, generator)
        found = {
            NUMBERED.search(text, *piece.span)[1]  # type: ignore[index]
            for raw in unrendered_markdown(doc)
            for piece in raw.pieces
        }
        page = re.sub(r"<pre>.*?</pre>|<!--.*?-->", "", page, flags=re.DOTALL)
        literal = {next(filter(None, match.groups())) for match in LITERAL.finditer(visible(page))}
        assert found == literal, (text, page)
        reported += len(found)
    assert reported > len(texts) / 2


@pytest.mark.generator
@pytest.mark.skipif(not has_kramdown(), reason="no kramdown")
def test_what_kramdown_leaves_as_it_is_typed_is_reported() -> None:
    texts = made_up(500, 1)
    check(texts, by_kramdown(texts), "jekyll")


@pytest.mark.generator
def test_what_hugo_leaves_as_it_is_typed_is_reported(tmp_path: Path) -> None:
    texts = made_up(300, 2)
    check(texts, by_hugo(tmp_path, texts, raw_html=True), "hugo")


@pytest.mark.generator
def test_what_hexo_leaves_as_it_is_typed_is_reported(tmp_path: Path) -> None:
    texts = made_up(300, 3)
    check(texts, by_hexo(tmp_path, texts), "hugo")  # where raw HTML is on, both read blocks of HTML as CommonMark


def post(text: str, generator: str) -> Document:
    """A file that the generator renders."""
    path = {"jekyll": "_posts/2024-01-02-a.md", "hugo": "content/a.md"}[generator]
    return document(f"---\ntitle: A\n---\n{text}", generator, path)


@pytest.mark.generator
@pytest.mark.skipif(not has_kramdown(), reason="no kramdown")
def test_what_the_help_says_for_jekyll_helps() -> None:
    texts = [
        f"{before}<{name}>**bold**</{name}>{after}\n"
        for name in ("div", "p", "h5", "td", "details", "figcaption", "center", "li", "section", "dd", "summary")
        for before, after in (("", ""), ("<div>\n", "\n</div>"))
        if (name, before) != ("td", "")
    ]
    texts += [f"a <{name}>**bold**</{name}> b\n" for name in ("u", "font", "mark", "var", "center", "strike")]
    mended = []
    for text in texts:
        [finding] = MarkdownNotRendered().check(post(text, "jekyll"))
        advice = re.search(r"write <(\w+)( markdown=\"\w+\")>", finding.help)
        assert advice is not None, text
        assert f"<{advice[1]}>" in text
        mended.append(text.replace(f"<{advice[1]}>", f"<{advice[1]}{advice[2]}>"))
    for text, page in zip(mended, by_kramdown(mended), strict=True):
        assert "<strong>bold</strong>" in page, (text, page)


@pytest.mark.generator
def test_what_the_help_says_for_hugo_helps(tmp_path: Path) -> None:
    text = "<details>\n<summary>More</summary>\n**bold**\n</details>\n"
    [finding] = MarkdownNotRendered().check(post(text, "hugo"))
    assert finding.help == "leave a blank line before it"
    [page] = by_hugo(tmp_path, [text.replace("**bold", "\n**bold")], raw_html=True)
    assert "<strong>bold</strong>" in page
