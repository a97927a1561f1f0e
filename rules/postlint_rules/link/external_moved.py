"""Links to pages of other sites that have moved for good."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Edit, Finding, Fix, LinkFact, Safety, Severity, Site, SiteFinding, SiteRule, Standing, Verdict
from postlint_rules.link._outward import new_address


class ExternalMoved(SiteRule):
    """All redirects are permanent (301, 308), and they lead to a page that answers."""

    severity = Severity.INFO
    external = "moved"

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for link, verdict in site.external_links():
            if verdict.standing is Standing.MOVED:
                yield SiteFinding(link.path, _finding(link, verdict))


def _finding(link: LinkFact, verdict: Verdict) -> Finding:
    address = new_address(link, verdict)
    return Finding(
        link.place.span,
        f"this page has moved for good, to {verdict.final}",
        "the link works only as long as the old address leads to the new one",
        fix=None if address is None else Fix("write the new address", (Edit(link.place.span, address),), Safety.UNSAFE),
    )
