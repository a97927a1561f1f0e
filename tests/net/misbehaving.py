"""A server on the loopback interface that does to its clients whatever a test asks for, byte by byte, and remembers
what they did."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field

__all__ = ["Connection", "Names", "Request", "Server", "reply"]


@dataclass(frozen=True)
class Request:
    """What a client sent."""

    method: str
    target: str
    headers: dict[str, str]
    at: float
    raw: bytes

    @property
    def host(self) -> str:
        return self.headers.get("host", "")


class Connection:
    """What a behaviour can do with the client."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    def reset(self) -> None:
        """Close with RST."""
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Behaviour = Callable[[Request, Connection], Awaitable[bool | None]]
"""Answers one request; true: the connection stays open for another."""


def reply(
    status: int, body: bytes = b"", *fields: str, words: str = "Words of the Host", keep: bool = False
) -> Behaviour:
    """An ordinary answer, which a test may still fill with nonsense."""

    async def answer(request: Request, connection: Connection) -> bool:
        lines = [f"HTTP/1.1 {status} {words}", *fields]
        if not any(line.lower().startswith(("content-length", "transfer-encoding")) for line in fields):
            lines.append(f"Content-Length: {len(body)}")
        head = "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n"
        await connection.send(head + (b"" if request.method == "HEAD" else body))
        return keep

    return answer


@dataclass
class Server:
    """Runs in a thread of its own.

    Attributes:
        routes: behaviours by target, or by method and target (``"HEAD /a"``); anything else is 404.
        requests: what came, in its order.
        greeting: what is sent to whoever connects, before the connection is closed; nothing: an HTTP server.
        busiest: for each ``Host`` field the most requests that were under way at once.
    """

    tls: ssl.SSLContext | None = None
    bind: str = "127.0.0.1"
    greeting: bytes = b""
    routes: dict[str, Behaviour] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    busiest: Counter[str] = field(default_factory=Counter)
    most: int = 0
    connections: int = 0
    port: int = 0

    def __post_init__(self) -> None:
        self._now: Counter[str] = Counter()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @contextlib.contextmanager
    def running(self) -> Iterator[Server]:
        self._thread.start()
        assert self._ready.wait(5)
        try:
            yield self
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(5)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._connected, self.bind, 0, ssl=self.tls, limit=2**20)
        )
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        try:
            self._loop.run_forever()
        finally:
            server.close()
            tasks = asyncio.all_tasks(self._loop)
            for task in tasks:
                task.cancel()
            self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
            self._loop.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        connection = Connection(reader, writer)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            try:
                if self.greeting:
                    await connection.send(self.greeting)
                    return
                while await self._one(connection):
                    pass
            finally:
                writer.close()

    async def _one(self, connection: Connection) -> bool:
        raw = await connection.reader.readuntil(b"\r\n\r\n")
        first, *lines = raw.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
        request = Request(method, target, headers, time.monotonic(), raw)
        self.requests.append(request)
        self._now[request.host] += 1
        self.busiest[request.host] = max(self.busiest[request.host], self._now[request.host])
        self.most = max(self.most, sum(self._now.values()))
        try:
            behaviour = self.routes.get(f"{method} {target}") or self.routes.get(target) or reply(404)
            return bool(await behaviour(request, connection))
        finally:
            self._now[request.host] -= 1

    def seen(self, target: str) -> list[str]:
        """The methods that a target was asked with."""
        return [request.method for request in self.requests if request.target == target]


class Names:
    """Stands for the name servers: no test asks a real one.

    Attributes:
        answers: by name; a list of lists is answered in turns, the last for ever. A name that is not here leads to
            127.0.0.1.
        asked: how often each name was asked for.
    """

    def __init__(self, answers: dict[str, Sequence[str] | Sequence[Sequence[str]] | Exception] | None = None) -> None:
        self.answers = answers or {}
        self.asked: Counter[str] = Counter()

    async def __call__(self, host: str) -> Sequence[str]:
        self.asked[host] += 1
        answer = self.answers.get(host, ["127.0.0.1"])
        if isinstance(answer, Exception):
            raise answer
        if answer and not isinstance(answer[0], str):
            answer = answer[min(self.asked[host], len(answer)) - 1]
        return list(map(str, answer))
