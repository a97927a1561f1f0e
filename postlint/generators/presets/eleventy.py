"""What Eleventy makes of a file. Measured with Eleventy 3.1.8, gray-matter 4 and js-yaml 4.3 on Node 20.

Sources: ``src/Template.js`` (permalinks, dates), ``TemplatePermalink.js``, ``TemplateFileSlug.js``,
``EleventyFiles.js`` (what is left out), ``Data/TemplateData.js`` (the data files that count, tags).

Eleventy's configuration, JavaScript data files and layouts may give any page any address. Where one of them speaks of
``permalink`` or computed data, the address is unknown unless the page's own front matter gives it as plain text.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from postlint.document import Document, Profile
from postlint.generators.base import DateOutcome, DateReading, Fate, Hidden, Kind, TermUse
from postlint.generators.hexo.values import Stamp, doubled, js_value
from postlint.generators.loading import SiteOptions
from postlint.generators.plain import Plain, scalar_text
from postlint.generators.presets.scripts import Script
from postlint.parse.dialect import Dialect
from postlint.parse.front_matter import Entry
from postlint.regex import regex

__all__ = ["Data", "Eleventy", "EleventyOptions", "load"]

CONFIG_NAMES = (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs")
_STOPS = "Eleventy stops: nothing at all is built"
_SUFFIXES = (".md", ".html")
_TEMPLATES = regex(r"\{\{|\{%")
_DAY = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RELATIVE_DATES = frozenset({"git last modified", "last modified", "git created", "created"})
_DATA_FILE = regex(r"(.+?)(?:\.11tydata)?\.json|(.+)\.11tydata\.(?:js|cjs|mjs)")
_MOST_BYTES = 256 * 1024
_DECIDES = ("permalink", "eleventycomputed", "dynamicpermalink", "addurltransform", "pagination")
_MAKES_IDS = (
    "anchor",
    "idattribute",
    "heading",
    "slug",
    "setlibrary",
    "amendlibrary",
    "addtransform",
    "cheerio",
    "toc",
)


class Data(NamedTuple):
    """What a data file gives the pages below a folder, or one page.

    Attributes:
        scope: relative to the site's folder: a folder ending in "/" ("" for the input folder itself), or a page's path
            without its suffix.
        values: what JSON gives.
        opaque: it is a program that speaks of addresses.
    """

    scope: str
    values: tuple[tuple[str, Any], ...] = ()
    opaque: bool = False


@dataclass(frozen=True, slots=True)
class EleventyOptions:
    """
    Attributes:
        baseurl: ``pathPrefix``.
        source: the input folder, "" or ending in "/"; None where it is not to be told.
        output, includes, layouts, data: folders below the site's, each ending in "/".
        ignored: patterns of ``.eleventyignore``.
        beside: data files, the narrowest scope first.
        opaque: the configuration or a layout decides addresses.
        drafts: something speaks of drafts, so that ``draft: true`` means what it says.
    """

    baseurl: str = ""
    source: str | None = ""
    output: str = "_site/"
    includes: str = "_includes/"
    layouts: str = ""
    data: str = "_data/"
    ignored: tuple[str, ...] = ()
    beside: tuple[Data, ...] = ()
    opaque: bool = False
    drafts: bool = False


def load(folder: Path, shown: str) -> SiteOptions:
    script = Script.read(folder, CONFIG_NAMES)
    package = Script.read(folder, ("package.json",))
    source = _folder(script, "input", "setInputDirectory")
    if "--input" in package.text:
        source = None
    below = source or ""
    includes = _folder(script, "includes", "setIncludesDirectory", "_includes")
    layouts = _folder(script, "layouts", "setLayoutsDirectory")
    data = _folder(script, "data", "setDataDirectory", "_data")
    output = _folder(script, "output", "setOutputDirectory", "_site")
    parts = [below + part for part in (includes, layouts) if part]
    beside: list[Data] = []
    drafts = script.mentions("draft")
    opaque = script.mentions(*_DECIDES) or None in (source, includes, data)
    for path, text in _read_below(folder, below, output or "_site/"):
        if any(path.startswith(part) for part in parts):
            opaque = opaque or re.search(r"^[\"']?(?:permalink|eleventyComputed|pagination)\b", text, re.M) is not None
            continue
        if data and path.startswith(below + data):
            stem = path[len(below + data) :].partition(".")[0]
            opaque = opaque or stem.lower() in _DECIDES or "eleventycomputed" in text.lower()
            drafts = drafts or "draft" in text or "draft" in stem
            continue
        made = _data(path, text, below)
        if made is not None:
            beside.append(made)
            drafts = drafts or "draft" in text
    beside.sort(key=lambda each: -len(each.scope))
    options = EleventyOptions(
        script.value("pathPrefix") or "",
        source,
        output or "_site/",
        below + includes if includes else "",
        below + layouts if layouts else "",
        below + data if data else "",
        tuple(_ignored(folder, below)),
        tuple(beside),
        opaque,
        drafts,
    )
    imports = re.search(r"(?:from|require\(|import\(?)\s*[\"']\.", script.text) is not None
    makes_ids = imports or script.mentions(*_MAKES_IDS) or package.mentions("anchor", "markdown-it", "rehype", "remark")
    engine = script.value("markdownTemplateEngine", "liquid")
    templates: Literal["liquid", "nunjucks", "none"] = "nunjucks" if engine == "njk" else "liquid"
    if engine is None and re.search(r"markdownTemplateEngine[\"']?\s*:\s*false", script.text):
        templates = "none"
    dialect = Dialect("commonmark", templates, "gray-matter", "unknown" if makes_ids else "none", written_ids=makes_ids)
    return SiteOptions(dialect, None, options)


def _folder(script: Script, key: str, setter: str, default: str = "") -> str | None:
    """A folder ending in "/", "" for the one it counts from, None where it is not to be told."""
    found = script.value(key, default)
    asked = script.value(setter, "")
    if asked != "":
        found = asked
    if found is None:
        return None
    found = os.path.normpath(found).replace(os.sep, "/") if found else "."
    if found.startswith(("..", "/")):
        return None
    return "" if found == "." else found + "/"


def _read_below(folder: Path, source: str, output: str) -> Iterator[tuple[str, str]]:
    """Paths and texts of data files and layouts."""
    top = os.fspath(folder)
    for base, folders, names in os.walk(os.path.join(top, source)):
        folders[:] = sorted(each for each in folders if each != "node_modules" and not each.startswith("."))
        below = os.path.relpath(base, top).replace(os.sep, "/")
        below = "" if below == "." else below + "/"
        if below and below.startswith(output):
            folders.clear()
            continue
        for name in sorted(names):
            in_part = "_includes" in below or "_layouts" in below or "layouts" in below or "_data" in below
            if in_part or _DATA_FILE.fullmatch(name):
                yield below + name, _text(os.path.join(base, name))


def _text(file: str) -> str:
    try:
        with open(file, "rb") as opened:
            return opened.read(_MOST_BYTES).decode("utf-8-sig", "replace")
    except OSError:
        return ""


def _data(path: str, text: str, source: str) -> Data | None:
    folder, slash, name = path.rpartition("/")
    match = _DATA_FILE.fullmatch(name)
    if match is None:
        return None
    stem = match[1] or match[2]
    own = folder.rpartition("/")[2] if folder else ""
    scopes_folder = stem == own and folder + "/" != source
    scope = folder + "/" if scopes_folder else folder + slash + stem
    if match[1] is None:
        return Data(scope, (), any(word in text.lower() for word in (*_DECIDES, "require(", "import ")))
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(loaded, dict):
        return None
    return Data(scope, tuple((str(k), _plain(v)) for k, v in loaded.items()), "eleventyComputed" in loaded)


def _plain(value: object) -> object:
    """JSON's values as such that may stand in a profile."""
    if isinstance(value, list):
        return tuple(_plain(each) for each in value)
    return value if isinstance(value, str | int | float | bool | None) else ("mapping",)


