"""Time zones by name."""

from __future__ import annotations

import datetime

from postlint.config.suggest import did_you_mean
from postlint.regex import regex

__all__ = ["read_zone", "zone_problem"]

_OFFSET = regex(r"([+-])([01]\d|2[0-3]):?([0-5]\d)")


def read_zone(name: str) -> datetime.tzinfo:
    """The zone of an IANA name (``Asia/Shanghai``) or a fixed offset (``+08:00``).

    Raises:
        ValueError: there is no such zone.
    """
    if match := _OFFSET.fullmatch(name):
        sign, hours, minutes = match.groups()
        offset = datetime.timedelta(hours=int(hours), minutes=int(minutes))
        return datetime.timezone(-offset if sign == "-" else offset)
    import zoneinfo

    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        # OSError: the name of a folder of the database, such as "Asia".
        raise ValueError(f"there is no time zone `{name}`") from error


def zone_problem(name: str) -> tuple[str, str] | None:
    """What is wrong with a zone's name, and what to write instead; None where nothing is."""
    try:
        read_zone(name)
    except ValueError as error:
        import zoneinfo

        known = zoneinfo.available_timezones()
        if not known:
            return str(error), "this machine has no time zone database: install the package `tzdata`"
        return str(error), _nearest_zone(name, known) or "write a name such as `Asia/Shanghai`, or `+08:00`"
    return None


def _nearest_zone(name: str, known: set[str]) -> str:
    """People write the city alone, or the right name with a slip."""
    ordered = sorted(known)
    if "/" not in name:
        cities = [zone for zone in ordered if zone.rpartition("/")[2].casefold() == name.casefold().replace(" ", "_")]
        if cities:
            return f"did you mean `{cities[0]}`?"
    return did_you_mean(name, ordered)
