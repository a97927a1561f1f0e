"""What Ruby's YAML loader makes of a plain scalar, as far as dates and titles need it.

Psych's rules (lib/psych/scalar_scanner.rb of Psych 4.0.4, Ruby 3.1) are not PyYAML's; its timestamps are laxer. What
matters is that an unquoted full timestamp becomes a time **in UTC** before Jekyll sees it, and everything else is
handed to ``Time.parse`` as text, which takes the site's zone.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from postlint.regex import regex

__all__ = ["NULL", "Stamp", "is_false", "is_null", "is_true", "resolve_timestamp", "resolved_text", "ruby_string"]

_TEXT_FIRST = regex(r"[^\d.:-]?[^\W\d]|[^\d.:-]?[\s!@#$%^&*(){}<>|/\\~;=]", re.U)
_TIMESTAMP = regex(
    r"(-?\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt]|\s+)(\d{1,2}):(\d\d):(\d\d)(?:\.(\d*))?(?:\s*(Z|[-+]\d{1,2}:?(?:\d\d)?))?",
    re.A,
)
_DATE = regex(r"(\d{4})-(1[012]|0\d|\d)-([12]\d|3[01]|0\d|\d)", re.A)
_SEXAGESIMAL = regex(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9]){1,2}", re.A)
_FLOAT = regex(r"[-+]?(?:[0-9][0-9_,]*)?\.[0-9]*(?:[eE][-+][0-9]+)?", re.A)
_INTEGER = regex(r"[-+]?0b[0-1_,]+|[-+]?0[0-7_,]+|[-+]?(?:0|[1-9](?:[0-9]|,[0-9]|_[0-9])*)|[-+]?0x[0-9a-fA-F_,]+", re.A)
_NUMBER_LIKE = regex(f"{_SEXAGESIMAL.pattern}|{_INTEGER.pattern}|(?=.*[0-9])(?:{_FLOAT.pattern})", re.A)
_OFFSET = regex(r"([+-]?\d{1,2}):?(\d{1,2})?", re.A)

_LONGEST = 128
"""``Time.parse`` refuses more, whatever it is."""

NULL = frozenset({"", "~", "null", "Null", "NULL"})


def is_null(text: str) -> bool:
    """Whether a plain scalar is nothing."""
    return not text or text == "~" or text.lower() == "null"


def is_false(text: str) -> bool:
    return text.lower() in ("false", "no", "off")


def is_true(text: str) -> bool:
    return text.lower() in ("true", "yes", "on")


class Stamp(NamedTuple):
    """A timestamp: its instant (UTC), the time as written (rolled over where need be), whether an offset is written."""

    instant: dt.datetime
    written: dt.datetime
    has_offset: bool
    rolled: bool


def resolve_timestamp(text: str) -> Stamp | None:
    """What Psych reads as a time in a plain scalar; None where it reads none.

    Out-of-range numbers (month 13, an offset of a day or more) leave the text a text.
    """
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        return None
    groups = match.groups()
    year, month, day, hour, minute, second = map(int, groups[:6])
    if not (1 <= month <= 12 and 1 <= day <= 31 and hour <= 24 and minute <= 59 and second <= 60):
        return None
    if (hour == 24 and (minute or second)) or not 2 <= year <= 9998:
        return None
    rolled = False
    if day <= 28 and hour < 24 and second < 60:
        written = dt.datetime(year, month, day, hour, minute, second)
    else:
        written = dt.datetime(year, month, 1) + dt.timedelta(days=day - 1, hours=hour, minutes=minute, seconds=second)
        rolled = (written.month, written.hour, written.second) != (month, hour, second)
    zone = groups[7]
    if zone is None or zone == "Z":
        return Stamp(written.replace(tzinfo=dt.UTC), written, zone is not None, rolled)
    offset = _OFFSET.fullmatch(zone)
    if offset is None:
        return None
    hours, minutes = int(offset[1]), int(offset[2] or 0)
    seconds = hours * 3600 + (-minutes if hours < 0 else minutes) * 60
    if abs(seconds) >= 86400:
        return None
    at = written if not seconds else written - dt.timedelta(seconds=seconds)
    return Stamp(at.replace(tzinfo=dt.UTC), written, True, rolled)


def ruby_string(text: str) -> bool:
    """Whether a plain scalar is a string to Psych: no boolean, number, date, time or nothing."""
    if len(text) > _LONGEST or _TEXT_FIRST.match(text):
        return len(text) > 5 or not (is_null(text) or is_true(text) or is_false(text))
    return resolve_timestamp(text) is None and not (_DATE.fullmatch(text) or _NUMBER_LIKE.fullmatch(text))


def resolved_text(text: str) -> str:
    """``value.to_s`` of a plain scalar that is no timestamp: what ``Time.parse`` gets."""
    if len(text) > _LONGEST:
        return text
    if _TEXT_FIRST.match(text):
        if len(text) > 5:
            return text
        if is_null(text):
            return ""
        return "true" if is_true(text) else "false" if is_false(text) else text
    if (match := _DATE.fullmatch(text)) is not None:
        try:
            return dt.date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        except ValueError:
            return text
    if _SEXAGESIMAL.fullmatch(text):
        total = 0
        for place, number in enumerate(text.split(":")):
            total += int(number.replace("_", "")) * 60 ** abs(place - 2)
        return str(total)
    if _FLOAT.fullmatch(text) and any(character.isdigit() for character in text):
        try:
            return repr(float(text.replace(",", "").replace("_", "")))
        except (ValueError, OverflowError):
            return text
    if _INTEGER.fullmatch(text):
        return _integer(text.replace(",", "").replace("_", ""))
    return text


def _integer(text: str) -> str:
    sign = -1 if text.startswith("-") else 1
    digits = text.lstrip("+-").lower()
    try:
        if digits.startswith("0x"):
            return str(sign * int(digits, 16))
        if digits.startswith("0b"):
            return str(sign * int(digits, 2))
        if len(digits) > 1 and digits.startswith("0"):
            return str(sign * int(digits, 8))
        return str(sign * int(digits))
    except ValueError:
        return text
