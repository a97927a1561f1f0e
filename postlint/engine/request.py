"""What a run is asked, and what it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from postlint.engine.crash import Crash
from postlint.engine.sorted_paths import SortedPaths
from postlint.finding import Diagnostic

if TYPE_CHECKING:
    from postlint.engine.baseline import Baseline
    from postlint.engine.changes import Changes
    from postlint.site.facts import LinkCounts
    from postlint.verdict import Verdict

__all__ = ["Outcome", "Request"]


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a run.

    Attributes:
        paths: files and folders to report on, relative to the project root with ``/``; "" is all.
        explicit: those of ``paths`` that are files named one by one: they are read whatever their name is.
        force_exclude: leave out also explicit files that the configuration excludes, and layouts and the like.
        stdin: a path and the bytes that stand for its content.
        cache: keep the index on disk.
        jobs: processes; None: as many as the machine has, for many files.
        now: the instant that counts as now, aware.
        baseline: findings that are known and not to be reported.
        since: report only what was not found before these changes.
        statistics: count the links too.
        verdicts: what is known of addresses on other sites; None: nobody was asked, and nothing is said of them.
        progress: told the number of files to read, then each number of files read.
    """

    paths: tuple[str, ...] = ("",)
    explicit: frozenset[str] = frozenset()
    force_exclude: bool = False
    stdin: tuple[str, bytes] | None = None
    cache: bool = True
    jobs: int | None = None
    now: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    baseline: Baseline | None = None
    since: Changes | None = None
    statistics: bool = False
    verdicts: Mapping[str, Verdict] | None = None
    progress: Callable[[int, int], None] | None = None


@dataclass(slots=True)
class Outcome:
    """What a run found.

    Attributes:
        diagnostics: sorted by path, place and rule.
        suppressed: how many findings a comment kept away.
        known: what the baseline kept away; sorted.
        older: how many were there before the changes that the request names.
        checked: the files that findings were asked for, sorted: content, and sites' configurations.
        crashes: exceptions in rules and parsers.
        problems: path and message of files that could not be read.
        notices: worth saying, no failure.
        links: how many there are in the files that were asked for; None where nobody asked.
        analysed: how many files had to be read and parsed.
    """

    diagnostics: list[Diagnostic] = field(default_factory=list)
    suppressed: int = 0
    known: list[Diagnostic] = field(default_factory=list)
    older: int = 0
    checked: list[str] = field(default_factory=list)
    crashes: list[Crash] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    links: LinkCounts | None = None
    analysed: int = 0
    indexed: int = 0

    @property
    def asked(self) -> Container[str]:
        """:attr:`checked`, to ask whether a path is among them."""
        return SortedPaths(self.checked)
