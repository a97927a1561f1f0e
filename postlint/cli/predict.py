"""``postlint predict``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from postlint.cli import options as opt
from postlint.cli.output import written_to
from postlint.cli.session import check_formats, color_of, instant, opened, survey_project
from postlint.engine.project import Wishes, open_project
from postlint.engine.request import Request

FORMATS = ("table", "json")


def predict(
    paths: opt.Paths = None,
    output_format: Annotated[
        str, typer.Option("--output-format", "-f", metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.")
    ] = FORMATS[0],
    output_file: opt.OutputFile = None,
    generator: opt.Generator = None,
    config: opt.Config = None,
    isolated: opt.Isolated = False,
    force_exclude: opt.ForceExclude = False,
    now: opt.Now = None,
    color: opt.Color = "auto",
    quiet: opt.Quiet = 0,
) -> None:
    """Print what the site generator will make of each file: its address, date, title and terms, or why there is none.

    Status: 0, or 2 where a file cannot be read or the run itself failed.
    """
    from postlint.engine.predict import predict as predictions_of
    from postlint.report.model import ReportOptions
    from postlint.report.predictions import write_json, write_table

    with opened():
        check_formats(output_format, FORMATS)
        shown = ReportOptions(color=color_of(color), verbosity=-quiet)
        project = open_project(paths or (), Wishes(config, isolated, generator))
        request = Request(project.paths, project.explicit, force_exclude=force_exclude, now=instant(now))
        survey = survey_project(project, request)
        predictions = list(predictions_of(survey, request))
    with written_to(output_file) as out:
        if output_format == "json":
            write_json(predictions, out)
        else:
            write_table(predictions, out, shown)
    if quiet == 0:
        for notice in survey.notices:
            typer.echo(f"note: {notice}", err=True)
    for path, problem in survey.problems:
        typer.echo(f"{path}: {problem}", err=True)
    sys.stdout.flush()
    if survey.problems:
        raise typer.Exit(2)
