"""The checks that every fix must pass before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from postlint.document import Document
from postlint.finding import Edit, Safety
from postlint.fix.apply import touches
from postlint.fix.safety import check_body

__all__ = ["Verdict", "check_fix"]

Verdict = str | None
"""None: the fix may be made; else why not."""


def check_fix(before: Document, after: Document, edits: Sequence[Edit], safety: Safety) -> Verdict:
    """Whether the step from ``before`` to ``after`` keeps what must be kept.

    Front matter that loaded still loads, and every key that no edit touches has its value; a SAFE fix of the body
    leaves what a browser shows as it was.
    """
    if before.text.undecodable:
        return "the file is not UTF-8"
    verdict = _front_matter(before, after, edits)
    if verdict is not None or safety < Safety.SAFE:
        return verdict
    if any(_is_markup(before, edit) for edit in edits):
        return check_body(before, after)
    return None


def _is_markup(doc: Document, edit: Edit) -> bool:
    """Whether an edit adds or removes (part of) a tag in the body; only those can change how a browser nests."""
    old = doc.content[edit.span.start : edit.span.end]
    return edit.span.start >= doc.body.start and any(mark in text for mark in "<>" for text in (old, edit.text))


def _front_matter(before: Document, after: Document, edits: Sequence[Edit]) -> Verdict:
    old, new = before.front_matter, after.front_matter
    if (old.error is not None and old.root is None) or old.defect is not None or not old.present:
        if old.error is None and new.error is not None:
            return "the front matter would no longer load"
        return None
    if (new.error is not None and old.error is None) or not new.present:
        return "the front matter would no longer load"
    spans = sorted(edit.span for edit in edits)
    touched = {entry.key for entry in old.entries if touches(spans, entry.span)}
    old_values, new_values = old.values, new.values
    for key, value in old_values.items():
        if key not in touched and (key not in new_values or not _same(value, new_values[key])):
            return f"the value of {key!r} would change"
    return None


def _same(a: Any, b: Any) -> bool:
    return type(a) is type(b) and (a == b or a != a)
