"""Places as the formats for machines want them, and text that may stand in JSON."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from postlint.finding import Fix
from postlint.regex import regex
from postlint.text import Position, Span, Text

__all__ = ["Place", "Utf16", "can_be_written", "clean", "has_raw_bytes", "place"]

# What is not one UTF-16 code unit: two, or (bytes that are not UTF-8, as lone surrogates) some U+FFFD.
_NOT_ONE_UNIT = regex("[\U00010000-\U0010ffff]|[\ud800-\udfff]++")
_SURROGATE = regex("[\ud800-\udfff]")


class Place(NamedTuple):
    """Lines and columns from 1; the end is exclusive."""

    start: Position
    end: Position


def place(text: Text, span: Span) -> Place:
    """Where ``span`` begins and ends, columns in code points."""
    return Place(text.position(span.start), text.position(span.end))


class Utf16:
    """The places of a text in UTF-16 code units, as JavaScript counts in the decoded file.

    Makes one pass over the text, so that many places in one long line cost no more than in many short ones.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        self._offsets: list[int] = []
        self._sums = [0]
        if text.content.isascii():
            return
        for match in _NOT_ONE_UNIT.finditer(text.content):
            found = match.group()
            units = 2 if found > "\uffff" else len(clean(found))
            self._offsets.append(match.end())
            self._sums.append(self._sums[-1] + units - len(found))

    def column(self, offset: int) -> int:
        """The column of ``offset``, from 1."""
        column = self.text.position(offset).column
        return column + self._extra(offset) - self._extra(offset - column + 1)

    def _extra(self, offset: int) -> int:
        return self._sums[bisect_right(self._offsets, offset)]

    def place(self, span: Span) -> Place:
        """Where ``span`` begins and ends."""
        start, end = place(self.text, span)
        return Place(Position(start.line, self.column(span.start)), Position(end.line, self.column(span.end)))


def has_raw_bytes(text: str) -> bool:
    """Bytes that are not UTF-8 stand in it (as lone surrogates), so it has no place in JSON."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def clean(text: str) -> str:
    """``text`` with U+FFFD for what is not UTF-8."""
    if not has_raw_bytes(text):
        return text
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a half of a pair that stands for no byte
        return _SURROGATE.sub("\ufffd", text)
    return data.decode("utf-8", "replace")


def can_be_written(fix: Fix) -> bool:
    """Every edit's text can stand in JSON as it is."""
    return not any(has_raw_bytes(edit.text) for edit in fix.edits)
