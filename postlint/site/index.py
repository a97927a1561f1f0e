"""The index: what is known of every document of a project, in a SQLite file that several processes may use at once.

How it keeps its promises:

* **A stale row is never believed.** The engine compares a file's time and size, then its digest and key, before it
  uses what stands here; this module only keeps them.
* **One view from open to close.** Everything happens in one transaction, which begins with the first question. What
  another process writes meanwhile is not seen.
* **Nobody waits.** SQLite lets one process write at a time. Who finds, when it has something to write, that another
  process wrote since its own view began (or is writing), goes on with a private copy of its view: its answers are
  right, only its work is not kept.
* **A damaged, foreign or older file** is replaced by an empty index; where nothing can be written the index is in
  memory. Either is said once, in :attr:`Index.notices`. SQLite sees damage to its own structure; what answers are read
  from whole (findings, comments, memos) is sealed with a checksum beside.
* **The file may be anybody's**, as it may come with a repository: its schema is ours to the letter or it is not used,
  so it brings no triggers, views or generated columns, and what stands in it is data.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple, Self

from postlint.site.facts import DocumentFacts, FieldRow
from postlint.site.holds import Holds
from postlint.site.schema import APPLICATION_ID, BULK_TABLES, INDEXES, NTH_BITS, STATEMENTS, VERSION

__all__ = ["FILE_NAME", "Index", "IndexDamagedError", "Known", "Record", "Rows", "is_of_the_question"]

FILE_NAME = "index.sqlite"
_WAIT = 5.0
"""Seconds to wait for another process that creates the file."""
_CACHEDIR_TAG = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# This folder holds what postlint remembers between runs. It may be deleted at any time.\n"
    "# See https://bford.info/cachedir/\n"
)
_BATCH = 512
"""Documents written at a time: few enough to stream, enough to be fast."""


class IndexDamagedError(Exception):
    """The file turned out to be damaged while it was read. It has been put aside; open the index again.

    Attributes:
        lost: it is not the file: the disk is full, or the like. Only an index in memory will do.
    """

    def __init__(self, message: str, *, lost: bool = False) -> None:
        super().__init__(message)
        self.lost = lost


class Known(NamedTuple):
    """What the index remembers of a file: how it looked, and under which key its facts are filed."""

    mtime_ns: int
    size: int
    digest: bytes
    key: bytes


class Record(NamedTuple):
    """One document as it goes into the index.

    ``findings`` and ``directives`` are the engine's own; the index only keeps them.
    """

    path: str
    site: str
    mtime_ns: int
    size: int
    digest: bytes
    key: bytes
    facts: DocumentFacts
    findings: bytes = b""
    directives: bytes = b""


class Index:
    """See the module. Not for several threads; :meth:`close` keeps what was written, :meth:`discard` does not."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None, notices: Sequence[str] = ()) -> None:
        self._connection = connection
        _give_functions(connection)
        self._path = path
        self._origin = path
        self._writing = path is None
        self._bumped = False
        self.notices: list[str] = list(notices)
        self.new_files: list[str] = []
        there = "SELECT 1 FROM document LIMIT 1"
        self.inherited = path is not None and connection.execute(there).fetchone() is not None
        """Whether anything in it stems from an earlier run."""

    # Opening -------------------------------------------------------------------------------------------------

    @classmethod
    def open(cls, folder: Path | None) -> Index:
        """The index in the cache folder ``folder`` (made where it is missing), or in memory for None. Never fails."""
        if folder is None:
            return cls(_memory(), None)
        path = folder / FILE_NAME
        try:
            _prepare(folder)
            return cls(_connect(path), path)
        except (_UnusableError, sqlite3.Error, OSError, UnicodeError) as error:
            damaged: Exception = error
        if isinstance(damaged, (_UnusableError, sqlite3.DatabaseError, UnicodeError)) and not _is_environment(damaged):
            try:
                _put_aside(path)
                return cls(
                    _connect(path), path, [f"the index in {folder} could not be used ({damaged}); it is built anew"]
                )
            except (_UnusableError, sqlite3.Error, OSError, UnicodeError) as error:
                damaged = error
        return cls(_memory(), None, [f"nothing can be kept in {folder} ({_words(damaged)}); the index is in memory"])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()

    @property
    def in_memory(self) -> bool:
        """Whether what is written will be gone after :meth:`close`."""
        return self._path is None

    # Reading -------------------------------------------------------------------------------------------------

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Rows:
        """The rows of a question, in this index's one view.

        Raises:
            IndexDamagedError: the file is damaged.
        """
        with self.guarded():
            return Rows(self._connection.execute(sql, parameters), self.guarded)

    def known(self) -> dict[str, Known]:
        """Every document by path."""
        return {path: Known(*row) for path, *row in self.each_known()}

    def each_known(self) -> Rows:
        """Path, time, size, digest and key of every document, by path."""
        return self.execute("SELECT path, mtime_ns, size, digest, key FROM document ORDER BY path")

    def findings(self, paths: Iterable[str] | None = None) -> Iterator[tuple[str, bytes, bytes]]:
        """Path, findings and directives of the documents (None: of all) that have any, by path.

        Raises:
            IndexDamagedError: they are not those that were put.
        """
        sql = (
            "SELECT d.path, d.seal, coalesce(o.findings, x''), coalesce(o.directives, x'')"
            " FROM document d LEFT JOIN outcome o ON o.document = d.id"
            " WHERE (d.seal != 0 OR o.document IS NOT NULL)"
        )
        if paths is None:
            rows: Iterable[Any] = self.execute(sql + " ORDER BY d.path")
        else:
            rows = (row for path in sorted(set(paths)) for row in self.execute(sql + " AND d.path = ?", (path,)))
        for path, seal, findings, directives in rows:
            if seal != _seal(path, findings, directives):
                raise self.distrust(ValueError(f"other findings in {path}"))
            yield path, findings, directives

    # Writing -------------------------------------------------------------------------------------------------

    def touch(self, path: str, mtime_ns: int, size: int) -> None:
        """Remember a new time of a file whose content is as it was."""
        self._lock()
        with self.guarded():
            sql = "UPDATE document SET mtime_ns = ?, size = ? WHERE path = ?"
            self._connection.execute(sql, (mtime_ns, size, path))

    def put(self, records: Iterable[Record]) -> None:
        """Remember documents, in the place of what was known of their paths; each path once."""
        records = iter(records)
        batch = list(islice(records, _BATCH))
        if not batch:
            return
        self._write()
        if not self.execute("SELECT 1 FROM document LIMIT 1").fetchall():
            with self.filling(*BULK_TABLES):
                while batch:
                    self._insert(batch)
                    batch = list(islice(records, _BATCH))
        while batch:
            self._delete([record.path for record in batch])
            self._insert(batch)
            batch = list(islice(records, _BATCH))

    @contextlib.contextmanager
    def filling(self, *tables: str) -> Iterator[None]:
        """While many rows go into empty tables: their indexes are made at the end, which takes a part of the time that
        it takes to keep them, and no more with every row."""
        self._write()
        indexes = [(name, sql) for name, (table, sql) in INDEXES.items() if table in tables]
        for name, _ in indexes:
            self.execute(f"DROP INDEX {name}")
        yield
        for _, sql in indexes:
            self.execute(sql)

    def _insert(self, records: Sequence[Record]) -> None:
        with self.guarded():
            first: int = self._connection.execute("SELECT coalesce(max(id), 0) + 1 FROM document").fetchone()[0]
            numbered = list(enumerate(records, first))
            shifted = [(n << NTH_BITS, r.facts) for n, r in numbered]
            many = self._connection.executemany
            many(
                f"INSERT INTO document VALUES ({_marks(19)})",
                [
                    (
                        n,
                        r.path,
                        r.site,
                        r.mtime_ns,
                        r.size,
                        r.digest,
                        r.key,
                        *r.facts.page,
                        _seal(r.path, r.findings, r.directives),
                    )
                    for n, r in numbered
                ],
            )
            many(_INSERT_LINK, [(i, *row) for n, facts in shifted for i, row in enumerate(facts.links, n)])
            many(_INSERT_ALIAS, [(i, *row) for n, facts in shifted for i, row in enumerate(facts.aliases, n)])
            many(_INSERT_TERM, [(i, *row) for n, facts in shifted for i, row in enumerate(facts.terms, n)])
            many(_INSERT_FACT, [(i, *row) for n, facts in shifted for i, row in enumerate(facts.facts, n)])
            many("INSERT INTO anchor VALUES (?,?)", [(n, id_) for n, r in numbered for id_ in r.facts.anchors])
            many(
                "INSERT INTO outcome VALUES (?,?,?)",
                [(n, r.findings, r.directives) for n, r in numbered if r.findings or r.directives],
            )

    def remove(self, paths: Iterable[str]) -> None:
        """Forget documents."""
        paths = list(paths)
        if paths:
            self._write()
            self._delete(paths)

    def set_files(self, paths: Iterable[str]) -> None:
        """Say which files the project has, content or not.

        Files that are gone are forgotten; those that are new wait in :attr:`new_files` for somebody to say which
        addresses they have.

        Args:
            paths: sorted.
        """
        before = iter(self.execute("SELECT path FROM file ORDER BY path"))
        known = next(before, None)
        new: list[str] = []
        gone: list[tuple[str]] = []
        for path in paths:
            while known is not None and known[0] < path:
                gone.append(known)
                known = next(before, None)
            if known is not None and known[0] == path:
                known = next(before, None)
            else:
                new.append(path)
        if known is not None:
            gone += [known, *before]
        self.new_files = new
        self.write_many("DELETE FROM file WHERE path = ?", gone)

    def unfielded(self) -> list[tuple[int, str]]:
        """Id and path of the documents whose fields nobody asked for since they changed, by path."""
        sql = "SELECT id, path FROM document WHERE id NOT IN (SELECT document FROM fielded) ORDER BY path"
        return self.execute(sql).fetchall()

    def put_fields(self, document: int, rows: Sequence[FieldRow]) -> None:
        """Remember the front matter of a document. No answer of a rule hangs on it."""
        self._lock()
        with self.guarded():
            first = document << NTH_BITS
            many = self._connection.executemany
            many(_INSERT_FIELD, [(i, *row) for i, row in enumerate(rows, first)])
            many("INSERT INTO fielded VALUES (?)", [(document,)])

    def write_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row."""
        rows = iter(rows)
        if (first := next(rows, None)) is not None:
            self._write()
            with self.guarded():
                self._connection.executemany(sql, chain((first,), rows))

    # Answers that are worth keeping ----------------------------------------------------------------------------

    def recall(self, name: str, stamp: bytes, now: float) -> bytes | None:
        """What :meth:`remember` was given under this name and stamp, if nothing in the index changed since.

        Args:
            now: seconds since 1970, at which the answer has to hold.

        Raises:
            IndexDamagedError: it is not what was remembered.
        """
        row = self.execute(
            "SELECT data, since, until, seal FROM memo WHERE name = ? AND stamp = ? AND since <= ? AND ? < until"
            " AND generation = (SELECT value FROM meta WHERE name = 'generation')",
            (name, stamp, now, now),
        ).fetchone()
        if row is None:
            return None
        data, since, until, seal = row
        if seal != _seal(name, stamp, repr((since, until)).encode(), data):
            raise self.distrust(ValueError(f"another answer of {name}"))
        return bytes(data)

    def bounded(self) -> list[str]:
        """The names of what is remembered for some time only."""
        return [name for (name,) in self.execute("SELECT name FROM memo WHERE since > -9e999 OR until < 9e999")]

    def remember(self, name: str, stamp: bytes, data: bytes, holds: Holds) -> None:
        """Keep an answer that follows from the index (and from ``stamp``) alone, until the index changes."""
        self._lock()
        seal = _seal(name, stamp, repr((holds.since, holds.until)).encode(), data)
        with self.guarded():
            self._connection.execute(
                "INSERT OR REPLACE INTO memo SELECT ?, value, ?, ?, ?, ?, ? FROM meta WHERE name = 'generation'",
                (name, stamp, holds.since, holds.until, data, seal),
            )
        self._bumped = False

    def settle(self) -> sqlite3.Connection:
        """Keep what was written, begin a new view, and hand it out for questions of a user's own.

        From here on other processes may write; the view stays as it is. Whoever asks must see to it that nothing is
        written, and close the index.
        """
        with self.guarded():
            if self._connection.in_transaction:
                self._connection.execute("COMMIT")
            self._writing = self._path is None
            self._connection.execute("BEGIN")
            self._connection.execute("SELECT value FROM meta").fetchone()
        return self._connection

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """What is written until the end is taken back then: for a question about another state of the project."""
        self._lock()
        bumped, new_files = self._bumped, self.new_files
        self._bumped = False
        with self.guarded():
            self._connection.execute("SAVEPOINT aside")
        try:
            yield
        finally:
            with contextlib.suppress(sqlite3.ProgrammingError), self.guarded():  # closed: the file was damaged
                self._connection.execute("ROLLBACK TO aside")
                self._connection.execute("RELEASE aside")
            self._bumped, self.new_files = bumped, new_files

    def close(self) -> None:
        """Keep what was written and let go of the file."""
        try:
            if self._connection.in_transaction:
                self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            # A full disk, a vanished folder: the answers were right, they are only not remembered.
            self.notices.append(f"what was learned could not be kept ({error})")
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
        finally:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()

    def discard(self) -> None:
        """Forget what was written since :meth:`open` and let go of the file."""
        with contextlib.suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()

    def _write(self) -> None:
        """Before facts change."""
        self._lock()
        if not self._bumped:
            with self.guarded():
                self._connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'generation'")
            self._bumped = True

    def _lock(self) -> None:
        """Make sure that this view may be written to: by the file's lock, or by making the view a private copy."""
        if self._writing:
            return
        try:
            self._connection.execute("UPDATE meta SET value = value WHERE name = 'generation'")
        except sqlite3.OperationalError as error:
            if not _is_busy(error):
                # The disk is full or became read-only: as with a lock, our own copy will do.
                self.notices.append(f"what is learned now cannot be kept ({error})")
            private = sqlite3.connect("", isolation_level=None)
            self._connection.backup(private)
            self.discard()
            _give_functions(private)
            private.execute("BEGIN")
            self._connection, self._path = private, None
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error
        self._writing = True

    def _delete(self, paths: Iterable[str]) -> None:
        with self.guarded():
            execute, many = self._connection.execute, self._connection.executemany
            ids: list[tuple[int]] = []
            for path in paths:
                ids += execute("SELECT id FROM document WHERE path = ?", (path,))
            if not ids:
                return
            ranges = [(id_ << NTH_BITS, (id_ + 1) << NTH_BITS) for (id_,) in ids]
            for table in ("link", "alias", "term", "fact", "field"):
                many(f"DELETE FROM {table} WHERE id >= ? AND id < ?", ranges)
            for table in ("anchor", "outcome", "fielded"):
                many(f"DELETE FROM {table} WHERE document = ?", ids)
            many("DELETE FROM document WHERE id = ?", ids)

    def distrust(self, reason: Exception) -> Exception:
        """The error to raise when what stands in the file cannot have been written by us: the file is put aside."""
        path = self._origin
        if path is None or isinstance(reason, IndexDamagedError):
            return reason
        self.discard()
        with contextlib.suppress(OSError, _UnusableError):
            _put_aside(path)
        return IndexDamagedError(
            f"the index in {path.parent} holds what postlint did not write ({reason}); it is built anew"
        )

    @contextlib.contextmanager
    def guarded(self) -> Iterator[None]:
        """Turns what SQLite says of a damaged file into an :class:`IndexDamagedError`."""
        try:
            yield
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # text, or a name in a message, that is no UTF-8
            raise self._damaged(error) from error

    def _damaged(self, error: sqlite3.DatabaseError | UnicodeDecodeError) -> Exception:
        path = self._origin
        if path is None or isinstance(error, sqlite3.ProgrammingError) or is_of_the_question(error):
            return error
        self.discard()
        if _is_environment(error):
            return IndexDamagedError(
                f"nothing can be kept in {path.parent} ({error}); the index is in memory", lost=True
            )
        with contextlib.suppress(OSError, _UnusableError):
            _put_aside(path)
        return IndexDamagedError(f"the index in {path.parent} is damaged ({error}); it is built anew")


