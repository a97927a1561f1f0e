"""How Zola reads dates.

Sources: Zola 0.22, ``components/utils/src/de.rs`` (``from_unknown_datetime``, ``parse_yaml_datetime``),
``components/content/src/front_matter/page.rs`` (``parse_datetime``) and ``page.rs`` (dates in names).
"""

from __future__ import annotations

import datetime as dt
import re

from postlint.generators.base import DateOutcome, DateReading
from postlint.parse.front_matter import Node
from postlint.regex import regex

__all__ = ["name_date", "read_date", "without_date"]

FAILS = "Zola stops with an error and builds nothing"

_TOML = regex(r"(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|z|[-+]\d\d:\d\d)?)?", re.A)
_TOML_TIME = regex(r"\d\d:\d\d:\d\d(?:\.\d+)?", re.A)
_LOOSE = regex(
    r'"?(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d)(?::(\d\d)(?:\.\d{0,9})?)?'
    r'[ \t]*(Z|[-+]\d\d?(?::\d\d)?)?)?"?',
    re.A,
)


def read_date(node: Node, *, required: bool) -> DateReading:
    """A value of ``date`` or ``updated``: a date of TOML's, or a string. ``required``: Zola stops at what is none."""
    if node.kind != "scalar" or (node.style in ("plain", "bare") and isinstance(node.value, bool | int | float)):
        return _unread(DateOutcome.UNPARSABLE)
    text = node.text
    if node.value is None and not node.quoted:
        return _unread(DateOutcome.UNPARSABLE)
    match = _TOML.fullmatch(text)
    if match is not None:
        reading = _reading(match, loose=False)
        return reading if reading is not None else _unread(DateOutcome.IMPOSSIBLE)
    if _TOML_TIME.fullmatch(text):
        return _unread(DateOutcome.UNPARSABLE, FAILS if required else "Zola takes it for no date")
    match = _LOOSE.fullmatch(text)
    if match is None:
        return _unread(DateOutcome.UNPARSABLE)
    reading = _reading(match, loose=True)
    return reading if reading is not None else _unread(DateOutcome.IMPOSSIBLE)


def _unread(outcome: DateOutcome, effect: str = FAILS) -> DateReading:
    return DateReading(None, outcome, effect=effect)


def _reading(match: re.Match[str], *, loose: bool) -> DateReading | None:
    year, month, day, hour, minute, second = (int(group or 0) for group in match.groups()[:6])
    zone = match[7]
    try:
        written = dt.datetime(year, month, day, hour, minute, second)
        shown = dt.UTC if zone is None or zone in "Zz" else dt.timezone(_offset(zone))
        if loose and zone is not None and zone[0] == "-":
            # It begins with the last day of 1969, in that zone, and puts year, month and day in one by one.
            dt.date(year, month, 31)
        instant = written.replace(tzinfo=shown)
        instant.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None
    return DateReading(instant, DateOutcome.READ, "utc" if zone is None else "value", "", written, match[4] is not None)


def _offset(zone: str) -> dt.timedelta:
    hours, _, minutes = zone[1:].partition(":")
    if int(minutes or 0) > 59:
        raise ValueError(zone)
    offset = dt.timedelta(hours=int(hours), minutes=int(minutes or 0))
    return -offset if zone[0] == "-" else offset


_NAME = regex(
    r"(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))"
    r"(T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[-+](?:[01]\d|2[0-3]):[0-5]\d))?(?:\s?[-_](.+))?",
    re.A,
)


def name_date(name: str) -> dt.datetime | None:
    """The date that a file's or bundle's name begins with, whatever comes after it; None where there is no such day."""
    match = _NAME.match(name)
    if match is None:
        return None
    try:
        date = dt.datetime.fromisoformat(match[1] + (match[2] or ""))
    except ValueError:
        return None
    return date if date.tzinfo is not None else date.replace(tzinfo=dt.UTC)


def without_date(name: str) -> str:
    """The name without the date that it begins with, where something stands after it and ``-`` or ``_``."""
    match = _NAME.match(name)
    return match[3] if match is not None and match[3] else name
