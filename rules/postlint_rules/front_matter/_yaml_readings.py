"""What a generator prints for an unquoted YAML value that a person meant as text.

Measured with Jekyll 4.3.1 (Psych 5), Hugo 0.168 and Hexo 8.1 (js-yaml 4.1).
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from postlint.api import Node, regex

__all__ = ["Reading", "reading"]


class Reading(NamedTuple):
    """A value that is no text."""

    what: str
    """"the number", "the date", "false" …"""
    printed: str
    """What stands on the page; "" where nothing does."""


_FLOAT = regex(r"[-+]?(?:\d[\d_]*)?\.\d*$|[-+]?\d[\d_]*\.\d*$", re.ASCII)
_DECIMAL = regex(r"[-+]?(?:0|[1-9]\d*)$", re.ASCII)
_PSYCH_INT = regex(r"[-+]?(?:0|[1-9](?:\d|,\d|_\d)*)$", re.ASCII)
_OCTAL = regex(r"[-+]?0[0-7]+$", re.ASCII)
_ZERO = regex(r"[-+]?0\d+$", re.ASCII)
_HEX = regex(r"[-+]?0x[0-9a-fA-F]+$")
_BINARY = regex(r"[-+]?0b[01]+$")
_NEW_OCTAL = regex(r"0o[0-7]+$")
_GROUPED = regex(r"[-+]?[1-9]\d*(?:_+\d+)+$", re.ASCII)
_BASE_60 = regex(r"\d{1,3}(?::[0-5]?\d){1,2}$", re.ASCII)
_EXPONENT = regex(r"[-+]?\d+(?:\.\d*)?[eE][-+]?\d{1,2}$", re.ASCII)
_NULLS = frozenset({"~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_YES = frozenset({"yes", "Yes", "YES", "on", "On", "ON"})
_NO = frozenset({"no", "No", "NO", "off", "Off", "OFF"})
_SHORT_DATE = regex(r"(\d{4})-(\d{1,2})-(\d{1,2})$", re.ASCII)
"""Psych takes one digit for a month or a day, PyYAML does not."""
_ALL_WORDS = _NULLS | _TRUE | _FALSE | _YES | _NO
_MAX = 15
"""Digits that a floating-point number keeps, and prints without an exponent."""


def reading(node: Node, generator: str, *, old: bool = False) -> Reading | None:
    """How the generator reads a plain scalar, where what it prints is not what is written.

    ``old``: Hugo before 0.152, which still reads ``no`` as false.
    """
    text = node.text
    if node.style != "plain" or node.kind != "scalar" or not text or len(text) > 40:
        return None
    first = text[0]
    if first.isalpha() or first == "~":
        if text not in _ALL_WORDS:
            return None
    elif not (first.isdigit() or first in "+-."):
        return None
    found = _word(text, yes_and_no=old or generator == "jekyll") or _number(text, generator) or _date(node, generator)
    return found if found is not None and found.printed != text else None


def _word(text: str, *, yes_and_no: bool) -> Reading | None:
    if text in _NULLS:
        return Reading("nothing", "")
    if text in _TRUE:
        return Reading("true", "true")
    if text in _FALSE:
        return Reading("false", "false")
    if yes_and_no and text in _YES:
        return Reading("true", "true")
    if yes_and_no and text in _NO:
        return Reading("false", "false")
    return None


def _number(text: str, generator: str) -> Reading | None:
    if not (text[0].isdigit() or text[0] in "+-.") or len(text) > _MAX:
        return None
    value: int | float | None = None
    if _DECIMAL.match(text):
        value = int(text)
    elif _OCTAL.match(text):
        value = int(text, 10) if generator == "hexo" else int(text.replace("0", "0o", 1), 8)
    elif _ZERO.match(text):
        value = int(text, 10) if generator == "hexo" else None
    elif _HEX.match(text):
        value = int(text, 16)
    elif _BINARY.match(text):
        value = int(text, 2) if generator != "hexo" else None
    elif _NEW_OCTAL.match(text):
        value = int(text, 8) if generator != "jekyll" else None
    elif _GROUPED.match(text):
        one = "__" not in text
        value = int(text.replace("_", "")) if generator == "hugo" or (generator == "jekyll" and one) else None
    elif generator == "jekyll" and _PSYCH_INT.match(text):
        value = int(text.replace(",", "").replace("_", ""))
    elif generator == "jekyll" and _BASE_60.match(text):
        # Psych counts from the left: hours, minutes, seconds, so 12:30 is 45000.
        value = sum(int(part) * 60 ** (2 - place) for place, part in enumerate(text.split(":")))
    elif generator == "hexo" and _EXPONENT.match(text):
        value = float(text)
        value = int(value) if value.is_integer() else value
    elif _FLOAT.match(text) and any(c.isdigit() for c in text):
        value = float(text.replace("_", ""))
        if generator != "jekyll" and value.is_integer():
            value = int(value)
    if value is None or (isinstance(value, float) and not 1e-4 <= abs(value) < 1e15 and value):
        return None
    return Reading(f"the number {value}", str(value))


def _date(node: Node, generator: str) -> Reading | None:
    value = node.value
    if generator == "jekyll" and (short := _SHORT_DATE.match(node.text)):
        try:
            value = dt.date(*map(int, short.groups()))
        except ValueError:
            return None
    if generator == "hugo" or not isinstance(value, dt.date):
        return None
    if generator == "hexo":
        return Reading("a point in time", "the date in English words")
    if isinstance(value, dt.datetime):
        if value.tzinfo is not None or value.microsecond:
            return None
        return Reading("a point in time", f"{value:%Y-%m-%d %H:%M:%S} and a time zone")
    return Reading("a date", value.isoformat())
