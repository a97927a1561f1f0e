"""The body as CommonMark with GitHub's extensions reads it, by pyromark (pulldown-cmark), with spans in code points.

One pass over pyromark's events collects what rules ask for most; views that need the whole sequence have
:attr:`Outline.events` with :meth:`Outline.span`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pyromark

from postlint.text import Span, Text

__all__ = ["Heading", "Link", "Outline", "outline", "render"]

_BASE = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
)
_LEVELS = {"H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}

RawEvent = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """A Markdown link or image.

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


@dataclass(frozen=True, slots=True)
class Heading:
    """A Markdown heading; ``text`` spans its inline content, without ``#`` marks."""

    span: Span
    level: int
    text: Span


@dataclass(slots=True)
class Outline:
    """What a body consists of. All spans are offsets into the whole document."""

    start: int
    body: Text
    code: list[Span] = field(default_factory=list)
    """Code spans and code blocks: nothing in them is markup."""
    html: list[Span] = field(default_factory=list)
    """Runs of raw HTML: each inline tag, each line of an HTML block (adjacent ones joined)."""
    links: list[Link] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    footnotes: list[tuple[str, Span]] = field(default_factory=list)
    """Labels of footnote definitions."""

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

    The loop below runs for each of some 160 events a post, so it asks for the commonest kinds first.
    """
    body = Text(content[start:] if start else content)
    result = Outline(start, body)
    span: Callable[[Any], Span] = result.span
    if body.is_ascii:  # bytes are code points

        def span(range_: Any) -> Span:
            return Span(start + range_["start"], start + range_["end"])

    code, html, links = result.code, result.html, result.links
    open_links: list[tuple[Any, Any, bool]] = []
    in_heading = False
    level = inner_start = inner_end = 0
    event: Any
    for event, range_ in _events(body.content):
        if event.__class__ is str:  # SoftBreak, HardBreak, Rule
            continue
        if "Text" in event:
            if in_heading:
                if inner_start < 0:
                    inner_start = range_["start"]
                inner_end = range_["end"]
        elif "End" in event:
            what = event["End"]
            if what == "Link" or what == "Image":
                detail, whole, image = open_links.pop()
                links.append(_link(result, detail, span(whole), image))
                inner_end = range_["end"]
            elif in_heading:
                if what.__class__ is dict and "Heading" in what:
                    in_heading = False
                    at = range_["start"]
                    text = span({"start": max(inner_start, at), "end": max(inner_end, at)})
                    result.headings.append(Heading(span(range_), level, text))
                else:
                    inner_end = range_["end"]
        elif "Start" in event:
            what = event["Start"]
            if in_heading and inner_start < 0:
                inner_start = range_["start"]
            if what.__class__ is str:
                continue
            if "Link" in what:
                open_links.append((what["Link"], range_, False))
            elif "Image" in what:
                open_links.append((what["Image"], range_, True))
            elif "Heading" in what:
                in_heading = True
                level = _LEVELS[what["Heading"]["level"]]
                inner_start = inner_end = -1
            elif "CodeBlock" in what:
                code.append(span(range_))
            elif "FootnoteDefinition" in what:
                result.footnotes.append((what["FootnoteDefinition"], span(range_)))
        else:
            if "Code" in event:
                code.append(span(range_))
            elif "InlineHtml" in event or "Html" in event:
                place = span(range_)
                if html and html[-1].end == place.start:
                    html[-1] = Span(html[-1].start, place.end)
                else:
                    html.append(place)
            if in_heading:
                if inner_start < 0:
                    inner_start = range_["start"]
                inner_end = range_["end"]
    return result


def _link(outline: Outline, detail: Any, place: Span, image: bool) -> Link:
    kind = detail["link_type"]
    content = outline.body.content
    begin = place.start - outline.start
    text = Span(place.start, place.start)
    if kind != "Autolink" and kind != "Email":
        opening = begin + (2 if image else 1)
        text = Span(
            outline.start + opening, outline.start + _closing_bracket(content, opening, place.end - outline.start)
        )
    return Link(place, text, detail["dest_url"], kind, detail["id"], image)


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
