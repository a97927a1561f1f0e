"""What the rules share that compare a page's dates with the clock."""

from __future__ import annotations

import datetime as dt

from postlint.api import Document, Fact, Place, Span, date_uses

__all__ = ["ago", "instant_fact"]


def instant_fact(doc: Document, instant: dt.datetime, keys: tuple[str, ...]) -> Fact:
    """The instant as seconds and as text, at the date that it comes from: one of ``keys`` if any of them says it, else
    any date that does; at the file's start where none in the front matter does.
    """
    span = Span(0, 0)
    found = ""
    at = instant.timestamp()  # never equal as times, in an hour that comes twice
    uses = [use for use in date_uses(doc) if use.reading.instant and use.reading.instant.timestamp() == at]
    uses.sort(key=lambda use: use.entry.key.lower() not in keys)
    if uses:
        entry = uses[0].entry
        span, found = entry.node.span, entry.key
    place = Place(span, doc.text.position(span.start), doc.text.position(span.end))
    return Fact(doc.path, found, place, [instant.timestamp(), f"{instant:%Y-%m-%d %H:%M %z}"])


def ago(seconds: float) -> str:
    """A span of time in days, or in hours where it is shorter than two days."""
    span = dt.timedelta(seconds=seconds)
    if span.days >= 2:
        return f"{span.days} days"
    hours = max(1, round(seconds / 3600))
    return f"{hours} hour{'s' * (hours != 1)}"
