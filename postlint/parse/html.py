"""Raw HTML in a text, cut into tags, comments and the like, as browsers cut it.

The scanner knows nothing of nesting and nothing of Markdown: it is given stretches of text that are HTML. It is
linear: possessive patterns, and what an attempt has passed over is not tried again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from postlint.parse.html_elements import RAW_TEXT
from postlint.regex import regex
from postlint.text import Span

__all__ = ["Attribute", "Token", "TokenKind", "attributes", "read_tag", "tokens"]

TokenKind = Literal["start", "end", "comment", "declaration", "instruction", "cdata", "broken"]


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of markup.

    Attributes:
        kind: ``broken`` is a start or end tag that never comes to its ``>``.
        span: all of it, ``<`` and ``>`` included; of a broken one, up to where reading stopped.
        name: lower case; "" for what is no tag.
        self_closed: written ``<x/>``. Browsers ignore that on HTML's own elements.
        closed: False where it runs to the end of the text because its end is missing (comments).
        end_tag: for ``broken``: it begins with ``</``.
    """

    kind: TokenKind
    span: Span
    name: str = ""
    self_closed: bool = False
    closed: bool = True
    end_tag: bool = False


class Attribute(NamedTuple):
    """An attribute: where its name and its value stand (the value without quotes; None where there is none)."""

    name: str
    name_span: Span
    value: Span | None
    quote: str


# A tag as the standard's tokenizer reads it, except that `<` outside quotes ends the attempt: a browser takes it for
# part of an attribute's name, but what a writer meant is a new tag.
_TAG = regex(
    r"""<(/?+)([A-Za-z][^\s/<>]*+)((?:[^"'<>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>][^\s<>]*+)?+|["'])*+)(>)?+"""
)
_ATTRIBUTE = regex(r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+))?+)?+""")
_SCRIPT_STATE = regex(r"<!--|-->|</?script(?=[\s/>])", re.IGNORECASE)
_UNQUOTED_TAIL = regex(r"""=\s*+[^\s"'=]*/$""")


def read_tag(content: str, at: int, end: int) -> Token:
    """The tag at ``at``, where ``content`` has ``<`` and a letter or ``</`` and a letter."""
    match = _TAG.match(content, at, end)
    if match is None:
        return Token("broken", Span(at, at + 1))
    slash, name, rest, closing = match.groups()
    name = name.lower()
    span = Span(at, match.end())
    if closing is None:
        return Token("broken", span, name, end_tag=bool(slash))
    if slash:
        return Token("end", span, name)
    self_closed = rest.endswith("/") and _UNQUOTED_TAIL.search(rest[-2000:]) is None
    return Token("start", span, name, self_closed)


def attributes(content: str, token: Token) -> list[Attribute]:
    """The attributes of a start tag, in order, duplicates included."""
    start = token.span.start + 1 + len(token.name)
    found: list[Attribute] = []
    for match in _ATTRIBUTE.finditer(content, start, token.span.end - 1):
        group = match.lastindex or 1
        value = Span(*match.span(group)) if group > 1 else None
        quote = {2: '"', 3: "'"}.get(group, "")
        found.append(Attribute(match.group(1).lower(), Span(*match.span(1)), value, quote))
    return found


def tokens(content: str, start: int, end: int) -> Iterator[Token]:
    """The markup of ``content[start:end]``, all of which is HTML. Text between is left out.

    Raw-text elements (script, style, …) give their start tag and their end tag and nothing between; one that has no
    end tag here is read on as if it were an ordinary element.
    """
    at = content.find("<", start, end)
    by_line = False
    raw_text = _RawText(content, start, end)
    while at >= 0:
        following = content[at + 1 : at + 2]
        if _letter(following) or (following == "/" and _letter(content[at + 2 : at + 3])):
            token = read_tag(content, at, _line_end(content, at, end) if by_line else end)
            if token.kind == "broken" and token.span.end == end and not by_line:
                # It found no end in all that follows. If each of many tags did so, the time would be a square.
                by_line = True
                token = read_tag(content, at, _line_end(content, at, end))
            yield token
            at = token.span.end
            if token.kind == "start" and token.name in RAW_TEXT and not token.self_closed:
                at = raw_text.after(token.name, at)
        elif following == "!":
            token = _declaration(content, at, end)
            yield token
            at = token.span.end
        elif following == "?":
            closing = content.find(">", at, end)
            stop = closing + 1 if closing >= 0 else end
            yield Token("instruction", Span(at, stop), closed=closing >= 0)
            at = stop
        else:
            at += 1
        at = content.find("<", at, end)


def _letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _line_end(content: str, at: int, end: int) -> int:
    newline = content.find("\n", at, end)
    return newline if newline >= 0 else end


def _declaration(content: str, at: int, end: int) -> Token:
    if content.startswith("<!--", at):
        closing = content.find("-->", at + 2, end)  # `<!-->` is a whole comment
        stop = closing + 3 if closing >= 0 else end
        return Token("comment", Span(at, stop), closed=closing >= 0)
    if content.startswith("<![CDATA[", at):
        closing = content.find("]]>", at, end)
        stop = closing + 3 if closing >= 0 else end
        return Token("cdata", Span(at, stop), closed=closing >= 0)
    closing = content.find(">", at, end)
    stop = closing + 1 if closing >= 0 else end
    return Token("declaration", Span(at, stop), closed=closing >= 0)


class _RawText:
    """Finds the end tags of raw-text elements; looks for the last one of each name once."""

    def __init__(self, content: str, start: int, end: int) -> None:
        self._content = content
        self._start = start
        self._end = end
        self._places: dict[str, list[int]] = {}
        self._gave_up = False

    def after(self, name: str, at: int) -> int:
        """The place of the end tag of ``name`` after ``at``; ``at`` where there is none."""
        places = self._places.get(name)
        if places is None:
            pattern = re.compile("</" + name + r"(?=[\s/>])", re.IGNORECASE)
            places = [match.start() for match in pattern.finditer(self._content, self._start, self._end)]
            self._places[name] = places
        index = bisect_left(places, at)
        if index == len(places):
            return at
        place = places[index]
        if name == "script" and not self._gave_up and self._content.find("<!--", at, place) >= 0:
            return self._after_script(at)
        return place

    def _after_script(self, at: int) -> int:
        """The end of a script that holds ``<!--``: a ``<script>`` in that and its end tag are text (13.2.5.18 ff.)."""
        escaped = twice = False
        for match in _SCRIPT_STATE.finditer(self._content, at, self._end):
            what = match.group().lower()
            if what == "<!--":
                escaped = True
            elif what == "-->":
                escaped = twice = False
            elif what == "<script":
                twice = escaped
            elif not twice:
                return match.start()
            else:
                twice = False
        self._gave_up = True  # once is enough: to look again from each script would make a square
        return at
