"""A finding with its rule and place, on its way from a rule to a report."""

from __future__ import annotations

from typing import NamedTuple

from postlint.finding import Finding
from postlint.text import Position

__all__ = ["PlacedFinding"]


class PlacedFinding(NamedTuple):
    """A finding with its place as line and column: what the index keeps of it."""

    rule: str
    finding: Finding
    start: Position
    end: Position