def _give_functions(connection: sqlite3.Connection) -> None:
    """What :class:`~postlint.site.Site` asks with: SQLite's own ``lower`` knows ASCII alone."""
    connection.create_function("fold", 1, str.lower, deterministic=True)


def is_of_the_question(error: Exception) -> bool:
    """Whether SQLite found fault with a question or with what it asks for, not with the file."""
    code: int = getattr(error, "sqlite_errorcode", -1)
    return code >= 0 and code & 0xFF in (
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_TOOBIG,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_RANGE,
    )


def _seal(name: str, *contents: bytes) -> int:
    """The checksum of what is kept under a name; 0 where there is nothing."""
    try:
        return zlib.crc32(b"\0".join((name.encode("utf-8", "surrogatepass"), *contents))) if any(contents) else 0
    except TypeError:  # a number, a text: nothing that we wrote
        return -1


def _marks(count: int) -> str:
    return ",".join("?" * count)


_PLACE = '"start", "end", line, col, end_line, end_col'
_INSERT_LINK = (
    f'INSERT INTO link (id, "start", line, col, raw, kind, status, url, url_key, fragment) VALUES ({_marks(10)})'
)
_INSERT_ALIAS = f"INSERT INTO alias (id, url, url_key) VALUES ({_marks(3)})"
_INSERT_TERM = f"INSERT INTO term (id, {_PLACE}, taxonomy, term) VALUES ({_marks(9)})"
_INSERT_FIELD = f"INSERT INTO field (id, key, item, value, type, line, col) VALUES ({_marks(7)})"
_INSERT_FACT = f"INSERT INTO fact (id, {_PLACE}, rule, key, value) VALUES ({_marks(10)})"


