"""A user's own question to the site, in SQL: held against the views first, then answered from the index, read only."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from postlint.document import Document
from postlint.engine.codec import load_directives
from postlint.engine.fields import field_rows
from postlint.engine.query_errors import QueryError, complaint, without_strings
from postlint.engine.query_guard import Guard
from postlint.engine.reading import read_file
from postlint.engine.run import Run
from postlint.finding import Diagnostic
from postlint.site.index import Index, is_of_the_question
from postlint.site.site import Site
from postlint.site.targets import targets
from postlint.site.views import FUNCTIONS, PAGES, Part, create_views, empty_database
from postlint.text import Text

__all__ = ["Answer", "QueryError", "Question", "answer", "prepare"]

Value = str | int | float | bytes | None

_LONGEST = 64 * 1024 * 1024
"""Bytes of one value that a question may make."""
_STEPS = 20_000
"""Instructions of SQLite between two looks at the clock: about a millisecond."""

_FIRST_WORD = re.compile(r"[^\s;(]+")
_READING = frozenset({"select", "with", "values", "explain"})
_PARAMETER = re.compile(r"(?<![\w:])[:@$]([A-Za-z_]\w*)")


@dataclass(frozen=True, slots=True)
class Question:
    """SQL that was held against the views.

    Attributes:
        sql: one statement that reads.
        parameters: the values of its parameters by name.
        parts: what must be worked out to answer it.
    """

    sql: str
    parameters: Mapping[str, Value]
    parts: frozenset[Part]


class Answer(NamedTuple):
    """The rows of an answer.

    Attributes:
        columns: their names, as the question has them.
        rows: at most as many as were asked for.
        more: whether there are more.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Value, ...]]
    more: bool


def prepare(sql: str, parameters: Mapping[str, Value] | None = None) -> Question:
    """Hold a question against the views, before anything is read.

    Raises:
        QueryError: it is no SQL, names what is not there, is more than one statement or would change something.
    """
    try:
        sql.encode()
    except UnicodeEncodeError:
        raise QueryError("the question is no UTF-8") from None
    code = without_strings(sql)
    verb = _FIRST_WORD.search(code)
    if verb is None:
        raise QueryError("there is no question; write one such as: select path, title from pages")
    if (word := verb.group().lower()) not in _READING:
        raise QueryError(f"a question may only read, and begins with select or with, not with {word}", verb.span())
    given = dict(parameters or {})
    used = set(_PARAMETER.findall(code))
    for name in given.keys() - used:
        raise QueryError(f"there is no parameter :{name} in the question")
    for name in sorted(used - given.keys()):
        raise QueryError(f"the question has a parameter :{name}; give its value with -p {name}=…")
    connection = empty_database()
    guard = Guard()
    try:
        connection.execute("SELECT 1 FROM json_each('[]'), json_tree('[]')").close()
        connection.set_authorizer(guard)
        connection.execute(sql if word == "explain" else "EXPLAIN " + sql, given).close()
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise complaint(sql, error, guard, connection) from error
    finally:
        connection.close()
    return Question(sql, given, frozenset(guard.parts()))


def answer(
    run: Run,
    question: Question,
    *,
    update: bool = True,
    most: int | None = None,
    seconds: float | None = None,
) -> Answer:
    """Bring the index up to date and answer the question from it.

    Args:
        update: False asks the index as it is.
        most: rows that are wanted; None for all.
        seconds: that SQLite may take over the question; None for as many as it takes.

    Raises:
        QueryError: it took too long, or failed on what stands in the site.
        ConfigError: a site's own configuration cannot be read.
        KeyboardInterrupt: somebody had enough.
    """

    def ask(index: Index) -> Answer:
        findings = run.diagnostics(index) if Part.FINDINGS in question.parts else []
        if Part.FIELDS in question.parts:
            _read_fields(run, index)
        site = run.site(index)
        # So that nobody waits while a long question is worked on, nothing of it is done in the writing view.
        connection = index.settle()
        with index.guarded():
            _fill(connection, run, index, site, question.parts, findings)
        with index.guarded():
            return _rows(connection, question, most, seconds)

    return run.ask(ask, update=update)


# Working out what the question needs ------------------------------------------------------------------------------


def _read_fields(run: Run, index: Index) -> None:
    missing = index.unfielded()
    progress = run.request.progress
    if progress is not None and missing:
        progress(len(missing), 0)
    survey = run.survey
    for number, path in missing:
        try:
            text = Text.decode(read_file(os.path.join(run.root, path)))
        except OSError:
            continue  # it is gone since; the next run knows
        index.put_fields(number, field_rows(Document(path, text, survey.profile(path))))
        if progress is not None:
            progress(len(missing), 1)


