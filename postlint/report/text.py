"""The reports that people read: ``full`` with excerpts, ``concise`` with one line a finding."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import TextIO

from postlint.finding import Diagnostic, Related, Safety, Severity
from postlint.report.cells import width
from postlint.report.excerpt import Mark, excerpt, gutter_width
from postlint.report.model import Problem, ReportOptions, RunReport
from postlint.report.summary import count, duration, rule_counts, sentence
from postlint.report.terminal import Style, Terminal, wrap
from postlint.text import Span, Text

__all__ = ["PathShower", "write_concise", "write_full"]

_STYLES: dict[Severity, Style] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}
_FIX_TAGS = {Safety.SAFE: "(fixable)", Safety.UNSAFE: "(unsafe fix)"}
_FIX_LEADS = {
    Safety.SAFE: "postlint fix: ",
    Safety.UNSAFE: "postlint fix --unsafe-fixes: ",
    Safety.DISPLAY: "suggestion: ",
}
_MOST_RELATED = 5


def write_full(report: RunReport, out: TextIO, options: ReportOptions) -> None:
    """Findings by file, each with the lines it stands in, its consequence and its remedy."""
    terminal = Terminal(out, options)
    show_path = PathShower(report.project_root, options.relative_to)
    for path, group in groupby(report.diagnostics, key=lambda diagnostic: diagnostic.path):
        text = report.text_of(path)
        lines = [terminal.paint("path", terminal.show(show_path(path)))]
        for diagnostic in group:
            lines += _finding(diagnostic, text, report, options, terminal)
            lines.append("")
        out.write("\n".join(lines) + "\n")
    _end(report, out, options, terminal)


def write_concise(report: RunReport, out: TextIO, options: ReportOptions) -> None:
    """``path:line:column: severity rule message``, one line a finding, as editors and problem matchers take it."""
    terminal = Terminal(out, options)
    show, paint = terminal.show, terminal.paint
    show_path = PathShower(report.project_root, options.relative_to)
    for path, group in groupby(report.diagnostics, key=lambda diagnostic: diagnostic.path):
        shown = show(show_path(path))
        lines = [
            f"{shown}:{d.start.line}:{d.start.column}: "
            f"{paint(_STYLES[d.severity], d.severity.label)} {d.rule} {show(d.finding.message)}\n"
            for d in group
        ]
        out.write("".join(lines))
    if report.diagnostics and (report.problems or options.statistics or options.verbosity >= 0):
        out.write("\n")
    _end(report, out, options, terminal)


class PathShower:
    """Makes paths relative to the folder the reader is in, so that they can be opened from there."""

    def __init__(self, root: Path, start: Path | None) -> None:
        """
        Args:
            root: the project root, from which paths count.
            start: the folder the reader is in; None: the root.
        """
        self._root = str(root)
        self._start = start

    def __call__(self, path: str) -> str:
        if self._start is None:
            return path
        whole = str(Path(self._root, path))
        with suppress(ValueError):  # on another drive
            whole = os.path.relpath(whole, self._start)
        return whole.replace(os.sep, "/")


# One finding ---------------------------------------------------------------------------------------------------


def _finding(
    diagnostic: Diagnostic, text: Text | None, report: RunReport, options: ReportOptions, terminal: Terminal
) -> Iterator[str]:
    finding = diagnostic.finding
    paint = terminal.paint
    style = _STYLES[diagnostic.severity]
    line, column = diagnostic.start
    head = f"  {line}:{column}  {paint(style, diagnostic.severity.label)}  {paint('strong', diagnostic.rule)}"
    if finding.fix is not None and (tag := _FIX_TAGS.get(finding.fix.safety)):
        head += f"  {paint('good', tag)}"
    yield head
    here, elsewhere, more = _related(diagnostic, text, report, options)
    if text is not None and _lies_in(finding.span, text):
        marks = [Mark(finding.span, finding.message, style)]
        marks += [Mark(related.span, related.message, "related", "-") for related in here]
        yield from excerpt(text, marks, terminal)
    else:
        yield from _note(finding.message, "", gutter_width(text), terminal)
    gutter = gutter_width(text)
    if finding.consequence:
        yield from _note(finding.consequence, "= ", gutter, terminal)
    for place in elsewhere:
        yield from _note(place, "= ", gutter, terminal)
    if more:
        yield from _note(f"and {more} more places", "= ", gutter, terminal)
    if finding.help:
        yield from _note(f"help: {finding.help}", "= ", gutter, terminal)
    if finding.fix is not None:
        yield from _note(_FIX_LEADS[finding.fix.safety] + finding.fix.title, "= ", gutter, terminal)
    if options.verbosity > 0:
        rule = report.rules.get(diagnostic.rule)
        more_at, where = f"more: postlint explain {diagnostic.rule}", rule.url if rule is not None else ""
        if where and gutter + len("= ") + width(f"{more_at}, {where}") < terminal.columns:
            more_at, where = f"{more_at}, {where}", ""
        yield from _note(more_at, "= ", gutter, terminal)
        if where:
            yield from _note(where, "= ", gutter, terminal)


def _related(
    diagnostic: Diagnostic, text: Text | None, report: RunReport, options: ReportOptions
) -> tuple[list[Related], list[str], int]:
    """The related places to mark in the excerpt, those to name, and the number of those left out."""
    here: list[Related] = []
    elsewhere: list[str] = []
    show_path = PathShower(report.project_root, options.relative_to)
    for related in diagnostic.finding.related[:_MOST_RELATED]:
        path = related.path or diagnostic.path
        other = text if path == diagnostic.path else report.text_of(path)
        if other is text and text is not None and _lies_in(related.span, text):
            here.append(related)
        else:
            place = show_path(path)
            if other is not None and _lies_in(related.span, other):
                line, column = other.position(related.span.start)
                place += f":{line}:{column}"
            elsewhere.append(f"{place}: {related.message}")
    return here, elsewhere, max(0, len(diagnostic.finding.related) - _MOST_RELATED)


def _lies_in(span: Span, text: Text) -> bool:
    """False where the file was changed since it was checked."""
    return 0 <= span.start <= span.end <= len(text)


def _note(message: str, lead: str, gutter: int, terminal: Terminal) -> Iterator[str]:
    indent = " " * (gutter + 1)
    room = terminal.columns - len(indent) - len(lead)
    shown = terminal.show(message)
    # An address is left whole for whoever clicks or copies it.
    lines = [shown] if shown.startswith("https://") and " " not in shown else wrap(shown, room)
    for number, line in enumerate(lines):
        yield f"{indent}{terminal.paint('dim', lead) if number == 0 else ' ' * len(lead)}{line}"


# The end -------------------------------------------------------------------------------------------------------


def _end(report: RunReport, out: TextIO, options: ReportOptions, terminal: Terminal) -> None:
    lines: list[str] = []
    if options.statistics and report.diagnostics:
        lines += [*_statistics(report, terminal), ""]
    if options.statistics and report.links is not None:
        inside, outside, unknown = report.links
        lines += [
            f"{count(sum(report.links), 'link')}: {inside:,} within the site, {outside:,} to other sites,"
            f" {unknown:,} that only the built site can tell",
            "",
        ]
    for problem in report.problems:
        lines += _problem(problem, terminal)
    if report.problems and options.verbosity >= 0:
        lines.append("")
    if options.verbosity >= 0:
        for notice in report.notices:
            lines += _labelled("note", "info", notice, terminal)
        lines += _last_line(report, options, terminal)
    if lines:
        out.write("\n".join(lines) + "\n")


def _last_line(report: RunReport, options: ReportOptions, terminal: Terminal) -> list[str]:
    # Into a file or a pipe the same findings are the same bytes, however long they took.
    asides = []
    if terminal.interactive or options.verbosity > 0:
        asides.append(duration(report.elapsed))
    if options.verbosity > 0:
        asides.append(count(len(report.rules), "rule"))
    line = sentence(report, aside=", ".join(asides))
    lines = wrap(line, terminal.columns) if terminal.interactive else [line]
    if report.problems or not report.ok:
        return [terminal.paint("error", part) for part in lines]
    return lines if report.diagnostics else [terminal.paint("good", part) for part in lines]


def _problem(problem: Problem, terminal: Terminal) -> Iterator[str]:
    about = ": ".join(part for part in (problem.path, problem.rule) if part)
    yield from _labelled("problem", "error", f"{about}: {problem.message}" if about else problem.message, terminal)


def _labelled(label: str, style: Style, message: str, terminal: Terminal) -> Iterator[str]:
    first = True
    for paragraph in message.splitlines() or [""]:
        for line in wrap(terminal.show(paragraph), terminal.columns - len(label) - 2):
            yield f"{terminal.paint(style, f'{label}:')} {line}" if first else f"{'':{len(label) + 2}}{line}"
            first = False


def _statistics(report: RunReport, terminal: Terminal) -> Iterator[str]:
    rows = rule_counts(report.diagnostics)
    numbers = max(len(f"{row.findings:,}") for row in rows)
    names = max(len(row.rule) for row in rows)
    for row in rows:
        severity = terminal.paint(_STYLES[row.severity], f"{row.severity.label:7}")
        ways = [(row.fixable, "fixable"), (row.unsafe, "fixable with --unsafe-fixes")]
        fixes = ", ".join(f"{'all' if n == row.findings else f'{n:,}'} {way}" for n, way in ways if n)
        yield f"{row.findings:>{numbers + 2},}  {severity}  {row.rule:{names}}  {fixes}".rstrip()
