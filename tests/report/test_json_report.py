"""The object for programs, field by field."""

from __future__ import annotations

import json
from typing import Any

from postlint import __version__
from postlint.finding import Edit, Fix, Related, Safety, Severity
from postlint.report import DiffBase, Problem
from postlint.report.json import write
from postlint.text import Span, Text
from tests.report.runs import diagnostic, make_report, seed, written

PATH = "_posts/2024-01-02-a.md"


def test_the_whole_object() -> None:
    text, found = seed()
    report = make_report(
        {PATH: text},
        [found],
        problems=(Problem("no", "b.md", "a/b"), Problem("died")),
        notices=("memory",),
        files_checked=57,
        ok=False,
    )
    opening = {"line": 5, "column": 26, "end_line": 5, "end_column": 26}
    closing = {"line": 6, "column": 4, "end_line": 6, "end_column": 13}
    start = text.content.index("</strong>")
    before = text.offset(5, 26)
    assert json.loads(written(write, report)) == {
        "version": 1,
        "tool": {"name": "postlint", "version": __version__},
        "files_checked": 57,
        "diagnostics": [
            {
                "rule": "html/misnested-tag",
                "severity": "error",
                "path": PATH,
                "line": 5,
                "column": 4,
                "end_line": 5,
                "end_column": 12,
                "span": list(found.finding.span),
                "message": found.finding.message,
                "consequence": found.finding.consequence,
                "help": "",
                "fix": {
                    "title": "move </strong> before </p>",
                    "safety": "safe",
                    "edits": [
                        {"start": before, "end": before, "text": "</strong>", **opening},
                        {"start": start, "end": start + 9, "text": "", **closing},
                    ],
                    "drop_byte_order_mark": False,
                },
                "related": [{"path": PATH, "span": [start, start + 9], "message": "closed here", **closing}],
            }
        ],
        "problems": [
            {"message": "no", "path": "b.md", "rule": "a/b"},
            {"message": "died", "path": None, "rule": None},
        ],
        "notices": ["memory"],
        "diff_base": None,
        "summary": {
            "ok": False,
            "errors": 1,
            "warnings": 0,
            "infos": 0,
            "files_with_findings": 1,
            "fixable": 1,
            "fixable_unsafe": 0,
            "baselined": 0,
            "older": 0,
        },
    }


def only(text: Text | None, *diagnostics: Any) -> dict[str, Any]:
    report = make_report({} if text is None else {PATH: text}, diagnostics)
    [found] = json.loads(written(write, report))["diagnostics"]
    assert isinstance(found, dict)
    return found


def test_columns_are_code_points() -> None:
    text = Text("😀x\n")
    assert only(text, diagnostic(text, Span(1, 2)))["column"] == 2


def test_one_line_a_finding_in_ascii() -> None:
    text, found = seed()
    out = written(write, make_report({PATH: text}, [found, found, found]))
    assert out.isascii()
    assert sum(line.startswith('{"rule":') for line in out.splitlines()) == 3


def test_bytes_that_are_no_text() -> None:
    text = Text("a\udcffb")
    fix = Fix("drop it", (Edit(Span(0, 3), "\udcff"),), Safety.SAFE)
    found = only(text, diagnostic(text, Span(1, 2), "the byte \udcff is not UTF-8", fix=fix))
    assert found["message"] == "the byte \ufffd is not UTF-8"
    assert found["fix"] is None


def test_a_byte_order_mark_to_be_dropped() -> None:
    text = Text("---\n", bom=True)
    found = only(text, diagnostic(text, Span(0, 0), fix=Fix("drop it", (), drop_byte_order_mark=True)))
    assert found["fix"] == {"title": "drop it", "safety": "safe", "edits": [], "drop_byte_order_mark": True}


def test_a_file_that_is_gone() -> None:
    text = Text("abc\n")
    fix = Fix("drop it", (Edit(Span(0, 3), ""),), Safety.DISPLAY)
    related = (Related(Span(0, 1), "here"),)
    found = only(None, diagnostic(text, Span(1, 2), fix=fix, related=related, severity=Severity.INFO))
    assert (found["line"], found["column"], found["severity"]) == (1, 2, "info")
    assert found["fix"]["edits"][0]["line"] is None
    assert found["related"][0]["line"] is None


def test_nothing_found() -> None:
    found = json.loads(written(write, make_report({})))
    assert found["diagnostics"] == found["problems"] == []
    assert found["summary"]["ok"] is True


def test_what_is_known_and_what_is_old_is_counted_and_listed_where_that_is_asked_for() -> None:
    text = Text("ab\n")
    known = [diagnostic(text, Span(1, 2), path=PATH, rule="x/y")]
    report = make_report({PATH: text}, known=known, diff_base=DiffBase("main", "c0ffee"), older=3)
    short, long = (json.loads(written(write, report, report_known=listed)) for listed in (False, True))
    assert short["diff_base"] == {"rev": "main", "commit": "c0ffee"}
    assert (short["summary"]["baselined"], short["summary"]["older"], short["diagnostics"]) == (1, 3, [])
    assert "known" not in short
    assert [(found["rule"], found["column"]) for found in long["known"]] == [("x/y", 2)]
