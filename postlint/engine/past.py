"""The files of a project as they were before a change.

Two folders laid over each other: the project, without what is new in it, and the temporary folder with the files that
changed or are gone, as they were. Nothing is copied but those.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from postlint.config.discovery import SITE_FILES
from postlint.engine.changes import Changes
from postlint.engine.tree import Entry, Tree

__all__ = ["PastTree", "may_configure"]

_SUFFIXES = frozenset({".yml", ".yaml", ".toml", ".json", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"})
"""Of files that say how a site is built. tests/engine/test_past.py holds the generators to it."""
_TEMPLATES = frozenset({"layouts", "_layouts", "_includes", "_data"})
"""Folders of which any file may: Hugo's render hooks, Eleventy's chains of layouts."""
_FOLDERS = frozenset(
    {
        "content", "archetypes", "layouts", "themes", "static", "assets", "source", "docs", "blog", "src",
        "_posts", "_layouts", "_includes", "_default", "production",
    }
)  # fmt: skip
"""Folders, beside those at the top, by which a generator may be known."""
_NOT_ENTERED = frozenset({".git", "node_modules", ".postlint_cache"})


class PastTree(Tree):
    """The files as they were. Use it as a context manager."""

    def __init__(self, root: Path, changes: Changes) -> None:
        super().__init__(root)
        self.changes = changes
        self._over = os.fspath(changes.folder)
        self._elsewhere = {path: os.path.join(self._over, path) for path in changes.old}
        self._added_in = {path.rstrip("/").rpartition("/")[0] for path in changes.added}
        self._skeleton: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> PastTree:
        return self

    def __exit__(self, *_: object) -> None:
        if self._skeleton is not None:
            self._skeleton.cleanup()

    def scan(self, folder: str) -> list[Entry]:
        over = self.over(folder)
        try:
            there = super().scan(folder)
        except OSError:
            if not over:
                raise
            there = []
        if folder.rstrip("/") in self._added_in:
            added = self.changes.added
            there = [e for e in there if folder + e.name not in added and f"{folder}{e.name}/" not in added]
        if not over:
            return there
        return [entry for entry in there if entry.name not in over] + list(over.values())

    def over(self, folder: str) -> dict[str, Entry]:
        """By name, what a folder holds of the files that changed or are gone, and of folders that hold such."""
        return _entries(os.path.join(self._over, folder))

    def locate(self, path: str) -> str:
        return self._elsewhere.get(path) or super().locate(path)

    @property
    def elsewhere(self) -> Mapping[str, str]:
        return self._elsewhere

    @property
    def differences(self) -> Tree:
        """A tree of the files that changed or are gone, with what decides whether a walk comes to them."""
        return _Differences(self)

    # The sites' own configuration --------------------------------------------------------------------------------

    @property
    def configured_alike(self) -> bool:
        """Whether no file changed that can say how a site is built: then it was built as it is now."""
        changes = self.changes
        if any(map(may_configure, changes.old)) or any(map(may_configure, changes.added)):
            return False
        # A folder that came or went may itself tell a generator.
        gone = {path.rpartition("/")[0] for path in changes.old}
        return all(os.path.isdir(os.path.join(self._base, folder)) for folder in filter(_tells, gone)) and not any(
            self._is_new(folder) for folder in filter(_tells, self._added_in)
        )

    def _is_new(self, folder: str) -> bool:
        try:
            return not self.scan(folder + "/")
        except OSError:
            return True

    @property
    def skeleton(self) -> Path:
        """A folder with all folders of the tree, and those of its files that can say how a site is built; made when
        first asked for."""
        if self._skeleton is None:
            self._skeleton = tempfile.TemporaryDirectory(prefix="postlint-")
            self._copy("", Path(self._skeleton.name))
        return Path(self._skeleton.name)

    def _copy(self, folder: str, target: Path) -> bool:
        """Whether the folder was there: one that holds nothing but what is new was not."""
        try:
            entries = self.scan(folder)
        except OSError:
            return True
        kept = False
        for entry in entries:
            path, place = folder + entry.name, target / entry.name
            if not entry.is_dir(follow_symlinks=False):
                kept = True
                if may_configure(path) or entry.is_dir():
                    _put(self.locate(path), place)
            elif entry.name not in _NOT_ENTERED:
                place.mkdir()
                if self._copy(path + "/", place):
                    kept = True
                else:
                    place.rmdir()
        return kept or (not entries and folder.rstrip("/") not in self._added_in)


class _Differences(Tree):
    def __init__(self, past: PastTree) -> None:
        super().__init__(past.root)
        self._past = past

    def scan(self, folder: str) -> list[Entry]:
        over = self._past.over(folder)
        return [e for e in self._past.scan(folder) if e.name in over or e.name in SITE_FILES or e.name == ".gitignore"]

    def locate(self, path: str) -> str:
        return self._past.locate(path)


def _entries(folder: str) -> dict[str, Entry]:
    try:
        return {entry.name: entry for entry in os.scandir(folder)}
    except OSError:
        return {}


def may_configure(path: str) -> bool:
    """Whether a file, or one in a folder ("/" at its end), may say how a site is built."""
    *folders, name = path.split("/")
    return (
        not name
        or os.path.splitext(name)[1].lower() in _SUFFIXES
        or name.startswith((".", "_index.", "_redirects", "Gemfile"))
        or not _TEMPLATES.isdisjoint(folders)
    )


def _tells(folder: str) -> bool:
    above, _, name = folder.rpartition("/")
    return bool(folder) and (not above or name in _FOLDERS or above.rpartition("/")[2] == "themes")


def _put(source: str, place: Path) -> None:
    try:
        place.symlink_to(source)
    except (OSError, NotImplementedError):  # Windows, for most people
        if os.path.isfile(source):
            shutil.copyfile(source, place)
