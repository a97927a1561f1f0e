"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from postlint.cli import complete
from postlint.config.settings import GENERATORS

Paths = Annotated[
    list[str] | None,
    typer.Argument(help="Files and folders; none: the current folder. `-` with --stdin-filename: standard input."),
]
OutputFile = Annotated[Path | None, typer.Option("--output-file", "-o", metavar="FILE", help="Write the report there.")]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        "-s",
        metavar="RULES",
        help="Only these rules: ids, families or globs, separated by commas.",
        autocompletion=complete.selectors,
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        "-i",
        metavar="RULES",
        help="All but these rules, written as for --select.",
        autocompletion=complete.selectors,
    ),
]
Generator = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help=f"The site generator: {', '.join(GENERATORS[:-1])} or {GENERATORS[-1]}.",
        autocompletion=complete.one_of(*GENERATORS),
    ),
]
Online = Annotated[
    bool,
    typer.Option("--online", help="Ask other sites whether the links to them work; see docs/external-links.md."),
]
Config = Annotated[Path | None, typer.Option(metavar="FILE", help="Read this configuration and no other.")]
Isolated = Annotated[bool, typer.Option("--isolated", help="Read no configuration of postlint's.")]
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes to use.")]
Baseline = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help="The file with the findings that are known and not to be shown."),
]
NoBaseline = Annotated[bool, typer.Option("--no-baseline", help="Show also what the baseline knows.")]
DiffBase = Annotated[
    str | None,
    typer.Option(
        "--diff-base",
        metavar="REV",
        help="Report only what the changes since this branch or commit bring, also elsewhere in the site.",
    ),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Keep nothing in .postlint_cache.")]
ForceExclude = Annotated[
    bool, typer.Option("--force-exclude", help="Leave out excluded files even when they are named one by one.")
]
Now = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="Take this for the present time: 2026-01-31 or 2026-01-31T12:00:00+01:00."),
]
Color = Annotated[
    str,
    typer.Option(
        metavar="WHEN",
        help="Colours: auto, always or never.",
        autocompletion=complete.one_of("auto", "always", "never"),
    ),
]
Quiet = Annotated[int, typer.Option("--quiet", "-q", count=True, help="Say less.")]
Verbose = Annotated[int, typer.Option("--verbose", "-v", count=True, help="Say more.")]
