"""Annotations in GitHub Actions, and a summary of the step.

GitHub shows the first 10 errors, 10 warnings and 10 notices of a step (actions/toolkit, ``docs/problem-matchers.md``)
and drops the rest without a word. So the worst come first, and what is not shown is counted; the step's summary, where
there is one (``GITHUB_STEP_SUMMARY``), holds all findings up to its limit of 1 MiB.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from postlint.finding import Diagnostic, Severity
from postlint.report.cells import EVERYTHING, Screen
from postlint.report.model import Problem, ReportOptions, RunReport
from postlint.report.summary import count, sentence

__all__ = ["write"]

_MOST_OF_A_KIND = 10
_LONGEST_SUMMARY = 1024 * 1024
_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_ICONS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "ℹ️"}


def write(report: RunReport, out: TextIO, options: ReportOptions) -> None:
    """Writes workflow commands to ``out``, and appends to the step's summary."""
    screen = Screen(getattr(out, "encoding", None))
    lines: list[str] = []
    left_out: list[str] = []
    for severity, kind in _KINDS.items():
        commands = list(_commands(report, severity, kind, screen))
        lines += commands[:_MOST_OF_A_KIND]
        if len(commands) > _MOST_OF_A_KIND:
            left_out.append(count(len(commands) - _MOST_OF_A_KIND, kind))
    if left_out:
        lines.append(f"{', '.join(left_out)} more not shown: GitHub shows {_MOST_OF_A_KIND} of each kind for a step")
    lines.append(sentence(report))
    if where := options.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            _append_summary(Path(where), report, options)
        except OSError as error:
            lines.append(screen.visible(f"The step's summary could not be written: {error}"))
    out.write("\n".join(lines) + "\n")


# Commands -------------------------------------------------------------------------------------------------------


def _commands(report: RunReport, severity: Severity, kind: str, screen: Screen) -> Iterator[str]:
    if severity is Severity.ERROR:
        for problem in report.problems:
            yield _problem(problem, report.repository_prefix, screen)
    for diagnostic in report.diagnostics:
        if diagnostic.severity is severity:
            yield _annotation(diagnostic, kind, report.repository_prefix, screen)
    if severity is Severity.INFO:
        for notice in report.notices:
            yield _command("notice", {"title": "postlint"}, notice, screen)


def _annotation(diagnostic: Diagnostic, kind: str, prefix: str, screen: Screen) -> str:
    finding, start, end = diagnostic.finding, diagnostic.start, diagnostic.end
    properties = {"file": prefix + diagnostic.path, "line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line:  # the runner refuses columns over several lines
        properties |= {"col": str(start.column), "endColumn": str(end.column)}
    properties["title"] = f"postlint: {diagnostic.rule}"
    message = "\n".join(part for part in (finding.message, finding.consequence, finding.help) if part)
    return _command(kind, properties, message, screen)


def _problem(problem: Problem, prefix: str, screen: Screen) -> str:
    properties = {"file": prefix + problem.path} if problem.path else {}
    properties["title"] = f"postlint: {problem.rule or 'the run is not complete'}"
    return _command("error", properties, problem.message, screen)


def _command(kind: str, properties: dict[str, str], message: str, screen: Screen) -> str:
    shown = ",".join(f"{name}={_property(value, screen)}" for name, value in properties.items())
    data = "%0A".join(_data(line, screen) for line in message.splitlines())
    return f"::{kind} {shown}::{data}"


def _data(text: str, screen: Screen) -> str:
    # Line ends and other controls are escapes by now; GitHub's own escapes remain.
    return screen.visible(text).replace("%", "%25")


def _property(text: str, screen: Screen) -> str:
    return _data(text, screen).replace(":", "%3A").replace(",", "%2C")


# The step's summary ---------------------------------------------------------------------------------------------


def _append_summary(path: Path, report: RunReport, options: ReportOptions) -> None:
    taken = path.stat().st_size if path.exists() else 0
    room = _LONGEST_SUMMARY - taken - 200  # for the line that counts what had no room
    parts: list[str] = []
    rows = 0
    for part, is_row in _summary(report, options):
        room -= len(part.encode("utf-8"))
        if room < 0:
            break
        parts.append(part)
        rows += is_row
    if not parts:
        return
    if missing := len(report.diagnostics) - rows:
        parts.append(f"\n{count(missing, 'finding')} more had no room here.\n")
    with path.open("a", encoding="utf-8", newline="\n") as out:
        out.write("".join(parts))


def _summary(report: RunReport, options: ReportOptions) -> Iterator[tuple[str, bool]]:
    """Markdown in pieces, each with whether it is the row of a finding."""
    yield f"### postlint\n\n{sentence(report)}\n\n", False
    for problem in report.problems:
        about = ": ".join(part for part in (problem.path, problem.rule, problem.message) if part)
        yield f"* **problem:** {_markdown(' '.join(about.split()))}\n", False
    if report.problems:
        yield "\n", False
    if not report.diagnostics:
        return
    yield "| | place | rule | |\n|---|---|---|---|\n", False
    blob = _blob_address(options)
    for severity in _KINDS:
        for diagnostic in report.diagnostics:
            if diagnostic.severity is severity:
                yield _row(diagnostic, report, blob), True


def _row(diagnostic: Diagnostic, report: RunReport, blob: str) -> str:
    finding, line = diagnostic.finding, diagnostic.start.line
    path = report.repository_prefix + diagnostic.path
    place = _markdown(f"{path}:{line}:{diagnostic.start.column}")
    if blob:
        place = f"[{place}]({blob}/{quote(path.encode('utf-8', 'surrogateescape'))}?plain=1#L{line})"
    info = report.rules.get(diagnostic.rule)
    rule = f"[{diagnostic.rule}]({info.url})" if info and info.url else diagnostic.rule
    words = "<br>".join(_markdown(part) for part in (finding.message, finding.consequence, finding.help) if part)
    return f"| {_ICONS[diagnostic.severity]} | {place} | {rule} | {words} |\n"


def _blob_address(options: ReportOptions) -> str:
    server, repository, commit = (
        options.environ.get(name, "") for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA")
    )
    return f"{server}/{repository}/blob/{commit}" if server and repository and commit else ""


_MARKDOWN = str.maketrans({character: f"&#{ord(character)};" for character in "&<>|*_[]~\\`$#@:!"})


def _markdown(text: str) -> str:
    """Text as Markdown that shows it in a table's cell as it is."""
    return EVERYTHING.visible(text).translate(_MARKDOWN)
