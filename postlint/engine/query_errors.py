"""What is wrong with a question, in a person's words and with its place: SQLite has few words and no place."""

from __future__ import annotations

import re
import sqlite3

from postlint.config.suggest import nearest
from postlint.engine.query_guard import Guard
from postlint.site.views import VIEWS

__all__ = ["QueryError", "complaint", "without_strings"]

_COLUMNS = {view.name: tuple(view.columns) for view in VIEWS}
_OTHER_NAMES = {
    "address": "pages", "article": "pages", "articles": "pages", "categories": "terms", "category": "terms",
    "comments": "suppressions", "diagnostics": "findings", "directives": "suppressions", "document": "pages",
    "documents": "pages", "drafts": "pages", "errors": "findings", "front_matter": "fields", "frontmatter": "fields",
    "headings": "anchors", "ids": "anchors", "images": "links", "outcome": "findings", "page": "pages",
    "post": "pages", "posts": "pages", "problems": "findings", "redirects": "aliases", "tag": "terms",
    "tags": "terms", "urls": "pages", "warnings": "findings",
}  # fmt: skip
"""Under which names people may look for a table, and which it is."""
_STRING_OR_COMMENT = re.compile(r"'(?:[^']|'')*+'?|--[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)

Place = tuple[int, int]


class QueryError(Exception):
    """The question cannot be answered; the message says why.

    Attributes:
        place: where in the SQL, as start and end; None where that is not known.
    """

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.place = place


def without_strings(sql: str) -> str:
    """``sql`` with blanks for comments and what stands in single quotes, of the same length."""
    return _STRING_OR_COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), sql)


def complaint(sql: str, error: Exception, guard: Guard, connection: sqlite3.Connection) -> QueryError:
    """What to tell a person of an error that SQLite met in a question.

    Args:
        guard: the one that was asked.
        connection: on which the question was prepared.
    """
    said = str(error)
    code = without_strings(sql)
    if guard.refused is not None:
        return _refused(guard.refused, code)
    for pattern, words in _WORDS:
        if match := pattern.search(said):
            return words(match.group(1) if pattern.groups else "", code, connection)
    return QueryError(f"SQLite cannot answer this: {said}")


def _refused(table: str, code: str) -> QueryError:
    if not table:
        return QueryError("a question may only read")
    instead = _OTHER_NAMES.get(table) or nearest(table, _COLUMNS) or ""
    hint = f"; ask `{instead}`" if instead else f"; there are {_list(_COLUMNS)}"
    return QueryError(f"`{table}` is a table of postlint's own, which may change{hint}", _word(table, code))


def _no_column(name: str, code: str, connection: sqlite3.Connection) -> QueryError:
    qualifier, _, column = name.rpartition(".")
    place = _word(name, code) or _word(column, code)
    views = _views_in(code)
    if qualifier:
        named = [view for view in views if view == qualifier.lower() or _is_alias(qualifier, view, code)]
        views = named or views
    where = f" in `{views[0]}`" if len(views) == 1 else ""
    said = f"there is no column `{column}`{where}"
    names = [column for view in views for column in _COLUMNS[view]]
    if near := nearest(column, names):
        return QueryError(f"{said}; did you mean `{near}`?", place)
    others = [view for view, columns in _COLUMNS.items() if column.lower() in columns]
    if others:
        return QueryError(f"{said}; {_list(others)} {'has' if len(others) == 1 else 'have'} one", place)
    if len(views) == 1:
        return QueryError(f"{said}; there are {_list(names)}", place)
    return QueryError(said, place)


def _no_table(name: str, code: str, connection: sqlite3.Connection) -> QueryError:
    table = name.rpartition(".")[2]
    near = _OTHER_NAMES.get(table.lower()) or nearest(table, _COLUMNS)
    hint = f"did you mean `{near}`?" if near else f"there are {_list(_COLUMNS)}"
    return QueryError(f"there is no table `{table}`; {hint}", _word(table, code))


def _ambiguous(name: str, code: str, connection: sqlite3.Connection) -> QueryError:
    views = [view for view in _views_in(code) if name in _COLUMNS[view]]
    example = f": write {' or '.join(f'{view}.{name}' for view in views)}" if views else ""
    return QueryError(f"more than one table here has a column `{name}`{example}", _word(name, code))


def _no_function(name: str, code: str, connection: sqlite3.Connection) -> QueryError:
    return QueryError(f"SQLite has no function `{name}`", _word(name, code))


def _syntax(token: str, code: str, connection: sqlite3.Connection) -> QueryError:
    """SQLite names the word at which it gave up but not which of several: the first at which the text so far fails."""
    place = None
    for match in re.finditer(re.escape(token), code):
        place = match.span()
        try:
            connection.execute("EXPLAIN " + code[: match.end()]).close()
        except (sqlite3.Error, sqlite3.Warning) as error:
            if str(error) == f'near "{token}": syntax error':
                break
    return QueryError(f"this is not SQL: `{token}` cannot stand here", place)


def _incomplete(_: str, code: str, connection: sqlite3.Connection) -> QueryError:
    end = len(code.rstrip())
    return QueryError("the question ends too early", (end, end))


def _token(token: str, code: str, connection: sqlite3.Connection) -> QueryError:
    return QueryError(f"this is not SQL: {token}")


def _several(_: str, code: str, connection: sqlite3.Connection) -> QueryError:
    end = code.find(";")
    return QueryError("ask one question at a time: there is something behind the first `;`", (end, end + 1))


def _a_view(_: str, code: str, connection: sqlite3.Connection) -> QueryError:
    return _refused("", code)


_WORDS = (
    (re.compile(r"no such column: (.+)"), _no_column),
    (re.compile(r"no such table: (.+)"), _no_table),
    (re.compile(r"ambiguous column name: (.+)"), _ambiguous),
    (re.compile(r"no such function: (.+)"), _no_function),
    (re.compile(r'near "(.+)": syntax error', re.DOTALL), _syntax),
    (re.compile(r"incomplete input"), _incomplete),
    (re.compile(r"(unrecognized token: .+)", re.DOTALL), _token),
    (re.compile(r"one statement at a time"), _several),
    (re.compile(r"cannot modify .+ because it is a view"), _a_view),
)


def _word(name: str, code: str) -> Place | None:
    match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", code, re.IGNORECASE)
    return match.span() if match else None


def _views_in(code: str) -> list[str]:
    words = {word.lower() for word in re.findall(r"\w+", code)}
    return [view for view in _COLUMNS if view in words]


def _is_alias(name: str, view: str, code: str) -> bool:
    return re.search(rf"\b{view}\s+(?:as\s+)?{re.escape(name)}\b", code, re.IGNORECASE) is not None


def _list(names: object) -> str:
    quoted = [f"`{name}`" for name in names]  # type: ignore[attr-defined]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + f" and {quoted[-1]}"
