"""``postlint query``."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from postlint.cli import complete
from postlint.cli import options as opt
from postlint.cli.output import written_to
from postlint.cli.session import check_formats, color_of, fail, instant, opened, with_bar
from postlint.engine.project import UsageError, Wishes, open_project
from postlint.engine.query import QueryError, Value, answer, prepare
from postlint.engine.run import Request, Run
from postlint.report.answers import FORMATS, pointed, write_answer, write_schema
from postlint.report.model import ReportOptions

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_NAME = re.compile(r"[:@$]?([A-Za-z_]\w*)")


def query(
    sql: Annotated[
        str | None,
        typer.Argument(metavar="SQL", help="The question, `-` for standard input; none: what there is to ask for."),
    ] = None,
    file: Annotated[Path | None, typer.Option(metavar="FILE", help="Read the question from there.")] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option(
            "--parameter", "-p", metavar="NAME=VALUE", help="Put VALUE in the place of :NAME; 'VALUE' is always text."
        ),
    ] = None,
    output_format: Annotated[
        str | None,
        typer.Option(
            "--output-format",
            "-f",
            metavar="FORMAT",
            help=f"One of {', '.join(FORMATS)}; none: a table for a terminal, else tsv.",
            autocompletion=complete.one_of(*FORMATS),
        ),
    ] = None,
    output_file: opt.OutputFile = None,
    no_header: Annotated[bool, typer.Option("--no-header", help="Leave out the names of the columns.")] = False,
    fail_if_any: Annotated[
        bool, typer.Option("--fail-if-any", help="Leave with status 1 where there are rows: a rule of your own.")
    ] = False,
    no_update: Annotated[bool, typer.Option("--no-update", help="Ask the index as the last run left it.")] = False,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", help="What the question itself may take; 0: any.")] = 60,
    max_rows: Annotated[int, typer.Option(metavar="N", help="How many rows there may be; 0: any number.")] = 100_000,
    project: Annotated[Path, typer.Option(metavar="FOLDER", help="The site to ask.")] = Path("."),
    generator: opt.Generator = None,
    config: opt.Config = None,
    isolated: opt.Isolated = False,
    jobs: opt.Jobs = None,
    no_cache: opt.NoCache = False,
    now: opt.Now = None,
    color: opt.Color = "auto",
    quiet: opt.Quiet = 0,
    verbose: opt.Verbose = 0,
) -> None:
    """Ask your site in SQL: its pages, links, terms, front matter and findings.

    Without a question it prints the tables and their columns. Status: 0, rows or none · 1 rows, with --fail-if-any ·
    2 the question or the run itself failed.
    """
    with opened():
        if output_format is not None:
            check_formats(output_format, FORMATS)
        shown = ReportOptions(color=color_of(color), verbosity=verbose - quiet)
        text = _question(sql, file)
        if text is None:
            with written_to(output_file) as out:
                write_schema(out, shown)
            return
        if no_update and no_cache:
            raise UsageError("--no-update asks what is kept, and with --no-cache nothing is: leave out one of them")
        values = dict(map(_parameter, parameter or ()))
        try:
            question = prepare(text, values)
            opened_project = open_project([str(project)], Wishes(config, isolated, generator), cache=not no_cache)
            request = Request(cache=not no_cache, jobs=jobs, now=instant(now))
            with with_bar(request, quiet=quiet > 0) as watched:
                run = Run(opened_project.settings, opened_project.selection, watched)
                found = answer(run, question, update=not no_update, most=max_rows or None, seconds=timeout or None)
            opened_project.memory.keep()
        except QueryError as error:
            fail(pointed(text, error))
    with written_to(output_file) as out:
        chosen = output_format or ("table" if output_file is None and sys.stdout.isatty() else "tsv")
        write_answer(found, chosen, out, shown, header=not no_header)
    if quiet == 0:
        for notice in (*opened_project.notices, *run.outcome.notices):
            typer.echo(f"note: {notice}", err=True)
    failed = [f"{path}: {problem}" for path, problem in run.outcome.problems]
    failed += [f"{crash.path or crash.rule}: {crash.error}" for crash in run.outcome.crashes]
    for words in failed:
        typer.echo(words, err=True)
    if found.more:
        fail(f"there are more than {max_rows} rows: ask for fewer with limit, or for more with --max-rows")
    if failed:
        raise typer.Exit(2)
    if fail_if_any and found.rows:
        raise typer.Exit(1)


def _question(sql: str | None, file: Path | None) -> str | None:
    if file is not None:
        if sql is not None:
            raise UsageError("--file reads the question from there: leave out the other one")
        if str(file) != "-":
            try:
                return file.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                raise UsageError(f"the question cannot be read from {file}: {error}") from None
        sql = "-"
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace") if sql == "-" else sql


def _parameter(written: str) -> tuple[str, Value]:
    name, equals, value = written.partition("=")
    match = _NAME.fullmatch(name.strip())
    if not equals or match is None:
        raise UsageError(f"-p {written}: write NAME=VALUE")
    if _NUMBER.fullmatch(value):
        return match.group(1), float(value) if set(value) & set(".eE") else int(value)
    if len(value) > 1 and value[0] == value[-1] == "'":
        value = value[1:-1].replace("''", "'")
    return match.group(1), value
