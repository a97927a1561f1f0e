"""A built site and what was said of it beforehand, held against each other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from tests.built.lychee import Checked, Link
from tests.built.told import DEAD, Finding, Told

__all__ = ["Comparison", "compare"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    Attributes:
        broken: links that are broken in the built site and stand in content.
        missed: those of them that postlint does not tell.
        told: what postlint says of links that are dead, on pages that are built.
        wrong: what of it is not so.
    """

    broken: frozenset[Link]
    missed: frozenset[Link]
    told: tuple[Finding, ...]
    wrong: tuple[Finding, ...]
    written: dict[Link, str] = field(default_factory=dict)

    @property
    def found(self) -> float:
        """The part of the broken links that postlint tells."""
        return 1 - len(self.missed) / len(self.broken) if self.broken else 1.0

    @property
    def right(self) -> float:
        """The part of what postlint tells that is so."""
        return 1 - len(self.wrong) / len(self.told) if self.told else 1.0

    def __str__(self) -> str:
        lines = [f"{len(self.broken)} broken, {self.found:.1%} of them told; {len(self.told)} told, {self.right:.1%} right"]
        lines += [f"  not told: {link.page}: {self.written.get(link)} = {link.address}" for link in sorted(self.missed)]
        lines += [f"  not so: {each.at}: {each.rule} {each.kind} {each.written} = {each.link}" for each in self.wrong]
        return "\n".join(lines)


def compare(checked: Checked, told: Told, not_content: Collection[Link] = ()) -> Comparison:
    """
    Args:
        not_content: broken links that templates bring, as includes do.
    """
    broken = frozenset(link for link in checked.broken if link.page in told.pages and link not in not_content)
    on_pages = tuple(each for each in told.findings if each.rule in DEAD and each.link is not None)
    wrong = tuple(each for each in on_pages if each.link not in checked.broken)
    return Comparison(broken, broken - told.dead(), on_pages, wrong, dict(checked.links))
