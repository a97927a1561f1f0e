"""Holding suppression comments against findings, with a count of what each did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from postlint.engine.placed import PlacedFinding
from postlint.parse.directives import Directive, Selector
from postlint.rule import SuppressionUse

__all__ = ["Suppressions"]


@dataclass(slots=True)
class Suppressions:
    """The suppression comments of one file during one run."""

    directives: Sequence[Directive]
    used: set[tuple[int, int]] = field(default_factory=set)

    def suppresses(self, rule: str, line: int) -> bool:
        """Whether a finding of ``rule`` on ``line`` is not wanted. Every comment that says so counts as used."""
        hit = False
        for at, directive in enumerate(self.directives):
            if directive.kind in ("enable", "unknown"):
                continue
            for index, selector in enumerate(directive.rules):
                if selector.covers(line) and selector.matches(rule):
                    self.used.add((at, index))
                    hit = True
        return hit

    def filter(self, findings: Iterable[PlacedFinding]) -> list[PlacedFinding]:
        """The findings that are wanted."""
        if not self.directives:
            return list(findings)
        return [found for found in findings if not self.suppresses(found.rule, found.start.line)]

    def uses(
        self, known: Sequence[str], ran: Callable[[str], bool], nearest: Callable[[str], str]
    ) -> Iterable[SuppressionUse]:
        """What each comment did, once all findings of the file went through :meth:`suppresses`.

        Args:
            known: all rule ids there are.
            ran: whether a rule ran on this file: a rule that did not cannot show its comment to be unneeded.
            nearest: the known name nearest to one that is unknown.
        """
        for at, directive in enumerate(self.directives):
            unknown: list[tuple[Selector, str]] = []
            unused: list[Selector] = []
            for index, selector in enumerate(directive.rules):
                named = [rule for rule in known if selector.matches(rule)]
                if not named:
                    unknown.append((selector, nearest(selector.text)))
                elif directive.kind == "enable" or (at, index) in self.used:
                    continue
                elif all(ran(rule) for rule in named):
                    unused.append(selector)
            yield SuppressionUse(directive, tuple(unknown), tuple(unused))
