"""Finds Markdown inside HTML that the document's renderer leaves as it is typed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from postlint.parse.html_elements import INLINE, VOID
from postlint.parse.literal import LiteralMarkdown, literal_markdown
from postlint.parse.nesting.branches import enclosed
from postlint.parse.ranges import disjoint
from postlint.parse.raw_html import ReadingHtml, UnrenderedMarkdown
from postlint.regex import regex
from postlint.text import Span, within

if TYPE_CHECKING:
    from postlint.parse.kramdown.model import KramdownScan
    from postlint.parse.nesting import Element

__all__ = ["find", "html_blocks"]

_VERBATIM = frozenset({"code", "iframe", "kbd", "math", "pre", "samp", "script", "style", "svg", "textarea", "xmp"})
"""Elements in which nobody expects Markdown to be rendered."""
_CONTAINER = regex(r"[\s>]*+")
_ABOUT_MARKDOWN = regex(r"[\s-]markdown(?=[\s=>])", re.IGNORECASE)
"""``markdown="0"``, or ``data-markdown``: a script renders it."""
_BY_SCRIPT = regex(r"\sdata-markdown(?=[\s=>])", re.IGNORECASE)


def find(doc: ReadingHtml) -> Iterator[UnrenderedMarkdown]:
    """See :func:`postlint.parse.raw_html.unrendered_markdown`."""
    scan = doc.kramdown
    if scan is not None:
        yield from _in_kramdown(doc, scan)
    elif doc.profile.dialect.raw_html:
        yield from _in_blocks(doc)


def html_blocks(content: str, runs: Sequence[Span]) -> list[list[Span]]:
    """The blocks of HTML of which ``runs`` are the lines; in a quotation or a list each line is a run of its own."""
    blocks: list[list[Span]] = []
    for run in runs:
        if blocks and _CONTAINER.fullmatch(content, blocks[-1][-1].end, run.start) is not None:
            between = content[blocks[-1][-1].end : run.start]
            if "\n" not in between:
                blocks[-1].append(run)
                continue
        blocks.append([run])
    return blocks


def _in_kramdown(doc: ReadingHtml, scan: KramdownScan) -> Iterator[UnrenderedMarkdown]:
    content = doc.masked.content
    groups: dict[Span, list[Span]] = {}
    inline: set[Span] = set()
    for region in scan.raw:
        groups.setdefault(region.start, []).append(region.span)
        if not region.block:
            inline.add(region.start)
    if not groups:
        return
    closed = {element.start for element in scan.elements if element.end is not None}
    hidden: list[Span] | None = None
    for start, spans in groups.items():
        if start not in closed or _ABOUT_MARKDOWN.search(content, *start) is not None:
            continue
        pieces = [piece for span in spans for piece in literal_markdown(content, *span)]
        if not pieces:
            continue
        if hidden is None:
            hidden = enclosed(doc.content, doc.masked)
        found = _outside(pieces, hidden)
        if not found:
            continue
        if start in inline:
            index = bisect_left(doc.nesting.elements, start, key=lambda element: element.start)
            holder = doc.nesting.elements[index] if index < len(doc.nesting.elements) else None
        else:
            holder = _holder(doc, found[0].span.start, start.start)
        yield UnrenderedMarkdown(found, holder, start in inline)


def _in_blocks(doc: ReadingHtml) -> Iterator[UnrenderedMarkdown]:
    content = doc.masked.content
    hidden: list[Span] | None = None
    for runs in html_blocks(content, doc.outline.html_blocks):
        pieces = [piece for run in runs for piece in literal_markdown(content, *run)]
        if not pieces:
            continue
        if hidden is None:
            elements = doc.nesting.elements
            end = len(content)
            # What reads the files of no known generator may be such that markdown="1" means something to it.
            meant = _ABOUT_MARKDOWN if doc.profile.generator in ("", "plain") else _BY_SCRIPT
            verbatim = [
                Span(element.start.start, end if element.end is None else element.end.end)
                for element in elements
                if element.name in _VERBATIM or meant.search(content, *element.start) is not None
            ]
            hidden = disjoint([*verbatim, *enclosed(doc.content, doc.masked)])
        found = _outside(pieces, hidden)
        if found:
            yield UnrenderedMarkdown(found, _holder(doc, found[0].span.start, runs[0].start))


def _outside(pieces: Sequence[LiteralMarkdown], hidden: Sequence[Span]) -> tuple[LiteralMarkdown, ...]:
    return tuple(piece for piece in pieces if not within(piece.span.start, hidden))


def _holder(doc: ReadingHtml, at: int, begin: int) -> Element | None:
    """The innermost element round ``at`` that begins at ``begin`` or later."""
    found: Element | None = None
    elements = doc.nesting.elements
    for index in range(bisect_left(elements, begin, key=lambda element: element.start.start), len(elements)):
        element = elements[index]
        if element.start.start >= at:
            break
        if element.name in INLINE or element.name in VOID:
            continue
        if element.end is None or element.end.start > at:
            found = element
    return found
