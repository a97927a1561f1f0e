"""What the commands share: opening a project, running with a progress bar, and ending with the right status."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn, cast

import typer

from postlint.config.errors import ConfigError
from postlint.engine.project import Project, UsageError, Wishes, open_project
from postlint.engine.run import Outcome, Request, Run
from postlint.engine.survey import Survey
from postlint.packs import PackError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress, TaskID

    from postlint.engine.baseline import Baseline
    from postlint.engine.changes import Changes

__all__ = [
    "Bar",
    "Failure",
    "changes_since",
    "check_formats",
    "color_of",
    "fail",
    "instant",
    "known_findings",
    "must_match",
    "opened",
    "run_project",
    "shown_error",
    "survey_project",
    "with_bar",
]

Failure = (UsageError, ConfigError, PackError)
"""What ends a run before it began: exit status 2."""


def fail(message: str) -> NoReturn:
    """Say why on standard error and leave with status 2."""
    typer.echo(shown_error(message), err=True)
    raise typer.Exit(2)


def shown_error(message: str) -> str:
    return "\n".join(f"postlint: {line}" if not line.startswith(" ") else line for line in message.splitlines())


@contextmanager
def opened() -> Iterator[None]:
    """Turn a usage or configuration error into its message and status 2."""
    try:
        yield
    except Failure as error:
        fail(str(error))


def color_of(value: str) -> Literal["auto", "always", "never"]:
    if value not in ("auto", "always", "never"):
        raise UsageError(f"--color {value}: choose auto, always or never")
    return cast("Literal['auto', 'always', 'never']", value)


def instant(text: str | None) -> dt.datetime:
    """The instant that ``--now`` names; none: the present one. Without an offset it is in UTC.

    Raises:
        UsageError: it is no date.
    """
    if text is None:
        return dt.datetime.now(dt.UTC)
    try:
        value = dt.datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--now {text}: write a date such as 2026-01-31 or 2026-01-31T12:00:00+01:00") from None
    return value if value.tzinfo is not None else value.replace(tzinfo=dt.UTC)


def open_here(paths: Sequence[str], wishes: Wishes, *, must_exist: bool = True) -> Project:
    return open_project(paths, wishes, must_exist=must_exist)


def known_findings(project: Project, named: Path | None, off: bool) -> Baseline | None:
    """The baseline that a run goes by.

    Raises:
        UsageError: there is to be one and none.
        ConfigError: it cannot be read.
    """
    if off and named is not None:
        raise UsageError("--baseline names a file that --no-baseline leaves out: give one of the two")
    file = named.absolute() if named is not None else project.settings.baseline_in_use()
    if off or file is None:
        return None
    from postlint.engine.baseline import Baseline

    return Baseline.read(file)


def changes_since(project: Project, rev: str | None) -> Changes | None:
    """What changed since the revision that ``--diff-base`` names.

    Raises:
        UsageError: it cannot be compared with.
    """
    if rev is None:
        return None
    from postlint.engine.changes import Changes

    return Changes(project.settings.root, rev)


def run_project(project: Project, request: Request, *, quiet: bool = False) -> tuple[Run, Outcome]:
    """Run, with a progress bar where a person is watching and the run takes over a second."""
    with with_bar(request, quiet=quiet) as watched:
        run = Run(project.settings, project.selection, watched)
        outcome = run.execute()
    outcome.notices[:0] = project.notices
    must_match(project, request, outcome.checked)
    project.memory.keep()
    return run, outcome


@contextmanager
def with_bar(request: Request, *, quiet: bool = False) -> Iterator[Request]:
    """The request with a progress bar, where a person is watching."""
    bar = Bar() if not quiet and sys.stderr.isatty() else None
    try:
        yield request if bar is None else _with_progress(request, bar)
    finally:
        if bar is not None:
            bar.close()


def survey_project(project: Project, request: Request) -> Survey:
    """The files and sites of a project, some of which were asked for.

    Raises:
        UsageError: a path holds nothing to read.
        ConfigError: a site's own configuration cannot be read.
    """
    survey = Survey(project.settings, request)
    must_match(project, request, survey.checked)
    return survey


def must_match(project: Project, request: Request, checked: Sequence[str]) -> None:
    """
    Raises:
        UsageError: a path holds nothing to read, which is a mistake, never a clean run.
    """
    for path in project.paths:
        if path and not any(c == path or c.startswith(path + "/") for c in checked) and not request.force_exclude:
            raise UsageError(_nothing_in(project.named[path], project))
    if not checked and not request.force_exclude and request.stdin is None:
        raise UsageError(_nothing_in(next(iter(project.named.values()), "."), project))


def _nothing_in(path: str, project: Project) -> str:
    suffixes = ", ".join(project.settings.extensions)
    return f"there is nothing to check in `{path}`: no file ending in {suffixes} that is not excluded"


def check_formats(name: str, formats: Sequence[str]) -> None:
    """
    Raises:
        UsageError: there is no such output format; with the nearest.
    """
    if name not in formats:
        from postlint.config.suggest import did_you_mean

        hint = did_you_mean(name, formats) or f"choose one of {', '.join(formats)}"
        raise UsageError(f"--output-format {name}: there is no such format; {hint}")


def _with_progress(request: Request, bar: Bar) -> Request:
    from dataclasses import replace

    return replace(request, progress=bar)


class Bar:
    """A progress bar on standard error that appears after a second."""

    def __init__(self, label: str = "reading posts") -> None:
        self._label = label
        self._began = time.monotonic()
        self._done = 0
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __call__(self, total: int, advance: int) -> None:
        self._done += advance
        if self._progress is None:
            if time.monotonic() - self._began < 1 or self._done >= total:
                return
            from rich.console import Console
            from rich.progress import Progress

            # Refreshed by hand: a thread beside the run would make forking workers unsafe.
            self._progress = Progress(console=Console(stderr=True), auto_refresh=False, transient=True)
            self._progress.start()
            self._task = self._progress.add_task(self._label, total=total)
        assert self._task is not None
        self._progress.update(self._task, completed=self._done, total=total)
        self._progress.refresh()

    def close(self) -> None:
        if self._progress is not None:
            self._progress.stop()
