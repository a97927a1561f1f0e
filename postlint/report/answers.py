"""What ``postlint query`` prints: the rows of an answer, and which tables and columns there are to ask for."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TextIO

from postlint.engine.query import Answer, QueryError, Value
from postlint.report.cells import EVERYTHING, Screen, width
from postlint.report.model import ReportOptions
from postlint.report.summary import count
from postlint.report.terminal import Terminal, wrap
from postlint.site.views import VIEWS

__all__ = ["EXAMPLES", "FORMATS", "pointed", "write_answer", "write_schema"]

FORMATS = ("table", "tsv", "csv", "json", "jsonl")

EXAMPLES = (
    ("the longest pages", "select path, size from pages where published order by size desc limit 10"),
    (
        "pages without a description",
        "select path from pages where published and path not in (select path from fields where key = 'description')",
    ),
    (
        "tags that one page alone has",
        "select term, min(path) from terms where taxonomy = 'tags' group by term having count(distinct path) = 1",
    ),
    ("links that lead nowhere", "select path, line, written from links where state = 'dead'"),
    (
        "which rules were broken how often",
        "select rule, severity, count(*) from findings group by rule, severity order by 3 desc",
    ),
)
"""What to ask for, and how: shown to whoever asks nothing, and tested."""


def write_answer(
    answer: Answer, output_format: str, out: TextIO, options: ReportOptions, *, header: bool = True
) -> None:
    """The rows in one of :data:`FORMATS`, complete, but for ``table`` on a terminal: there long values are cut."""
    if output_format == "table":
        _write_table(answer, out, options, header=header)
    else:
        _WRITERS[output_format](answer, out, header)


# For programs -----------------------------------------------------------------------------------------------------


def _write_tsv(answer: Answer, out: TextIO, header: bool) -> None:
    if header:
        out.write("\t".join(map(_escaped, answer.columns)) + "\n")
    for row in answer.rows:
        out.write("\t".join(_escaped(_text(value)) for value in row) + "\n")


def _escaped(text: str) -> str:
    """Tabs and line ends would be read as the next column or row."""
    if "\\" not in text and text.isprintable():
        return text
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _write_csv(answer: Answer, out: TextIO, header: bool) -> None:
    writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow(answer.columns)
    writer.writerows([_text(value) for value in row] for row in answer.rows)


def _write_json(answer: Answer, out: TextIO, _: bool) -> None:
    out.write("[")
    separator = "\n"
    for line in _objects(answer, out):
        out.write(separator + line)
        separator = ",\n"
    out.write("\n]\n" if answer.rows else "]\n")


def _write_lines(answer: Answer, out: TextIO, _: bool) -> None:
    for line in _objects(answer, out):
        out.write(line + "\n")


def _objects(answer: Answer, out: TextIO) -> Iterator[str]:
    names = _distinct(answer.columns)
    # Escapes only where the stream could not take the characters.
    ascii_only = not Screen(getattr(out, "encoding", None)).can_show("\U0001f600文")
    for row in answer.rows:
        values = dict(zip(names, map(_json_value, row), strict=True))
        yield json.dumps(values, ensure_ascii=ascii_only)


def _distinct(names: Iterable[str]) -> list[str]:
    """An object has each key once: the second ``path`` becomes ``path_2``."""
    found: list[str] = []
    for name in names:
        number, new = 1, name
        while new in found:
            number += 1
            new = f"{name}_{number}"
        found.append(new)
    return found


def _json_value(value: Value) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.hex()
    return f"{value:.15g}" if isinstance(value, float) else str(value)


_WRITERS: dict[str, Callable[[Answer, TextIO, bool], None]] = {
    "tsv": _write_tsv,
    "csv": _write_csv,
    "json": _write_json,
    "jsonl": _write_lines,
}


# For people -------------------------------------------------------------------------------------------------------

_GAP = 2
_NARROWEST = 10
"""Columns below which a cut value says nothing."""
_SHORT = 26
"""Columns of a rule's id, a date, a number: what is no longer is not cut for the sake of long texts."""
_PATHS = frozenset({"path", "target", "configuration"})
"""What names a file is cut last."""


def _write_table(answer: Answer, out: TextIO, options: ReportOptions, *, header: bool) -> None:
    terminal = Terminal(out, options)
    rows = [tuple(terminal.show(_text(value)) for value in row) for row in answer.rows]
    names = tuple(map(terminal.show, answer.columns))
    shown = [names, *rows] if header else rows
    widths = [max(map(width, column)) for column in zip(*shown, strict=True)]
    if terminal.interactive or options.width:
        widths = _fitted(answer.columns, widths, terminal.columns)
    if widths:
        columns = list(zip(*answer.rows, strict=True)) or [()] * len(names)
        right = [_is_number(column) for column in columns]
        if header:
            out.write(terminal.paint("strong", _line(names, widths, right, terminal)) + "\n")
        for row in rows:
            out.write(_line(row, widths, right, terminal) + "\n")
    elif shown:
        _write_records(names, rows, terminal, out)
    if options.verbosity >= 0:
        words = f"the first {count(len(rows), 'row')}" if answer.more else count(len(rows), "row")
        out.write(("\n" if shown else "") + terminal.paint("dim", words) + "\n")


