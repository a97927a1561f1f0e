"""Template syntax in a text (Liquid, Hugo shortcodes, Nunjucks, Tera), masked without moving a character.

Parsers of Markdown and HTML must not read ``{% if a < b %}`` as markup. Each construct is replaced by filler of the
same length, chosen so that what stands around it keeps its meaning (blanks in the place of ``{{ url }}`` would turn
``[a]({{ url }})`` into an empty link and ``**{{ x }}**`` into a rule). The spans of all masked constructs travel with
the document: a value that overlaps one is unknown, never wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from postlint.parse.dialect import TemplateLanguage
from postlint.text import Span

__all__ = ["Masked", "mask"]

_VISIBLE = re.compile(r"[^\r\n]")

# {% raw %} and its like: all up to the end tag is not markup of this file (possessive: linear on hostile input).
_LIQUID = re.compile(
    r"\{%-?\s*+(?P<body>raw|highlight|comment|verbatim)\b[^%]*+(?:%(?!\})[^%]*+)*+%\}"
    r"|\{%[^%]*+(?:%(?!\})[^%]*+)*+%\}"
    r"|\{\{[^}]*+(?:\}(?!\})[^}]*+)*+\}\}"
    r"|\{#[^#]*+(?:#(?!\})[^#]*+)*+#\}"
)
_HUGO = re.compile(
    r"\{\{<[^>]*+(?:>(?!\}\})[^>]*+)*+>\}\}|\{\{%[^%]*+(?:%(?!\}\})[^%]*+)*+%\}\}"
)
_PATTERNS = {"liquid": _LIQUID, "nunjucks": _LIQUID, "tera": _LIQUID, "hugo": _HUGO}


@dataclass(frozen=True, slots=True)
class Masked:
    """A text of the same length with its template constructs masked, and where they stand."""

    content: str
    spans: tuple[Span, ...] = ()

    def overlaps(self, span: Span) -> bool:
        """Whether ``span`` touches a masked construct: what it holds is then only known at build time."""
        spans = self.spans
        if not spans:
            return False
        at = bisect_left(spans, (span.end, span.end))
        return any(s.end > span.start for s in spans[max(0, at - 1) : at])


def _blank(text: str) -> str:
    return _VISIBLE.sub(" ", text)


def _word(text: str) -> str:
    return _VISIBLE.sub("x", text)


def mask(content: str, language: TemplateLanguage, start: int = 0) -> Masked:
    """``content`` with all template constructs from ``start`` on masked. Linear in the length of the text."""
    pattern = _PATTERNS.get(language)
    if pattern is None or ("{{" not in content and "{%" not in content and "{#" not in content):
        return Masked(content)
    pieces: list[str] = []
    spans: list[Span] = []
    done = 0
    at = start
    while (match := pattern.search(content, at)) is not None:
        begin, end = match.span()
        found = match.group()
        closes: str | None = match.group("body") if pattern is _LIQUID else None
        if closes is not None:
            closing = re.compile(r"\{%-?\s*+end" + closes + r"\s*+-?%\}").search(content, end)
            if closing is not None:
                end = closing.end()
                found = content[begin:end]
        if found.startswith("{{"):
            if content[begin - 1 : begin] == "<" and content[end : end + 1] == ">" and len(found) > 4:
                # <{{ url }}> is an autolink once it is rendered. (kramdown knows only these: ftp, http, https, mailto.)
                filler = "ftp:" + _word(found[4:])
            else:
                filler = _word(found)
        elif found.startswith("{#") and language == "liquid":
            at = begin + 2  # {#id} is kramdown's, not Liquid's
            continue
        else:
            filler = _blank(found)
        pieces.append(content[done:begin])
        pieces.append(filler)
        spans.append(Span(begin, end))
        done = at = end
    if not spans:
        return Masked(content)
    pieces.append(content[done:])
    return Masked("".join(pieces), tuple(spans))
