"""Addresses of the web, taken apart and put together in one way, as browsers do (the URL Standard, WHATWG).

What is asked for, what is checked by the policy, and what is sent are the same object: two parsers that read one text
differently are how checks are passed by.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import unquote_to_bytes

from postlint.regex import regex

__all__ = ["Address", "AddressError", "IPAddress", "join", "parse"]

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_PORTS = {"http": 80, "https": 443}
_SCHEME = regex(r"([A-Za-z][A-Za-z0-9+.\-]*+):")
_PARTS = regex(
    r"(?:(?P<user>[^/?#]*)@)?(?P<host>\[[^\]/?#]*\]|[^:/?#\[\]@]*)(?::(?P<port>[0-9]*))?"
    r"(?P<path>/[^?#]*)?(?P<query>\?[^#]*)?(?:#(?P<fragment>.*))?",
    re.DOTALL,
)
_NAME = regex(
    r"(?=.{1,253}\.?$)(?:[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?\.?"
)
_KEPT = regex(rb"[^!#$%&()*+,\-./0-9:;=?@A-Z\[\]_a-z~]")
"""What is percent-encoded: everything but what may stand in a path or query. An apostrophe and braces would end an
attribute's value, or begin a template, where the address is written."""
_LONGEST = 8000
"""Characters: servers and proxies refuse longer request lines."""


class AddressError(ValueError):
    """The text is no address that can be asked for; says why, in words that follow "it"."""


@dataclass(frozen=True)
class Address:
    """An address with ``http`` or ``https``, in ASCII.

    Attributes:
        scheme: "http" or "https".
        host: lower case; an IPv6 address without brackets, a number as an IP address in its usual form.
        port: always a number.
        target: path and query, as they are sent.
        fragment: without ``#``, decoded; "" for none.
    """

    scheme: str
    host: str
    port: int
    target: str
    fragment: str = ""

    @cached_property
    def ip(self) -> IPAddress | None:
        """The host, where it is no name."""
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None

    @property
    def origin(self) -> str:
        """``https://example.org``, with the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    def __str__(self) -> str:
        """The address without its fragment: what is asked for."""
        return self.origin + self.target

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    def with_fragment(self, fragment: str) -> Address:
        return replace(self, fragment=fragment)


def parse(text: str) -> Address:
    """The address that is written ``text``. A user name and password in it are left out: nobody is to see them.

    Raises:
        AddressError: it is none.
    """
    text = _cleaned(text)
    scheme = _SCHEME.match(text)
    if scheme is None:
        raise AddressError("has no scheme")
    name = scheme[1].lower()
    if name not in _PORTS:
        raise AddressError(f"begins with `{name}:`, which postlint does not ask for")
    rest = _slashed(text[scheme.end() :])
    if not rest.startswith("//"):
        raise AddressError(f"has no `//` after `{name}:`")
    parts = _PARTS.fullmatch(rest, 2)
    if parts is None:
        raise AddressError("cannot be read")
    port = int(parts["port"]) if parts["port"] else _PORTS[name]
    if not 0 < port < 65536:
        raise AddressError(f"names port {port}, which does not exist")
    path = _without_dots(_encoded(parts["path"] or "/"))
    query = parts["query"] or ""
    target = path + (_encoded(query) if query != "?" else "")
    if len(target) > _LONGEST:
        raise AddressError(f"is longer than {_LONGEST:,} characters")
    fragment = unquote_to_bytes(_bytes(parts["fragment"] or "")).decode("utf-8", "replace")
    return Address(name, _host(parts["host"]), port, target, fragment)


def join(base: Address, location: str) -> Address:
    """Where ``location``, the value of a ``Location`` field, leads from ``base``; the fragment of ``base`` stays unless
    there is another (RFC 9110, section 10.2.2).

    Raises:
        AddressError: nowhere on the web.
    """
    location = _cleaned(location)
    scheme = _SCHEME.match(location)
    slashed = _slashed(location)
    if scheme is not None:
        found = parse(location)
    elif slashed.startswith("//"):
        found = parse(f"{base.scheme}:{slashed}")
    elif slashed.startswith("/"):
        found = parse(base.origin + slashed)
    elif slashed.startswith("?"):
        found = parse(base.origin + base.path + slashed)
    elif slashed.startswith("#") or not slashed:
        found = parse(str(base) + slashed)
    else:
        found = parse(base.origin + base.path[: base.path.rfind("/") + 1] + slashed)
    return found if "#" in location else found.with_fragment(base.fragment)


def _cleaned(text: str) -> str:
    """Without what browsers take out: blanks and control characters around, tabs and line ends anywhere."""
    text = text.strip("".join(map(chr, range(33))))
    return text.replace("\t", "").replace("\n", "").replace("\r", "")


def _slashed(text: str) -> str:
    """With slashes for backslashes before the query, as browsers read them."""
    end = min((at for at in (text.find("?"), text.find("#")) if at >= 0), default=len(text))
    return text[:end].replace("\\", "/") + text[end:]


def _encoded(text: str) -> str:
    """In ASCII, each other character as its UTF-8 bytes."""
    return _KEPT.sub(lambda match: b"%%%02X" % match[0][0], _bytes(text)).decode("ascii")


def _bytes(text: str) -> bytes:
    """UTF-8; what stands for bytes that were none (some lone surrogates) as these bytes, other ones as U+FFFD."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text).encode("utf-8")


