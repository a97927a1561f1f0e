"""Text, positions in it, and the lossless way from bytes and back.

Everything in postlint counts in **code points** of :attr:`Text.content`: the decoded text without its byte order
mark, with its line ends as they were. Lines and columns are made at the edge, by :meth:`Text.position`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from postlint.once import once
from postlint.regex import regex

__all__ = ["BOM", "LineEnds", "Position", "Span", "Text", "code_points", "within"]

BOM = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8, with which some programs begin a file."""
_CONTINUATION_BYTES = bytes(range(0x80, 0xC0))
_CHECKPOINT = 256
_FAR = 1024
_LINE_END = regex(r"\r\n?|\n")
_NEWLINE = regex("\n")  # found in half the time
_ESCAPED_BYTE = regex("[\udc80-\udcff]")


class Span(NamedTuple):
    """A half-open range of code points: ``text[start:end]``."""

    start: int
    end: int


class Position(NamedTuple):
    """A place as people count: line and column from 1, columns in code points."""

    line: int
    column: int


class LineEnds(NamedTuple):
    """How many lines of a text end in LF, in CR LF, and in a CR alone."""

    lf: int
    crlf: int
    cr: int

    @property
    def mixed(self) -> bool:
        """There is more than one kind."""
        return (self.lf > 0) + (self.crlf > 0) + (self.cr > 0) > 1

    @property
    def usual(self) -> str:
        """LF or CR LF, whichever is commoner; LF where neither is. (A CR alone is what no program writes any more.)"""
        return "\r\n" if self.crlf > self.lf else "\n"


def code_points(data: bytes) -> int:
    """How many code points these bytes of UTF-8 begin."""
    return len(data.translate(None, _CONTINUATION_BYTES))


def within(at: int, spans: Sequence[Span]) -> bool:
    """Whether ``at`` lies in one of ``spans`` (in order, none within another)."""
    index = bisect_right(spans, (at, 1 << 62)) - 1
    return index >= 0 and at < spans[index].end


class Text:
    """One file's text, with its lines.

    A line ends at LF, CR LF or a lone CR. Bytes that are not UTF-8 stand in ``content`` as lone surrogates
    (Python's ``surrogateescape``), so that :meth:`encode` gives back the file's bytes, whatever they were.
    """

    __slots__ = ("__dict__", "_cursor", "bom", "content", "is_ascii")

    def __init__(self, content: str, *, bom: bool = False) -> None:
        self.content = content
        self.bom = bom
        self.is_ascii = content.isascii()
        self._cursor = (0, 0)

    @classmethod
    def decode(cls, data: bytes) -> Text:
        """The text of ``data``; never fails (see :attr:`undecodable`)."""
        bom = data.startswith(BOM)
        if bom:
            data = data[3:]
        try:
            text = cls.clean(data.decode("utf-8"))
            text.bom = bom
            return text
        except UnicodeDecodeError:
            return cls(data.decode("utf-8", "surrogateescape"), bom=bom)

    @classmethod
    def clean(cls, content: str) -> Text:
        """A text that is known to hold no undecodable byte: no search for one is needed."""
        text = cls(content)
        text.undecodable = ()
        return text

    def encode(self) -> bytes:
        """The file's bytes, with its byte order mark if it has one."""
        data = self.content.encode("utf-8", "surrogateescape")
        return BOM + data if self.bom else data

    def __len__(self) -> int:
        return len(self.content)

    @once
    def undecodable(self) -> tuple[int, ...]:
        """Offsets of the bytes that are not UTF-8, in order."""
        if self.is_ascii:
            return ()
        return tuple(m.start() for m in _ESCAPED_BYTE.finditer(self.content))

    @once
    def parseable(self) -> str:
        """``content`` with each undecodable byte replaced by U+FFFD: same length, and every parser takes it."""
        return _ESCAPED_BYTE.sub("\ufffd", self.content) if self.undecodable else self.content

    # Lines ---------------------------------------------------------------------------------------------------

    @once
    def line_starts(self) -> list[int]:
        """Offset of the first character of each line; the first is 0. After a final newline an empty line begins."""
        content = self.content
        ends = (_LINE_END if "\r" in content else _NEWLINE).finditer(content)
        return [0, *[end.end() for end in ends]]

    @once
    def line_ends(self) -> LineEnds:
        """How the lines end."""
        content = self.content
        lf, cr = content.count("\n"), content.count("\r")
        crlf = content.count("\r\n") if cr else 0
        return LineEnds(lf - crlf, crlf, cr - crlf)

    def position(self, offset: int) -> Position:
        """Line and column of ``offset`` (which may be the end of the text)."""
        starts = self.line_starts
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def offset(self, line: int, column: int = 1) -> int:
        """The offset of a line and column; a column past the line's end is taken as its end."""
        span = self.line_span(line)
        return min(span.start + column - 1, span.end)

    def line_span(self, line: int) -> Span:
        """The characters of line ``line`` (from 1) without its line end.

        Raises:
            IndexError: there is no such line.
        """
        starts = self.line_starts
        if not 1 <= line <= len(starts):
            raise IndexError(f"no line {line}: the text has {len(starts)}")
        start = starts[line - 1]
        end = starts[line] if line < len(starts) else len(self.content)
        content = self.content
        if end > start and content[end - 1] == "\n":
            end -= 1
        if end > start and content[end - 1] == "\r":
            end -= 1
        return Span(start, end)

    def line(self, line: int) -> str:
        """The text of line ``line`` (from 1) without its line end."""
        span = self.line_span(line)
        return self.content[span.start : span.end]

    # Bytes ---------------------------------------------------------------------------------------------------

    @once
    def utf8(self) -> bytes:
        """:attr:`parseable` as UTF-8: what byte-counting parsers were given."""
        return self.parseable.encode("utf-8")

    @once
    def _checkpoints(self) -> list[int]:
        counts = [0]
        total = 0
        data = self.utf8
        for start in range(0, len(data), _CHECKPOINT):
            total += code_points(data[start : start + _CHECKPOINT])
            counts.append(total)
        return counts

    def from_byte(self, offset: int) -> int:
        """The code-point offset of a byte offset into :attr:`utf8`.

        Parsers ask in nearly increasing order, so the way is counted from the last answer; from far away, from the
        nearest of one checkpoint per 256 bytes.
        """
        if self.is_ascii:
            return offset
        byte, point = self._cursor
        way = offset - byte
        if 0 <= way <= _FAR:
            point += code_points(self.utf8[byte:offset])
        elif -_FAR <= way < 0:
            point -= code_points(self.utf8[offset:byte])
        else:
            base = offset & ~(_CHECKPOINT - 1)
            point = self._checkpoints[base >> 8] + code_points(self.utf8[base:offset])
        self._cursor = (offset, point)
        return point
