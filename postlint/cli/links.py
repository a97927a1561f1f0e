"""``postlint links``."""

from __future__ import annotations

import sys
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from postlint.cli import complete
from postlint.cli import options as opt
from postlint.cli.online import ask, find_links, in_changes, must_be_installed
from postlint.cli.output import written_to
from postlint.cli.session import changes_since, check_formats, color_of, instant, opened
from postlint.engine.project import UsageError, Wishes, open_project
from postlint.engine.request import Request

FORMATS = ("text", "json")
FAIL_ON = ("dead", "moved", "unverified", "never")


def links(
    paths: opt.Paths = None,
    list_: Annotated[bool, typer.Option("--list", help="Only list the addresses; ask nobody.")] = False,
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
    fragments: Annotated[
        bool | None,
        typer.Option(
            "--fragments/--no-fragments", help="Look for the ids behind # in the pages, too.", show_default=False
        ),
    ] = None,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Ask again for what was not fine the last time, however lately that was.")
    ] = False,
    max_time: Annotated[
        float | None,
        typer.Option(
            "--max-time",
            metavar="SECONDS",
            help="Stop asking after so long; the rest is unverified, and the next run goes on with it.",
        ),
    ] = None,
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on",
            metavar="WHAT",
            help="Status 1 where there is a link that is dead, moved or unverified (each includes those before it); "
            "or never.",
            autocompletion=complete.one_of(*FAIL_ON),
        ),
    ] = FAIL_ON[0],
    diff_base: Annotated[
        str | None,
        typer.Option("--diff-base", metavar="REV", help="Only the links in lines that changed since this revision."),
    ] = None,
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
    """Check the links to other sites. Each address is asked for once, and no host more often than is polite.

    It lists what is dead: nothing is there (404, 410, no such host); what has moved: its host sends everybody to a new
    address for good; and what is unverified: nobody can tell, because the host refuses programs, is busy, does not
    answer, or belongs to a private network. That last is no fault of the post. -v lists also what is fine.

    What is known is kept in .postlint_cache/links.sqlite: what is fine for 7 days, what is dead for one, what was
    refused for half of one. The table external of postlint.toml says what to leave out, how often to ask, and more:
    see docs/external-links.md.

    Status: 0 nothing that --fail-on names · 1 there is · 2 the run itself failed.
    """
    from postlint.report.links import LinkReport, write_json, write_text
    from postlint.report.model import ReportOptions
    from postlint.report.text import PathShower

    began = time.monotonic()
    with opened():
        check_formats(output_format, FORMATS)
        _check_fail_on(fail_on)
        if not list_:
            must_be_installed()
        shown = ReportOptions(color=color_of(color), verbosity=verbose - quiet, relative_to=Path.cwd())
        project = open_project(list(paths or ()), Wishes(config, isolated, generator))
        request = Request(
            project.paths,
            project.explicit,
            force_exclude=force_exclude,
            cache=not no_cache,
            jobs=jobs,
            now=instant(now),
        )
        since = changes_since(project, diff_base)
        with since if since is not None else nullcontext():
            found = find_links(project, request, in_changes(since), quiet=quiet > 0)
        notices = [*project.notices, *found.notices]
        verdicts = None
        if not list_:
            settings = project.settings.external
            if fragments is not None:
                settings = replace(settings, fragments=fragments)
            if max_time is not None:
                settings = replace(settings, max_time=max_time)
            answers = ask(project, request, found, settings, refresh=refresh, quiet=quiet > 0)
            verdicts = answers.verdicts
            notices += answers.notices
    report = LinkReport.of(found.uses, verdicts, notices, time.monotonic() - began)
    with written_to(output_file) as out:
        if output_format == "json":
            write_json(report, out)
        else:
            write_text(report, out, shown, PathShower(project.settings.root, shown.relative_to))
    if output_format == "json" and quiet == 0:
        for notice in notices:
            typer.echo(f"note: {notice}", err=True)
    sys.stdout.flush()
    failing = _failing(fail_on)
    if any(row.standing in failing for row in report.rows):
        raise typer.Exit(1)


def _failing(fail_on: str) -> frozenset[str]:
    """The standings at which the run has failed."""
    if fail_on == "never":
        return frozenset()
    return frozenset(("anchor", *FAIL_ON[: FAIL_ON.index(fail_on) + 1]))


def _check_fail_on(value: str) -> None:
    if value not in FAIL_ON:
        from postlint.config.suggest import did_you_mean

        hint = did_you_mean(value, FAIL_ON) or f"choose one of {', '.join(FAIL_ON)}"
        raise UsageError(f"--fail-on {value}: {hint}")
