"""The site as a database: the views that ``postlint query`` answers from.

Their names and columns are a promise (``docs/index-schema.md``): within a major version more may come, none goes or
comes to mean something else. The tables behind them are none. They are made for the one connection that asks, never
kept in the file, so that a file from elsewhere cannot bring views of its own. What no table of the index holds
(findings, where links lead, the fields of front matter) stands in tables that are filled for the question, and only
where it asks for that column: see :class:`Part`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from postlint.site.schema import NTH_BITS, STATEMENTS

__all__ = ["FUNCTIONS", "PAGES", "VIEWS", "Part", "View", "create_views", "empty_database"]


class Part(Enum):
    """What is worked out for a question that needs it, and for no other."""

    PAGES = "pages"
    FIELDS = "fields"
    TARGETS = "targets"
    FINDINGS = "findings"
    SUPPRESSIONS = "suppressions"


@dataclass(frozen=True, slots=True)
class View:
    """One view.

    Attributes:
        name: in the plural, as a user asks for it.
        rows: what one row is, in a sentence.
        columns: name to meaning, in order.
        select: what it is in terms of the tables.
        part: what must be worked out before it has rows; for all its columns, or for :attr:`costly` ones.
        costly: the columns that need the part; empty for all.
    """

    name: str
    rows: str
    columns: dict[str, str]
    select: str
    part: Part | None = None
    costly: frozenset[str] = frozenset()


FUNCTIONS = {"postlint_kind": 1, "postlint_host": 1}
"""Functions that views call, which whoever makes the views provides, with the number of their arguments."""

_DOCUMENT_OF = (
    f"JOIN main.document d ON d.id = {{0}}.id >> {NTH_BITS}"
    f" AND {{0}}.id >= d.id << {NTH_BITS} AND {{0}}.id < (d.id + 1) << {NTH_BITS}"
)
"""Said twice over, so that SQLite finds the document of a row as fast as the rows of a document."""
_UTC = "strftime('%Y-%m-%dT%H:%M:%SZ', {}, 'unixepoch')"
_APPEARED = "coalesce(d.appears <= :now, 1)"
_NOT_EXPIRED = "coalesce(d.expires > :now, 1)"

PAGES = f"""
INSERT INTO temp.postlint_page
SELECT d.path, d.site, postlint_kind(d.path), d.published AND {_APPEARED} AND {_NOT_EXPIRED},
  CASE WHEN NOT d.published THEN nullif(d.reason, '') WHEN NOT {_NOT_EXPIRED} THEN 'expired'
       WHEN NOT {_APPEARED} THEN 'future' END,
  nullif(d.url, ''), nullif(d.title, ''), d.date_text, nullif(d.lang, ''),
  {_UTC.format("d.appears")}, {_UTC.format("d.expires")}, d.size
