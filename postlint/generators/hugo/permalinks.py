"""Addresses from the templates of ``permalinks``. Measured with Hugo 0.168."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from postlint.regex import regex

__all__ = ["Names", "expand"]

_TOKEN = regex(r":(\w+)(\[.+?\])?", re.A)
_SLICE = regex(r"\[(?:(last)|(\d+)|(\d*|last):(\d*|last))\]")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_GO_DATE = regex(r"2006|06|01|02|15|04|05|Jan(?:uary)?|Mon(?:day)?")
_STRFTIME = {
    "2006": "%Y", "06": "%y", "01": "%m", "02": "%d", "15": "%H", "04": "%M", "05": "%S",
    "Jan": "%b", "January": "%B", "Mon": "%a", "Monday": "%A",
}  # fmt: skip


class Names(NamedTuple):
    """What the tokens stand for, as they stand in addresses.

    Attributes:
        sections: the names of the sections above the page, the top one first.
        title, slug: ``slug`` is "" where the front matter has none.
        filename: without suffix and language; of a bundle its folder's.
        date: None where the page has none.
    """

    sections: tuple[str, ...]
    title: str
    slug: str
    filename: str
    date: dt.datetime | None


def expand(template: str, names: Names) -> str:
    """The address, without leading or trailing slashes; "" where it asks for something not known here."""
    out: list[str] = []
    at = 0
    for match in _TOKEN.finditer(template):
        value = _value(match[1], match[2] or "", names)
        if value is None:
            return ""
        out += [template[at : match.start()], value]
        at = match.end()
    return re.sub(r"/{2,}", "/", "".join([*out, template[at:]])).strip("/")


def _value(token: str, part: str, names: Names) -> str | None:
    if token == "sections":
        return "/".join(_sliced(names.sections, part)) if part else "/".join(names.sections)
    plain = {
        "section": names.sections[0] if names.sections else "",
        "title": names.title,
        "slug": names.slug or names.title,
        "slugorfilename": names.slug or names.filename,
        "slugorcontentbasename": names.slug or names.filename,
        "filename": names.filename,
        "contentbasename": names.filename,
    }.get(token)
    if plain is not None:
        return plain + part
    date = names.date or dt.datetime(1, 1, 1)
    dated = {
        "year": str(date.year),
        "month": f"{date.month:02}",
        "monthname": _MONTHS[date.month - 1],
        "day": f"{date.day:02}",
        "weekday": str((date.weekday() + 1) % 7),
        "weekdayname": _DAYS[date.weekday()],
        "yearday": str(date.timetuple().tm_yday),
    }.get(token)
    if dated is not None:
        return dated + part
    if not _GO_DATE.search(token):
        return None
    return _GO_DATE.sub(lambda match: date.strftime(_STRFTIME[match[0]]).zfill(len(match[0])), token) + part


def _sliced(sections: tuple[str, ...], part: str) -> tuple[str, ...]:
    match = _SLICE.fullmatch(part)
    if match is None or not sections:
        return ()
    last = len(sections) - 1
    if match[1] is not None or match[2] is not None:
        index = last if match[1] is not None else int(match[2])
        return sections[index : index + 1]
    start = last if match[3] == "last" else int(match[3] or 0)
    end = last if match[4] == "last" else int(match[4]) if match[4] else len(sections)
    return sections[start:end]
