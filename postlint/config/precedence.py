"""Which of several patterns for a rule counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import NamedTuple

from postlint.config.origin import DEFAULT, Origin
from postlint.config.values import EMPTY, Table
from postlint.finding import Severity
from postlint.regex import regex

__all__ = ["EXACT", "Grade", "RuleEntry", "grade", "is_selected", "selects", "weight"]

EXACT = 1_000_000
"""The weight of an id: more than any pattern's."""

_WILDCARD = regex(r"[*?\[]")
_WILDCARDS = regex(r"\[[^\]]*+\]|[*?]")


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One line of a ``rules`` table.

    Attributes:
        pattern: an id (``html/misnested-tag``), a family (``html``) or a glob (``link/missing-*``).
        level: the severity it gives; None: it gives none.
        enabled: True and False for ``true`` and ``"off"``; None: it says only a severity, or only options.
        options: the rule's options as written; only where ``pattern`` is an id.
        origins: of the options, by name.
    """

    pattern: str
    level: Severity | None = None
    enabled: bool | None = None
    options: Table = EMPTY
    origin: Origin = DEFAULT
    origins: tuple[tuple[str, Origin], ...] = ()


class Grade(NamedTuple):
    """How bad a rule's findings are when the rule is on, and whether it is."""

    level: Severity
    enabled: bool


def selects(pattern: str, rule_id: str) -> bool:
    """Whether an id, family or glob selects the rule."""
    if pattern == rule_id:
        return True
    if _WILDCARD.search(pattern):
        return fnmatchcase(rule_id, pattern)
    return rule_id.startswith(pattern + "/")


def weight(pattern: str) -> int:
    """How narrow a pattern is: an id beats all patterns; else the number of characters that are not wildcards.

    A family counts as ``family/*``.
    """
    if not _WILDCARD.search(pattern):
        return EXACT if "/" in pattern else len(pattern) + 1
    return len(_WILDCARDS.sub("", pattern))


def grade(entries: Iterable[RuleEntry], rule_id: str, before: Grade) -> Grade:
    """What one ``rules`` table makes of a rule that stood at ``before``.

    The narrowest entry counts, among equals the last. A severity given to a family or glob grades the rules that
    are on; it does not switch on one that is off by default: that takes the rule's id, or ``true``.
    """
    matching = [
        (weight(entry.pattern), index, entry) for index, entry in enumerate(entries) if selects(entry.pattern, rule_id)
    ]
    if not matching:
        return before
    level: Severity | None = None
    enabled: bool | None = None
    for narrowness, _, entry in sorted(matching, key=lambda m: m[:2], reverse=True):
        if level is None:
            level = entry.level
        if enabled is None:
            if entry.enabled is not None:
                enabled = entry.enabled
            elif entry.level is not None and (before.enabled or narrowness == EXACT):
                enabled = True
    return Grade(before.level if level is None else level, before.enabled if enabled is None else enabled)


def is_selected(select: Iterable[str], ignore: Iterable[str], rule_id: str) -> bool:
    """Whether a rule takes part in the run: the narrowest of the patterns that match it counts, ``ignore`` on a tie."""
    select = tuple(select)
    chosen = max((weight(p) for p in select if selects(p, rule_id)), default=-1)
    if select and chosen < 0:
        return False
    ignored = max((weight(p) for p in ignore if selects(p, rule_id)), default=-1)
    return ignored < 0 or chosen > ignored
