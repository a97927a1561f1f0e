"""What the scanner reports, and where."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from postlint.parse.kramdown import KramdownOptions, dead_links, scan
from postlint.parse.kramdown.model import KramdownScan
from postlint.text import Span
from tests.kramdown.generate import snippet


def read(text: str, **options: Any) -> KramdownScan:
    return scan(text, Span(0, len(text)), KramdownOptions(**options))


def cut(text: str, span: Span | None) -> str | None:
    return None if span is None else text[span.start : span.end]


def printed(text: str, **options: bool) -> list[tuple[str | None, str, str | None]]:
    return [(cut(text, tag.span), tag.reason, cut(text, tag.inside)) for tag in read(text, **options).printed]


def links(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(link.kind, cut(text, link.destination), cut(text, link.text)) for link in read(text).links]


# The story that this package is for --------------------------------------------------------------------------------

BROKEN = """---
title: x
---
<p>One.</p>
<p><strong>Two</p>
 <p></strong>Three.</p>

<https://a.example/1> [back](/b) | [home](//a.example/)
"""
REPAIRED = BROKEN.replace("Two</p>\n <p></strong>", "Two</strong></p>\n <p>")
START = BROKEN.index("<p>")


def test_formatting_over_two_paragraphs_kills_what_follows() -> None:
    found = scan(BROKEN, Span(START, len(BROKEN)), KramdownOptions())
    assert [(cut(BROKEN, tag.span), tag.reason, cut(BROKEN, tag.inside)) for tag in found.printed] == [
        ("</p>", "misnested-end", "<strong>"),
        ("</strong>", "misnested-end", "<p>"),
    ]
    assert [(e.name, e.start.start, e.auto_closed_at) for e in found.elements if e.auto_closed_at is not None] == [
        ("p", BROKEN.index("<p><strong>"), len(BROKEN)),
        ("strong", BROKEN.index("<strong>"), len(BROKEN)),
    ]
    assert found.links == ()
    assert [cut(BROKEN, link.span) for link in dead_links(BROKEN, found)] == [
        "<https://a.example/1>",
        "[back](/b)",
        "[home](//a.example/)",
    ]


def test_the_repaired_text_renders_its_links() -> None:
    found = scan(REPAIRED, Span(START, len(REPAIRED)), KramdownOptions())
    assert found.printed == ()
    assert [cut(REPAIRED, link.destination) for link in found.links] == ["https://a.example/1", "/b", "//a.example/"]
    assert dead_links(REPAIRED, found) == ()
    assert all(element.end is not None for element in found.elements)


# Printed tags -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a </b> c\n", [("</b>", "stray-end", None)]),
        ("a <i>b</b> c</i>\n", [("</b>", "stray-end", "<i>")]),
        ("<b><i>x</b></i>\n", [("</b>", "misnested-end", "<i>")]),
        ("a <div>x</div> y\n", [("<div>", "block-in-text", None), ("</div>", "stray-end", None)]),
        ("<a href=x/y>z</a>\n", [("<a href=x/y>", "unreadable-attribute", None), ("</a>", "stray-end", None)]),
        ("a </b c> d\n", [("</b c>", "malformed", None)]),
        ("a <!-- b\n", [("<!--", "unclosed-comment", None)]),
        ("<div>\n<img width=50%>\n</div>\n", [("<img width=50%>", "unreadable-attribute", "<div>")]),
        ("* <i>a\n* b</i>\n", [("</i>", "stray-end", None)]),
        ("| <b>x | y</b> |\n", [("</b>", "stray-end", None)]),
        ("<ul><li>a<li>b</ul>\n", [("</ul>", "misnested-end", "<li>")]),
    ],
)  # fmt: skip
def test_printed(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert printed(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a < b and a <b or x > y\n",
        "\\<b> &lt;b> `<b>` ``</b>``\n",
        "<https://a.example/> <me@a.example>\n",
        "```\n</b>\n```\n",
        "    </b>\n",
        "$$ </b> $$\n",
        "{::nomarkdown}\n</b>\n{:/}\n",
        "<div>\n<https://a.example/>\n</div>\n",
        "<script>if (a</b>c) {}</script>\n",
        "[^1]: never used </b>\n",
        "![a </b>](c)\n",
        "a <b `c` and d > e\n",
    ],
)
def test_not_printed(text: str) -> None:
    assert printed(text) == []


def test_names_that_html_does_not_know() -> None:
    text = "a List<String, Integer> b <div x=a/b>\n"
    assert [(tag.name, tag.known) for tag in read(text).printed] == [("string", False), ("div", True)]


# Elements and raw content -------------------------------------------------------------------------------------------


def test_elements() -> None:
    text = '<div class="x">a <B>b</B></div>\n\nc <em>d</em> <br> <u>e</u> <x-y>f\n'
    found = read(text)
    shown = [(e.name, cut(text, e.start), cut(text, e.end), e.block, e.model, e.void) for e in found.elements]
    assert shown == [
        ("div", '<div class="x">', "</div>", True, "raw", False),
        ("b", "<B>", "</B>", True, "raw", False),
        ("em", "<em>", "</em>", False, "span", False),
        ("br", "<br>", None, False, "raw", True),
        ("u", "<u>", "</u>", False, "raw", False),
        ("x-y", "<x-y>", None, False, "raw", False),
    ]
    assert found.elements[-1].auto_closed_at == len(text) - 1


def test_raw_regions_leave_out_code_comments_and_markdown() -> None:
    text = '<div>a<pre>b</pre>c<!-- d -->e<p markdown="1">*f*</p>g</div>\n\n<u>h</u> <kbd>i</kbd>\n'
    assert [cut(text, region.span) for region in read(text).raw] == ["a", "c", "e", "g", "h"]
    assert [cut(text, region.start) for region in read(text).raw] == ["<div>"] * 4 + ["<u>"]


def test_options_change_what_is_raw() -> None:
    text = "<div>\n[a](b)\n</div>\n\n<i>[c](d)</i>\n"
    assert [cut(text, link.destination) for link in read(text).links] == ["d"]
    assert [cut(text, link.destination) for link in read(text, parse_block_html=True).links] == ["b", "d"]
    assert [cut(text, link.destination) for link in read(text, parse_span_html=False).links] == []


# Links, headings, code ----------------------------------------------------------------------------------------------


def test_links() -> None:
    text = (
        "[a](b 'c') ![d](<e f>) [g][h] <https://i.example/>\n\n[h]: j/k \"l\"\n\n"
        "> [m](n\n> 'o') [p](q(r)s) [ t ]( u )\n"
    )
    assert links(text) == [
        ("inline", "b", "a"),
        ("inline", "e f", "d"),
        ("reference", "j/k", "g"),
        ("autolink", "https://i.example/", None),
        ("inline", "n", "m"),
        ("inline", "q(r)s", "p"),
        ("inline", "u", " t "),
    ]
    found = read(text)
    assert [link.image for link in found.links] == [False, True, False, False, False, False, False]
    assert [cut(text, definition.span) for definition in found.definitions] == ['[h]: j/k "l"']


def test_undefined_references() -> None:
    text = "[a][b] [c] x ![d][]\n"
    found = [(u.label, u.explicit, u.image, cut(text, u.span)) for u in read(text).undefined]
    assert found == [("b", True, False, "[a][b]"), ("c", False, False, "[c]"), ("d", True, True, "![d][]")]


def test_headings() -> None:
    text = "# A *b* {#c}\n\nD\n---\n{: #e}\n\n{: id='f'}\n### G ###\n"
    shown = [(h.level, cut(text, h.text), h.id, cut(text, h.span)) for h in read(text).headings]
    assert shown == [
        (1, "A *b*", "c", "# A *b* {#c}"),
        (2, "D", "e", "D\n---"),
        (3, "G", "f", "### G ###"),
    ]


def test_code() -> None:
    text = "`a` ``b ` c``\n\n```x\nd\n```\n\n    e\n\n$$f$$\n"
    shown = [(code.kind, cut(text, code.span)) for code in read(text).code]
    assert shown == [
        ("span", "`a`"),
        ("span", "``b ` c``"),
        ("fenced", "```x\nd\n```"),
        ("indented", "    e"),
        ("math", "$$f$$"),
    ]


# Positions ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_positions_with_other_line_ends(newline: str) -> None:
    text = "> a\n> <b>c\n\n- d\n  <i>e</u>\n\n    [f](g)\n".replace("\n", newline)
    found = read(text)
    assert [cut(text, element.start) for element in found.elements] == ["<b>", "<i>"]
    assert [cut(text, tag.span) for tag in found.printed] == ["</u>"]
    assert [cut(text, link.span) for link in found.links] == ["[f](g)"]


@pytest.mark.parametrize("seed", range(400))
def test_spans_hold_what_they_say(seed: int) -> None:
    text = snippet(seed)
    found = read(text)
    squeezed = [cut(text, element.start) or "" for element in found.elements]
    for element, start in zip(found.elements, squeezed, strict=True):
        assert start.lower().startswith("<" + element.name)
        assert start.endswith(">")
        if element.end is not None:
            assert (cut(text, element.end) or "").lower().startswith("</" + element.name)
            assert element.end.start >= element.start.end
        assert (element.end is None) == (element.void or element.auto_closed_at is not None)
    for tag in found.printed:
        opening = {"start": "<" + tag.name, "end": "</" + tag.name, "comment": "<!--"}[tag.kind]
        assert (cut(text, tag.span) or "").lower().startswith(opening)
    for link in found.links:
        whole = cut(text, link.span) or ""
        assert whole.startswith("<" if link.kind == "autolink" else "![" if link.image else "[")
    for name in ("elements", "printed", "raw", "links", "headings", "code"):
        spans = [item.start if name == "elements" else item.span for item in getattr(found, name)]
        assert spans == sorted(spans)
        assert all(0 <= span.start <= span.end <= len(text) for span in spans)


@pytest.mark.parametrize("seed", range(60))
def test_what_stands_before_the_body_only_moves_it(seed: int) -> None:
    text = snippet(seed)
    before = "---\ntitle: <b>\n---\n"
    moved = scan(before + text + "<i>", Span(len(before), len(before) + len(text)), KramdownOptions())
    assert _plain(moved, 0) == _plain(read(text), len(before))


def _plain(found: KramdownScan, shift: int) -> list[Any]:
    def moved(value: Any, name: str) -> Any:
        if isinstance(value, Span):
            return (value.start + shift, value.end + shift)
        if name in ("auto_closed_at", "offset") and value is not None:
            return value + shift
        return value

    return [
        [
            moved(item, "") if isinstance(item, Span) else [moved(getattr(item, f.name), f.name) for f in fields(item)]
            for item in getattr(found, part.name)
        ]
        for part in fields(found)
        if part.name != "complete"
    ]


# Hostile texts ------------------------------------------------------------------------------------------------------

N = 3000
HOSTILE = {
    "unclosed spans": "<b>" * N,
    "unclosed blocks": "<div>\n" * N,
    "nested blocks": "<div>" * N + "</div>" * N,
    "nested markdown blocks": '<div markdown="1">\n' * N,
    "stray ends": "<div>" + "</p>" * N,
    "quotes": "> " * N + "x",
    "lists": "- " * N + "x",
    "deep lists": "".join("  " * (i % 100) + "- a\n" for i in range(N)),
    "strong": "**a " * N,
    "emphasis in code": "*a " * N + "`x*`",
    "emphasis and tags": "*<b>" * N,
    "brackets": "[" * N + "]" * N,
    "images": "![" * N + "]" * N,
    "open addresses": "[a](" * N,
    "open titles": '[a](b "' * N,
    "backticks": "`" * N,
    "comments": "x <!-- " * N,
    "attributes": "<a " + 'b="c" ' * N,
    "open quotes": '<a b="' * N,
    "attribute lists": "{:a\n" * N,
    "open extensions": "x {::comment}" * N,
    "fences": "".join("`" * (3 + i % 40) + "\n" for i in range(N)),
    "autolinks": "<http:" * N + "\n>",
    "table": "|<b>|`\n" * N,
    "blank": "\n" * 10 * N,
    "long line": "word <b>x</b> " * 10 * N,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_come_to_an_end(name: str) -> None:
    text = HOSTILE[name]
    found = read(text)
    assert all(element.start.end <= len(text) for element in found.elements)


def test_a_text_that_is_too_hostile_is_called_incomplete() -> None:
    assert not read(HOSTILE["images"]).complete
    assert read(HOSTILE["long line"]).complete
