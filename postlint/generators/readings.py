"""The dates of a document as its generator reads them, worked out once a document."""

from __future__ import annotations

from typing import NamedTuple

from postlint.document import Document
from postlint.generators import generator_for
from postlint.generators.base import DateReading, Generator
from postlint.parse.front_matter import Entry

__all__ = ["DateUse", "date_uses"]

_KEPT = "_date_uses"


class DateUse(NamedTuple):
    """A date in the front matter: the generator that reads it, where it stands, what is read."""

    generator: Generator
    entry: Entry
    reading: DateReading


def date_uses(doc: Document) -> tuple[DateUse, ...]:
    """The dates that the generator reads, the one that counts for the page first."""
    kept: tuple[DateUse, ...] | None = doc.__dict__.get(_KEPT)
    if kept is None:
        kept = doc.__dict__[_KEPT] = _date_uses(doc)
    return kept


def _date_uses(doc: Document) -> tuple[DateUse, ...]:
    front = doc.front_matter
    if not front.entries:
        return ()
    generator = generator_for(doc.profile)
    return tuple(
        DateUse(generator, entry, generator.read_date(doc, entry))
        for key in generator.date_keys(doc)
        if (entry := front.get(key)) is not None
    )