class Rows:
    """The answer to a question: rows as tuples, to be gone through once. Damage may show itself at any row."""

    __slots__ = ("_cursor", "_guarded")

    def __init__(self, cursor: sqlite3.Cursor, guarded: Callable[[], AbstractContextManager[None]]) -> None:
        self._cursor = cursor
        self._guarded = guarded

    def __iter__(self) -> Iterator[Any]:
        while True:
            with self._guarded():
                rows = self._cursor.fetchmany(_BATCH)
            if not rows:
                return
            yield from rows

    def fetchone(self) -> Any:
        """The first row; None where there is none."""
        with self._guarded():
            return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        """All rows."""
        with self._guarded():
            return self._cursor.fetchall()


class _UnusableError(Exception):
    """The file is no index of ours, or of another version."""


_SCHEMA = frozenset((*STATEMENTS, *(statement for _, statement in INDEXES.values())))
"""All that an index's schema says, to the letter."""


def _memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _create(connection)
    connection.execute("BEGIN")
    return connection


def _create(connection: sqlite3.Connection) -> None:
    for statement in STATEMENTS:
        connection.execute(statement)
    for _, statement in INDEXES.values():
        connection.execute(statement)
    connection.execute("INSERT INTO meta VALUES ('generation', 0)")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _connect(path: Path) -> sqlite3.Connection:
    """A connection with its transaction begun.

    Raises:
        _UnusableError, sqlite3.Error: see :meth:`Index.open`.
    """
    if not os.path.lexists(path):
        _make(path)
    # Opened only where it is there: a link that leads nowhere must not make a file at its other end.
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", isolation_level=None, timeout=_WAIT, uri=True)
    try:
        execute = connection.execute
        execute("PRAGMA cell_size_check = ON")
        execute("PRAGMA trusted_schema = OFF")
        if execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise _UnusableError("it is not an index of postlint")
        if execute("PRAGMA user_version").fetchone()[0] != VERSION:
            raise _UnusableError("another version of postlint made it")
        schema = {sql for (sql,) in execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
        if schema != _SCHEMA:
            raise _UnusableError("its tables are others")
        # WAL with NORMAL: a crash of the machine may lose the last run's work, never the file.
        execute("PRAGMA synchronous = NORMAL")
        execute("PRAGMA cache_size = -65536")
        execute("PRAGMA busy_timeout = 0")
        execute("BEGIN")
        execute("SELECT value FROM meta").fetchone()  # the view begins here
    except BaseException:
        connection.close()
        raise
    return connection


def _make(path: Path) -> None:
    """Put an empty index at ``path`` in one step: several processes may begin at once, and none may see half of one."""
    handle, name = tempfile.mkstemp(prefix="new-", suffix=".sqlite", dir=path.parent)
    os.close(handle)
    try:
        connection = sqlite3.connect(name, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN")
            _create(connection)
            connection.execute("COMMIT")
        finally:
            connection.close()
        with contextlib.suppress(FileExistsError):  # another process was quicker
            try:
                os.link(name, path)
            except (AttributeError, NotImplementedError, PermissionError):
                os.rename(name, path)  # no hard links here
    finally:
        with contextlib.suppress(OSError):
            os.unlink(name)


def _prepare(folder: Path) -> None:
    """Make the folder, with the marks that keep it out of backups and repositories.

    A repository may bring links: through none of them is anything written to a place that is not a cache folder of
    ours already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if folder.is_symlink() and not (folder / "CACHEDIR.TAG").is_file():
        raise NotADirectoryError(errno.ENOTDIR, f"it is a link to {os.readlink(folder)}")
    for name, text in (("CACHEDIR.TAG", _CACHEDIR_TAG), (".gitignore", "*\n")):
        with contextlib.suppress(FileExistsError), open(folder / name, "x", encoding="utf-8") as mark:
            mark.write(text)


def _put_aside(path: Path) -> None:
    """Remove a file that cannot be used, with its journals, while no other process does the same.

    Raises:
        _UnusableError: another process is at it; leave the file to that one.
    """
    lock = path.with_name("rebuild.lock")
    with contextlib.suppress(OSError):
        if time.time() - lock.stat().st_mtime > 60:
            lock.unlink()
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        raise _UnusableError("another process is rebuilding it") from None
    try:
        for name in (path.name, path.name + "-wal", path.name + "-shm", path.name + "-journal"):
            with contextlib.suppress(FileNotFoundError):
                path.with_name(name).unlink()
    finally:
        lock.unlink(missing_ok=True)


def _is_busy(error: sqlite3.Error) -> bool:
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _is_environment(error: Exception) -> bool:
    """Whether the disk is at fault, not the file's content."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    environment = (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PROTOCOL,
    )
    return code is not None and code & 0xFF in environment


def _words(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
