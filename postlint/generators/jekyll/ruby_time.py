"""How Ruby reads a time from text: ``Time.parse``, and what it takes from ``Date._parse``.

Jekyll hands every date to ``Time.parse(value.to_s).localtime`` (lib/jekyll/utils.rb of 4.3.1). That reader takes almost
anything: it looks for a time of day, takes it out, then looks for one of a dozen shapes of a day in what is left, and
ignores the rest. This is a description of that behaviour, compared in the tests with Ruby 3.1 (date 3.2.2) on thousands
of texts; it is no translation of its source.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from postlint.generators.zones import in_zone
from postlint.regex import regex

__all__ = ["Parts", "TimeError", "TimeParse", "find_parts", "parse_time", "zone_offset"]

_LIMIT = 128
"""Longer texts are refused."""

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTH_NUMBER = {name: str(number) for number, name in enumerate(_MONTHS.split("|"), 1)}
_ERA = r"(?P<era>(?:ce|c\.e\.|bce|b\.c\.e\.|ad|a\.d\.|bc|b\.c\.))?"

_OTHER = regex(r"[^-+',./:@\[\]\w]+|_+")
_DAY_NAME = regex(r"\b(?:sun|mon|tue|wed|thu|fri|sat)[^-/\d\s]*", re.I | re.A)
_TIME = regex(
    r"""
    (?P<time>
        (?: \d+\s*:\s*\d+ (?: \s*:\s*\d+ (?:[,.]\d*)? )?
          | \d+\s*h (?: \s*\d+m? (?:\s*\d+s?)? )?
        )
        (?: \s* [ap](?:m\b|\.m\.) )?
      | \d+\s*[ap](?:m\b|\.m\.)
    )
    (?: \s*
        (?P<zone>
            (?:gmt|utc?)?[-+]\d+(?:[,.:]\d+(?::\d+)?)?
          | [A-Za-z.\s]+(?:standard|daylight)\stime\b
          | [A-Za-z]+(?:\sdst)?\b
        )
    )?
    """,
    re.I | re.A | re.X,
)
_TIME_PARTS = regex(
    r"(?P<hour>\d+)h?(?:\s*:?\s*(?P<minute>\d+)m?(?:\s*:?\s*(?P<second>\d+)(?:[,.](?P<fraction>\d+))?s?)?)?"
    r"(?:\s*(?P<half>[ap])(?:m\b|\.m\.))?",
    re.I | re.A,
)

# The shapes of a day, in the order in which they are tried. ``needs``: characters without which a shape is not tried
# (a: a letter, 0: a digit).
_SHAPES: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (
        "named",
        "a0",
        regex(
            rf"(?P<d>'?\d+)[^-\d\s]*\s*(?P<name>{_MONTHS})[^-\d\s']*"
            rf"(?:\s*{_ERA}\s*(?P<y>'?-?\d+(?:(?:st|nd|rd|th)\b)?))?",
            re.I | re.A,
        ),
    ),
    (
        "named",
        "a0",
        regex(
            rf"\b(?P<name>{_MONTHS})[^-\d\s']*\s*(?P<d>'?\d+)[^-\d\s']*(?:\s*,?\s*{_ERA}\s*(?P<y>'?-?\d+))?",
            re.I | re.A,
        ),
    ),
    ("ymd", "0-", regex(r"(?P<y>'?[-+]?\d+)-(?P<m>\d+)-(?P<d>'?-?\d+)", re.A)),
    ("era", "0.", regex(r"\b(?P<e>[mtsh])(?P<y>\d+)\.(?P<m>\d+)\.(?P<d>\d+)", re.I | re.A)),
    (
        "named",
        "a0-",
        regex(rf"(?P<d>'?-?\d+)-(?P<name>{_MONTHS})[^-/.]*-(?P<y>'?-?\d+)", re.I | re.A),
    ),
    (
        "named",
        "a0-",
        regex(rf"\b(?P<name>{_MONTHS})[^-/.]*-(?P<d>'?-?\d+)(?:-(?P<y>'?-?\d+))?", re.I | re.A),
    ),
    ("ymd", "0/", regex(r"(?P<y>'?-?\d+)/\s*(?P<m>'?\d+)(?:\D\s*(?P<d>'?-?\d+))?", re.A)),
    ("ymd", "0.", regex(r"(?P<y>'?-?\d+)\.\s*(?P<m>'?\d+)\.\s*(?P<d>'?-?\d+)", re.A)),
    ("week", "0", regex(r"\b(?:\d{2}|\d{4})?-?w\d{2}(?:-?\d)?\b", re.I | re.A)),
    ("week", "0", regex(r"-w-\d\b", re.I | re.A)),
    ("numbers", "0", regex(r"--(?P<mon>\d{2})?-(?P<mday>\d{2})\b", re.A)),
    ("numbers", "0", regex(r"--(?P<mon>\d{2})(?P<mday>\d{2})?\b", re.A)),
    ("numbers", "0", regex(r"(?<![,.])\b(?P<year>\d{2}|\d{4})-(?P<yday>\d{3})\b", re.A)),
    ("day-of-year", "0", regex(r"\b-(?P<yday>\d{3})\b", re.A)),
    ("numbers", "0", regex(r"'(?P<year>\d+)\b", re.A)),
    ("month", "a", regex(rf"\b(?P<name>{_MONTHS})\S*", re.I | re.A)),
    ("numbers", "0", regex(r"(?P<mday>\d+)(?:st|nd|rd|th)\b", re.I | re.A)),
    (
        "run",
        "0",
        regex(
            r"(?P<sign>[-+]?)(?P<digits>\d{2,14})"
            r"(?:\s*t?\s*(?P<time>\d{2,6})?(?:[,.](?P<fraction>\d*))?)?"
            r"(?:\s*(?P<zone>z\b|[-+]\d{1,4}\b|\[[-+]?\d[^\]]*\]))?",
            re.I | re.A,
        ),
    ),
)
_FOLLOWED_DAY_OF_YEAR = regex(r"[,.](?:\d{2}|\d{4})-\d{3}\b", re.A)
_NUMBER_THEN_DAY_OF_YEAR = regex(r"\d-\d{3}\b", re.A)
_BEFORE_CHRIST = regex(r"\b(?:bce?\b|b\.c\.(?:e\.)?)", re.I | re.A)
_LONE_NUMBER = regex(r"\s*(\d{1,2})\s*", re.A)
_SIGN_OR_DIGIT = regex(r"[-+\d]", re.A)
_INTEGER = regex(r"[-+]?\d*", re.A)
_DIGITS = regex(r"\d+", re.A)
_USUAL = regex(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2}))?(?: ?([-+]\d\d:?\d\d))?)?", re.A)
"""What nearly every date looks like, so that it need not go the long way."""

_ERAS = {"m": 1867, "t": 1911, "s": 1925, "h": 1988}

_NAMED_ZONES = {
    "UTC": 0, "Z": 0, "UT": 0, "GMT": 0,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "A": 1, "B": 2, "C": 3, "D": 4, "E": 5, "F": 6, "G": 7, "H": 8, "I": 9, "K": 10, "L": 11, "M": 12,
    "N": -1, "O": -2, "P": -3, "Q": -4, "R": -5, "S": -6, "T": -7, "U": -8, "V": -9, "W": -10, "X": -11, "Y": -12,
}  # fmt: skip
"""Hours east of UTC. The names of RFC 822; so ``CST`` is Chicago's, never China's. (lib/time.rb of Ruby 3.1.)"""

_NUMERIC_ZONE = regex(r"([+-])(\d\d)(?:(:?)(\d\d)(?:\3(\d\d))?)?", re.A)


class TimeError(ValueError):
    """``Time.parse`` raises ArgumentError. ``impossible``: the form is right, a number is out of range."""

    def __init__(self, words: str, *, impossible: bool = False) -> None:
        super().__init__(words)
        self.impossible = impossible


@dataclass(slots=True)
class Parts:
    """What is found in a text; None for what is not there. ``rest`` is what was looked at and not used."""

    year: int | None = None
    mon: int | None = None
    mday: int | None = None
    yday: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    fraction: str | None = None
    zone: str = ""
    rest: str = ""
    whole_year: bool = field(default=False, repr=False)
    """The year is as written: not two digits to which a century is added."""


class TimeParse(NamedTuple):
    """What ``Time.parse`` makes of a text.

    Attributes:
        instant: in the given zone.
        written: the date and time in the text, before any zone, rolled over where that is needed.
        rolled: there is no such day (or it is 24:00 or has a 60th second), so a later one is taken.
        guessed: which parts come from the clock, the largest first ("year", "month", "day"): then ``instant`` is of no
            use.
        zone: the text that decided the offset; "" where the local zone did.
        ignored: a part of the text that means something to a reader and nothing to Ruby; "" for none.
        has_time: a time of day was found.
    """

    instant: dt.datetime
    written: dt.datetime
    rolled: bool
    guessed: tuple[str, ...]
    zone: str
    ignored: str
    has_time: bool


def find_parts(text: str) -> Parts:
    """The parts of a date and time in ``text``, as ``Date._parse`` finds them.

    Raises:
        TimeError: the text is too long.
    """
    if len(text) > _LIMIT:
        raise TimeError("longer than 128 characters")
    parts = Parts()
    rest = _OTHER.sub(" ", text)
    rest = _DAY_NAME.sub(" ", rest, 1)
    match = _TIME.search(rest)
    if match is not None:
        _take_time(parts, match)
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    classes = _classes(rest)
    for kind, needs, pattern in _SHAPES:
        if not all(need in classes for need in needs):
            continue
        if kind == "numbers" and "yday" in pattern.groupindex and _FOLLOWED_DAY_OF_YEAR.search(rest):
            continue
        if kind == "day-of-year" and _NUMBER_THEN_DAY_OF_YEAR.search(rest):
            continue
        match = pattern.search(rest)
        if match is not None:
            _take_day(parts, kind, match)
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
            break
    if (match := _BEFORE_CHRIST.search(rest)) is not None:
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
        if parts.year is not None:
            parts.year = 1 - parts.year
    if (match := _LONE_NUMBER.fullmatch(rest)) is not None:
        number = int(match[1])
        rest = ""
        if parts.hour is not None and parts.mday is None and 1 <= number <= 31:
            parts.mday = number
        if parts.mday is not None and parts.hour is None and number <= 24:
            parts.hour = number
    if parts.year is not None and not parts.whole_year and 0 <= parts.year <= 99:
        parts.year += 1900 if parts.year >= 69 else 2000
    parts.rest = " ".join(rest.split())
    return parts


def _classes(text: str) -> set[str]:
    found = {character for character in "-./" if character in text}
    if any(character.isascii() and character.isalpha() for character in text):
        found.add("a")
    if _DIGITS.search(text):
        found.add("0")
    return found


def _take_time(parts: Parts, match: re.Match[str]) -> None:
    parts.zone = match["zone"] or ""
    time = _TIME_PARTS.match(match["time"])
    if time is None:  # pragma: no cover - the one pattern is a widening of the other
        return
    hour = int(time["hour"])
    if time["half"]:
        hour = hour % 12 + (12 if time["half"] in "pP" else 0)
    parts.hour = hour
    if time["minute"] is not None:
        parts.minute = int(time["minute"])
    if time["second"] is not None:
        parts.second = int(time["second"])
    parts.fraction = time["fraction"]


def _take_day(parts: Parts, kind: str, match: re.Match[str]) -> None:
    if kind == "named":
        _arrange(parts, match["y"], _MONTH_NUMBER[match["name"].lower()], match["d"])
        if "era" in match.re.groupindex and (match["era"] or "").lower().startswith("b") and parts.year is not None:
            parts.year = 1 - parts.year
            parts.whole_year = parts.whole_year or parts.year < 0
    elif kind == "ymd":
        _arrange(parts, match["y"], match["m"], match["d"])
    elif kind == "era":
        parts.year = int(match["y"]) + _ERAS[match["e"].lower()]
        parts.mon, parts.mday = int(match["m"]), int(match["d"])
    elif kind in ("numbers", "day-of-year"):
        for name, value in match.groupdict().items():
            if value is not None:
                setattr(parts, name, int(value))
    elif kind == "month":
        parts.mon = int(_MONTH_NUMBER[match["name"].lower()])
    elif kind == "run":
        _take_run(parts, match)
    # A week tells Time nothing: it has no use for week years.


def _arrange(parts: Parts, y: str | None, m: str | None, d: str | None) -> None:
    """Which of three numbers is the year: the one with an apostrophe or more than two digits, else the first."""
    if y is not None and m is not None and d is None:
        y, m, d = None, y, m
    if y is None and d is not None and (len(d) > 2 or d.startswith("'")):
        y, d = d, None
    if y is not None and (start := _SIGN_OR_DIGIT.search(y)) is not None:
        number = _INTEGER.match(y, start.start())
        assert number is not None
        if number.end() < len(y):
            y, d = d, number[0]
    if m is not None and (m.startswith("'") or len(m) > 2):
        y, m, d = m, d, y
    if d is not None and (d.startswith("'") or len(d) > 2):
        y, d = d, y
    if y is not None and (start := _SIGN_OR_DIGIT.search(y)) is not None:
        number = _INTEGER.match(y, start.start())
        assert number is not None
        digits = number[0].lstrip("+-")
        parts.whole_year = number[0] != digits or len(digits) > 2
        parts.year = int(number[0]) if digits else 0
    if m is not None and (found := _DIGITS.search(m)) is not None:
        parts.mon = int(found[0])
    if d is not None and (found := _DIGITS.search(d)) is not None:
        parts.mday = int(found[0])


_RUNS_FROM_LEFT = {
    2: (("mday", 2),),
    3: (("yday", 3),),
    4: (("mon", 2), ("mday", 2)),
    5: (("year", 2), ("yday", 3)),
    6: (("year", 2), ("mon", 2), ("mday", 2)),
    7: (("year", 4), ("yday", 3)),
    8: (("year", 4), ("mon", 2), ("mday", 2)),
    10: (("year", 4), ("mon", 2), ("mday", 2), ("hour", 2)),
    12: (("year", 4), ("mon", 2), ("mday", 2), ("hour", 2), ("minute", 2)),
    14: (("year", 4), ("mon", 2), ("mday", 2), ("hour", 2), ("minute", 2), ("second", 2)),
}
"""A run of so many digits is read as these fields of so many digits each."""

_FROM_RIGHT = ("second", "minute", "hour", "mday", "mon", "year")


def _take_run(parts: Parts, match: re.Match[str]) -> None:
    digits, time, fraction = match["digits"], match["time"], match["fraction"]
    if time is None and fraction is not None:
        # A fraction follows at once, so the run ends with seconds and is read from the right.
        _take_from_right(parts, digits)
    else:
        at = 0
        for name, width in _RUNS_FROM_LEFT.get(len(digits), ()):
            setattr(parts, name, int(digits[at : at + width]))
            at += width
    if match["sign"] == "-" and parts.year is not None:
        parts.year = -parts.year
    if len(digits) == 14 or (len(digits) in (8, 10, 12) and not (time is None and fraction is not None)):
        parts.whole_year = True
    if time is not None and len(time) in (2, 4, 6):
        pairs = [int(time[at : at + 2]) for at in range(0, len(time), 2)]
        names = ("second", "minute", "hour") if fraction is not None else ("hour", "minute", "second")
        for name, value in zip(names, reversed(pairs) if fraction is not None else pairs, strict=False):
            setattr(parts, name, value)
    if fraction is not None:
        parts.fraction = fraction
    if match["zone"] is not None:
        zone = match["zone"]
        parts.zone = zone[1:-1].rpartition(":")[2] if zone.startswith("[") else zone


def _take_from_right(parts: Parts, digits: str) -> None:
    if len(digits) in (9, 11, 13):
        return
    end = len(digits)
    for name in _FROM_RIGHT:
        if end <= 0:
            return
        width = 4 if name == "year" and len(digits) == 14 else 2
        setattr(parts, name, int(digits[max(0, end - width) : end]))
        end -= width


def zone_offset(name: str, year: int, zone: dt.tzinfo) -> int | None:
    """The seconds east of UTC that Ruby takes for the name of a zone; None for one it ignores.

    ``year`` and ``zone`` are for the abbreviations of the local zone, in winter and in summer.
    """
    name = name.upper()
    if (match := _NUMERIC_ZONE.fullmatch(name)) is not None:
        sign = -1 if match[1] == "-" else 1
        return sign * ((int(match[2]) * 60 + int(match[4] or 0)) * 60 + int(match[5] or 0))
    if (hours := _NAMED_ZONES.get(name)) is not None:
        return hours * 3600
    if 1 <= year <= 9999:
        for month in (1, 7):
            at = dt.datetime(year, month, 1, tzinfo=zone)
            if (at.tzname() or "").upper() == name:
                return int((at.utcoffset() or dt.timedelta()).total_seconds())
    return None


def parse_time(text: str, zone: dt.tzinfo, now: dt.datetime | None = None) -> TimeParse:
    """What ``Time.parse(text).localtime`` gives in a zone.

    ``now`` stands in for parts that the text lacks (see :attr:`TimeParse.guessed`); any fixed instant does where they
    are only asked for.

    Raises:
        TimeError: Ruby raises ArgumentError.
    """
    usual = _usual(text, zone)
    if usual is not None:
        return usual
    parts = find_parts(text)
    if (
        all(
            value is None
            for value in (parts.year, parts.yday, parts.mon, parts.mday, parts.hour, parts.minute, parts.second)
        )
        and not parts.fraction
    ):
        raise TimeError("no date in it")
    clock = (now or dt.datetime(2000, 1, 15, tzinfo=dt.UTC)).astimezone(zone)
    guessed: list[str] = []
    year, mon, mday = parts.year, parts.mon, parts.mday
    if parts.yday is not None:
        if not 1 <= parts.yday <= 366:
            raise TimeError("there is no such day of the year", impossible=True)
        if year is None:
            guessed.append("year")
            year = clock.year
        day = dt.date(min(max(year, 1), 9999), 1, 1) + dt.timedelta(days=parts.yday - 1)
        mon, mday = day.month, day.day
    if year is None:
        guessed.append("year")
        year = clock.year
        if mon is None:
            guessed.append("month")
            mon = clock.month
            if mday is None:
                guessed.append("day")
                mday = clock.day
    mon = 1 if mon is None else mon
    mday = 1 if mday is None else mday
    hour, minute, second = parts.hour or 0, parts.minute or 0, parts.second or 0
    offset = zone_offset(parts.zone, year, zone) if parts.zone else None
    ignored = _ignored(parts, known_zone=offset is not None)
    fields = (year, mon, mday, hour, minute, second)
    if offset is None:
        local, rolled = _checked(fields)
        written, instant = local, in_zone(local, zone)
    else:
        at, rolled = _checked(_less_offset(fields, offset))
        if abs(offset) >= 86400 and offset != clock.utcoffset():
            raise TimeError("an offset of a day or more", impossible=True)
        instant = at.replace(tzinfo=dt.UTC).astimezone(zone)
        written = at + dt.timedelta(seconds=offset)
        rolled = rolled or (written.month, written.day, written.hour) != (mon, mday, hour)
    return TimeParse(
        instant,
        written,
        rolled,
        tuple(guessed),
        parts.zone if offset is not None else "",
        ignored,
        parts.hour is not None,
    )


def _ignored(parts: Parts, *, known_zone: bool) -> str:
    """What says something to a reader and was not used: numbers, and names of zones that Ruby does not know.

    Words alone are none of it: people write "2 January at 8pm".
    """
    rest = parts.rest if _DIGITS.search(parts.rest) else ""
    if not parts.zone or known_zone:
        return rest
    if parts.rest.startswith("/"):
        return parts.zone + parts.rest
    return f"{parts.zone} {rest}".strip() if parts.zone.isupper() or _DIGITS.search(parts.zone) else rest


def _usual(text: str, zone: dt.tzinfo) -> TimeParse | None:
    """The short way for a date of the usual form with nothing out of range."""
    match = _USUAL.fullmatch(text)
    if match is None:
        return None
    year, mon, mday, hour, minute, second = (int(group or 0) for group in match.groups()[:6])
    if not (32 <= year <= 9998 and 1 <= mon <= 12 and 1 <= mday <= 28 and hour < 24 and minute < 60 and second < 60):
        return None
    written = dt.datetime(year, mon, mday, hour, minute, second)
    numeric = match[7]
    if numeric is None:
        return TimeParse(in_zone(written, zone), written, False, (), "", "", match[4] is not None)
    if numeric[1:3] > "23" or numeric[-2:] > "59":
        return None
    offset = dt.timedelta(hours=int(numeric[1:3]), minutes=int(numeric[-2:]))
    at = written + offset if numeric[0] == "-" else written - offset
    return TimeParse(at.replace(tzinfo=dt.UTC).astimezone(zone), written, False, (), numeric, "", True)


_Fields = tuple[int, int, int, int, int, int]


def _checked(fields: _Fields) -> tuple[dt.datetime, bool]:
    """The time of year, month, day, hour, minute and second, and whether a later one had to be taken.

    The ranges are ``Time.local``'s and ``Time.utc``'s: days to 31 in any month, 24:00:00, a 60th second.
    """
    year, mon, mday, hour, minute, second = fields
    if not 1 <= mon <= 12 or not 1 <= mday <= 31:
        raise TimeError("there is no such day", impossible=True)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise TimeError("there is no such time of day", impossible=True)
    if not 2 <= year <= 9998:
        raise TimeError("out of the range of years")
    day = dt.datetime(year, mon, 1) + dt.timedelta(days=mday - 1)
    rolled = day.month != mon or hour == 24 or second == 60
    return day + dt.timedelta(hours=hour, minutes=minute, seconds=second), rolled


def _less_offset(fields: _Fields, offset: int) -> _Fields:
    """The same time without its offset, as Ruby takes it off *before* it checks any range.

    So 25:00 +0800 passes (it is 17:00), 25:00 +0000 does not; and a day after the last of its month is always the first
    of the next.
    """
    year, mon, mday, hour, minute, second = fields
    sign = -1 if offset < 0 else 1
    left, part = divmod(abs(offset), 60)
    if part:
        carry, second = divmod(second - sign * part, 60)
        left -= sign * carry
    left, part = divmod(left, 60)
    if part:
        carry, minute = divmod(minute - sign * part, 60)
        left -= sign * carry
    left, part = divmod(left, 24)
    if part:
        carry, hour = divmod(hour - sign * part, 24)
        left -= sign * carry
    if not left:
        return year, mon, mday, hour, minute, second
    mday -= sign * left
    if sign < 0 and mon <= 12 and mday > _days_in(year, mon):
        mday = 1
        year, mon = (year + 1, 1) if mon == 12 else (year, mon + 1)
    elif sign > 0 and mday < 1:
        year, mon = (year - 1, 12) if mon == 1 else (year, mon - 1)
        mday = _days_in(year, mon) if 1 <= mon <= 12 else mday
    return year, mon, mday, hour, minute, second


def _days_in(year: int, mon: int) -> int:
    if mon == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if mon in (4, 6, 9, 11) else 31
