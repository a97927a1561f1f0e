"""Annotations within GitHub's limits, and the step's summary."""

from __future__ import annotations

from pathlib import Path

from postlint.finding import Severity
from postlint.report import Problem
from postlint.report.github import write
from postlint.text import Span, Text
from tests.report.runs import diagnostic, make_report, rule_info, seed, written

PATH = "_posts/2024-01-02-a.md"
TEXT = Text("a\nb\nc\n")


def test_an_annotation() -> None:
    text, found = seed()
    assert written(write, make_report({PATH: text}, [found], prefix="docs/")) == (
        "::error file=docs/_posts/2024-01-02-a.md,line=5,endLine=5,col=4,endColumn=12,"
        "title=postlint%3A html/misnested-tag::"
        "<strong> is still open where </p> ends its paragraph; it is closed in the next one, at 6:4"
        "%0AJekyll prints </p> and </strong> as text here and leaves all that follows unrendered\n"
        "1 error in 1 of 1 file; 1 fixable with `postlint fix`\n"
    )


def test_what_github_reads_is_escaped() -> None:
    found = diagnostic(TEXT, Span(0, 1), "100% ::x::\r\n, a \x1b[0m b", path="a,b:c%.md", help="h")
    [line, _] = written(write, make_report({}, [found], files_checked=1)).splitlines()
    assert line.startswith("::error file=a%2Cb%3Ac%25.md,line=1,")
    assert line.endswith(r"::100%25 ::x::%0A, a \x1b[0m b%0Ah")


def test_several_lines_have_no_columns() -> None:
    out = written(write, make_report({}, [diagnostic(TEXT, Span(0, 3))], files_checked=1))
    assert "line=1,endLine=2,title=" in out


def test_the_worst_first_and_ten_of_each() -> None:
    kinds = [Severity.INFO] * 12 + [Severity.WARNING] * 3 + [Severity.ERROR] * 11
    found = [
        diagnostic(TEXT, Span(0, 1), f"m{n}", path=f"{n:02}.md", severity=severity) for n, severity in enumerate(kinds)
    ]
    report = make_report({}, found, problems=(Problem("it\nbroke", "x.md", "a/b"), Problem("died")), files_checked=26)
    lines = written(write, report).splitlines()
    assert [line.split()[0] for line in lines[:23]] == ["::error"] * 10 + ["::warning"] * 3 + ["::notice"] * 10
    assert lines[0] == "::error file=x.md,title=postlint%3A a/b::it%0Abroke"
    assert lines[1] == "::error title=postlint%3A the run is not complete::died"
    assert lines[2].endswith("::m15")
    assert lines[23] == "3 errors, 2 notices more not shown: GitHub shows 10 of each kind for a step"
    assert lines[24].startswith("11 errors, 3 warnings, 12 infos in 26 of 26 files")


def test_nothing_found() -> None:
    assert written(write, make_report({"a.md": TEXT})) == "1 file: nothing to report\n"
    assert "::notice title=postlint::in memory\n" in written(write, make_report({}, notices=("in memory",)))


def summary(path: Path, report: object, **environ: str) -> str:
    written(write, report, environ={"GITHUB_STEP_SUMMARY": str(path), **environ})  # type: ignore[arg-type]
    return path.read_text(encoding="utf-8")


def test_the_summary_is_appended(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_text("before\n", encoding="utf-8")
    found = [
        diagnostic(TEXT, Span(0, 1), "later", severity=Severity.WARNING, path="a b.md"),
        diagnostic(TEXT, Span(2, 3), "*x* | `y` <b>\n", consequence="then", path="c.md"),
    ]
    rules = {"html/misnested-tag": rule_info("html/misnested-tag", url="https://example.org/m")}
    report = make_report({}, found, problems=(Problem("it\nbroke", "x.md"),), rules=rules, prefix="docs/")
    server = {"GITHUB_SERVER_URL": "https://example.com", "GITHUB_REPOSITORY": "o/r", "GITHUB_SHA": "abc"}
    out = summary(path, report, **server)
    assert out.startswith("before\n### postlint\n\n1 error, 1 warning in 2 of 0 files")
    assert "* **problem:** x.md&#58; it broke\n" in out
    rows = [line for line in out.splitlines() if line.startswith("| ")][1:]
    rule = "[html/misnested-tag](https://example.org/m)"
    assert rows == [
        "| ❌ | [docs/c.md&#58;2&#58;1](https://example.com/o/r/blob/abc/docs/c.md?plain=1#L2) "
        f"| {rule} | &#42;x&#42; &#124; &#96;y&#96; &#60;b&#62;&#92;x0a<br>then |",
        "| ⚠️ | [docs/a b.md&#58;1&#58;1](https://example.com/o/r/blob/abc/docs/a%20b.md?plain=1#L1) "
        f"| {rule} | later |",
    ]


def test_the_summary_keeps_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_bytes(b"x" * 1_000_000)
    found = [diagnostic(TEXT, Span(0, 1), "many words " * 50, path=f"{n}.md") for n in range(200)]
    out = summary(path, make_report({}, found))
    assert 1_000_000 < path.stat().st_size <= 1024 * 1024
    rows = out.count("| ❌ |")
    assert f"\n{200 - rows} findings more had no room here.\n" in out
    path.write_bytes(b"x" * 1024 * 1024)
    summary(path, make_report({}, found))
    assert path.stat().st_size == 1024 * 1024


def test_a_summary_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    out = written(write, make_report({"a.md": TEXT}), environ={"GITHUB_STEP_SUMMARY": str(tmp_path)})
    assert "1 file: nothing to report\nThe step's summary could not be written: " in out
