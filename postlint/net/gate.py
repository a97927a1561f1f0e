"""How often one host is asked: a few requests at once, a pause between two, a longer one where it asks for it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from postlint.net.failure import Failed, Failure

__all__ = ["Gate"]

_FAILURES = 3
"""After so many requests in a row to which a host did not answer, it is asked no more in this run."""


class Gate:
    """The way to one host."""

    def __init__(self, at_once: int, delay: float) -> None:
        """
        Args:
            at_once: requests that may be under way.
            delay: seconds from the start of one to the start of the next.
        """
        self.delay = delay
        self._slots = asyncio.Semaphore(at_once)
        self._next = 0.0
        self._failures = 0
        self._closed: Failed | None = None

    @asynccontextmanager
    async def open(self, total: asyncio.Semaphore) -> AsyncIterator[None]:
        """Waits until a request may begin; ``total`` is what all hosts share.

        Raises:
            Failed: the host was given up.
        """
        async with self._slots:
            while True:
                while (wait := self._next - time.monotonic()) > 0:
                    self.check()
                    await asyncio.sleep(wait)
                self.check()
                async with total:
                    if time.monotonic() < self._next:
                        continue  # somebody else of us began while this one waited for all hosts together
                    self.check()
                    # A little more than asked for, and never in step with others who ask the same host.
                    self._next = time.monotonic() + self.delay * random.uniform(1.0, 1.3)
                    yield
                    return

    def check(self) -> None:
        """
        Raises:
            Failed: the host was given up.
        """
        if self._closed is not None:
            raise Failed(self._closed.kind, self._closed.words)

    def pause(self, seconds: float) -> None:
        """Nothing more to this host for a while."""
        self._next = max(self._next, time.monotonic() + seconds)

    def close(self, words: str) -> None:
        """Nothing more to this host in this run."""
        self._closed = self._closed or Failed(Failure.HOST, words)

    def answered(self) -> None:
        self._failures = 0

    def failed(self) -> None:
        """A request was not answered."""
        self._failures += 1
        if self._failures >= _FAILURES:
            self.close(f"its host did not answer {_FAILURES} times in a row")
