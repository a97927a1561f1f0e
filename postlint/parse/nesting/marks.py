"""The markup stream: Markdown's own blocks, literal tags and template branches of a document, in one sequence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from postlint.parse.html import Token, read_tag, tokens
from postlint.parse.html_elements import KNOWN
from postlint.regex import regex
from postlint.text import Span

if TYPE_CHECKING:
    from postlint.parse.kramdown.model import KramdownScan, PrintedTag
    from postlint.parse.markdown import Outline

__all__ = ["Mark", "MarkKind", "fault_of", "from_html", "from_kramdown", "from_outline", "printed_mark"]

MarkKind = Literal["start", "end", "broken", "block-start", "block-end", "branch", "branch-next", "branch-end"]


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """One thing that opens or closes something.

    Attributes:
        kind: ``start`` and ``end`` are literal tags; ``broken`` is what a writer meant as one and no parser takes for
            one; ``block-…`` are Markdown's own (``name`` is the element they become); ``branch…`` are template blocks.
        span: the characters; of Markdown's own the place where the block begins or ends.
        self_closed: written ``<x/>``.
        end_tag: for ``broken``: an end tag was meant.
        shown: for ``broken``: it stands in text, and the reader sees it.
        block: it stands in an HTML block of CommonMark's.
    """

    kind: MarkKind
    span: Span
    name: str = ""
    self_closed: bool = False
    end_tag: bool = False
    shown: bool = False
    block: bool = False


_UNREAD = frozenset({"script", "style"})
"""What stands in these, kramdown copies without a look at it."""

_BLOCKS: dict[str, str] = {
    "Paragraph": "p",
    "BlockQuote": "blockquote",
    "List": "list",
    "Item": "li",
    "Table": "table",
    "TableHead": "tr",
    "TableRow": "tr",
    "TableCell": "td",
    "Heading": "heading",
    "FootnoteDefinition": "footnote",
    "DefinitionList": "dl",
    "DefinitionListTitle": "dt",
    "DefinitionListDefinition": "dd",
}

_TEXT_HOLDERS = frozenset({"p", "heading", "td", "li", "dt", "dd"})

# What people write when they mean a tag, and no parser takes for one.
_LOOSE_END = regex(
    r"<(?:[ \t]++/[ \t]*+|/[ \t]++|\\/)([A-Za-z][A-Za-z0-9]*+)[ \t]*+>"  # `< /em>`, `</ em>`, `<\/em>`
    r"|</([A-Za-z][A-Za-z0-9]*+)(?:[\\|.,;:/]++[ \t]*+>|(?=[ \t]*+(?:$|<)))",  # `</em\>`, `</em/>`, `</em` and no more
    re.MULTILINE,
)
_LOOSE_START = regex(r"<([A-Za-z][A-Za-z0-9]*+)(?:\s++[A-Za-z][-\w:]*+=|=)[\"'][^<>\n]*+(?:>|$|(?=<))", re.MULTILINE)

_ATTRIBUTES = frozenset({"alt", "class", "href", "id", "name", "src", "style", "title"})
"""What is written in an element's place where its name was forgotten: ``<name="top">``."""
_PROPER_NAME = regex(r"[a-z][\w.-]*+(?::[\w.-]++)?\Z")
_ADDRESS = regex(r"(?:https?|ftp)://|mailto:", re.IGNORECASE)
_LEADING_NAME = regex(r"[a-z][a-z0-9]*+")
_MISQUOTED = regex(r"""=\s*+(?:"[^"<>]*+[<>][^"]*+"|'[^'<>]*+[<>][^']*+')[^\s/>"']""")
"""A value that swallowed markup, with something right behind the quote that ends it: an earlier quote is missing."""
_STRAY_QUOTE = regex(r"""<[A-Za-z][^\s/<>]*+(?:[^"'<>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>][^\s<>]*+)?+)*+["']""")
_GLUED = regex(r"""=\s*+(?:"[^"]*+"|'[^']*+')[^\s/>"'?]""")
"""Something right behind the quote that ends a value."""


