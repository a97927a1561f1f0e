"""Which rules a document is shown to: those of which it holds what they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from postlint.document import Document
from postlint.finding import Finding
from postlint.generators.readings import date_uses
from postlint.rule import DocumentRule, Need

__all__ = ["Check", "Showing", "holds"]

Check = tuple[str, Callable[[Document], Iterator[Finding]]]
"""A rule's id and its question."""

_HOLDS: Mapping[Need, Callable[[Document], object]] = {
    "anything": lambda doc: True,
    "html": lambda doc: doc.has_html,
    "links": lambda doc: doc.links,
    "dates": date_uses,
}


def holds(doc: Document, need: Need) -> bool:
    """Whether a document holds what a rule may need; also where that cannot be told: then the rules say why."""
    try:
        return bool(_HOLDS[need](doc))
    except Exception:
        return True


class Showing:
    """Rules, by what they need."""

    __slots__ = ("_groups",)

    def __init__(self, rules: Iterable[DocumentRule]) -> None:
        groups: dict[Need, list[Check]] = {}
        for rule in rules:
            groups.setdefault(rule.needs, []).append((rule.id, rule.check))
        self._groups: Sequence[tuple[Need, Sequence[Check]]] = tuple(groups.items())

    def of(self, doc: Document) -> Iterator[Check]:
        """The rules that may have something to say of ``doc``."""
        for need, checks in self._groups:
            if need == "anything" or holds(doc, need):
                yield from checks
