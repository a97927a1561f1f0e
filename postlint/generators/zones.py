"""Local times of a site's zone, as the generators' languages take them."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from postlint.config.zones import read_zone

__all__ = ["in_zone", "in_zone_as_go", "site_zone"]


@lru_cache(maxsize=64)
def site_zone(name: str | None) -> dt.tzinfo:
    """The zone of a name; UTC where there is no name or no such zone (as the C library has it, and so Ruby)."""
    if not name or name in ("UTC", "Etc/UTC"):
        return dt.UTC
    try:
        return read_zone(name)
    except ValueError:
        return dt.UTC


def in_zone(local: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The instant of a naive local time.

    Where clocks are put back, an hour comes twice, and Ruby takes the second one; where they are put forward, the hour
    that is left out is counted on from before (02:30 is 03:30). In both cases the smaller of the two offsets is the one
    that counts. Measured with Ruby 3.1.
    """
    if zone is dt.UTC:
        return local.replace(tzinfo=zone)
    first = local.replace(tzinfo=zone)
    second = local.replace(tzinfo=zone, fold=1)
    offset, other = first.utcoffset(), second.utcoffset()
    if offset == other or offset is None or other is None:
        return first
    utc = local.replace(tzinfo=dt.UTC) - min(offset, other)
    return utc.astimezone(zone)


def in_zone_as_go(local: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The instant of a naive local time, as Go takes it.

    It first asks for the offset at the moment when UTC's clock shows that time, and once more where that offset leads
    to the other side of a change. So of an hour that comes twice, New York's first is taken and Berlin's second, and
    of an hour that is left out, 02:30 is 01:30 in New York and 03:30 in Berlin. Measured with Hugo 0.168.
    """
    if zone is dt.UTC:
        return local.replace(tzinfo=zone)
    utc = local.replace(tzinfo=dt.UTC)
    offset = _offset_at(utc - _offset_at(utc, zone), zone)
    return (utc - offset).astimezone(zone)


def _offset_at(instant: dt.datetime, zone: dt.tzinfo) -> dt.timedelta:
    return instant.astimezone(zone).utcoffset() or dt.timedelta()
