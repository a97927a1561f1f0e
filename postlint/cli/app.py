"""The typer application. Only the module of the command that is called is imported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import typer

from postlint.cli.lean import spare_pydantic

__all__ = ["COMMANDS", "build"]

COMMANDS = {
    "check": "Report what is wrong with posts, and what the site generator will make of it.",
    "fix": "Correct what can be corrected, losing nothing.",
    "baseline": "Write down what is found now as known, so that only what comes is reported.",
    "links": "Check the links to other sites: which are dead, have moved, or cannot be verified.",
    "predict": "Print what the site generator will make of each file.",
    "query": "Ask the site in SQL: its pages, links, terms, front matter and findings.",
    "explain": "Print the page of a rule.",
    "rules": "List all rules.",
    "config": "Print the settings that apply here, and where each comes from.",
    "new-rule": "Begin a new rule: its class and its page.",
}
"""Each is the function of the same name (``-`` as ``_``) in the module of the same name."""


def build(arguments: Sequence[str]) -> Callable[..., Any]:
    """The application, with the one command that ``arguments`` name, or with all where they name none."""
    app = typer.Typer(
        name="postlint",
        help="postlint says what your site generator will do with a post, before it does.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_main)
    called = next((argument for argument in arguments if not argument.startswith("-")), "")
    for name in [called] if called in COMMANDS and arguments[0] == called else COMMANDS:
        module = import_module(f"postlint.cli.{name.replace('-', '_')}")
        app.command(name, short_help=COMMANDS[name])(getattr(module, name.replace("-", "_")))
    command = typer.main.get_command(app)
    spare_pydantic(command)
    return command


def _print_version(wanted: bool) -> None:
    if wanted:
        from postlint import __version__

        typer.echo(f"postlint {__version__}")
        raise typer.Exit


def _main(
    version: bool = typer.Option(
        False, "--version", "-V", help="Print the version and leave.", callback=_print_version, is_eager=True
    ),
) -> None:
    pass
