"""What Jekyll makes of a path: post, draft, document of a collection, page, plain copy, or nothing.

Jekyll walks the folders and filters every name on the way (lib/jekyll/entry_filter.rb): names that begin with ``.``,
``_``, ``#`` or ``~`` or end in ``~`` are left out unless ``include`` names them; ``exclude`` takes prefixes and globs.
``_posts`` may lie in any folder that is walked; its own subfolders are filtered by whole path, so
``_posts/a/_b/2024-01-02-x.md`` is a post.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from postlint.document import HTML_SUFFIXES
from postlint.generators.base import Hidden, Kind
from postlint.generators.jekyll.options import Collection, JekyllOptions
from postlint.regex import regex

__all__ = ["POST_NAME", "Classified", "Files", "extension"]

POST_NAME = regex(r"(?P<folder>(?>.+/)*?)(?P<date>\d{2,4}-\d{1,2}-\d{1,2})-(?P<slug>[^/]*)(?P<ext>\.[^.]+)", re.A)
"""A post's path below ``_posts``: any folders, a date, a hyphen, a name, a suffix. (lib/jekyll/document.rb)"""

_LEFT_OUT = (".", "_", "#", "~")
_DATA_FOLDERS = frozenset({"_layouts", "_includes", "_data", "_sass", "_plugins"})


class Classified(NamedTuple):
    """What a path is.

    Attributes:
        kind: see :class:`Kind`.
        hidden: why no page comes of it; None where one may.
        path: relative to the source folder; for posts and collections without the collections' folder, as Jekyll's
            ``relative_path``.
        collection: for posts, drafts and documents of a collection.
        below: the part of the path below the collection's folder.
    """

    kind: Kind
    hidden: Hidden | None
    path: str
    collection: Collection | None = None
    below: str = ""
    name: re.Match[str] | None = None
    """Of a post: :data:`POST_NAME` in ``below``."""


@dataclass(frozen=True, slots=True)
class _Folder:
    """What is known of a folder: whether Jekyll walks it, and if not why; or that it belongs to a collection."""

    walked: bool
    hidden: Hidden | None = None
    special: str = ""
    """``_posts``, ``_drafts`` or a collection's folder that it is or lies in."""
    depth: int = 0
    """How many characters of a path stand before what lies below the special folder."""
    collection: Collection | None = None


def extension(name: str) -> str:
    """Ruby's ``File.extname``: from the last dot, unless the name begins with it or ends in it."""
    at = name.rfind(".")
    return name[at:] if 0 < at < len(name) - 1 and name[:at].strip(".") else ""


