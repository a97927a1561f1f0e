"""The tables of the index; ``docs/index-schema.md`` explains them to those who want to ask questions of their own."""

from __future__ import annotations

__all__ = ["APPLICATION_ID", "BULK_TABLES", "INDEXES", "NTH_BITS", "STATEMENTS", "VERSION"]

APPLICATION_ID = 0x706F7374
"""``post``: says that a SQLite file is ours."""

VERSION = 5
"""Raised with every change of the tables; an index of another version is built anew."""

NTH_BITS = 24
"""The id of a link, term or fact is its document's, shifted by so many bits, plus its number in the document.

So rows are appended without an index to keep, a document's rows are one range, and its id is in each.
"""

_ID = (
    f"id INTEGER PRIMARY KEY, document INTEGER GENERATED ALWAYS AS (id >> {NTH_BITS}) VIRTUAL,"
    f" nth INTEGER GENERATED ALWAYS AS (id & {2**NTH_BITS - 1}) VIRTUAL"
)
_PLACE = '"start" INTEGER, "end" INTEGER, line INTEGER, col INTEGER, end_line INTEGER, end_col INTEGER'

STATEMENTS = tuple(
    f"""CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE memo (
  name TEXT PRIMARY KEY, generation INTEGER NOT NULL, stamp BLOB NOT NULL, since REAL NOT NULL, until REAL NOT NULL,
  data BLOB NOT NULL, seal INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE site (root TEXT PRIMARY KEY, generator TEXT NOT NULL, profile TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (
  id INTEGER PRIMARY KEY, path TEXT NOT NULL, site TEXT NOT NULL,
  mtime_ns INTEGER NOT NULL, size INTEGER NOT NULL, digest BLOB NOT NULL, key BLOB NOT NULL,
  published INTEGER NOT NULL, reason TEXT NOT NULL, url TEXT NOT NULL, url_key TEXT, title TEXT NOT NULL,
  date REAL, lang TEXT NOT NULL, appears REAL, expires REAL, open_anchors INTEGER NOT NULL,
  date_text TEXT, seal INTEGER NOT NULL);
CREATE TABLE link (
  {_ID}, "start" INTEGER NOT NULL, line INTEGER NOT NULL, col INTEGER NOT NULL,
  raw TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, url TEXT NOT NULL, url_key TEXT NOT NULL,
  fragment TEXT NOT NULL);
CREATE TABLE anchor (
  document INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (document, id)) WITHOUT ROWID;
CREATE TABLE alias ({_ID}, url TEXT NOT NULL, url_key TEXT NOT NULL);
CREATE TABLE term ({_ID}, {_PLACE}, taxonomy TEXT NOT NULL, term TEXT NOT NULL);
CREATE TABLE fact ({_ID}, {_PLACE}, rule TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL);
CREATE TABLE field ({_ID}, key TEXT NOT NULL, item INTEGER, value, type TEXT NOT NULL, line INTEGER, col INTEGER);
CREATE TABLE fielded (document INTEGER PRIMARY KEY);
CREATE TABLE outcome (
  document INTEGER PRIMARY KEY, findings BLOB NOT NULL, directives BLOB NOT NULL);
CREATE TABLE file (
  path TEXT PRIMARY KEY, site TEXT NOT NULL, url TEXT, url_key TEXT) WITHOUT ROWID;
CREATE VIEW address (site, url_key, url, path, source) AS
  SELECT site, url_key, url, path, 'page' FROM document WHERE url_key IS NOT NULL
  UNION ALL
  SELECT d.site, a.url_key, a.url, d.path, 'alias' FROM alias a JOIN document d ON d.id = a.document
  UNION ALL
  SELECT site, url_key, url, path, 'file' FROM file WHERE url_key IS NOT NULL;
CREATE VIEW page AS
  SELECT path, site, published, reason, url, title, date, lang, appears, expires FROM document""".split(";\n")
)
"""What makes an empty index, with :data:`INDEXES`. The file keeps these words, and is used only where it has them and
no others."""

INDEXES = {
    "document_path": ("document", "CREATE UNIQUE INDEX document_path ON document (path)"),
    "document_url": ("document", "CREATE INDEX document_url ON document (url_key, site) WHERE url_key IS NOT NULL"),
    "link_internal": ("link", "CREATE INDEX link_internal ON link (url_key) WHERE status = 'internal'"),
    "link_fragment": ("link", "CREATE INDEX link_fragment ON link (status) WHERE status = 'fragment'"),
    "link_source": ("link", "CREATE INDEX link_source ON link (status) WHERE status = 'source'"),
    "alias_url": ("alias", "CREATE INDEX alias_url ON alias (url_key)"),
    "file_url": ("file", "CREATE INDEX file_url ON file (url_key, site) WHERE url_key IS NOT NULL"),
}
"""Name → table and statement."""

BULK_TABLES = ("document", "link", "alias")
"""The tables of documents that have indexes."""
