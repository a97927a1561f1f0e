"""Every place in a document that refers to an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postlint.text import Span

if TYPE_CHECKING:
    from postlint.document import Document

__all__ = ["SOURCE_KINDS", "LinkUse", "links"]

SOURCE_KINDS = frozenset({"link", "post_url", "ref", "post_link", "zola"})
"""Kinds whose address names a source file, not a place on the site."""


@dataclass(frozen=True, slots=True)
class LinkUse:
    """One use of an address.

    Attributes:
        span: the whole construct.
        target: the characters of the address as written.
        raw: those characters.
        kind: how it is written: "markdown", "image", "autolink", "reference", "html", "front-matter", "link",
            "post_url", "ref", "post_link", "zola".
        address: the address that is meant: escapes, entities and known template constructs worked out; None where it
            is known only at build time.
        rooted: ``address`` begins at the site's root, its base path not counted.
    """

    span: Span
    target: Span
    raw: str
    kind: str
    address: str | None
    rooted: bool = False


def links(doc: Document) -> tuple[LinkUse, ...]:
    """The uses in ``doc``, in the order of their places."""
    masked, content = doc.masked, doc.content
    found = []
    for link in doc.outline.links:
        kind = "image" if link.image else "autolink" if link.kind in ("Autolink", "Email") else "markdown"
        span = link.span
        target = Span(link.text.end, span.end) if link.kind == "Inline" else span
        address = None if masked.overlaps(span) else link.target
        found.append(LinkUse(span, target, content[target.start : target.end], kind, address))
    return tuple(found)
