"""Paths and gitignore patterns.

pathspec does the matching: the syntax is the one that people know from ``.gitignore``, and its corner cases
(``!``, ``**``, what a slash anchors) are many. It is imported when the first pattern is used.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from postlint.regex import regex

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

__all__ = ["bad_pattern", "matches"]


def matches(patterns: tuple[str, ...], path: str) -> bool:
    """Whether gitignore ``patterns`` select ``path`` (relative to where they count from, with ``/``).

    A pattern that selects a folder selects all that is in it. No patterns select nothing.
    """
    return bool(patterns) and _spec(patterns).match_file(path)


def bad_pattern(pattern: str) -> str | None:
    """What is wrong with ``pattern``, or None."""
    if not pattern.strip():
        return "an empty pattern selects nothing"
    if pattern.startswith("#"):
        return f"the pattern `{pattern}` is a comment in gitignore syntax"
    if _FOLDERS_BY_BACKSLASH.search(pattern):
        return (
            f"the pattern `{pattern}` has a backslash between folders, where gitignore syntax wants `/` on every system"
        )
    if pattern.startswith(("./", "../")) or "/../" in pattern:
        return f"the pattern `{pattern}` goes by `.` or `..`, which no path here has"
    try:
        _spec((pattern,))
    except ValueError:
        return f"`{pattern}` is not a gitignore pattern"
    return None


_FOLDERS_BY_BACKSLASH = regex(r"\\(?:\w|\*\*|$)")


@lru_cache(maxsize=256)
def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)
