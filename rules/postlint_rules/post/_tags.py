"""Template tags in pairs: which block is never closed, which end tag closes nothing.

Only the first mistake of a text is told: what comes behind it depends on what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from postlint.api import Document, Span, regex

__all__ = ["Mistake", "liquid", "liquid_is_on", "nunjucks", "shortcodes"]


class Mistake(NamedTuple):
    """The first thing that is out of balance.

    Attributes:
        kind: "open" (a block is never closed), "stray" (an end tag closes nothing), "crossed" (it closes another block
            than the one that is open), "cut" (the mark that ends a tag is missing), "quote" (that of a string in it),
            "nameless" (a tag that names nothing).
        span: the tag.
        name: of the block, or the mark that is missing.
        other: the block that is open where another is closed.
        other_name: its name.
    """

    kind: str
    span: Span
    name: str = ""
    other: Span | None = None
    other_name: str = ""


_Open = tuple[str, Span]

_LIQUID_TOKEN = regex(r"\{%.*?%\}|\{\{.*?\}\}?|\{%|\{\{", re.S)
"""Liquid's own tokens (4.0 and 5.4): a variable ends at the first brace, well or badly."""
_TAG = regex(r"\{%-?\s*(\w+|#)")
_END_NAME = regex(r"\{%-?\s*end(\w+)")
_LIQUID_BLOCKS = frozenset(["if", "unless", "case", "for", "tablerow", "capture", "ifchanged", "highlight"])
_LIQUID_OPAQUE = frozenset(("raw", "comment"))
_BRANCHES = frozenset(("else", "elsif", "when"))


def liquid(content: str, start: int) -> Mistake | None:
    """The first mistake that Liquid stops at, from ``start`` on.

    Tags of plugins are blocks if an end tag of theirs stands in the text; what they hold is not looked at.
    """
    stack: list[_Open] = []
    closed = frozenset(match[1] for match in _END_NAME.finditer(content, start))
    at = start
    while (token := _LIQUID_TOKEN.search(content, at)) is not None:
        at, span, text = token.end(), Span(*token.span()), token.group()
        if text.startswith("{{"):
            if not text.endswith("}}") or len(text) < 4:
                return Mistake("cut", _first_line(content, span), "}}")
            continue
        if len(text) < 4 or not text.endswith("%}"):
            return Mistake("cut", _first_line(content, Span(span.start, len(content))), "%}")
        match = _TAG.match(text)
        if match is None:
            return Mistake("nameless", span)
        name = match[1]
        if name in _LIQUID_OPAQUE or (name not in _LIQUID_BLOCKS and name in closed):
            end = _end_of(content, at, name, nests=name not in _LIQUID_OPAQUE)
            if end < 0:
                return Mistake("open", span, name)
            at = end
        elif name in _BRANCHES:
            if not stack:
                return Mistake("stray", span, name)
        elif (mistake := _step(stack, name, span, _LIQUID_BLOCKS | _LIQUID_OPAQUE)) is not None:
            return mistake
    return Mistake("open", stack[-1][1], stack[-1][0]) if stack else None


def _end_of(content: str, at: int, name: str, *, nests: bool) -> int:
    """Behind the tag that ends the block ``name``; -1 where there is none."""
    depth = 1
    for match in re.compile(rf"\{{%-?\s*(end)?{name}\b.*?%\}}", re.S).finditer(content, at):
        if match[1]:
            depth -= 1
            if not depth:
                return match.end()
        elif nests:
            depth += 1
    return -1


def _step(stack: list[_Open], name: str, span: Span, blocks: frozenset[str]) -> Mistake | None:
    """Open or close a block."""
    if name in blocks:
        stack.append((name, span))
    elif name.startswith("end"):
        ended = name[3:]
        if stack and stack[-1][0] == ended:
            stack.pop()
        elif stack:
            return Mistake("crossed", span, name, stack[-1][1], stack[-1][0])
        elif ended in blocks:
            return Mistake("stray", span, name)
    return None


_NUNJUCKS_TOKEN = regex(r"\{%.*?%\}|\{#.*?#\}", re.S)
_NUNJUCKS_BLOCKS = frozenset(["if", "for", "macro", "filter", "call", "quote", "blockquote"])
_NUNJUCKS_OPAQUE = frozenset(["raw", "verbatim", "codeblock", "code", "pullquote"])


