"""A built site and what was said of it beforehand, held against each other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from tests.built.lychee import Checked, Link, meeting
from tests.built.told import DEAD, NOWHERE, Finding, Told

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
        lines = [
            f"{len(self.broken)} broken, {self.found:.1%} of them told; {len(self.told)} told, {self.right:.1%} right"
        ]
        lines += [f"  not told: {link.page}: {self.written.get(link)} = {link.address}" for link in sorted(self.missed)]
        lines += [f"  not so: {each.at}: {each.rule} {each.kind} {each.written} = {each.link}" for each in self.wrong]
        return "\n".join(lines)


def compare(
    checked: Checked, told: Told, not_content: Collection[Link] = (), stops: Collection[tuple[str, str]] = ()
) -> Comparison:
    """
    Args:
        not_content: broken links that templates bring, as includes do.
        stops: tags at which the generator stops, each as file and name. They count wherever they stand, in code too.
    """
    at = {path: page for page, paths in told.pages.items() for path in paths}
    stopping = {Link(at[path], meeting(NOWHERE + name)) for path, name in stops if path in at}
    on_pages = {link for link in checked.broken if link.page in told.pages and NOWHERE not in link.address}
    broken = frozenset(on_pages.difference(not_content) | stopping)
    findings = tuple(each for each in told.findings if each.rule in DEAD and each.link is not None)
    wrong = tuple(each for each in findings if each.link not in broken and each.link not in checked.broken)
    return Comparison(broken, broken - told.dead(), findings, wrong, dict(checked.links))
