"""Raw HTML cut into tags, as browsers cut it."""

from __future__ import annotations

import time

import pytest

from postlint.parse.html import Token, attributes, tokens


def read(text: str) -> list[Token]:
    return list(tokens(text, 0, len(text)))


def names(text: str) -> list[str]:
    return [f"{token.kind} {token.name}".strip() for token in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>a</P>", ["start p", "end p"]),
        ("<a\n  href='1'\n>x</a >", ["start a", "end a"]),
        ("a < b, 1<2, <3 and <-", []),
        ("<!-- <b> --><b>", ["comment", "start b"]),
        ("<!--><b>", ["comment", "start b"]),
        ("<!DOCTYPE html><?php x ?><![CDATA[<b>]]>", ["declaration", "instruction", "cdata"]),
        ("<script>if (a<b) f('</b>')</script><b>", ["start script", "end script", "start b"]),
        ("<style>a</STYLE >", ["start style", "end style"]),
        ("<style>a<b>", ["start style", "start b"]),
        ("<img alt='<b>'>", ["start img"]),
        ("<div <span>", ["broken div", "start span"]),
        ("</section", ["broken section"]),
        ("<my-element x:y=1>", ["start my-element"]),
    ],
)
def test_kinds_and_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_spans_are_the_tags() -> None:
    text = "x<br/>y<a href=u>z</a>"
    assert [text[token.span.start : token.span.end] for token in read(text)] == ["<br/>", "<a href=u>", "</a>"]


@pytest.mark.parametrize(
    ("tag", "closed"),
    [("<br/>", True), ("<br />", True), ("<a href='x'/>", True), ("<a href=x/>", False), ("<b>", False)],
)
def test_a_slash_belongs_to_an_unquoted_value(tag: str, closed: bool) -> None:
    assert read(tag)[0].self_closed is closed


def test_attributes_with_places_and_quotes() -> None:
    tag = "<a HREF=\"x>y\" title='t' data-n=1 hidden>"
    found = attributes(tag, read(tag)[0])
    assert [(a.name, a.quote, None if a.value is None else tag[a.value.start : a.value.end]) for a in found] == [
        ("href", '"', "x>y"),
        ("title", "'", "t"),
        ("data-n", "", "1"),
        ("hidden", "", None),
    ]


HOSTILE = [
    "<a ",
    '<a b="',
    '<a b="" ',
    "<a b='<a \"",
    '<a b="<a" b="<a" ',
    '<a b="<a"\n',
    "<style>",
    "<!-",
    "<b",
    "</b",
    "<a =",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        began = time.process_time()
        read(text)
        return time.process_time() - began

    seconds(10_000)
    small = min(seconds(10_000) for _ in range(3))
    assert min(seconds(80_000) for _ in range(2)) < 8 * 4 * max(small, 0.002)
