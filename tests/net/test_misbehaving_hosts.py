"""Hosts that answer in every wrong way: each gets a verdict that is true, in bounded time and memory."""

from __future__ import annotations

import asyncio
import datetime as dt
import gzip
import re
import resource
import socket
import ssl
import time
import zlib
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
import trustme

from postlint.net.ask import Manners
from postlint.net.client import AGENT
from postlint.verdict import Standing, Verdict
from tests.net.conftest import Ask
from tests.net.misbehaving import Behaviour, Connection, Names, Request, Server, reply

OK, MOVED, DEAD, UNVERIFIED = Standing.OK, Standing.MOVED, Standing.DEAD, Standing.UNVERIFIED


@pytest.fixture
def one(server: Server, ask: Ask) -> Callable[..., Verdict]:
    """The verdict on one address of the server, which behaves so."""

    def verdict(behaviour: Behaviour, target: str = "/a", **changes: object) -> Verdict:
        server.routes[target] = behaviour
        url = f"http://tea.zone:{server.port}{target}"
        return ask([url], **changes)[url]

    return verdict


def redirect(status: int, location: str) -> Behaviour:
    return reply(status, b"", f"Location: {location}")


# Statuses ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        (200, OK), (201, OK), (202, OK), (203, OK), (204, OK), (205, OK), (206, OK), (207, OK), (226, OK), (300, OK),
        (302, UNVERIFIED), (304, UNVERIFIED), (305, UNVERIFIED), (306, UNVERIFIED), (399, UNVERIFIED),
        (400, UNVERIFIED), (401, UNVERIFIED), (402, UNVERIFIED), (403, UNVERIFIED), (404, DEAD), (405, UNVERIFIED),
        (406, UNVERIFIED), (408, UNVERIFIED), (410, DEAD), (418, UNVERIFIED), (421, UNVERIFIED), (425, UNVERIFIED),
        (429, UNVERIFIED), (451, UNVERIFIED), (500, UNVERIFIED), (501, UNVERIFIED), (502, UNVERIFIED),
        (503, UNVERIFIED), (520, UNVERIFIED), (599, UNVERIFIED), (600, UNVERIFIED), (999, UNVERIFIED),
    ],
)  # fmt: skip
def test_a_status_means(one: Callable[..., Verdict], status: int, standing: Standing) -> None:
    verdict = one(reply(status))
    assert verdict.standing is standing
    assert verdict.status == status
    assert (verdict.reason == "") == (standing is OK)
    assert "Words of the Host" not in verdict.reason


def test_a_status_that_the_settings_accept_is_fine(one: Callable[..., Verdict]) -> None:
    assert one(reply(403), accept=(403,)).standing is OK
    assert one(reply(404), "/b", accept=(403,)).standing is DEAD


def test_status_100_and_early_hints_come_before_an_answer(one: Callable[..., Verdict]) -> None:
    async def early(request: Request, connection: Connection) -> None:
        await connection.send(
            b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        )

    assert one(early).standing is OK


# HEAD and GET ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("head", [400, 401, 403, 404, 405, 410, 500, 501])
def test_what_head_says_is_believed_only_where_it_is_good(
    server: Server, one: Callable[..., Verdict], head: int
) -> None:
    server.routes["HEAD /a"] = reply(head)
    assert one(reply(200, b"here")).standing is OK
    assert server.seen("/a")[-1] == "GET"


def test_where_head_answers_get_is_not_sent(server: Server, one: Callable[..., Verdict]) -> None:
    assert one(reply(200)).standing is OK
    assert server.seen("/a") == ["HEAD"]


def test_a_server_that_falls_silent_at_head_is_asked_with_get(server: Server, one: Callable[..., Verdict]) -> None:
    async def silent(request: Request, connection: Connection) -> None:
        await asyncio.sleep(30)

    server.routes["HEAD /a"] = silent
    assert one(reply(200), timeout=0.3).standing is OK


def test_a_body_after_head_does_no_harm(server: Server, one: Callable[..., Verdict]) -> None:
    async def body(request: Request, connection: Connection) -> bool:
        await connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
        return True

    assert one(body).standing is OK


