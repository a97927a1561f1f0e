"""Links to pages of other sites that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Finding, LinkFact, Severity, Site, SiteFinding, SiteRule, Standing, Verdict
from postlint_rules.link._addresses import is_image


class ExternalDead(SiteRule):
    """The host says that there is no such page (404, 410), or there is no such host.

    A warning: what another site takes away is no fault of the post, and must not stop a change that has nothing to do
    with it.
    """

    severity = Severity.WARNING
    external = "dead"

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for link, verdict in site.external_links():
            if verdict.standing is Standing.DEAD:
                yield SiteFinding(link.path, _finding(link, verdict))


def _finding(link: LinkFact, verdict: Verdict) -> Finding:
    return Finding(
        link.place.span,
        f"nothing is at this address: {verdict.reason}",
        "readers see no picture" if is_image(link) else "who follows the link finds no page",
        help="look for its new address, or for a copy at web.archive.org",
    )