def _without_dots(path: str) -> str:
    """Dot segments resolved, ``%2e`` among them."""
    if "/." not in path and "%2" not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for index, segment in enumerate(segments):
        plain = re.sub("%2e", ".", segment, flags=re.IGNORECASE)
        last = index == len(segments) - 1
        if plain in (".", ".."):
            if plain == ".." and kept:
                kept.pop()
            if last:
                kept.append("")
        else:
            kept.append(segment)
    return "/" + "/".join(kept)


# Hosts -------------------------------------------------------------------------------------------------------


def _host(written: str) -> str:
    if written.startswith("["):
        try:
            if "%" in written:
                raise ValueError("a zone is this machine's own affair")
            return str(ipaddress.IPv6Address(written[1:-1]))
        except ValueError:
            raise AddressError("names a host that is no IPv6 address") from None
    host = unquote_to_bytes(written.encode("utf-8", "surrogatepass")).decode("utf-8", "replace")
    if not host:
        raise AddressError("names no host")
    if not host.isascii():
        host = _in_ascii(host)
    host = host.lower()
    if _NAME.fullmatch(host) is None:
        raise AddressError("names a host that no name server knows by such a name")
    number = _ipv4(host)
    return host.rstrip(".") if number is None else str(number)


def _in_ascii(host: str) -> str:
    """A name in the letters of any language as name servers know it (UTS 46)."""
    import idna

    try:
        return idna.encode(host, uts46=True, std3_rules=False).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise AddressError("names a host that cannot be written in ASCII") from None


def _ipv4(host: str) -> ipaddress.IPv4Address | None:
    """The address that a host of numbers means, however it is written: ``127.1``, ``0x7f000001``, ``017700000001``.

    Raises:
        AddressError: its last part is a number, and it means no address.
    """
    parts = host.rstrip(".").split(".")
    if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", parts[-1]) is None:
        return None
    numbers = []
    for part in parts:
        number = _number(part)
        if number is None or len(parts) > 4:
            raise AddressError("names a host that is no IPv4 address")
        numbers.append(number)
    *first, last = numbers
    if any(number > 255 for number in first) or last >= 256 ** (5 - len(numbers)):
        raise AddressError("names a host that is no IPv4 address")
    for index, number in enumerate(first):
        last += number << 8 * (3 - index)
    return ipaddress.IPv4Address(last)


def _number(part: str) -> int | None:
    digits, base = part, 10
    if part.startswith("0x"):
        digits, base = part[2:] or "0", 16
    elif len(part) > 1 and part.startswith("0"):
        digits, base = part[1:], 8
    if not digits or len(digits) > 40:
        return None
    try:
        return int(digits, base) if digits.isalnum() else None
    except ValueError:
        return None
