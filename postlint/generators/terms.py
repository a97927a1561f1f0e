"""The terms of a document: what its generator reads, and what the project declares beside that."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.document import Document
from postlint.generators import generator_for
from postlint.generators.base import TermUse
from postlint.parse.front_matter import Node

__all__ = ["term_uses"]

_KEPT = "_term_uses"


def term_uses(doc: Document) -> tuple[TermUse, ...]:
    """The uses of terms in the front matter, in the order of their places; worked out once a document.

    A taxonomy that the project declares with ``field`` (``[taxonomies.authors] field = "author"``) has the values of
    these keys as its terms, each whole, where the generator does not read the key itself.
    """
    kept: tuple[TermUse, ...] | None = doc.__dict__.get(_KEPT)
    if kept is None:
        kept = doc.__dict__[_KEPT] = tuple(sorted(_term_uses(doc), key=lambda use: use.span))
    return kept


def _term_uses(doc: Document) -> Iterator[TermUse]:
    uses = tuple(generator_for(doc.profile).term_uses(doc))
    yield from uses
    for setting in doc.profile.taxonomies:
        for field in setting.fields:
            entry = doc.front_matter.get(field)
            if entry is None:
                continue
            start, end = entry.node.span
            if not any(
                use.taxonomy == setting.name and start <= use.span.start and use.span.end <= end for use in uses
            ):
                yield from (TermUse(setting.name, node.text.strip(), node.span) for node in _scalars(entry.node))


def _scalars(node: Node) -> Iterator[Node]:
    if node.kind == "list":
        for item in node.items:
            yield from _scalars(item)
    elif node.kind == "scalar" and node.value is not None and node.text.strip():
        yield node
