"""Fixing one document until nothing more can be fixed, with every fix checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from postlint.document import Document
from postlint.engine.analyse import MOST_OF_A_KIND
from postlint.finding import Fix, Safety
from postlint.fix.apply import apply_edits, choose, moved
from postlint.fix.checks import Verdict, check_fix

__all__ = ["Fixed", "Found", "fix_document"]

MAX_PASSES = 25
MAX_REREAD = 3_000_000
"""Characters read again for the sake of one document's fixes, all attempts together. A time would be no measure:
the same file must be fixed in the same way everywhere."""


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
        bom: whether the file begins with a byte order mark now.
        applied: rule id and title of each fix made, in order.
        refused: rule id, title and reason of each fix that failed a check.
    """

    content: str
    bom: bool = False
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
        first: findings that only a look at the whole site gives. They are not looked for again: what is left of
            them after a pass moves with the text around them.

    Fixes of one pass are tried together; if the result fails a check they are tried one by one, so that one bad fix
    does not keep the others from being made. A text that was seen before ends the loop (two fixes undo each other).
    """
    result = Fixed(doc.content, doc.text.bom)
    seen = {(doc.content, doc.text.bom)}
    refused: set[tuple[str, str, str]] = set()
    current = doc
    found = list(find(doc))
    extra = list(first)
    budget = _Budget(MAX_REREAD)
    for _ in range(MAX_PASSES):
        rule_of: dict[int, str] = {}
        candidates: list[Fix] = []
        for finding in (*found, *extra):
            fix = finding.fix
            if fix is None or fix.safety < least or (finding.rule, fix.title, _context(current, fix)) in refused:
                continue
            candidates.append(fix)
            rule_of[id(fix)] = finding.rule
        chosen = choose(candidates)
        if not chosen:
            break
        if not budget.take(current):
            break
        step = _attempt(current, chosen, find, found, rule_of)
        if isinstance(step, str):
            alone = _one_by_one(current, chosen, find, found, rule_of, refused, result, budget)
            if alone is None:
                continue  # all were refused: those that waited for them have their turn
            step, chosen = alone
        current, found = step
        extra = _left_of(extra, chosen)
        result.applied += [(rule_of[id(fix)], fix.title) for fix in chosen]
        state = (current.content, current.text.bom)
        if state in seen:
            break
        seen.add(state)
    result.content, result.bom = current.content, current.text.bom
    return result


@dataclass(slots=True)
class _Budget:
    left: int

    def take(self, doc: Document) -> bool:
        """Whether the document may be read once more."""
        self.left -= len(doc.content)
        return self.left >= 0


_Step = tuple[Document, list[Found]]


def _one_by_one(
    doc: Document,
    fixes: Sequence[Fix],
    find: Callable[[Document], Sequence[Found]],
    before: Sequence[Found],
    rule_of: dict[int, str],
    refused: set[tuple[str, str, str]],
    result: Fixed,
    budget: _Budget,
) -> tuple[_Step, list[Fix]] | None:
    """The first of ``fixes`` that passes alone, after taking note of those that do not."""
    for fix in fixes:
        if not budget.take(doc):
            break
        step = _attempt(doc, [fix], find, before, rule_of)
        if not isinstance(step, str):
            return step, [fix]
        rule = rule_of[id(fix)]
        refused.add((rule, fix.title, _context(doc, fix)))
        if (rule, fix.title, step) not in result.refused:
            result.refused.append((rule, fix.title, step))
    return None


def _left_of(findings: Sequence[Found], made: Sequence[Fix]) -> list[Found]:
    """``findings`` that ``made`` left alone, with their fixes at their new places."""
    edits = [edit for fix in made for edit in fix.edits]
    dropped = any(fix.drop_byte_order_mark for fix in made)
    left = []
    for finding in findings:
        fix = moved(finding.fix, edits) if finding.fix is not None else None
        if fix is not None and fix.drop_byte_order_mark and dropped:
            continue
        if fix is not None:
            left.append(Found(finding.rule, finding.message, fix))
    return left


def _context(doc: Document, fix: Fix) -> str:
    """What tells a refused fix from another of its kind, also after other fixes moved it."""
    start = min((edit.span.start for edit in fix.edits), default=0)
    end = max((edit.span.end for edit in fix.edits), default=0)
    return doc.content[max(0, start - 20) : end + 20]


def _attempt(
    doc: Document,
    fixes: Sequence[Fix],
    find: Callable[[Document], Sequence[Found]],
    before: Sequence[Found],
    rule_of: dict[int, str],
) -> _Step | str:
    """The document after ``fixes`` with its findings, or why they must not be made."""
    edits = [edit for fix in fixes for edit in fix.edits]
    try:
        content = apply_edits(doc.content, edits)
    except ValueError as error:
        return str(error)
    bom = doc.text.bom and not any(fix.drop_byte_order_mark for fix in fixes)
    if content == doc.content and bom == doc.text.bom:
        return "it changes nothing"
    after = doc.with_content(content, bom=bom)
    safety = min(fix.safety for fix in fixes)
    verdict: Verdict = check_fix(doc, after, edits, safety)
    if verdict is not None:
        return verdict
    found = list(find(after))
    was, now = Counter(f.rule for f in before), Counter(f.rule for f in found)
    for rule, count in Counter(rule_of[id(fix)] for fix in fixes).items():
        # Nothing is known here of site rules, which are asked about the whole site, nor of findings beyond the most
        # that are listed.
        known = 0 < was[rule] <= MOST_OF_A_KIND
        if known and now[rule] > was[rule] - count:
            return "the finding would still be there"
    if _unreadable(doc) and not _unreadable(after):
        return after, found  # what could not be looked at before is no new mistake
    # By rule alone: a message may name a line that the fix moved.
    new = now - was
    if new:
        return f"it would bring a new finding of {min(new)}"
    return after, found


def _unreadable(doc: Document) -> bool:
    return doc.front_matter.error is not None or doc.front_matter.defect is not None
