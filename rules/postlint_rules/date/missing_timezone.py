"""Times of day without an offset, where that moves them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from postlint.api import (
    DateOutcome,
    DateReading,
    Document,
    DocumentRule,
    Edit,
    Entry,
    Finding,
    Fix,
    Generator,
    Safety,
    Severity,
    Span,
    date_uses,
)
from postlint_rules.date._values import moved_as_utc


@dataclass(frozen=True, slots=True)
class Options:
    """Options of date/missing-timezone.

    Attributes:
        undeclared: also report dates of sites that declare no time zone, where the reading depends on the machine
            that builds.
    """

    undeclared: bool = False


class MissingTimezone(DocumentRule):
    """A time without an offset that the generator takes in another zone than the writer's."""

    severity = Severity.WARNING
    Options = Options

    def check(self, doc: Document) -> Iterator[Finding]:
        for generator, entry, reading in date_uses(doc):
            if not reading.has_time or reading.outcome is not DateOutcome.READ or reading.zone_from == "value":
                continue
            finding = None
            if moved := moved_as_utc(doc, generator, reading):
                finding = _taken_as_utc(doc, generator, entry, reading, moved)
            elif self.options.undeclared and doc.profile.zone is None:
                finding = _undeclared(generator, entry, reading)
            if finding is not None:
                yield finding


def _taken_as_utc(
    doc: Document, generator: Generator, entry: Entry, reading: DateReading, moved: dt.timedelta
) -> Finding | None:
    shown, written = reading.instant, reading.written
    if shown is None or written is None:
        return None
    span = entry.node.span
    way = "later" if moved > dt.timedelta() else "earlier"
    consequence = f"on this site ({doc.profile.zone}) the page shows {shown:%Y-%m-%d %H:%M}, {_hours(moved)} {way}"
    if shown.date() != written.date() and f"{shown:%Y/%m/%d}" in generator.fate(doc).url:
        consequence += f", and its address says {shown:%Y/%m/%d}"
    offset = written.replace(tzinfo=shown.tzinfo).strftime("%z")[:5]
    fix = Fix(f"add the site's offset, {offset}", (Edit(Span(span.end, span.end), f" {offset}"),), Safety.UNSAFE)
    return Finding(span, "no offset is written, so Jekyll takes this time as UTC", consequence, "", fix)


def _hours(moved: dt.timedelta) -> str:
    minutes = abs(int(moved.total_seconds())) // 60
    hours, rest = divmod(minutes, 60)
    if not rest:
        return f"{hours} hour{'s' * (hours != 1)}"
    return f"{hours}:{rest:02} hours" if hours else f"{rest} minutes"


def _undeclared(generator: Generator, entry: Entry, reading: DateReading) -> Finding | None:
    span = entry.node.span
    if reading.zone_from == "machine":
        return Finding(
            span,
            "no offset is written, and the site declares no time zone",
            f"{generator.title} takes this time in the zone of the machine that builds the site",
            f"add an offset, or set {_setting(generator)} in the site's configuration",
        )
    if reading.zone_from == "utc" and generator.name in ("jekyll", "hugo"):
        return Finding(
            span,
            "no offset is written, and the site declares no time zone",
            f"{generator.title} takes this time as UTC",
            f"add an offset, or set {_setting(generator)} in the site's configuration",
        )
    return None


def _setting(generator: Generator) -> str:
    return "`timeZone`" if generator.name == "hugo" else "`timezone`"
