"""What js-yaml and JSON make of front matter, and what JavaScript makes of those values as text.

Measured with js-yaml 4.3 on Node 20. ``None`` is JavaScript's ``null``; numbers are Python's, dates aware in UTC as
js-yaml reads them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from postlint.parse.front_matter import Entry, FrontMatter, Node
from postlint.regex import regex

__all__ = ["Stamp", "data_of", "doubled", "js_text", "js_value", "rolled_over", "timestamp", "truthy"]

_INTEGER = regex(r"([-+]?)(?:0b([01]+)|0x([0-9a-fA-F]+)|0o([0-7]+)|([0-9]+))")
_FLOAT = regex(r"[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9]+(?:[eE][-+]?[0-9]+)?")
_ODD = {
    "~": None, "null": None, "Null": None, "NULL": None, "": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    ".nan": math.nan, ".NaN": math.nan, ".NAN": math.nan,
} | {
    sign + word: -math.inf if sign == "-" else math.inf for sign in ("", "-", "+") for word in (".inf", ".Inf", ".INF")
}  # fmt: skip
_DATE = regex(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_STAMP = regex(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]*))?"
    r"(?:[ \t]*(?:(Z)|([-+])([0-9]{1,2})(?::([0-9]{2}))?))?"
)
_LONGEST = 400
_NUMBER_STARTS = frozenset("+-.0123456789")


class Stamp(NamedTuple):
    """A date or time that js-yaml takes for one.

    Attributes:
        utc: the instant, aware; None where it is beyond Python's years.
        written: the numbers as they stand there, rolled over into the calendar, naive; None as for ``utc``.
        rolled: there is no such day or hour, and the one that it comes to counts.
        has_time: a time of day is written.
        offset: ``Z`` or an offset is written.
    """

    utc: dt.datetime | None
    written: dt.datetime | None
    rolled: bool
    has_time: bool
    offset: bool


def timestamp(text: str) -> Stamp | None:
    """``text``, unquoted, as js-yaml's timestamp; None where it is none."""
    day = _DATE.fullmatch(text)
    if day is not None:
        written, rolled = rolled_over(tuple(map(int, day.groups())))
        return Stamp(written and written.replace(tzinfo=dt.UTC), written, rolled, False, False)
    match = _STAMP.fullmatch(text)
    if match is None:
        return None
    written, rolled = rolled_over(tuple(map(int, match.groups()[:6])), match[7] or "")
    sign, hours, minutes = match[9], match[10], match[11]
    utc = written and written.replace(tzinfo=dt.UTC)
    if utc is not None and sign is not None:
        offset = dt.timedelta(hours=int(hours), minutes=int(minutes or 0))
        utc = _shifted(utc, offset if sign == "-" else -offset)
    return Stamp(utc, written, rolled, True, match[8] is not None or sign is not None)


def rolled_over(numbers: Sequence[int], fraction: str = "") -> tuple[dt.datetime | None, bool]:
    """JavaScript's ``Date.UTC``: numbers too large or small count on, the 14th month is February of the next year.

    Args:
        numbers: year, month (from 1), day, and as many of hour, minute and second as there are.
        fraction: the digits of a second's fraction.

    Returns:
        The naive time, None beyond Python's years; and whether it is another than the numbers say.
    """
    year, month, day, hour, minute, second = (*numbers, 0, 0, 0)[:6]
    if 0 <= year <= 99:
        year += 1900
    months = year * 12 + month - 1
    years, first = divmod(months, 12)
    if not 2 <= years <= 9990:
        return None, False
    days = dt.timedelta(
        days=day - 1, hours=hour, minutes=minute, seconds=second, milliseconds=int((fraction[:3] + "000")[:3])
    )
    made = dt.datetime(years, first + 1, 1) + days
    return made, (made.month, made.day, made.hour, made.minute) != (month, day, hour, minute)


def _shifted(moment: dt.datetime, by: dt.timedelta) -> dt.datetime | None:
    try:
        return moment + by
    except OverflowError:
        return None


def js_value(node: Node, *, json: bool = False) -> object:
    """The value that Hexo holds for a node."""
    if node.kind == "list":
        return [js_value(item, json=json) for item in node.items]
    if node.kind == "mapping":
        return {key: js_value(value, json=json) for key, value in _members(node.entries)}
    if json:
        return node.value
    return node.text if node.quoted else _scalar(node.text)


def _scalar(text: str) -> object:
    if text in _ODD:
        return _ODD[text]
    if text[0] not in _NUMBER_STARTS or len(text) > _LONGEST:
        return text
    integer = _INTEGER.fullmatch(text)
    if integer is not None:
        sign, two, sixteen, eight, ten = integer.groups()
        digits, base = (two, 2) if two else (sixteen, 16) if sixteen else (eight, 8) if eight else (ten, 10)
        number = int(float(int(digits, base))) if len(digits) < 300 else 0
        return -number if sign == "-" else number
    if _FLOAT.fullmatch(text):
        value = float(text)
        return value if math.isfinite(value) else text
    stamp = timestamp(text)
    return text if stamp is None else stamp


def _members(entries: Sequence[Entry]) -> Iterator[tuple[str, Node]]:
    """Keys and values, with what YAML's ``<<`` brings from other mappings where the key is not there itself."""
    own = {entry.key for entry in entries}
    for entry in entries:
        if not entry.is_merge:
            yield entry.key, entry.node
            continue
        lent = entry.node.items if entry.node.kind == "list" else (entry.node,)
        for mapping in lent:
            for key, node in _members(mapping.entries):
                if key not in own:
                    own.add(key)
                    yield key, node


def data_of(front: FrontMatter) -> dict[str, Node]:
    """The keys of front matter that Hexo knows, with those of a YAML merge."""
    root = front.root
    return dict(_members(root.entries)) if root is not None and root.kind == "mapping" else {}


def doubled(node: Node) -> bool:
    """Whether a mapping in it has a key twice, at which js-yaml stops."""
    if node.kind == "list":
        return any(map(doubled, node.items))
    if node.kind != "mapping":
        return False
    keys = [entry.key for entry in node.entries if not entry.is_merge]
    return len(set(keys)) < len(keys) or any(
        doubled(entry.node) for entry in node.entries if entry.node.kind != "scalar"
    )


def truthy(value: object) -> bool:
    """JavaScript's idea of it: empty lists and mappings are true."""
    if isinstance(value, (list, dict, Stamp)):
        return True
    return bool(value) and not (isinstance(value, float) and math.isnan(value))


def js_text(value: object) -> str:
    """``String(value)``; dates are left as their written day, since Node's words for them name the machine's zone."""
    match value:
        case str():
            return value
        case None:
            return "null"
        case True:
            return "true"
        case False:
            return "false"
        case Stamp(written=written):
            return "" if written is None else written.isoformat(" ")
        case int() | float():
            return _number(float(value))
        case list():
            return ",".join("" if item is None else js_text(item) for item in value)
        case Mapping():
            return "[object Object]"
    return str(value)


def _number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0 or 1e-6 <= abs(value) < 1e21:
        plain = format(Decimal(repr(value)), "f")
        return plain.removesuffix(".0") if value else "0"
    digits, _, exponent = repr(value).partition("e")
    return f"{digits}e{int(exponent):+}"
