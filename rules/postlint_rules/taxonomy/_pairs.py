"""Terms of two taxonomies that go with each other, learned from the documents that have one of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from postlint.api import Site

__all__ = ["Pairing", "pairings"]

_LEAST_PAIRS = 3
"""So many different pairs must stand, each more than once, before they are a rule and no accident."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two taxonomies whose terms go with each other.

    Attributes:
        site: where.
        taxonomies: their names.
        documents: (path, term of the one, term of the other), by path.
        usual: for each of the two: term → the term of the other that most documents with it have.
        counts: how many documents have the pair.
    """

    site: str
    taxonomies: tuple[str, str]
    documents: Sequence[tuple[str, str, str]]
    usual: tuple[Mapping[str, str], Mapping[str, str]]
    counts: Mapping[tuple[str, str], int]


def pairings(site: Site, least_posts: int, share: float) -> list[Pairing]:
    """Those of a project.

    Args:
        least_posts: how many documents must have one term of each.
        share: of them, the share whose two terms must be each other's usual one.
    """
    only: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for taxonomy in site.taxonomies():
        for root, path, term in site.only_terms(taxonomy):
            only[root].setdefault(taxonomy, {})[path] = term
    found = []
    for root, by_taxonomy in only.items():
        for one, other in combinations(sorted(by_taxonomy), 2):
            ones, others = by_taxonomy[one], by_taxonomy[other]
            documents = [(path, term, others[path]) for path, term in ones.items() if path in others]
            if len(documents) >= least_posts:
                pairing = _pairing(root, (one, other), documents)
                held = [pair for pair in pairing.counts if _is_usual(pairing, *pair)]
                several = [pair for pair in held if pairing.counts[pair] > 1]
                if len(several) >= _LEAST_PAIRS and sum(map(pairing.counts.__getitem__, held)) >= share * len(
                    documents
                ):
                    found.append(pairing)
    return found


def _pairing(root: str, taxonomies: tuple[str, str], documents: list[tuple[str, str, str]]) -> Pairing:
    counts = Counter((one, other) for _, one, other in documents)
    usual: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for (one, other), _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        usual[0].setdefault(one, other)
        usual[1].setdefault(other, one)
    return Pairing(root, taxonomies, documents, usual, counts)


def _is_usual(pairing: Pairing, one: str, other: str) -> bool:
    return pairing.usual[0][one] == other and pairing.usual[1][other] == one
