"""Date values as people write them: what is wrong in one, and how it is written right."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata

from postlint.api import DateOutcome, DateReading, Document, Edit, Entry, Generator, Span, regex

__all__ = [
    "impossible_part",
    "is_abbreviation",
    "moved_as_utc",
    "reads_as",
    "replaced",
    "same_instant",
    "shortened",
    "usual_form",
]

_LONGEST = 100
"""A longer text is no date that someone wrote."""

_LOOSE = regex(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[T\s]\s*(\d{1,2}):(\d\d|000)(?::(\d{1,2}))?(?:\.0+)?(?:\s+\1(?!\d))?\s*(Z|UTC|GMT|[-+]\d\d:?\d\d)?)?",
    re.A,
)
_NUMBERS = regex(
    r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]+(\d+):(\d+)(?::(\d+)(?:[.,]\d+)?)?)?(?:\s*([-+])(\d\d):?(\d\d))?",
    re.A,
)


def is_abbreviation(ignored: str) -> bool:
    """Whether what a generator ignores of a date is a zone's name in letters, of which date/zone-abbreviation tells."""
    return 3 <= len(ignored) <= 5 and ignored.isascii() and ignored.isalpha() and ignored.isupper()


def usual_form(text: str) -> str | None:
    """``2024-01-02 20:00:00 +0800`` for a text that can mean only that; None where there is no such reading.

    Understood are full-width digits and signs, other separators, missing zeros and seconds, ``14:000:00``, the year
    said twice. An offset stays as it is written.
    """
    if len(text) > _LONGEST:
        return None
    match = _LOOSE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        dt.datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    form = f"{year}-{int(month):02}-{int(day):02}"
    if hour is not None:
        form += f" {int(hour):02}:{int(minute):02}:{int(second or 0):02}"
    if zone is not None:
        form += " +0000" if zone in ("Z", "UTC", "GMT") else f" {zone}"
    return form


def reads_as(doc: Document, generator: Generator, entry: Entry, text: str) -> DateReading:
    """How the generator would read another text in the same place, quoted as it is."""
    return generator.read_date(doc, entry._replace(node=entry.node._replace(text=text, value=text)))


def same_instant(one: DateReading, other: DateReading) -> bool:
    """Python never calls two times of different zones equal in an hour that comes twice."""
    if one.instant is None or other.instant is None:
        return False
    return one.instant.timestamp() == other.instant.timestamp()


def moved_as_utc(doc: Document, generator: Generator, reading: DateReading) -> dt.timedelta:
    """How far Jekyll moves a time without an offset, which it takes as UTC and shows in the site's declared zone."""
    if (
        generator.name != "jekyll"
        or doc.profile.zone is None
        or not reading.has_time
        or reading.outcome is not DateOutcome.READ
        or reading.zone_from != "utc"
        or reading.instant is None
        or reading.written is None
    ):
        return dt.timedelta()
    return reading.instant.replace(tzinfo=None) - reading.written


def replaced(doc: Document, entry: Entry, text: str) -> Edit:
    """The edit that puts another text there, with the quotes that are there."""
    node = entry.node
    written = doc.content[node.span.start : node.span.end]
    if node.quoted and len(written) >= 2 and written[0] == written[-1] and written[0] in "\"'":
        return Edit(Span(node.span.start + 1, node.span.end - 1), text)
    return Edit(node.span, text)


def impossible_part(text: str) -> str:
    """What of a date cannot be, as a sentence."""
    match = _NUMBERS.match(text[:_LONGEST])
    if match is None:
        return f"`{shortened(text)}` is no possible date"
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    days = calendar.monthrange(year, month)[1] if year >= 1 else 31
    if not 1 <= day <= days:
        name = calendar.month_name[month]
        return (
            f"there is no {day} {name}" if day == 0 or day > 31 or month != 2 else f"{name} {year} has only {days} days"
        )
    if match[4] is not None:
        hour, minute, second = int(match[4]), int(match[5]), int(match[6] or 0)
        if hour > 23:
            return f"a day has no hour {hour}"
        if minute > 59:
            return f"an hour has no minute {minute}"
        if second > 59:
            return f"a minute has no second {second}"
    if match[8] is not None and (int(match[8]) > 14 or int(match[9]) > 59):
        return f"no place on earth is at the offset `{match[7]}{match[8]}{match[9]}`"
    return f"`{shortened(text)}` is no possible date"


def shortened(text: str) -> str:
    """``text`` as it fits into a message."""
    return text if len(text) <= 40 else text[:39] + "…"
