"""The body as CommonMark with GitHub's extensions reads it, by pyromark (pulldown-cmark), with spans in code points.

One pass over pyromark's events collects what rules ask for most; views that need the whole sequence have
:attr:`Outline.events` with :meth:`Outline.span`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pyromark

from postlint.text import Span, Text, code_points

__all__ = ["Heading", "Link", "Outline", "outline", "render"]

_BASE = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
)
_LEVELS = {"H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}

RawEvent = tuple[Any, Any]


class Link(NamedTuple):
    """A Markdown link or image. (A named tuple, as all that is made for each link of each post: quick to make.)

    Attributes:
        span: all of it, ``[text](target "title")``.
        text: what stands between the brackets; empty for an autolink.
        target: the destination as CommonMark reads it (escapes and entities undone).
        kind: pulldown-cmark's name: Inline, Reference, Collapsed, Shortcut, Autolink, Email.
        label: the reference label, "" for other kinds.
    """

    span: Span
    text: Span
    target: str
    kind: str
    label: str
    image: bool


class Heading(NamedTuple):
    """A Markdown heading; ``text`` spans its inline content, without ``#`` marks."""

    span: Span
    level: int
    text: Span


class Outline:
    """What a body consists of. All spans are offsets into the whole document."""

    __slots__ = ("_code", "body", "code_ranges", "footnotes", "headings", "html", "html_blocks", "links", "start")

    def __init__(self, start: int, body: Text) -> None:
        self.start = start
        self.body = body
        self.html: list[Span] = []
        """Runs of raw HTML: each inline tag, each line of an HTML block (adjacent ones joined)."""
        self.html_blocks: list[Span] = []
        """The runs of :attr:`html` that are blocks."""
        self.links: list[Link] = []
        self.headings: list[Heading] = []
        self.footnotes: list[tuple[str, Span]] = []
        """Labels of footnote definitions."""
        self.code_ranges: list[Any] = []
        """The ranges of :attr:`code` as the parser gave them."""
        self._code: list[Span] | None = None

    @property
    def code(self) -> list[Span]:
        """Code spans and code blocks: nothing in them is markup. (Few documents are asked, so they wait for it.)"""
        if self._code is None:
            self._code = [self.span(range_) for range_ in self.code_ranges]
        return self._code

    @property
    def events(self) -> Iterator[RawEvent]:
        """pyromark's events of the body with their byte ranges (see :meth:`span`), parsed anew.

        Few documents need the whole sequence (those with raw HTML do), and keeping it costs more than parsing again.
        """
        return _events(self.body.content)

    def offset(self, byte: int) -> int:
        """The document offset of a byte offset in an event's range."""
        return self.start + self.body.from_byte(byte)

    def span(self, range_: Any) -> Span:
        """The document span of an event's range."""
        from_byte, start = self.body.from_byte, self.start
        return Span(start + from_byte(range_["start"]), start + from_byte(range_["end"]))


_events = pyromark.Markdown(options=_BASE).events_with_range


def render(content: str) -> str:
    """``content`` as HTML, raw HTML passed through: what a CommonMark generator hands to the browser."""
    return pyromark.html(content, options=_BASE)