# Redirects ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "standing"),
    [
        ((301,), MOVED), ((308,), MOVED), ((301, 308), MOVED), ((302,), OK), ((303,), OK), ((307,), OK),
        ((301, 302), OK), ((302, 301), OK),
    ],
)  # fmt: skip
def test_what_has_moved_for_ever_is_told_from_what_has_not(
    server: Server, one: Callable[..., Verdict], statuses: tuple[int, ...], standing: Standing
) -> None:
    for number, status in enumerate(statuses[1:], 1):
        server.routes[f"/{number}"] = redirect(status, f"/{number + 1}")
    server.routes[f"/{len(statuses)}"] = reply(200)
    verdict = one(redirect(statuses[0], "/1"))
    assert verdict.standing is standing
    assert [hop.status for hop in verdict.hops] == list(statuses)
    assert verdict.final == f"http://tea.zone:{server.port}/{len(statuses)}"


@pytest.mark.parametrize("target", ["/login?next=/b", "/", "/users/sign_in", "/cookie-consent", "/404.html", "/error"])
def test_a_detour_is_not_a_new_address(server: Server, one: Callable[..., Verdict], target: str) -> None:
    server.routes[target] = reply(200)
    assert one(redirect(301, target), "/a/page").standing is OK


def test_a_final_slash_is_no_news(server: Server, one: Callable[..., Verdict]) -> None:
    server.routes["/a/"] = reply(200)
    assert one(redirect(301, "/a/")).standing is OK


@pytest.mark.parametrize(
    ("location", "arrives"),
    [
        ("/x/y", "/x/y"),
        ("y", "/d/y"),
        ("../y", "/y"),
        ("?b=2", "/d/a?b=2"),
        ("/茶", "/%E8%8C%B6"),
        ("/a b", "/a%20b"),
        ("  /y  ", "/y"),
        ("/\udcb2\udce8", "/%B2%E8"),
    ],
)
def test_a_location_may_be_relative_or_in_any_letters(
    server: Server, one: Callable[..., Verdict], location: str, arrives: str
) -> None:
    server.routes[arrives] = reply(200)
    verdict = one(redirect(302, location), "/d/a")
    assert verdict.standing is OK
    assert verdict.final.endswith(f":{server.port}{arrives}")


def test_redirects_are_followed_with_the_fragment(server: Server, one: Callable[..., Verdict]) -> None:
    server.routes["/b"] = reply(200)
    verdict = one(redirect(301, "/b#part"))
    assert verdict.hops[0].address == f"http://tea.zone:{server.port}/b#part"
    assert verdict.final == f"http://tea.zone:{server.port}/b"
    assert server.seen("/b")  # and never with the fragment


def test_a_circle_is_seen(server: Server, one: Callable[..., Verdict]) -> None:
    server.routes["/b"] = redirect(302, "/a")
    verdict = one(redirect(302, "/b"))
    assert (verdict.standing, "circle" in verdict.reason) == (UNVERIFIED, True)
    assert len(server.requests) == 2


def test_redirects_without_end_are_given_up(server: Server, one: Callable[..., Verdict]) -> None:
    async def next_one(request: Request, connection: Connection) -> None:
        number = int(request.target.rpartition("/")[2]) + 1
        server.routes[f"/n/{number}"] = next_one
        await connection.send(f"HTTP/1.1 302 x\r\nLocation: /n/{number}\r\nContent-Length: 0\r\n\r\n".encode())

    verdict = one(next_one, "/n/0", max_redirects=7)
    assert (verdict.standing, verdict.reason.startswith("more than 7 redirects")) == (UNVERIFIED, True)
    assert len(server.requests) == 8


@pytest.mark.parametrize(
    "location",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://tea.zone/",
        "data:,x",
        "http://",
        "https://[::1",
        "http://a:b:c/",
    ],
)
def test_a_redirect_off_the_web_is_not_followed(one: Callable[..., Verdict], location: str) -> None:
    verdict = one(redirect(302, location))
    assert verdict.standing is UNVERIFIED
    assert "redirects to an address that" in verdict.reason


