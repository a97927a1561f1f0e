"""Terms of two taxonomies that go with each other, learned from the documents that have one of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from postlint.api import Site
from postlint_rules.taxonomy import _forms as forms

__all__ = ["Pairing", "pairings"]

_LEAST_PAIRS = 3
"""So many different pairs must stand, each more than once, before they are a rule and no accident."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two taxonomies whose terms go with each other.

    Attributes:
        site: where.
        lang: of the documents; "" where they have none.
        taxonomies: their names.
        documents: (path, term of the one, term of the other), by path.
        usual: for each of the two: term → the term of the other that most documents with it have.
        counts: how many documents have the pair.
        totals: for each of the two: term → how many documents have it.
        held: how many documents have terms that are each other's usual ones.
        declared: the project's settings say that the two go with each other.
    """

    site: str
    lang: str
    taxonomies: tuple[str, str]
    documents: Sequence[tuple[str, str, str]]
    usual: tuple[Mapping[str, str], Mapping[str, str]]
    counts: Mapping[tuple[str, str], int]
    totals: tuple[Mapping[str, int], Mapping[str, int]]
    held: int
    declared: bool

    @property
    def support(self) -> str:
        """In the words of a message: on how much this rests."""
        if self.declared:
            return "the settings say that the two go together"
        of = f" (`{self.lang}`)" if self.lang else ""
        one, other = map(forms.singular, self.taxonomies)
        return f"{one} and {other} go together in {self.held} of {len(self.documents)} posts{of}"


def pairings(site: Site, least_posts: int, share: float) -> list[Pairing]:
    """Those of a project.

    Args:
        least_posts: how many documents must have one term of each, where the settings do not say that the two pair.
        share: of them, the share whose two terms must be each other's usual one.
    """
    only: dict[tuple[str, str], dict[str, dict[str, str]]] = defaultdict(dict)
    for taxonomy in site.taxonomies():
        for root, path, term in site.only_terms(taxonomy):
            only[root, site.languages.get(path, "")].setdefault(taxonomy, {})[path] = term
    found = []
    for (root, lang), by_taxonomy in only.items():
        for one, other in combinations(sorted(by_taxonomy), 2):
            ones, others = by_taxonomy[one], by_taxonomy[other]
            documents = [(path, term, others[path]) for path, term in ones.items() if path in others]
            declared = _declared(site, root, one, other)
            if not declared and len(documents) < least_posts:
                continue
            pairing, several = _pairing(root, lang, (one, other), documents, declared)
            if declared or (several >= _LEAST_PAIRS and pairing.held >= share * len(documents)):
                found.append(pairing)
    return found


def _declared(site: Site, root: str, one: str, other: str) -> bool:
    """Whether the project's settings say that the two go with each other."""
    return any(
        (setting.name, setting.pairs_with) in ((one, other), (other, one)) for setting in site.profiles[root].taxonomies
    )


def _pairing(
    root: str, lang: str, taxonomies: tuple[str, str], documents: list[tuple[str, str, str]], declared: bool
) -> tuple[Pairing, int]:
    """What the documents make of two taxonomies, and how many pairs stand more than once."""
    counts = Counter((one, other) for _, one, other in documents)
    usual: tuple[dict[str, str], dict[str, str]] = ({}, {})
    totals: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for (one, other), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        usual[0].setdefault(one, other)
        usual[1].setdefault(other, one)
        totals[0][one] += count
        totals[1][other] += count
    held = [
        count
        for (one, other), count in counts.items()
        if usual[0][one] == other and usual[1][other] == one and (one == other or counts[other, one] < count)
    ]
    pairing = Pairing(root, lang, taxonomies, documents, usual, counts, totals, sum(held), declared)
    return pairing, sum(count > 1 for count in held)
