"""Which machines postlint may talk to: public ones. What a post links to is written by anybody, and a linter often runs
where the inside of a network can be reached.

The lists are those of IANA's registries of special-purpose addresses (iana.org/assignments/iana-ipv4-special-registry
and -ipv6-, 2025), with the addresses at which clouds tell a machine its secrets.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass, field

from postlint.net.address import IPAddress

__all__ = ["Policy", "refusal"]

_METADATA = {
    ipaddress.ip_address(address): "the address at which a cloud tells a machine its secrets"
    for address in (
        "169.254.169.254",
        "169.254.170.2",
        "168.63.129.16",
        "100.100.100.200",
        "192.0.0.192",
        "fd00:ec2::254",
    )
}

_IPV4 = [
    (ipaddress.IPv4Network(network), kind)
    for network, kind in (
        ("0.0.0.0/8", "the unspecified address"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "an address inside a provider's network"),
        ("127.0.0.0/8", "a loopback address"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "an address for documentation"),
        ("192.88.99.0/24", "a reserved address"),
        ("192.168.0.0/16", "a private address"),
        ("198.18.0.0/15", "an address for benchmarks"),
        ("198.51.100.0/24", "an address for documentation"),
        ("203.0.113.0/24", "an address for documentation"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
    )
]
_IPV6 = [
    (ipaddress.IPv6Network(network), kind)
    for network, kind in (
        ("::/128", "the unspecified address"),
        ("::1/128", "a loopback address"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a private address"),
        ("ff00::/8", "a multicast address"),
        ("2001:db8::/32", "an address for documentation"),
        ("3fff::/20", "an address for documentation"),
        ("2001::/23", "a reserved address"),
    )
]
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_EMBEDDING = [
    # Networks whose addresses carry an IPv4 address, and how many bits stand behind it.
    (ipaddress.IPv6Network("::ffff:0:0/96"), 0),
    (ipaddress.IPv6Network("::ffff:0:0:0/96"), 0),
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),
    (ipaddress.IPv6Network("2002::/16"), 80),
]


def refusal(ip: IPAddress) -> str:
    """Why postlint does not talk to ``ip``, as a noun with its article; "" where it does."""
    if isinstance(ip, ipaddress.IPv4Address):
        return _METADATA.get(ip) or next((kind for network, kind in _IPV4 if ip in network), "")
    if ip.scope_id is not None:
        return "a link-local address"
    if ip in _METADATA:
        return _METADATA[ip]
    for network, shift in _EMBEDDING:
        if ip in network:
            return refusal(ipaddress.IPv4Address(int(ip) >> shift & 0xFFFFFFFF))
    for v6, kind in _IPV6:
        if ip in v6:
            return kind
    return "" if ip in _GLOBAL_UNICAST else "a reserved address"


@dataclass(frozen=True)
class Policy:
    """Who may be talked to.

    Attributes:
        names: hosts that may have any address: ``wiki.intra``, ``*.intra`` (those below it).
        networks: addresses that are allowed to everybody.
    """

    names: frozenset[str] = frozenset()
    networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()
    _seen: dict[tuple[str, IPAddress], str] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def allowing(cls, entries: Iterable[str]) -> Policy:
        """The policy that allows, beside public ones, the hosts and networks (``10.0.0.0/8``) of ``entries``."""
        names: set[str] = set()
        networks = []
        for entry in entries:
            try:
                networks.append(ipaddress.ip_network(entry.strip("[]"), strict=False))
            except ValueError:
                names.add(entry.lower().rstrip("."))
        return cls(frozenset(names), tuple(networks))

    def refusal(self, host: str, ip: IPAddress) -> str:
        """Why ``ip``, to which the name ``host`` leads, is not talked to; "" where it is."""
        key = (host, ip)
        known = self._seen.get(key)
        if known is None:
            known = self._seen[key] = "" if self._allowed(host, ip) else refusal(ip)
        return known

    def _allowed(self, host: str, ip: IPAddress) -> bool:
        if host in self.names or any(name.startswith("*.") and host.endswith(name[1:]) for name in self.names):
            return True
        return any(ip in network for network in self.networks if network.version == ip.version)
