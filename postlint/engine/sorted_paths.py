"""Asking a sorted list whether it holds a path, without a set beside it: there may be a million."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

__all__ = ["SortedPaths"]


class SortedPaths:
    """Paths that stand in order."""

    __slots__ = ("_paths",)

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths

    def __contains__(self, path: object) -> bool:
        if not isinstance(path, str):
            return False
        at = bisect_left(self._paths, path)
        return at < len(self._paths) and self._paths[at] == path
