"""One request and its answer. aiohttp speaks HTTP; what it may connect to, wait for and read is decided here.

aiohttp, because its connector takes a resolver and a factory of sockets: the address that a socket is made for is seen
at the last moment, whatever happened before. Redirects are not followed here, cookies are neither kept nor sent, and
nothing of the environment (proxies, ``.netrc``) is read unless the settings say so.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import socket
import ssl
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from multidict import CIMultiDict
from yarl import URL

from postlint import HOME, __version__
from postlint.net.address import Address
from postlint.net.failure import Failed, Failure
from postlint.net.resolve import Names

__all__ = ["AGENT", "Answer", "Client", "as_sent"]

AGENT = f"postlint/{__version__} (+{HOME})"
_HEADERS = {
    "User-Agent": AGENT,
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en;q=0.9,*;q=0.8",
    "Accept-Encoding": "gzip",
}
_CONNECT = 10.0
_FROM_CONNECTION = (aiohttp.ConnectionTimeoutError,)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        status: three digits.
        location: where a redirect leads, as written; None without.
        retry_after: seconds that the host asks to wait; None where it asks for nothing.
        media_type: of the body, lower case, without parameters.
        body: as much as was asked for; None where it was not, or in a form that cannot be read.
        whole: nothing of the body is missing.
    """

    status: int
    location: str | None = None
    retry_after: float | None = None
    media_type: str = ""
    body: bytes | None = None
    whole: bool = False