def _ignored(folder: Path, source: str) -> Iterator[str]:
    for base in dict.fromkeys(("", source)):
        for line in _text(os.fspath(folder / base / ".eleventyignore")).splitlines():
            line = line.strip().removeprefix("./")
            if line and line[0] not in "#!":
                yield "/" + base + line.lstrip("/") if not line.startswith("**/") else line


_ABSENT: Any = object()
_UNKNOWN: Any = object()


class Eleventy(Plain):
    name = "eleventy"
    title = "Eleventy"
    knows_addresses = False

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.options = profile.options if isinstance(profile.options, EleventyOptions) else EleventyOptions()
        root = profile.site_root
        self._source = root + (self.options.source or "")
        parts = (self.options.includes, self.options.layouts)
        self.template_folders = tuple(root + part for part in parts if part)
        none = (self.options.output, self.options.data)
        self._none = tuple(root + part for part in none if part) + self.template_folders
        self._ignored = _matcher(self.options.ignored)

    def kind(self, path: str) -> Kind:
        if not path.startswith(self._source) or path.startswith(self._none) or "node_modules/" in path:
            return Kind.NONE
        return Kind.PAGE if path.lower().endswith(_SUFFIXES) else Kind.STATIC

    def is_template(self, path: str) -> bool:
        return path.startswith(self.template_folders)

    def hidden(self, path: str) -> Hidden | None:
        return Hidden.EXCLUDED if self._ignored(path[len(self.profile.site_root) :]) else None

    def static_url(self, path: str) -> str:
        return ""  # it copies what its configuration tells it to

    def fate(self, doc: Document) -> Fate:
        if self.kind(doc.path) is not Kind.PAGE:
            return Fate(False, Hidden.NOT_OUTPUT)
        if self.hidden(doc.path) is not None:
            return Fate(False, Hidden.EXCLUDED)
        front = doc.front_matter
        root = front.root
        if front.error is not None or (root is not None and doubled(root)):
            return Fate(False, Hidden.ABORTS)
        url, reason = self._address(doc)
        date, stops = self._date(doc)
        tags = front.get("tags")
        draft = front.get("draft")
        if stops or (tags is not None and tags.node.kind == "mapping"):
            reason = Hidden.ABORTS
        elif self.options.drafts and draft is not None and draft.node.value is True:
            reason = Hidden.DRAFT
        entry = front.get("title")
        title = scalar_text(entry) if entry is not None else self._given(doc, "title")
        title = title if isinstance(title, str) else ""
        return Fate(reason is None, reason, url, title, date, self.terms(doc))

    # Addresses -----------------------------------------------------------------------------------------------

    def _given(self, doc: Document, key: str) -> Any:
        """What the data files say of ``key`` for this page, as far as they can be read."""
        path = doc.site_path
        stem = path.rpartition(".")[0]
        for each in self.options.beside:
            if path.startswith(each.scope) if each.scope.endswith("/") else stem == each.scope:
                if each.opaque:
                    return _UNKNOWN
                for name, value in each.values:
                    if name == key:
                        return value
        return _UNKNOWN if self.options.opaque and key == "permalink" else _ABSENT

    def _address(self, doc: Document) -> tuple[str, Hidden | None]:
        front = doc.front_matter
        entry = front.get("permalink")
        if front.get("eleventyComputed") is not None:
            return "", None
        if self.options.source is None:
            return "", None
        link: Any = self._given(doc, "permalink")
        if entry is not None:
            if entry.node.kind != "scalar":
                return "", None  # a mapping: `build` and the like
            link = js_value(entry.node)
            link = _ABSENT if link is None else link
        if link is _UNKNOWN:
            return "", None
        if link is False:
            return "", Hidden.NOT_OUTPUT
        if link is True or (link is not _ABSENT and not isinstance(link, str | int | float)):
            return "", Hidden.ABORTS
        if link is _ABSENT or not link:
            return self._default(doc.path), None
        if not isinstance(link, str):
            return "", Hidden.ABORTS
        if (self.profile.dialect.templates != "none" or doc.is_html) and _TEMPLATES.search(link):
            return "", None
        link = "/" + re.sub("//+", "/", link).removeprefix("./").lstrip("/")
        if not link.endswith("/") and "." not in link.rpartition("/")[2]:
            return "", Hidden.ABORTS
        return link.removesuffix("index.html") if link.endswith("/index.html") else link, None

    def _default(self, path: str) -> str:
        folder, _, name = path[len(self._source) :].rpartition("/")
        stem = name.removesuffix(".md").removesuffix(".html")
        base = f"/{folder}/" if folder else "/"
        return base if stem == "index" or stem == folder.rpartition("/")[2] else f"{base}{stem}/"

    # Dates and terms -----------------------------------------------------------------------------------------

    def _date(self, doc: Document) -> tuple[dt.datetime | None, bool]:
        """The date, and whether Eleventy stops at it."""
        entry = doc.front_matter.get("date")
        if entry is not None and js_value(entry.node) not in (None, "", False, 0):
            reading = self.read_date(doc, entry)
            return reading.instant, reading.effect == _STOPS
        given = self._given(doc, "date")
        if given is not _ABSENT:
            return (_of_text(given).instant if isinstance(given, str) else None), False
        named = self.file_name_date(doc.path)
        return (dt.datetime(named.year, named.month, named.day, tzinfo=dt.UTC) if named else None), False

    def date_keys(self, doc: Document) -> tuple[str, ...]:
        return ("date",) if self.kind(doc.path) is Kind.PAGE and "date" in doc.front_matter else ()

    def read_date(self, doc: Document, entry: Entry) -> DateReading:
        node = entry.node
        if node.kind != "scalar":
            return DateReading(None, DateOutcome.UNPARSABLE, effect=_STOPS)
        value = js_value(node)
        if value in (None, "", False, 0):
            return DateReading(None, DateOutcome.NONE)
        if isinstance(value, Stamp):
            outcome = DateOutcome.ROLLED_OVER if value.rolled else DateOutcome.READ
            effect = f"Eleventy takes {value.utc:%Y-%m-%d %H:%M} instead" if value.rolled and value.utc else ""
            source: Literal["value", "utc"] = "value" if value.offset else "utc"
            return DateReading(value.utc, outcome, source, effect, value.written, value.has_time)
        if not isinstance(value, str):
            return DateReading(None, DateOutcome.UNPARSABLE, effect=_STOPS)
        return _of_text(value)

    def file_name_date(self, path: str) -> dt.date | None:
        """The first day in the path from the site's folder on: a folder's too."""
        match = _DAY.search(path[len(self.profile.site_root) :])
        try:
            return dt.date.fromisoformat(match[0]) if match is not None else None
        except ValueError:
            return None

    def term_uses(self, doc: Document) -> Iterable[TermUse]:
        """Of the page's own tags: a text is split at its commas, blanks kept."""
        entry = doc.front_matter.get("tags")
        if entry is None:
            return
        seen: set[str] = set()
        node = entry.node
        if node.kind == "scalar" and isinstance(js_value(node), str):
            found = [(term, node.span) for term in node.text.split(",") if node.text]
        else:
            found = [(item.text, item.span) for item in node.items if item.kind == "scalar"]
        for term, span in found:
            if term not in seen:
                seen.add(term)
                yield TermUse("tags", term, span)