def outline(content: str, start: int) -> Outline:
    """Read ``content[start:]`` (templates masked, no lone surrogates) as Markdown.

    The loop below runs for each of some 160 events a post, so it asks for the commonest kinds first, and asks
    ``point`` for offsets in the order in which it can count on.
    """
    body = Text.clean(content[start:] if start else content)
    result = Outline(start, body)
    point = _points(body, start)
    html, blocks, links = result.html, result.html_blocks, result.links
    add_code = result.code_ranges.append
    open_links: list[tuple[Any, int, bool]] = []
    in_heading = False
    level = heading_start = inner_start = inner_end = 0
    event: Any
    for event, range_ in _events(body.content):
        if "Text" in event:
            if in_heading:
                if inner_start < 0:
                    inner_start = point(range_["start"])
                inner_end = range_["end"]
        elif event.__class__ is str:  # SoftBreak, HardBreak, Rule
            continue
        elif "End" in event:
            if in_heading:
                what = event["End"]
                if what.__class__ is dict and "Heading" in what:
                    in_heading = False
                    text = Span(heading_start, heading_start)
                    if inner_start >= 0:
                        text = _new(Span, (inner_start, point(inner_end)))
                    place = _new(Span, (heading_start, point(range_["end"])))
                    result.headings.append(_new(Heading, (place, level, text)))
                    continue
                inner_end = range_["end"]
            if open_links and ((what := event["End"]) == "Link" or what == "Image"):
                detail, opened, image = open_links.pop()
                links.append(_link(body.content, start, detail, opened, point(range_["end"]), image))
        elif "Start" in event:
            what = event["Start"]
            if in_heading and inner_start < 0:
                inner_start = point(range_["start"])
            if what.__class__ is str:
                continue
            if "Link" in what:
                open_links.append((what["Link"], point(range_["start"]), False))
            elif "Heading" in what:
                in_heading = True
                level = _LEVELS[what["Heading"]["level"]]
                heading_start = point(range_["start"])
                inner_start = inner_end = -1
            elif "CodeBlock" in what:
                add_code(range_)
            elif "Image" in what:
                open_links.append((what["Image"], point(range_["start"]), True))
            elif "FootnoteDefinition" in what:
                result.footnotes.append((what["FootnoteDefinition"], result.span(range_)))
        else:
            if "Code" in event:
                add_code(range_)
            elif "InlineHtml" in event or "Html" in event:
                place = result.span(range_)
                joined = bool(html) and html[-1].end == place.start
                if joined:
                    place = Span(html[-1].start, place.end)
                    html[-1] = place
                else:
                    html.append(place)
                if "Html" in event:
                    if joined and blocks and blocks[-1].start == place.start:
                        blocks[-1] = place
                    else:
                        blocks.append(place)
            if in_heading:
                if inner_start < 0:
                    inner_start = point(range_["start"])
                inner_end = range_["end"]
    return result


_new: Any = tuple.__new__
"""What a named tuple's own ``__new__`` comes down to, in half the time."""


def _points(body: Text, start: int) -> Callable[[int], int]:
    """From byte offsets into ``body`` to offsets into the document: quick, as long as they only grow."""
    if body.is_ascii:  # bytes are code points
        return start.__add__
    data = body.utf8
    byte, point = 0, start

    def point_of(offset: int) -> int:
        nonlocal byte, point
        if offset >= byte:
            point += code_points(data[byte:offset])
        else:
            point -= code_points(data[offset:byte])
        byte = offset
        return point

    return point_of


def _link(content: str, base: int, detail: Any, start: int, end: int, image: bool) -> Link:
    """A link from ``start`` to ``end`` of the document whose body, ``content``, begins at ``base``."""
    kind = detail["link_type"]
    if kind == "Autolink" or kind == "Email":
        text = _new(Span, (start, start))
    else:
        opening = start + (2 if image else 1)
        text = _new(Span, (opening, base + _closing_bracket(content, opening - base, end - base)))
    link: Link = _new(Link, (_new(Span, (start, end)), text, detail["dest_url"], kind, detail["id"], image))
    return link


def _closing_bracket(content: str, at: int, end: int) -> int:
    """The offset of the bracket that closes a link text beginning at ``at``.

    Brackets nest; those in code spans and behind a backslash do not count.
    """
    near = content.find("]", at, end)
    if near >= 0:
        between = content[at:near]
        if "[" not in between and "`" not in between and "\\" not in between:
            return near
    depth = 0
    while at < end:
        char = content[at]
        if char == "\\":
            at += 1
        elif char == "`":
            run = at
            while run < end and content[run] == "`":
                run += 1
            closing = content.find(content[at:run], run, end)
            at = (closing + run - at - 1) if closing >= 0 else run - 1
        elif char == "[":
            depth += 1
        elif char == "]":
            if depth == 0:
                return at
            depth -= 1
        at += 1
    return end
