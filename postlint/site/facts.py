"""Facts: the small things that are known of a document after it was read, and that site rules are answered from.

Facts are plain tuples: they cross process borders and go into the index by the ten thousand.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from postlint.text import Position, Span

__all__ = ["AnchorFact", "Fact", "LinkFact", "PageFact", "Place", "TermFact"]


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
    """

    path: str
    site: str
    published: bool
    reason: str
    url: str
    title: str
    date: float | None
    lang: str


class LinkFact(NamedTuple):
    """One use of an address.

    Attributes:
        raw: the address as written.
        kind: how it is written: "markdown", "image", "html", "autolink", "post_url", "link", "ref", "front-matter", …
        status: "internal" (``url`` says where to), "external", "fragment" (into its own page), "unknown" (it holds
            template output or points where only a plugin knows), "ignored" (mailto: and the like).
        url: for internal ones the address from the site's root, percent-decoded, without query and fragment; for
            source links (``post_url``, ``link``, ``@/``) the source path or slug they name.
        fragment: without ``#``; "" for none.
    """

    path: str
    place: Place
    raw: str
    kind: str
    status: str
    url: str
    fragment: str


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
