"""Fixes of nesting problems: the smallest edit, and none where there are two readings."""

from __future__ import annotations

from postlint.finding import Edit, Fix, Safety
from postlint.parse.html_elements import FORMATTING, P_CLOSERS
from postlint.parse.nesting.causes import Cause, Draft
from postlint.parse.nesting.marks import Mark
from postlint.parse.nesting.match import Matched
from postlint.parse.nesting.words import end_tag, listing, start_tag
from postlint.parse.templates import Masked
from postlint.text import Span

__all__ = ["fix"]


def fix(draft: Draft, content: str, masked: Masked, seen: Matched) -> Fix | None:
    """The edit that mends ``draft``, or None."""
    found = _fix(draft, masked.content, seen)
    if found is not None and any(masked.overlaps(edit.span) for edit in found.edits if edit.span.end > edit.span.start):
        return None
    return found


def _fix(draft: Draft, content: str, seen: Matched) -> Fix | None:
    cause = draft.cause
    if cause == Cause.CROSSED:
        return _crossed(draft, content)
    return None


def _insert(at: int, text: str) -> Edit:
    return Edit(Span(at, at), text)


def _delete(mark: Mark) -> Edit:
    return Edit(mark.span, "")


def _crossed(draft: Draft, content: str) -> Fix | None:
    """Move the end tag before the one that cuts the element, where nothing is shown between the two."""
    cut = draft.cut
    if cut is None or cut.mark is None:
        return None
    border = cut.mark
    last = max(closer.span.start for closer in draft.closers)
    between = content[border.span.end : last]
    if not _blank(between):
        return None
    ends = "".join(end_tag(frame.name) for frame in reversed(draft.frames))
    shown = listing([end_tag(frame.name) for frame in reversed(draft.frames)])
    edits = [_insert(_before(content, border), ends)]
    edits.extend(_delete(closer) for closer in sorted(draft.closers, key=lambda closer: closer.span))
    what = end_tag(border.name) if border.kind == "end" else start_tag(border.name)
    return Fix(f"move {shown} before {what}", tuple(edits), Safety.SAFE)


def _before(content: str, mark: Mark) -> int:
    """Where an end tag goes before ``mark``: right before an end tag, behind the text before a start tag."""
    at = mark.span.start
    if mark.kind == "end":
        return at
    while at > 0 and content[at - 1].isspace():
        at -= 1
    return at


def _blank(markup: str) -> bool:
    """Only tags and white space; and no tag that shows something by itself."""
    at = 0
    while at < len(markup):
        char = markup[at]
        if char.isspace():
            at += 1
        elif char == "<":
            closing = markup.find(">", at)
            if closing < 0:
                return False
            name = markup[at + 1 : closing].strip("/").split()[:1]
            if not name or (name[0].lower() not in P_CLOSERS and name[0].lower() not in FORMATTING):
                return False
            at = closing + 1
        else:
            return False
    return True