class Client:
    """Sends requests within one event loop; an asynchronous context manager."""

    def __init__(
        self,
        names: Names,
        *,
        timeout: float,
        tls: ssl.SSLContext | None = None,
        headers_for: Callable[[Address], Mapping[str, str]] = lambda address: {},
        proxies: Mapping[str, str] | None = None,
    ) -> None:
        """
        Args:
            timeout: seconds for one request and its answer.
            tls: None: the system's certificates.
            headers_for: further header fields for a request.
            proxies: by scheme; the addresses behind a proxy are the proxy's business.
        """
        self._names = names
        self._timeout = timeout
        self._headers_for = headers_for
        self._proxies = proxies or {}
        self._tls = tls
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Client:
        connector = aiohttp.TCPConnector(
            resolver=_Resolver(self._names),
            socket_factory=self._socket,
            use_dns_cache=False,
            limit=0,
            ssl=self._tls if self._tls is not None else ssl.create_default_context(),
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            raise_for_status=False,
            requote_redirect_url=False,
            timeout=aiohttp.ClientTimeout(total=self._timeout, sock_connect=min(_CONNECT, self._timeout)),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    def _fields(self, address: Address) -> CIMultiDict[str]:
        """The header fields; those of the settings take the place of ours, however their names are written."""
        fields = CIMultiDict(_HEADERS)
        for name, value in self._headers_for(address).items():
            fields[name] = value
        return fields

    def _socket(self, info: Any) -> socket.socket:
        """The last word: the very address that is about to be connected to."""
        family, kind, protocol, _, target = info
        if not self._names.allowed(str(target[0])):
            raise OSError(f"{target[0]} was never allowed")
        return socket.socket(family=family, type=kind, proto=protocol)

    async def send(self, method: str, address: Address, *, body: int = 0) -> Answer:
        """The answer to one request.

        Args:
            method: HEAD or GET.
            body: how many bytes of the body to read, decompressed; 0: none.

        Raises:
            Failed: none came.
        """
        assert self._session is not None
        url = as_sent(address)
        proxy = self._proxies.get(address.scheme)
        if proxy is None or address.ip is not None:
            await self._names.addresses(address)  # a name behind a proxy is the proxy's to look up
        try:
            async with self._session.request(
                method,
                url,
                allow_redirects=False,
                headers=self._fields(address),
                proxy=proxy,
            ) as response:
                try:
                    return await _answer(response, body)
                finally:
                    if method != "HEAD":
                        response.close()  # whatever else it wants to say
        except TimeoutError as error:
            if isinstance(error, _FROM_CONNECTION):
                raise Failed(Failure.NO_CONNECTION, "no connection could be made in time") from None
            raise Failed(Failure.TIME, f"no answer within {self._timeout:g} s") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _failed(error) from None


def as_sent(address: Address) -> URL:
    """The address as aiohttp takes it; what was checked and what is asked for must be the same.

    Raises:
        Failed: they are not.
    """
    try:
        url = URL(str(address), encoded=True)
        known = bool(url.host)  # which decodes the name, and aiohttp wants to know
    except ValueError:
        known = False
    if not known:
        raise Failed(Failure.NOT_WEB, "its host is no name that can be looked up")
    if (url.scheme, url.raw_host, url.port, url.raw_path_qs) != (
        address.scheme, address.host, address.port, address.target
    ):  # fmt: skip
        raise Failed(Failure.NOT_WEB, "it can be read in two ways")
    return url


async def _answer(response: aiohttp.ClientResponse, limit: int) -> Answer:
    fields = {name.lower(): value for name, value in reversed(response.raw_headers)}
    location = fields.get(b"location")
    media_type = fields.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower()
    body, whole = await _body(response, fields.get(b"content-encoding", b""), limit) if limit else (None, False)
    return Answer(
        response.status,
        None if location is None else location.decode("utf-8", "surrogateescape"),
        _retry_after(fields.get(b"retry-after", b"").decode("latin-1")),
        media_type,
        body,
        whole,
    )


async def _body(response: aiohttp.ClientResponse, encoding: bytes, limit: int) -> tuple[bytes | None, bool]:
    """The first ``limit`` bytes, decompressed, and whether they are all."""
    name = encoding.decode("latin-1").strip().lower()
    if name not in ("", "identity", "gzip", "x-gzip"):
        return None, False
    inflate = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in name else None
    read = bytearray()
    try:
        async for chunk in response.content.iter_any():
            # No chunk may grow beyond what is left, however well it was compressed.
            read += inflate.decompress(chunk, limit + 1 - len(read)) if inflate is not None else chunk
            if len(read) > limit or (inflate is not None and inflate.unconsumed_tail):
                return bytes(read[:limit]), False
    except zlib.error:
        return None, False
    except (aiohttp.ClientError, OSError):
        return bytes(read), False
    return bytes(read), inflate is None or inflate.eof


def _retry_after(value: str) -> float | None:
    """Seconds from now (RFC 9110, section 10.2.3): a number, or a date."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        until = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - dt.datetime.now(dt.UTC)).total_seconds())


def _failed(error: Exception) -> Failed:
    """The failure that an exception of aiohttp stands for; its own words may hold what the host wrote and stay here."""
    if isinstance(error, (aiohttp.ClientConnectorCertificateError, aiohttp.ClientSSLError, ssl.SSLError)):
        return Failed(Failure.CERTIFICATE, _certificate(error))
    if isinstance(error, aiohttp.ClientConnectorError):
        refused = isinstance(error.os_error, ConnectionRefusedError) or "refused" in str(error.os_error)
        what = "the connection was refused" if refused else "no connection could be made"
        return Failed(Failure.NO_CONNECTION, what)
    if isinstance(error, aiohttp.ClientResponseError):
        what = (
            "the fields of its answer are too large" if "Got more than" in error.message else "its answer is not HTTP"
        )
        return Failed(Failure.NOT_HTTP, what)
    if isinstance(error, aiohttp.InvalidURL):
        return Failed(Failure.NOT_WEB, "it cannot be asked for")
    if isinstance(error, (aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError, OSError)):
        return Failed(Failure.CUT, "the connection was closed before an answer came")
    return Failed(Failure.NOT_HTTP, "its answer is not HTTP")


def _certificate(error: Exception) -> str:
    cause = getattr(error, "certificate_error", None) or getattr(error, "os_error", None) or error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not accepted ({_KNOWN.get(cause.verify_code, 'it cannot be verified')})"
    return "no encrypted connection could be made"


_KNOWN = {
    10: "it has expired",
    9: "it is not valid yet",
    18: "it is signed by itself",
    19: "it is signed by itself",
    20: "its issuer is not known here",
    21: "its issuer is not known here",
    62: "it is for another host",
    64: "it is for another host",
}
"""OpenSSL's codes (X509_V_ERR_…)."""


class _Resolver(AbstractResolver):
    """Hands to aiohttp what :class:`Names` has checked, and nothing else."""

    def __init__(self, names: Names) -> None:
        self._names = names

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        try:
            ips = await self._names.addresses(Address("https", host, port or 443, "/"))
        except Failed as failed:
            raise OSError(None, failed.words) from None
        return [
            ResolveResult(
                hostname=host,
                host=str(ip),
                port=port,
                family=socket.AF_INET6 if ip.version == 6 else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for ip in ips
        ]

    async def close(self) -> None:
        pass
