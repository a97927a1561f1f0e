"""What happened when an address was asked for, and what that says of the address.

The two are apart so that the cache keeps what was seen, and a changed setting judges it anew.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from http import HTTPStatus

from postlint.net.address import Address, AddressError, parse
from postlint.net.failure import Failure
from postlint.regex import regex
from postlint.verdict import Hop, Standing, Verdict

__all__ = ["Observation", "judge"]


@dataclass(frozen=True, slots=True)
class Observation:
    """What came of asking for one address.

    Attributes:
        asked: seconds since 1970.
        status: of the last answer; None where there was none.
        failure: why there was none.
        words: the failure in words.
        hops: the redirects followed.
        final: the address asked for last.
        fragments: whether that page has an id, for those that were to be looked for; None where that cannot be said.
    """

    asked: float
    status: int | None = None
    failure: Failure | None = None
    words: str = ""
    hops: tuple[Hop, ...] = ()
    final: str = ""
    fragments: dict[str, bool | None] = field(default_factory=dict)

    @property
    def passing(self) -> bool:
        """Whether the next run may well see something else: nothing to keep."""
        if self.failure is not None:
            return self.failure.passing
        return self.status is None or self.status in _BUSY or (self.status >= 500 and self.status != 999)


_BUSY = frozenset({408, 425, 429})
_GONE = frozenset({404, 410})
_ANSWERS = frozenset({300})
"""Several things to choose from, which is more than nothing."""

_WHY = {
    401: "it asks for a password",
    402: "it asks for money",
    403: "it refuses programs, or everybody",
    407: "a proxy asks for a password",
    451: "it is withheld for legal reasons",
    503: "its host is busy or refuses programs",
    999: "it refuses programs",
}


def judge(
    address: Address,
    seen: Observation,
    *,
    accept: Collection[int] = (),
    fragments: Collection[str] = (),
    kept: bool = False,
) -> Verdict:
    """What to say of ``address``.

    Args:
        accept: further statuses that are fine.
        fragments: those that links ask for.
        kept: it was seen in an earlier run.
    """
    standing, reason = _standing(address, seen, accept)
    absent = frozenset(name for name in fragments if seen.fragments.get(name) is False)
    https = standing in (Standing.OK, Standing.MOVED) and _sends_to_https(address, seen)
    reached = seen.failure is not Failure.NOT_REACHED
    asked = seen.asked if reached else 0.0
    return Verdict(standing, reason, seen.status, seen.hops, seen.final, https, absent, asked, kept, reached)


def _sends_to_https(address: Address, seen: Observation) -> bool:
    if address.scheme != "http" or address.port != 80:
        return False
    return str(replace(address, scheme="https", port=443)) in {hop.address for hop in seen.hops}


def _standing(address: Address, seen: Observation, accept: Collection[int]) -> tuple[Standing, str]:
    if seen.failure is not None:
        dead = seen.failure is Failure.NO_NAME
        return (Standing.DEAD if dead else Standing.UNVERIFIED), seen.words + _led_there(seen)
    status = seen.status or 0
    if 200 <= status < 300 or status in _ANSWERS or status in accept:
        return (Standing.MOVED if _has_moved(address, seen) else Standing.OK), ""
    reason = status_words(status)
    if why := _WHY.get(status):
        reason += f": {why}"
    return (Standing.DEAD if status in _GONE else Standing.UNVERIFIED), reason + _led_there(seen)


def _led_there(seen: Observation) -> str:
    if seen.failure in (Failure.REDIRECTS, Failure.NOT_WEB):
        return ""  # which says where they lead
    return f", redirected to {seen.final}" if seen.hops and seen.final else ""


def status_words(status: int) -> str:
    """``404 Not Found``: the words of the standard, never the host's."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"status {status}"


_DETOUR = regex(
    r"(?:log|sign)[-_]?(?:in|on|up)|\bauth|oauth|\bsso\b|consent|captcha|challenge|cookie|not[-_]?found|\b404\b|error|expired",
    re.IGNORECASE,
)


def _has_moved(address: Address, seen: Observation) -> bool:
    """Whether all redirects are for ever and lead to what must be the same thing at another place.

    A detour to the front page, to a place where one signs in, or to an error says nothing about where the page is now.
    A change to ``https:``, of ``www.`` or of a final slash alone is no news: link/insecure speaks of the first, and
    nobody minds the others.
    """
    if not seen.hops or not all(hop.permanent for hop in seen.hops):
        return False
    try:
        final = parse(seen.final)
    except AddressError:
        return False
    if _bare(address) == _bare(final):
        return False
    if final.target == "/" and address.target != "/":
        return False
    return all(_DETOUR.search(part) is None for part in (final.host, final.target)) or bool(
        _DETOUR.search(str(address))
    )


def _bare(address: Address) -> tuple[str, str]:
    return address.host.removeprefix("www."), address.target.rstrip("/")