def test_a_redirect_to_what_is_gone_is_dead(server: Server, one: Callable[..., Verdict]) -> None:
    verdict = one(redirect(301, "/gone"))
    assert verdict.standing is DEAD
    assert verdict.reason == f"404 Not Found, redirected to http://tea.zone:{server.port}/gone"


def test_cookies_are_neither_kept_nor_sent(server: Server, one: Callable[..., Verdict]) -> None:
    """A wall of cookies sends whoever has none in circles."""
    server.routes["/b"] = reply(302, b"", "Location: /a", "Set-Cookie: seen=1")
    assert one(reply(302, b"", "Location: /b", "Set-Cookie: seen=1; Path=/")).standing is UNVERIFIED
    assert not [request for request in server.requests if "cookie" in request.headers]


# Inner addresses ---------------------------------------------------------------------------------------------

INNER = ["10.0.0.1", "192.168.1.1", "169.254.169.254", "172.16.0.1", "100.64.0.1", "0.0.0.0", "[fe80::1]", "[fd00::1]",
         "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:a00:1::]", "2852039166", "0xa9.0xfe.0xa9.0xfe",
         "0251.0376.0251.0376",
         "224.0.0.1", "metadata.google.site", "inner.zone"]  # fmt: skip


@pytest.mark.parametrize("host", INNER)
@pytest.mark.parametrize("port", ["", ":8080"])
def test_an_inner_address_is_refused_at_once_and_after_a_redirect(
    server: Server, ask: Ask, names: Names, host: str, port: str
) -> None:
    names.answers |= {"inner.zone": ["10.0.0.7"], "metadata.google.site": ["93.184.216.34", "169.254.169.254"]}
    inner = f"http://{host}{port}/latest/meta-data/"
    server.routes["/a"] = redirect(302, inner)
    by_detour = f"http://tea.zone:{server.port}/a"
    verdicts = ask([inner, by_detour])
    assert {verdict.standing for verdict in verdicts.values()} == {UNVERIFIED}
    assert re.search(r" (is|leads to [\d.]+,) (an?|the) .*(address|network)", verdicts[inner].reason)
    assert verdicts[by_detour].reason.startswith(verdicts[inner].reason)


def test_without_allowance_loopback_is_refused(server: Server, ask: Ask) -> None:
    urls = [f"http://{host}:{server.port}/" for host in ("127.0.0.1", "127.1", "2130706433", "tea.zone", "[::1]")]
    verdicts = ask(urls, allow_private=())
    assert {verdict.standing for verdict in verdicts.values()} == {UNVERIFIED}
    assert server.connections == 0


def test_a_name_that_leads_elsewhere_the_second_time_does_not_get_in(server: Server, ask: Ask, names: Names) -> None:
    """DNS rebinding: the first answer is fine, the next ones are inner addresses. What was checked is connected to."""
    names.answers["swap.zone"] = [["127.0.0.1"], ["10.0.0.7"], ["169.254.169.254"]]
    server.routes |= {f"/{number}": reply(200) for number in range(5)}
    verdicts = ask([f"http://swap.zone:{server.port}/{number}" for number in range(5)])
    assert {verdict.standing for verdict in verdicts.values()} == {OK}
    assert names.asked["swap.zone"] == 1
    assert len(server.requests) == 5


