"""What section files (``_index.md``) and the site's configuration say of the pages below: cascades and slugs.

They are read when the site is loaded and stand in its options, so that an answer about a page is kept under them.
Measured with Hugo 0.168: the nearest section's value counts, within one list the first; what a page says itself counts
before all; a section's ``slug`` stands in the addresses of all pages below it.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from postlint.parse.front_matter import Entry, Node, read_front_matter
from postlint.regex import regex
from postlint.text import Span, Text

__all__ = ["Cascade", "Section", "cascades_of", "logical", "read_sections"]

_NOWHERE = Span(0, 0)
_MAX_BYTES = 1_000_000
_WORTH_READING = regex(rb"(?i)cascade|slug")
_INDEX = regex(r"_index(?:\.([A-Za-z][\w-]*))?\.(?:md|markdown|mdown|html|htm)")


class Cascade(NamedTuple):
    """Values for the pages below a section that a target fits; an empty target fits all.

    Attributes:
        path: a glob for the page's logical path; likewise ``kind`` and ``lang``.
        entries: the values as front matter has them, keys in lower case.
    """

    path: str
    kind: str
    lang: str
    entries: tuple[Entry, ...]

    def fits(self, path: str, kind: str, lang: str) -> bool:
        wanted = ((self.path, path), (self.kind, kind), (self.lang, lang))
        return all(not pattern or _glob(pattern.lower()).fullmatch(value) for pattern, value in wanted)


class Section(NamedTuple):
    """A section file, and what it says of the pages below it.

    Attributes:
        folder: the section's logical path: ``/posts/sub``, "" for the home page.
        lang: of the file's name; "" where it names none.
        slug: in the place of the folder's name in addresses; "" for none.
    """

    folder: str
    lang: str
    slug: str
    cascades: tuple[Cascade, ...]


def logical(path: str) -> str:
    """The path by which Hugo knows a page, without its ending: in lower case, blanks as hyphens."""
    return "/" + path.lower().replace(" ", "-").strip("/") if path.strip("/") else ""


def read_sections(content: Path, lang: str = "", below: str = "") -> tuple[Section, ...]:
    """The section files below a content folder (of one language), by path. What cannot be read says nothing: other
    rules speak of it. ``below``: what that folder stands for within the content, "" or ending in "/"."""
    found: list[Section] = []
    for folder, folders, names in os.walk(content):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            match = _INDEX.fullmatch(name)
            if match is not None:
                relative = Path(folder).relative_to(content).as_posix()
                section = below + ("" if relative == "." else relative)
                found.append(_read(Path(folder, name), section, (match[1] or lang).lower()))
    return tuple(found)


def _read(file: Path, folder: str, lang: str) -> Section:
    nothing = Section(logical(folder), lang, "", ())
    try:
        with file.open("rb") as stream:
            data = stream.read(_MAX_BYTES)
    except OSError:
        return nothing
    if not _WORTH_READING.search(data):
        return nothing
    front = read_front_matter(Text.decode(data).parseable, "hugo")
    keys = {entry.key.lower(): entry.node for entry in front.entries}
    slug = keys.get("slug")
    cascades = tuple(_cascades(keys["cascade"])) if "cascade" in keys else ()
    text = slug.text if slug is not None and slug.kind == "scalar" and slug.value is not None else ""
    return nothing._replace(slug=text, cascades=cascades)


def cascades_of(value: Any) -> tuple[Cascade, ...]:
    """The cascades of a configuration's ``cascade``: a mapping or a list of them."""
    return tuple(_cascades(_node(value))) if value else ()


def _cascades(node: Node) -> Iterator[Cascade]:
    for item in node.items if node.kind == "list" else (node,):
        target: Mapping[str, str] = {}
        entries = []
        for entry in item.entries:
            key = entry.key.lower()
            if key in ("_target", "target"):
                target = {part.key.lower(): part.node.text for part in entry.node.entries}
            elif key == "params":
                # Measured: what stands below `params` in a cascade counts as if it stood beside it.
                entries += [Entry(inner.key.lower(), _NOWHERE, _hashable(inner.node)) for inner in entry.node.entries]
            else:
                entries.append(Entry(key, _NOWHERE, _hashable(entry.node)))
        yield Cascade(target.get("path", ""), target.get("kind", ""), target.get("lang", ""), tuple(entries))


def _hashable(node: Node) -> Node:
    """The node without the lists and mappings that its parser made: what a profile holds is part of a key."""
    if node.kind == "scalar":
        return node
    return node._replace(
        value=None,
        items=tuple(map(_hashable, node.items)),
        entries=tuple(entry._replace(node=_hashable(entry.node)) for entry in node.entries),
    )


def _node(value: Any) -> Node:
    """A value of a configuration as front matter would have it."""
    if isinstance(value, Mapping):
        entries = tuple(Entry(str(key), _NOWHERE, _node(item)) for key, item in value.items())
        return Node("mapping", _NOWHERE, None, entries=entries)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return Node("list", _NOWHERE, None, items=tuple(map(_node, value)))
    if isinstance(value, bool):
        return Node("scalar", _NOWHERE, value, "true" if value else "false", "bare")
    text = value.isoformat() if isinstance(value, (dt.date, dt.time)) else "" if value is None else str(value)
    return Node("scalar", _NOWHERE, value, text, "string" if isinstance(value, str) else "bare")


@lru_cache(maxsize=512)
def _glob(pattern: str) -> re.Pattern[str]:
    """Hugo's globs: ``**`` for anything, ``*`` and ``?`` not for ``/``, sets, and ``{a,b}``."""
    out: list[str] = []
    at = depth = 0
    while at < len(pattern):
        character = pattern[at]
        at += 1
        if pattern.startswith("**", at - 1):
            out.append(".*")
            at += 1
        elif character == "*":
            out.append("[^/]*")
        elif character == "?":
            out.append("[^/]")
        elif character == "{":
            out.append("(?:")
            depth += 1
        elif character == "}" and depth:
            out.append(")")
            depth -= 1
        elif character == "," and depth:
            out.append("|")
        elif character == "[" and (end := pattern.find("]", at)) > 0:
            body = pattern[at:end].replace("\\", "\\\\").replace("[", "\\[")
            out.append(f"[{'^' + body[1:] if body.startswith('!') else body}]")
            at = end + 1
        else:
            out.append(re.escape(character))
    return re.compile("".join(out) + ")" * depth, re.S)
