"""UTF-16 columns, and text for JSON."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.report.positions import Utf16, clean
from postlint.text import Span, Text


@pytest.mark.parametrize(
    ("data", "part", "columns"),
    [
        (b"abc x", "x", (5, 6)),
        ("中文 x".encode(), "x", (4, 5)),
        ("😀 x".encode(), "x", (4, 5)),
        ("a\n😀😀x😀".encode(), "x😀", (5, 8)),
        ("😀\r\n中😀x".encode(), "x", (4, 5)),
        (b"\xef\xbb\xbf\xf0\x9f\x98\x80x", "x", (3, 4)),  # the byte order mark is no column
        (b"\xe4\xb8x", "x", (2, 3)),  # a cut character is one U+FFFD
        (b"\xff\xffx", "x", (3, 4)),
    ],
)
def test_columns_are_those_of_javascript(data: bytes, part: str, columns: tuple[int, int]) -> None:
    text = Text.decode(data)
    start = text.content.index(part)
    place = Utf16(text).place(Span(start, start + len(part)))
    assert (place.start.column, place.end.column) == columns


@given(st.text(st.sampled_from("a中😀\n\U0010ffff"), max_size=30), st.data())
def test_columns_equal_the_encoding(content: str, data: st.DataObject) -> None:
    text = Text(content)
    offset = data.draw(st.integers(0, len(content)))
    before = content[:offset].rpartition("\n")[2]
    assert Utf16(text).column(offset) == len(before.encode("utf-16-le")) // 2 + 1


def test_bytes_that_are_no_text_become_replacement_characters() -> None:
    assert clean("ok 中😀") == "ok 中😀"
    assert clean(b"a\xe4\xb8b\xff".decode("utf-8", "surrogateescape")) == "a\ufffdb\ufffd"
    assert clean("a\ud83d\udc80") == "a\ufffd\ufffd"
