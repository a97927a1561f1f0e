"""Finds raw HTML that a renderer leaves out of the page (Hugo, unless its configuration says otherwise)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from postlint.parse.html import Attribute, Token, attributes, tokens
from postlint.parse.html_elements import RAW_TEXT
from postlint.parse.nesting.branches import enclosed
from postlint.parse.raw_html import Omission, ReadingHtml
from postlint.parse.raw_html.unrendered import html_blocks
from postlint.regex import regex
from postlint.text import Span, within

__all__ = ["find"]

_PLAIN = frozenset({"article", "bdi", "div", "main", "p", "section", "span", "wbr"})
"""Elements that without attributes change nothing that a reader would miss."""
_SPACES = regex(r"(?:\s|&nbsp;|&#160;|&#xa0;)++", re.IGNORECASE)
_MEDIA = frozenset(
    {
        "audio", "button", "canvas", "embed", "hr", "iframe", "img", "input", "math", "object", "script", "style",
        "svg", "textarea", "video",
    }
)  # fmt: skip
"""Elements that show or do something without any text."""


def find(doc: ReadingHtml) -> Iterator[Omission]:
    """See :func:`postlint.parse.raw_html.omitted_html`."""
    outline = doc.outline
    content = doc.masked.content
    nesting = doc.nesting
    ends = {element.start: element.end for element in nesting.elements}
    told = {problem.span for problem in nesting.problems}
    block_starts = {span.start for span in outline.html_blocks}
    units = [[span] for span in outline.html if span.start not in block_starts]
    units += html_blocks(content, outline.html_blocks)
    hidden = enclosed(doc.content, doc.masked)
    shown = _without_templates(doc.content, doc.masked.spans)
    covered = -1
    for runs in sorted(units):
        found = [token for run in runs for token in tokens(content, *run)]
        starts = [token for token in found if token.kind == "start"]
        if any(token.span in told for token in starts) or within(runs[0].start, hidden):
            continue
        if runs[0].start in block_starts:
            text = _text(shown, runs, found)
            lasting = [token for token in starts if _matters(content, token, within_block=True)]
            written = any(doc.masked.overlaps(run) for run in runs)
            if text or written or any(token.name in _MEDIA for token in starts):
                yield _block(doc.content, runs, starts, text)
                continue
        else:
            lasting = [token for token in starts if _matters(content, token, within_block=False)]
        for token in lasting:
            if token.span.start < covered:
                continue
            end = ends.get(token.span)
            yield _element(doc.content, token, end)
            if end is not None:
                covered = end.end


def _matters(content: str, token: Token, *, within_block: bool) -> bool:
    """Whether a reader would miss the element."""
    return token.name not in _PLAIN or any(_said(attribute) for attribute in attributes(content, token))


def _said(attribute: Attribute) -> bool:
    return attribute.name in ("class", "style", "id", "dir", "align", "title", "hidden") and (
        attribute.value is None or attribute.value.end > attribute.value.start
    )


def _without_templates(content: str, spans: Sequence[Span]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += (content[at:start], " " * (end - start))
        at = end
    return "".join(pieces) + content[at:]


def _element(content: str, token: Token, end: Span | None) -> Omission:
    empty = end is None or not content[token.span.end : end.start].strip()
    return Omission(token.span, token.name, _tag(content, token), _values(content, token), end, False, empty)


def _block(content: str, runs: Sequence[Span], starts: Sequence[Token], text: str) -> Omission:
    start = runs[0].start
    line_end = content.find("\n", start, runs[0].end)
    span = Span(start, line_end if line_end > start else runs[0].end)
    counts: dict[str, int] = {}
    for token in starts:
        counts[token.name] = counts.get(token.name, 0) + 1
    first = starts[0] if starts else None
    return Omission(
        Span(span.start + len(content[span.start : span.end]) - len(content[span.start : span.end].lstrip()), span.end),
        first.name if first is not None else "",
        _tag(content, first) if first is not None else "",
        _values(content, first) if first is not None else {},
        None,
        True,
        not text,
        text,
        counts,
    )


def _tag(content: str, token: Token) -> str:
    return " ".join(content[token.span.start : token.span.end].split())


def _values(content: str, token: Token) -> dict[str, str]:
    return {
        attribute.name: content[attribute.value.start : attribute.value.end]
        for attribute in reversed(attributes(content, token))
        if attribute.value is not None
    }


def _text(content: str, runs: Sequence[Span], found: Sequence[Token]) -> str:
    """The text of a block: what is left without its tags, comments, scripts and styles."""
    pieces: list[str] = []
    index = 0
    hidden_until = -1
    for run in runs:
        at = run.start
        while index < len(found) and found[index].span.start < run.end:
            token = found[index]
            if token.span.start > at and at >= hidden_until:
                pieces.append(content[at : token.span.start])
            at = token.span.end
            if token.kind == "start" and token.name in RAW_TEXT and token.name not in ("textarea", "title"):
                following = found[index + 1] if index + 1 < len(found) else None
                hidden_until = following.span.start + 1 if following is not None else run.end
            index += 1
        if run.end > at >= hidden_until:
            pieces.append(content[at : run.end])
    return _SPACES.sub(" ", " ".join(pieces)).strip()
