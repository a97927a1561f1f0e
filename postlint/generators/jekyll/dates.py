"""How Jekyll reads a ``date``.

The YAML loader comes first: an unquoted timestamp with seconds is a time in UTC, unless it says otherwise. Anything
else is text for Ruby's ``Time.parse``, in the site's zone. So ``2024-01-02 20:00:00`` and ``"2024-01-02 20:00:00"`` are
different instants. Measured with Jekyll 4.3.1 on Ruby 3.1.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from postlint.generators.base import DateOutcome, DateReading, ZoneFrom
from postlint.generators.jekyll.ruby_time import TimeError, find_parts, parse_time
from postlint.generators.jekyll.scalars import is_null, resolve_timestamp, resolved_text
from postlint.generators.zones import site_zone
from postlint.parse.front_matter import Node

__all__ = ["read"]

_IN_ZONE = {
    "value": "",
    "site": " in the site's time zone",
    "machine": " in the time zone of the machine that builds the site",
    "utc": " UTC",
}
_STOPS = "Jekyll stops with `Invalid date` and builds nothing at all"


def read(node: Node, zone_name: str | None) -> DateReading:
    """How the value of ``date`` is read on a site with this ``timezone`` (None: not set)."""
    if node.kind != "scalar":
        return DateReading(None, DateOutcome.UNPARSABLE, effect=_STOPS)
    return _scalar(node.text, node.quoted, zone_name)


@lru_cache(maxsize=4096)  # fate and every rule ask for the same; so do the translations of a post, which come later
def _scalar(text: str, quoted: bool, zone_name: str | None) -> DateReading:
    zone = site_zone(zone_name)
    if not quoted:
        stamp = resolve_timestamp(text)
        if stamp is not None:
            shown = stamp.instant if zone is dt.UTC else stamp.instant.astimezone(zone)
            source: ZoneFrom = "value" if stamp.has_offset else "utc"
            if not stamp.rolled:
                return DateReading(shown, DateOutcome.READ, source, "", stamp.written, True)
            effect = f"Jekyll takes {shown:%Y-%m-%d %H:%M} instead"
            return DateReading(shown, DateOutcome.ROLLED_OVER, source, effect, stamp.written, True)
        if is_null(text):
            return DateReading(None, DateOutcome.NONE, effect=_STOPS)
        text = resolved_text(text)
    return _text(text, zone, "site" if zone_name else "machine")


def _text(text: str, zone: dt.tzinfo, zone_from: ZoneFrom) -> DateReading:
    try:
        parsed = parse_time(text, zone)
    except TimeError as error:
        if str(error) == "out of the range of years":
            return DateReading(None, DateOutcome.NONE)
        outcome = DateOutcome.IMPOSSIBLE if error.impossible and _looks_like_a_date(text) else DateOutcome.UNPARSABLE
        return DateReading(None, outcome, effect=_STOPS)
    decided: ZoneFrom = "value" if parsed.zone else zone_from
    if parsed.guessed:
        missing = parsed.guessed[-1]
        return DateReading(
            None,
            DateOutcome.GUESSED,
            decided,
            f"Jekyll fills in the {missing} of the build, so the post gets another date and address each time",
            None,
            parsed.has_time,
        )
    if parsed.rolled:
        return DateReading(
            parsed.instant,
            DateOutcome.ROLLED_OVER,
            decided,
            f"Jekyll takes {parsed.instant:{'%Y-%m-%d %H:%M' if parsed.has_time else '%Y-%m-%d'}} instead",
            parsed.written,
            parsed.has_time,
        )
    if parsed.ignored:
        return DateReading(
            parsed.instant,
            DateOutcome.PARTLY,
            decided,
            f"Jekyll takes {parsed.written:%Y-%m-%d %H:%M}{_IN_ZONE[decided]}",
            parsed.written,
            parsed.has_time,
            parsed.ignored,
        )
    return DateReading(parsed.instant, DateOutcome.READ, decided, "", parsed.written, parsed.has_time)


def _looks_like_a_date(text: str) -> bool:
    """Year, month and day stand there, so one of the numbers is wrong, not the form."""
    parts = find_parts(text)
    return parts.year is not None and parts.mon is not None and parts.mday is not None and parts.year > 31