def _of_token(content: str, token: Token) -> tuple[Mark, ...]:
    kind = token.kind
    if kind not in ("start", "end", "broken"):
        return ()
    name = token.name
    end_tag = kind == "end" or token.end_tag
    if not _PROPER_NAME.match(name):
        if "@" in name or (":" in name and kind != "broken"):
            return ()  # <me@example.org>, <https://example.org>: an address, whatever a browser makes of it
        known = _LEADING_NAME.match(name)
        plain = known.group() if known is not None else ""
        if plain in KNOWN or _ADDRESS.match(content, token.span.start + 1):
            return (Mark("broken", token.span, plain, end_tag=end_tag),)
        return (Mark("start", token.span, name),) if kind == "start" else ()  # `<K, V>` in a block of HTML
    if kind == "start":
        mark = Mark("start", token.span, name, token.self_closed)
        if name in KNOWN and _misquoted(content, token.span):
            # It opens the element all the same.
            return (Mark("broken", token.span, name), mark)
        return (mark,)
    if kind == "broken" and name not in KNOWN:
        return ()
    return (Mark("end" if kind == "end" else "broken", token.span, name, end_tag=end_tag),)


def _of_tokens(content: str, found: Iterable[Token]) -> Iterator[Mark]:
    for token in found:
        yield from _of_token(content, token)


def _misquoted(content: str, span: Span) -> bool:
    """A quote is missing or too many: one stands where none can, or a value swallowed markup."""
    text = content[span.start : span.end]
    if '"' not in text and "'" not in text:
        return False
    return _STRAY_QUOTE.match(text) is not None or _MISQUOTED.search(text) is not None


def from_html(content: str, span: Span) -> Iterator[Mark]:
    """The marks of ``content[span]``, all of which is HTML."""
    return _of_tokens(content, tokens(content, span.start, span.end))


def loose(content: str, at: int, end: int) -> Mark | None:
    """What stands at ``at`` (a ``<`` in text) where it reads like a mistyped tag of a known element."""
    match = _LOOSE_END.match(content, at, end)
    if match is not None:
        name = (match.group(1) or match.group(2)).lower()
        return Mark("broken", Span(at, match.end()), name, end_tag=True, shown=True) if name in KNOWN else None
    match = _LOOSE_START.match(content, at, end)
    if match is not None:
        name = match.group(1).lower()
        if name in KNOWN or (name in _ATTRIBUTES and content[match.end() - 1] == ">"):
            return Mark("broken", Span(at, match.end()), name, shown=True)
    return None


def _loose_in(content: str, start: int, end: int, limit: int) -> Iterator[Mark]:
    at = content.find("<", start, end)
    while at >= 0:
        if content.startswith("<!--", at):
            closing = content.find("-->", at, end)
            at = content.find("<", closing, end) if closing >= 0 else -1
            continue
        if not _escaped(content, at):
            mark = loose(content, at, limit)
            if mark is not None:
                yield mark
        at = content.find("<", at + 1, end)


def _escaped(content: str, at: int) -> bool:
    count = 0
    while at > 0 and content[at - 1] == "\\" and count < 64:
        count += 1
        at -= 1
    return count % 2 == 1


def from_outline(content: str, outline: Outline) -> Iterator[Mark]:
    """The marks of a body as CommonMark reads it.

    ``content`` is the text that the outline was made of. Inline tags come one by one; the lines of an HTML block are
    read as one text, with the container's prefixes (``> ``) blanked out.
    """
    offset = outline.offset
    block: list[tuple[int, int]] | None = None
    paragraph_end = 0
    in_code = False
    for event, range_ in outline.events:
        if event.__class__ is str:
            continue
        for kind, value in event.items():
            if kind == "Text":
                if block is None and not in_code and "<" in value:
                    start, end = offset(range_["start"]), offset(range_["end"])
                    yield from _loose_in(content, start, end, max(paragraph_end, end))
            elif kind == "InlineHtml":
                span = outline.span(range_)
                yield from _of_tokens(content, tokens(content, span.start, span.end))
            elif kind == "Html":
                span = outline.span(range_)
                if block is None:
                    yield from _of_tokens(content, tokens(content, span.start, span.end))
                elif block and block[-1][1] == span.start:
                    block[-1] = (block[-1][0], span.end)
                else:
                    block.append((span.start, span.end))
            elif kind == "Start":
                if value == "HtmlBlock":
                    block = []
                    continue
                what = value if value.__class__ is str else next(iter(value))
                if what == "CodeBlock":
                    in_code = True
                name = _BLOCKS.get(what)
                if name is not None:
                    span = outline.span(range_)
                    if name in _TEXT_HOLDERS:
                        paragraph_end = span.end
                    yield Mark("block-start", Span(span.start, span.start), name)
            elif kind == "End":
                if value == "HtmlBlock":
                    if block:
                        yield from _html_block(content, block)
                    block = None
                    continue
                what = value if value.__class__ is str else next(iter(value))
                if what == "CodeBlock":
                    in_code = False
                name = _BLOCKS.get(what)
                if name is not None:
                    end = _trimmed(content, offset(range_["start"]), offset(range_["end"]))
                    yield Mark("block-end", Span(end, end), name)


