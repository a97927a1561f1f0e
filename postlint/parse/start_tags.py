"""The HTML start tags of a body that come to the reader's browser, with their attributes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from postlint.parse.html import Attribute, Token, attributes, read_tag, tokens
from postlint.parse.html_elements import RAW_TEXT
from postlint.text import Span

if TYPE_CHECKING:
    from postlint.parse.kramdown.model import KramdownScan
    from postlint.parse.templates import Masked

__all__ = ["Tag", "tags_in", "tags_of_kramdown"]

_FOREIGN = frozenset({"svg", "math"})


class Tag(NamedTuple):
    """A start tag.

    Attributes:
        span: all of it, ``<`` and ``>`` included.
        name: lower case.
        attributes: in order, repeated ones included.
        self_closed: written ``<x/>``.
        foreign: it is ``<svg>`` or ``<math>`` or stands in one: other names and other rules than HTML's.
        complete: False where a template construct in it may make further attributes.
    """

    span: Span
    name: str
    attributes: tuple[Attribute, ...]
    self_closed: bool
    foreign: bool
    complete: bool

    def get(self, name: str) -> Attribute | None:
        """The first attribute of that name, the one that browsers take."""
        for attribute in self.attributes:
            if attribute.name == name:
                return attribute
        return None


def tags_in(masked: Masked, regions: Iterable[Span]) -> Iterator[Tag]:
    """The start tags of stretches of text that are HTML."""
    content = masked.content
    depth = 0
    for region in regions:
        for token in tokens(content, *region):
            if token.kind == "start" and not _is_address(token.name):
                opens = token.name in _FOREIGN
                yield _tag(masked, token, opens or depth > 0)
                if opens and not token.self_closed:
                    depth += 1
            elif token.kind == "end" and depth and token.name in _FOREIGN:
                depth -= 1


def tags_of_kramdown(masked: Masked, scan: KramdownScan) -> Iterator[Tag]:
    """The start tags that kramdown takes for such."""
    foreign_until = raw_until = -1
    for element in scan.elements:
        start = element.start
        if start.start < raw_until:
            continue  # in a <textarea> and the like, where a browser reads no tags
        token = read_tag(masked.content, start.start, start.end)
        if token.kind != "start":
            continue
        if element.name in _FOREIGN:
            end = element.auto_closed_at if element.end is None else element.end.start
            foreign_until = max(foreign_until, start.end if end is None else end)
        elif element.name in RAW_TEXT and element.end is not None:
            raw_until = element.end.start
        yield _tag(masked, token, start.start < foreign_until)


def _is_address(name: str) -> bool:
    """``<https://example.org>`` and ``<me@example.org>`` in a block of HTML."""
    return "@" in name or name.endswith(":")


def _tag(masked: Masked, token: Token, foreign: bool) -> Tag:
    span = token.span
    # `<p>` has none to look for; most tags of most posts are such.
    found = tuple(attributes(masked.content, token)) if span.end - span.start > len(token.name) + 3 else ()
    complete = not masked.spans or not masked.overlaps(span) or not _open_to_more(masked, span, found)
    return Tag(span, token.name, found, token.self_closed, foreign, complete)


def _open_to_more(masked: Masked, span: Span, found: tuple[Attribute, ...]) -> bool:
    """Whether a template construct stands in the tag, but not in a value."""
    values = [attribute.value for attribute in found if attribute.value is not None]
    holes = masked.spans
    index = bisect_left(holes, span)
    if index and holes[index - 1].end > span.start:
        return True  # it begins before the tag
    while index < len(holes) and holes[index].start < span.end:
        hole = holes[index]
        if not any(value.start <= hole.start and hole.end <= value.end for value in values):
            return True
        index += 1
    return False
