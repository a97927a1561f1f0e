"""The ids of a page that somebody else made."""

from __future__ import annotations

import re
from collections.abc import Iterable

from postlint.regex import regex

__all__ = ["can_be_looked_for", "found"]

_MEANT_FOR_PROGRAMS = regex(r":~:|[/!?]|L\d+|.*=|top$", re.IGNORECASE)
"""``#:~:text=`` (text to scroll to), ``#/path`` and ``#!path`` (pages made by scripts), ``#L10`` (lines of a source
file), ``#page=3`` (of a PDF), and ``#top``, which needs no id."""
_PREFIXES = ("", "user-content-")
"""GitHub and others put a word before the ids of their readers' documents, and let a script find them."""


def can_be_looked_for(fragment: str) -> bool:
    """Whether a fragment names an id that must stand in the page."""
    return bool(fragment) and _MEANT_FOR_PROGRAMS.match(fragment) is None


def found(page: bytes, fragments: Iterable[str]) -> dict[str, bool]:
    """Which of ``fragments`` the HTML has as an id or name; nothing is said of a page that has no ids at all, for then
    a script makes them."""
    from selectolax.lexbor import LexborHTMLParser

    ids: set[str] = set()
    for node in LexborHTMLParser(page).css("[id], a[name]"):
        attributes = node.attributes
        ids.update(value for name in ("id", "name") if (value := attributes.get(name)))
    if not ids:
        return {}
    return {fragment: any(prefix + fragment in ids for prefix in _PREFIXES) for fragment in fragments}