def _fill(
    connection: sqlite3.Connection,
    run: Run,
    index: Index,
    site: Site,
    parts: frozenset[Part],
    findings: Sequence[Diagnostic],
) -> None:
    survey = run.survey

    def kind(path: str) -> str:
        generator = survey.generator(path)
        return "template" if generator.is_template(path) else str(generator.kind(path))

    functions: dict[str, Callable[..., Value]] = {"postlint_kind": kind, "postlint_host": _host}
    for name, arguments in FUNCTIONS.items():
        connection.create_function(name, arguments, functions[name], deterministic=True)
    for statement in create_views():
        connection.execute(statement)
    if Part.PAGES in parts:
        connection.execute(PAGES, {"now": run.request.now.timestamp()})
    rows: list[tuple[Value, ...]] = []
    for root, profile in sorted(survey.profiles.items()):
        configuration = survey.generator(root).configuration or None
        rows.append((root, profile.generator, profile.zone, configuration))
    connection.executemany("INSERT INTO temp.postlint_site VALUES (?,?,?,?)", rows)
    if Part.TARGETS in parts:
        found = list(targets(site, index))
        connection.executemany("INSERT OR REPLACE INTO temp.postlint_target VALUES (?,?,?,?)", found)
        connection.execute("CREATE INDEX temp.postlint_target_path ON postlint_target (target)")
    if Part.FINDINGS in parts:
        connection.executemany(
            f"INSERT INTO temp.postlint_finding VALUES ({','.join('?' * 11)})", map(_finding_row, findings)
        )
    if Part.SUPPRESSIONS in parts:
        connection.executemany(
            f"INSERT INTO temp.postlint_suppression VALUES ({','.join('?' * 8)})", _suppression_rows(run, index)
        )


def _finding_row(diagnostic: Diagnostic) -> tuple[Value, ...]:
    finding, fix = diagnostic.finding, diagnostic.finding.fix
    return (
        diagnostic.path,
        *diagnostic.start,
        *diagnostic.end,
        diagnostic.rule,
        diagnostic.severity.label,
        _storable(finding.message),
        _storable(finding.consequence) or None,
        None if fix is None else _storable(fix.title),
        None if fix is None else fix.safety.name.lower(),
    )


def _suppression_rows(run: Run, index: Index) -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    for path, _, data in list(index.findings()):
        directives = load_directives(data)
        if not directives:
            continue
        try:
            text = run.survey.text(path)
        except OSError:
            continue
        for directive in directives:
            line, column = text.position(min(directive.span.start, len(text)))
            for one in directive.rules:
                lines = (one.start_line, one.end_line) if one.end_line > 0 else (None, None)
                name, reason = _storable(one.text), _storable(directive.reason) or None
                rows.append((path, line, column, directive.kind, name, *lines, reason))
    return rows


def _storable(text: str) -> str:
    """SQLite keeps Unicode: a byte that is none becomes U+FFFD."""
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text


def _host(address: str) -> str | None:
    try:
        return urlsplit(address.strip()).hostname
    except ValueError:
        return None


# Asking -----------------------------------------------------------------------------------------------------------


def _rows(connection: sqlite3.Connection, question: Question, most: int | None, seconds: float | None) -> Answer:
    began = time.monotonic()
    ended = ""

    def look() -> int:
        nonlocal ended
        if seconds is not None and time.monotonic() - began > seconds:
            ended = "time"
        return bool(ended)

    connection.execute("SELECT 1 FROM json_each('[]'), json_tree('[]')").close()
    connection.execute("PRAGMA query_only = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    guard = Guard()
    text_factory = connection.text_factory
    try:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        connection.set_authorizer(guard)
        connection.set_progress_handler(look, _STEPS)
        cursor = connection.execute(question.sql, question.parameters)
        columns = tuple(column[0] for column in cursor.description or ())
        rows = cursor.fetchall() if most is None else cursor.fetchmany(most + 1)
        cursor.close()
    except sqlite3.Error as error:
        if ended == "time":
            raise QueryError(f"the question took longer than {seconds:g} seconds; see --timeout") from None
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            # Ctrl-C falls into `look`, the only Python that runs here, and SQLite takes it for a wish to end.
            raise KeyboardInterrupt from None
        if is_of_the_question(error):
            raise complaint(question.sql, error, guard, connection) from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
        connection.set_authorizer(None)
        connection.text_factory = text_factory
        connection.execute("PRAGMA query_only = OFF")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2**31 - 1)
    more = most is not None and len(rows) > most
    return Answer(columns, rows[:most] if more else rows, more)
