"""What of a stretch of raw text would have been Markdown, and what only looks like it."""

from __future__ import annotations

import pytest

from postlint.parse.literal import literal_markdown


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("[a](b) and ![c](d/e.png)", ["link", "image"]),
        ("出处：[新华社](https://example.org/a_(b)_c)。", ["link"]),
        ("see[here](https://example.org/)", ["link"]),
        ('[a [b] c](<d e> "f")', ["link"]),
        ("[![a](b)](c)", ["link"]),
        ("**重点**是*这个*，", ["bold"]),  # CommonMark asks for blanks or punctuation round the second one
        ("**a b** *c d* _e f_", ["bold", "emphasis", "emphasis"]),
        ("<https://example.org/> <me@example.org>", ["address", "address"]),
        ("`a b` and ``c``", ["code"]),
        ("## A\n\n  # B", ["heading", "heading"]),
        ("- a\n- b\n- c\n", ["list", "list"]),
        ("1. a\n2. b\n", ["list"]),
        ("```ruby\n**a**\n```\n**b**\n", ["fence", "bold"]),
        ("|a|b|\n|---|:-:|\n", ["table"]),
    ],
)
def test_markdown_is_known(text: str, kinds: list[str]) -> None:
    assert [piece.kind for piece in literal_markdown(text, 0, len(text))] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "snake_case and __init__ and a_b_c and /a_b/_c_/d",
        "2*3*4, 2 * 3 * 4, f(*args, **kwargs), * note, **",
        "array[i](x) and f[0](1)",
        r"\*\*a\*\* \[a](b) \`c\`",
        "<a href='[a](b)' title='**c**' target=_blank>x</a>",
        "<!-- **a** [b](c) -->",
        "$a *b* c$ and $$*x y*$$",
        "https://example.org/*a*/_b_/",
        "#hashtag and #1 and C# x",
        "- a",
        "- a<br>\n- b<br>\n",
        "the ' and ` signs",
        "*&gt;[^a]*",
        "a -- b --- c",
    ],
)
def test_what_is_none_is_left_alone(text: str) -> None:
    assert list(literal_markdown(text, 0, len(text))) == []


def test_places_are_those_of_the_text_and_the_stretch_is_kept_to() -> None:
    text = "**a** 中 **b** **c**"
    [piece] = literal_markdown(text, 5, 14)
    assert text[piece.span.start : piece.span.end] == "**b**"
