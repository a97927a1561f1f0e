"""What postlint says of a site's links, from source alone, by page and address: to be held against the built pages."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from postlint.engine.project import Wishes
from postlint.generators import generator_for
from postlint.site.address import squeeze
from postlint.site.resolve import home_of
from postlint.site.sources import SourceFinder
from postlint.text import Span, Text
from tests.built.lychee import Link, meeting
from tests.sites import NOW, run

__all__ = ["DEAD", "NOWHERE", "SHOWN", "Finding", "Told", "ask"]

DEAD = frozenset(
    f"link/{name}"
    for name in (
        "case-mismatch", "local-url", "malformed-url", "missing-anchor", "missing-baseurl", "missing-target",
        "source-extension", "unpublished-target",
    )
)  # fmt: skip
"""Rules that say that a link leads nowhere."""
SHOWN = frozenset({"link/printed-link", "link/undefined-reference"})
"""Rules that say that something is no link, but shown as it was typed."""
NOWHERE = "/-nowhere-/"
"""What the builder puts in the place of a tag at which the generator stops, with the name in it."""


class Finding(NamedTuple):
    """A finding of one of the rules :data:`DEAD` or :data:`SHOWN`.

    Attributes:
        at: file and line.
        link: the predicted address of the page, and the link's; None where that is for no browser to follow.
        kind: how the link is written, as the index has it.
        written: the characters that it points at.
    """

    path: str
    at: str
    rule: str
    link: Link | None
    kind: str
    written: str


@dataclass(frozen=True, slots=True)
class Told:
    """
    Attributes:
        pages: by predicted address, as :func:`meeting` writes it, the files that are published there.
        findings: in the order of their places.
        open_pages: those of the pages to which templates may add ids: nothing is said of links to ids in them.
    """

    pages: Mapping[str, tuple[str, ...]]
    findings: tuple[Finding, ...]
    open_pages: frozenset[str]

    def dead(self) -> frozenset[Link]:
        return frozenset(each.link for each in self.findings if each.rule in DEAD and each.link is not None)


class _Use(NamedTuple):
    raw: str
    kind: str
    status: str
    url: str
    fragment: str


def ask(root: Path, base: str = "", now: dt.datetime = NOW) -> Told:
    """Run postlint on the site at ``root``, published below ``base``."""
    engine, outcome = run(root, wishes=Wishes(select=("link",)), cache=True, now=now)
    assert not outcome.crashes and not outcome.problems
    with sqlite3.connect(root / ".postlint_cache" / "index.sqlite") as index:
        published = index.execute(
            "SELECT path, url, open_anchors FROM document WHERE published AND url != ''"
            " AND coalesce(appears <= ?1, 1) AND coalesce(expires > ?1, 1)",
            (now.timestamp(),),
        ).fetchall()
        urls = {path: url for path, url, _ in published}
        sql = (
            'SELECT d.path, "start", raw, kind, status, l.url, fragment'
            " FROM link l JOIN document d ON d.id = l.id >> 24"
        )
        hidden = dict(index.execute("SELECT path, url FROM document WHERE url != ''"))
        uses = {(path, start): _Use(*rest) for path, start, *rest in index.execute(sql)}
        hosts = home_of(engine.survey.profiles[""]).hosts
        files = [path for (path,) in index.execute("SELECT path FROM file")]
        terms = index.execute("SELECT DISTINCT taxonomy, term FROM term").fetchall()
        hexo = engine.survey.profiles[""].generator == "hexo"
        lists = generator_for(engine.survey.profiles[""]).lists(files, terms)
        finder = SourceFinder(engine.survey.profiles[""], files, lambda: lists)
    pages: dict[str, tuple[str, ...]] = {}
    for path, url in urls.items():
        at = meeting(base + url)
        pages[at] = (*pages.get(at, ()), path)
    findings = []
    for diagnostic in outcome.diagnostics:
        if diagnostic.rule not in DEAD | SHOWN:
            continue
        path, start = diagnostic.path, diagnostic.finding.span.start
        url, use = urls.get(path), uses.get((path, start))
        address = None
        if url is not None and use is not None:
            source = finder.find(use.kind, use.url, path) if use.kind in _FOUND else None
            unpublished = diagnostic.rule == "link/unpublished-target" and use.kind in ("post_link", "post_path")
            if unpublished and source in hidden:
                address = meeting(f"{base}{hidden[source]}#{use.fragment}")  # Hexo makes the link all the same
            elif hexo and use.kind == "image" and re.match("/(?!/)", use.raw):
                address = meeting(base + squeeze(unquote(use.raw)))  # its renderer puts the base before it
            else:
                address = _address(use, diagnostic.rule, url, base, urls, hosts, source)
        link = None if address is None or url is None else Link(meeting(base + url), address)
        at = f"{path}:{diagnostic.start.line}"
        written = use.raw if use is not None else _text(root / path, diagnostic.finding.span)
        findings.append(Finding(path, at, diagnostic.rule, link, use.kind if use else "", written))
    open_pages = frozenset(meeting(base + url) for _, url, is_open in published if is_open)
    return Told(pages, tuple(findings), open_pages)


def _text(file: Path, span: Span) -> str:
    return Text.decode(file.read_bytes()).content[slice(*span)]


_FOUND = frozenset({"ref", "post_link", "post_path"})
"""Kinds whose names are paths in one of many ways of writing."""


def _address(
    use: _Use,
    rule: str,
    page: str,
    base: str,
    urls: Mapping[str, str],
    hosts: Collection[str] = (),
    source: str | None = None,
) -> str | None:
    """Where a browser would look for what ``use`` names."""
    fragment = "#" + use.fragment
    if use.status == "source":
        if rule != "link/missing-anchor":
            return meeting(NOWHERE + use.url)
        name = source if source is not None else use.url.strip("/")
        for path, url in sorted(urls.items()):  # of posts with one name Jekyll takes the first
            if path == name or (use.kind == "post_url" and path.rpartition("/")[2].rpartition(".")[0] == name):
                return meeting(base + url + fragment)
        return None
    if use.status == "fragment":
        return meeting(base + page + fragment)
    if use.status == "internal" and use.url.startswith("/../"):  # out of the site
        return meeting(use.url[3:] + fragment)
    if use.status == "internal":
        # What begins with a slash begins at the root of the host, wherever the site lies.
        path = use.raw.partition("#")[0].partition("?")[0]
        if base and path.startswith("/") and not path.startswith("//"):
            return meeting(squeeze(unquote(path)) + fragment)
        with_base = any(word in path for word in ("baseurl", "relative_url", "absolute_url", "github.url", f"{base}/"))
        by_host = path.startswith("{{") and not with_base  # a variable, which holds what begins at the root as well
        return meeting(("" if by_host else base) + use.url + fragment)
    host = re.match(r"(?:https?:)?//([^/?#]*)", use.raw)
    if host is not None and host[1].lower() in hosts:
        path = squeeze(unquote(use.raw[host.end() :].partition("?")[0]))
        return meeting(path) if f"{path}/".startswith(f"{base}/") else None  # what lies beside is another site
    if re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:|//", use.raw):
        return None
    return meeting(unquote(urljoin(base + page, "./" + use.raw)))
