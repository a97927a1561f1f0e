"""Titles from headings, as the plugin jekyll-titles-from-headings 0.5.3 makes them (lib/…/generator.rb)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from postlint.document import Document
from postlint.parse.headings import heading_text
from postlint.regex import regex
from postlint.text import Span

__all__ = ["heading_title", "heading_to_strip"]

_FIRST_HEADING = regex(r"\s*(?:#{1,3}\s+(.*)(?:\s+#{1,3})?|(.*)\r?\n[-=]+\s*)$", re.MULTILINE | re.ASCII)
_NOTE = regex(r"\[\^[^\]]*\]")
_BLOCK = regex(r"(?:\d+\.|[-*+]|#{1,6})[ \t]+|>[ \t]*")
"""What makes a list, a quote or a heading of the words: they are rendered by themselves."""
_SPACE = regex(r"\s+", re.ASCII)


def heading_title(doc: Document) -> str | None:
    """The words of the heading that the body begins with; None where it begins with none."""
    match = _FIRST_HEADING.match(doc.content, doc.body.start)
    if match is None:
        return None
    source = match[1] if match[1] is not None else match[2]
    source = source.strip(" \t\r")
    while (block := _BLOCK.match(source)) is not None:
        source = source[block.end() :]
    words = _typographic(heading_text(source).runs)
    # The plugin keeps the entities of its HTML.
    return _SPACE.sub(" ", _NOTE.sub("", escape(words, quote=False))).strip(" ")


def heading_to_strip(doc: Document) -> Span | None:
    """The characters of that heading, which ``strip_title`` takes out of the body."""
    match = _FIRST_HEADING.match(doc.content, doc.body.start)
    return None if match is None else Span(*match.span())


# kramdown 2.4.0, parser/kramdown/smart_quotes.rb and typographic_symbol.rb.
_SYMBOLS = {"---": "—", "--": "–", "...": "…", "<< ": "«\u00a0", " >>": "\u00a0»", "<<": "«", ">>": "»"}
_MARK = regex("(?P<symbol>" + "|".join(map(re.escape, _SYMBOLS)) + r")|[^\\]?[\"']")
_RULES: tuple[tuple[re.Pattern[str], int, str], ...] = tuple(
    (regex(pattern, re.ASCII | re.MULTILINE), kept, marks)
    for pattern, kept, marks in (
        (r"(\"|')(?=[_*]{1,2}\S)", 0, "<"),
        (r"(\"|')(?=[!\"#$%'()*+,\-./:;<=>?@\[\\\]^_`{|}~](?!\.\.)\B)", 0, ">"),
        (r"(\s?)\"'(?=\w)", 1, "“‘"),
        (r"(\s?)'\"(?=\w)", 1, "‘“"),
        (r"(\s?)'(?=\d\ds)", 1, "’"),
        (r"(\s)('|\")(?=\w)", 1, "<"),
        (r"([^ \\\t\r\n\[{(-])('|\")", 1, ">"),
        (r"(\"|')(?=\s|s\b|$)", 0, ">"),
        (r"(.?)'", 1, "‘"),
        (r"(.?)\"", 1, "“"),
    )
)
"""A rule, the group that stays before the quotes (0: none), the quotes; < and > open and close as the text has it."""


def _typographic(runs: Sequence[tuple[str, bool]]) -> str:
    """The words with the quotes and dashes that kramdown sets, but for those in code."""
    text = "".join(words for words, _ in runs)
    if _MARK.search(text) is None:
        return text
    # Of code it matters only that there are words.
    seen = "".join("x" * len(words) if code else words for words, code in runs)
    out: list[str] = []
    at = 0
    while (mark := _MARK.search(seen, at)) is not None:
        start = mark.start()
        out.append(text[at:start])
        if mark["symbol"] is not None:
            out.append(_SYMBOLS[mark["symbol"]])
            at = mark.end()
            continue
        match, kept, marks = next(
            (found, kept, marks) for rule, kept, marks in _RULES if (found := rule.match(seen, start)) is not None
        )
        at = match.end()
        double = seen[at - 1] == '"'
        out.append(text[slice(*match.span(kept))] if kept else "")
        out.append({"<": "“" if double else "‘", ">": "”" if double else "’"}.get(marks, marks))
    return "".join(out) + text[at:]
