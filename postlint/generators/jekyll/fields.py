"""Values of front matter and of the site's defaults, as Jekyll uses them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from postlint.generators.jekyll.ruby_time import TimeError, parse_time
from postlint.generators.jekyll.scalars import is_null, ruby_string
from postlint.generators.jekyll.terms import text_of
from postlint.generators.zones import in_zone
from postlint.parse.front_matter import Entry, FrontMatter, Node

__all__ = [
    "Keys",
    "default_date",
    "default_text",
    "either",
    "given",
    "is_text",
    "keys_of",
    "redirects",
    "text",
    "title",
]

Keys = Mapping[str, Entry]
"""The entries of a front matter by key, the last of each."""


def keys_of(front: FrontMatter) -> Keys:
    keys = {entry.key: entry for entry in front.entries}
    if "<<" in keys:  # YAML's merge key lends keys that do not stand here
        found = {key: front.get(key) for key in front.values}
        return {key: entry for key, entry in found.items() if entry is not None}
    return keys


def text(keys: Keys, key: str) -> str | None:
    """The value of a key as Ruby prints it; None where it is missing, nothing or false."""
    entry = keys.get(key)
    if entry is None or entry.node.kind != "scalar":
        return None
    node = entry.node
    if node.quoted:
        return node.text
    if is_null(node.text) or node.value is False:
        return None
    return text_of(node)


def given(keys: Keys, key: str) -> bool:
    """The key is there with something after it."""
    entry = keys.get(key)
    return entry is not None and (entry.node.kind != "scalar" or entry.node.quoted or not is_null(entry.node.text))


def is_text(keys: Keys, key: str) -> bool:
    """The value is a string, or nothing or false: Jekyll stops at another where it needs an address's part."""
    entry = keys.get(key)
    if entry is None or entry.node.quoted:
        return True
    node = entry.node
    if node.kind != "scalar":
        return False
    return node.value is False or is_null(node.text) or ruby_string(node.text)


def either(keys: Keys, defaults: Mapping[str, object], key: str) -> str | None:
    """The front matter's value, or where it says nothing the defaults'."""
    if key in keys:
        if given(keys, key):
            return text(keys, key)
    elif not defaults:
        return None
    return default_text(defaults, key)


def title(keys: Keys, defaults: Mapping[str, object]) -> str | None:
    """The title as templates print it: a list's items one behind the other, a mapping as Ruby shows it."""
    entry = keys.get("title")
    if entry is None or entry.node.kind == "scalar":
        return either(keys, defaults, "title")
    return _printed(entry.node)


def _printed(node: Node) -> str:
    if node.kind == "list":
        return "".join(map(_printed, node.items))
    return _shown(node) if node.kind == "mapping" else text_of(node) or ""


def _shown(node: Node) -> str:
    """Ruby's ``inspect`` (before 3.4)."""
    if node.kind == "list":
        return "[" + ", ".join(map(_shown, node.items)) + "]"
    if node.kind == "mapping":
        return "{" + ", ".join(f"{_string(each.key)}=>{_shown(each.node)}" for each in node.entries) + "}"
    said = text_of(node)
    return "nil" if said is None else _string(said) if node.quoted or isinstance(node.value, str) else said


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def default_text(defaults: Mapping[str, object], key: str) -> str | None:
    value = defaults.get(key)
    return None if value is None or value is False else str(value)


def default_date(value: object, zone: dt.tzinfo) -> dt.datetime | None:
    if isinstance(value, dt.datetime):
        return (value if value.tzinfo is not None else value.replace(tzinfo=dt.UTC)).astimezone(zone)
    if isinstance(value, dt.date):
        return in_zone(dt.datetime(value.year, value.month, value.day), zone)
    try:
        return parse_time(str(value), zone).instant
    except TimeError:
        return None


def redirects(keys: Keys) -> tuple[str, ...]:
    """``redirect_from`` of jekyll-redirect-from: further addresses of the page."""
    entry = keys.get("redirect_from")
    if entry is None:
        return ()
    nodes = entry.node.items if entry.node.kind == "list" else (entry.node,)
    return tuple(
        "/" + node.text.removeprefix("/")
        for node in nodes
        if node.kind == "scalar" and node.text and node.value is not None
    )
