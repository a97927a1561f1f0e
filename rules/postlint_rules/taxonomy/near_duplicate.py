"""Rare terms that are all but another, common one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from postlint.api import Finding, Fix, Safety, Severity, Site, SiteFinding, SiteRule, TermFact, regex
from postlint_rules.taxonomy import _forms as forms

_WORDS = regex(r"[a-z\u00df-\u024f][a-z\u00df-\u024f \-]*")
"""Only in terms of letters is one of them likely a slip: `2023` and `2024`, 春节 and 春天 are two things."""
_SHORTEST = 6
_SHORTEST_OF_ONE = 8
"""How long a term must be for two letters that changed places, and for one wrong, missing or too many: in shorter words
these make other words (`angel` and `angle`, `county` and `country`, `scale` and `scala`)."""
_SHORTEST_NUMBER = 4
"""`new` is no singular of `news`."""
_NO_PLURALS = frozenset({
    "arm", "arms", "class", "classes", "content", "contents", "custom", "customs", "glass", "glasses", "good", "goods",
    "green", "greens", "http", "https", "mean", "means", "minute", "minutes", "new", "news", "right", "rights",
    "saving", "savings", "spectacle", "spectacles", "term", "terms", "thank", "thanks", "wood", "woods", "work",
    "works",
})  # fmt: skip
"""Words that are not the singular, or the plural, of the other that they look like."""
_SCIENCE = regex(r".*ic")
"""`economic` and `economics`, `graphic` and `graphics`: a property and a subject."""


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
                        yield from self._of_term(site, root, taxonomy, term, near)

    def _of_term(self, site: Site, root: str, taxonomy: str, term: str, near: str) -> Iterator[SiteFinding]:
        """The uses of a rare term, where those of the common one are of the same language and still many enough."""
        uses = [use for use in site.terms(taxonomy, term) if site.site_of(use.path) == root]
        common: dict[str, set[str]] = defaultdict(set)
        for path in {use.path for use in site.terms(taxonomy, near)}:
            if site.site_of(path) == root:
                common[site.languages.get(path, "")].add(path)
        rare = Counter(site.languages.get(path, "") for path in {use.path for use in uses})
        for use in uses:
            lang = site.languages.get(use.path, "")
            if len(common[lang]) >= max(rare[lang], 1) * self.options.times:
                yield SiteFinding(use.path, _finding(use, near, len(common[lang]), use.path in common[lang]))

    def _slips(self, counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
        """Rare terms, each with the common one that was meant."""
        rare = {term: forms.key(term) for term, count in counts.items() if count <= self.options.rare}
        common = {
            forms.key(term): term for term, count in counts.items() if count >= self.options.times and term not in rare
        }
        common = {key: term for key, term in common.items() if _WORDS.fullmatch(key)}
        if not rare or not common:
            return
        by_rest: dict[str, set[str]] = defaultdict(set)
        for key in common:
            for rest in _rests(key):
                by_rest[rest].add(key)
        for term, key in rare.items():
            if not _WORDS.fullmatch(key) or key in common:
                continue
            found = [other for other in _numbers(key) if other in common]
            if not found and len(key) >= _SHORTEST:
                near = {other for rest in _rests(key) for other in by_rest.get(rest, ())}
                found = [other for other in near if _one_slip(key, other)]
            found = [other for other in found if counts[common[other]] >= counts[term] * self.options.times]
            if len(found) == 1:
                yield term, common[found[0]]


def _rests(key: str) -> set[str]:
    """The term, and what is left of it without each of its letters.

    Two terms that differ in one letter, or in two that have changed places, have one of these in common: so each term
    is looked up, not compared with all others.
    """
    return {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))}


def _numbers(key: str) -> tuple[str, ...]:
    """How English writes the singular and the plural of the term."""
    if key in _NO_PLURALS:
        return ()
    found = [key.removesuffix("es"), *([] if _SCIENCE.fullmatch(key) else [key + "s", key + "es"])]
    if not _SCIENCE.fullmatch(key.removesuffix("s")):
        found.append(key.removesuffix("s"))
    if key.endswith("y"):
        found.append(key[:-1] + "ies")
    if key.endswith("ies"):
        found.append(key[:-3] + "y")
    return tuple(
        other for other in dict.fromkeys(found) if other != key and min(len(other), len(key)) >= _SHORTEST_NUMBER
    )


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
    if len(left) == 2:
        return left == right[::-1]
    if len(left) > 1 or len(right) > 1:
        return False
    return max(len(one), len(other)) >= _SHORTEST_OF_ONE and not (end == 0 and left + right == "s")  # that is a plural


def _finding(use: TermFact, near: str, count: int, taken: bool) -> Finding:
    one = forms.singular(use.taxonomy)
    message = f"the {one} `{use.term}` is nearly `{near}`, which {count} documents have"
    consequence = f"who looks for `{near}` does not find this page"
    if taken:
        return Finding(use.place.span, message, consequence, f"delete it: `{near}` stands in this document too")
    edit = forms.rewrite(use.place.span, use.term, near)
    fix = Fix(f"write `{near}`", (edit,), Safety.UNSAFE) if edit is not None else None
    return Finding(use.place.span, message, consequence, "" if fix is not None else f"write `{near}`", fix)
