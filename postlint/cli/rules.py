"""``postlint rules``."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from postlint.cli import options as opt
from postlint.cli.session import check_formats, opened
from postlint.engine.project import Wishes, open_project
from postlint.finding import Severity

FORMATS = ("text", "json")


def rules(
    config: opt.Config = None,
    isolated: opt.Isolated = False,
    output_format: Annotated[
        str, typer.Option("--output-format", "-f", metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.")
    ] = FORMATS[0],
) -> None:
    """List all rules with their severity here; `fix` marks those that `postlint fix` can help with."""
    with opened():
        check_formats(output_format, FORMATS)
        project = open_project([], Wishes(config, isolated))
    settings = project.settings
    rows = []
    for rule_id, entry in project.selection.entries.items():
        severity = settings.severity(rule_id, entry.traits.severity, enabled=entry.traits.on)
        rows.append((rule_id, severity, entry.fixable, entry.summary))
    if output_format == "json":
        objects = [
            {"id": rule_id, "severity": severity.label, "fixable": fixable, "summary": summary}
            for rule_id, severity, fixable, summary in rows
        ]
        typer.echo(json.dumps(objects, ensure_ascii=False, indent=2))
        return
    width = max(len(row[0]) for row in rows)
    family = ""
    for rule_id, severity, fixable, summary in rows:
        if rule_id.partition("/")[0] != family:
            if family:
                typer.echo()
            family = rule_id.partition("/")[0]
        shown = severity.label if severity != Severity.OFF else "off"
        typer.echo(f"{rule_id:<{width}}  {shown:<7}  {'fix' if fixable else '   '}  {summary}")
