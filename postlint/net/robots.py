"""robots.txt: which paths a host asks programs to leave alone (RFC 9309)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from protego import Protego

from postlint.net.address import Address
from postlint.net.failure import Failed, Failure

__all__ = ["LIMIT", "Robots"]

LIMIT = 512_000
"""Bytes that are read of a robots.txt; the RFC asks for 500 KiB at least."""
_NAME = "postlint"
_SLOWEST = 10.0
"""Seconds: a host that wishes for longer pauses gets these."""

Fetch = Callable[[Address], Awaitable[str | None]]
"""The text of a robots.txt; None where there is none.

Raises:
    Failed: it cannot be read.
"""


class Robots:
    """The wishes of all hosts of a run, each read once."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._known: dict[str, Protego | Failed | None] = {}

    async def read(self, address: Address) -> None:
        """Read the wishes of the host of ``address``, where that is still to be done."""
        origin = address.origin
        if origin in self._known:
            return
        try:
            text = await self._fetch(Address(address.scheme, address.host, address.port, "/robots.txt"))
            self._known[origin] = None if text is None else Protego.parse(text)
        except Failed as failed:
            self._known[origin] = failed

    def check(self, address: Address) -> None:
        """
        Raises:
            Failed: the host wishes that the address is not asked for, or could not be asked.
        """
        rules = self._known.get(address.origin)
        if isinstance(rules, Failed):
            raise Failed(rules.kind, rules.words)
        if rules is not None and not rules.can_fetch(str(address), _NAME):
            raise Failed(Failure.ROBOTS, "the robots.txt of its host asks programs to stay away")

    def delay(self, address: Address) -> float:
        """Seconds that the host wishes to lie between two requests; 0 where it has no wish."""
        rules = self._known.get(address.origin)
        if rules is None or isinstance(rules, Failed):
            return 0.0
        return min(rules.crawl_delay(_NAME) or 0.0, _SLOWEST)
