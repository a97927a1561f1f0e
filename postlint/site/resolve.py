"""Where a link leads: from an address as written to an address within the site, or the reason why there is none.

Only the document and its profile are asked, never another file: whether the address exists is for the index to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from postlint.document import Profile
from postlint.parse.links import SOURCE_KINDS, LinkUse
from postlint.parse.malformed import USUAL, malformed
from postlint.regex import regex
from postlint.site.address import climbs_out, squeeze

__all__ = ["Home", "Resolved", "home_of", "resolve"]

_SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.\-]*+:")
_WEB = ("http:", "https:")


class Resolved(NamedTuple):
    """Where a link leads; see :class:`postlint.site.facts.LinkFact` for the words of ``status``."""

    status: str
    url: str = ""
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a site is published: its hosts (lower case, with and without ``www.``) and the path that it lies under."""

    hosts: frozenset[str]
    base: str
    """"" or ``/blog``: begins with a slash, ends without."""


@lru_cache(maxsize=256)
def home_of(profile: Profile) -> Home:
    """The home that the site's configuration declares."""
    options = profile.options
    address = ""
    for name in ("url", "base_url"):
        value = getattr(options, name, "")
        if isinstance(value, str) and value:
            address = value
            break
    base = ""
    for name in ("baseurl", "root"):
        value = getattr(options, name, "")
        if isinstance(value, str) and value:
            base = value
            break
    rest = address.partition("//")[2] if "//" in address else address
    host, slash, path = rest.partition("/")
    base = (base or slash + path).strip().strip("/")
    host = host.lower().partition(":")[0]
    if not host or host in ("localhost", "127.0.0.1", "example.com", "example.org"):
        return Home(frozenset(), "/" + base if base else "")
    bare = host.removeprefix("www.")
    return Home(frozenset((bare, "www." + bare)), "/" + base if base else "")


_UNKNOWN = Resolved("unknown")
_IGNORED = Resolved("ignored")
_EXTERNAL = Resolved("external")


def resolve(use: LinkUse, page_url: str, home: Home) -> Resolved:
    """Where ``use`` leads, on a page at ``page_url`` ("" where it has no address) of the site at ``home``."""
    address = use.address
    if address is None:
        return _UNKNOWN
    if use.kind in SOURCE_KINDS:
        path, _, fragment = address.partition("#")
        return Resolved("source" if path else "fragment", path, unquote(fragment))
    address = address.strip()
    if not address:
        return _IGNORED
    if "{{" in address or "{%" in address or "<%" in address:
        return _UNKNOWN  # templates of a language that this site is not known to have
    if (usual := USUAL.fullmatch(address)) is not None:
        if usual["host"].lower() not in home.hosts:
            return _EXTERNAL  # most links lead out
    elif malformed(address) is not None:
        return _IGNORED
    first = address[0]
    if first == "#":
        return Resolved("fragment", "", unquote(address[1:]))
    if first == "?":
        return _IGNORED
    if (scheme := _SCHEME.match(address)) is not None:
        if scheme.group().lower() not in _WEB:
            return _IGNORED
        after = address[scheme.end() :]
        if not after.startswith("//"):
            return _IGNORED  # malformed: another rule's business
        return _absolute(after[2:], home)
    if address.startswith("//"):
        return _absolute(address[2:], home)
    path, fragment = _split(address)
    if first == "/":
        return Resolved("internal", _from_root(path, "" if use.rooted else home.base), fragment)
    if use.rooted:
        return Resolved("internal", _below("/" + path, home.base), fragment)
    if not page_url:
        return _UNKNOWN
    if not path:
        return Resolved("fragment", "", fragment)
    path = page_url[: page_url.rfind("/") + 1] + path
    if not home.hosts and climbs_out(path):
        return _UNKNOWN  # where the root of a folder of files is, only its readers know
    return Resolved("internal", _below(path, home.base), fragment)


def _below(path: str, base: str) -> str:
    """A path from the site's root, worked out. Where it leads out of the site, ``/..`` and the place on its host."""
    if not base or not climbs_out(path):
        return squeeze(path)
    from_host = squeeze(base + path)
    if from_host == base or from_host.startswith(base + "/"):
        return from_host[len(base) :] or "/"
    return "/.." + from_host


_HOST = regex(r"[^/?#:]*+")


def _absolute(rest: str, home: Home) -> Resolved:
    host = _HOST.match(rest)
    if host is None or host.group().lower() not in home.hosts:
        return _EXTERNAL
    rest = rest[host.end() :]
    if rest.startswith(":"):
        return _EXTERNAL  # another port, another server
    path, fragment = _split(rest)
    path = squeeze(path)
    if home.base and path != home.base and not path.startswith(home.base + "/"):
        return _EXTERNAL  # the same host, another site on it
    return Resolved("internal", _from_root(path, home.base), fragment)


def _split(address: str) -> tuple[str, str]:
    """Path and fragment, both decoded; the query is dropped."""
    path, _, fragment = address.partition("#")
    path = path.partition("?")[0]
    if "%" in path:
        path = unquote(path)
    return path, unquote(fragment) if "%" in fragment else fragment


def _from_root(path: str, base: str) -> str:
    path = squeeze(path)
    if base and (path == base or path.startswith(base + "/")):
        path = path[len(base) :] or "/"
    return path
