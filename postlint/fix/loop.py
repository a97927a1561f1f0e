"""Fixing one document until nothing more can be fixed, with every fix checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from postlint.document import Document
from postlint.finding import Fix, Safety
from postlint.fix.apply import apply_edits, choose
from postlint.fix.checks import Verdict, check_fix

__all__ = ["Fixed", "Found", "fix_document"]

MAX_PASSES = 25


@dataclass(frozen=True, slots=True)
class Found:
    """A finding in short: what the loop needs to know of it."""

    rule: str
    message: str
    fix: Fix | None


@dataclass(slots=True)
class Fixed:
    """What became of a document.

    Attributes:
        content: the new text; the old one where nothing was fixed.
        applied: rule id and title of each fix made, in order.
        refused: rule id, title and reason of each fix that failed a check.
    """

    content: str
    applied: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str, str]] = field(default_factory=list)


def fix_document(
    doc: Document,
    find: Callable[[Document], Sequence[Found]],
    *,
    least: Safety,
    first: Sequence[Found] = (),
) -> Fixed:
    """Apply all fixes of at least ``least`` safety, pass by pass.

    Args:
        find: the findings of a document, suppressions taken into account.
        first: findings that only a look at the whole site gives; they count in the first pass only.

    Fixes of one pass are tried together; if the result fails a check they are tried one by one, so that one bad fix
    does not keep the others from being made. A text that was seen before ends the loop (two fixes undo each other).
    """
    result = Fixed(doc.content)
    seen = {doc.content}
    refused: set[tuple[str, str, str]] = set()
    current = doc
    found = list(find(current))
    extra = list(first)
    for _ in range(MAX_PASSES):
        candidates = {
            id(f.fix): f
            for f in (*found, *extra)
            if f.fix is not None and f.fix.safety >= least and (f.rule, f.fix.title, _context(current, f.fix)) not in refused
        }
        chosen = choose(f.fix for f in candidates.values() if f.fix is not None)
        by_fix = {id(f.fix): f for f in candidates.values()}
        if not chosen:
            break
        step = _attempt(current, chosen, find, found)
        made = chosen
        if isinstance(step, str):
            step, made = None, []
            for fix in chosen:
                single = _attempt(current, [fix], find, found)
                if isinstance(single, str):
                    rule = by_fix[id(fix)].rule
                    refused.add((rule, fix.title, _context(current, fix)))
                    result.refused.append((rule, fix.title, single))
                elif step is None:
                    step, made = single, [fix]
        if step is None:
            if extra:
                extra = []
            continue
        current, found = step
        extra = []
        result.applied += [(by_fix[id(fix)].rule, fix.title) for fix in made]
        if current.content in seen:
            break
        seen.add(current.content)
    result.content = current.content
    return result


def _context(doc: Document, fix: Fix) -> str:
    """What tells a refused fix from another of its kind, also after other fixes moved it."""
    start = min(edit.span.start for edit in fix.edits)
    end = max(edit.span.end for edit in fix.edits)
    return doc.content[max(0, start - 20) : end + 20]


def _attempt(
    doc: Document, fixes: Sequence[Fix], find: Callable[[Document], Sequence[Found]], before: Sequence[Found]
) -> tuple[Document, list[Found]] | str:
    """The document after ``fixes`` with its findings, or why they must not be made."""
    edits = [edit for fix in fixes for edit in fix.edits]
    try:
        content = apply_edits(doc.content, edits)
    except ValueError as error:
        return str(error)
    if content == doc.content:
        return "it changes nothing"
    after = doc.with_content(content)
    safety = min(fix.safety for fix in fixes)
    verdict: Verdict = check_fix(doc, after, edits, safety)
    if verdict is not None:
        return verdict
    found = list(find(after))
    new = Counter((f.rule, f.message) for f in found) - Counter((f.rule, f.message) for f in before)
    if sum(new.values()) and len(found) >= len(before):
        (rule, message), _ = new.most_common(1)[0]
        return f"it would bring a new finding of {rule}: {message}"
    return after, found
