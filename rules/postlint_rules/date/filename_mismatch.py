"""File names that state another day than the date inside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from postlint.api import (
    DateOutcome,
    DateReading,
    Document,
    DocumentRule,
    Finding,
    Generator,
    Kind,
    Severity,
    date_uses,
)
from postlint_rules.date._zones import day_in_url


@dataclass(frozen=True, slots=True)
class Options:
    """Options of date/filename-mismatch.

    Attributes:
        tolerance: by how many days the two may differ.
        always: also report files whose name the generator uses for nothing and shows to nobody.
    """

    tolerance: int = 0
    always: bool = False


class FilenameMismatch(DocumentRule):
    """The day in the file's name is not the day of its ``date``, as the generator takes it in the site's zone."""

    severity = Severity.WARNING
    Options = Options
    needs = "dates"

    def check(self, doc: Document) -> Iterator[Finding]:
        use = next((use for use in date_uses(doc) if use.entry.key.lower() == "date"), None)
        if use is None:
            return
        generator, entry, reading = use
        if reading.written is not None and doc.name.startswith(reading.written.isoformat()[:10]):
            return
        named = generator.file_name_date(doc.path)
        if named is None or reading.instant is None or reading.outcome is not DateOutcome.READ:
            return
        days = _days(doc, reading)
        if not days or any(abs((day - named).days) <= self.options.tolerance for day in days):
            return
        consequence, matters = _consequence(doc, generator, reading.instant.date(), named)
        if not matters and not self.options.always:
            return
        thing = "folder" if doc.name.startswith("index.") else "file"
        yield Finding(
            entry.node.span,
            f"the date is {days[0]:%Y-%m-%d}, but the {thing}'s name says {named:%Y-%m-%d}",
            consequence,
            f"rename the {thing}, or correct the date",
        )


def _consequence(doc: Document, generator: Generator, taken: dt.date, named: dt.date) -> tuple[str, bool]:
    """What comes of it, and whether anything does: a name may be used for nothing and shown to nobody."""
    if generator.name not in ("jekyll", "hugo", "hexo") or generator.kind(doc.path) not in (Kind.POST, Kind.PAGE):
        return "", True
    hugo, title = generator.name == "hugo", generator.title
    fate = generator.fate(doc)
    if hugo and fate.date is not None and fate.date.date() == named:
        return f"{title} goes by the name, and takes no notice of the date", True
    if said := day_in_url(named, fate.url):
        return f"{title} goes by the date, but the address says {said}", True
    matters = not hugo or ":filename" in getattr(doc.profile.options, "dates", ())
    if said := day_in_url(taken, fate.url):
        return f"{title} goes by the date: the address says {said}", matters
    return f"{title} goes by the date, not by the name", matters


def _days(doc: Document, reading: DateReading) -> tuple[dt.date, ...]:
    """The days that the date may be said to be on; a name with any of them is right.

    The day that the generator takes counts, in the site's zone. So does the day as it is written: a name that says what
    the writer wrote is no mistake in the name; what moves the day is date/missing-timezone's matter.
    """
    assert reading.instant is not None
    days = [reading.instant.date()]
    if reading.written is not None and reading.written.date() not in days:
        days.append(reading.written.date())
    if doc.profile.zone is None and 2 <= reading.instant.year <= 9998:
        day = reading.instant.astimezone(dt.UTC).date()
        if day not in days:
            days.append(day)
    return tuple(days)
