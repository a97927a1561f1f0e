"""Where each link leads, for those who ask for it: no rule needs it of all links at once.

The answers are put together from the ones that the link rules get, so that ``dead`` here is what
``link/missing-target`` is about and ``missing`` what ``link/missing-anchor`` is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from postlint.site.index import Index
from postlint.site.schema import NTH_BITS
from postlint.site.site import Site

__all__ = ["Target", "targets"]


class Target(NamedTuple):
    """What is known of the other end of one link.

    Attributes:
        link: its id in the index.
        state: ``found``, ``dead``, ``unpublished`` or ``unknown``.
        path: of the page or file that it leads to, also where that is not published.
        anchor: ``found``, ``missing`` or ``unknown``; None where the link names none or leads to no page.
    """

    link: int
    state: str
    path: str | None
    anchor: str | None


_OPEN = "coalesce(p.appears <= :now, 1) AND coalesce(p.expires > :now, 1)"
_AT = "p.url_key = l.url_key AND p.site = d.site AND p.url_key IS NOT NULL"
_INTERNAL = f"""
SELECT l.id, d.path, l."start", l.fragment,
  (SELECT min(p.path) FROM document p WHERE {_AT} AND p.published AND {_OPEN}),
  coalesce(
    (SELECT min(p.path) FROM alias a JOIN document p ON p.id = a.document
     WHERE a.url_key = l.url_key AND p.site = d.site AND p.published AND {_OPEN}),
    (SELECT min(f.path) FROM file f WHERE f.url_key = l.url_key AND f.site = d.site AND f.url_key IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM document s WHERE s.path = f.path AND s.url_key != f.url_key))),
  coalesce(
    (SELECT min(p.path) FROM document p WHERE {_AT}),
    (SELECT min(p.path) FROM alias a JOIN document p ON p.id = a.document
     WHERE a.url_key = l.url_key AND p.site = d.site))
FROM link l JOIN document d ON d.id = l.id >> {NTH_BITS} WHERE l.status = 'internal'
"""
_FRAGMENT = f"""
SELECT l.id, d.path, l."start", l.fragment, d.published AND {_OPEN.replace("p.", "d.")}
FROM link l JOIN document d ON d.id = l.id >> {NTH_BITS} WHERE l.status = 'fragment'
"""
_SOURCE = f"""
SELECT l.id, d.path, l."start" FROM link l JOIN document d ON d.id = l.id >> {NTH_BITS} WHERE l.status = 'source'
"""
_PAGES = f"SELECT p.path, p.published AND {_OPEN}, p.open_anchors FROM document p"


def targets(site: Site, index: Index) -> Iterator[Target]:
    """The other end of each link into the site; external and unknown ones are left out."""
    now = {"now": site.now.timestamp()}
    dead = {(link.path, link.place.span.start) for link in site.dead_links()}
    missing = {(link.path, link.place.span.start) for link, _ in site.dead_fragments()}
    pages: Mapping[str, tuple[int, int]] = {
        path: (published, anchors) for path, published, anchors in index.execute(_PAGES, now)
    }

    def anchor(path: str, start: int, fragment: str, page: str | None) -> str | None:
        if not fragment or page is None or page not in pages:
            return None
        if (path, start) in missing:
            return "missing"
        _, may_have_more = pages[page]
        return "unknown" if may_have_more or fragment[0] in "/!:" else "found"

    for link, path, start, fragment, page, other, hidden in index.execute(_INTERNAL, now):
        if (path, start) in dead:
            yield Target(link, "dead", None, None)
        elif page is not None or other is not None:
            yield Target(link, "found", page or other, anchor(path, start, fragment, page or other))
        elif hidden is not None:
            yield Target(link, "unpublished", hidden, anchor(path, start, fragment, hidden))
        else:
            yield Target(link, "unknown", None, None)
    for link, path, start, fragment, published in index.execute(_FRAGMENT, now):
        yield Target(link, "found" if published else "unpublished", path, anchor(path, start, fragment, path))
    named = {(link.path, link.place.span.start): (source, link.fragment) for link, source in site.links_with_sources()}
    for link, path, start in index.execute(_SOURCE):
        source, fragment = named[path, start]
        if source is None:
            yield Target(link, "dead", None, None)
        else:
            published, _ = pages.get(source, (1, 0))
            state = "found" if published else "unpublished"
            yield Target(link, state, source, anchor(path, start, fragment, source))
