"""Reads a body: blocks first, then the texts in them, then the footnotes that are used."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from operator import attrgetter
from typing import TypeVar

from postlint.parse.kramdown.blocks import BlockReader, run
from postlint.parse.kramdown.model import Heading, KramdownScan, KramdownWarning
from postlint.parse.kramdown.options import KramdownOptions
from postlint.parse.kramdown.source import Source, body
from postlint.parse.kramdown.spans import SpanReader
from postlint.parse.kramdown.tree import Fuel, Node, Results, Scanner
from postlint.text import Span

__all__ = ["read"]

_T = TypeVar("_T")
_KEPT = ("elements", "printed", "raw", "links", "headings", "code", "definitions", "undefined", "warnings", "hidden")
"""What is kept of a footnote that is shown."""


def read(text: str, span: Span, options: KramdownOptions, *, html_only: bool = False) -> KramdownScan:
    """See :func:`postlint.parse.kramdown.scan`."""
    source = body(text, span)
    fuel = Fuel(500_000 + 12 * len(source.text))
    results = Results()

    blocks: BlockReader

    def probe(table: Source, start: int, end: int) -> list[tuple[int, int, bool]]:
        return SpanReader(blocks.options, span_fuel, blocks.definitions, {}).probe(table, start, end, results)

    span_fuel = Fuel(40_000 + len(source.text) // 4)
    blocks = BlockReader(options, fuel, probe, html_only=html_only)
    run(blocks.blocks(Node("root"), Scanner(source, results)))

    spans = SpanReader(blocks.options, span_fuel, blocks.definitions, blocks.footnotes, html_only=html_only)
    _read_leaves(spans, results)
    used = list(results.footnotes)
    seen: set[str] = set()
    while used:
        name = used.pop()
        if name in seen:
            continue
        seen.add(name)
        footnote = blocks.footnotes[name]
        _read_leaves(spans, footnote)
        used.extend(footnote.footnotes)
        _merge(results, footnote)
    for name, footnote in blocks.footnotes.items():
        if name not in seen:  # kramdown reads it, but shows nothing of it
            _read_leaves(spans, footnote)
            results.hidden.append(blocks.footnote_spans[name])
            results.tentative |= footnote.tentative
            results.tentative.update((warning.offset, warning.text) for warning in footnote.warnings)
    results.warnings.extend(KramdownWarning(offset, text, tentative=True) for offset, text in sorted(results.tentative))
    _drop_comparisons(text, results)
    return KramdownScan(
        elements=_sorted(results.elements, lambda element: element.start),
        printed=_sorted(results.printed, attrgetter("span")),
        raw=_sorted(results.raw, attrgetter("span")),
        links=_sorted(results.links, attrgetter("span")),
        headings=_sorted(results.headings, attrgetter("span")),
        code=_sorted(results.code, attrgetter("span")),
        definitions=_sorted(results.definitions, attrgetter("span")),
        undefined=_sorted(results.undefined, attrgetter("span")),
        warnings=_sorted(results.warnings, attrgetter("offset")),
        hidden=tuple(sorted(results.hidden)),
        complete=not (fuel.dry or span_fuel.dry),
    )


def _read_leaves(spans: SpanReader, results: Results) -> None:
    for node in results.leaves:
        if node.leaf is not None:
            spans.read(node.leaf, results)
            if node.type == "header":
                source, start, end = node.leaf
                results.headings.append(
                    Heading(source.span(node.start, node.end), node.level, source.span(start, end), node.id)
                )


def _drop_comparisons(text: str, results: Results) -> None:
    """``a <b `code` > c`` looks like a tag with bad attributes, but kramdown reads the code in it: no tag was meant."""
    doubtful = [tag for tag in results.printed if tag.reason == "unreadable-attribute"]
    if not doubtful:
        return
    others = sorted([*(code.span.start for code in results.code), *(link.span.start for link in results.links)])
    meant_as_text: set[Span] = set()
    for tag in doubtful:
        first = bisect_right(others, tag.span.start)
        if first < len(others) and others[first] < tag.span.end and "=" not in text[tag.span.start : others[first]]:
            meant_as_text.add(tag.span)
    results.printed = [tag for tag in results.printed if tag.span not in meant_as_text]


def _merge(results: Results, footnote: Results) -> None:
    for name in _KEPT:
        getattr(results, name).extend(getattr(footnote, name))
    results.tentative |= footnote.tentative


def _sorted(items: list[_T], key: Callable[[_T], object]) -> tuple[_T, ...]:
    return tuple(sorted(items, key=key))  # type: ignore[arg-type]