def test_a_socket_is_made_for_no_address_that_was_not_checked(
    monkeypatch: pytest.MonkeyPatch, server: Server, ask: Ask
) -> None:
    """Even if what stands between the check and the socket were to change the address."""
    from postlint.net.client import _Resolver

    made: list[object] = []
    connect = socket.socket.connect

    def watched(self: socket.socket, target: object) -> None:
        made.append(target)
        connect(self, target)  # type: ignore[arg-type]

    resolve = _Resolver.resolve

    async def elsewhere(
        self: _Resolver, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> object:
        found = await resolve(self, host, port, family)
        return [{**entry, "host": "10.0.0.7"} for entry in found]

    monkeypatch.setattr(_Resolver, "resolve", elsewhere)
    monkeypatch.setattr(socket.socket, "connect", watched)
    url = f"http://tea.zone:{server.port}/"
    assert ask([url])[url].standing is UNVERIFIED
    assert not [target for target in made if isinstance(target, tuple) and target[0] == "10.0.0.7"]
    assert server.connections == 0


# Names -------------------------------------------------------------------------------------------------------


def gai(code: int) -> socket.gaierror:
    return socket.gaierror(code, "x")


def test_a_host_that_does_not_exist_is_dead(ask: Ask, names: Names) -> None:
    names.answers["nowhere.zone"] = gai(socket.EAI_NONAME)
    verdict = ask(["http://nowhere.zone/"])["http://nowhere.zone/"]
    assert (verdict.standing, verdict.reason) == (DEAD, "there is no host of this name")
    assert names.asked["nowhere.zone"] == 2


def test_where_no_name_can_be_looked_up_none_is_dead(ask: Ask, names: Names) -> None:
    """Without a connection some systems say of every name that it does not exist."""
    names.answers |= dict.fromkeys(["nowhere.zone", "tea.zone", "example.com"], gai(socket.EAI_NONAME))
    verdicts = ask(["http://nowhere.zone/", "http://tea.zone/"])
    assert {verdict.standing for verdict in verdicts.values()} == {UNVERIFIED}


def test_a_name_server_in_trouble_says_nothing_of_a_name(ask: Ask, names: Names) -> None:
    names.answers["busy.zone"] = gai(socket.EAI_AGAIN)
    verdict = ask(["http://busy.zone/"])["http://busy.zone/"]
    assert (verdict.standing, verdict.reason) == (UNVERIFIED, "its name could not be looked up")


def test_a_name_without_addresses_is_not_verified(ask: Ask, names: Names) -> None:
    names.answers["empty.zone"] = []
    assert ask(["http://empty.zone/"])["http://empty.zone/"].standing is UNVERIFIED


# Connections and answers that break --------------------------------------------------------------------------


def test_nobody_listens(ask: Ask) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://tea.zone:{unused.getsockname()[1]}/"
        verdict = ask([url])[url]
    assert (verdict.standing, verdict.reason) == (UNVERIFIED, "the connection was refused")


def test_a_host_that_never_answers_is_left_alone_after_three_times(server: Server, ask: Ask) -> None:
    async def silent(request: Request, connection: Connection) -> None:
        await asyncio.sleep(30)

    server.routes |= {f"/{number}": silent for number in range(40)}
    began = time.monotonic()
    verdicts = ask([f"http://tea.zone:{server.port}/{number}" for number in range(40)], timeout=0.3, per_host=1)
    assert time.monotonic() - began < 3
    assert {verdict.standing for verdict in verdicts.values()} == {UNVERIFIED}
    assert len(server.requests) == 3
    assert sum("did not answer 3 times" in verdict.reason for verdict in verdicts.values()) >= 38


async def _reset(request: Request, connection: Connection) -> None:
    connection.reset()


async def _closed(request: Request, connection: Connection) -> None:
    return None


async def _half_a_status(request: Request, connection: Connection) -> None:
    await connection.send(b"HTTP/1.1 20")


async def _garbage(request: Request, connection: Connection) -> None:
    await connection.send(bytes(range(256)) * 40)


async def _ssh(request: Request, connection: Connection) -> None:
    await connection.send(b"SSH-2.0-OpenSSH_9.6\r\n")


async def _no_such_status(request: Request, connection: Connection) -> None:
    await connection.send(b"HTTP/1.1 0 \r\n\r\n")


async def _large_field(request: Request, connection: Connection) -> None:
    await connection.send(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n")


async def _many_fields(request: Request, connection: Connection) -> None:
    await connection.send(b"HTTP/1.1 200 OK\r\n")
    for number in range(200_000):
        await connection.send(b"X-%d: %s\r\n" % (number, b"a" * 100))
    await connection.send(b"\r\n")


async def _large_status(request: Request, connection: Connection) -> None:
    await connection.send(b"HTTP/1.1 200 " + b"a" * 1_000_000)
    await asyncio.sleep(30)


async def _slow_fields(request: Request, connection: Connection) -> None:
    await connection.send(b"HTTP/1.1 200 OK\r\n")
    for number in range(1000):
        await connection.send(b"X-%d: a\r\n" % number)
        await asyncio.sleep(0.1)


async def _hints_without_end(request: Request, connection: Connection) -> None:
    while True:
        await connection.send(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        await asyncio.sleep(0.01)


async def _two_lengths(request: Request, connection: Connection) -> None:
    await connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nhello")


@pytest.mark.parametrize(
    "behaviour",
    [_reset, _closed, _half_a_status, _garbage, _ssh, _no_such_status, _large_field, _many_fields, _large_status,
     _slow_fields, _hints_without_end, _two_lengths],
)  # fmt: skip
def test_what_is_no_answer_is_not_verified(one: Callable[..., Verdict], behaviour: Behaviour) -> None:
    began, memory = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    verdict = one(behaviour, timeout=1.0)
    assert verdict.standing is UNVERIFIED
    assert verdict.reason.isprintable() and verdict.reason
    assert time.monotonic() - began < 6
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 100_000  # kB


async def _endless(request: Request, connection: Connection) -> None:
    await connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1 id=a>")
    while True:
        await connection.send(b"<p>" * 10_000)


async def _endless_chunks(request: Request, connection: Connection) -> None:
    await connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        await connection.send(b"3\r\n<p>\r\n" * 10_000)


async def _drip(request: Request, connection: Connection) -> None:
    await connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(1000):
        await connection.send(b"a")
        await asyncio.sleep(0.2)


async def _short(request: Request, connection: Connection) -> None:
    await connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<h1 id=other>")


async def _bad_chunks(request: Request, connection: Connection) -> None:
    await connection.send(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n<h1 id=x>"
    )


def _compressed(data: bytes, *fields: str) -> Behaviour:
    return reply(200, data, "Content-Type: text/html", "Content-Encoding: gzip", *fields)


_BOMB = gzip.compress(b"<p id=x>" + b"\0" * 300_000_000, 1)


@pytest.mark.parametrize(
    "behaviour",
    [_endless, _endless_chunks, _drip, _short, _bad_chunks, _compressed(_BOMB), _compressed(b"no gzip at all"),
     _compressed(gzip.compress(b"<h1 id=x>")[:20]), _compressed(zlib.compress(b"<h1 id=x>")),
     reply(200, b"<h1 id=x>", "Content-Type: text/html", "Content-Encoding: br"),
     reply(200, b"<h1 id=x>", "Content-Type: application/pdf"),
     reply(200, b"<h1>no ids, so a script makes them</h1>", "Content-Type: text/html")],
    ids=["endless", "endless chunks", "drip", "short", "bad chunks", "bomb", "no gzip", "cut gzip", "zlib", "br", "pdf",
         "no ids"],
)  # fmt: skip
def test_ids_are_missing_only_from_pages_that_were_read_to_the_end(
    server: Server, ask: Ask, behaviour: Behaviour
) -> None:
    server.routes["/a"] = behaviour
    url = f"http://tea.zone:{server.port}/a"
    began, memory = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    verdict = ask({url: {"part"}}, fragments=True)[url]
    assert not verdict.absent
    assert time.monotonic() - began < 6
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 100_000


def test_a_body_that_nobody_needs_is_not_read(server: Server, one: Callable[..., Verdict]) -> None:
    server.routes["HEAD /a"] = reply(405)
    began = time.monotonic()
    assert one(_endless).standing is OK
    assert time.monotonic() - began < 1


# Fragments ---------------------------------------------------------------------------------------------------

PAGE = '<h1 id="top-part">a</h1><a name="old">b</a><p id="user-content-readme">c</p><i id="茶">d</i>'.encode()


@pytest.mark.parametrize("compressed", [False, True])
def test_ids_are_looked_for_where_the_settings_say_so(server: Server, ask: Ask, compressed: bool) -> None:
    page = (
        _compressed(gzip.compress(PAGE)) if compressed else reply(200, PAGE, "Content-Type: text/html; charset=utf-8")
    )
    server.routes["/a"] = page
    server.routes["/b"] = redirect(302, "/a")
    here = {"top-part", "old", "readme", "茶"}
    special = {":~:text=x", "L10", "L10-L20", "/route", "!route", "page=3", "top", "Top", ""}
    for target in ("/a", "/b"):
        url = f"http://tea.zone:{server.port}{target}"
        assert ask({url: here | special | {"gone"}}, fragments=True)[url].absent == {"gone"}
        assert ask({url: {"gone"}})[url].absent == frozenset()
    assert "GET" in server.seen("/a") and "HEAD" in server.seen("/a")


def test_a_redirect_to_a_part_of_a_page_says_which_part_is_meant(server: Server, ask: Ask) -> None:
    server.routes["/a"] = redirect(302, "/b#there")
    server.routes["/b"] = reply(200, b"<p id=there>", "Content-Type: text/html")
    url = f"http://tea.zone:{server.port}/a"
    assert not ask({url: {"here"}}, fragments=True)[url].absent


# TLS ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "greeting", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"SSH-2.0-x\r\n", b"\x15\x03\x01\x00\x02\x02\x28"]
)
def test_plain_text_where_encryption_is_wanted(server: Server, ask: Ask, greeting: bytes) -> None:
    server.greeting = greeting
    url = f"https://tea.zone:{server.port}/"
    assert ask([url])[url].standing is UNVERIFIED


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def _trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def _serving(certificate: trustme.LeafCert) -> Server:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return Server(tls=context)


def test_a_host_is_known_by_its_name_and_not_by_its_address(authority: trustme.CA, ask: Ask) -> None:
    """The connection goes to the address that was checked; name and certificate are the host's."""
    with _serving(authority.issue_cert("tea.zone")).running() as server:
        named: list[str | None] = []
        assert server.tls is not None
        server.tls.sni_callback = lambda _socket, name, _context: named.append(name)
        server.routes["/"] = reply(200)
        url = f"https://tea.zone:{server.port}/"
        assert ask([url], tls=_trusting(authority))[url].standing is OK
        assert named == ["tea.zone"]
        assert server.requests[0].host == f"tea.zone:{server.port}"


@pytest.mark.parametrize(
    ("certificate", "trusted", "reason"),
    [
        ({"identities": ["coffee.zone"]}, True, "it is for another host"),
        ({"identities": ["tea.zone"], "not_after": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, True, "it has expired"),
        ({"identities": ["tea.zone"]}, False, "its issuer is not known here"),
    ],
)
def test_a_bad_certificate_is_no_proof_of_anything(
    authority: trustme.CA, ask: Ask, certificate: dict[str, Any], trusted: bool, reason: str
) -> None:
    issued = authority.issue_cert(*certificate["identities"], not_after=certificate.get("not_after"))
    with _serving(issued).running() as server:
        server.routes["/"] = reply(404)
        url = f"https://tea.zone:{server.port}/"
        tls = _trusting(authority) if trusted else ssl.create_default_context()
        verdict = ask([url], tls=tls)[url]
    assert (verdict.standing, verdict.reason) == (UNVERIFIED, f"its certificate is not accepted ({reason})")
    assert not server.requests


# Waiting -----------------------------------------------------------------------------------------------------


def _busy_first(times: int, *fields: str, status: int = 503) -> Behaviour:
    left = [times]

    async def behaviour(request: Request, connection: Connection) -> bool | None:
        left[0] -= 1
        return await reply(status if left[0] >= 0 else 200, b"", *(fields if left[0] >= 0 else ()))(request, connection)

    return behaviour


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 408, 425])
def test_a_busy_host_is_asked_again(one: Callable[..., Verdict], status: int) -> None:
    assert one(_busy_first(2, status=status)).standing is OK


def test_a_reset_connection_is_made_again(server: Server, one: Callable[..., Verdict]) -> None:
    left = [2]

    async def behaviour(request: Request, connection: Connection) -> bool | None:
        left[0] -= 1
        if left[0] >= 0:
            connection.reset()
            return False
        return await reply(200)(request, connection)

    assert one(behaviour).standing is OK


def test_a_host_that_stays_busy_is_not_hammered(server: Server, one: Callable[..., Verdict]) -> None:
    assert one(reply(503)).standing is UNVERIFIED
    assert server.seen("/a") == ["HEAD"] * 3  # and no GET after that


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_waited_for(server: Server, one: Callable[..., Verdict], status: int) -> None:
    assert one(_busy_first(1, "Retry-After: 1", status=status)).standing is OK
    first, second = (request.at for request in server.requests)
    assert 0.9 < second - first < 2.5


def test_retry_after_may_be_a_date(server: Server, one: Callable[..., Verdict]) -> None:
    import email.utils

    until = email.utils.formatdate(time.time() + 2, usegmt=True)
    assert one(_busy_first(1, f"Retry-After: {until}")).standing is OK
    first, second = (request.at for request in server.requests)
    assert 0.5 < second - first < 3


@pytest.mark.parametrize(
    "value", ["soon", "-5", "", "1e9", "Thu, 99 Foo 2026", "\u00b9", "Mon, 01 Jan 0001 00:00:00 +2359"]
)
def test_a_retry_after_that_cannot_be_read_is_none(one: Callable[..., Verdict], value: str) -> None:
    assert one(_busy_first(1, f"Retry-After: {value}")).standing is OK


@pytest.mark.parametrize("value", ["3600", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_who_asks_for_too_long_a_wait_is_asked_no_more(server: Server, ask: Ask, value: str) -> None:
    server.routes |= {f"/{number}": reply(429, b"", f"Retry-After: {value}") for number in range(20)}
    began = time.monotonic()
    verdicts = ask([f"http://tea.zone:{server.port}/{number}" for number in range(20)], per_host=1)
    assert time.monotonic() - began < 2
    assert {verdict.standing for verdict in verdicts.values()} == {UNVERIFIED}
    assert len(server.requests) == 1
    assert sum("asks to wait" in verdict.reason for verdict in verdicts.values()) == 19


def _give_each_address(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postlint.net.check.Manners", lambda **more: Manners(**{**more, "budget": seconds}))


def test_time_that_is_spent_in_a_queue_is_not_the_hosts(
    server: Server, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many addresses that lead to one host wait for it longer than one of them may take."""
    _give_each_address(0.5, monkeypatch)
    urls = []
    for number in range(20):
        server.routes[f"/from/{number}"] = redirect(302, f"http://hub.zone:{server.port}/to/{number}")
        server.routes[f"/to/{number}"] = _slow_ok(0.1)
        urls.append(f"http://host{number}.zone:{server.port}/from/{number}")
    verdicts = ask(urls, per_host=1)
    assert {verdict.standing for verdict in verdicts.values()} == {OK}


def test_one_address_has_only_so_much_time_for_all_redirects(
    server: Server, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _give_each_address(0.5, monkeypatch)

    async def slowly_on(request: Request, connection: Connection) -> None:
        await asyncio.sleep(0.2)
        number = int(request.target.rpartition("/")[2]) + 1
        server.routes[f"/n/{number}"] = slowly_on
        await connection.send(f"HTTP/1.1 302 x\r\nLocation: /n/{number}\r\nContent-Length: 0\r\n\r\n".encode())

    server.routes["/n/0"] = slowly_on
    url = f"http://tea.zone:{server.port}/n/0"
    verdict = ask([url])[url]
    assert (verdict.standing, "all tries together" in verdict.reason) == (UNVERIFIED, True)
    assert len(server.requests) < 12


# Manners -----------------------------------------------------------------------------------------------------


def _slow_ok(seconds: float) -> Behaviour:
    async def behaviour(request: Request, connection: Connection) -> bool | None:
        await asyncio.sleep(seconds)
        return await reply(200, keep=True)(request, connection)

    return behaviour


def test_requests_to_one_host_and_to_all_are_bounded(server: Server, ask: Ask) -> None:
    urls = []
    for number in range(12):
        server.routes[f"/{number}"] = _slow_ok(0.05)
        urls += [f"http://host{host}.zone:{server.port}/{number}" for host in range(6)]
    verdicts = ask(urls, per_host=3, concurrency=8)
    assert {verdict.standing for verdict in verdicts.values()} == {OK}
    assert max(server.busiest.values()) == 3
    assert server.most == 8


def test_redirects_count_at_the_host_that_they_lead_to(server: Server, ask: Ask) -> None:
    urls = []
    for number in range(10):
        server.routes[f"/from/{number}"] = redirect(302, f"http://hub.zone:{server.port}/to/{number}")
        server.routes[f"/to/{number}"] = _slow_ok(0.05)
        urls.append(f"http://host{number}.zone:{server.port}/from/{number}")
    assert {verdict.standing for verdict in ask(urls).values()} == {OK}
    assert server.busiest[f"hub.zone:{server.port}"] == 2


def test_there_is_a_pause_between_two_requests_to_one_host(server: Server, ask: Ask) -> None:
    server.routes |= {f"/{number}": reply(200, keep=True) for number in range(6)}
    ask([f"http://tea.zone:{server.port}/{number}" for number in range(6)], delay=0.1)
    times = sorted(request.at for request in server.requests)
    assert all(later - earlier > 0.09 for earlier, later in pairwise(times))


def test_the_agent_says_who_it_is_and_nothing_of_the_user(server: Server, one: Callable[..., Verdict]) -> None:
    one(reply(200))
    headers = server.requests[0].headers
    assert headers["user-agent"] == AGENT
    assert AGENT.startswith("postlint/") and "(+https://" in AGENT
    assert not {"referer", "cookie", "authorization", "origin", "from"} & set(headers)


def test_a_password_in_an_address_is_neither_sent_nor_shown(server: Server, ask: Ask) -> None:
    url = f"http://somebody:secret@tea.zone:{server.port}/a"
    verdict = ask([url])[url]
    assert verdict.standing is DEAD
    assert "secret" not in repr(verdict)
    assert not [request for request in server.requests if b"secret" in request.raw or b"uthorization" in request.raw]


def test_nothing_can_be_smuggled_into_a_request(server: Server, ask: Ask) -> None:
    url = f"http://tea.zone:{server.port}/a%0d%0aX-Evil: 1\r\nX-Evil: 2\r\n\r\nGET /b HTTP/1.1"
    ask([url])
    assert server.requests
    for request in server.requests:
        assert "x-evil" not in request.headers
        assert request.raw.count(b"HTTP/1.1\r\n") == 1


def test_a_closed_connection_that_was_kept_alive_is_made_again(server: Server, ask: Ask) -> None:
    async def closes(request: Request, connection: Connection) -> bool:
        await connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n")
        return False

    server.routes |= {f"/{number}": closes for number in range(8)}
    verdicts = ask([f"http://tea.zone:{server.port}/{number}" for number in range(8)], per_host=1)
    assert {verdict.standing for verdict in verdicts.values()} == {OK}


def test_when_the_time_is_over_the_rest_is_not_verified(server: Server, ask: Ask) -> None:
    server.routes |= {f"/{number}": _slow_ok(0.2) for number in range(50)}
    began = time.monotonic()
    verdicts = ask([f"http://tea.zone:{server.port}/{number}" for number in range(50)], max_time=1.0)
    assert time.monotonic() - began < 2.5
    reasons = [verdict.reason for verdict in verdicts.values() if verdict.standing is UNVERIFIED]
    assert set(reasons) == {"not reached in the time for this run"}
    assert 5 <= sum(verdict.standing is OK for verdict in verdicts.values()) <= 12
