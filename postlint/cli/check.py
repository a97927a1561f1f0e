"""``postlint check``."""

from __future__ import annotations

import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from postlint.cli import complete
from postlint.cli import options as opt
from postlint.cli.output import written_to
from postlint.cli.session import (
    Failure,
    changes_since,
    check_formats,
    color_of,
    instant,
    known_findings,
    opened,
    run_project,
    shown_error,
)
from postlint.config.settings import Settings
from postlint.engine.project import UsageError, Wishes, open_project
from postlint.engine.run import Request
from postlint.report import FORMATS, ReportOptions, RunReport, reporter


def check(
    paths: opt.Paths = None,
    output_format: Annotated[
        str,
        typer.Option(
            "--output-format",
            "-f",
            metavar="FORMAT",
            help=f"One of {', '.join(FORMATS)}.",
            autocompletion=complete.one_of(*FORMATS),
        ),
    ] = FORMATS[0],
    output_file: opt.OutputFile = None,
    select: opt.Select = None,
    ignore: opt.Ignore = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on",
            metavar="SEVERITY",
            help="Status 1 from this severity on: error, warning, info or never.",
            autocompletion=complete.one_of("error", "warning", "info", "never"),
        ),
    ] = None,
    diff_base: opt.DiffBase = None,
    baseline: opt.Baseline = None,
    no_baseline: opt.NoBaseline = False,
    report_known: Annotated[
        bool,
        typer.Option("--report-known", help="In json and sarif, list what the baseline knows too, marked as known."),
    ] = False,
    online: opt.Online = False,
    generator: opt.Generator = None,
    config: opt.Config = None,
    isolated: opt.Isolated = False,
    stdin_filename: Annotated[
        str | None,
        typer.Option("--stdin-filename", metavar="NAME", help="Read standard input in the place of this file."),
    ] = None,
    jobs: opt.Jobs = None,
    no_cache: opt.NoCache = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Add how often each rule was broken, and how many links there are.")
    ] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Leave with status 0 whatever is found (errors of the run: 2).")
    ] = False,
    force_exclude: opt.ForceExclude = False,
    now: opt.Now = None,
    color: opt.Color = "auto",
    quiet: opt.Quiet = 0,
    verbose: opt.Verbose = 0,
) -> None:
    """Report what is wrong with posts, and what the site generator will make of it.

    Status: 0 nothing at or above --fail-on · 1 findings · 2 the run itself failed.
    """
    began = time.monotonic()
    with opened():
        check_formats(output_format, FORMATS)
    settings: Settings | None = None
    try:
        shown = ReportOptions(
            color=color_of(color),
            verbosity=verbose - quiet,
            relative_to=Path.cwd(),
            statistics=statistics,
            report_known=report_known,
        )
        paths, stdin = _standard_input(paths, stdin_filename)
        wishes = Wishes(config, isolated, generator, tuple(select or ()), tuple(ignore or ()), fail_on)
        project = open_project(paths, wishes, must_exist=stdin is None, cache=not no_cache)
        settings = project.settings
        known = known_findings(project, baseline, no_baseline)
        since = changes_since(project, diff_base)
        request = Request(
            project.paths,
            project.explicit,
            force_exclude=force_exclude,
            stdin=(project.paths[0], stdin) if stdin is not None else None,
            cache=not no_cache,
            jobs=jobs,
            now=instant(now),
            baseline=known,
            since=since,
            statistics=statistics,
        )
        about_links: list[str] = []
        with since if since is not None else nullcontext():
            if online:
                from postlint.cli.online import asked, in_changes

                request, about_links = asked(project, request, in_changes(since), quiet=quiet > 0)
            run, outcome = run_project(project, request, quiet=quiet > 0)
        outcome.notices = [*dict.fromkeys([*about_links, *outcome.notices])]
    except Failure as error:
        typer.echo(shown_error(str(error)), err=True)
        if output_format in ("sarif", "json"):
            from postlint.report.assemble import failed

            _write(failed(str(error), settings), output_format, output_file, ReportOptions())
        raise typer.Exit(2) from None
    from postlint.report.assemble import assemble

    report = assemble(run, outcome, time.monotonic() - began)
    _write(report, output_format, output_file, shown)
    if report.problems:
        raise typer.Exit(2)
    threshold = settings.fail_on
    if threshold is not None and not exit_zero and any(d.severity >= threshold for d in report.diagnostics):
        raise typer.Exit(1)


def _standard_input(paths: list[str] | None, name: str | None) -> tuple[list[str], bytes | None]:
    paths = list(paths or ())
    if name is None:
        if "-" in paths:
            raise UsageError("`-` reads standard input: say with --stdin-filename which file it is")
        return paths, None
    if [path for path in paths if path != "-"]:
        raise UsageError("--stdin-filename checks standard input alone: leave out the other paths")
    return [name], sys.stdin.buffer.read()


def _write(report: RunReport, output_format: str, file: Path | None, shown: ReportOptions) -> None:
    with written_to(file) as out:
        reporter(output_format)(report, out, shown)
