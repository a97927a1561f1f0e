"""Links to a part of a page of another site that the page does not have."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from postlint.api import Finding, Severity, Site, SiteFinding, SiteRule


class ExternalMissingAnchor(SiteRule):
    """The page answers, was read to its end, has ids, and this one is not among them."""

    severity = Severity.WARNING
    external = "anchor"

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for link, verdict in site.external_links():
            fragment = unquote((link.url or link.raw).partition("#")[2])
            if fragment and fragment in verdict.absent:
                yield SiteFinding(
                    link.path,
                    Finding(
                        link.place.span,
                        f"the page that this leads to has no id `{fragment}`",
                        "who follows the link arrives at the top of the page",
                    ),
                )
