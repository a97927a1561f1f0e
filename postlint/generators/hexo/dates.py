"""How Hexo reads a date: js-yaml where it is unquoted and looks like one, JavaScript's ``new Date`` else.

Measured with Hexo 8.1 on Node 20. Hexo prints addresses in the zone of the machine that builds, whatever ``timezone``
says; what is said here holds where the machine's zone is the site's.
"""

from __future__ import annotations

import datetime as dt
import re

from postlint.generators.base import DateOutcome, DateReading, ZoneFrom
from postlint.generators.hexo.values import Stamp, js_value, rolled_over, truthy
from postlint.generators.zones import in_zone_as_go
from postlint.parse.front_matter import Node
from postlint.regex import regex

__all__ = ["read_date"]

_STAMP = regex(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]|[ \t]+)(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d*)?)?"
    r"(?:[ \t]*(Z|[-+]\d{1,2}(?::?\d\d)?))?)?",
    re.A,
)
_UTC_DAY = regex(r"\d{4}-\d\d-\d\d", re.A)
_NUMERIC = regex(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d+):(\d+)(?::(\d+))?)?", re.A)
_LONGEST = 200
_LATEST = 8.64e15
_FALLS_BACK = "Hexo ignores it and takes the time at which the file was made, so the post moves with every checkout"
_NOTHING = DateReading(None, DateOutcome.NONE)


def read_date(node: Node, zone: dt.tzinfo, declared: bool, *, json: bool = False) -> DateReading:
    """What becomes of the value of ``date`` or ``updated``.

    Args:
        node: the value.
        zone: the site's, and the machine's.
        declared: whether the site says which it is.
        json: the front matter is JSON.
    """
    if node.kind != "scalar":
        return _NOTHING
    value = js_value(node, json=json)
    if not truthy(value):
        return _NOTHING
    local: ZoneFrom = "site" if declared else "machine"
    match value:
        case Stamp():
            return _of_stamp(value, zone, local)
        case str():
            return _of_text(value.strip(), zone, local)
        case int() | float() if abs(value) <= _LATEST / 100:
            instant = (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=float(value))).astimezone(
                zone
            )
            effect = f"Hexo takes it for milliseconds since 1970: {instant:%Y-%m-%d %H:%M}"
            return DateReading(instant, DateOutcome.MISREAD, "utc", effect)
    return _NOTHING


def _of_stamp(stamp: Stamp, zone: dt.tzinfo, local: ZoneFrom) -> DateReading:
    """js-yaml turns it into UTC, and hexo-front-matter takes the wall clock of UTC for the machine's."""
    if stamp.utc is None or stamp.written is None or not 2 <= stamp.utc.year <= 9998:
        return _NOTHING
    offset = stamp.utc.astimezone(zone).utcoffset() or dt.timedelta()
    instant = (stamp.utc - offset).astimezone(zone)
    outcome = DateOutcome.ROLLED_OVER if stamp.rolled else DateOutcome.READ
    effect = f"Hexo takes {instant:%Y-%m-%d %H:%M} instead" if stamp.rolled else ""
    return DateReading(instant, outcome, local, effect, stamp.written, stamp.has_time)


def _of_text(text: str, zone: dt.tzinfo, local: ZoneFrom) -> DateReading:
    if len(text) > _LONGEST:
        return _NOTHING
    match = _STAMP.fullmatch(text)
    if match is None:
        return _lenient(text)
    year, month, day, hour, minute, second = (int(group or 0) for group in match.groups()[:6])
    if not 100 <= year <= 9990:
        return _NOTHING
    # 30 February rolls over in JavaScript; a 13th month or a 25th hour is an invalid date.
    possible = 1 <= month <= 12 and 1 <= day <= 31 and hour <= 24 and minute <= 59 and second <= 59
    if not possible or (hour == 24 and (minute or second)):
        return DateReading(None, DateOutcome.IMPOSSIBLE, effect=_FALLS_BACK)
    written, rolled = rolled_over((year, month, day, hour, minute, second))
    if written is None:
        return _NOTHING
    offset = match[7]
    source: ZoneFrom = local
    if offset is not None and offset != "Z":
        digits = offset[1:].replace(":", "")
        hours, minutes = (
            (int(digits[:2]), int(digits[2:] or 0)) if len(digits) != 3 else (int(digits[0]), int(digits[1:]))
        )
        ahead = dt.timedelta(hours=hours, minutes=minutes) * (-1 if offset[0] == "-" else 1)
        instant = (written - ahead).replace(tzinfo=dt.UTC).astimezone(zone)
        source = "value"
    elif offset == "Z" or _UTC_DAY.fullmatch(text):
        instant = written.replace(tzinfo=dt.UTC).astimezone(zone)
        source = "value" if offset else "utc"
    else:
        instant = in_zone_as_go(written, zone)
    outcome = DateOutcome.ROLLED_OVER if rolled else DateOutcome.READ
    effect = f"Hexo takes {instant:%Y-%m-%d %H:%M} instead" if rolled else ""
    return DateReading(instant, outcome, source, effect, written, match[4] is not None)


def _lenient(text: str) -> DateReading:
    """What ``new Date(text)`` refuses for sure; of the rest nothing is claimed."""
    match = _NUMERIC.match(text)
    if match is not None:
        numbers = [int(group or 0) for group in match.groups()]
        if not (1 <= numbers[1] <= 12 and 1 <= numbers[2] <= 31 and numbers[3] <= 24 and numbers[4] <= 59):
            return DateReading(None, DateOutcome.IMPOSSIBLE, effect=_FALLS_BACK)
    if any(not character.isascii() for character in text) or not any(character.isdigit() for character in text):
        return DateReading(None, DateOutcome.UNPARSABLE, effect=_FALLS_BACK)
    return _NOTHING