_ISO = regex(
    r"([0-9]{4})(?:-?([0-9]{2})(?:-?([0-9]{2}))?)?"
    r"(?:T([0-9]{2})(?::?([0-9]{2})(?::?([0-9]{2})(?:[.,][0-9]{1,30})?)?)?(Z|[-+][0-9]{2}(?::?[0-9]{2})?)?)?"
)


def _of_text(text: str) -> DateReading:
    """Luxon's ``DateTime.fromISO`` in UTC, the forms that people write."""
    if text.lower() in _RELATIVE_DATES:
        return DateReading(None, DateOutcome.NONE)
    match = _ISO.fullmatch(text)
    if match is None:
        if re.match(r"[-+]?[0-9]{4,6}-?(?:W|[0-9]{3}(?![0-9-]))", text):
            return DateReading(None, DateOutcome.NONE)  # week and ordinal dates
        return DateReading(None, DateOutcome.UNPARSABLE, effect=_STOPS)
    year, month, day, hour, minute, second = (
        int(group or fallback) for group, fallback in zip(match.groups(), "111000", strict=False)
    )
    try:
        written = dt.datetime(year, month, day, hour, minute, second)
    except ValueError:
        if (hour, minute, second) == (24, 0, 0):
            return DateReading(None, DateOutcome.NONE)
        return DateReading(None, DateOutcome.IMPOSSIBLE, effect=_STOPS)
    offset = match[7]
    minutes = 0
    if offset is not None and offset != "Z":
        digits = offset[1:].replace(":", "").ljust(4, "0")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        minutes = -minutes if offset[0] == "-" else minutes
    try:
        instant = written.replace(tzinfo=dt.UTC) - dt.timedelta(minutes=minutes)
    except OverflowError:
        return DateReading(None, DateOutcome.NONE)
    return DateReading(instant, DateOutcome.READ, "value" if offset else "utc", "", written, match[4] is not None)


def _matcher(patterns: tuple[str, ...]) -> Any:
    if not patterns:
        return lambda path: False
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns).match_file
