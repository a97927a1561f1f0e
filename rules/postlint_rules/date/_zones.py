"""Offsets of dates and of the zone that the site declares."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from postlint.api import DateOutcome, DateReading, Document, Entry, Generator, regex, site_zone

__all__ = [
    "address_moved",
    "changes_clocks",
    "day_in_url",
    "distance",
    "ends_in_offset",
    "offset_taken",
    "offset_text",
    "site_offsets",
    "stale_offset",
    "written_offset",
]

_OFFSET = regex(r"(?:\dZ|[-+]\d{1,2}(?::?\d\d)?)\Z", re.A)


def ends_in_offset(text: str) -> bool:
    """Whether a date's text ends in an offset, a number or ``Z``, whatever becomes of it."""
    return _OFFSET.search(text.rstrip()) is not None


def written_offset(entry: Entry, reading: DateReading) -> dt.timedelta | None:
    """The offset that is written as a number or ``Z``; None where there is none or the date is not read wholly."""
    if (
        reading.zone_from != "value"
        or not reading.has_time
        or reading.outcome is not DateOutcome.READ
        or reading.written is None
        or reading.instant is None
        or not ends_in_offset(entry.node.text)
    ):
        return None
    return offset_taken(reading.written, reading.instant)


def offset_taken(written: dt.datetime, instant: dt.datetime) -> dt.timedelta:
    """By how much the clock that is written goes before UTC's."""
    # Not by way of UTC: the first and the last day of all have none.
    return written - instant.replace(tzinfo=None) + (instant.utcoffset() or dt.timedelta())


def site_offsets(zone_name: str, local: dt.datetime) -> tuple[dt.timedelta, ...]:
    """The offsets that the zone has at a local time: two where it comes twice or not at all, the first one first."""
    zone = site_zone(zone_name)
    first, second = (local.replace(tzinfo=zone, fold=fold).utcoffset() or dt.timedelta() for fold in (0, 1))
    return (first,) if first == second else (first, second)


@lru_cache(maxsize=64)
def changes_clocks(zone_name: str) -> bool:
    """Whether the zone has had summer time, or another change of its offset, since 2000."""
    zone = site_zone(zone_name)
    halves = (dt.datetime(year, month, 1, tzinfo=zone) for year in range(2000, 2051) for month in (1, 7))
    return len({at.utcoffset() for at in halves}) > 1


def stale_offset(doc: Document, entry: Entry, reading: DateReading) -> tuple[dt.timedelta, dt.timedelta] | None:
    """The written offset and the right one, where the first is the site's at another time of that year.

    None where it is right, and where it is none of the site's: then another zone is meant. UTC is always meant:
    programs write it, London or not.
    """
    offset = written_offset(entry, reading)
    if not offset or doc.profile.zone is None or reading.written is None:
        return None
    here = site_offsets(doc.profile.zone, reading.written)
    if offset in here or not 2 <= reading.written.year <= 9998:
        return None
    zone, year = site_zone(doc.profile.zone), reading.written.year
    # The summer before too: where summer time has been given up, people go on writing it.
    for when in (
        dt.datetime(year - 1, 7, 1),
        dt.datetime(year, 1, 1),
        dt.datetime(year, 7, 1),
        dt.datetime(year, 12, 31),
    ):
        if when.replace(tzinfo=zone).utcoffset() == offset:
            return offset, here[0]
    return None


def address_moved(doc: Document, generator: Generator, reading: DateReading) -> str:
    """The day in the page's address, as it stands there, where the offset that is written makes it another than the day
    that is written and the file's name does not say so; "" where that is not so.
    """
    if (
        reading.zone_from != "value"
        or reading.outcome is not DateOutcome.READ
        or reading.instant is None
        or reading.written is None
    ):
        return ""
    written, taken = reading.written.date(), reading.instant.date()
    if written == taken:
        return ""
    named = generator.file_name_date(doc.path)
    if named is not None and named != written:
        return ""  # the name says the address's day, which is meant then; or a third one: date/filename-mismatch
    return day_in_url(taken, generator.fate(doc).url)


def offset_text(offset: dt.timedelta) -> str:
    """``+0800``."""
    minutes = int(abs(offset).total_seconds()) // 60
    return f"{'-' if offset < dt.timedelta() else '+'}{minutes // 60:02}{minutes % 60:02}"


def distance(moved: dt.timedelta) -> str:
    """The length of a time in hours, as people say it."""
    minutes = abs(int(moved.total_seconds())) // 60
    hours, rest = divmod(minutes, 60)
    if not rest:
        return f"{hours} hour{'s' * (hours != 1)}"
    return f"{hours}:{rest:02} hours" if hours else f"{rest} minutes"


def day_in_url(day: dt.date, url: str) -> str:
    """The day as an address says it, digits in order with one separator: "2024/01/02"; "" where it does not."""
    text = f"{day:%Y-%m-%d}"
    if text[:4] not in url:
        return ""
    match = re.search(rf"(?<!\d){text[:4]}(?P<s>[-/._]?){text[5:7]}(?P=s){text[8:]}(?!\d)", url, re.A)
    return match[0] if match is not None else ""
