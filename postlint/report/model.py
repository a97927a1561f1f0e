"""What reporters are given: the whole of a finished run, and how to show it.

A :class:`RunReport` is data and two lookups (texts for excerpts, pages of rules), so a reporter can be tested
without a run and a run without a reporter.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TextIO

from postlint.finding import Diagnostic, Severity
from postlint.text import Text

if TYPE_CHECKING:
    from postlint.site.facts import LinkCounts

__all__ = ["DiffBase", "Problem", "ReportOptions", "Reporter", "RuleInfo", "RunReport"]


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What a report says about a rule.

    Attributes:
        id: ``html/misnested-tag``.
        summary: the first sentence of the rule's page.
        page: the Markdown of the whole page.
        default_severity: its severity where no configuration sets another.
        fixable: some of its findings carry a fix that a command applies.
        url: where the page can be read; empty where it is nowhere to be read.
    """

    id: str
    summary: str
    page: str
    default_severity: Severity
    fixable: bool
    url: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A failure of the run itself: a rule that crashed, a worker that died, a file that vanished, a wrong key.

    ``message`` may have several lines; the first one should stand by itself. ``path`` is relative to the project root.
    """

    message: str
    path: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class DiffBase:
    """The revision that a report compares with, as it was named, and the id of the commit that this came to."""

    rev: str
    commit: str


@dataclass(frozen=True, slots=True)
class RunReport:
    """A finished run.

    Attributes:
        diagnostics: sorted by path, start, rule.
        problems: what kept the run from being complete.
        notices: things worth knowing that are no failure.
        files_checked: files that findings were asked for (not those only indexed).
        elapsed: seconds.
        ok: the run did what it was asked to do, whatever it found (SARIF's ``executionSuccessful``).
        rules: rule id → what is known of it, for all rules that ran. Values may be made on access (only SARIF
            reads the pages); a rule that is missing here is reported under its id alone.
        text_of: the text of a file by its path relative to the project root; None when it is gone.
        project_root: the folder that paths are relative to.
        known: findings that the baseline keeps away; they are in none of the others.
        diff_base: where only what changes bring is reported, since when; None: all is.
        older: how many findings were there before those changes.
        repository_prefix: what stands before a path to make it relative to the git repository's root: ``""`` or
            ``"docs/"``.
        links: how many links the files have, by what can be said of them; None where nobody asked.
    """

    diagnostics: tuple[Diagnostic, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]
    files_checked: int
    elapsed: float
    ok: bool
    rules: Mapping[str, RuleInfo]
    text_of: Callable[[str], Text | None]
    project_root: Path
    repository_prefix: str = ""
    known: tuple[Diagnostic, ...] = ()
    diff_base: DiffBase | None = None
    older: int = 0
    links: LinkCounts | None = None


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How to show it. The formats for machines look at none of this but ``environ`` and ``report_known``.

    Attributes:
        color: ``auto`` asks NO_COLOR, FORCE_COLOR and the terminal.
        width: columns to fill; None asks COLUMNS, then the terminal, then takes 100.
        verbosity: below 0 only findings and problems, above 0 also where to read more, and how long it took.
        relative_to: the folder that a reader's paths start from (the working directory); None: the project root.
        report_known: list also what the baseline knows, as such; only JSON and SARIF can say so.
        statistics: add a table of how often each rule was broken, and how many links there are.
        environ: the environment to ask.
    """

    color: Literal["auto", "always", "never"] = "auto"
    width: int | None = None
    verbosity: int = 0
    statistics: bool = False
    report_known: bool = False
    relative_to: Path | None = None
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)


class Reporter(Protocol):
    """Writes a run to a text stream, complete, in one format."""

    def __call__(self, report: RunReport, out: TextIO, options: ReportOptions) -> None: ...
