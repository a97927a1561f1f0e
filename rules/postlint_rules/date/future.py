"""Posts that are not published yet because of their date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from postlint.api import (
    Document,
    Fact,
    Finding,
    Place,
    Severity,
    Site,
    SiteFinding,
    SiteRule,
    generator_for,
)


class Future(SiteRule):
    """A date that lies in the future, where the generator leaves such pages out."""

    severity = Severity.INFO
    on = False

    def collect(self, doc: Document) -> Iterator[Fact]:
        entry = doc.front_matter.get("date")
        if entry is None:
            return
        generator = generator_for(doc.profile)
        if "date" not in generator.date_keys(doc):
            return
        fate = generator.fate(doc)
        if fate.appears is None or not fate.published:
            return
        span = entry.node.span
        place = Place(span, doc.text.position(span.start), doc.text.position(span.end))
        yield Fact(doc.path, "date", place, [fate.appears.timestamp(), f"{fate.appears:%Y-%m-%d %H:%M %z}"])

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
                        "this date is in the future",
                        f"{title} leaves the page out of every build before {shown}, {_distance(at - now)} from now",
                        "build the site again then, or set the date back",
                    ),
                )


def _distance(seconds: float) -> str:
    distance = dt.timedelta(seconds=seconds)
    if distance.days >= 2:
        return f"{distance.days} days"
    hours = max(1, round(seconds / 3600))
    return f"{hours} hour{'s' * (hours != 1)}"
