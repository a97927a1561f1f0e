"""Two terms whose pages have one address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from postlint.api import Finding, Site, SiteFinding, SiteRule, TermFact, generator_for
from postlint_rules.taxonomy import _forms as forms

_TOGETHER = {
    "hexo": "Hexo writes the pages of both there, and the second replaces the first",
    "hugo": "Hugo makes one page of both, under the name that it meets first",
    "zola": "Zola makes one page of both, under the name that sorts first",
}
"""Measured with Hexo 8.1.2 and Hugo 0.168; read in Zola's taxonomies.rs."""


class SlugCollision(SiteRule):
    """Terms that a reader tells apart (``C`` and ``C++``) and an address does not.

    Forms of one term, which differ in case, blanks and hyphens alone, are ``taxonomy/variant``'s.
    """

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for taxonomy in site.taxonomies():
            by_address: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
            for (root, term), count in site.term_counts(taxonomy).items():
                if address := generator_for(site.profiles[root]).term_url(taxonomy, term):
                    by_address[root, address][term] = count
            for (root, address), counts in by_address.items():
                if len({forms.key(term) for term in counts}) > 1:
                    yield from self._of_address(site, root, taxonomy, address, counts)

    def _of_address(
        self, site: Site, root: str, taxonomy: str, address: str, counts: dict[str, int]
    ) -> Iterator[SiteFinding]:
        uses = {term: [use for use in site.terms(taxonomy, term) if site.site_of(use.path) == root] for term in counts}
        spoken = {term: {site.languages.get(use.path, "") for use in found} for term, found in uses.items()}
        kept: list[str] = []
        for term in sorted(counts, key=lambda term: (-counts[term], term)):
            other = next((k for k in kept if forms.key(k) != forms.key(term) and spoken[k] & spoken[term]), None)
            kept.append(term)
            if other is not None:
                shown = next((use for use in uses[term] if site.asked_for(use.path)), None)
                if shown is not None:
                    generator = site.profiles[root].generator
                    yield SiteFinding(shown.path, _finding(shown, other, address, counts[term], generator))


def _finding(use: TermFact, other: str, address: str, count: int, generator: str) -> Finding:
    more = f" (in {count} documents)" if count > 1 else ""
    return Finding(
        use.place.span,
        f"the {forms.singular(use.taxonomy)} `{use.term}`{more} has the address of `{other}`, {address}",
        _TOGETHER.get(generator, ""),
        "give one of them another name",
    )
