"""``postlint config``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from postlint.cli import options as opt
from postlint.cli.session import opened
from postlint.engine.project import Wishes, open_project
from postlint.engine.sites import load_profiles


def config(
    path: Annotated[str, typer.Argument(help="A file or folder.")] = ".",
    config: opt.Config = None,
    isolated: opt.Isolated = False,
    generator: opt.Generator = None,
) -> None:
    """Print the settings that apply to a file or folder, and where each comes from."""
    from postlint.config.explain import explain
    from postlint.generators import generator_for

    with opened():
        project = open_project([path], Wishes(config, isolated, generator))
        settings = project.settings
        here = project.paths[0]
        folders = [here + "/" if here else ""]
        while folders[-1]:
            folders.append(folders[-1][: folders[-1].rstrip("/").rfind("/") + 1])
        profiles, notices = load_profiles(settings.root, [f for f in folders if (settings.root / f).is_dir()], settings)
    site = next(f for f in folders if f in profiles)
    profile = profiles[site]
    builder = generator_for(profile)
    rows = [
        ("project root", str(settings.root), ""),
        ("configuration", str(settings.config) if settings.config else "none", ""),
        ("site", site or ".", ""),
        ("site generator", builder.title if builder.name != "plain" else "none that postlint knows", ""),
        ("site time zone", profile.zone or "not declared", ""),
    ]
    rows += [
        (row.key, row.value, row.origin)
        for row in explain(settings)
        # What holds for links to other sites is long, and most have no use for it.
        if row.origin != "default" or (row.value and not row.key.startswith("external."))
    ]
    width = max(len(key) for key, _, _ in rows)
    for key, value, origin in rows:
        typer.echo(f"{key:<{width}}  {value}" + (f"  ({origin})" if origin and origin != "default" else ""))
    for notice in notices:
        typer.echo(f"note: {notice}", err=True)
    sys.stdout.flush()
