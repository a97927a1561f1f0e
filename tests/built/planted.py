"""Defects put into a copy of a site: links that worked are spoiled, and pages that were linked to are taken away."""

from __future__ import annotations

import random
import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.built.link_forms import SPOILS

__all__ = ["plant"]

_HOST = re.compile(r"(?:[a-z]+:)?//[^/?#]*", re.IGNORECASE)
_TEMPLATE = re.compile(r"[{}<>%]")
_IDS = (
    lambda id_: id_ + "-gone",
    lambda id_: id_[1:] or "x",
    lambda id_: id_.upper() if id_.upper() != id_ else id_.lower() + "x",
    lambda id_: id_.replace("-", "_") + "_",
    lambda id_: id_ + "-1",
)
_HEADING = re.compile(r"^(#{2,4} +)(\S.*)$", re.MULTILINE)


class _Use(NamedTuple):
    path: str
    start: int
    raw: str
    status: str


def plant(root: Path, rng: random.Random, links: int, pages: int, fields: Sequence[str], keep: Collection[str]) -> int:
    """Spoil ``links`` links of the site at ``root`` and hide, move or change ``pages`` pages that links lead to.

    Args:
        root: a site that postlint has just been run on, with its index.
        fields: lines of front matter of which each hides or moves a page.
        keep: the pages that may be hidden (others are sections, whose loss moves everything below them).

    Returns:
        how many places were changed. Not all of it breaks a link: a host may not mind a slash, nor a reader a query.
    """
    with sqlite3.connect(root / ".postlint_cache" / "index.sqlite") as index:
        uses = [_Use(*row) for row in index.execute(_USES)]
        linked = [path for (path,) in index.execute(_LINKED) if path in keep]
        by_id = [path for (path,) in index.execute(_LINKED_BY_ID)]
    edits: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    plain = [use for use in uses if use.status != "source"]
    named = [use for use in uses if use.status == "source"]
    chosen = rng.sample(plain, min(len(plain), links - min(links // 4, len(named))))
    chosen += rng.sample(named, min(links // 4, len(named)))
    for use in chosen:
        new = _spoiled(use, rng)
        if new != use.raw:
            edits[use.path].append((use.start, use.raw, new))
    for path, changes in edits.items():
        _rewrite(root / path, changes)
    changed = sum(map(len, edits.values()))
    hidden = rng.sample(linked, min(pages, len(linked)))
    for number, path in enumerate(hidden):
        if number % (len(fields) + 1) == len(fields):
            (root / path).unlink()
            changed += 1
        else:
            changed += _with_field(root / path, fields[number % (len(fields) + 1)].format(number=number))
    for path in sorted(set(by_id) - set(hidden)):
        changed += _with_another_heading(root / path, rng)
    return changed


_USES = """
SELECT d.path, "start", raw, status FROM link l JOIN document d ON d.id = l.id >> 24
WHERE d.published AND d.url != '' AND status IN ('internal', 'fragment', 'source') AND kind != 'front-matter'
ORDER BY d.path, l.id
"""
_LINKED = """
SELECT DISTINCT p.path FROM link l JOIN document d ON d.id = l.id >> 24
JOIN document p ON p.url_key = l.url_key AND p.site = d.site
WHERE l.status = 'internal' AND p.published ORDER BY p.path
"""
_LINKED_BY_ID = """
SELECT DISTINCT p.path FROM link l JOIN document d ON d.id = l.id >> 24
JOIN document p ON p.id = d.id AND l.status = 'fragment' OR p.url_key = l.url_key AND l.status = 'internal'
WHERE l.fragment != '' AND p.published ORDER BY p.path
"""


def _spoiled(use: _Use, rng: random.Random) -> str:
    path, mark, fragment = use.raw.partition("#")
    if _TEMPLATE.search(use.raw):
        return use.raw
    if fragment and (not path or rng.random() < 0.5):
        return path + mark + rng.choice(_IDS)(fragment)
    if use.status != "source" and rng.random() < 0.15:
        return f"{path}#no-such-place"
    if use.status == "source":
        stem, dot, suffix = path.rpartition(".")
        return (
            rng.choice((f"{stem}-gone{dot}{suffix}" if dot else f"{path}-gone", f"old/{path}", path[1:]))
            + mark
            + fragment
        )
    host = _HOST.match(path)
    start = host.end() if host else 0
    address, question, query = path[start:].partition("?")
    if address:
        address = SPOILS[rng.choice(list(SPOILS))](address, rng)
    return path[:start] + address + question + query + mark + fragment


def _rewrite(file: Path, changes: Sequence[tuple[int, str, str]]) -> None:
    text = _read(file)
    for start, old, new in sorted(changes, reverse=True):
        assert text.startswith(old, start), f"{file}: {old!r} is not at {start}"
        text = text[:start] + new + text[start + len(old) :]
    _write(file, text)


def _with_field(file: Path, line: str) -> int:
    """Add a line to front matter in YAML, where its key is not there yet."""
    text = _read(file)
    key = line.partition(":")[0]
    end = text.find("\n---", 4)
    if end < 0 or re.search(rf"^{key}\s*:", text[:end], re.MULTILINE | re.IGNORECASE):
        return 0
    at = text.find("\n", 0) + 1 if text.startswith("---") else 0
    _write(file, text[:at] + line + "\n" + text[at:])
    return 1


def _with_another_heading(file: Path, rng: random.Random) -> int:
    """Change one heading, and with it its id."""
    text = _read(file)
    headings = list(_HEADING.finditer(text))
    if not headings:
        return 0
    chosen = rng.choice(headings)
    _write(file, f"{text[: chosen.start()]}{chosen[1]}Once {chosen[2]}{text[chosen.end() :]}")
    return 1


def _read(file: Path) -> str:
    return file.read_bytes().decode("utf-8").removeprefix("\ufeff")


def _write(file: Path, text: str) -> None:
    file.write_bytes(text.encode("utf-8"))
