"""Dates that the generator cannot read, or not wholly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.api import (
    DateOutcome,
    DateReading,
    Document,
    DocumentRule,
    Entry,
    Finding,
    Fix,
    Generator,
    Safety,
    date_uses,
    regex,
)
from postlint_rules.date._values import is_abbreviation, reads_as, replaced, shortened, usual_form


class Unparsable(DocumentRule):
    """A date in the front matter that this generator cannot read as it is meant."""

    needs = "dates"

    def check(self, doc: Document) -> Iterator[Finding]:
        for generator, entry, reading in date_uses(doc):
            message = _message(generator, entry, reading)
            if message:
                fix = _fix(doc, generator, entry, reading)
                help_ = "" if fix is not None else "write it as `2024-01-31 20:00:00 +0800`"
                span = entry.node.span if entry.node.span.end > entry.node.span.start else entry.key_span
                yield Finding(span, message, reading.effect, help_, fix)


def _message(generator: Generator, entry: Entry, reading: DateReading) -> str:
    text = entry.node.text.strip()
    match reading.outcome:
        case DateOutcome.UNPARSABLE if not text:
            return f"`{entry.key}` is no date"
        case DateOutcome.UNPARSABLE:
            return f"{generator.title} cannot read `{shortened(text)}` as a date{_why(generator, text)}"
        case DateOutcome.PARTLY if is_abbreviation(reading.ignored):
            return ""  # date/zone-abbreviation
        case DateOutcome.PARTLY:
            return f"{generator.title} ignores a part of this date: `{shortened(reading.ignored)}`"
        case DateOutcome.GUESSED:
            return f"`{shortened(text)}` is only a part of a date"
        case DateOutcome.MISREAD:
            return f"{generator.title} does not read `{shortened(text)}` as a day"
        case DateOutcome.NONE if reading.effect:
            return f"`{entry.key}` is there, but no date is given"
    return ""


_HUGO_WANTS = (
    (regex(r"\d{4}-\d\d-\d\d[ T]\d{1,2}:\d\d(?![:\d]).*", re.A), ": it has no seconds"),
    (regex(r"\d{4}[/.]\d{1,2}[/.]\d{1,2}.*", re.A), ": it wants hyphens between year, month and day"),
    (regex(r"\d{4}-(?:\d-\d{1,2}|\d\d-\d)(?!\d).*", re.A), ": it wants two digits for month and day"),
)


def _why(generator: Generator, text: str) -> str:
    if any(ord(character) >= 0xFF00 for character in text):
        return ": it has full-width characters"
    if generator.name == "hugo":
        for form, why in _HUGO_WANTS:
            if form.fullmatch(text):
                return why
    return ""


def _fix(doc: Document, generator: Generator, entry: Entry, reading: DateReading) -> Fix | None:
    text = usual_form(entry.node.text)
    if text is None or text == entry.node.text:
        return None
    read = reads_as(doc, generator, entry, text)
    if read.outcome is not DateOutcome.READ or read.instant is None or read.written is None:
        return None
    if read.has_time and read.zone_from == "utc" and generator.name == "jekyll":
        # It would be taken as UTC, which hardly is what the writer means: say the site's offset too.
        offset = read.written.replace(tzinfo=read.instant.tzinfo).strftime("%z")
        text = f"{text} {offset}"
    # Where nothing at all is read so far, writing it right can only mend; else the page's day may change.
    safety = Safety.UNSAFE if reading.instant is not None else Safety.SAFE
    return Fix(f"write it as `{text}`", (replaced(doc, entry, text),), safety)
