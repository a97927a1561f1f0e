"""The ids of a document that links may point to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from postlint.document import Document

__all__ = ["Anchors", "anchors"]


class Anchors(NamedTuple):
    """Ids and names, sorted, without repeats.

    ``complete`` is False where a template construct may make further ones.
    """

    ids: tuple[str, ...]
    complete: bool


def anchors(doc: Document) -> Anchors:
    """The ids of ``doc`` as its generator makes them."""
    return Anchors((), not doc.masked.spans)
