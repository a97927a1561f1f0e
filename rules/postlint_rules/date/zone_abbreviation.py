"""Zones that are written as letters: what they are read as."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from postlint.api import (
    DateOutcome,
    DateReading,
    Document,
    DocumentRule,
    Entry,
    Finding,
    Generator,
    Severity,
    date_uses,
    regex,
    site_zone,
)
from postlint_rules.date._values import is_abbreviation
from postlint_rules.date._zones import offset_taken, offset_text, site_offsets

_AFTER_TIME = regex(r"\d:\d\d(?:[.,]\d+)?\s*(?:[AaPp]\.?[Mm]\.?\s*)?\(?([A-Z]{3,5})(?![-+/\w])", re.A)
_UNIVERSAL = frozenset({"UTC", "GMT"})
_HOURS = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "UTC": 0, "GMT": 0,
    "CET": 1, "CEST": 2, "JST": 9, "KST": 9, "MSK": 3,
}  # fmt: skip
"""What the letters mostly mean."""


class ZoneAbbreviation(DocumentRule):
    """EST, CST, JST after a time: the generator takes them for something of its own choosing, or for nothing."""

    severity = Severity.WARNING
    needs = "dates"

    def check(self, doc: Document) -> Iterator[Finding]:
        for generator, entry, reading in date_uses(doc):
            match = _AFTER_TIME.search(entry.node.text, 0, 100)
            if match is None or reading.written is None or reading.instant is None:
                continue
            if generator.name == "jekyll" and reading.zone_from == "value":
                if reading.outcome is DateOutcome.READ and match[1] not in _UNIVERSAL:
                    yield from _taken(doc, entry, reading, match[1])
            elif (generator.name == "jekyll" and is_abbreviation(reading.ignored)) or (
                generator.name == "hugo" and reading.zone_from != "value"
            ):
                yield from _ignored(doc, generator, entry, reading, match[1])


def _taken(doc: Document, entry: Entry, reading: DateReading, name: str) -> Iterator[Finding]:
    """Jekyll reads an offset from the name, which is right if it is the site's."""
    assert reading.written is not None and reading.instant is not None
    offset = offset_taken(reading.written, reading.instant)
    zone = doc.profile.zone
    consequence = own = ""
    if zone is not None:
        if offset in site_offsets(zone, reading.written):
            return
        if reading.written.replace(tzinfo=site_zone(zone)).tzname() == name:
            own = f", though {zone} calls its own time so too"
        consequence = f"on this site ({zone}) the page shows {reading.instant:%Y-%m-%d %H:%M}"
    yield Finding(
        entry.node.span,
        f"Jekyll reads `{name}` as {offset_text(offset)}, in summer and winter{own}",
        consequence,
        "write the offset in digits",
    )


def _ignored(doc: Document, generator: Generator, entry: Entry, reading: DateReading, name: str) -> Iterator[Finding]:
    """The name says nothing to the generator, which does no harm where the site's own zone has that name then."""
    assert reading.instant is not None
    zone = site_zone(doc.profile.zone)
    shown = reading.instant.astimezone(zone)
    if reading.zone_from != "machine":
        if shown.tzname() == name:
            return
        if name in _HOURS and shown.utcoffset() == dt.timedelta(hours=_HOURS[name]):
            return
    where = {
        "site": f"the site's zone ({doc.profile.zone})",
        "machine": "the zone of the machine that builds the site",
    }.get(reading.zone_from, "UTC")
    yield Finding(
        entry.node.span,
        f"{generator.title} takes no notice of `{name}`",
        f"the time is taken in {where}",
        "write the offset in digits",
    )
