"""From edits to a new text. No file is touched here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from postlint.finding import Edit, Fix

__all__ = ["Applied", "apply_edits", "choose"]


class Applied(NamedTuple):
    """A text after some fixes."""

    content: str
    fixes: tuple[Fix, ...]


def choose(fixes: Iterable[Fix]) -> list[Fix]:
    """The fixes that can be applied together, first come first served by place.

    A fix is taken whole or waits for the next pass: edits of two fixes may neither overlap nor touch, since where
    they touch, their order would decide what comes out. Fixes that say exactly the same are taken once.
    """
    chosen: list[Fix] = []
    taken: list[tuple[int, int]] = []
    seen: set[tuple[Edit, ...]] = set()
    for fix in sorted(fixes, key=lambda f: (min(e.span for e in f.edits), f.title) if f.edits else ((0, 0), "")):
        edits = tuple(sorted(fix.edits))
        if not edits or edits in seen or _overlap_inside(edits):
            continue
        if any(start <= edit.span.end and edit.span.start <= end for edit in edits for start, end in taken):
            continue
        seen.add(edits)
        taken.extend(edit.span for edit in edits)
        chosen.append(fix)
    return chosen


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
