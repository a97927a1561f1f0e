"""robots.txt, header fields and secrets, proxies, what is left out."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
import time

import pytest
import trustme

from postlint.config.external import ExternalSettings, HostSettings
from postlint.net.check import check
from postlint.verdict import Standing
from tests.net.conftest import NOW, Ask
from tests.net.misbehaving import Behaviour, Connection, Names, Request, Server, reply

OK, DEAD, UNVERIFIED, IGNORED = Standing.OK, Standing.DEAD, Standing.UNVERIFIED, Standing.IGNORED


def robots(text: str) -> dict[str, Behaviour]:
    return {"/robots.txt": reply(200, text.encode(), "Content-Type: text/plain")}


@pytest.mark.parametrize(
    ("text", "allowed", "not_allowed"),
    [
        ("User-agent: *\nDisallow: /private/", ["/a"], ["/private/x"]),
        ("User-agent: *\nDisallow: /\n\nUser-agent: postlint\nDisallow: /no", ["/a"], ["/no"]),
        ("User-agent: PostLint\nDisallow: /\nAllow: /a$", ["/a"], ["/ab", "/"]),
        ("User-agent: *\nDisallow: /*.pdf$", ["/a", "/a.pdf.html"], ["/a.pdf"]),
        ("User-agent: otherbot\nDisallow: /", ["/a"], []),
        ("\ufeffuser-agent: *\ndisallow: /b", ["/a"], ["/b"]),
        ("<html>no robots here", ["/a"], []),
        ("", ["/a"], []),
    ],
)
def test_robots_txt_is_heeded(server: Server, ask: Ask, text: str, allowed: list[str], not_allowed: list[str]) -> None:
    server.routes |= {path: reply(200) for path in (*allowed, *not_allowed)} | robots(text)
    verdicts = ask([f"http://tea.zone:{server.port}{path}" for path in (*allowed, *not_allowed)], robots=True)
    assert [verdict.standing for verdict in verdicts.values()] == [OK] * len(allowed) + [UNVERIFIED] * len(not_allowed)
    assert server.seen("/robots.txt") == ["GET"]
    assert not [path for path in not_allowed if server.seen(path)]


def test_robots_txt_is_not_asked_for_where_nobody_wants_it(server: Server, ask: Ask) -> None:
    server.routes |= {"/a": reply(200)} | robots("User-agent: *\nDisallow: /")
    url = f"http://tea.zone:{server.port}/a"
    assert ask([url])[url].standing is OK
    assert not server.seen("/robots.txt")


def test_robots_txt_of_the_host_that_a_redirect_leads_to_counts(server: Server, ask: Ask) -> None:
    async def by_host(request: Request, connection: Connection) -> bool | None:
        text = b"User-agent: *\nDisallow: /" if request.host.startswith("shy.") else b""
        return await reply(200, text)(request, connection)

    server.routes["/robots.txt"] = by_host
    server.routes["/a"] = reply(302, b"", f"Location: http://shy.zone:{server.port}/b")
    url = f"http://tea.zone:{server.port}/a"
    assert ask([url], robots=True)[url].reason.startswith("the robots.txt of its host asks programs to stay away")
    assert not server.seen("/b")


@pytest.mark.parametrize(
    ("status", "standing"), [(404, OK), (403, OK), (410, OK), (500, UNVERIFIED), (503, UNVERIFIED)]
)
def test_a_robots_txt_that_cannot_be_read(server: Server, ask: Ask, status: int, standing: Standing) -> None:
    """As RFC 9309 has it: 4xx allows everything, 5xx nothing."""
    server.routes |= {"/a": reply(200), "/robots.txt": reply(status)}
    url = f"http://tea.zone:{server.port}/a"
    assert ask([url], robots=True)[url].standing is standing


def test_a_robots_txt_without_end_is_read_in_part(server: Server, ask: Ask) -> None:
    async def endless(request: Request, connection: Connection) -> None:
        await connection.send(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /no\n")
        while True:
            await connection.send(b"# and more\n" * 1000)

    server.routes |= {"/a": reply(200), "/no": reply(200), "/robots.txt": endless}
    verdicts = ask([f"http://tea.zone:{server.port}{path}" for path in ("/a", "/no")], robots=True)
    assert [verdict.standing for verdict in verdicts.values()] == [OK, UNVERIFIED]


def test_a_wished_pause_is_kept(server: Server, ask: Ask) -> None:
    server.routes |= {f"/{n}": reply(200) for n in range(3)} | robots("User-agent: *\nCrawl-delay: 0.3")
    ask([f"http://tea.zone:{server.port}/{n}" for n in range(3)], robots=True)
    times = sorted(request.at for request in server.requests if request.target != "/robots.txt")
    assert times[1] - times[0] > 0.29 and times[2] - times[1] > 0.29


# Header fields -----------------------------------------------------------------------------------------------


def test_a_host_gets_its_header_fields_and_no_other_host_does(server: Server, ask: Ask) -> None:
    server.routes["/a"] = reply(302, b"", f"Location: http://elsewhere.zone:{server.port}/b")
    server.routes["/b"] = reply(200)
    hosts = (HostSettings("tea.zone", (("X-Client", "one"),)), HostSettings("*.tea.zone", (("X-Client", "two"),)))
    urls = [f"http://{host}:{server.port}/a" for host in ("tea.zone", "green.tea.zone", "eviltea.zone")]
    ask(urls, hosts=hosts)
    sent = {(request.host.partition(":")[0], request.headers.get("x-client")) for request in server.requests}
    assert sent == {("tea.zone", "one"), ("green.tea.zone", "two"), ("eviltea.zone", None), ("elsewhere.zone", None)}


def test_a_header_field_of_the_settings_takes_the_place_of_ours(server: Server, ask: Ask) -> None:
    server.routes["/a"] = reply(200)
    ask([f"http://tea.zone:{server.port}/a"], hosts=(HostSettings("tea.zone", (("user-agent", "mine"),)),))
    assert server.requests[0].raw.lower().count(b"user-agent:") == 1
    assert server.requests[0].headers["user-agent"] == "mine"


def test_a_secret_goes_out_encrypted_alone(server: Server, ask: Ask) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("tea.zone").configure_cert(context)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    hosts = (HostSettings("tea.zone", (("Authorization", "Bearer ${TOKEN}"),)),)
    with Server(tls=context).running() as encrypted:
        for one in (server, encrypted):
            one.routes["/a"] = reply(200)
        ask(
            [f"http://tea.zone:{server.port}/a", f"https://tea.zone:{encrypted.port}/a"],
            hosts=hosts,
            environ={"TOKEN": "secret"},
            tls=trusting,
        )
        assert [request.headers.get("authorization") for request in server.requests] == [None]
        assert [request.headers.get("authorization") for request in encrypted.requests] == ["Bearer secret"]


def test_a_secret_that_is_not_set_is_left_out_and_that_is_said(server: Server, settings: ExternalSettings) -> None:
    from dataclasses import replace

    server.routes |= {"/a": reply(200), "/b": reply(200)}
    hosts = (HostSettings("tea.zone", (("X-Token", "${TOKEN}"),)),)
    wanted = {f"http://tea.zone:{server.port}{path}": () for path in ("/a", "/b")}
    answers = check(wanted, replace(settings, hosts=hosts), now=NOW, lookup=Names(), environ={})
    assert answers.notices == ["requests to tea.zone go without `X-Token`: the environment lacks what it needs"]
    assert all("x-token" not in request.headers for request in server.requests)


def test_statuses_can_be_fine_at_one_host(server: Server, ask: Ask) -> None:
    server.routes["/a"] = reply(403)
    verdicts = ask(
        [f"http://{host}:{server.port}/a" for host in ("tea.zone", "other.zone")],
        hosts=(HostSettings("tea.zone", accept=(403,)),),
    )
    assert [verdict.standing for verdict in verdicts.values()] == [OK, UNVERIFIED]


# Proxies -----------------------------------------------------------------------------------------------------


def test_a_proxy_of_the_environment_is_used_only_where_that_is_wanted(
    server: Server, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server().running() as proxy:
        environ = {"http_proxy": f"http://127.0.0.1:{proxy.port}"}
        monkeypatch.setenv("http_proxy", environ["http_proxy"])
        monkeypatch.setenv("HTTP_PROXY", environ["http_proxy"])
        server.routes["/a"] = reply(200)
        url = f"http://tea.zone:{server.port}/a"
        assert ask([url], environ=environ)[url].standing is OK
        assert (len(server.requests), len(proxy.requests)) == (1, 0)
        proxy.routes[url] = reply(404)
        assert ask([url], environ=environ, proxy=True)[url].standing is DEAD
        assert len(server.requests) == 1 and proxy.requests
        # Numbers are still checked here: what is behind the proxy may be inside of its network.
        inner = "http://169.254.169.254/latest/"
        assert ask([inner], environ=environ, proxy=True, allow_private=())[inner].standing is UNVERIFIED
        assert not [request for request in proxy.requests if "169.254" in request.target]


# What is not asked for -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    ["https://example.com/a", "https://www.example.org/", "http://a.b.example.net", "https://tea.example/",
     "https://x.invalid/", "http://x.test/", "http://printer.local/", "https://abc.onion/"],
)  # fmt: skip
def test_names_that_no_host_has_are_left_out(ask: Ask, names: Names, url: str) -> None:
    assert ask([url])[url].standing is IGNORED
    assert not names.asked


def test_what_the_settings_ignore_is_left_out(server: Server, ask: Ask, names: Names) -> None:
    url = f"http://tea.zone:{server.port}/a?share=1"
    for pattern in ("tea.zone", "/share=/", f"http://tea.zone:{server.port}/*"):
        assert ask([url], ignore=(pattern,))[url].standing is IGNORED
    assert not server.requests and not names.asked


@pytest.mark.parametrize("url", ["http://", "https://a..b/", "http://[::1", "https://exa mple.site/"])
def test_what_cannot_be_asked_for_is_not_verified(ask: Ask, url: str) -> None:
    verdict = ask([url])[url]
    assert verdict.standing is UNVERIFIED and verdict.reason.startswith("it ")


def test_ipv6(ask: Ask, names: Names) -> None:
    with Server(bind="::1").running() as server:
        server.routes["/a"] = reply(200)
        names.answers["six.zone"] = ["::1"]
        urls = [f"http://[::1]:{server.port}/a", f"http://six.zone:{server.port}/a"]
        assert {verdict.standing for verdict in ask(urls).values()} == {OK}
        assert server.requests[0].host == f"[::1]:{server.port}"


def test_a_host_in_letters_of_any_language(server: Server, ask: Ask, names: Names) -> None:
    server.routes["/%E8%8C%B6"] = reply(200)
    url = f"http://bücher.茶.zone:{server.port}/茶"
    assert ask([url])[url].standing is OK
    assert server.requests[0].host == f"xn--bcher-kva.xn--cl1a.zone:{server.port}"
    assert set(names.asked) == {"xn--bcher-kva.xn--cl1a.zone"}


def test_where_one_of_two_addresses_does_not_answer_the_other_is_tried(server: Server, ask: Ask, names: Names) -> None:
    server.routes["/a"] = reply(200)
    names.answers["two.zone"] = ["::1", "127.0.0.1"]
    url = f"http://two.zone:{server.port}/a"
    assert ask([url])[url].standing is OK


HANGING = """
import socket, sys, time
socket.getaddrinfo = lambda *arguments, **more: time.sleep(60)
from postlint.config.external import ExternalSettings
from postlint.net.check import check
settings = ExternalSettings(max_time=1.0, robots=False)
verdicts = check({f"https://host{n}.zone/": () for n in range(40)}, settings, now=1.77e9).verdicts
print({verdict.standing.value for verdict in verdicts.values()}, {verdict.reached for verdict in verdicts.values()})
"""


def test_a_name_server_that_hangs_holds_nobody_up() -> None:
    began = time.monotonic()
    result = subprocess.run(
        [sys.executable, "-c", HANGING], capture_output=True, text=True, timeout=50,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert (result.stdout, result.stderr) == ("{'unverified'} {False}\n", "")
    assert time.monotonic() - began < 20
