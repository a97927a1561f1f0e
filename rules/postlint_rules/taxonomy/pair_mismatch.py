"""Two terms that go together everywhere else, and not here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from postlint.api import Finding, Severity, Site, SiteFinding, SiteRule
from postlint_rules.taxonomy import _forms as forms
from postlint_rules.taxonomy._pairs import Pairing, pairings

_SURE = 3
"""In so many documents a term must have its usual partner before another one is called wrong."""


@dataclass(frozen=True, slots=True)
class Options:
    """
    Attributes:
        least_posts: how many posts must have one term of each taxonomy before anything is learned from them.
        share: of those, the share whose terms must go with each other.
    """

    least_posts: int = 20
    share: float = 0.95


class PairMismatch(SiteRule):
    """Posts whose category and tag (or terms of whatever two taxonomies) are not each other's usual ones.

    Nothing is learned where posts have several terms, or where terms of the two go together in no fixed way.
    """

    severity = Severity.WARNING
    Options = Options

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for pairing in pairings(site, self.options.least_posts, self.options.share):
            for path, one, other in pairing.documents:
                if site.asked_for(path):
                    found = _finding(site, pairing, path, (one, other))
                    if found is not None:
                        yield SiteFinding(path, found)


def _finding(site: Site, pairing: Pairing, path: str, pair: tuple[str, str]) -> Finding | None:
    if pair[0] != pair[1] and pairing.usual[0].get(pair[1]) == pair[0] and pairing.counts[pair[1], pair[0]] >= _SURE:
        return _exchanged(site, pairing, path, pair)
    sure = []
    for side in (0, 1):
        usual = pairing.usual[side][pair[side]]
        count = pairing.counts[(pair[0], usual) if side == 0 else (usual, pair[1])]
        if usual == pair[1 - side]:
            continue
        if forms.key(usual) == forms.key(pair[1 - side]):
            return None  # the same term in another form: taxonomy/variant
        if count >= _SURE:
            sure.append((side, usual, count, pairing.totals[side][pair[side]]))
    if not sure:
        return None
    side, usual, count, total = sure[0]  # which of the two is wrong, only the author knows
    own, wrong = pairing.taxonomies[side], pairing.taxonomies[1 - side]
    one, another = forms.singular(own), forms.singular(wrong)
    use = next((use for use in site.terms(wrong, pair[1 - side]) if use.path == path), None)
    if use is None:
        return None
    message = (
        f"the {another} `{pair[1 - side]}` is not the one that goes with the {one} `{pair[side]}`:"
        f" {count} of its {total} posts have `{usual}`, and {pairing.support}"
    )
    return Finding(use.place.span, message, help=f"write `{usual}`, or correct the {one}")


def _exchanged(site: Site, pairing: Pairing, path: str, pair: tuple[str, str]) -> Finding | None:
    """The two stand in each other's place."""
    one, other = map(forms.singular, pairing.taxonomies)
    use = next((use for use in site.terms(pairing.taxonomies[1], pair[1]) if use.path == path), None)
    if use is None:
        return None
    count = pairing.counts[pair[1], pair[0]]
    message = (
        f"the {one} `{pair[0]}` and the {other} `{pair[1]}` have changed places: {count} posts have them the other way"
        f" round, and {pairing.support}"
    )
    return Finding(use.place.span, message, help="exchange the two")