FROM main.document d"""
"""Fills the table behind ``pages``, which is one so that a join finds its rows by path and address; ``:now`` are the
seconds since 1970."""

VIEWS = (
    View(
        "pages",
        "one row for each file that postlint reads: posts, pages, drafts, layouts",
        {
            "path": "from the project's folder, with `/`",
            "site": "the folder of its site: empty, or ending in `/`",
            "kind": "what the generator takes it for: `post` and `draft` (Jekyll and Hexo alone have these), `page`, "
            "`template` (a layout, an include), `static` (copied as it is), `none`",
            "published": "1 where a build at this moment makes a page of it, else 0",
            "reason": "why not: `draft`, `future`, `expired`, `unpublished`, `ignored-name`, …",
            "url": "its address from the site's root; null where it has none or it is known only when built",
            "title": "as the generator has it",
            "date": "as the generator shows it, with its offset: `2024-01-31T09:30:00+08:00`; `datetime(date)` is UTC",
            "lang": "the language that it declares or stands in",
            "appears": "before this moment (UTC) the generator leaves it out",
            "expires": "from this moment (UTC) on it leaves it out",
            "size": "bytes",
        },
        "SELECT * FROM temp.postlint_page",
        Part.PAGES,
    ),
    View(
        "fields",
        "one row for each value in front matter: one for each item of a list; keys of mappings are joined by a dot",
        {
            "path": "the page's",
            "key": "as written: `title`, `author.name`",
            "item": "the place in the list, from 1; null outside lists",
            "value": "the value: text, a number, 1 or 0 for true and false, dates and times as ISO text; null for "
            "nothing and for an empty list or mapping",
            "type": "`text`, `integer`, `real`, `boolean`, `date`, `datetime`, `time`, `null`, `list`, `mapping` (the "
            "last two only where they are empty)",
            "line": "of the value, from 1",
            "column": "of the value, from 1, in characters",
        },
        f"SELECT d.path, f.key, f.item, f.value, f.type, f.line, f.col FROM main.field f {_DOCUMENT_OF.format('f')}",
        Part.FIELDS,
    ),
    View(
        "terms",
        "one row for each use of a category, tag or other term, as the generator holds it",
        {
            "path": "the page's",
            "taxonomy": "`categories`, `tags`, …",
            "term": "after the generator's splitting",
            "line": "where it is written, from 1",
            "column": "from 1, in characters",
        },
        f"SELECT d.path, t.taxonomy, t.term, t.line, t.col FROM main.term t {_DOCUMENT_OF.format('t')}",
    ),
    View(
        "links",
        "one row for each use of an address: Markdown, HTML attributes, template tags, front matter",
        {
            "path": "the page's on which it stands",
            "line": "of the address, from 1",
            "column": "from 1, in characters",
            "written": "the address as written",
            "kind": "how it is written: `markdown`, `image`, `autolink`, `reference` (its definition), `html`, "
            "`front-matter`, or after the template tag: `link`, `post_url`, `ref`, `post_link`, …",
            "state": "`found`, `dead`, `unpublished` (there, but a build at this moment leaves it out), `external`, "
            "`unknown` (known only when the site is built, or made by a plugin), `ignored` (`mailto:` and the like), "
            "`shown` (no link: readers see it as it is typed)",
            "url": "for an internal link the address that it means, from the site's root",
            "host": "for an external one the host that it leads to, in lower case",
            "fragment": "what stands behind `#`",
            "target": "the path of the page or file that it leads to",
            "anchor": "whether the page has the id that `fragment` names: `found`, `missing`, `unknown`; null where "
            "none is named or the target is no page",
        },
        f"""SELECT d.path, l.line, l.col, l.raw, l.kind,
          CASE WHEN l.status IN ('external', 'ignored', 'unknown', 'shown') THEN l.status ELSE t.state END,
          CASE WHEN l.status = 'internal' THEN l.url WHEN l.status = 'fragment' THEN nullif(d.url, '') END,
          CASE WHEN l.status = 'external' THEN postlint_host(l.raw) END, nullif(l.fragment, ''), t.target, t.anchor
        FROM main.link l {_DOCUMENT_OF.format("l")} LEFT JOIN temp.postlint_target t ON t.link = l.id""",
        Part.TARGETS,
        frozenset({"state", "target", "anchor"}),
    ),
    View(
        "anchors",
        "one row for each id or name in a page that a link may point to",
        {"path": "the page's", "id": "as the browser sees it"},
        "SELECT d.path, a.id FROM main.anchor a JOIN main.document d ON d.id = a.document",
    ),
    View(
        "aliases",
        "one row for each further address that leads to a page (`redirect_from`, `aliases`, …)",
        {"path": "the page's", "url": "from the site's root"},
        f"SELECT d.path, a.url FROM main.alias a {_DOCUMENT_OF.format('a')}",
    ),
    View(
        "findings",
        "one row for each finding that `postlint check --no-baseline` reports at this moment",
        {
            "path": "the file's",
            "line": "where it begins, from 1",
            "column": "from 1, in characters",
            "end_line": "where it ends",
            "end_column": "behind the last character",
            "rule": "`html/misnested-tag`",
            "severity": "`error`, `warning`, `info`",
            "message": "what is wrong",
            "consequence": "what comes of it",
            "fix": "what `postlint fix` would do",
            "safety": "of that fix: `safe`, `unsafe`, `display` (shown and never made)",
        },
        "SELECT * FROM temp.postlint_finding",
        Part.FINDINGS,
    ),
    View(
        "suppressions",
        "one row for each rule, family or glob that a suppression comment names",
        {
            "path": "the page's",
            "line": "of the comment, from 1",
            "column": "from 1, in characters",
            "kind": "`disable-next-line`, `disable-line`, `disable`, `enable`, `disable-file`",
            "rule": "as written; `*` where the comment names nothing and so means all",
            "first_line": "the first line on which it holds; null where it holds on none",
            "last_line": "the last one",
            "reason": "as written",
        },
        "SELECT * FROM temp.postlint_suppression",
        Part.SUPPRESSIONS,
    ),
    View(
        "files",
        "one row for each file of the project, content or not",
        {
            "path": "from the project's folder, with `/`",
            "site": "the folder of its site",
            "url": "where it would stand if it were copied as it is; null where it would not be",
            "page": "1 where it is in `pages` too, else 0",
        },
        """SELECT f.path, f.site, f.url, EXISTS (SELECT 1 FROM main.document d WHERE d.path = f.path)
        FROM main.file f""",
    ),
    View(
        "sites",
        "one row for each site of the project",
        {
            "root": "its folder: empty, or ending in `/`",
            "generator": "`jekyll`, `hugo`, `hexo`, `zola`, `plain`, …",
            "zone": "the time zone that its configuration declares",
            "configuration": "the path of the configuration that postlint reads",
        },
        "SELECT * FROM temp.postlint_site",
    ),
)

_TABLES = """
CREATE TEMP TABLE postlint_page (
  path TEXT, site TEXT, kind TEXT, published INTEGER, reason TEXT, url TEXT, title TEXT, date TEXT, lang TEXT,
  appears TEXT, expires TEXT, size INTEGER);
CREATE INDEX temp.postlint_page_path ON postlint_page (path);
CREATE INDEX temp.postlint_page_url ON postlint_page (url);
CREATE TEMP TABLE postlint_target (link INTEGER PRIMARY KEY, state TEXT NOT NULL, target TEXT, anchor TEXT);
CREATE TEMP TABLE postlint_finding (
  path TEXT, line INTEGER, "column" INTEGER, end_line INTEGER, end_column INTEGER, rule TEXT, severity TEXT,
  message TEXT, consequence TEXT, fix TEXT, safety TEXT);
CREATE TEMP TABLE postlint_suppression (
  path TEXT, line INTEGER, "column" INTEGER, kind TEXT, rule TEXT, first_line INTEGER, last_line INTEGER, reason TEXT);
CREATE TEMP TABLE postlint_site (root TEXT, generator TEXT, zone TEXT, configuration TEXT)
"""


def create_views() -> Iterable[str]:
    """The statements that make the views and the tables behind them, on a connection that has the index."""
    yield from _TABLES.split(";\n")
    for view in VIEWS:
        columns = ", ".join(f'"{name}"' for name in view.columns)
        yield f"CREATE TEMP VIEW {view.name} ({columns}) AS {view.select}"


def empty_database() -> sqlite3.Connection:
    """The views over nothing: what a question is held against before anything is read."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for name, arguments in FUNCTIONS.items():
        connection.create_function(name, arguments, lambda *_: None, deterministic=True)
    for statement in (*STATEMENTS, *create_views()):
        connection.execute(statement)
    return connection
