"""Addresses of the web that no browser can follow as they were meant."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from postlint.regex import regex

__all__ = ["USUAL", "Malformed", "Wrong", "malformed"]

Wrong = Literal["scheme", "slashes", "twice", "prefix", "brackets", "host", "sign"]
"""What is wrong with an address.

* ``scheme``: ``htp://x``, ``https//x``, ``http;//x``, ``http：//x``;
* ``slashes``: ``http:/x``, ``http:///x``, ``https:www.x.org``;
* ``twice``: ``http://https://x``;
* ``prefix``: ``URL:https://x``;
* ``brackets``: ``(https://x)``, ``<https://x``: brackets or quotes that are not part of it;
* ``host``: there is none, or it holds what no host can (a blank, a full-width dot, a port that is no number);
* ``sign``: ``<``, ``>``, ``"`` or a Chinese comma or stop, which no address holds unencoded: text that follows it.
"""


class Malformed(NamedTuple):
    """``meant`` is the address that was meant, where only one can have been; "" else."""

    wrong: Wrong
    meant: str


# What nearly every address looks like: nothing more to ask.
USUAL = regex(r"(?i:https?)://(?!https?[:/])(?P<host>[A-Za-z0-9\-._]++)(?::\d++)?+(?:[/?#][^\s<>\"，。；、“”]*+)?+")
_TWICE = regex(r"https?://(?:%20|\s)*+(?:https?:?/{1,2}|https?:(?=www\.))(?=[\w\[])", re.IGNORECASE)
_SLASHES = regex(r"(https?):(?:/(?!/)|/{3,}|(?=www\.))(?=[\w\[])", re.IGNORECASE)
_SCHEME = regex(
    r"(?!https?://)(?:(h?h?t{1,3}pp?)|(h?h?t{1,3}pp?s+)|(hpt+p|htpt)|(hpt+ps|htpts))"
    r"(?::{1,2}//|;//|；//|：//|：／／|:／／|:\\\\|\.//|//|:;//)(?=[\w\[])",
    re.IGNORECASE,
)
_PREFIX = regex(r"(?:url|link|web|website|网址|链接)\s*+[:=：]\s*+(?=https?://\w)", re.IGNORECASE)
_BRACKETED = regex(
    r"[(（<\"'“”‘’「『【\[]++(?P<inner>https?://[^\s()（）<>\"'“”‘’「」『』【】]++)[)）>\"'“”‘’」』】\]]*+",
    re.IGNORECASE,
)
_TRAILING = regex(r"(?P<inner>https?://[^\s<>\"“”]++)[>\"“”]++", re.IGNORECASE)
_WEB = regex(r"https?://([^/?#]*+)", re.IGNORECASE)
_BAD_HOST = regex(r"[\s，。；、：．<>\"“”\\^`{|}]|:(?!\d*+$)|^:|\.\.")
_SIGN = regex('[<>"，。；、“”]')


@lru_cache(maxsize=4096)  # pages share many links, and more than one rule asks
def malformed(address: str) -> Malformed | None:
    """What is wrong with ``address`` (white space at its ends gone); None where nothing certainly is."""
    if USUAL.fullmatch(address) is not None or address[:1] in ("/", "#", "?", ".", ""):
        return None
    if (found := _TWICE.match(address)) is not None:
        return Malformed(
            "twice",
            _usual(
                found.group()[found.group().rindex("http") :].split(":")[0].split("/")[0]
                + "://"
                + address[found.end() :]
            ),
        )
    if (found := _SLASHES.match(address)) is not None:
        return Malformed("slashes", _usual(f"{found[1].lower()}://{address[found.end() :]}"))
    if (found := _SCHEME.match(address)) is not None:
        return Malformed("scheme", _usual(f"{'https' if found[2] or found[4] else 'http'}://{address[found.end() :]}"))
    if (found := _PREFIX.match(address)) is not None:
        return Malformed("prefix", _usual(address[found.end() :]))
    if (found := _BRACKETED.fullmatch(address) or _TRAILING.fullmatch(address)) is not None:
        return Malformed("brackets", _usual(found["inner"]))
    if (web := _WEB.match(address)) is not None:
        host = web[1].rpartition("@")[2]
        if not host or (_BAD_HOST.search(host) is not None and not host.startswith("[")):
            return Malformed("host", "")
        if _SIGN.search(address, web.end()) is not None:
            return Malformed("sign", "")
    return None


def _usual(address: str) -> str:
    return address if USUAL.fullmatch(address) is not None else ""
