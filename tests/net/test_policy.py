"""Which machines are talked to."""

from __future__ import annotations

import ipaddress

import pytest

from postlint.net.policy import Policy, refusal


@pytest.mark.parametrize(
    "ip",
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.255",
        "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.0.1",
        "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
        "255.255.255.255", "168.63.129.16", "100.100.100.200", "192.88.99.1",
        "::", "::1", "fc00::1", "fd00:ec2::254", "fdff::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
        "2001:db8::1", "2001::1", "3fff::1", "100::1", "64:ff9b:1::1", "5f00::1", "4000::1",
        # IPv4 inside of IPv6: mapped, translated, NAT64, 6to4, compatible.
        "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:0:10.0.0.1", "64:ff9b::192.168.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "2002:a9fe:a9fe::1", "2002:c0a8:1::1", "::127.0.0.1", "::8.8.8.8",
    ],
)  # fmt: skip
def test_inner_addresses_are_refused(ip: str) -> None:
    assert refusal(ipaddress.ip_address(ip))


@pytest.mark.parametrize(
    "ip",
    [
        "1.1.1.1", "8.8.8.8", "11.0.0.1", "100.63.255.255", "100.128.0.1", "126.255.255.255", "128.0.0.1",
        "169.253.255.255", "172.15.255.255", "172.32.0.1", "192.167.255.255", "192.169.0.1", "198.17.255.255",
        "223.255.255.255", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1",
        "2400:cb00::1", "3ffe::1",
    ],
)  # fmt: skip
def test_public_addresses_are_not(ip: str) -> None:
    assert refusal(ipaddress.ip_address(ip)) == ""


def test_what_may_be_talked_to_can_be_named() -> None:
    policy = Policy.allowing(["10.1.0.0/16", "wiki.intra", "*.corp.site", "::1"])
    inner = ipaddress.ip_address("10.1.2.3")
    other = ipaddress.ip_address("192.168.0.9")
    assert policy.refusal("anything.site", inner) == ""
    assert policy.refusal("anything.site", other) == "a private address"
    assert policy.refusal("wiki.intra", other) == ""
    assert policy.refusal("a.b.corp.site", other) == ""
    assert policy.refusal("corp.site", other) and policy.refusal("evilcorp.site", other)
    assert policy.refusal("x", ipaddress.ip_address("::1")) == ""
    assert policy.refusal("x", ipaddress.ip_address("127.0.0.1"))
