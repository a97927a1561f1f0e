"""Breaking the links of a site that works: in the links, in what they lead to, and in headings.

What is changed is drawn at random, in the forms that the site itself uses (its links are changed where they stand) and
in all others (paragraphs of :mod:`tests.built.link_forms` are added). Nothing here says what then is broken.
"""

from __future__ import annotations

import random
import re
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from postlint.engine.project import Wishes
from postlint.text import Text
from tests.built.link_forms import SPOILS, Target, address, markup
from tests.sites import run

__all__ = ["plant"]

_ADDRESS = re.compile(
    r"(?P<before>(?:\{\{.*?\}\}|https?://[^/]*|//[^/]*)*)(?P<path>[^?#{]*)(?P<after>[?#].*)?", re.DOTALL
)
_HEADING = re.compile(r"^#{1,6} (?=[^\n]*\w)", re.MULTILINE)


class _Use(NamedTuple):
    path: str
    start: int
    raw: str
    kind: str
    status: str
    leads_to: str


class _Site(NamedTuple):
    root: Path
    uses: list[_Use]
    documents: dict[str, str]
    """Published ones with their addresses."""
    targets: list[Target]


def plant(root: Path, rng: random.Random, *, links: int, paragraphs: int, pages: int) -> Counter[str]:
    """Change the site at ``root``; what was done, by its name, with how often.

    Args:
        links: how many links to change where they stand.
        paragraphs: how many paragraphs with links to add.
        pages: how many of the pages that links lead to are to be deleted, as many to be hidden, as many to be renamed,
            and as many to lose a heading.
    """
    site = _read(root)
    done: Counter[str] = Counter()
    changed = rng.sample(site.uses, min(links, len(site.uses)))
    by_file: dict[str, list[_Use]] = {}
    for use in changed:
        by_file.setdefault(use.path, []).append(use)
    for path, uses in by_file.items():
        text = Text.decode((root / path).read_bytes()).content
        for use in sorted(uses, key=lambda use: -use.start):
            what, written = _changed(use, rng)
            text = text[: use.start] + written + text[use.start + len(use.raw) :]
            done[what] += 1
        _write(root / path, text)
    _add(site, rng, paragraphs)
    done["paragraph"] += paragraphs
    wanted = sorted({use.leads_to for use in site.uses if use.leads_to in site.documents})
    rng.shuffle(wanted)
    for what, change in _TO_PAGES.items():
        for _ in range(min(pages, len(wanted) // 2)):
            path = wanted.pop()
            change(root / path)
            done[what] += 1
    return done


def _read(root: Path) -> _Site:
    run(root, wishes=Wishes(select=("link",)), cache=True)
    with sqlite3.connect(root / ".postlint_cache" / "index.sqlite") as index:
        documents = dict(index.execute("SELECT path, url FROM document WHERE published AND url != ''"))
        sql = (
            'SELECT d.path, l."start", l.raw, l.kind, l.status, coalesce((SELECT min(a.path) FROM address a'
            " WHERE a.url_key = l.url_key), CASE l.status WHEN 'source' THEN l.url ELSE '' END)"
            " FROM link l JOIN document d ON d.id = l.id >> 24 WHERE l.status IN ('internal', 'fragment', 'source')"
        )
        uses = [
            use for use in map(_Use._make, index.execute(sql)) if use.path in documents and use.kind != "front-matter"
        ]
        ids: dict[str, tuple[str, ...]] = {}
        sql = "SELECT d.path, a.id FROM anchor a JOIN document d ON d.id = a.document"
        for path, id_ in index.execute(sql):
            ids[path] = (*ids.get(path, ()), id_)
        files = index.execute(
            "SELECT path, url FROM file WHERE url IS NOT NULL AND path NOT IN (SELECT path FROM document)"
        )
        targets = [Target(url, path, ids.get(path, ())) for path, url in documents.items()]
        targets += [Target(url, path) for path, url in files.fetchall()[:20]]
    return _Site(root, sorted(uses), documents, sorted(targets))


def _write(file: Path, text: str) -> None:
    # With a time of its own: the index is not to take the file for the one that it knows.
    file.write_bytes(text.encode("utf-8", "surrogateescape"))


def _changed(use: _Use, rng: random.Random) -> tuple[str, str]:
    """What was done, and what is written now."""
    if use.status == "source":
        return "source", rng.choice((use.raw + "-gone", use.raw[:-1], use.raw.swapcase()))
    found = _ADDRESS.fullmatch(use.raw)
    if found is None:
        return "nothing", use.raw
    before, path, after = found["before"], found["path"], found["after"] or ""
    if use.status == "fragment" or rng.random() < 0.25:
        return "fragment", before + path + after.partition("#")[0] + "#" + rng.choice(
            ("no-such-part", "x", "None-Such")
        )
    if not path.strip("/."):
        return "another name", before + path + "gone" + after
    what = rng.choice([*SPOILS, "a slash less in front"])
    if what == "a slash less in front":
        return what, before + path.removeprefix("/") + after
    return what, before + SPOILS[what](path, rng) + after


def _add(site: _Site, rng: random.Random, paragraphs: int) -> None:
    pages = sorted(path for path in site.documents if path.endswith((".md", ".markdown")))
    for number in range(paragraphs):
        path = rng.choice(pages)
        page = site.documents[path]
        text = markup(lambda: address(rng.choice(site.targets), page, "", rng), 9000 + number, rng, html=False)  # noqa: B023
        with (site.root / path).open("a", encoding="utf-8") as file:
            file.write(f"\n\n{text}\n")


# What is done to pages ---------------------------------------------------------------------------------------


def _delete(file: Path) -> None:
    file.unlink()


def _hide(file: Path) -> None:
    text = Text.decode(file.read_bytes()).content
    _write(file, re.sub(r"\A---[ \t]*\n", "---\npublished: false\n", text))


def _rename(file: Path) -> None:
    file.rename(file.with_name(f"{file.stem}-moved{file.suffix}"))


def _reword(file: Path) -> None:
    text = Text.decode(file.read_bytes()).content
    _write(file, _HEADING.sub(r"\g<0>Now ", text))


_TO_PAGES: dict[str, Callable[[Path], None]] = {
    "page deleted": _delete,
    "page hidden": _hide,
    "page renamed": _rename,
    "headings changed": _reword,
}
