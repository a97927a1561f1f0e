"""Asking for one address: HEAD, then GET where HEAD says nothing good; redirects one by one, each of them checked;
another try where a host was busy.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass

from postlint.net.address import Address, AddressError, join
from postlint.net.client import Answer, Client
from postlint.net.failure import Failed, Failure
from postlint.net.gate import Gate
from postlint.net.ids import can_be_looked_for, found
from postlint.net.observation import Observation, status_words
from postlint.net.robots import LIMIT, Robots
from postlint.verdict import Hop

__all__ = ["Asking", "Manners"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WAITS = frozenset({429, 503})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_PAGE = 4_000_000
"""Bytes of HTML that are read to find ids."""
_PATIENCE = 60.0
"""Seconds that a host may ask to wait; who asks for more is asked no more in this run."""
_HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class Manners:
    """How hard to try.

    Attributes:
        retries: further tries where a host is busy or a connection breaks.
        pause: seconds before the first of them; each further one waits twice as long.
        redirects: that are followed.
        budget: seconds that hosts may take over one address, with all its redirects and tries; what is waited before a
            request begins is not theirs.
    """

    retries: int = 2
    pause: float = 1.0
    redirects: int = 10
    budget: float = 120.0


class _Purse:
    """The seconds that are left for one address."""

    def __init__(self, seconds: float) -> None:
        self._all = self._left = seconds

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """
        Raises:
            Failed: nothing is left, or not enough.
        """
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._left):
                yield
        except TimeoutError:
            raise Failed(Failure.TIME, f"no answer within {self._all:g} s, all tries together") from None
        finally:
            self._left = max(0.0, self._left - (time.monotonic() - began))


class Asking:
    """Asks for addresses, with one client and one set of gates. Many may be under way at once."""

    def __init__(
        self,
        client: Client,
        manners: Manners,
        gate_for: Callable[[str], Gate],
        at_once: int,
        *,
        robots: bool,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """
        Args:
            gate_for: the way to a host, always the same for the same.
            at_once: requests under way to all hosts together.
            robots: do as robots.txt says.
            clock: seconds since 1970, for the observations.
        """
        self._client = client
        self._manners = manners
        self._gate_for = gate_for
        self._total = asyncio.Semaphore(at_once)
        self._robots = Robots(self._robots_txt) if robots else None
        self._robots_locks: dict[str, asyncio.Lock] = {}
        self._clock = clock

    async def observe(self, address: Address, fragments: Collection[str] = ()) -> Observation:
        """What comes of asking for ``address`` and, in the page that answers, for the ids ``fragments``."""
        wanted = [name for name in fragments if can_be_looked_for(name)]
        trail: list[Hop] = []
        here = [address]
        status: int | None = None
        failure: Failed | None = None
        known: dict[str, bool | None] = dict.fromkeys(wanted)
        try:
            purse = _Purse(self._manners.budget)
            answer = await self._followed(trail, here, purse, body=_PAGE if wanted else 0)
            status = answer.status
            read = answer.body is not None and answer.whole and status == 200 and answer.media_type in _HTML
            if read and not here[-1].fragment:  # else the last redirect says which part is meant
                known |= found(answer.body or b"", wanted)
        except Failed as failed:
            failure = failed
        return Observation(
            self._clock(),
            status,
            failure.kind if failure else None,
            failure.words if failure else "",
            tuple(trail),
            str(here[-1]),
            known,
        )

    async def _followed(self, trail: list[Hop], here: list[Address], purse: _Purse, *, body: int) -> Answer:
        """The answer at the end of all redirects, which are noted in ``trail`` and ``here`` as they are met."""
        seen = {(str(here[0]))}
        only_get = bool(body)
        while True:
            address = here[-1]
            await self._heed_robots(address)
            answer = await self._answer(address, purse, body=body, only_get=only_get)
            if answer.status not in _REDIRECTS or answer.location is None:
                return answer
            if len(trail) == self._manners.redirects:
                raise Failed(Failure.REDIRECTS, f"more than {self._manners.redirects} redirects")
            try:
                target = join(address, answer.location)
            except AddressError as error:
                raise Failed(Failure.NOT_WEB, f"it redirects to an address that {error}") from None
            trail.append(Hop(answer.status, str(target) + _written(target.fragment)))
            here.append(target)
            if str(target) in seen:
                raise Failed(Failure.REDIRECTS, "its redirects lead in a circle")
            seen.add(str(target))

    async def _answer(self, address: Address, purse: _Purse, *, body: int, only_get: bool) -> Answer:
        if not only_get:
            try:
                answer = await self._tried("HEAD", address, purse)
                if answer.status < 400 or answer.status in _WAITS:
                    return answer
            except Failed as failed:
                # Many a server stumbles over HEAD alone.
                if failed.kind not in (Failure.TIME, Failure.CUT, Failure.NOT_HTTP):
                    raise
        return await self._tried("GET", address, purse, body=body)

    async def _tried(self, method: str, address: Address, purse: _Purse, *, body: int = 0) -> Answer:
        """One request, repeated while the host is busy and patience lasts. Where HEAD breaks, GET is the next try."""
        gate = self._gate_for(address.host)
        tries = self._manners.retries
        head = method == "HEAD"
        for number in range(tries + 1):
            wait = self._manners.pause * 2**number * random.uniform(0.8, 1.2)
            last = number == tries
            try:
                async with gate.open(self._total), purse.open():
                    answer = await self._client.send(method, address, body=body)
            except Failed as failed:
                if failed.kind in (Failure.NO_CONNECTION, Failure.TIME):
                    gate.failed()
                if not _is_worth_another_try(failed.kind, number, head) or last:
                    raise
                gate.check()
                await asyncio.sleep(wait)
                continue
            gate.answered()
            if answer.status not in _PASSING or (head and answer.status not in _WAITS):
                return answer
            if answer.status in _WAITS and answer.retry_after is not None:
                if answer.retry_after > _PATIENCE:
                    gate.close(f"{status_words(answer.status)}, and its host asks to wait {_long(answer.retry_after)}")
                    return answer
                wait = max(wait, answer.retry_after)
            if last:
                return answer
            if answer.status in _WAITS:
                gate.pause(wait)  # and so do all who wait for this host
            else:
                await asyncio.sleep(wait)
        raise AssertionError("unreachable")

    # robots.txt ----------------------------------------------------------------------------------------------

    async def _heed_robots(self, address: Address) -> None:
        robots = self._robots
        if robots is None:
            return
        async with self._robots_locks.setdefault(address.origin, asyncio.Lock()):
            await robots.read(address)
        gate = self._gate_for(address.host)
        gate.delay = max(gate.delay, robots.delay(address))
        robots.check(address)

    async def _robots_txt(self, address: Address) -> str | None:
        """The text at ``address``; None where there is none (4xx: all is allowed, as RFC 9309 has it)."""
        hops = 0
        purse = _Purse(self._manners.budget)
        while True:
            answer = await self._tried("GET", address, purse, body=LIMIT)
            if answer.status in _REDIRECTS and answer.location is not None and hops < 5:
                try:
                    address = join(address, answer.location)
                except AddressError:
                    return None
                hops += 1
                continue
            if answer.status == 200 and answer.body is not None:
                return answer.body.decode("utf-8-sig", "replace")
            if answer.status == 429 or answer.status >= 500:
                raise Failed(
                    Failure.ROBOTS, f"the robots.txt of its host cannot be read ({status_words(answer.status)})"
                )
            return None


def _is_worth_another_try(kind: Failure, number: int, head: bool) -> bool:
    """After so many failures before this one. To wait for the same time-out once more rarely is."""
    if kind is Failure.NO_CONNECTION:
        return number == 0
    return kind is Failure.CUT and not head


def _written(fragment: str) -> str:
    from urllib.parse import quote

    return "#" + quote(fragment, safe="!$&'()*+,;=:@/?-._~") if fragment else ""


def _long(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.0f} hours"
