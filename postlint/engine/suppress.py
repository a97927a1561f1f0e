"""Holding suppression comments against findings, with a count of what each did."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from postlint.engine.placed import PlacedFinding
from postlint.parse.directives import Directive, Selector
from postlint.rule import SuppressionUse

__all__ = ["Suppressions"]


class _Reach:
    """The lines on which one rule is not wanted, as ranges that do not touch."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, selectors: Iterable[Selector]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted((one.start_line, one.end_line) for one in selectors if one.end_line > 0):
            if self._ends and start <= self._ends[-1] + 1:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __contains__(self, line: int) -> bool:
        at = bisect_right(self._starts, line) - 1
        return at >= 0 and line <= self._ends[at]


@dataclass(slots=True)
class Suppressions:
    """The suppression comments of one file during one run. A file may hold tens of thousands of them.

    ``former`` has the ids of renamed rules by the names they had: what was written once goes on to mean them.
    """

    directives: Sequence[Directive]
    former: Mapping[str, str] = field(default_factory=dict)
    _reach: dict[str, _Reach] = field(default_factory=dict)
    _silenced: dict[str, set[int]] = field(default_factory=dict)
    """For each rule the lines on which it had something to say that is not wanted."""

    def suppresses(self, rule: str, line: int) -> bool:
        """Whether a finding of ``rule`` on ``line`` is not wanted. Every comment that says so counts as used."""
        reach = self._reach.get(rule)
        if reach is None:
            reach = self._reach[rule] = _Reach(
                selector
                for directive in self.directives
                if directive.kind not in ("enable", "unknown")
                for selector in directive.rules
                if self._means(selector, rule)
            )
        if line not in reach:
            return False
        self._silenced.setdefault(rule, set()).add(line)
        return True

    def _means(self, selector: Selector, rule: str) -> bool:
        return selector.matches(rule) or self.former.get(selector.text) == rule

    def filter(self, findings: Iterable[PlacedFinding]) -> list[PlacedFinding]:
        """The findings that are wanted."""
        if not self.directives:
            return list(findings)
        return [found for found in findings if not self.suppresses(found.rule, found.start.line)]

    def uses(
        self, known: Sequence[str], ran: Callable[[str], bool | None], nearest: Callable[[str], str]
    ) -> Iterable[SuppressionUse]:
        """What each comment did, once all findings of the file went through :meth:`suppresses`.

        Args:
            known: all rule ids there are.
            ran: whether a rule ran on this file: a rule that did not cannot show its comment to be unneeded. None for
                one that the site has off: nothing hangs on it.
            nearest: the known name nearest to one that is unknown.
        """
        silenced = {rule: sorted(lines) for rule, lines in self._silenced.items()}
        meant: dict[str, list[str]] = {}
        for directive in self.directives:
            unknown: list[tuple[Selector, str]] = []
            unused: list[Selector] = []
            for selector in directive.rules:
                named = meant.get(selector.text)
                if named is None:
                    named = meant[selector.text] = [rule for rule in known if self._means(selector, rule)]
                if not named:
                    unknown.append((selector, nearest(selector.text)))
                elif directive.kind in ("enable", "unknown") or any(
                    _did(selector, silenced.get(rule, ())) for rule in named
                ):
                    continue
                elif {ran(rule) for rule in named} - {None} == {True}:
                    unused.append(selector)
            yield SuppressionUse(directive, tuple(unknown), tuple(unused))


def _did(selector: Selector, lines: Sequence[int]) -> bool:
    """Whether one of ``lines``, sorted, is among those of ``selector``."""
    at = bisect_left(lines, selector.start_line)
    return at < len(lines) and lines[at] <= selector.end_line
