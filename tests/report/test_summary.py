"""The line that counts."""

from __future__ import annotations

import pytest

from postlint.finding import Fix, Safety, Severity
from postlint.report import DiffBase
from postlint.report.summary import count, duration, rule_counts, sentence, tally
from postlint.text import Span, Text
from tests.report.runs import diagnostic, make_report

TEXT = Text("a\n")


def found(severity: Severity, safety: Safety | None = None, path: str = "a.md", rule: str = "a/b") -> object:
    fix = None if safety is None else Fix("do it", (), safety)
    return diagnostic(TEXT, Span(0, 1), severity=severity, fix=fix, path=path, rule=rule)


def test_counts_of_everything() -> None:
    diagnostics = [
        *[found(Severity.ERROR, Safety.SAFE, f"{n % 4}.md") for n in range(4)],
        *[found(Severity.ERROR, None, "4.md") for _ in range(8)],
        *[found(Severity.WARNING, Safety.UNSAFE, "4.md") for _ in range(2)],
        found(Severity.WARNING, Safety.DISPLAY, "4.md"),
    ]
    report = make_report({}, diagnostics, files_checked=1057)  # type: ignore[arg-type]
    assert sentence(report, aside="0.3 s") == (
        "12 errors, 3 warnings in 5 of 1,057 files (0.3 s); "
        "4 fixable with `postlint fix`, 2 more with `postlint fix --unsafe-fixes`"
    )
    assert tally(report.diagnostics).findings == 15


def test_rules_by_frequency_with_their_highest_severity() -> None:
    diagnostics = [
        found(Severity.INFO, rule="b/b"),
        found(Severity.WARNING, Safety.SAFE, rule="b/b"),
        found(Severity.ERROR, rule="a/a"),
        found(Severity.ERROR, Safety.DISPLAY, rule="c/c"),
        found(Severity.ERROR, Safety.UNSAFE, rule="d/d"),
    ]
    assert rule_counts(diagnostics) == [  # type: ignore[arg-type]
        ("b/b", Severity.WARNING, 2, 1, 0),
        ("a/a", Severity.ERROR, 1, 0, 0),
        ("c/c", Severity.ERROR, 1, 0, 0),
        ("d/d", Severity.ERROR, 1, 0, 1),
    ]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0, "0 ms"), (0.0404, "40 ms"), (0.0949, "95 ms"), (0.0951, "0.1 s"), (59.94, "59.9 s"), (125.2, "2 min 5 s")],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_numbers() -> None:
    assert [count(number, "file") for number in (0, 1, 2, 5334)] == ["0 files", "1 file", "2 files", "5,334 files"]


def test_what_is_not_shown_is_counted() -> None:
    base = DiffBase("main", "c0ffee")
    known = [found(Severity.ERROR) for _ in range(12)]
    report = make_report({}, files_checked=7, known=known)  # type: ignore[arg-type]
    assert sentence(report) == "7 files: nothing to report; 12 known findings not shown (baseline)"
    report = make_report({}, files_checked=7, known=known[:1], diff_base=base, older=1_234)  # type: ignore[arg-type]
    assert sentence(report, aside="0.3 s") == (
        "7 files: nothing new to report (0.3 s); 1,234 older findings not shown (since main); "
        "1 known finding not shown (baseline)"
    )
    report = make_report({}, [found(Severity.ERROR)], files_checked=7, diff_base=base, older=1)  # type: ignore[list-item]
    assert sentence(report) == "1 error in 1 of 7 files; 1 older finding not shown (since main)"
