"""``postlint fix``."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from postlint.cli import options as opt
from postlint.cli.session import color_of, instant, known_findings, opened, run_project
from postlint.engine.project import Wishes, open_project
from postlint.engine.run import Request, in_order
from postlint.finding import Safety
from postlint.report import ReportOptions, reporter


def fix(
    paths: opt.Paths = None,
    diff: Annotated[
        bool, typer.Option("--diff", help="Write nothing; print the changes. Status 1 if there are any.")
    ] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="Apply also fixes that change what readers see, or addresses.")
    ] = False,
    exit_non_zero_on_fix: Annotated[
        bool, typer.Option("--exit-non-zero-on-fix", help="Status 1 if a file was changed.")
    ] = False,
    select: opt.Select = None,
    ignore: opt.Ignore = None,
    fail_on: Annotated[
        str | None,
        typer.Option("--fail-on", metavar="SEVERITY", help="Status 1 if findings from this severity on remain."),
    ] = None,
    baseline: opt.Baseline = None,
    no_baseline: opt.NoBaseline = False,
    online: opt.Online = False,
    generator: opt.Generator = None,
    config: opt.Config = None,
    isolated: opt.Isolated = False,
    jobs: opt.Jobs = None,
    no_cache: opt.NoCache = False,
    force_exclude: opt.ForceExclude = False,
    now: opt.Now = None,
    color: opt.Color = "auto",
    quiet: opt.Quiet = 0,
    verbose: opt.Verbose = 0,
) -> None:
    """Correct what can be corrected, losing nothing. A fix that fails a check is not made, and that is said.

    Status: 0 nothing at or above --fail-on remains · 1 findings remain, or --diff has something to show · 2 the run
    itself failed.
    """
    from postlint.engine.baseline import relative
    from postlint.engine.known import leave_out_known
    from postlint.fix.baseline import strike_mended
    from postlint.fix.project import diff as diff_of
    from postlint.fix.project import fix_all, write
    from postlint.fix.write import ChangedMeanwhileError
    from postlint.report.assemble import assemble

    began = time.monotonic()
    least = Safety.UNSAFE if unsafe_fixes else Safety.SAFE
    with opened():
        shown = ReportOptions(color=color_of(color), verbosity=verbose - quiet, relative_to=Path.cwd())
        wishes = Wishes(config, isolated, generator, tuple(select or ()), tuple(ignore or ()), fail_on)
        project = open_project(list(paths or ()), wishes, cache=not no_cache)
        known = known_findings(project, baseline, no_baseline)
        request = Request(
            project.paths,
            project.explicit,
            force_exclude=force_exclude,
            cache=not no_cache,
            jobs=jobs,
            now=instant(now),
        )
        if online:
            from postlint.cli.online import asked

            request, notices = asked(project, request, quiet=quiet > 0)
            if quiet == 0:
                for notice in notices:
                    typer.echo(f"note: {notice}", err=True)
        run, outcome = run_project(project, request, quiet=quiet > 0)
    mended: list[str] = []
    made = 0
    failures = []
    for file in fix_all(run, outcome, least):
        for rule, title, reason in file.result.refused:
            typer.echo(f"{file.path}: not fixed ({rule}: {title}): {reason}", err=True)
        if not file.changed:
            continue
        if diff:
            sys.stdout.write(diff_of(file, _from_here(run.root)))
        else:
            problem = write(run, file)
            if problem:
                failures.append((file.path, problem))
                continue
        mended.append(file.path)
        made += len(file.result.applied)
    fixes = "1 fix" if made == 1 else f"{made} fixes"
    changed = len(mended)
    files = "1 file" if changed == 1 else f"{changed} files"
    if diff:
        if quiet == 0:
            typer.echo(f"{fixes} in {files} would be made" if changed else "nothing to fix", err=True)
        raise typer.Exit(2 if outcome.crashes or outcome.problems else 1 if changed else 0)
    if changed:
        with opened():
            run, outcome = run_project(project, replace(request, progress=None), quiet=True)
    outcome.problems += failures
    struck = 0
    if known is not None:
        try:
            known, struck = strike_mended(run, known, mended)
        except (ChangedMeanwhileError, OSError) as error:
            outcome.problems.append((relative(known.file, run.root), f"the baseline was not written: {error}"))
        about_baseline = leave_out_known(run, known)
        outcome.diagnostics = in_order([*outcome.diagnostics, *about_baseline])
    report = assemble(run, outcome, time.monotonic() - began)
    if changed and quiet < 2:
        typer.echo(f"made {fixes} in {files}")
        if struck:
            typer.echo(f"took {struck} known finding{'s' * (struck != 1)} out of the baseline")
    reporter("full")(report, sys.stdout, shown)
    if report.problems:
        raise typer.Exit(2)
    threshold = project.settings.fail_on
    remaining = threshold is not None and any(d.severity >= threshold for d in report.diagnostics)
    if remaining or (changed and exit_non_zero_on_fix):
        raise typer.Exit(1)


def _from_here(root: Path) -> str:
    """What to put before a project's paths so that a diff applies where the user stands; nothing from inside it."""
    here = Path.cwd()
    return root.relative_to(here).as_posix() + "/" if here in root.parents else ""
