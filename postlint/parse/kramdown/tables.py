"""Tables. Each cell is read as a text of its own, so an element cannot reach from one cell into the next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postlint.parse.kramdown import grammar as g
from postlint.parse.kramdown import patterns as p
from postlint.parse.kramdown.source import Builder, Source
from postlint.parse.kramdown.tree import Leaf, Node, Scanner
from postlint.regex import regex

if TYPE_CHECKING:
    from postlint.parse.kramdown.blocks import BlockReader

__all__ = ["read_table"]

_LINE = regex(r"(?:\||[^\n]*?[^\\\n]\|)[^\n]*\n")
_START = regex(r" {0,3}(?=[^ \t\r\n\f\v])(?:\||[^\n]*?[^\\\n]\|)[^\n]*\n")
_SEPARATOR = regex(r"(?=[^\n]*-)[+|: \t-]+\n")
_FOOTER = regex(r"(?=[^\n]*=)[+|: \t=]+\n")
_LEADING_PIPE = regex(rf"{g.SPACE}*\|")
_PIPE = regex(r"\||[^\n]*?[^\\\n]\|")
_CODE_ELEMENT = regex(r"<code[^\n]*?>[^\n]*?</code>")
_TICKS = regex(r"`+")


def read_table(reader: BlockReader, tree: Node, sc: Scanner) -> bool:
    """Read the table at the scanner; False if it is none after all."""
    text = sc.text
    start = sc.pos
    if _START.match(text, start) is None:
        return False
    tree.ial, tree.ial_id = False, None
    leading_pipe = _LEADING_PIPE.match(text, start) is not None
    at = start
    if (match := _SEPARATOR.match(text, at)) is not None:
        at = match.end()
    rows: list[tuple[int, int]] = []
    pending = has_body = has_footer = aligned = False
    while at < len(text) and _LINE.match(text, at) is not None:
        if (match := _SEPARATOR.match(text, at)) is not None:
            if pending:
                if aligned or has_footer:
                    # After the footer line, a body that is not forced is dropped and its rows stay pending.
                    if not has_footer:
                        has_body, pending = True, False
                else:
                    pending = False
                    aligned = True
        elif (match := _FOOTER.match(text, at)) is not None:
            if pending:
                has_body, pending = True, False
            has_footer = True
        else:
            line_end = text.index("\n", at)
            rows.append((at, line_end))
            pending = True
            at = line_end + 1
            continue
        at = match.end()
    if p.BOUNDARY.match(text, at) is None or not _is_table(reader, sc.source, start, at - 1):
        return False
    if pending and not has_footer:
        has_body = True
    if not has_body:
        reader.warn(sc, start, "Found table without body - ignoring it")
        return False
    for begin, end in rows:
        while end > begin and text[end - 1] in " \t":
            end -= 1
        for cell in _cells(sc.source, begin, end, leading_pipe):
            _read_cell(reader, sc, cell)
    sc.pos = at
    tree.children.append(Node("table"))
    return True


def _read_cell(reader: BlockReader, sc: Scanner, cell: Source) -> None:
    text = cell.text
    start, end = 0, len(text)
    while start < end and text[start] in g.WS + "\0":
        start += 1
    while end > start and text[end - 1] in g.WS + "\0":
        end -= 1
    if start < end:
        reader.leaf(sc, Node("td"), Leaf(cell, start, end))


def _is_table(reader: BlockReader, source: Source, start: int, end: int) -> bool:
    """Each line has a pipe outside code spans and HTML elements (kramdown's check, quirks and all)."""
    text = source.text
    pipe = False
    at = start
    for begin, stop, is_code in [*reader.probe(source, start, end), (end, end, False)]:
        if at < begin:
            lines = _lines(text[at:begin])
            if len(lines) > 1 and not pipe and _PIPE.match(lines[0]) is None:
                return False
            pipe = (pipe and len(lines) <= 1) or bool(lines and _PIPE.match(lines[-1]))
        at = stop
        if is_code:
            value = text[begin:stop].strip("`")
            count = len(_lines(value))
            if count > 2 or (count == 2 and not pipe):
                return pipe
            if count == 2:
                pipe = False
        elif text.startswith("<!--", begin):
            lines = _lines(text[begin:stop])
            if len(lines) > 1 and not pipe and _PIPE.match(lines[0]) is None:
                return False
            pipe = (pipe and len(lines) <= 1) or bool(lines and _PIPE.match(lines[-1]))
    return pipe


def _lines(text: str) -> list[str]:
    """Ruby's ``split("\\n")``: no empty strings at the end."""
    lines = text.split("\n")
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _cells(source: Source, start: int, end: int, leading_pipe: bool) -> list[Source]:
    """The cells of one row."""
    text = source.text
    cells: list[Builder] = []

    def last() -> Builder:
        if not cells:
            cells.append(Builder(source))
        return cells[-1]

    at = start
    for match in _CODE_ELEMENT.finditer(text, start, end):
        _split(source, at, match.start(), cells)
        last().add(*match.span())
        at = match.end()
    _split(source, at, end, cells)
    built = [cell.build() for cell in cells]
    if leading_pipe and built and not built[0].text.strip(g.WS):
        built.pop(0)
    if built and not built[-1].text.strip(g.WS):
        built.pop()
    return built


def _split(source: Source, start: int, end: int, cells: list[Builder]) -> None:
    """Split ``[start, end)`` at the pipes outside code spans; the first piece continues the last cell."""
    text = source.text
    at = start
    while at < end:
        ticks = _TICKS.search(text, at, end)
        while ticks is not None:
            span = _code_span(text, ticks, start, end)
            if span is not None:
                break
            ticks = _TICKS.search(text, ticks.end(), end)
        stop = end if ticks is None else ticks.start()
        _split_text(source, at, stop, cells)
        if ticks is None or span is None:
            return
        if not cells:
            cells.append(Builder(source))
        cells[-1].add(ticks.start(), span)
        at = span


def _split_text(source: Source, start: int, end: int, cells: list[Builder]) -> None:
    if start >= end:
        return
    text = source.text
    if not cells:
        cells.append(Builder(source))
    at = start
    while True:
        pipe = text.find("|", at, end)
        if pipe < 0:
            cells[-1].add(at, end)
            return
        if pipe > start and text[pipe - 1] == "\\":
            cells[-1].add(at, pipe - 1)
            at = pipe
            # The pipe itself stays, without its backslash.
            cells[-1].add(pipe, pipe + 1)
            at = pipe + 1
            continue
        cells[-1].add(at, pipe)
        cells.append(Builder(source))
        at = pipe + 1


def _code_span(text: str, ticks: re.Match[str], start: int, end: int) -> int | None:
    """Where the code span that begins with ``ticks`` ends; None if they begin none."""
    after = ticks.end()
    if len(ticks[0]) == 1:
        before_blank = ticks.start() == start or text[ticks.start() - 1] in g.WS
        if before_blank and text[after : after + 1] in tuple(g.WS) and after < end:
            return None
    close = text.find(ticks[0], after, end)
    return None if close < 0 else close + len(ticks[0])
