"""Stretches of a text, asked many times whether something lies in one of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from postlint.text import Span

__all__ = ["Ranges", "disjoint"]


def disjoint(spans: Iterable[Span]) -> list[Span]:
    """The same places as spans that do not overlap, in order."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


class Ranges:
    """The places that any of some spans covers."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._merged = disjoint(spans)
        self._starts = [span.start for span in self._merged]

    def hold(self, at: int) -> bool:
        """Whether the character at ``at`` is covered."""
        index = bisect_right(self._starts, at) - 1
        return index >= 0 and at < self._merged[index].end

    def touch(self, span: Span) -> bool:
        """Whether any character of ``span`` is covered."""
        index = bisect_right(self._starts, span.end - 1) - 1
        return index >= 0 and span.start < self._merged[index].end