def _trimmed(content: str, start: int, end: int) -> int:
    """The end of ``content[start:end]`` without trailing line ends: where a person would say that the block ends."""
    while end > start and content[end - 1] in "\r\n":
        end -= 1
    return end


def _html_block(content: str, runs: list[tuple[int, int]]) -> Iterator[Mark]:
    start, end = runs[0][0], runs[-1][1]
    if len(runs) == 1:
        for mark in from_html(content, Span(start, end)):
            yield replace(mark, block=True)
        return
    parts: list[str] = []
    at = start
    for begin, stop in runs:
        parts.append(" " * (begin - at))
        parts.append(content[begin:stop])
        at = stop
    text = "".join(parts)
    for mark in _of_tokens(text, tokens(text, 0, end - start)):
        span = Span(mark.span.start + start, mark.span.end + start)
        yield replace(mark, span=span, block=True)


def from_kramdown(content: str, body: Span, scan: KramdownScan) -> Iterator[Mark]:
    """The marks of a body as kramdown reads it: each tag that it recognises, each that it prints, and mistyped ones."""
    found: list[Mark] = []
    taken: list[Span] = [code.span for code in scan.code]
    taken.extend(definition.span for definition in scan.definitions)
    taken.extend(scan.hidden)
    for element in scan.elements:
        found.append(Mark("start", element.start, element.name, content[element.start.end - 2] == "/"))
        if element.name in _UNREAD and not element.void:
            end = element.auto_closed_at if element.end is None else element.end.start
            taken.append(Span(element.start.end, body.end if end is None else end))
        if element.end is not None:
            found.append(Mark("end", element.end, element.name, end_tag=True))
    for printed in scan.printed:
        taken.append(printed.span)
        mark = printed_mark(content, printed) if printed.kind != "comment" else None
        if mark is not None:
            found.append(mark)
    taken.extend(mark.span for mark in found)
    taken.extend(link.span for link in scan.links if link.kind == "autolink")
    taken.sort()
    at = body.start
    for span in taken:
        if span.start > at:
            found.extend(_loose_in(content, at, span.start, span.start))
        at = max(at, span.end)
    found.extend(_loose_in(content, at, body.end, body.end))
    found.sort(key=lambda mark: mark.span)
    return iter(found)


def printed_mark(content: str, tag: PrintedTag) -> Mark | None:
    """The mark of a tag that kramdown prints; None for what was never meant as one (``a<b and c>d``)."""
    span = tag.span
    mistyped = loose(content, span.start, span.end)
    if tag.kind == "end":
        if tag.reason != "malformed":
            return Mark("end", span, tag.name, end_tag=True)
        if mistyped is None and tag.known and read_tag(content, span.start, span.end).kind == "end":
            mistyped = Mark("broken", span, tag.name, end_tag=True, shown=True)  # `</em x>`, which browsers take
        return None if mistyped is None else replace(mistyped, span=span)
    if tag.reason == "malformed":
        return mistyped
    token = read_tag(content, span.start, span.end)
    if token.kind != "start" or token.name != tag.name:
        return mistyped
    if tag.reason == "unreadable-attribute":
        if "=" not in content[span.start : span.end]:
            return None
        if fault_of(content[span.start : span.end]):
            return Mark("broken", span, token.name, shown=True)
    return Mark("start", span, token.name, token.self_closed)


def fault_of(text: str) -> str:
    """What is wrong with a start tag that no parser takes for one: its name, quote, bracket, address; "" if unknown."""
    head = text.split("=", 1)[0]
    if "=" in text and head[1:] and not any(char.isspace() for char in head):
        return "name"
    if "://" in text[:12]:
        return "address"
    if text.count('"') % 2 or (text.count("'") % 2 and '"' not in text):
        return "quote"
    if _MISQUOTED.search(text) is not None or _GLUED.search(text) is not None:
        return "quote"
    return "" if text.endswith(">") else "bracket"
