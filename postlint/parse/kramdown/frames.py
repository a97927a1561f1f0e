"""The nested readings of the span level."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postlint.text import Span

if TYPE_CHECKING:
    from postlint.parse.kramdown.span_state import SpanState

__all__ = ["ElementFrame", "EmphasisFrame", "Frame", "LinkFrame", "StrikeFrame"]


class Frame:
    """One nested reading; this class itself is the whole text.

    Attributes:
        start: where its content begins.
        origin: where it begins itself.
        search: finds the next place where something may begin or end.
        full: all of kramdown's span parsers are at work, not only the one for HTML.
        element_end: where the last child that is not text ends.
        raw: an HTML element whose content is no Markdown.
    """

    __slots__ = ("element_end", "full", "origin", "raw", "search", "start")

    def __init__(self, origin: int, start: int, search: re.Pattern[str], *, full: bool = True) -> None:
        self.origin = origin
        self.start = start
        self.search = search
        self.full = full
        self.element_end = -1
        self.raw = False


class EmphasisFrame(Frame):
    __slots__ = ("delimiter", "fallback", "marks", "steps")

    def __init__(self, reader: SpanState, origin: int, start: int, delimiter: str, *, fallback: bool) -> None:
        super().__init__(origin, start, reader.search_full)
        self.delimiter = delimiter
        self.fallback = fallback
        """It was tried as strong before."""
        self.marks = reader.marks()
        self.steps = reader.steps


class LinkFrame(Frame):
    __slots__ = ("depth", "image", "images", "marks", "steps")

    def __init__(self, reader: SpanState, origin: int, start: int, *, image: bool) -> None:
        super().__init__(origin, start, reader.search_link)
        self.image = image
        self.depth = 1
        """Brackets that are open."""
        self.images = 0
        """Images directly in it: kramdown takes their brackets for unbalanced and makes up for it."""
        self.marks = reader.marks()
        self.steps = reader.steps


class ElementFrame(Frame):
    __slots__ = ("known", "name", "region", "span")

    def __init__(self, origin: int, start: int, search: re.Pattern[str], name: str, span: Span, *, known: bool) -> None:
        super().__init__(origin, start, search)
        self.name = name
        self.span = span
        self.known = known
        self.region = False
        """It is the outermost raw one, and Markdown in it is a loss."""


class StrikeFrame(Frame):
    """``~~…~~``, which kramdown reads as a text of its own. Holds what has to be put back afterwards."""

    __slots__ = ("saved",)

    def __init__(self, reader: SpanState, origin: int, start: int) -> None:
        super().__init__(origin, start, reader.search_full)
        self.saved = (reader.low, reader.high, reader.emphasis, reader.links, reader.names)
