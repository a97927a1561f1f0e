"""Writing a small site for a test, and running postlint on it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from postlint.engine.project import Wishes, open_project
from postlint.engine.run import Outcome, Request, Run

__all__ = ["NOW", "lines", "run", "write_site"]

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def write_site(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files (paths with ``/``) below ``root``, which becomes a project root of its own."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        # Not just now: a file that may still change under the same time stamp is read again by the next run.
        os.utime(target, (1_700_000_000, 1_700_000_000))
    if not (root / "postlint.toml").exists():
        (root / "postlint.toml").write_text("", encoding="utf-8")
    return root


def run(root: Path, paths: Sequence[str] = (), wishes: Wishes | None = None, **request: object) -> tuple[Run, Outcome]:
    """Check a site, by default without a cache and in this process."""
    project = open_project([str(root / path) for path in paths] or [str(root)], wishes or Wishes())
    asked = replace(Request(project.paths, project.explicit, cache=False, jobs=1, now=NOW), **request)  # type: ignore[arg-type]
    engine = Run(project.settings, project.selection, asked)
    return engine, engine.execute()


def lines(outcome: Outcome) -> list[str]:
    """The findings in short: ``path:line rule``."""
    return [f"{d.path}:{d.start.line} {d.rule}" for d in outcome.diagnostics]
