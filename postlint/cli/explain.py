"""``postlint explain``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from postlint.cli import complete
from postlint.cli import options as opt
from postlint.cli.session import color_of, opened
from postlint.engine.project import Wishes, open_project, rule_named


def explain(
    rule: Annotated[
        str, typer.Argument(help="The rule's id, such as html/misnested-tag.", autocompletion=complete.rule_ids)
    ],
    config: opt.Config = None,
    isolated: opt.Isolated = False,
    color: opt.Color = "auto",
) -> None:
    """Print the page of a rule: what it reports, why it matters, examples, options."""
    with opened():
        project = open_project([], Wishes(config, isolated))
        entry = rule_named(rule, project.selection.entries)
        when = color_of(color)
    page = entry.page or f"# {entry.id}\n\nThis rule has no page.\n"
    if when == "always" or (when == "auto" and sys.stdout.isatty()):
        from rich.console import Console
        from rich.markdown import Markdown

        Console(force_terminal=when == "always" or None).print(Markdown(page))
    else:
        typer.echo(page, nl=not page.endswith("\n"))
