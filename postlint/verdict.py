"""What is known of an address on somebody else's site, after it was asked for.

Plain values: whoever asked (:mod:`postlint.net`) hands them to the site rules, which ask nobody themselves.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Hop", "Standing", "Verdict"]


class Standing(enum.StrEnum):
    """What there is to say about an address."""

    OK = "ok"
    """It answers."""
    MOVED = "moved"
    """It answers from another address, and says that it will from now on."""
    DEAD = "dead"
    """Whoever follows it finds nothing: the page, or the whole host, is not there."""
    UNVERIFIED = "unverified"
    """Nobody knows: the host refuses programs, is busy, does not answer, or was not asked."""
    IGNORED = "ignored"
    """The settings leave it out, or it is a name that only examples have."""


class Hop(NamedTuple):
    """One redirect: the status that the host answered with, and the address that it sent us to."""

    status: int
    address: str

    @property
    def permanent(self) -> bool:
        return self.status in (301, 308)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of one address.

    Attributes:
        standing: the judgement.
        reason: why, in words that follow "it is …" or stand alone: "404 Not Found", "no answer within 20 s"; "" for
            an address that is fine.
        status: of the last answer; None where there was none.
        hops: the redirects, in their order.
        final: the address that answered last, without a fragment; "" where none did.
        https: by ``http:``, the host itself sends everybody on to the same address with ``https:``, and that is fine.
        absent: fragments that were looked for in the page that answered, and that it does not have.
        asked: seconds since 1970 when the host was asked; 0 where it was not.
        kept: whether this was known from an earlier run.
        reached: False where the time for the run was over before its turn came.
    """

    standing: Standing
    reason: str = ""
    status: int | None = None
    hops: tuple[Hop, ...] = ()
    final: str = ""
    https: bool = False
    absent: frozenset[str] = frozenset()
    asked: float = 0.0
    kept: bool = False
    reached: bool = True
