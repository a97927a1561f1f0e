"""Runs by hand: reporters are tested on reports that no engine made."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from postlint.finding import Diagnostic, Edit, Finding, Fix, Related, Safety, Severity
from postlint.report.model import DiffBase, Problem, ReportOptions, RuleInfo, RunReport
from postlint.text import Span, Text

PAGE = """# {id}

{summary} More about it stands here.

## Why it matters

Because the *page* shows it.
"""


def span_of(text: Text, part: str, *, nth: int = 0) -> Span:
    """Where ``part`` stands in ``text`` for the ``nth`` time."""
    at = -1
    for _ in range(nth + 1):
        at = text.content.index(part, at + 1)
    return Span(at, at + len(part))


def diagnostic(
    text: Text,
    span: Span,
    message: str = "this is wrong",
    *,
    path: str = "_posts/2024-01-02-a.md",
    rule: str = "html/misnested-tag",
    severity: Severity = Severity.ERROR,
    consequence: str = "",
    help: str = "",
    fix: Fix | None = None,
    related: tuple[Related, ...] = (),
) -> Diagnostic:
    finding = Finding(span, message, consequence, help, fix, related)
    return Diagnostic(rule, severity, path, finding, text.position(span.start), text.position(span.end))


def rule_info(id: str, *, summary: str = "An element is closed too late.", url: str = "") -> RuleInfo:
    return RuleInfo(id, summary, PAGE.format(id=id, summary=summary), Severity.ERROR, True, url)


def make_report(
    texts: Mapping[str, Text],
    diagnostics: Iterable[Diagnostic] = (),
    *,
    problems: tuple[Problem, ...] = (),
    notices: tuple[str, ...] = (),
    files_checked: int | None = None,
    ok: bool = True,
    rules: Mapping[str, RuleInfo] | None = None,
    prefix: str = "",
    known: Iterable[Diagnostic] = (),
    diff_base: DiffBase | None = None,
    older: int = 0,
) -> RunReport:
    found = tuple(sorted(diagnostics, key=lambda d: (d.path, d.start, d.rule)))
    of_baseline = tuple(known)
    infos = {d.rule: rule_info(d.rule) for d in (*found, *of_baseline)} if rules is None else rules
    return RunReport(
        diagnostics=found,
        problems=problems,
        notices=notices,
        files_checked=len(texts) if files_checked is None else files_checked,
        elapsed=0.3,
        ok=ok,
        rules=infos,
        text_of=texts.get,
        project_root=Path("/site"),
        repository_prefix=prefix,
        known=of_baseline,
        diff_base=diff_base,
        older=older,
    )


def options(**changes: object) -> ReportOptions:
    """Options that ask nothing of the machine that runs the tests."""
    changes.setdefault("environ", {})
    return ReportOptions(**changes)  # type: ignore[arg-type]


SEED = """---
title: "Quarterly notes"
---
<p>The teams met on Monday.</p>
<p><strong>“一路走来，靠的是每一个人”</p>
<p></strong>The rest of the page.</p>
"""


def seed(path: str = "_posts/2024-01-02-a.md") -> tuple[Text, Diagnostic]:
    """The defect the project began with, in words of our own, and what is said about it."""
    text = Text(SEED)
    end_tag = span_of(text, "</strong>")
    end_of_paragraph = span_of(text, "</p>", nth=1).start
    fix = Fix(
        "move </strong> before </p>",
        (Edit(Span(end_of_paragraph, end_of_paragraph), "</strong>"), Edit(end_tag, "")),
        Safety.SAFE,
    )
    return text, diagnostic(
        text,
        span_of(text, "<strong>"),
        path=path,
        message="<strong> is still open where </p> ends its paragraph; it is closed in the next one, at 6:4",
        consequence="Jekyll prints </p> and </strong> as text here and leaves all that follows unrendered",
        fix=fix,
        related=(Related(end_tag, "closed here"),),
    )


def written(write: Callable[..., None], report: RunReport, **changes: object) -> str:
    """What a reporter writes."""
    out = io.StringIO()
    write(report, out, options(**changes))
    return out.getvalue()
