"""Copies of Hexo sites, and building them with real Hexo: pages are their content, themes give files alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.built.lychee import meeting
from tests.built.told import Told
from tests.generators.oracle import node_modules, tool

__all__ = ["Built", "build", "copy"]

_PACKAGE = '{"hexo": {"version": "8.1.2"}, "dependencies": {"hexo-renderer-marked": "7.0.1"}}'


class Built(NamedTuple):
    """A site that was built.

    Attributes:
        host: the folder of the built site.
        sources: by the address of each page, as :func:`meeting` writes it, its source below the project's root.
        stops: each tag that names a post or a file that is not there: source and name. Hexo stops at a ``post_link``;
            others leave nothing.
        failed: sources that cannot be rendered.
    """

    host: Path
    sources: Mapping[str, str]
    stops: frozenset[tuple[str, str]]
    failed: frozenset[str]

    def as_built(self, told: Told) -> Told:
        """What is told of pages that are there."""
        pages = {at: (self.sources[at],) for at in told.pages if at in self.sources}
        there = frozenset(self.sources.values())
        return Told(pages, tuple(each for each in told.findings if each.path in there), told.open_pages)


def copy(site: Path, target: Path) -> Path:
    """A copy without the site's own scripts (which are not there) and its theme's templates."""
    shutil.copytree(site, target)
    shutil.rmtree(target / "scripts", ignore_errors=True)
    for theme in target.glob("themes/*"):
        for part in theme.iterdir():
            if part.is_file():
                part.unlink()
            elif part.name != "source":
                shutil.rmtree(part)
    finish(target)
    return target


def finish(root: Path) -> None:
    """Put down what a site needs to be built."""
    (root / "package.json").write_text(_PACKAGE, encoding="utf-8")
    (root / "postlint.toml").write_text("", encoding="utf-8")


def build(
    root: Path, own_tags: Mapping[str, bool] | None = None, base: str = "", source: str = "source", zone: str = "UTC"
) -> Built:
    """Build the site at ``root``, published below ``base``, into a folder beside it.

    Args:
        own_tags: those of the site's plugins, and whether they have an end. Such show what stands before it as
            Markdown, others nothing.
        source: the folder of the sources.
        zone: the site's: Hexo prints days of addresses in the machine's.
    """
    host = root.with_name(root.name + "-built")
    shutil.rmtree(host, ignore_errors=True)
    modules = root / "node_modules"
    modules.symlink_to(node_modules("hexo-renderer-marked"))
    try:
        done = subprocess.run(
            [tool("node"), str(Path(__file__).with_name("hexo_write.js"))],
            input=json.dumps([[str(root), f"{host}{base}", own_tags or {}]]),
            capture_output=True, text=True, encoding="utf-8", timeout=300, env={**os.environ, "TZ": zone},
        )  # fmt: skip
    finally:
        modules.unlink()
    assert done.returncode == 0, done.stderr
    (answer,) = json.loads(done.stdout)
    for theme in sorted(root.glob("themes/*/source")):
        shutil.copytree(theme, f"{host}{base}", dirs_exist_ok=True)
    return Built(
        host,
        {meeting(base + at): f"{source}/{path}" for at, path in answer["sources"].items()},
        frozenset((f"{source}/{path}", name) for path, name in answer["stops"]),
        frozenset(f"{source}/{path}" for path in answer["failed"]),
    )
