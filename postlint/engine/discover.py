"""Which files there are, which are content, and which of them were asked for."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from postlint.config.discovery import SITE_FILES, output_beside
from postlint.engine.tree import Tree

__all__ = ["NOT_UTF8_NAME", "Discovery", "FileStat", "GitIgnore", "as_shown", "discover", "repository_root", "within"]

ALWAYS_SKIPPED = frozenset(
    {
        ".git", ".hg", ".svn", ".postlint_cache", "node_modules", "bower_components", "__pycache__",
        ".venv", ".tox", ".jekyll-cache", ".sass-cache", ".idea", ".vscode", ".cache",
    }
)  # fmt: skip
"""Folders that no site generator reads content from, wherever they are."""

BUILD_OUTPUT = frozenset({"_site", "public", "resources"})
"""Folders that generators write; skipped where a generator's configuration is beside them. Of some, by the name of
their configuration, other folders are known (:func:`postlint.config.discovery.output_beside`)."""


class FileStat(NamedTuple):
    """A content file's path (relative to the project root, with ``/``) and what tells whether it changed."""

    path: str
    mtime_ns: int
    size: int


@dataclass(slots=True)
class Discovery:
    """The files of a project."""

    content: list[FileStat] = field(default_factory=list)
    """Files that rules read, sorted by path."""
    others: list[str] = field(default_factory=list)
    """All other files: images, styles, data; links may point to them."""
    site_folders: list[str] = field(default_factory=list)
    """Folders that hold a file by which a generator is known: "" or ending in "/"."""
    problems: list[tuple[str, str]] = field(default_factory=list)
    """Path and message of what should be read and cannot."""


NOT_UTF8_NAME = "the name is not UTF-8, so no address can be made of it; rename it"
"""What is said of a file or folder that is passed over for its name: neither the index nor a report could hold it."""

Ignore = Callable[[str, bool], bool]
"""Whether a path (with ``/``; folders flagged) is left out."""


def repository_root(path: Path) -> Path | None:
    """The nearest folder from ``path`` up that holds ``.git``."""
    for folder in (path, *path.parents):
        if (folder / ".git").exists():
            return folder
    return None


def discover(
    tree: Tree, *, suffixes: frozenset[str], ignore: GitIgnore | None = None, output: frozenset[str] = BUILD_OUTPUT
) -> Discovery:
    """Walk ``tree`` once.

    Symbolic links to files are followed, to folders not: a link to a folder above would never end. ``ignore`` is asked
    for folders first, so that an excluded tree costs nothing.
    """
    found = Discovery()
    content, others = found.content, found.others
    stack = [""]
    while stack:
        folder = stack.pop()
        try:
            entries = tree.scan(folder)
        except OSError as error:
            found.problems.append((folder.rstrip("/"), f"the folder cannot be read: {error.strerror}"))
            continue
        names = {entry.name for entry in entries}
        left_out = ignore.inside(folder, names) if ignore is not None else None
        is_site = not SITE_FILES.isdisjoint(names)
        written = output_beside(names, output) if is_site else output
        if is_site or "config" in names:
            found.site_folders.append(folder)
        for entry in entries:
            name = entry.name
            path = folder + name
            if not name.isascii() and (shown := as_shown(path)) != path:
                if entry.is_dir(follow_symlinks=False) or _has_suffix(name, suffixes):
                    found.problems.append((shown, NOT_UTF8_NAME))
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    if name in ALWAYS_SKIPPED or (is_site and name in written) or name.endswith(".egg-info"):
                        continue
                    if left_out is None or not left_out(path + "/", True):
                        stack.append(path + "/")
                    continue
                if left_out is not None and left_out(path, False):
                    continue
                if _has_suffix(name, suffixes):
                    status = entry.stat()
                    if _is_regular(status.st_mode):
                        content.append(FileStat(path, status.st_mtime_ns, status.st_size))
                elif entry.is_file():
                    others.append(path)
            except OSError as error:
                found.problems.append((path, f"the file cannot be read: {error.strerror or error}"))
    content.sort()
    others.sort()
    found.problems.sort()
    found.site_folders.sort()
    return found


