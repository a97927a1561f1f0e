"""What is wrong with a value, by the site's schema for its key."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from postlint.api import FieldSchema, Node, regex

__all__ = ["Complaint", "complaints"]


class Complaint(NamedTuple):
    node: Node
    message: str
    help: str = ""
    quote: bool = False
    """Quotes would make it right."""


_NAMES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "date": "a date",
    "datetime": "a date with a time",
    "list": "a list",
    "mapping": "a mapping",
}
_DATE = regex(r"\d{4}-\d{1,2}-\d{1,2}$", re.ASCII)
_DATETIME = regex(r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|[ \t]+)\d{1,2}:\d{2}", re.ASCII)
_WORDS = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})
_POST_DATES = frozenset({"date", "lastmod", "publishdate", "expirydate", "updated"})
"""A matter of the date rules, which know what comes of such a day."""
_NAMED = {
    "url": regex(r"(?:https?://[^\s/?#]+|/)[^\s]*$", re.IGNORECASE),
    "slug": regex(r"[^\W_]+(?:[-_][^\W_]+)*$"),
    "email": regex(r"[^\s@<>]+@[^\s@<>.]+(?:\.[^\s@<>.]+)+$"),
}
_FORMAT_NAMES = {"url": "an address", "slug": "a slug (letters, digits and single hyphens)", "email": "a mail address"}


def complaints(node: Node, wanted: FieldSchema, key: str, generator: str) -> Iterator[Complaint]:
    """Each thing that is wrong with the value of ``key``, the plainest first; none hides another of the same value."""
    name = f"`{key}`" if not key.endswith("[]") else f"an item of `{key.removesuffix('[]')}`"
    if wanted.non_empty and _is_empty(node):
        yield Complaint(node, f"{name} must not be empty")
        return
    if node.value is None and node.kind == "scalar" and node.text in ("", "~", "null", "Null", "NULL"):
        return  # empty is as good as absent where nothing says otherwise
    types = _types(node, generator)
    if wanted.types and "any" not in wanted.types and not types & set(wanted.types):
        asked = _either([_NAMES[one] for one in wanted.types])
        quote = (
            wanted.types == ("string",)
            and node.style == "plain"
            and node.kind == "scalar"
            and "date" not in key.lower()
        )
        help_ = "put it in quotes" if quote else ""
        yield Complaint(node, f"{name} must be {asked}, and this is {_is(node, types)}", help_, quote)
        return
    if (
        wanted.types
        and not set(wanted.types) - {"date", "datetime"}
        and key.lower() not in _POST_DATES
        and not _exists(_day(node.text))
    ):
        yield Complaint(
            node, f"{name} must be {_either([_NAMES[one] for one in wanted.types])}, and there is no {_day(node.text)}"
        )
        return
    if wanted.enum and not _in_enum(node, wanted.enum):
        shown = [f"`{one}`" for one in wanted.enum]
        asked = _either(shown) if len(shown) <= 8 else f"one of {len(shown)} values"
        yield Complaint(node, f"{name} must be {asked}, not `{_short(node.text)}`", _near(node.text, wanted.enum))
        return
    size = len(node.items) if node.kind == "list" else len(node.text)
    unit = ("item" if node.kind == "list" else "character") + ("s" if size != 1 else "")
    if wanted.min_length is not None and size < wanted.min_length:
        yield Complaint(node, f"{name} has {size} {unit}, and at least {wanted.min_length} are wanted")
    if wanted.max_length is not None and size > wanted.max_length:
        yield Complaint(node, f"{name} has {size} {unit}, and at most {wanted.max_length} are allowed")
    if node.kind == "scalar":
        if wanted.pattern is not None and not _compiled(wanted.pattern).search(node.text):
            yield Complaint(node, f"{name} does not match the pattern {wanted.pattern}")
        if wanted.formats and not any(_has_format(node, one) for one in wanted.formats):
            asked = _either([_FORMAT_NAMES.get(one, _NAMES.get(one, f"in the form {one}")) for one in wanted.formats])
            yield Complaint(node, f"{name} must be {asked}, and `{_short(node.text)}` is not")
    if wanted.items is not None:
        for item in node.items:
            yield from complaints(item, wanted.items, f"{key}[]", generator)


def _is_empty(node: Node) -> bool:
    if node.kind == "scalar":
        return node.value is None or (isinstance(node.value, str) and not node.value.strip())
    return not node.value


def _types(node: Node, generator: str) -> set[str]:
    if node.kind != "scalar":
        return {node.kind}
    value = node.value
    if isinstance(value, bool):
        # Only YAML 1.1 takes "yes" for true.
        return {"boolean"} if node.text in _WORDS or generator in ("jekyll", "plain") else {"string"}
    if isinstance(value, int | float):
        if ":" in node.text and generator not in ("jekyll", "plain"):
            return {"string"}
        return {"integer", "number"} if isinstance(value, int) else {"number"}
    found: set[str] = set()
    if isinstance(value, dt.date):
        found.add("datetime" if isinstance(value, dt.datetime) else "date")
        if generator == "hugo":
            found.add("string")
        return found
    found.add("string")
    if _DATETIME.match(node.text):
        found.add("datetime")
    elif _DATE.match(node.text):
        found.add("date")
    return found


def _is(node: Node, types: set[str]) -> str:
    for one in ("boolean", "integer", "number", "datetime", "date", "list", "mapping", "string"):
        if one in types and not (one == "date" and node.quoted):
            return _NAMES[one] if one != "boolean" else node.text
    return "text"


def _in_enum(node: Node, enum: tuple[object, ...]) -> bool:
    if node.kind != "scalar":
        return any(node.value == one for one in enum)
    return any(node.text == one or (type(one) is type(node.value) and node.value == one) for one in enum)


def _near(text: str, enum: tuple[object, ...]) -> str:
    from difflib import get_close_matches  # only for a value that is wrong

    names = [one for one in enum if isinstance(one, str)]
    same = next((one for one in names if one.lower() == text.lower()), None)
    close = [same] if same else get_close_matches(text, names, n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else ""


def _has_format(node: Node, form: str) -> bool:
    text = node.text.strip()
    if form == "date":
        return bool(_DATE.match(text)) and _exists(text)
    if form == "datetime":
        return bool(_DATETIME.match(text)) and _exists(_day(text))
    if form in _NAMED:
        return _NAMED[form].match(text) is not None
    try:
        dt.datetime.strptime(text, form)
    except ValueError:
        return False
    return True


def _day(text: str) -> str:
    return re.split(r"[Tt \t]", text.strip(), maxsplit=1)[0]


def _exists(day: str) -> bool:
    try:
        dt.date(*map(int, day.split("-")))
    except ValueError:
        return False
    return True


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
