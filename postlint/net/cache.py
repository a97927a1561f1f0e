"""What was seen of addresses in earlier runs: ``links.sqlite`` in the cache folder.

Apart from the site's index: what a host answered follows from no file and no setting. It is data, never code, and
nothing in it is believed longer than its age allows. Several processes may use it at once; whoever finds it locked for
long, damaged or on a full disk goes on without.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Self

from postlint.net.failure import Failure
from postlint.net.observation import Observation
from postlint.verdict import Hop

__all__ = ["FILE_NAME", "Cache"]

FILE_NAME = "links.sqlite"
_APPLICATION_ID = 0x706C6C6B
"""``pllk``."""
_VERSION = 1
_SCHEMA = """
CREATE TABLE answer (
  address TEXT PRIMARY KEY, asked REAL NOT NULL, status INTEGER, failure TEXT, words TEXT NOT NULL,
  hops TEXT NOT NULL, final TEXT NOT NULL, fragments TEXT NOT NULL) WITHOUT ROWID;
"""
_WAIT = 5.0
"""Seconds to wait for another process that writes."""
_AT_ONCE = 50
"""Rows written together."""
_FORGET = 60 * 86400
"""Seconds after which what was seen is of no use to anybody."""


class Cache:
    """Not for several threads. What :meth:`put` was given is written a second later, and by :meth:`close`."""

    def __init__(self, connection: sqlite3.Connection | None, notices: list[str]) -> None:
        self._connection = connection
        self._rows: list[tuple[Any, ...]] = []
        self._flushed = time.monotonic()
        self.notices = notices
        """What to tell the user: why nothing is remembered."""

    @classmethod
    def open(cls, folder: Path | None) -> Cache:
        """The cache in ``folder``, which must be there; None: nothing is remembered. Never fails."""
        if folder is None or not folder.is_dir():
            return cls(None, [])
        path = folder / FILE_NAME
        try:
            return cls(_connect(path), [])
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and _is_environment(error):
                return cls(None, [f"what other sites answer cannot be remembered in {path} ({error})"])
        try:
            for name in (FILE_NAME, FILE_NAME + "-journal"):
                (folder / name).unlink(missing_ok=True)
            return cls(_connect(path), [f"{path} was damaged and is begun anew"])
        except (sqlite3.Error, OSError) as error:
            return cls(None, [f"what other sites answer cannot be remembered in {path} ({error})"])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, addresses: Iterable[str]) -> Iterator[tuple[str, Observation]]:
        """What is known of those of ``addresses`` of which anything is."""
        for address in addresses:
            with self._guarded() as connection:
                if connection is None:
                    return
                row = connection.execute("SELECT * FROM answer WHERE address = ?", (address,)).fetchone()
            if row is not None:
                try:
                    yield address, _observation(row)
                except (ValueError, TypeError, AttributeError):
                    continue  # nothing that we wrote

    def put(self, address: str, seen: Observation) -> None:
        """Remember what was seen of ``address``, unless it will soon be otherwise: that a host is busy now says nothing
        against what is known of it from before."""
        if self._connection is None or seen.passing:
            return
        self._rows.append((address, *_row(seen)))
        if len(self._rows) >= _AT_ONCE or time.monotonic() - self._flushed > 1:
            self.flush()

    def flush(self) -> None:
        """Write what waits to be written."""
        rows, self._rows, self._flushed = self._rows, [], time.monotonic()
        with self._guarded() as connection:
            if connection is not None and rows:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany("INSERT OR REPLACE INTO answer VALUES (?,?,?,?,?,?,?,?)", rows)
                connection.execute("COMMIT")

    def prune(self, now: float) -> None:
        """Forget what nobody would believe any more."""
        with self._guarded() as connection:
            if connection is not None:
                connection.execute("DELETE FROM answer WHERE asked < ?", (now - _FORGET,))

    def close(self) -> None:
        """Write what waits, and let go of the file."""
        if self._rows:
            self.flush()
        self._let_go()

    def _let_go(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection | None]:
        try:
            yield self._connection
        except sqlite3.Error as error:
            self.notices.append(f"what other sites answer is no longer remembered ({error})")
            self._rows = []
            self._let_go()


def _connect(path: Path) -> sqlite3.Connection:
    """
    Raises:
        sqlite3.DatabaseError: the file is damaged, foreign or of another version, or cannot be opened.
    """
    connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if (mark, version) != (_APPLICATION_ID, _VERSION):
            connection.execute("BEGIN IMMEDIATE")
            # Another process may have made the tables while this one waited.
            if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    raise sqlite3.DatabaseError("not a file of this version of postlint")
                for statement in filter(str.strip, _SCHEMA.split(";")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {_VERSION}")
            connection.execute("COMMIT")
        connection.execute("SELECT address FROM answer LIMIT 1").fetchone()
        connection.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _is_environment(error: sqlite3.OperationalError) -> bool:
    code = error.sqlite_errorcode & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY,
                    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM)  # fmt: skip


def _row(seen: Observation) -> tuple[Any, ...]:
    return (
        seen.asked,
        seen.status,
        str(seen.failure) if seen.failure else None,
        seen.words,
        json.dumps(seen.hops),
        seen.final,
        json.dumps(seen.fragments),
    )


def _observation(row: tuple[Any, ...]) -> Observation:
    """
    Raises:
        ValueError, TypeError, AttributeError: the row is none of ours.
    """
    _, asked, status, failure, words, hops, final, fragments = row
    if not all(isinstance(text, str) and text.isprintable() for text in (words, final)):
        raise ValueError("not a text")
    return Observation(
        float(asked),
        None if status is None else int(status),
        Failure(failure) if failure is not None else None,
        words,
        tuple(Hop(int(code), str(to)) for code, to in json.loads(hops)),
        final,
        {str(name): None if there is None else there is True for name, there in json.loads(fragments).items()},
    )
