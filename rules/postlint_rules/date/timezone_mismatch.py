"""Offsets that the site's zone does not have on that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from postlint.api import (
    DateReading,
    Document,
    Entry,
    Fact,
    Finding,
    Generator,
    Place,
    Severity,
    Site,
    SiteFinding,
    SiteRule,
    date_uses,
)
from postlint_rules.date._zones import (
    address_moved,
    changes_clocks,
    distance,
    offset_text,
    site_offsets,
    stale_offset,
    written_offset,
)


@dataclass(frozen=True, slots=True)
class Options:
    """Options of date/timezone-mismatch.

    Attributes:
        others: also report offsets of other zones than the site's, UTC among them.
    """

    others: bool = False


_STALE, _RIGHT, _OTHER = "stale", "right", "other"
_FEW = 20
"""Where at least one offset in so many is of another zone, the site's authors write their own: an offset that looks
like winter's in summer may be right where its author is.
"""


class TimezoneMismatch(SiteRule):
    """The offset of a time is the site's, but not on that day: winter's in summer."""

    severity = Severity.WARNING
    Options = Options

    def collect(self, doc: Document) -> Iterator[Fact]:
        zone = doc.profile.zone
        if zone is None or not (self.options.others or changes_clocks(zone)):
            return
        root = doc.profile.site_root
        for generator, entry, reading in date_uses(doc):
            offset = written_offset(entry, reading)
            if offset is None or reading.written is None:
                continue
            if not offset and not self.options.others:
                continue  # UTC, as programs write it
            span = entry.node.span
            place = Place(span, doc.text.position(span.start), doc.text.position(span.end))
            here = site_offsets(zone, reading.written)
            if offset in here:
                yield Fact(doc.path, _RIGHT + root, place, None)
                continue
            moved = bool(address_moved(doc, generator, reading))  # then date/url-day speaks of it
            key = _STALE if stale_offset(doc, entry, reading) is not None else _OTHER
            if not moved and (key == _STALE or self.options.others):
                words = _words(doc, generator, entry, reading, offset, here[0])
                yield Fact(doc.path, key + root, place, words)
            elif key == _OTHER and not self.options.others:
                yield Fact(doc.path, key + root, place, None)  # counts, and is not shown

    def check(self, site: Site) -> Iterator[SiteFinding]:
        counts = site.fact_counts(self.id)
        for root, profile in site.profiles.items():
            right, stale, other = (counts.get(key + root, 0) for key in (_RIGHT, _STALE, _OTHER))
            if stale and (self.options.others or other * _FEW <= right + stale):
                about = f"is {profile.zone}'s offset, but not on that day"
                yield from self._findings(site, _STALE + root, about)
            if other and self.options.others:
                yield from self._findings(site, _OTHER + root, f"is not {profile.zone}'s offset")

    def _findings(self, site: Site, key: str, about: str) -> Iterator[SiteFinding]:
        for fact in site.facts(self.id, key):
            offset, right, consequence = fact.value
            help_ = f"write {right}, if that is meant"
            yield SiteFinding(fact.path, Finding(fact.place.span, f"`{offset}` {about}", consequence, help_))


def _words(
    doc: Document, generator: Generator, entry: Entry, reading: DateReading, offset: dt.timedelta, right: dt.timedelta
) -> tuple[str, str, str]:
    """The offset, the right one, and what comes of it."""
    assert reading.written is not None and reading.instant is not None
    written, shown = reading.written, reading.instant.replace(tzinfo=None)
    far = f"{distance(right - offset)} {'later' if right > offset else 'earlier'} than at {offset_text(right)}"
    if shown == written:
        consequence = (
            f"{generator.title} shows the hour that is written, but feeds and the order of posts have it {far}"
        )
    else:
        consequence = f"the page shows {shown:%Y-%m-%d %H:%M}, {far}"
    return offset_text(offset), offset_text(right), consequence