def as_shown(path: str) -> str:
    """``path`` in characters that can be printed: bytes of its name that are not UTF-8 as ``\\xff``."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path).decode("utf-8", "backslashreplace")
    return path


def _has_suffix(name: str, suffixes: frozenset[str]) -> bool:
    dot = name.rfind(".")
    return dot > 0 and name[dot:].lower() in suffixes


def _is_regular(mode: int) -> bool:
    return (mode & 0o170000) == 0o100000


class GitIgnore:
    """What the project's ``.gitignore`` files and ``exclude`` patterns leave out.

    pathspec reads the patterns; where none is negated they are joined into one expression, since a walk asks about
    every file of the site.
    """

    def __init__(self, tree: Tree, exclude: Sequence[str] = (), include: Sequence[str] = (), *, gitignore: bool = True):
        self._tree = tree
        self._root = tree.root
        self._exclude = _compiled(exclude) if exclude else None
        self._include = _compiled(include) if include else None
        self._gitignore = gitignore
        # For each folder, the ignore files that count in it, each with what to put before or cut off a path to make
        # it relative to that file.
        self._chains: dict[str, tuple[tuple[str, int, _Matcher], ...]] = {}
        self._outer = tuple(self._above()) if gitignore else ()

    def _above(self) -> Iterator[tuple[str, int, _Matcher]]:
        """A project below its repository's root is under the repository's patterns too."""
        root, top = self._root, repository_root(self._root)
        if top is None:
            return
        folder = root
        while folder != top:
            folder = folder.parent
            matcher = _read_ignore_file(folder / ".gitignore")
            if matcher is not None:
                yield root.relative_to(folder).as_posix() + "/", 0, matcher
        matcher = _read_ignore_file(top / ".git" / "info" / "exclude")
        if matcher is not None:
            yield "" if top == root else root.relative_to(top).as_posix() + "/", 0, matcher

    def inside(self, folder: str, names: Container[str]) -> Ignore | None:
        """What says of a path in ``folder`` ("" or ending in "/") whether it is left out; None: nothing is.

        ``folder`` comes after the folders above it. ``names`` is what it holds.
        """
        parent = folder[: folder.rfind("/", 0, -1) + 1]
        chain = self._chains.get(parent, self._outer) if folder else self._outer
        if self._gitignore and ".gitignore" in names:
            matcher = _read_ignore_file(Path(self._tree.locate(folder + ".gitignore")))
            if matcher is not None:
                chain = (*chain, ("", len(folder), matcher))
        if chain:
            self._chains[folder] = chain
        exclude, include = self._exclude, self._include
        if not chain and exclude is None and include is None:
            return None

        def left_out(path: str, is_folder: bool) -> bool:
            if exclude is not None and exclude(path):
                return True
            if include is not None and not is_folder and not include(path):
                return True
            return any(matcher(before + path[cut:]) for before, cut, matcher in chain)

        return left_out

    def leaves_out(self, path: str) -> bool:
        """Whether a file is left out, by itself or by a folder above it."""
        at = -1
        while True:
            folder = path[: at + 1]
            try:
                names = {entry.name for entry in self._tree.scan(folder)}
            except OSError:
                names = set()
            left_out = self.inside(folder, names)
            at = path.find("/", at + 1)
            if left_out is not None and left_out(path[: at + 1] if at >= 0 else path, at >= 0):
                return True
            if at < 0:
                return False


_Matcher = Callable[[str], bool]


def _read_ignore_file(file: Path) -> _Matcher | None:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    return _compiled(lines) if any(line.strip() and not line.startswith("#") for line in lines) else None


def _compiled(lines: Iterable[str]) -> _Matcher:
    from pathspec import GitIgnoreSpec

    spec = GitIgnoreSpec.from_lines(lines)
    patterns = [p for p in spec.patterns if p.include is not None]
    if all(p.include for p in patterns):
        sources = [p.regex.pattern for p in patterns if p.regex is not None]
        groupless = [re.sub(r"\(\?P<\w+>", "(?:", source) for source in sources]
        match = re.compile("|".join(f"(?:{source})" for source in groupless)).search
        return lambda path: match(path) is not None
    return spec.match_file


def within(paths: Iterable[str], content: Iterable[FileStat]) -> Iterator[str]:
    """The content files that stand at or below one of ``paths`` ("" is the root)."""
    wanted = set(paths)
    if "" in wanted:
        yield from (file.path for file in content)
        return
    for file in content:
        path = file.path
        if path in wanted:
            yield path
            continue
        at = path.find("/")
        while at >= 0:
            if path[:at] in wanted:
                yield path
                break
            at = path.find("/", at + 1)
