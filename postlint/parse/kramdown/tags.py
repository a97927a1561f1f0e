"""What kramdown does not take for a tag but a reader of the source does."""

from __future__ import annotations

from typing import Literal, NamedTuple

from postlint.parse.kramdown.grammar import KNOWN_ELEMENTS, NAME, SPACE
from postlint.parse.kramdown.model import PrintedReason
from postlint.regex import regex

__all__ = ["TagLike", "tag_like"]

_START = regex(rf"<(/?)({NAME})")
_REST = regex(r"""(?:"[^"]{0,2000}"|'[^']{0,2000}'|[^'"<>]){0,4000}+>""")
_REST_ANY_QUOTES = regex(r"[^<>]{0,4000}+>")
_ATTRIBUTE_FOLLOWS = regex(rf"""{SPACE}+[\w:-]+{SPACE}*=[^\n<>]*""")


class TagLike(NamedTuple):
    """A tag that is not well formed enough for kramdown. ``end`` is the index after it."""

    end: int
    name: str
    kind: Literal["start", "end"]
    reason: PrintedReason
    known: bool


def tag_like(text: str, index: int, limit: int) -> TagLike | None:
    """The tag at ``text[index]``, a ``<`` where kramdown reads none; None for ``a < b``, ``<https://…>``, …"""
    match = _START.match(text, index, limit)
    if match is None:
        return None
    after = match.end()
    following = text[after : after + 1] if after < limit else ""
    if following in (":", "@"):
        return None  # an autolink that is dead here, not a tag
    name = match[2].lower()
    known = name in KNOWN_ELEMENTS and following in (" ", "\t", "\n", "\r", "\f", "/", ">")
    kind: Literal["start", "end"] = "end" if match[1] else "start"
    rest = _REST.match(text, after, limit) or _REST_ANY_QUOTES.match(text, after, limit)
    if rest is not None:
        return TagLike(rest.end(), name, kind, "malformed" if kind == "end" else "unreadable-attribute", known)
    if known and kind == "start" and (rest := _ATTRIBUTE_FOLLOWS.match(text, after, limit)) is not None:
        return TagLike(rest.end(), name, kind, "malformed", known)
    return None
