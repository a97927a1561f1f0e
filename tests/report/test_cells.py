"""Widths and escapes: the caret stands right only if these are."""

from __future__ import annotations

import pytest

from postlint.report.cells import Screen, width


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("plain", 5),
        ("中文", 4),
        ("，。", 4),
        ("“”…", 3),  # ambiguous: narrow, as terminals have it unless told otherwise
        ("ｱ", 1),
        ("한국", 4),
        ("\u1112\u1161\u11ab", 2),  # the same syllable from its letters
        ("e\u0301", 1),
        ("क्षि", 3),
        ("می\u200cخواهم", 7),
        ("😀", 2),
        ("👩‍👩‍👧‍👦", 2),
        ("👍🏽", 2),
        ("❤️", 2),
        ("1️⃣", 2),
        ("🇩🇪🇫🇷", 4),
        ("🏴\U000e0067\U000e0062\U000e007f", 2),
        ("\ufffd", 1),
    ],
)
def test_columns_of_printable_text(text: str, columns: int) -> None:
    screen = Screen()
    assert screen.visible(text) == text
    assert width(text) == columns
    assert sum(cell.width for cell in screen.cells(text)) == columns


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\0\x07\x7f", r"\x00\x07\x7f"),
        ("a\nb\r", r"a\x0ab\x0d"),
        ("\x9b31m", r"\u009b31m"),  # a C1 control begins a command as well
        ("\u202etxt\u202c", r"\u202etxt\u202c"),
        ("\u2066x\u2069", r"\u2066x\u2069"),
        ("a\u200bb\ufeff\xad", r"a\u200bb\ufeff\xad".replace(r"\xad", r"\u00ad")),
        ("a\u200db", r"a\u200db"),  # joins nothing: it hides
        ("\u2028", r"\u2028"),
        ("\udce4\udcb8", r"\xe4\xb8"),
        ("\ud83d", r"\ud83d"),
        ("\U000e0041", r"\U000e0041"),
    ],
)
def test_what_must_not_be_printed_is_escaped(text: str, shown: str) -> None:
    assert Screen().visible(text) == shown
    assert width(shown) == len(shown)


def test_a_mark_with_nothing_before_it_stands_on_a_blank() -> None:
    assert Screen().visible("\u0301a") == " \u0301a"


def test_tabs_go_to_the_next_stop_of_the_line() -> None:
    screen = Screen()
    assert screen.visible("a\tb\t\tc") == "a   b       c"
    assert screen.visible("中\tb") == "中  b"
    assert [cell.width for cell in screen.cells("\t", 3)] == [1]


def test_what_the_encoding_lacks_is_escaped() -> None:
    assert Screen("ascii").visible("é😀") == r"\u00e9\U0001f600"
    latin = Screen("cp1252")
    assert latin.visible("é“中") == r"é“\u4e2d"
    latin.visible("é“中\u0301\u202e\udc80").encode("cp1252")
    assert not latin.can_show("│")
    assert Screen("UTF-8").can_show("│")
    assert not Screen("no-such-encoding").can_show("│")
