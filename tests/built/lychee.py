"""Broken links of a built site: found by lychee, and by a second reading of the same pages.

The folder that is checked is the root of a host: a site below ``/blog`` stands in the folder's ``blog``. Addresses are
from that root, percent-decoded, and written in one way (:func:`meeting`), so that what two programs say can be
compared.

A host is taken to do what the common ones do: it serves a file under its own name, ``/a`` from ``a.html`` or (with a
redirect) from ``a/index.html``, and minds case. What differs between hosts, ``/a/`` where there is ``a.html`` alone, is
let pass, by lychee as by postlint.

lychee 0.24 is asked with ``--offline``; links to the site's own host are led into the folder with ``--remap``, and so
are paths with more ``..`` than there are folders, which a browser keeps below the root. What is left is known
(:class:`Known`), and :func:`check` lets no other difference pass.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from tests.generators.oracle import tool

__all__ = ["Checked", "Known", "Link", "check", "file_at", "ids_of", "lychee", "meeting", "reread"]


class Link(NamedTuple):
    """A link on a page: both as :func:`meeting` writes them."""

    page: str
    address: str


class Known(StrEnum):
    """Where lychee 0.24 and a browser part."""

    NO_LINK = "lychee reads addresses in plain text and in attributes that no browser follows (<span href>)"
    FOLDER = "/a where there are a.html and a folder a without index: lychee looks into the folder, hosts serve a.html"
    NOFOLLOW = "lychee passes over rel=nofollow"
    SRCSET = "lychee loses candidates of a srcset"
    MAIL = "lychee takes a@b for a mail address without mailto: too"
    FILE_SLASH = "/a.png/: lychee drops the slash, hosts look for a folder"
    SUFFIX = "/a.md where there is a.html: lychee puts the fallback suffix in the place of another, hosts behind it"


@dataclass(frozen=True, slots=True)
class Checked:
    """
    Attributes:
        links: every link of every page into the site, working or not, with the address as it is written there.
        broken: those that lead nowhere: what lychee says, corrected by what is known.
        corrected: what was corrected, by reason.
    """

    links: Mapping[Link, str]
    broken: frozenset[Link]
    corrected: Mapping[Known, frozenset[Link]]


def meeting(address: str) -> str:
    """An address (decoded, from the root) without ``index.html``, ``.html``, doubled or final slash."""
    path, mark, fragment = address.partition("#")
    path = re.sub(r"//+", "/", path)
    path = re.sub(r"(?<=/)index\.html?$", "", path)
    path = re.sub(r"(?<=[^/])\.html?$", "", path.rstrip("/"))
    return (path or "/") + (mark + fragment if fragment else "")


def check(root: Path, hosts: Collection[str] = ()) -> Checked:
    """The broken links of the pages below ``root``, by both readings.

    Args:
        root: the folder that is the root of the host.
        hosts: the site's own, in lower case; with and without ``www.`` is one.
    """
    theirs = lychee(root, hosts)
    links = reread(root, hosts)
    ours = {link for link, reading in links.items() if reading.broken}
    corrected: dict[Known, set[Link]] = {}
    unexplained = []
    for link in theirs ^ ours:
        reason = _reason(root, link, links.get(link), by_lychee=link in theirs)
        if reason is None:
            unexplained.append(f"{link.page}: {link.address} broken to {'lychee' if link in theirs else 'us'} alone")
        else:
            corrected.setdefault(reason, set()).add(link)
    assert not unexplained, "\n".join(sorted(unexplained))
    written = {link: reading.written for link, reading in links.items()}
    return Checked(written, frozenset(ours), {reason: frozenset(found) for reason, found in corrected.items()})


def _reason(root: Path, link: Link, reading: Reading | None, *, by_lychee: bool) -> Known | None:
    if by_lychee:
        path = root / link.address.partition("#")[0].lstrip("/")
        if reading is not None and path.is_dir() and path.with_name(path.name + ".html").is_file():
            return Known.FOLDER
        return Known.NO_LINK if _stands_elsewhere(root, link) else None
    assert reading is not None
    if reading.nofollow:
        return Known.NOFOLLOW
    if reading.srcset:
        return Known.SRCSET
    if "@" in reading.written and ":" not in reading.written:
        return Known.MAIL
    file = root / reading.path.strip("/")
    if reading.path.endswith("/") and any(map(Path.is_file, (file, Path(f"{file}.html")))):
        return Known.FILE_SLASH
    return Known.SUFFIX if file.suffix and not file.exists() and file.with_suffix(".html").is_file() else None


def _stands_elsewhere(root: Path, link: Link) -> bool:
    """Whether the page has the address in its words, or in attributes that are no links."""
    file = file_at(quote(link.page), {path.relative_to(root).as_posix() for path in root.rglob("*.html")})
    assert file is not None
    data = (root / file).read_bytes()
    if b"file:" in data and re.match(r"/[A-Za-z]:/", link.address):
        return True  # on somebody's disk, where no browser looks
    tree = LexborHTMLParser(data)
    for name in _ATTRIBUTES:
        for node in tree.css(f"[{name}]"):
            if node.tag in _ATTRIBUTES[name]:
                del node.attrs[name]
    name = link.address.partition("#")[0].rpartition("/")[2]
    return name in unquote(tree.html or "")


# lychee ------------------------------------------------------------------------------------------------------


def lychee(root: Path, hosts: Collection[str] = ()) -> set[Link]:
    """What lychee finds broken in the pages below ``root``."""
    root = root.resolve()
    here = f"file://{quote(str(root))}"
    remaps = [f"^({re.escape(here)}(?:[/?#].*)?)$ $1"]  # the first that fits is taken: these stay as they are
    for host in sorted(hosts):
        name = rf"(?:www\.)?{re.escape(host.removeprefix('www.'))}"
        remaps.append(rf"^(?:https?:|file:)//{name}((?:[/?#].*)?)$ {here}$1")
    parts = [re.escape(quote(part)) for part in root.parts[1:-1]]
    folders = "|".join("/".join(parts[: at + 1]) for at in range(len(parts)))
    remaps.append(f"^file:///(?:{folders})([?#].*)?$ {here}/$1")
    above = "".join(f"(?:{part}/" for part in parts) + ")?" * len(parts)
    remaps.append(f"^file:///{above}(.*)$ {here}/$1")
    command = [
        tool("lychee"), "--offline", "--no-progress", "--format", "json", "--root-dir", str(root), "--no-ignore",
        "--include-fragments", "--include-verbatim", "--fallback-extensions", "html", "--index-files", "index.html",
        "--extensions", "html,htm",
    ]  # fmt: skip
    for remap in remaps:
        command += ["--remap", remap]
    with tempfile.TemporaryDirectory() as bare:  # it would take settings from a package.json where it is started
        done = subprocess.run([*command, str(root)], capture_output=True, text=True, timeout=300, cwd=bare)
    assert done.returncode in (0, 2), done.stderr
    found = set()
    for page, errors in json.loads(done.stdout)["error_map"].items():
        at = meeting("/" + Path(page).relative_to(root).as_posix())
        for error in errors:
            url = error["url"]
            if url.startswith(here):
                path, _, fragment = url[len(here) :].partition("#")
                path = path.partition("?")[0]
                found.add(Link(at, meeting(unquote(path or "/") + "#" + unquote(fragment))))
    return found


# The second reading ------------------------------------------------------------------------------------------

_ATTRIBUTES = {
    "href": frozenset({"a", "area", "link", "image"}),
    "src": frozenset({"img", "iframe", "frame", "video", "audio", "source", "embed", "track", "script", "input"}),
    "srcset": frozenset({"img", "source"}),
    "poster": frozenset({"video"}),
    "data": frozenset({"object"}),
    "cite": frozenset({"blockquote", "q", "ins", "del"}),
    "action": frozenset({"form"}),
    "formaction": frozenset({"button", "input"}),
    "longdesc": frozenset({"img"}),
    "background": frozenset({"body", "table", "td"}),
}
_HINTS = frozenset({"dns-prefetch", "preconnect"})
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


@dataclass(slots=True)
class Reading:
    """What is known of a link beside its address; ``nofollow`` and ``srcset`` hold for all of its places.

    ``written`` and ``path`` (from the root, decoded) are those of a place where it is broken, if it is.
    """

    broken: bool
    written: str
    path: str
    nofollow: bool
    srcset: bool


def reread(root: Path, hosts: Collection[str] = ()) -> dict[Link, Reading]:
    """Every link of the pages below ``root`` into the site, read as browsers read HTML."""
    own = {host.removeprefix("www.") for host in hosts}
    names = sorted(file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file())
    files = frozenset(names)
    pages = {name: LexborHTMLParser((root / name).read_bytes()) for name in names if name.endswith((".html", ".htm"))}
    ids = {name: ids_of(tree) for name, tree in pages.items()}
    found: dict[Link, Reading] = {}
    for name, tree in pages.items():
        for written, nofollow, srcset in _addresses(tree):
            address = _resolved(written, "/" + quote(name), own)
            if address is None:
                continue
            path, _, fragment = address.partition("#")
            file = file_at(path, files)
            alive = file is not None and (
                not fragment or file not in ids or fragment.lower() == "top" or fragment.startswith(":~:")
                or fragment in ids[file] or unquote(fragment) in ids[file]
            )  # fmt: skip
            link = Link(meeting("/" + name), meeting(unquote(path) + "#" + unquote(fragment)))
            before = found.get(link)
            if before is None:
                found[link] = Reading(not alive, written, unquote(path), nofollow, srcset)
            else:
                if not alive:
                    before.broken, before.written, before.path = True, written, unquote(path)
                before.nofollow &= nofollow
                before.srcset &= srcset
    return found


def file_at(path: str, files: Collection[str]) -> str | None:
    """The file (from the root, without slash) that a host serves at ``path``; None where there is none."""
    path = unquote(path)[1:]
    bare = path.rstrip("/")
    if path in files and path:
        return path
    index = [f"{bare}/index.html", f"{bare}/index.htm"] if bare else ["index.html", "index.htm"]
    beside = [] if bare.endswith((".html", ".htm")) and path != bare else [f"{bare}.html"]
    for name in [*index, *beside] if path != bare or not bare else [*beside, *index]:
        if name in files:
            return name
    return None


def ids_of(tree: LexborHTMLParser) -> frozenset[str]:
    ids = {value for node in tree.css("[id]") if (value := node.attributes.get("id"))}
    return frozenset(ids | {value for node in tree.css("a[name]") if (value := node.attributes.get("name"))})


def _addresses(tree: LexborHTMLParser) -> Iterator[tuple[str, bool, bool]]:
    """The addresses of a page, each with whether it is marked nofollow and whether it stands in a srcset."""
    for name, owners in _ATTRIBUTES.items():
        for node in tree.css(f"[{name}]"):
            value = node.attributes.get(name)
            rel = (node.attributes.get("rel") or "").lower().split()
            if node.tag not in owners or value is None or (node.tag == "link" and _HINTS.intersection(rel)):
                continue
            candidates = _candidates(value) if name == "srcset" else [value.strip()]
            yield from ((each, "nofollow" in rel, name == "srcset") for each in candidates if each)


def _candidates(srcset: str) -> Iterator[str]:
    """As HTML reads them: an address may hold commas, but not end in one; a description goes on to the next comma."""
    rest = srcset.strip()
    while rest := rest.lstrip(", \t\r\n"):
        address, _, rest = rest.partition(" ")
        if address.endswith(","):
            address = address.rstrip(",")
        else:
            rest = rest.partition(",")[2]
        yield address


def _resolved(written: str, page: str, own: Collection[str]) -> str | None:
    """The address from the root, still encoded; None where it leads out of the site or nowhere."""
    written = re.sub(r"[\t\r\n]", "", written).replace("\\", "/")
    if (scheme := _SCHEME.match(written)) is not None:
        if scheme.group().lower() not in ("http:", "https:") or not written[scheme.end() :].startswith("//"):
            return None
        written = written[scheme.end() :]
    if written.startswith("//"):
        host = re.split(r"[/?#]", written[2:], maxsplit=1)[0]
        if host.lower().removeprefix("www.") not in own:
            return None
        written = urljoin("http://host/", written[2 + len(host) :]).removeprefix("http://host")
    path, mark, fragment = written.partition("#")
    path = urlsplit(urljoin("http://host" + page, "./" + path if _first_has_colon(path) else path or page)).path
    return (path or "/") + mark + fragment


def _first_has_colon(path: str) -> bool:
    return ":" in path.partition("/")[0]
