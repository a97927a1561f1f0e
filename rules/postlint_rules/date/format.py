"""Dates that are not written in the site's form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from postlint.api import (
    DateOutcome,
    DateReading,
    Document,
    DocumentRule,
    Entry,
    Finding,
    Fix,
    Generator,
    Severity,
    date_uses,
)
from postlint_rules.date._values import moved_as_utc, reads_as, replaced, same_instant, shortened


@dataclass(frozen=True, slots=True)
class Options:
    """Options of date/format.

    Attributes:
        formats: the allowed forms, as ``strftime`` writes them; empty: the project's ``date.format``.
        keys: the keys whose dates are checked; empty: all that the generator reads as dates.
    """

    formats: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


class Format(DocumentRule):
    """A date that is not written in the form that the project declares. Silent where it declares none."""

    severity = Severity.WARNING
    Options = Options
    needs = "dates"

    def check(self, doc: Document) -> Iterator[Finding]:
        formats: tuple[str, ...] = self.options.formats
        if not formats:
            if not doc.profile.date_format:
                return
            formats = (doc.profile.date_format,)
        for generator, entry, reading in date_uses(doc):
            text = entry.node.text
            if entry.node.kind != "scalar" or not text or (self.options.keys and entry.key not in self.options.keys):
                continue
            if any(_written_as(text, form) for form in formats):
                continue
            if reading.outcome is not DateOutcome.READ or moved_as_utc(doc, generator, reading):
                continue  # another rule says that the value is read wrong; which form it has is the lesser trouble
            fix = _fix(doc, generator, entry, reading, formats)
            sample = " or ".join(f"`{_SAMPLE.strftime(form)}`" for form in formats)
            yield Finding(
                entry.node.span,
                f"`{shortened(text)}` is not written in the site's date format",
                "",
                f"write dates like {sample}" if fix is None else "",
                fix,
            )


_SAMPLE = dt.datetime(2024, 1, 31, 20, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def _written_as(text: str, form: str) -> bool:
    """``strptime`` forgives missing zeros; the way back does not."""
    try:
        return dt.datetime.strptime(text, form).strftime(form) == text
    except ValueError:
        return False


def _fix(
    doc: Document, generator: Generator, entry: Entry, reading: DateReading, formats: tuple[str, ...]
) -> Fix | None:
    """The same instant in the first form that can say it.

    An offset that nobody wrote is not made up: the reading may be the wrong one, and would look right ever after.
    """
    instant = reading.instant
    if instant is None:
        return None
    for form in formats:
        for shown in _ways(instant, reading):
            text = shown.strftime(form)
            read = reads_as(doc, generator, entry, text)
            if reading.has_time and read.zone_from == "value" != reading.zone_from:
                continue
            same_zone = read.zone_from == reading.zone_from or "value" in (read.zone_from, reading.zone_from)
            if moved_as_utc(doc, generator, read):
                continue
            if same_instant(read, reading) and same_zone and _written_as(text, form):
                return Fix(f"write it as `{text}`", (replaced(doc, entry, text),))
    return None


def _ways(instant: dt.datetime, reading: DateReading) -> Iterator[dt.datetime]:
    """With the clock time that is written, then in the site's zone."""
    if reading.written is not None and 1 < reading.written.year < 9999:
        offset = reading.written.replace(tzinfo=dt.UTC) - instant.astimezone(dt.UTC)
        if abs(offset) < dt.timedelta(hours=24) and offset.microseconds == 0:
            yield instant.astimezone(dt.timezone(offset))
    yield instant
