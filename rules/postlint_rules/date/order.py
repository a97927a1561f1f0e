"""Dates of a change that lie before the page's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from postlint.api import DateOutcome, DateReading, Document, DocumentRule, Entry, Finding, Severity, date_uses
from postlint_rules.date._values import moved_as_utc

_KEYS = ("last_modified_at", "lastmod", "updated", "modified")


class Order(DocumentRule):
    """A page that was changed, it says, before it was there."""

    severity = Severity.WARNING
    needs = "dates"

    def check(self, doc: Document) -> Iterator[Finding]:
        front = doc.front_matter
        changed = [entry for key in _KEYS if (entry := front.get(key)) is not None]
        uses = date_uses(doc)
        if not uses:
            return
        if not changed:  # Hugo does not mind the case of keys
            changed = [use.entry for use in uses[1:] if use.entry.key.lower() in _KEYS]
            if not changed:
                return
        generator, first, date = uses[0]
        if first.key.lower() != "date" or not _usable(date) or moved_as_utc(doc, generator, date):
            return
        for entry in changed:
            reading = next((use.reading for use in uses if use.entry is entry), None)
            if reading is None:
                reading = generator.read_date(doc, entry)
            if _usable(reading) and not moved_as_utc(doc, generator, reading) and _before(reading, date):
                yield _finding(entry, first, reading, date)


def _usable(reading: DateReading) -> bool:
    return reading.outcome is DateOutcome.READ and reading.written is not None and reading.instant is not None


def _before(changed: DateReading, date: DateReading) -> bool:
    """By the instant and by what is written; where one of the two is a day alone, by days."""
    assert changed.written is not None and date.written is not None
    assert changed.instant is not None and date.instant is not None
    if changed.has_time and date.has_time:
        return changed.instant < date.instant and changed.written < date.written
    return changed.written.date() < date.written.date()


def _finding(entry: Entry, first: Entry, changed: DateReading, date: DateReading) -> Finding:
    assert changed.written is not None and date.written is not None
    gap = date.written - changed.written
    far = f"{gap.days} day{'s' * (gap.days != 1)}" if gap >= dt.timedelta(days=1) else "hours"
    return Finding(
        entry.node.span,
        f"`{entry.key}` is before `{first.key}`, {date.written:%Y-%m-%d}",
        f"the page says that it was changed {far} before it was published, and so do feeds and the site map",
        "correct the one that is wrong",
    )
