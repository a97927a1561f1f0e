"""The reading for HTML alone says of HTML what the whole reading says."""

from __future__ import annotations

import random

from postlint.parse.kramdown import KramdownOptions, scan
from postlint.parse.kramdown.model import KramdownScan
from postlint.parse.nesting.marks import from_kramdown
from postlint.text import Span

_PIECES = (
    *("* ", "- ", "1. ", "  ", "    ", "\n", "\n\n", "\t", "> ", "# h\n", "***\n", "[ ] ", "^\n", "==", "---\n"),
    *("<b>", "</b>", "<div>", "</div>", "<br>", "<p>", "</p>", '<a href="x">', "</a>", "<span", ">", "<em\n", "</em"),
    *("< /em>", "<!-- c -->", '<div markdown="1">', "<https://x.example>", 'class="x"', "<pre>", "</pre>"),
    *("text", "a b", "`", "`c`", "```\n", "~~~\n", "$$", "\\", "&amp;", "*em*", "**", "_"),
    *("[a](b)", "[a][r]", "[r]: /x\n", "[^1]", "[^1]: foot <i>\n", "*[ab]: x\n", "{:.x}", "{: #i}", "{::comment}"),
    *("* [a](b)\n", "* `c`\n", "\n\n[a](b)\n\n", "{:/}", "| a | b |\n", "|--|--|\n", ": def\n", "term\n"),
)


def _html(text: str, found: KramdownScan) -> object:
    marks = [(mark.kind, mark.span, mark.name) for mark in from_kramdown(text, Span(0, len(text)), found)]
    return found.elements, found.printed, found.raw, marks


def test_says_the_same_of_html() -> None:
    chance = random.Random(11)
    options = KramdownOptions()
    passed_over = 0
    for _ in range(3000):
        text = "".join(chance.choice(_PIECES) for _ in range(chance.randint(3, 25)))
        span = Span(0, len(text))
        whole, html = scan(text, span, options), scan(text, span, options, html_only=True)
        assert _html(text, html) == _html(text, whole), text
        passed_over += len(html.links) + len(html.code) < len(whole.links) + len(whole.code)
    assert passed_over > 100  # the comparison means something


def test_passes_over_items_and_texts_without_html() -> None:
    text = "* a `b` [c](d)\n* e <b>f</b> [g](h)\n\n[i](j)\n\n[k](l) <i>m</i>\n"
    found = scan(text, Span(0, len(text)), KramdownOptions(), html_only=True)
    assert [text[slice(*link.span)] for link in found.links] == ["[g](h)", "[k](l)"]
    assert [element.name for element in found.elements] == ["b", "i"]
