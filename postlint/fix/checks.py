"""The checks that every fix must pass before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from postlint.document import Document
from postlint.finding import Edit, Safety
from postlint.fix.apply import touches
from postlint.fix.safety import check_body, check_kramdown, check_verbatim

__all__ = ["Verdict", "check_fix"]

Verdict = str | None
"""None: the fix may be made; else why not."""


def check_fix(before: Document, after: Document, edits: Sequence[Edit], safety: Safety) -> Verdict:
    """Whether the step from ``before`` to ``after`` keeps what must be kept.

    Front matter that loaded still loads, and every key that no edit touches has its value, as have all where edits only
    put lines in another order; a SAFE fix of the body leaves what a browser shows as it was. On a kramdown site no fix
    of the body makes kramdown print a tag or leave a link unrendered. Of edits that change nothing but white space more
    is asked, since white space is content in places and Markdown in others: a SAFE one changes no value and no code,
    and ends no line for readers.
    """
    if before.text.undecodable:
        return "the file is not UTF-8"
    blank: list[Edit] = []
    others: list[Edit] = []
    for edit in edits:
        (blank if safety >= Safety.SAFE and _is_blank(before, edit) else others).append(edit)
    verdict = _front_matter(before, after, others)
    of_markup = any(_is_markup(before, edit) for edit in edits)
    if verdict is None and of_markup and before.profile.dialect.markdown == "kramdown" and before.is_markdown:
        verdict = check_kramdown(before, after)
    if verdict is not None or safety < Safety.SAFE:
        return verdict
    # Where the front matter was not seen, all of the text was body, and now is not.
    in_body = before.front_matter.defect is None and any(edit.span.end > before.body.start for edit in blank)
    if in_body or of_markup:
        verdict = check_body(before, after)
    return check_verbatim(before, after) if verdict is None and in_body else verdict


_BLANKS = " \t\r\n"


def _is_blank(doc: Document, edit: Edit) -> bool:
    """Whether an edit puts white space, or nothing, in the place of white space, or of nothing."""
    return not edit.text.strip(_BLANKS) and not doc.content[edit.span.start : edit.span.end].strip(_BLANKS)


def _is_markup(doc: Document, edit: Edit) -> bool:
    """Whether an edit adds or removes (part of) a tag in the body; only those can change how a browser nests.

    A lone quote is such a part: it ends a value, or begins one that runs on.
    """
    old = doc.content[edit.span.start : edit.span.end]
    if edit.span.start < doc.body.start:
        return False
    return any("<" in text or ">" in text or text in ('"', "'") for text in (old, edit.text))


def _front_matter(before: Document, after: Document, edits: Sequence[Edit]) -> Verdict:
    old, new = before.front_matter, after.front_matter
    if (old.error is not None and old.root is None) or old.defect is not None or not old.present:
        if old.error is None and new.error is not None:
            return "the front matter would no longer load"
        return None
    if (new.error is not None and old.error is None) or not new.present:
        return "the front matter would no longer load"
    spans = sorted(edit.span for edit in edits)
    touched = set() if _only_moves(before, edits) else {e.key for e in old.entries if touches(spans, e.span)}
    old_values, new_values = old.values, new.values
    for key, value in old_values.items():
        if key not in touched and (key not in new_values or not _same(value, new_values[key])):
            return f"the value of {key!r} would change"
    return None


def _only_moves(doc: Document, edits: Sequence[Edit]) -> bool:
    """Whether all that edits write stood there before, piece by piece or line by line."""
    old = [doc.content[edit.span.start : edit.span.end] for edit in edits]
    new = [edit.text for edit in edits]
    if sorted(old) == sorted(new):
        return True
    return sorted("".join(old).splitlines(True)) == sorted("".join(new).splitlines(True))


def _same(a: Any, b: Any) -> bool:
    return type(a) is type(b) and (a == b or a != a)
