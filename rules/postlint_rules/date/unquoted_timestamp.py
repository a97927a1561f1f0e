"""Times with an offset and without quotes, which Hexo reads hours off."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import DateOutcome, Document, DocumentRule, Edit, Finding, Fix, Safety, Severity, date_uses
from postlint_rules.date._values import same_instant
from postlint_rules.date._zones import day_in_url, distance, ends_in_offset


class UnquotedTimestamp(DocumentRule):
    """A time with an offset that stands without quotes: Hexo takes the hour that it is in UTC for the site's own."""

    severity = Severity.WARNING
    needs = "dates"

    def check(self, doc: Document) -> Iterator[Finding]:
        if doc.profile.generator != "hexo" or doc.profile.zone is None:
            return
        for generator, entry, reading in date_uses(doc):
            if not reading.has_time or reading.zone_from == "value" or reading.outcome is not DateOutcome.READ:
                continue
            if reading.instant is None or entry.node.quoted or not ends_in_offset(entry.node.text):
                continue
            meant = generator.read_date(doc, entry._replace(node=entry.node._replace(style="double")))
            if meant.instant is None or same_instant(meant, reading):
                continue
            gap = reading.instant - meant.instant
            way = "late" if gap.total_seconds() > 0 else "early"
            consequence = (
                f"Hexo takes the hour in UTC for the site's own ({doc.profile.zone}): {reading.instant:%Y-%m-%d %H:%M}"
                f" in the place of {meant.instant:%Y-%m-%d %H:%M}"
            )
            moved = reading.instant.date() != meant.instant.date()
            if moved and entry.key == "date" and (said := day_in_url(reading.instant, generator.fate(doc).url)):
                consequence += f"; the address says {said}"
            span = entry.node.span
            fix = Fix("put it in quotes", (Edit(span, f'"{entry.node.text}"'),), Safety.UNSAFE)
            message = f"this time has an offset and no quotes, which makes it {distance(gap)} too {way}"
            yield Finding(span, message, consequence, "", fix)
