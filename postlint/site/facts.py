"""Facts: the small things that are known of a document after it was read, and that site rules are answered from.

Facts are plain tuples: they cross process borders and go into the index by the ten thousand.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from postlint.text import Position, Span

__all__ = [
    "AnchorFact",
    "DocumentFacts",
    "Fact",
    "FactRow",
    "FieldRow",
    "LinkCounts",
    "LinkFact",
    "LinkRow",
    "PageFact",
    "PageRow",
    "Place",
    "PlaceRow",
    "TermFact",
    "TermRow",
]


class Place(NamedTuple):
    """Where something stands, so that a finding can be made of it without reading the file again."""

    span: Span
    start: Position
    end: Position


class PageFact(NamedTuple):
    """What the generator will do with a document (the clock left out: see ``date``).

    Attributes:
        path: relative to the project root.
        site: the site's folder, "" or ending in "/".
        published: False where something in the file itself or its name hides it.
        reason: why it is not published, "" where it is: a word of ``generators.base.Hidden``.
        url: its address from the site's root (percent-encoding undone, no baseurl); "" where it has none.
        title: as the generator has it; "" where none.
        date: seconds since 1970 (UTC) of the date the generator takes; None where it has none or cannot be read.
        lang: the language it declares or stands in; "".
        appears: seconds since 1970 (UTC) before which the generator leaves it out; None where it does not wait.
        expires: likewise, from which on it leaves it out.
    """

    path: str
    site: str
    published: bool
    reason: str
    url: str
    title: str
    date: float | None
    lang: str
    appears: float | None = None
    expires: float | None = None


class LinkFact(NamedTuple):
    """One use of an address.

    Attributes:
        raw: the address as written.
        kind: how it is written: "markdown", "image", "html", "autolink", "post_url", "link", "ref", "front-matter", …
        status: "internal" (``url`` says where to), "external", "fragment" (into its own page), "source" (it names
            a source file), "unknown" (it holds
            template output or points where only a plugin knows), "ignored" (mailto: and the like), "shown" (to readers,
            as it is typed).
        url: for internal ones the address from the site's root, percent-decoded, without query and fragment; for
            source links (``post_url``, ``link``, ``@/``) the source path or slug they name; for external ones the
            address that is meant, where ``raw`` writes it with escapes or entities, else "".
        fragment: without ``#``; "" for none.
    """

    path: str
    place: Place
    raw: str
    kind: str
    status: str
    url: str
    fragment: str


class LinkCounts(NamedTuple):
    """How many uses of addresses there are, by what can be said of them.

    Attributes:
        inside: within the site; whether their targets are there is known.
        outside: to other sites.
        unknown: within the site, but only the built site can say where they lead or whether something is there:
            addresses that a template makes, lists that a plugin or a theme may make. None is called dead.
    """

    inside: int
    outside: int
    unknown: int


class AnchorFact(NamedTuple):
    """An id or name that a link may point to."""

    path: str
    id: str


class TermFact(NamedTuple):
    """One use of a taxonomy term, as the generator holds it (after its splitting), with the place it is written.

    ``taxonomy`` is the plural name: "categories", "tags".
    """

    path: str
    place: Place
    taxonomy: str
    term: str


class Fact(NamedTuple):
    """A fact of a rule's own: any JSON-like value under a key."""

    path: str
    key: str
    place: Place
    value: Any


# What crosses from the workers to the index: flat rows, in the order of the index's columns, so that nothing is taken
# apart and put together again for the many facts that no rule ever looks at.

PlaceRow = tuple[int, int, int, int, int, int]
"""start, end (code points), line, column, end line, end column."""
PageRow = tuple[int, str, str, str | None, str, float | None, str, float | None, float | None, int, str | None]
"""published, reason, url, key of the url, title, date, lang, appears, expires, whether ids may be missing from the
anchors, the date in ISO 8601 as the generator shows it."""
LinkRow = tuple[int, int, int, str, str, str, str, str, str]
"""start, line, column, raw, kind, status, url, key of the url, fragment. Where it ends, ``raw`` says."""
TermRow = tuple[int, int, int, int, int, int, str, str]
"""The place, then taxonomy, term."""
FactRow = tuple[int, int, int, int, int, int, str, str, str]
"""The place, then the rule's id, key, value as JSON."""
FieldRow = tuple[str, int | None, str | float | None, str, int, int]
"""Key, place in its list (from 1), value, type, line, column: see the view ``fields``."""


class DocumentFacts(NamedTuple):
    """All that the site needs to know of one document, as rows."""

    page: PageRow
    links: tuple[LinkRow, ...] = ()
    anchors: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    """Further addresses that lead to the page, each with its key."""
    terms: tuple[TermRow, ...] = ()
    facts: tuple[FactRow, ...] = ()
