"""The report for programs: one JSON object, one line a finding.

::

    {
      "version": 1,                     raised when a field changes its meaning or goes; new fields may come at any time
      "tool": {"name", "version"},
      "files_checked": 57,
      "diagnostics": [
        {
          "rule": "html/misnested-tag",
          "severity": "error",          error | warning | info
          "path": "_posts/….md",        relative to the project root, with /
          "line", "column",             from 1, columns in code points without the byte order mark
          "end_line", "end_column",     exclusive
          "span": [start, end],         offsets in code points from the file's start, without the byte order mark
          "message", "consequence", "help",      the last two may be ""
          "fix": null | {
            "title",
            "safety",                   safe | unsafe | display
            "edits": [{"start", "end", "text", "line", "column", "end_line", "end_column"}],
            "drop_byte_order_mark"      true | false: take away the mark that the file begins with
          },
          "related": [{"path", "span", "message", "line", "column", "end_line", "end_column"}]
        }
      ],
      "known": [...],                              only with --report-known: what the baseline knows, as in diagnostics
      "problems": [{"message", "path", "rule"}],   what kept the run from being complete; the last two may be null
      "notices": ["…"],
      "links": {"inside", "outside", "unknown"},   with --statistics: within the site, to other sites, and those of
                                                   which only the built site can say where they lead
      "diff_base": null | {"rev", "commit"},       what is compared with: only findings since then are in the list
      "summary": {
        "ok", "errors", "warnings", "infos", "files_with_findings", "fixable", "fixable_unsafe",
        "baselined",                               findings that the baseline knows; they are not in the list
        "older"                                    findings from before diff_base; nor are they
      }
    }

``line`` and its like are null in edits and related places of a file that is gone. A fix whose text would hold bytes
that are not UTF-8 is null. The object says nothing of how long the run took: the same findings are the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, TextIO

from postlint import __version__
from postlint.finding import Diagnostic, Fix
from postlint.report.model import ReportOptions, RunReport
from postlint.report.positions import can_be_written, clean, place
from postlint.report.summary import tally
from postlint.text import Span, Text

__all__ = ["VERSION", "write"]

VERSION = 1
"""The version of the object: see the module's words."""


def write(report: RunReport, out: TextIO, options: ReportOptions) -> None:
    """Writes the object. It is ASCII, so that no stream's encoding stands in its way."""
    text_of = lru_cache(maxsize=8)(report.text_of)
    out.write(f'{{"version":{VERSION},\n"tool":{_dump({"name": "postlint", "version": __version__})},\n')
    out.write(f'"files_checked":{report.files_checked},\n"diagnostics":[')
    _write_items(out, (_diagnostic(diagnostic, text_of) for diagnostic in report.diagnostics))
    if options.report_known:
        out.write('],\n"known":[')
        _write_items(out, (_diagnostic(diagnostic, text_of) for diagnostic in report.known))
    out.write('],\n"problems":[')
    problems = ({"message": p.message, "path": p.path, "rule": p.rule} for p in report.problems)
    _write_items(out, problems)
    out.write(f'],\n"notices":{_dump([clean(notice) for notice in report.notices])},\n')
    if report.links is not None:
        out.write(f'"links":{_dump(report.links._asdict())},\n')
    counts = tally(report.diagnostics)
    summary = {
        "ok": report.ok,
        "errors": counts.errors,
        "warnings": counts.warnings,
        "infos": counts.infos,
        "files_with_findings": counts.files,
        "fixable": counts.safe_fixes,
        "fixable_unsafe": counts.unsafe_fixes,
        "baselined": len(report.known),
        "older": report.older,
    }
    base = report.diff_base
    since = None if base is None else {"rev": clean(base.rev), "commit": base.commit}
    out.write(f'"diff_base":{_dump(since)},\n')
    out.write(f'"summary":{_dump(summary)}}}\n')


def _dump(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _write_items(out: TextIO, items: Iterable[dict[str, Any]]) -> None:
    first = True
    for item in items:
        cleaned = {key: clean(value) if isinstance(value, str) else value for key, value in item.items()}
        out.write(("\n" if first else ",\n") + _dump(cleaned))
        first = False
    if not first:
        out.write("\n")


def _diagnostic(diagnostic: Diagnostic, text_of: Callable[[str], Text | None]) -> dict[str, Any]:
    finding = diagnostic.finding
    fix, related = None, []
    if finding.fix is not None and can_be_written(finding.fix):
        fix = _fix(finding.fix, text_of(diagnostic.path))
    for other in finding.related:
        path = other.path or diagnostic.path
        where = {"path": clean(path), "span": list(other.span), "message": clean(other.message)}
        related.append(where | _place(text_of(path), other.span))
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.label,
        "path": diagnostic.path,
        "line": diagnostic.start.line,
        "column": diagnostic.start.column,
        "end_line": diagnostic.end.line,
        "end_column": diagnostic.end.column,
        "span": list(finding.span),
        "message": finding.message,
        "consequence": finding.consequence,
        "help": finding.help,
        "fix": fix,
        "related": related,
    }


def _fix(fix: Fix, text: Text | None) -> dict[str, Any]:
    edits = [
        {"start": edit.span.start, "end": edit.span.end, "text": edit.text} | _place(text, edit.span)
        for edit in fix.edits
    ]
    return {
        "title": clean(fix.title),
        "safety": fix.safety.name.lower(),
        "edits": edits,
        "drop_byte_order_mark": fix.drop_byte_order_mark,
    }


def _place(text: Text | None, span: Span) -> dict[str, int | None]:
    if text is None or span.end > len(text):
        return dict.fromkeys(("line", "column", "end_line", "end_column"))
    start, end = place(text, span)
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}
