"""Pages that are left out because their time is over."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import (
    Document,
    Fact,
    Finding,
    Severity,
    Site,
    SiteFinding,
    SiteRule,
    generator_for,
)
from postlint_rules.date._clock import ago, instant_fact


class Expired(SiteRule):
    """A date of expiry that has passed, where the generator leaves such pages out."""

    severity = Severity.INFO
    on = False

    def collect(self, doc: Document) -> Iterator[Fact]:
        if not doc.front_matter.entries:
            return
        fate = generator_for(doc.profile).fate(doc)
        if fate.published and fate.expires is not None:
            yield instant_fact(doc, fate.expires, ("expirydate", "unpublishdate"))

    def check(self, site: Site) -> Iterator[SiteFinding]:
        now = site.now.timestamp()
        for fact in site.facts(self.id):
            at, shown = fact.value
            if at <= now:
                title = generator_for(site.profile(fact.path)).title
                yield SiteFinding(
                    fact.path,
                    Finding(
                        fact.place.span,
                        "this page has expired",
                        f"{title} leaves it out of every build since {shown}, {ago(now - at)} ago",
                        "delete the page, or set a later day",
                    ),
                )
