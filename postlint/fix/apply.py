"""From edits to a new text. No file is touched here."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from postlint.finding import Edit, Fix
from postlint.text import Span

__all__ = ["apply_edits", "choose", "moved", "touches"]


def choose(fixes: Iterable[Fix]) -> list[Fix]:
    """The fixes that can be applied together, first come first served by place.

    A fix is taken whole or waits for the next pass: edits of two fixes may neither overlap nor touch, since where
    they touch, their order would decide what comes out. Fixes that say exactly the same are taken once. What is done to
    the byte order mark touches no edit.
    """
    chosen: list[Fix] = []
    taken: list[Span] = []
    seen: set[tuple[tuple[Edit, ...], bool]] = set()
    for fix in sorted(fixes, key=lambda f: (min((e.span for e in f.edits), default=Span(0, 0)), f.title)):
        edits = tuple(sorted(fix.edits))
        does = (edits, fix.drop_byte_order_mark)
        if not any(does) or does in seen or _overlap_inside(edits):
            continue
        if any(touches(taken, edit.span) for edit in edits):
            continue
        seen.add(does)
        for edit in edits:
            insort(taken, edit.span)
        chosen.append(fix)
    return chosen


def touches(taken: Sequence[Span], span: Span) -> bool:
    """Whether ``span`` meets one of ``taken``, which are sorted and do not touch each other."""
    at = bisect_left(taken, span)
    return (at > 0 and taken[at - 1].end >= span.start) or (at < len(taken) and taken[at].start <= span.end)


def _overlap_inside(edits: Sequence[Edit]) -> bool:
    return any(a.span.end > b.span.start for a, b in pairwise(edits))


def apply_edits(content: str, edits: Iterable[Edit]) -> str:
    """``content`` with all ``edits`` made; they must not overlap.

    Raises:
        ValueError: an edit lies outside the text, or two overlap.
    """
    pieces: list[str] = []
    done = 0
    for span, text in sorted(edits):
        if not done <= span.start <= span.end <= len(content):
            raise ValueError(f"edit {span} overlaps another or lies outside the text")
        pieces.append(content[done : span.start])
        pieces.append(text)
        done = span.end
    pieces.append(content[done:])
    return "".join(pieces)


def moved(fix: Fix, edits: Iterable[Edit]) -> Fix | None:
    """``fix`` as it is to be made after ``edits``; None where one of them changed what it was about."""
    done = sorted(edits)
    taken = [edit.span for edit in done]
    ends = [span.end for span in taken]
    grown = list(accumulate((len(text) - (span.end - span.start) for span, text in done), initial=0))
    there: list[Edit] = []
    for edit in fix.edits:
        if touches(taken, edit.span):
            return None
        by = grown[bisect_left(ends, edit.span.start)]
        there.append(Edit(Span(edit.span.start + by, edit.span.end + by), edit.text))
    return replace(fix, edits=tuple(there))
