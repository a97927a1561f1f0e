"""Copies of Jekyll sites with layouts that add no links of their own, and building them with real Jekyll."""

from __future__ import annotations

import json
import random
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from postlint.engine.project import Wishes
from tests.generators.oracle import tool
from tests.sites import NOW, run

__all__ = ["Built", "build", "copy"]

LAYOUT = """\
<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{{ page.title | escape }}</title></head>
<body>
{{ content }}
</body></html>
"""
_NOT_CONTENT = ("_plugins", "_site", "Gemfile", "Gemfile.lock")


class Built(NamedTuple):
    """A site that was built: ``host`` is the root of its host, the pages lie below ``base`` in it.

    ``stops`` are the tags at which Jekyll would have stopped: file and name.
    """

    root: Path
    host: Path
    base: str
    hosts: tuple[str, ...]
    stops: tuple[tuple[str, str], ...]


def copy(site: Path, target: Path) -> Path:
    """A copy whose layouts print the title and the content."""
    shutil.copytree(site, target, ignore=shutil.ignore_patterns(*_NOT_CONTENT))
    for layout in target.glob("_layouts/**/*"):
        if layout.is_file():
            layout.write_text(LAYOUT, encoding="utf-8")
    (target / "postlint.toml").write_text("", encoding="utf-8")
    return target


def build(roots: Sequence[Path]) -> list[Built]:
    """Build the sites at ``roots``, each into a folder beside it."""
    questions, built = [], []
    for root in roots:
        settings = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8")) or {}
        base = str(settings.get("baseurl") or "").rstrip("/")
        host = re.sub(r"^\w+:", "", str(settings.get("url") or "")).strip("/").partition("/")[0].lower()
        place = root.with_name(root.name + "-built")
        built.append(Built(root, place, base, (host,) if host else (), ()))
        questions.append([str(root), str(place) + base, int(NOW.timestamp())])
    tool("jekyll")
    done = subprocess.run(
        [tool("ruby"), str(Path(__file__).with_name("jekyll_write.rb"))],
        input=json.dumps(questions), capture_output=True, text=True, encoding="utf-8", timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    stops = [tuple((path, name) for path, name in answer["stops"]) for answer in json.loads(done.stdout)]
    return [each._replace(stops=stopped) for each, stopped in zip(built, stops, strict=True)]


def excerpt(site: Path, target: Path, posts: int, seed: int) -> Path:
    """A copy with some of the posts, the pages that those link to, and the sources that any of these name in tags."""
    copy(site, target)
    run(target, wishes=Wishes(select=("link",)), cache=True)
    with sqlite3.connect(target / ".postlint_cache" / "index.sqlite") as index:
        paths = [path for (path,) in index.execute("SELECT path FROM document WHERE site = '' ORDER BY path")]
        keep = set(random.Random(seed).sample([path for path in paths if "_posts/" in path], posts))
        followed = (
            "SELECT d.path, a.path FROM link l JOIN document d ON d.id = l.id >> 24 JOIN address a USING (url_key)"
            " WHERE l.status = 'internal'"
        )
        keep |= {there for here, there in index.execute(followed) if here in keep}
        sources = list(
            index.execute(
                "SELECT d.path, l.url FROM link l JOIN document d ON d.id = l.id >> 24 WHERE l.status = 'source'"
            )
        )
    while more := {name.lstrip("/") for here, name in sources if here in keep} - keep:
        keep |= more
    for path in paths:
        if path not in keep and not path.startswith("_"):
            (target / path).unlink()
    shutil.rmtree(target / ".postlint_cache")
    return target
