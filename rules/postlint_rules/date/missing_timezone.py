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
from postlint_rules.date._values import moved_as_utc, reads_as, replaced, same_instant
from postlint_rules.date._zones import distance, ends_in_offset, offset_taken, offset_text


@dataclass(frozen=True, slots=True)
class Options:
    """Options of date/missing-timezone.

    Attributes:
        undeclared: also report dates of sites that declare no time zone, where the reading depends on the machine
            that builds.
        everywhere: also report times that are taken in the site's zone, as they are meant.
    """

    undeclared: bool = False
    everywhere: bool = False


class MissingTimezone(DocumentRule):
    """A time without an offset that the generator takes in another zone than the writer's."""

    severity = Severity.WARNING
    Options = Options
    needs = "dates"

    def check(self, doc: Document) -> Iterator[Finding]:
        for generator, entry, reading in date_uses(doc):
            if not reading.has_time or reading.outcome is not DateOutcome.READ or reading.zone_from == "value":
                continue
            if ends_in_offset(entry.node.text):
                continue  # read as if there were none: date/unquoted-timestamp
            finding = None
            if moved := moved_as_utc(doc, generator, reading):
                finding = _taken_as_utc(doc, generator, entry, reading, moved)
            elif self.options.undeclared and doc.profile.zone is None:
                finding = _undeclared(generator, entry, reading)
            elif self.options.everywhere and reading.zone_from == "site":
                finding = _as_meant(doc, generator, entry, reading)
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
    consequence = f"on this site ({doc.profile.zone}) the page shows {shown:%Y-%m-%d %H:%M}, {distance(moved)} {way}"
    if shown.date() != written.date() and f"{shown:%Y/%m/%d}" in generator.fate(doc).url:
        consequence += f", and its address says {shown:%Y/%m/%d}"
    offset = written.replace(tzinfo=shown.tzinfo).strftime("%z")[:5]
    fix = Fix(f"add the site's offset, {offset}", (Edit(Span(span.end, span.end), f" {offset}"),), Safety.UNSAFE)
    return Finding(span, "no offset is written, so Jekyll takes this time as UTC", consequence, "", fix)


def _as_meant(doc: Document, generator: Generator, entry: Entry, reading: DateReading) -> Finding | None:
    if reading.instant is None or reading.written is None or doc.profile.zone is None:
        return None
    # Of an hour that comes twice or not at all: what the generator takes.
    offset = offset_text(offset_taken(reading.written, reading.instant))
    fix = None
    exists = reading.instant.replace(tzinfo=None) == reading.written  # else clocks are put forward past it
    colon = f"{offset[:3]}:{offset[3:]}"
    endings = (colon,) if entry.node.style == "bare" else (f" {offset}", colon)  # TOML takes no other
    for ending in endings if exists else ():
        text = entry.node.text.rstrip() + ending
        read = reads_as(doc, generator, entry, text)
        if read.outcome is DateOutcome.READ and read.zone_from == "value" and same_instant(read, reading):
            fix = Fix(f"add the site's offset, {offset}", (replaced(doc, entry, text),), Safety.SAFE)
            break
    return Finding(
        entry.node.span,
        "no offset is written",
        f"{generator.title} takes this time in the site's zone ({doc.profile.zone}), as long as that does not change",
        "" if fix is not None else f"write the site's offset, {offset}",
        fix,
    )


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