class Files:
    """The paths of one site."""

    def __init__(self, options: JekyllOptions, site_root: str) -> None:
        self.options = options
        self.root = site_root + options.source
        self.collections = {c.label: c for c in options.collections}
        self._include = _Patterns(options.include)
        self._exclude = _Patterns(options.exclude)
        self._folder = lru_cache(maxsize=20_000)(self._read_folder)
        self._posts = self.collections["posts"]
        self._last: tuple[str, Classified] | None = None

    def classify(self, path: str) -> Classified:
        """``path`` is relative to the project root."""
        if self._last is None or self._last[0] != path:  # rules ask for one document after the other
            self._last = (path, self._classify(path))
        return self._last[1]

    def included(self, path: str) -> bool:
        """Whether ``include`` names a path (relative to the source), or its name."""
        return self._include.match(path) or self._include.match(path[path.rfind("/") + 1 :])

    def _classify(self, path: str) -> Classified:
        if not path.startswith(self.root):
            return Classified(Kind.NONE, Hidden.EXCLUDED, path)
        path = path[len(self.root) :]
        at = path.rfind("/") + 1
        folder = self._folder(path[:at])
        name = path[at:]
        if folder.special:
            return self._in_collection(path, name, folder)
        if not folder.walked:
            if path in self.options.include:
                return Classified(_page_kind(name), None, path)
            return Classified(Kind.NONE, folder.hidden, path)
        hidden = self._filtered(name, path, directory=False)
        if hidden is not None:
            return Classified(Kind.NONE, hidden, path)
        return Classified(_page_kind(name), None, path)

    def _in_collection(self, path: str, name: str, folder: _Folder) -> Classified:
        below = path[folder.depth :]
        if (
            folder.special == "_posts"
            and (match := POST_NAME.fullmatch(below)) is not None
            and below[0].isdigit()
            and not below.endswith("~")
            and not self._exclude.match(path)
        ):
            # The usual case: a name that begins with a digit is left out only if ``exclude`` says so.
            return Classified(
                Kind.POST, None, path.removeprefix(self.options.collections_dir), self._posts, below, match
            )
        if folder.special == "_posts" or folder.special == "_drafts":
            relative = path.removeprefix(self.options.collections_dir)
            hidden = self._filtered_below(below, name, path)
            if hidden is not None or below.startswith(".") or "/." in below:
                return Classified(Kind.NONE, hidden or Hidden.SPECIAL_NAME, relative)
            if folder.special == "_drafts":
                shown = None if self.options.show_drafts else Hidden.DRAFT
                if not extension(name):
                    return Classified(Kind.NONE, Hidden.IGNORED_NAME, relative, self._posts, below)
                return Classified(Kind.DRAFT, shown, relative, self._posts, below)
            if (match := POST_NAME.fullmatch(below)) is not None:
                return Classified(Kind.POST, None, relative, self._posts, below, match)
            text = _page_kind(name) is Kind.PAGE
            return Classified(Kind.POST if text else Kind.NONE, Hidden.IGNORED_NAME, relative, self._posts, below)
        relative = path.removeprefix(self.options.collections_dir)
        hidden = self._filtered_below(below, name, f"{folder.special}/{below}")
        if hidden is None and folder.collection is not None and not folder.collection.output:
            hidden = Hidden.NOT_OUTPUT
        if hidden is not None and hidden is not Hidden.NOT_OUTPUT:
            return Classified(Kind.NONE, hidden, relative)
        return Classified(_page_kind(name), hidden, relative, folder.collection, below)

    def _read_folder(self, folder: str) -> _Folder:
        """``folder`` is "" or ends in "/"."""
        if not folder:
            return _Folder(True)
        parent, name = folder[:-1].rpartition("/")[::2]
        above = self._folder(f"{parent}/" if parent else "")
        if above.special:
            return above
        if not above.walked:
            return above
        special = self._special(folder, parent, name)
        if special is not None:
            return special
        hidden = self._filtered(name, folder[:-1], directory=True)
        if hidden is None and folder[:-1] == self.options.destination:
            hidden = Hidden.EXCLUDED
        if hidden is Hidden.SPECIAL_NAME and name in _DATA_FOLDERS:
            hidden = Hidden.NOT_OUTPUT
        return _Folder(hidden is None, hidden)

    def _special(self, folder: str, parent: str, name: str) -> _Folder | None:
        home = self.options.collections_dir
        if name in ("_posts", "_drafts") and (not home or f"/{folder}".startswith(f"/{home[:-1]}")):
            return _Folder(False, None, name, len(folder), self._posts)
        if name.startswith("_") and (f"{parent}/" if parent else "") == home:
            collection = self.collections.get(name[1:])
            if collection is not None and collection.label not in ("posts", "data"):
                return _Folder(False, None, name, len(folder), collection)
        return None

    def _filtered(self, name: str, path: str, *, directory: bool) -> Hidden | None:
        """Why an entry of a walked folder is left out; None where it is not."""
        if name.endswith("."):
            return Hidden.SPECIAL_NAME
        included = self._include.match(name, directory=directory)
        if not included and self._exclude.match(path, directory=directory):
            return Hidden.EXCLUDED
        if included:
            return None
        return Hidden.SPECIAL_NAME if name.startswith(_LEFT_OUT) or name.endswith("~") else None

    def _filtered_below(self, below: str, name: str, path: str) -> Hidden | None:
        """The same for a file in ``_posts`` or a collection, which are filtered by the path below that folder."""
        if below.endswith("."):
            return Hidden.SPECIAL_NAME
        if self._include.match(below) or (name is not below and self._include.match(name)):
            return None
        if self._exclude.match(path):
            return Hidden.EXCLUDED
        special = below.startswith(_LEFT_OUT) or name.startswith(_LEFT_OUT) or below.endswith("~")
        return Hidden.SPECIAL_NAME if special else None


def _page_kind(name: str) -> Kind:
    """By suffix: any file with front matter is a page to Jekyll, but only text is worth asking."""
    suffix = extension(name).lower()
    return Kind.PAGE if suffix in HTML_SUFFIXES or suffix in _MARKDOWN else Kind.STATIC


_MARKDOWN = frozenset({".markdown", ".mkdown", ".mkdn", ".mkd", ".md", ".mdown"})


class _Patterns:
    """``include`` or ``exclude``: prefixes and globs, both matched from the source folder on."""

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self._prefixes = tuple(p for p in (q.removeprefix("./").removeprefix("/") for q in patterns) if p)
        self._folders = frozenset(pattern[:-1] for pattern in self._prefixes if pattern.endswith("/"))
        globs = [pattern for pattern in self._prefixes if any(character in pattern for character in "*?[")]
        self._globs = re.compile("|".join(map(_glob, globs))) if globs else None

    def match(self, path: str, *, directory: bool = False) -> bool:
        if path.startswith(self._prefixes):
            return True
        if directory and path in self._folders:
            return True
        return self._globs is not None and self._globs.fullmatch(path) is not None


def _glob(pattern: str) -> str:
    """``File.fnmatch?`` without flags, after the source folder: ``*`` and ``?`` match ``/`` too, and leading dots."""
    out: list[str] = []
    at = 0
    while at < len(pattern):
        character = pattern[at]
        if character == "*":
            if not (out and out[-1] == ".*"):
                out.append(".*")
        elif character == "?":
            out.append(".")
        elif character == "[" and (end := pattern.find("]", at + 2)) > 0:
            body = pattern[at + 1 : end]
            negated = body[0] in "!^"
            body = body[1:] if negated else body
            out.append(f"[{'^' if negated else ''}{body.translate(_IN_SET)}]")
            at = end
        elif character == "\\" and at + 1 < len(pattern):
            at += 1
            out.append(re.escape(pattern[at]))
        else:
            out.append(re.escape(character))
        at += 1
    return "(?s:" + "".join(out) + ")"


_IN_SET = {ord(character): "\\" + character for character in "\\[]^&~|"}