def liquid_is_on(doc: Document) -> bool:
    """Whether Jekyll surely hands the body to Liquid (``render_with_liquid``)."""
    entry = doc.front_matter.get("render_with_liquid")
    if entry is not None:
        return entry.value is not False
    for defaults in getattr(doc.profile.options, "defaults", ()):
        if any(key == "render_with_liquid" for key, _ in defaults.values):
            return False  # whether it is for this file is not worth a false alarm
    return True


def nunjucks(content: str, start: int, in_code: Callable[[int], bool]) -> Mistake | None:
    """The first block that Hexo stops at. A tag that is cut short is printed, and one in code is text."""
    if "{%" not in content:
        return None
    stack: list[_Open] = []
    closed = frozenset(match[1] for match in _END_NAME.finditer(content, start)) - _NUNJUCKS_BLOCKS
    last = max(content.rfind("%}"), content.rfind("#}"))
    at = start
    while at < last and (token := _NUNJUCKS_TOKEN.search(content, at)) is not None:
        at, span = token.end(), Span(*token.span())
        match = _TAG.match(token.group())
        if match is None or in_code(span.start):
            continue
        name = match[1]
        if name in _NUNJUCKS_OPAQUE or name in closed:
            end = _end_of(content, at, name, nests=name not in _NUNJUCKS_OPAQUE)
            if end < 0:
                return Mistake("open", span, name)
            at = end
        elif (mistake := _step(stack, name, span, _NUNJUCKS_BLOCKS | _NUNJUCKS_OPAQUE)) is not None:
            return mistake
    return Mistake("open", stack[-1][1], stack[-1][0]) if stack else None


_SHORTCODE = regex(r"\{\{(?P<mark>[<%])(?:(?P<comment>/\*)|\s*+(?P<end>/)?\s*+(?P<name>[\w./-]*+))")
_INSIDE = regex(r'"(?:\\.|[^"\\\r\n])*+"|`[^`]*+`|"|(?P<self>/)?(?P<mark>[>%])\}\}|\{\{[<%]', re.S)
_ALWAYS_PAIRED = frozenset(("highlight", "details"))


def shortcodes(content: str, start: int) -> Mistake | None:
    """The first mistake that Hugo stops at, from ``start`` on.

    A shortcode is known to be a pair if it is one of Hugo's own or is closed somewhere in the text: Hugo wants each use
    of such a one closed, or written ``{{< name />}}``.
    """
    pairs = _ALWAYS_PAIRED | {match["name"] for match in _SHORTCODE.finditer(content, start) if match["end"]}
    stack: list[_Open] = []
    at = start
    while (opener := _SHORTCODE.search(content, at)) is not None:
        mark, name = opener["mark"], opener["name"]
        wanted = ">}}" if mark == "<" else "%}}"
        if opener["comment"]:
            end = content.find("*/" + wanted, opener.end())
            if end < 0:
                return Mistake("cut", _first_line(content, Span(opener.start(), len(content))), "*/" + wanted)
            at = end + 5
            continue
        at = opener.end()
        closer = _INSIDE.search(content, at)
        while closer is not None and closer.group()[0] in '"`' and len(closer.group()) > 1:
            at = closer.end()
            closer = _INSIDE.search(content, at)
        if closer is not None and closer.group() == '"':
            return Mistake("quote", _first_line(content, Span(opener.start(), len(content))), '"')
        if closer is None or closer["mark"] != ("%" if mark == "%" else ">"):
            return Mistake(
                "cut", _first_line(content, Span(opener.start(), at if closer is None else closer.end())), wanted
            )
        at = closer.end()
        span = Span(opener.start(), at)
        if not opener["end"]:
            if name.removesuffix("/") in pairs and not closer["self"] and not name.endswith("/"):
                stack.append((name, span))
        elif stack and stack[-1][0] == name:
            stack.pop()
        elif stack:
            return Mistake("crossed", span, "/" + name, stack[-1][1], stack[-1][0])
        else:
            return Mistake("stray", span, "/" + name)
    return Mistake("open", stack[-1][1], stack[-1][0]) if stack else None


def _first_line(content: str, span: Span) -> Span:
    """The part of ``span`` in its first line."""
    end = content.find("\n", span.start, span.end)
    end = span.end if end < 0 else end
    return Span(span.start, max(span.start, len(content[:end].rstrip()) if end == span.end else end))
