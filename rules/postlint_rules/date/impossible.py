"""Days, hours and offsets that do not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.api import DateOutcome, Document, DocumentRule, Finding, Kind, Span, date_uses, generator_for, regex
from postlint_rules.date._values import impossible_part

_FILE_NAME = regex(r"(\d{4}-\d{1,2}-\d{1,2})-", re.A)
_END_OF_DAY = regex(r"[T\s]24:00(?::00)?(?:\D|$)|:60(?:\D|$)", re.A)
"""24:00 is the end of the day (ISO 8601), a 60th second a leap second: whoever takes them means just that."""


class Impossible(DocumentRule):
    """A date that has the form of one and cannot be: 30 February, 25:00, a 13th month, an offset of 90 hours."""

    def check(self, doc: Document) -> Iterator[Finding]:
        dated = False
        for _, entry, reading in date_uses(doc):
            dated = True
            text = entry.node.text
            if reading.outcome is DateOutcome.IMPOSSIBLE:
                yield Finding(entry.node.span, impossible_part(text), reading.effect)
            elif reading.outcome is DateOutcome.ROLLED_OVER:
                part = impossible_part(text)
                if not (_END_OF_DAY.search(text) and part.startswith(("a day has", "a minute has"))):
                    yield Finding(entry.node.span, part, reading.effect)
        if not dated:
            yield from _file_name(doc)


def _file_name(doc: Document) -> Iterator[Finding]:
    """Without a date in the front matter Jekyll takes the file name's."""
    generator = generator_for(doc.profile)
    if generator.name != "jekyll" or generator.kind(doc.path) is not Kind.POST:
        return
    match = _FILE_NAME.match(doc.name)
    if match is None:
        return
    part = impossible_part(match[1])
    if part.endswith("possible date"):
        return
    day = generator.file_name_date(doc.path)
    effect = f"Jekyll takes {day:%Y-%m-%d} instead" if day is not None else "Jekyll stops and builds nothing at all"
    yield Finding(Span(0, 0), f"the file name says `{match[1]}`: {part}", effect, "rename the file")
