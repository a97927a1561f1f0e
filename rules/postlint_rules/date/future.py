"""Posts that are not published yet because of their date."""

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


class Future(SiteRule):
    """A date that lies in the future, where the generator leaves such pages out."""

    severity = Severity.INFO
    on = False

    def collect(self, doc: Document) -> Iterator[Fact]:
        fate = generator_for(doc.profile).fate(doc)
        if fate.published and fate.appears is not None:
            yield instant_fact(doc, fate.appears, ("publishdate", "date"))

    def check(self, site: Site) -> Iterator[SiteFinding]:
        now = site.now.timestamp()
        for fact in site.facts(self.id):
            at, shown = fact.value
            if at > now:
                title = generator_for(site.profile(fact.path)).title
                yield SiteFinding(
                    fact.path,
                    Finding(
                        fact.place.span,
                        "this date is in the future" if fact.key else "the day in the file's name is in the future",
                        f"{title} leaves the page out of every build before {shown}, {ago(at - now)} from now",
                        "build the site again then, or set the date back" if fact.key else "build the site again then",
                    ),
                )
