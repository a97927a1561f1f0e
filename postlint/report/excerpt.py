"""The lines a finding stands in, with line numbers and carets.

::

     10 │ <p><strong>Head</p>
        │    ^^^^^^^^ is still open where </p> ends its paragraph
     11 │ <p></strong>Body</p>
        │    --------- closed here

Lines may be thousands of characters long: only the part round the caret is looked at and shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from postlint.regex import regex
from postlint.report.cells import Cell, width
from postlint.report.terminal import Style, Terminal, wrap
from postlint.text import Span, Text

__all__ = ["Mark", "excerpt", "gutter_width"]

_MIN_GUTTER = 6
_INDENT = regex(r"[ \t]*+")
_LABEL = 72  # columns that a message wants where it does not fit beside its caret


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text to underline, with what to say about it."""

    span: Span
    label: str
    style: Style
    caret: str = "^"


class _Piece(NamedTuple):
    """The part of a mark that lies in one line, in characters from the line's start; it may end past its last."""

    line: int
    start: int
    end: int
    label: str
    mark: Mark


class _Row(NamedTuple):
    """A line, or the part of it that fits, and where the underlining stands in it (in columns)."""

    shown: str
    at: int
    columns: int


def gutter_width(text: Text | None) -> int:
    """The columns that line numbers of this text take, with what stands before them."""
    return _MIN_GUTTER if text is None else max(_MIN_GUTTER, len(str(len(text.line_starts))) + 2)


def excerpt(text: Text, marks: Iterable[Mark], terminal: Terminal) -> Iterator[str]:
    """The printed lines for ``marks``, whose spans must lie in ``text``."""
    gutter = gutter_width(text)
    room = terminal.columns - gutter - 3
    bar = terminal.paint("dim", terminal.bar)
    empty = f"{'':{gutter}} {bar}"
    pieces = sorted((piece for mark in marks for piece in _pieces(text, mark)), key=lambda p: (p.line, p.start))
    previous = 0
    for line, group in groupby(pieces, key=lambda piece: piece.line):
        if previous and line > previous + 1:
            yield f"{terminal.paint('dim', terminal.cut.rjust(gutter))} {bar}"
        previous = line
        span = text.line_span(line)
        last = None
        for piece in group:
            row = _row(text.content, span, piece, room, terminal)
            if row.shown != last:
                number = terminal.paint("dim", str(line).rjust(gutter))
                yield f"{number} {bar} {row.shown}".rstrip()
                last = row.shown
            yield from (f"{empty} {under}" for under in _under(row, piece, room, terminal))


def _pieces(text: Text, mark: Mark) -> Iterator[_Piece]:
    first = text.position(mark.span.start)
    last = text.position(mark.span.end)
    if last.line == first.line:
        yield _Piece(first.line, first.column - 1, last.column - 1, mark.label, mark)
        return
    end_line, end = last.line, last.column - 1
    if end == 0:  # it ends with a line end: what it covers is the line before
        end_line -= 1
        end = _length(text, end_line)
    if end_line == first.line:
        yield _Piece(first.line, first.column - 1, end, mark.label, mark)
        return
    yield _Piece(first.line, first.column - 1, _length(text, first.line), "", mark)
    begin = text.line_span(end_line).start
    indent = _INDENT.match(text.content, begin, begin + end)
    yield _Piece(end_line, indent.end() - begin if indent else 0, end, mark.label, mark)


def _length(text: Text, line: int) -> int:
    start, end = text.line_span(line)
    return end - start


def _row(content: str, line: Span, piece: _Piece, room: int, terminal: Terminal) -> _Row:
    length = line.end - line.start
    # What cannot come into the window is not measured: each character but a few takes a column.
    low = max(0, piece.start - room)
    high = min(length, min(piece.end, piece.start + room) + room)
    cells = terminal.screen.cells(content[line.start + low : line.start + high])
    start = min(piece.start - low, len(cells))
    end = min(max(piece.end - low, start), len(cells))
    if low == 0 and high == length and _columns(cells) <= room:
        left, right = 0, len(cells)
    else:
        left, right = _window(cells, start, end, room - 2 * width(terminal.cut))
    before = terminal.cut if low + left > 0 else ""
    after = terminal.cut if low + right < length else ""
    shown = "".join([cell.shown for cell in cells[left:right]])
    at = width(before) + _columns(cells[left:start])
    return _Row(f"{before}{shown}{after}", at, max(1, _columns(cells[start : min(end, right)])))


def _columns(cells: list[Cell]) -> int:
    return sum([cell.width for cell in cells])


def _window(cells: list[Cell], start: int, end: int, room: int) -> tuple[int, int]:
    """The cells to show: as much of ``start:end`` as fits, then of both sides, the same on each if there is so much."""
    left = right = start
    used = 0

    def grow(limit: int, stop: int) -> None:
        nonlocal right, used
        while right < stop and used + cells[right].width <= limit:
            used += cells[right].width
            right += 1

    grow(room * 3 // 4, end)
    grow(used + (room - used) // 2, len(cells))
    while left > 0 and used + cells[left - 1].width <= room:
        left -= 1
        used += cells[left].width
    grow(room, len(cells))
    while 0 < left < start and cells[left].width == 0:  # no half of a cluster
        left += 1
    return left, right


def _under(row: _Row, piece: _Piece, room: int, terminal: Terminal) -> Iterator[str]:
    mark = piece.mark
    carets = " " * row.at + terminal.paint(mark.style, mark.caret * row.columns)
    label = terminal.show(piece.label)
    if not label:
        yield carets
    elif row.at + row.columns + 1 + width(label) <= room:
        yield f"{carets} {terminal.paint(mark.style, label)}"
    else:
        yield carets
        indent = min(row.at, max(0, room - min(width(label), _LABEL)))
        for line in wrap(label, room - indent):
            yield " " * indent + terminal.paint(mark.style, line)
