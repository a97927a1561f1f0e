"""HTML comments of a body, and those that were meant as such: where each ends, and who sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from postlint.parse.html import tokens
from postlint.parse.html_elements import RAW_TEXT
from postlint.parse.ranges import Ranges
from postlint.text import Span

if TYPE_CHECKING:
    from postlint.parse.kramdown.model import KramdownScan
    from postlint.parse.markdown import Outline

__all__ = ["Comment", "comments"]


class Comment(NamedTuple):
    """One comment.

    Attributes:
        span: all of it; where its end is missing, up to where the Markdown program or a browser takes it.
        state: ``closed``; ``open``, its end is missing and it swallows the rest; ``printed``, it is no comment to the
            Markdown program, and readers see it.
        mark: what it begins with: ``<!--``, ``<![CDATA[`` or ``<?``.
    """

    span: Span
    state: Literal["closed", "open", "printed"]
    mark: str = "<!--"


def comments(
    content: str, body: Span, outline: Outline | None, kramdown: KramdownScan | None, *, dropped: bool
) -> Iterator[Comment]:
    """The comments of ``content[body]``, templates masked. Only of comments in the narrow sense are closed ones told.

    Args:
        outline: the body as CommonMark; None for an HTML file.
        kramdown: the body as kramdown, where that is what renders it.
        dropped: the renderer drops raw HTML block by block, so that no comment reaches further than its block.
    """
    if outline is None:
        for token in tokens(content, *body):
            if token.kind == "comment":
                closed = token.closed or content.find("--!>", *token.span) >= 0  # which ends it for browsers alone
                yield Comment(token.span, "closed" if closed else "open")
    elif kramdown is not None:
        yield from _in_kramdown(content, body, outline, kramdown)
    else:
        yield from _in_commonmark(content, body, outline, dropped)


def _in_commonmark(content: str, body: Span, outline: Outline, dropped: bool) -> Iterator[Comment]:
    groups = outline.html if dropped else list(_groups(content, outline.html))
    for group in groups:
        for mark, end in (("<![CDATA[", "]]>"), ("<?", "?>")):
            if content.startswith(mark, group.start) and content.find(end, *group) < 0:
                yield Comment(group, "open", mark)
                break
        else:
            for token in tokens(content, *group):
                if token.kind == "comment":
                    yield Comment(token.span, "closed" if token.closed else "open")
    taken = Ranges([*groups, *outline.code])
    at = content.find("<!--", *body)
    while at >= 0:
        if not taken.hold(at) and not _escaped(content, at):
            yield Comment(Span(at, at + 4), "printed")
        at = content.find("<!--", at + 4, body.end)


def _in_kramdown(content: str, body: Span, outline: Outline, scan: KramdownScan) -> Iterator[Comment]:
    printed = {tag.span.start for tag in scan.printed if tag.kind == "comment"}
    held = [*outline.code, *(code.span for code in scan.code)]
    for element in scan.elements:
        held.append(element.start)
        if element.name in RAW_TEXT and element.end is not None:
            held.append(Span(element.start.end, element.end.start))
    taken = Ranges(held)
    at = content.find("<!--", *body)
    while at >= 0:
        after = at + 4
        if at in printed:
            yield Comment(Span(at, after), "printed")
        elif not taken.hold(at) and not _escaped(content, at):
            end = content.find("-->", after, body.end)
            if end < 0:
                return  # nothing that follows is one either
            after = end + 3
            yield Comment(Span(at, after), "closed")
        at = content.find("<!--", after, body.end)


def _groups(content: str, regions: Sequence[Span]) -> Iterator[Span]:
    """Runs of HTML with nothing but the prefixes of lists and quotations between."""
    start = end = -1
    for region in regions:
        if start >= 0 and not content[end : region.start].strip(" \t\r\n>"):
            end = region.end
            continue
        if start >= 0:
            yield Span(start, end)
        start, end = region
    if start >= 0:
        yield Span(start, end)


def _escaped(content: str, at: int) -> bool:
    before = content[max(0, at - 64) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1
