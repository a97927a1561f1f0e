"""Rare terms that are all but another, common one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from postlint.api import Finding, Fix, Safety, Severity, Site, SiteFinding, SiteRule, TermFact, regex
from postlint_rules.taxonomy import _forms as forms

_WORDS = regex(r"[a-z\u00df-\u024f][a-z\u00df-\u024f \-]*")
"""Only in terms of letters is one of them likely a slip: `2023` and `2024`, 春节 and 春天 are two things."""
_SHORTEST = 5


@dataclass(frozen=True, slots=True)
class Options:
    """
    Attributes:
        rare: in how many documents at most a term stands that is held to be a slip.
        times: how many times as many documents the other one must have.
    """

    rare: int = 2
    times: int = 5


class NearDuplicate(SiteRule):
    """Terms of which another, far commoner one is the plural or the singular, or differs in one letter.

    What the site declares (its list of terms, its aliases) is not asked after: ``taxonomy/unknown-term`` has that.
    """

    severity = Severity.WARNING
    Options = Options

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for taxonomy in site.taxonomies():
            by_site: dict[str, dict[str, int]] = defaultdict(dict)
            for (root, term), count in site.term_counts(taxonomy).items():
                by_site[root][term] = count
            for root, counts in by_site.items():
                setting = forms.declared(site.profiles[root], taxonomy)
                if setting is not None and setting.terms is not None:
                    continue
                named = {written for written, _ in setting.aliases} if setting is not None else set()
                for term, near in self._slips(counts):
                    if term not in named:
                        for use in site.terms(taxonomy, term):
                            if site.site_of(use.path) == root:
                                yield SiteFinding(use.path, _finding(site, use, near, counts[near]))

    def _slips(self, counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
        """Rare terms, each with the common one that was meant."""
        rare = {term: forms.key(term) for term, count in counts.items() if count <= self.options.rare}
        common = {
            forms.key(term): term for term, count in counts.items() if count >= self.options.times and term not in rare
        }
        common = {key: term for key, term in common.items() if _WORDS.fullmatch(key)}
        if not rare or not common:
            return
        by_length: dict[int, list[str]] = defaultdict(list)
        for key in common:
            by_length[len(key)].append(key)
        for term, key in rare.items():
            if not _WORDS.fullmatch(key) or key in common:
                continue
            found = [other for other in _numbers(key) if other in common]
            if not found and len(key) >= _SHORTEST:
                lengths = (len(key) - 1, len(key), len(key) + 1)
                found = [other for length in lengths for other in by_length.get(length, ()) if _one_slip(key, other)]
            found = [other for other in found if counts[common[other]] >= counts[term] * self.options.times]
            if len(found) == 1:
                yield term, common[found[0]]


def _numbers(key: str) -> tuple[str, ...]:
    """How English writes the singular and the plural of the term."""
    found = [key + "s", key + "es", key.removesuffix("s"), key.removesuffix("es")]
    if key.endswith("y"):
        found.append(key[:-1] + "ies")
    if key.endswith("ies"):
        found.append(key[:-3] + "y")
    return tuple(other for other in dict.fromkeys(found) if other != key and len(other) > 2)


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter (not the first) is wrong, missing or too many, or two have changed places."""
    if one[0] != other[0] or min(len(one), len(other)) < _SHORTEST:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    return (len(left) <= 1 and len(right) <= 1) or (len(left) == 2 and left == right[::-1])


def _finding(site: Site, use: TermFact, near: str, count: int) -> Finding:
    one = forms.singular(use.taxonomy)
    message = f"the {one} `{use.term}` is nearly `{near}`, which {count} documents have"
    consequence = f"who looks for `{near}` does not find this page"
    taken = any(other.path == use.path for other in site.terms(use.taxonomy, near))
    if taken:
        return Finding(use.place.span, message, consequence, f"delete it: `{near}` stands in this document too")
    edit = forms.rewrite(use.place.span, use.term, near)
    fix = Fix(f"write `{near}`", (edit,), Safety.UNSAFE) if edit is not None else None
    return Finding(use.place.span, message, consequence, "" if fix is not None else f"write `{near}`", fix)
