"""The files of a project, as a run looks at them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

__all__ = ["Entry", "Tree"]


class Entry(Protocol):
    """What is asked of an entry of a folder: a part of :class:`os.DirEntry`."""

    @property
    def name(self) -> str: ...
    def is_dir(self, *, follow_symlinks: bool = True) -> bool: ...
    def is_file(self, *, follow_symlinks: bool = True) -> bool: ...
    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result: ...


class Tree:
    """The files as they are. Paths are relative to the root, with ``/``; folders end in "/", the root is ""."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._base = os.fspath(root)

    def scan(self, folder: str) -> list[Entry]:
        """What a folder holds.

        Raises:
            OSError: it cannot be read.
        """
        return list(os.scandir(os.path.join(self._base, folder) if folder else self._base))

    def locate(self, path: str) -> str:
        """Where a file's bytes are to be read."""
        return os.path.join(self._base, path)

    @property
    def elsewhere(self) -> Mapping[str, str]:
        """The files whose bytes are not in the root, with the place where they are."""
        return {}
