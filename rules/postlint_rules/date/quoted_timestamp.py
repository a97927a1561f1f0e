"""Times in quotes on a site that writes its times without, where the two are read in different zones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from postlint.api import (
    DateOutcome,
    DateReading,
    Document,
    Entry,
    Fact,
    Finding,
    Generator,
    Place,
    Severity,
    Site,
    SiteFinding,
    SiteRule,
    date_uses,
)
from postlint_rules.date._values import moved_as_utc
from postlint_rules.date._zones import distance

_PLAIN, _QUOTED = "plain", "quoted"


class QuotedTimestamp(SiteRule):
    """A time in quotes and without an offset, which Jekyll takes in the site's zone; most of the site's are taken as
    UTC, because they are not quoted.
    """

    severity = Severity.WARNING

    def collect(self, doc: Document) -> Iterator[Fact]:
        if doc.profile.zone is None:
            return
        for generator, entry, reading in date_uses(doc):
            if entry.key != "date" or not reading.has_time or reading.zone_from == "value":
                continue
            if moved_as_utc(doc, generator, reading):
                yield Fact(doc.path, _PLAIN, _place(doc, entry), None)
            elif entry.node.quoted and reading.outcome is DateOutcome.READ and reading.zone_from == "site":
                value = _without_quotes(doc, generator, entry, reading)
                if value is not None:
                    yield Fact(doc.path, _QUOTED, _place(doc, entry), value)

    def check(self, site: Site) -> Iterator[SiteFinding]:
        quoted = list(site.facts(self.id, _QUOTED))
        if not quoted:
            return
        plain = Counter(site.site_of(fact.path) for fact in site.facts(self.id, _PLAIN))
        in_quotes = Counter(site.site_of(fact.path) for fact in quoted)
        for fact in quoted:
            others = plain[site.site_of(fact.path)]
            if others <= in_quotes[site.site_of(fact.path)]:
                continue  # then those without quotes are the odd ones: date/missing-timezone
            yield SiteFinding(
                fact.path,
                Finding(
                    fact.place.span,
                    "this time is in quotes, so Jekyll takes it in the site's zone; without quotes, as most are here,"
                    " it would be UTC",
                    f"beside the {others} that are taken as UTC it is {fact.value}",
                    "write the offset, here and there",
                ),
            )


def _place(doc: Document, entry: Entry) -> Place:
    span = entry.node.span
    return Place(span, doc.text.position(span.start), doc.text.position(span.end))


def _without_quotes(doc: Document, generator: Generator, entry: Entry, reading: DateReading) -> str | None:
    """How far off the same text without quotes is; None where quotes make no difference."""
    plain = generator.read_date(doc, entry._replace(node=entry.node._replace(style="plain")))
    moved = moved_as_utc(doc, generator, plain)
    if not moved or plain.instant is None or reading.instant is None:
        return None
    gap = reading.instant - plain.instant
    return f"{distance(gap)} too {'late' if gap.total_seconds() > 0 else 'early'}"
