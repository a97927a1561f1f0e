"""The counts of a run, and the line that says them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from postlint.finding import Diagnostic, Safety, Severity
from postlint.report.model import RunReport

__all__ = ["RuleCount", "Tally", "count", "duration", "rule_counts", "sentence", "tally"]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings there are, of which kinds, in how many files."""

    errors: int
    warnings: int
    infos: int
    files: int
    safe_fixes: int
    unsafe_fixes: int

    @property
    def findings(self) -> int:
        return self.errors + self.warnings + self.infos


class RuleCount(NamedTuple):
    """How often one rule was broken; ``severity`` is the highest that it was reported with, ``fixable`` and ``unsafe``
    are the findings that ``postlint fix`` mends, and those that it mends only with ``--unsafe-fixes``."""

    rule: str
    severity: Severity
    findings: int
    fixable: int
    unsafe: int


def tally(diagnostics: Iterable[Diagnostic]) -> Tally:
    """Counts ``diagnostics``."""
    by_severity = dict.fromkeys(Severity, 0)
    by_safety = dict.fromkeys(Safety, 0)
    paths: set[str] = set()
    for diagnostic in diagnostics:
        by_severity[diagnostic.severity] += 1
        paths.add(diagnostic.path)
        if diagnostic.finding.fix is not None:
            by_safety[diagnostic.finding.fix.safety] += 1
    return Tally(
        errors=by_severity[Severity.ERROR],
        warnings=by_severity[Severity.WARNING],
        infos=by_severity[Severity.INFO],
        files=len(paths),
        safe_fixes=by_safety[Safety.SAFE],
        unsafe_fixes=by_safety[Safety.UNSAFE],
    )


def rule_counts(diagnostics: Iterable[Diagnostic]) -> list[RuleCount]:
    """One row for each rule that found something, the most frequent first."""
    rows: dict[str, RuleCount] = {}
    for diagnostic in diagnostics:
        row = rows.get(diagnostic.rule) or RuleCount(diagnostic.rule, Severity.OFF, 0, 0, 0)
        fix = diagnostic.finding.fix
        rows[diagnostic.rule] = row._replace(
            severity=max(row.severity, diagnostic.severity),
            findings=row.findings + 1,
            fixable=row.fixable + (fix is not None and fix.safety == Safety.SAFE),
            unsafe=row.unsafe + (fix is not None and fix.safety == Safety.UNSAFE),
        )
    return sorted(rows.values(), key=lambda row: (-row.findings, row.rule))


def count(number: int, noun: str) -> str:
    """``1 error``, ``1,234 errors``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def duration(seconds: float) -> str:
    """``40 ms``, ``0.3 s``, ``2 min 5 s``."""
    if seconds < 0.095:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


def sentence(report: RunReport, *, aside: str = "") -> str:
    """The last line of a report: what was found where, and which command mends how much of it.

    Args:
        report: the run.
        aside: what to say in brackets after the number of files.
    """
    counts = tally(report.diagnostics)
    checked = count(report.files_checked, "file")
    if aside:
        aside = f" ({aside})"
    if counts.findings == 0:
        if report.problems or not report.ok:
            if report.files_checked == 0:
                return f"Nothing was checked{_because(report)}"
            return f"{checked}{aside}: no findings, but the run is not complete{_because(report)}"
        if report.files_checked == 0:
            return "No files to check"
        return f"{checked}: nothing{' new' if report.diff_base else ''} to report{aside}{_not_shown(report)}"
    kinds = [(counts.errors, "error"), (counts.warnings, "warning"), (counts.infos, "info")]
    found = ", ".join(count(number, noun) for number, noun in kinds if number)
    text = f"{found} in {counts.files:,} of {checked}{aside}"
    if fixes := _fixes(counts):
        text += f"; {fixes}"
    text += _not_shown(report)
    if report.problems or not report.ok:
        text += f"; the run is not complete{_because(report)}"
    return text


def _not_shown(report: RunReport) -> str:
    text = ""
    if report.older:
        assert report.diff_base is not None
        text += f"; {count(report.older, 'older finding')} not shown (since {report.diff_base.rev})"
    if report.known:
        text += f"; {count(len(report.known), 'known finding')} not shown (baseline)"
    return text


def _because(report: RunReport) -> str:
    return f" ({count(len(report.problems), 'problem')}, see above)" if report.problems else ""


def _fixes(counts: Tally) -> str:
    safe, unsafe = counts.safe_fixes, counts.unsafe_fixes
    if safe and unsafe:
        return f"{safe:,} fixable with `postlint fix`, {unsafe:,} more with `postlint fix --unsafe-fixes`"
    if safe:
        return f"{safe:,} fixable with `postlint fix`"
    if unsafe:
        return f"{unsafe:,} fixable with `postlint fix --unsafe-fixes`"
    return ""
