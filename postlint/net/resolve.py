"""From a host's name to the addresses that may be connected to.

A name is looked up once in a run, what comes back is checked, and the connection is made to one of just those
addresses: a name server that answers otherwise the second time is never asked a second time.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import threading
from collections.abc import Awaitable, Callable, Sequence

from postlint.net.address import Address, IPAddress
from postlint.net.failure import Failed, Failure
from postlint.net.policy import Policy

__all__ = ["Lookup", "Names", "system_lookup"]

Lookup = Callable[[str], Awaitable[Sequence[str]]]
"""The IP addresses of a name.

Raises:
    socket.gaierror: there are none; EAI_NONAME where the name does not exist.
"""

_AT_ONCE = 16
_UNKNOWN = {socket.EAI_NONAME}
_CONTROL = "example.com"
"""A name that is always there (IANA keeps it): asked for only to find out whether names can be asked for at all."""


class Names:
    """Looks names up, checks and remembers what they lead to, for one run."""

    def __init__(self, policy: Policy, lookup: Lookup, *, timeout: float = 10.0, pause: float = 1.0) -> None:
        """
        Args:
            timeout: seconds for one look-up.
            pause: seconds before a name that is not there is asked for once more.
        """
        self._policy = policy
        self._lookup = lookup
        self._timeout = timeout
        self._pause = pause
        self._known: dict[str, asyncio.Future[tuple[IPAddress, ...]]] = {}
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._anything_resolved = False

    async def addresses(self, address: Address) -> tuple[IPAddress, ...]:
        """Where a connection to the host of ``address`` may go.

        Raises:
            Failed: nowhere.
        """
        if address.ip is not None:
            self._check(address.host, [address.ip])
            return (address.ip,)
        return await self._named(address.host)

    def allowed(self, ip: str) -> bool:
        """Whether a connection to ``ip`` may be made now: to a public address, or to what an allowed name led to."""
        found = ipaddress.ip_address(ip)
        return not self._policy.refusal("", found) or any(
            found in known.result()
            for known in self._known.values()
            if known.done() and not known.cancelled() and known.exception() is None
        )

    async def _named(self, host: str) -> tuple[IPAddress, ...]:
        known = self._known.get(host)
        if known is None:
            # A task of its own: whoever asked first may be cancelled, and others wait for the same answer.
            known = self._known[host] = asyncio.ensure_future(self._resolve(host))
            known.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(known)

    async def _resolve(self, host: str) -> tuple[IPAddress, ...]:
        try:
            found = await self._asked(host)
        except socket.gaierror as error:
            if error.errno not in _UNKNOWN:
                raise Failed(Failure.NAME_SERVER, "its name could not be looked up") from None
            await asyncio.sleep(self._pause)
            try:
                found = await self._asked(host)
            except socket.gaierror as again:
                if again.errno in _UNKNOWN and await self._names_can_be_asked_for():
                    raise Failed(Failure.NO_NAME, "there is no host of this name") from None
                raise Failed(Failure.NAME_SERVER, "its name could not be looked up") from None
        ips = [ipaddress.ip_address(ip) for ip in found]
        if not ips:
            raise Failed(Failure.NAME_SERVER, "its name leads to no address")
        self._check(host, ips)
        return tuple(dict.fromkeys(ips))

    async def _asked(self, host: str) -> Sequence[str]:
        async with self._at_once:
            try:
                found = await asyncio.wait_for(self._lookup(host), self._timeout)
            except TimeoutError:
                raise Failed(Failure.NAME_SERVER, f"its name was not found within {self._timeout:g} s") from None
            except UnicodeError:
                raise Failed(Failure.NOT_WEB, "its host is no name that can be looked up") from None
        self._anything_resolved = True
        return found

    async def _names_can_be_asked_for(self) -> bool:
        """Where a machine is not connected, some systems say of every name that it does not exist."""
        if not self._anything_resolved:
            try:
                await self._asked(_CONTROL)
            except (Failed, OSError):
                return False
        return True

    def _check(self, host: str, ips: Sequence[IPAddress]) -> None:
        # One inner address among public ones is enough: it is how checks are got round.
        for ip in ips:
            if what := self._policy.refusal(host, ip):
                raise Failed(
                    Failure.NOT_ALLOWED,
                    f"{ip} is {what}" if str(ip) == host else f"its name leads to {ip}, {what}",
                )


async def system_lookup(host: str) -> Sequence[str]:
    """What the system says, asked in a thread that nobody waits for when the run ends."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def settle(result: list[str] | Exception) -> None:
        if answer.done():
            return
        if isinstance(result, Exception):
            answer.set_exception(result)
        else:
            answer.set_result(result)

    def ask() -> None:
        result: list[str] | Exception
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            result = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        except Exception as error:
            result = error
        with contextlib.suppress(RuntimeError):  # the run is over
            loop.call_soon_threadsafe(settle, result)

    threading.Thread(target=ask, daemon=True, name=f"look-up of {host}").start()
    return await answer
