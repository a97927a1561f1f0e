"""Positions and the way from bytes and back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.text import Position, Span, Text


@given(st.binary(max_size=300))
def test_any_bytes_come_back(data: bytes) -> None:
    assert Text.decode(data).encode() == data


@given(st.binary(max_size=100))
def test_a_byte_order_mark_is_kept_and_not_counted(data: bytes) -> None:
    text = Text.decode(b"\xef\xbb\xbf" + data)
    assert text.bom
    assert text.encode() == b"\xef\xbb\xbf" + data
    assert text.content == data.decode("utf-8", "surrogateescape")


@given(st.text(alphabet="ab中😀\n\r", max_size=60))
def test_lines_are_those_that_an_editor_shows(content: str) -> None:
    text = Text(content)
    lines = re.split(r"\r\n|\r|\n", content)
    assert [text.line(n + 1) for n in range(len(lines))] == lines
    assert len(text.line_starts) == len(lines)
    for offset in range(len(content) + 1):
        line, column = text.position(offset)
        start = text.line_starts[line - 1]
        assert start + column - 1 == offset


@given(st.text(max_size=2000).filter(lambda t: not any("\ud800" <= c <= "\udfff" for c in t)))
def test_byte_offsets_become_code_points(content: str) -> None:
    text = Text(content)
    at = 0
    for index, char in enumerate(content):
        assert text.from_byte(at) == index
        at += len(char.encode())
    assert text.from_byte(at) == len(content)


def test_undecodable_bytes_have_places() -> None:
    text = Text.decode(b"a\xffb\xc3")
    assert text.undecodable == (1, 3)
    assert text.parseable == "a\ufffdb\ufffd"


def test_places() -> None:
    text = Text("ab\r\n中d\n")
    assert text.position(4) == Position(2, 1)
    assert text.position(7) == Position(3, 1)
    assert text.offset(2, 2) == 5
    assert text.offset(1, 99) == 2
    assert text.line_span(2) == Span(4, 6)
    with pytest.raises(IndexError):
        text.line_span(4)
