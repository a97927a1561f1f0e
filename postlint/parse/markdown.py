"""The body as CommonMark with GitHub's extensions reads it, by pyromark (pulldown-cmark), with spans in code points.

One pass over pyromark's events collects what rules ask for most; the events themselves stay for views that need the
whole sequence (:attr:`Outline.events` with :meth:`Outline.offset`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pyromark

from postlint.text import Span, Text

__all__ = ["Heading", "Link", "Outline", "outline"]

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
    events: list[RawEvent]
    code: list[Span] = field(default_factory=list)
    """Code spans and code blocks: nothing in them is markup."""
    html: list[Span] = field(default_factory=list)
    """Runs of raw HTML: each inline tag, each line of an HTML block (adjacent ones joined)."""
    links: list[Link] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    footnotes: list[tuple[str, Span]] = field(default_factory=list)
    """Labels of footnote definitions."""

    def offset(self, byte: int) -> int:
        """The document offset of a byte offset in an event's range."""
        return self.start + self.body.from_byte(byte)

    def span(self, range_: Any) -> Span:
        """The document span of an event's range."""
        return Span(self.start + self.body.from_byte(range_["start"]), self.start + self.body.from_byte(range_["end"]))


_parser = pyromark.Markdown(options=_BASE)


def outline(content: str, start: int) -> Outline:
    """Read ``content[start:]`` (templates masked, no lone surrogates) as Markdown."""
    body = Text(content[start:] if start else content)
    events: list[RawEvent] = list(_parser.events_with_range(body.content, merge_text=False))
    result = Outline(start, body, events)
    span = result.span
    code, html, links, headings = result.code, result.html, result.links, result.headings
    open_links: list[tuple[Any, Any, bool, int]] = []
    heading: tuple[Any, int, int] | None = None
    inner_start = inner_end = -1
    for event, range_ in events:
        if event.__class__ is str:
            continue
        for kind, value in event.items():  # exactly one
            if kind == "Text":
                if heading is not None:
                    if inner_start < 0:
                        inner_start = range_["start"]
                    inner_end = range_["end"]
            elif kind == "Start":
                if value.__class__ is dict:
                    for what, detail in value.items():
                        if what == "Link" or what == "Image":
                            open_links.append((detail, range_, what == "Image", 0))
                            if heading is not None:
                                inner_start = range_["start"] if inner_start < 0 else inner_start
                        elif what == "Heading":
                            heading = (range_, _LEVELS[detail["level"]], 0)
                            inner_start = inner_end = -1
                        elif what == "CodeBlock":
                            code.append(span(range_))
                        elif what == "FootnoteDefinition":
                            result.footnotes.append((detail, span(range_)))
                elif heading is not None:
                    inner_start = range_["start"] if inner_start < 0 else inner_start
            elif kind == "End":
                what = value if value.__class__ is str else next(iter(value))
                if what == "Link" or what == "Image":
                    detail, whole, image, _ = open_links.pop()
                    links.append(_link(result, detail, whole, image))
                    inner_end = whole["end"]
                elif what == "Heading" and heading is not None:
                    whole, level, _ = heading
                    text = {"start": max(inner_start, whole["start"]), "end": max(inner_end, whole["start"])}
                    headings.append(Heading(span(whole), level, span(text)))
                    heading = None
                elif heading is not None:
                    inner_end = range_["end"]
            elif kind == "Code" or kind == "InlineHtml" or kind == "Html":
                place = span(range_)
                if kind == "Code":
                    code.append(place)
                elif html and html[-1].end == place.start:
                    html[-1] = Span(html[-1].start, place.end)
                else:
                    html.append(place)
                if heading is not None:
                    inner_start = range_["start"] if inner_start < 0 else inner_start
                    inner_end = range_["end"]
    return result


def _link(outline: Outline, detail: Any, whole: Any, image: bool) -> Link:
    place = outline.span(whole)
    kind = detail["link_type"]
    content = outline.body.content
    begin = place.start - outline.start
    text = Span(place.start, place.start)
    if kind != "Autolink" and kind != "Email":
        opening = begin + (2 if image else 1)
        text = Span(outline.start + opening, outline.start + _closing_bracket(content, opening, place.end - outline.start))
    return Link(place, text, detail["dest_url"], kind, detail["id"], image)


def _closing_bracket(content: str, at: int, end: int) -> int:
    """The offset of the bracket that closes a link text beginning at ``at``: brackets nest, code spans and escapes count."""
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