def _is_number(column: Sequence[Value]) -> bool:
    there = [value for value in column if value is not None]
    return bool(there) and all(isinstance(value, (int, float)) for value in there)


def _fitted(names: Sequence[str], widths: Sequence[int], edge: int) -> list[int]:
    """The widths of columns that fill at most ``edge``: the widest give way, paths last. Nothing where they cannot."""
    room = edge - _GAP * (len(widths) - 1)
    least = [min(wanted, _NARROWEST) for wanted in widths]
    if sum(least) > room:
        return []
    paths = [name in _PATHS for name in names]
    short = [keep or wanted <= _SHORT for wanted, keep in zip(widths, paths, strict=True)]
    for whole in (short, paths, [False] * len(widths)):
        left = room - sum(wanted for wanted, keep in zip(widths, whole, strict=True) if keep)
        if left >= sum(small for small, keep in zip(least, whole, strict=True) if not keep):
            most = _widest([wanted for wanted, keep in zip(widths, whole, strict=True) if not keep], left)
            return [wanted if keep else min(wanted, most) for wanted, keep in zip(widths, whole, strict=True)]
    return []


def _widest(widths: Sequence[int], room: int) -> int:
    """How wide a column may be so that all together fit; those that are narrower stay whole."""
    for number, wanted in enumerate(sorted(widths)):
        share = room // (len(widths) - number)
        if wanted > share:
            return share
        room -= wanted
    return max(widths, default=0)


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool], terminal: Terminal) -> str:
    padded = []
    for cell, wanted, is_number in zip(cells, widths, right, strict=True):
        shown = _cut(cell, wanted, terminal.cut)
        blanks = " " * (wanted - width(shown))
        padded.append(blanks + shown if is_number else shown + blanks)
    return (" " * _GAP).join(padded).rstrip()


def _cut(text: str, columns: int, mark: str) -> str:
    if width(text) <= columns:
        return text
    used, end, room = 0, 0, columns - width(mark)
    for cell in EVERYTHING.cells(text):
        if used + cell.width > room:
            break
        used += cell.width
        end += 1
    return text[:end] + mark


def _write_records(names: Sequence[str], rows: Sequence[Sequence[str]], terminal: Terminal, out: TextIO) -> None:
    """Rows that are wider than the terminal, a line a value."""
    longest = max(map(width, names))
    blank = ""
    for row in rows:
        out.write(blank)
        blank = "\n"
        for name, value in zip(names, row, strict=True):
            label = terminal.paint("strong", name + " " * (longest - width(name)))
            for line in wrap(value, max(_NARROWEST, terminal.columns - longest - _GAP)) or [""]:
                out.write((label + " " * _GAP + line).rstrip() + "\n")
                label = " " * longest


def write_schema(out: TextIO, options: ReportOptions) -> None:
    """The tables with their columns and, where more is asked for, what they mean; and some questions."""
    terminal = Terminal(out, options)
    out.write('Ask your site in SQL: postlint query "select …". These are the tables and their columns:\n')
    for view in VIEWS:
        out.write("\n" + terminal.paint("strong", view.name) + "\n")
        for line in wrap(view.rows, terminal.columns - 4):
            out.write("    " + terminal.paint("dim", terminal.show(line)) + "\n")
        if options.verbosity > 0:
            longest = max(map(len, view.columns))
            for name, meaning in view.columns.items():
                label = f"  {name:<{longest}}"
                for line in wrap(meaning, terminal.columns - longest - 4):
                    out.write(f"{label}  {terminal.show(line)}".rstrip() + "\n")
                    label = " " * (longest + 2)
        else:
            for line in wrap(", ".join(view.columns), terminal.columns - 2):
                out.write("  " + line + "\n")
    out.write("\nFor example:\n")
    for words, sql in EXAMPLES:
        out.write(f'\n  {terminal.paint("dim", "# " + words)}\n  postlint query "{sql}"\n')
    if options.verbosity == 0:
        out.write("\n-v says what each column means.\n")


def pointed(sql: str, error: QueryError) -> str:
    """The message, and below it the line of the question that it is about, with a mark under the place."""
    if error.place is None:
        return str(error)
    start, end = error.place
    begin = sql.rfind("\n", 0, start) + 1
    stop = sql.find("\n", start)
    line = sql[begin : stop if stop >= 0 else len(sql)]
    show = EVERYTHING.visible
    before = show(line[: start - begin])
    marked = show(line[start - begin : end - begin])
    return f"{error}\n  {show(line)}\n  {' ' * width(before)}{'^' * max(1, width(marked))}"
