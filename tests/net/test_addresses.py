"""Addresses are read as browsers read them, and only in one way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postlint.net.address import AddressError, join, parse
from postlint.net.client import as_sent
from postlint.net.failure import Failed


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://Example.ORG:443/A?b#c", "https://example.org/A?b"),
        ("http://example.org:8080", "http://example.org:8080/"),
        ("  https://example.org/a b\n", "https://example.org/a%20b"),
        ("https://exam\tple.org/a\r\nHost:%20x", "https://example.org/aHost:%20x"),
        ("https://user:secret@example.org/", "https://example.org/"),
        ("https://example.org\\@evil.site/", "https://example.org/@evil.site/"),
        ("https:\\\\example.org\\a\\b?c\\d", "https://example.org/a/b?c%5Cd"),
        ("https://example.org/茶?q=茶#茶", "https://example.org/%E8%8C%B6?q=%E8%8C%B6"),
        ("https://茶.example/", "https://xn--cl1a.example/"),
        ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
        ("https://example。org/", "https://example.org/"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://my_site.example.org/", "https://my_site.example.org/"),
        ("https://example.org/a/./b/../c", "https://example.org/a/c"),
        ("https://example.org/%2e%2E/a/..", "https://example.org/"),
        ("https://example.org/100%/%zz", "https://example.org/100%/%zz"),
        ("https://example.org/{{a}}<b>\"'`|", "https://example.org/%7B%7Ba%7D%7D%3Cb%3E%22%27%60%7C"),
        ("https://example.org?a=b", "https://example.org/?a=b"),
        ("https://[2001:DB8:0:0:0:0:0:1]:8443/", "https://[2001:db8::1]:8443/"),
        # Numbers, however they are written (the URL Standard's IPv4 parser; browsers follow all of these).
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://0x7f000001/", "http://127.0.0.1/"),
        ("http://0x7F.1/", "http://127.0.0.1/"),
        ("http://017700000001/", "http://127.0.0.1/"),
        ("http://0177.0.0.01/", "http://127.0.0.1/"),
        ("http://127.1/", "http://127.0.0.1/"),
        ("http://127.0.0.1./", "http://127.0.0.1/"),
        ("http://１２７.０.０.１/", "http://127.0.0.1/"),
        ("http://%31%32%37.0.0.1/", "http://127.0.0.1/"),
        ("http://0/", "http://0.0.0.0/"),
        ("http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
    ],
)
def test_what_is_written_is_read_so(written: str, read: str) -> None:
    assert str(parse(written)) == read


@pytest.mark.parametrize(
    "written",
    [
        "", "example.org", "//example.org/", "mailto:a@example.org", "javascript:alert(1)", "file:///etc/passwd",
        "https:/example.org", "https://", "https:///a", "https://example.org:99999/", "https://example.org:0/",
        "https://example.org:8o/", "https://exa mple.org/", "https://exa<mple.org/", "https://[::1/", "https://[::1]x/",
        "https://[fe80::1%25eth0]/", "http://1.2.3.4.5/", "http://256.1.1.1/", "http://4294967296/",
        "http://example.0x7f/", "http://09/", "https://a..b/", "https://-/", "https://" + "a" * 300 + ".org/",
        "https://example.org/" + "a" * 9000, "gopher://example.org/",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(AddressError):
        parse(written)


def test_a_fragment_is_kept_apart_and_decoded() -> None:
    assert parse("https://example.org/a#%E8%8C%B6").fragment == "茶"
    assert parse("https://example.org/a#b#c").fragment == "b#c"


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("https://example.net/x", "https://example.net/x"),
        ("//example.net/x", "https://example.net/x"),
        ("/x", "https://example.org/x"),
        ("x", "https://example.org/a/x"),
        ("../x", "https://example.org/x"),
        ("?q=1", "https://example.org/a/b?q=1"),
        ("", "https://example.org/a/b?c"),
        ("\\\\example.net\\x", "https://example.net/x"),
        ("/茶", "https://example.org/%E8%8C%B6"),
        ("/\udce8\udc8c", "https://example.org/%E8%8C"),
        ("HTTP://Example.NET", "http://example.net/"),
    ],
)
def test_a_location_leads_there(location: str, leads_to: str) -> None:
    assert str(join(parse("https://example.org/a/b?c"), location)) == leads_to


def test_a_redirect_keeps_the_fragment_unless_it_brings_its_own() -> None:
    base = parse("https://example.org/a#here")
    assert join(base, "/x").fragment == "here"
    assert join(base, "/x#there").fragment == "there"
    assert join(base, "/x#").fragment == ""


@pytest.mark.parametrize(
    "location", ["javascript:alert(1)", "file:///etc/passwd", "itms-apps://x", "http://", "data:,x"]
)
def test_a_location_off_the_web_leads_nowhere(location: str) -> None:
    with pytest.raises(AddressError):
        join(parse("https://example.org/"), location)


PIECES = st.sampled_from(
    [*"abXZ01-._~:/?#[]@!$&'()*+,;=%\\ \t\n\"<>{}|^`", "%2f", "%00", "%zz", "茶", "é", "ß", "１", "。", "\u200b",
     "\udc80", "\ud800", "..", "./", "//", "http://", "https://a.site", "xn--", "127.1", "0x7f"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join), st.sampled_from(["http://", "https://a.site/", "//", ""]))
@settings(max_examples=500, deadline=None)
def test_whatever_is_written_is_read_in_one_way(text: str, before: str) -> None:
    """By us, by us once more, and by the library that sends it."""
    for read in (parse, lambda location: join(parse("https://a.site/b/c?d#e"), location)):
        try:
            address = read(before + text)
        except AddressError:
            continue
        assert str(address).isascii() and str(address).isprintable() and " " not in str(address)
        assert str(parse(str(address))) == str(address)
        try:
            as_sent(address)
        except Failed as failed:
            assert "xn--" in address.host and failed.words == "its host is no name that can be looked up"
