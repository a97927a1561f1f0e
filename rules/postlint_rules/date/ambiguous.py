"""Dates in numbers of which nobody knows which is the day and which the month."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from postlint.api import (
    DateOutcome,
    DateReading,
    Document,
    DocumentRule,
    Finding,
    Generator,
    Severity,
    date_uses,
    regex,
)

_NUMBERS = regex(r"\s*(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?![\d:])", re.A)


class Ambiguous(DocumentRule):
    """03/04/2024: 3 April or 4 March. Which of them the generator takes."""

    severity = Severity.WARNING
    needs = "dates"

    def check(self, doc: Document) -> Iterator[Finding]:
        for generator, entry, reading in date_uses(doc):
            text = entry.node.text
            match = _NUMBERS.match(text[:40])
            if match is None:
                continue
            taken = _taken(generator, reading, match)
            if taken is None or _declared(doc, text, taken):
                continue
            first, second = int(match[1]), int(match[3])
            if len(match[4]) == 2:
                message = f"the year of `{match[0].strip()}` has two digits only"
            elif first == second or first > 12 or second > 12:
                continue
            else:
                message = f"`{match[0].strip()}` may be {_day(second, first)} or {_day(first, second)}"
            yield Finding(
                entry.node.span,
                message,
                f"{generator.title} takes {taken.day} {taken:%B} {taken.year}",
                f"write it as `{taken:%Y-%m-%d}` if that is meant",
            )


def _taken(generator: Generator, reading: DateReading, match: re.Match[str]) -> dt.date | None:
    if generator.name == "jekyll":
        if reading.written is None or reading.outcome not in (DateOutcome.READ, DateOutcome.PARTLY):
            return None
        return reading.written.date()
    if generator.name == "hexo":  # JavaScript's Date: the month first
        year = int(match[4])
        if year < 100:
            year += 2000 if year < 50 else 1900
        try:
            return dt.date(year, int(match[1]), int(match[3]))
        except ValueError:
            return None
    return None  # Hugo and Zola do not read such dates: date/unparsable


def _declared(doc: Document, text: str, taken: dt.date) -> bool:
    """The project says in which order it writes, and the generator reads it so."""
    if not doc.profile.date_format:
        return False
    try:
        return dt.datetime.strptime(text, doc.profile.date_format).date() == taken
    except ValueError:
        return False


def _day(month: int, day: int) -> str:
    return f"{day} {dt.date(2000, month, 1):%B}"
