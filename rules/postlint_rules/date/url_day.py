"""Posts whose address says another day than their date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from postlint.api import Document, DocumentRule, Finding, Severity, date_uses
from postlint_rules.date._zones import address_moved, offset_taken, offset_text


@dataclass(frozen=True, slots=True)
class Options:
    """Options of date/url-day.

    Attributes:
        undeclared: also report dates of sites that declare no time zone, as a machine in UTC builds them.
    """

    undeclared: bool = False


class UrlDay(DocumentRule):
    """An offset moves the post to another day in the site's zone, and the address says that day."""

    severity = Severity.WARNING
    Options = Options
    needs = "dates"

    def check(self, doc: Document) -> Iterator[Finding]:
        uses = date_uses(doc)
        if not uses or (doc.profile.zone is None and not self.options.undeclared):
            return
        generator, entry, reading = uses[0]
        said = address_moved(doc, generator, reading)
        if not said or reading.written is None or reading.instant is None:
            return
        written, taken = reading.written, reading.instant
        offset = offset_text(offset_taken(written, taken))
        if doc.profile.zone is None:
            where = "on a machine in UTC"
        else:
            where = f"in the site's zone ({doc.profile.zone}, {taken:%z})"
        help_ = "write the time in the site's zone"
        if generator.file_name_date(doc.path) is not None:
            help_ += f", or name the file {_renamed(doc, written, taken)}"
        yield Finding(
            entry.node.span,
            f"the address says {said}, but the date is written {written:%Y-%m-%d}",
            f"{written:%H:%M} at {offset} is {taken:%Y-%m-%d %H:%M} {where}, and {generator.title} makes the address of"
            " that",
            help_,
        )


def _renamed(doc: Document, written: dt.date, taken: dt.date) -> str:
    name = doc.name
    day = f"{written:%Y-%m-%d}"
    return f"`{taken:%Y-%m-%d}{name[len(day) :]}`" if name.startswith(day) else f"by {taken:%Y-%m-%d}"
