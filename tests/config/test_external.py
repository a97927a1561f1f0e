"""``[external]``: what it takes, what it refuses and what its patterns mean."""

from __future__ import annotations

import pytest

from postlint.config.errors import ConfigError
from postlint.config.explain import explain
from postlint.config.external import ExternalSettings, HostSettings, matcher, with_environment
from postlint.config.load import parse_settings


def test_every_key_is_read() -> None:
    settings = parse_settings(
        """
        [external]
        ignore = "*.example.org"
        remap = [{ from = "https://a.site/", to = "http://b.site/x/" }]
        accept = [403, "500-502"]
        allow-private = ["wiki.intra", "10.1.0.0/16", "::1", "*.corp"]
        fragments = true
        robots = false
        proxy = true
        timeout = "5s"
        max-time = "1.5h"
        concurrency = 3
        per-host = 1
        delay = 0
        retries = 0
        max-redirects = 5
        keep-ok = "14d"
        keep-dead = 60
        keep-unverified = "0s"
        [[external.hosts]]
        host = "API.a.site"
        headers = { Authorization = "Bearer ${TOKEN}", X-Client = "postlint" }
        accept = 401
        per-host = 2
        delay = "1s"
        """
    ).external
    assert settings == ExternalSettings(
        ignore=("*.example.org",),
        remap=(("https://a.site/", "http://b.site/x/"),),
        accept=(403, 500, 501, 502),
        allow_private=("wiki.intra", "10.1.0.0/16", "::1/128", "*.corp"),
        fragments=True,
        robots=False,
        proxy=True,
        timeout=5.0,
        max_time=5400.0,
        concurrency=3,
        per_host=1,
        delay=0.0,
        retries=0,
        max_redirects=5,
        keep_ok=14 * 86400.0,
        keep_dead=60.0,
        keep_unverified=0.0,
        hosts=(
            HostSettings(
                "api.a.site", (("Authorization", "Bearer ${TOKEN}"), ("X-Client", "postlint")), (401,), 2, 1.0
            ),
        ),
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("ignores = []", "unknown key `ignores` in [external]; did you mean `ignore`?"),
        ('ignore = "/[/"', "`/[/` is not a regular expression"),
        ('ignore = "/x"', "does not end with one"),
        ('ignore = "example.org/path"', "is neither a host nor an address with `://`"),
        ('accept = ["4xx"]', "`4xx` is no status"),
        ("accept = [99]", "`99` is no status"),
        ('accept = ["500-400"]', "`500-400` is no status"),
        ("accept = [true]", "this must be a status"),
        ('timeout = "soon"', "`soon` is no length of time"),
        ("timeout = 0", "greater than 0"),
        ("timeout = -1", "greater than 0"),
        ("per-host = 0", "1"),
        ('allow-private = "10.0.0.0/33"', "is no network"),
        ('allow-private = "https://a.site"', "is no network"),
        ('remap = [{ from = "a.site", to = "https://b.site" }]', "does not begin with `https://`"),
        ('hosts = [{ host = "https://a.site" }]', "is not the name of a host"),
        (
            'hosts = [{ host = "a.site", headers = { Authorization = "Bearer abc" } }]',
            "a secret does not belong in a file",
        ),
        ('hosts = [{ host = "a.site", headers = { X-Api-Key = "abc" } }]', "a secret does not belong in a file"),
        ('hosts = [{ host = "a.site", headers = { Cookie = "a=b" } }]', "a secret does not belong in a file"),
        ('hosts = [{ host = "a.site", headers = { Host = "b.site" } }]', "belongs to the connection"),
        ('hosts = [{ host = "a.site", headers = { "X Y" = "b" } }]', "is not the name of a header field"),
        ('hosts = [{ host = "a.site", headers = { X = "a\\r\\nY: b" } }]', "printable ASCII"),
        ("hosts = [{ }]", "host"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(written: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_settings(f"[external]\n{written}\n")
    assert said in str(caught.value)
    assert str(caught.value).startswith("postlint.toml:")


@pytest.mark.parametrize(
    ("pattern", "fits", "does_not_fit"),
    [
        ("a.site", ["https://a.site", "http://A.site:80/x", "https://a.site/", "https://a.site?x", "https://a.site./"],
         ["https://b.a.site/", "https://a.site.evil/", "https://ab.site/", "https://b.site/?https://a.site/"]),
        ("*.a.site", ["https://b.a.site/", "https://c.b.a.site"], ["https://a.site/", "https://ba.site/"]),
        ("https://a.site/x/*", ["https://a.site/x/", "https://a.site/x/y?z"], ["https://a.site/x", "http://a.site/x/y"]),
        ("https://a.site/x?y=[1]", ["https://a.site/x?y=[1]"], ["https://a.site/xxy=1", "https://a.site/x?y=1"]),
        ("*://a.site/*", ["https://a.site/x", "http://a.site/"], ["https://a.sites/"]),
        ("/[?&]share=/", ["https://a.site/?share=1", "https://b.site/x?a&share=2"], ["https://a.site/share"]),
    ],
)  # fmt: skip
def test_a_pattern_fits(pattern: str, fits: list[str], does_not_fit: list[str]) -> None:
    expression = matcher(pattern)
    assert [address for address in [*fits, *does_not_fit] if expression.search(address)] == fits


def test_secrets_come_from_the_environment_alone() -> None:
    assert with_environment("Bearer ${T}", {"T": "abc\n"}) == "Bearer abc"
    assert with_environment("Bearer ${T}", {}) is None
    assert with_environment("Bearer ${T}", {"T": ""}) is None
    assert with_environment("Bearer ${T}", {"T": "a\r\nX: b"}) is None
    assert with_environment("plain", {}) == "plain"


def test_all_of_it_is_shown_with_its_place_and_no_secret() -> None:
    settings = parse_settings(
        '[external]\ntimeout = 90\n[[external.hosts]]\nhost = "a.site"\nheaders = { Authorization = "${T}" }\n'
    )
    rows = {row.key: row for row in explain(settings)}
    assert rows["external.timeout"].value == '"90s"'
    assert rows["external.timeout"].origin == "postlint.toml:2"
    assert rows["external.keep-ok"].value == '"7d"'
    assert rows["external.hosts"].value == '[{host = "a.site", headers = {Authorization = "${T}"}}]'
