"""What the rules about single tags look at, and how they quote it."""

from __future__ import annotations

from functools import lru_cache

from postlint.api import Attribute, Document, Element, Span, Tag
from postlint_rules.html._reading import as_read

__all__ = ["elements_of", "quoted", "tags_of", "whole", "with_space_before", "written"]

_LONG = 40


@lru_cache(maxsize=1)
def tags_of(doc: Document) -> tuple[Tag, ...]:
    """The start tags that readers of ``doc`` get, but for those that are html/malformed-tag's."""
    if not doc.has_html:
        return ()
    read = as_read(doc)
    tags = read.tags
    if not tags:
        return ()
    malformed = {problem.span.start for problem in read.nesting.of("malformed")}
    return tuple(tag for tag in tags if tag.span.start not in malformed) if malformed else tags


@lru_cache(maxsize=1)
def elements_of(doc: Document) -> dict[int, Element]:
    """The elements of ``doc``, by the place of their start tags."""
    return {element.start.start: element for element in as_read(doc).nesting.elements}


def written(doc: Document, attribute: Attribute) -> str:
    """The value as it stands in the source; "" where there is none."""
    return "" if attribute.value is None else doc.content[attribute.value.start : attribute.value.end]


def quoted(value: str) -> str:
    """A value as a message shows it."""
    value = " ".join(value.split())
    return f'"{value}"' if len(value) <= _LONG else f'"{value[: _LONG - 1]}…"'


def whole(attribute: Attribute) -> Span:
    """Name and value, quotes included."""
    if attribute.value is None:
        return attribute.name_span
    return Span(attribute.name_span.start, attribute.value.end + len(attribute.quote))


def with_space_before(doc: Document, span: Span) -> Span:
    """``span`` and the white space before it: what goes with an attribute that is taken out."""
    start = span.start
    while doc.content[start - 1].isspace():
        start -= 1
    return Span(start, span.end)
