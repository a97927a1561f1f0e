"""What a user's question may do: read the views, and nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from postlint.site.views import VIEWS, Part

__all__ = ["Guard"]

_VIEWS = {view.name: view for view in VIEWS}
_READABLE = frozenset({*_VIEWS, "json_each", "json_tree"})
_FORBIDDEN_FUNCTIONS = frozenset({"load_extension", "fts3_tokenizer"})


class Guard:
    """SQLite asks this of each thing that a statement would do, while it prepares the statement.

    Attributes:
        refused: the first thing that was refused: a table of postlint's own by its name, "" for all but reading.
    """

    def __init__(self) -> None:
        self._columns: dict[str, set[str]] = {}
        self.refused: str | None = None

    def __call__(self, action: int, first: str | None, second: str | None, _: str | None, source: str | None) -> int:
        if source in _VIEWS:
            self._columns.setdefault(source, set())
        if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE):
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION and second not in _FORBIDDEN_FUNCTIONS:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_READ:
            if first in _VIEWS:
                self._columns.setdefault(first, set()).add(second or "")
            # Without a column it is count(*), of a view or not: how many rows there are is no secret.
            if first in _READABLE or source in _VIEWS or not second:
                return sqlite3.SQLITE_OK
            self.refused = self.refused or first or ""
            return sqlite3.SQLITE_DENY
        if self.refused is None:
            self.refused = ""
        return sqlite3.SQLITE_DENY

    def parts(self) -> Iterator[Part]:
        """What must be worked out for the columns that the statement reads."""
        for name, columns in self._columns.items():
            view = _VIEWS[name]
            if view.part is not None and (not view.costly or columns & view.costly):
                yield view.part
