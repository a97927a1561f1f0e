"""How Hugo reads a date: a list of layouts, tried in order (spf13/cast). Measured with Hugo 0.168.

Nothing is lenient but the number of blanks and of the hour's digits: ``2024-01-02 20:00``, ``2024/01/02`` and 30
February are no dates. What names its zone only by letters (``… EST``) is taken in the site's zone.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from postlint.generators.base import DateOutcome, DateReading, ZoneFrom
from postlint.generators.zones import in_zone_as_go, site_zone
from postlint.parse.front_matter import Node
from postlint.regex import regex

__all__ = ["read"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YMD = r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"
_HMS = r"(?P<H>\d{1,2}):(?P<M>\d\d):(?P<S>\d\d)(?:[.,](?P<f>\d+))?"
_OFFSET = r"(?P<z>[-+]\d\d:?\d\d)"
_NAME = r"(?:[A-Z]{3,5}|[-+]\d\d(?:\d\d)?|GMT[-+]\d{1,2})"
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_LONG_DAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_MON = r"(?P<b>[A-Za-z]{3})"

_LAYOUTS = tuple(
    regex(layout, re.A | re.I if "<b>" in layout else re.A)
    for layout in (
        _YMD,
        rf"{_YMD}T{_HMS}(?:(?P<Z>Z)|{_OFFSET})?",
        rf"{_YMD} +{_HMS}(?:(?P<Z>Z)| *{_OFFSET}(?: +{_NAME})?)?",
        rf"{_DAY}, +(?P<d>\d\d) +{_MON} +(?P<y>\d{{4}}) +{_HMS} +(?:{_OFFSET}|{_NAME})",
        rf"(?P<d>\d\d) +{_MON} +(?P<y>\d\d) +(?P<H>\d\d):(?P<M>\d\d) +(?:{_OFFSET}|{_NAME})",
        rf"{_LONG_DAY}, +(?P<d>\d\d)-{_MON}-(?P<y>\d\d) +{_HMS} +{_NAME}",
        rf"{_DAY} +{_MON} +(?P<d>\d{{1,2}}) +{_HMS} +(?:(?:{_OFFSET}|{_NAME}) +)?(?P<y>\d{{4}})",
        rf"(?P<d>\d\d) +{_MON} +(?P<y>\d{{4}})",
        rf"{_MON} +(?P<d>\d{{1,2}}) +{_HMS}",
        r"(?P<H>\d{1,2}):(?P<M>\d\d)(?P<p>AM|PM)",
    )
)
_FORM = regex(r"\s*\d{4}-\d{1,2}-\d{1,2}(?:[T ]\s*\d{1,2}:\d\d(?::\d\d)?.*)?", re.A | re.S)
_INTEGER = regex(r"[-+]?\d+", re.A)

_LONGEST = 100
"""No layout takes a longer text, but for digits of the second's fraction."""
_FAILS = "Hugo reports an error and the build fails; old releases take the year 1 without a word"


def read(node: Node, zone_name: str | None) -> DateReading:
    if node.kind != "scalar":
        return DateReading(None, DateOutcome.UNPARSABLE, effect=_FAILS)
    quoted = node.quoted
    if (quoted and not node.text) or (not quoted and node.value is None):
        return DateReading(None, DateOutcome.NONE)
    return _read(node.text, quoted, zone_name)


@lru_cache(maxsize=512)
def _read(text: str, quoted: bool, zone_name: str | None) -> DateReading:
    if len(text) > _LONGEST:
        return DateReading(None, DateOutcome.UNPARSABLE, effect=_FAILS)
    if not quoted and _INTEGER.fullmatch(text):
        return _unix(text)
    for layout in _LAYOUTS:
        match = layout.fullmatch(text)
        if match is not None:
            return _matched(match, zone_name)
    outcome = DateOutcome.IMPOSSIBLE if _out_of_range(text) else DateOutcome.UNPARSABLE
    return DateReading(None, outcome, effect=_FAILS)


def _unix(text: str) -> DateReading:
    try:
        instant = dt.datetime.fromtimestamp(int(text), dt.UTC)
    except (ValueError, OverflowError, OSError):
        return DateReading(None, DateOutcome.NONE, "value")
    if len(text) <= 8:
        effect = f"Hugo counts it as seconds since 1970 and takes {instant:%Y-%m-%d}"
        return DateReading(instant, DateOutcome.MISREAD, "value", effect, instant.replace(tzinfo=None), True)
    return DateReading(instant, DateOutcome.READ, "value", "", instant.replace(tzinfo=None), True)


def _matched(match: re.Match[str], zone_name: str | None) -> DateReading:
    groups = match.groupdict()
    if groups.get("y") is None:
        return DateReading(None, DateOutcome.GUESSED, effect="Hugo takes the year 0", has_time=True)
    year = int(groups["y"])
    if len(groups["y"]) == 2:
        year += 1900 if year >= 69 else 2000
    name = groups.get("b")
    try:
        month = _MONTHS.index(name.lower()) + 1 if name is not None else int(groups["m"])
        written = dt.datetime(
            year,
            month,
            int(groups["d"]),
            int(groups.get("H") or 0),
            int(groups.get("M") or 0),
            int(groups.get("S") or 0),
        )
    except ValueError:
        return DateReading(None, DateOutcome.IMPOSSIBLE, effect=_FAILS)
    has_time = groups.get("H") is not None
    offset = groups.get("z")
    if groups.get("Z"):
        return DateReading(written.replace(tzinfo=dt.UTC), DateOutcome.READ, "value", "", written, True)
    if offset is not None:
        hours, minutes = int(offset[1:3]), int(offset[-2:])
        if hours > 24 or minutes > 60:
            return DateReading(None, DateOutcome.IMPOSSIBLE, effect=_FAILS)
        delta = dt.timedelta(hours=hours, minutes=minutes)
        if delta >= dt.timedelta(hours=24):  # Go takes it; Python has no such zone
            return DateReading(None, DateOutcome.NONE, "value")
        zone = dt.timezone(-delta if offset[0] == "-" else delta)
        return DateReading(written.replace(tzinfo=zone), DateOutcome.READ, "value", "", written, True)
    source: ZoneFrom = "site" if zone_name else "utc"
    if not 2 <= year <= 9998:  # beyond what Python counts in another zone
        return DateReading(None, DateOutcome.NONE, source, "", written, has_time)
    instant = in_zone_as_go(written, site_zone(zone_name))
    return DateReading(instant, DateOutcome.READ, source, "", written, has_time)


def _out_of_range(text: str) -> bool:
    """The form is one of Hugo's, so it is a number that is wrong."""
    if not _FORM.fullmatch(text):
        return False
    numbers = [int(number) for number in re.findall(r"\d+", text)[:6]]
    year, month, day, hour, minute, second = (*numbers, 0, 0, 0)[:6]
    try:
        dt.datetime(year, month, day, hour, minute, second)
    except ValueError:
        return True
    return False
