"""What Docusaurus makes of a file. Measured with Docusaurus 3.10.2 (``preset-classic``) on Node 20.

Sources: ``plugin-content-docs/lib/docs.js``, ``slug.js`` and ``numberPrefix.js``,
``plugin-content-blog/lib/blogUtils.js``, ``plugin-content-pages``, ``utils/lib/markdownUtils.js`` (front matter,
titles, heading ids).

A table of settings per plugin: where its files lie, where its pages stand, what of a file's name counts. What a plugin
is told by more than plain values has no address here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath, splitext
from typing import Literal, NamedTuple
from urllib.parse import unquote

from postlint.document import Document, Profile
from postlint.generators.base import DateOutcome, DateReading, Fate, Hidden, Kind, TermUse
from postlint.generators.hexo.values import doubled
from postlint.generators.loading import SiteOptions
from postlint.generators.plain import Plain, scalar_text
from postlint.generators.presets.scripts import Script, config_names
from postlint.parse.dialect import Dialect
from postlint.parse.front_matter import Entry
from postlint.parse.headings import heading_text
from postlint.regex import regex

__all__ = ["Area", "Docusaurus", "DocusaurusOptions", "load"]

CONFIG_NAMES = config_names("docusaurus.config")
_SUFFIXES = (".md", ".mdx")
_VERSIONS = ("numberprefixparser", "lastversion", "includecurrentversion", "versions:", "onlyincludeversions")
_PREFIX = regex(r"(?![0-9]+[-_.][0-9]+)[0-9]+\s*[-_.]+\s*([^-_.\s].*)")
_DATED = regex(
    r"(?P<folder>.*)(?P<date>[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2})[-/]?(?P<text>.*?)(?:/index)?\.mdx?", re.DOTALL
)
_TEST = regex(r"(?:^|/)__tests__/|\.test\.mdx?$")


class Area(NamedTuple):
    """What one plugin reads.

    Attributes:
        folder: below the site's folder, ending in "/".
        url: where its pages stand, "" for the site's root; None where that is not to be told.
        kind: what decides their addresses.
    """

    folder: str
    url: str | None
    kind: Literal["docs", "blog", "pages"]


@dataclass(frozen=True, slots=True)
class DocusaurusOptions:
    """
    Attributes:
        url, baseurl: as in the configuration.
        areas: the narrowest folder first.
        static: folders whose files go to the site's root, each ending in "/".
        slash: pages' addresses end in a slash (``trailingSlash``).
        lenient: a link to a page that is not there does not end the build.
    """

    url: str = ""
    baseurl: str = ""
    areas: tuple[Area, ...] = (
        Area("src/pages/", "", "pages"),
        Area("docs/", "/docs", "docs"),
        Area("blog/", "/blog", "blog"),
    )
    static: tuple[str, ...] = ("static/",)
    slash: bool = False
    lenient: bool = False


def load(folder: Path, shown: str) -> SiteOptions:
    script = Script.read(folder, CONFIG_NAMES)
    versions = (folder / "versions.json").is_file() or script.mentions(*_VERSIONS)
    areas = [Area("src/pages/", "", "pages")]
    for kind in ("docs", "blog"):
        area = _area(script, kind, versions)
        if area is not None:
            areas.append(area)
    taken = {area.folder for area in areas}
    for path in script.values("path"):
        further = normpath(path) + "/"
        if further not in taken and not further.startswith((".", "/")) and (folder / further).is_dir():
            areas.append(Area(further, None, "docs"))
    areas += [Area(each, None, "docs") for each in ("versioned_docs/", "i18n/")]
    areas.sort(key=lambda area: -len(area.folder))
    static = ("static/",) if not script.mentions("staticDirectories") else ()
    options = DocusaurusOptions(
        script.value("url") or "",
        script.value("baseUrl") or "",
        tuple(areas),
        static,
        re.search(r"\btrailingSlash\s*:\s*true\b", script.text) is not None,
        script.value("onBrokenLinks", "throw") != "throw",
    )
    plain = re.search(r"\bformat\s*:\s*[\"'](?:md|detect)[\"']", script.text) is not None
    return SiteOptions(Dialect("commonmark", "none" if plain else "mdx", "gray-matter", "github"), None, options)


def _area(script: Script, kind: Literal["docs", "blog"], versions: bool) -> Area | None:
    inside = script.inside(kind)
    if re.search(rf"\b{kind}\s*:\s*false\b", script.text) and not inside.text:
        return None
    folder = inside.value("path", kind)
    base = inside.value("routeBasePath", kind)
    several = script.mentions(f"plugin-content-{kind}")
    if folder is None:
        return None
    url = None if base is None or several or (versions and kind == "docs") else "/" + base.strip("/")
    return Area(normpath(folder).removeprefix("./") + "/", "" if url == "/" else url, kind)


class Docusaurus(Plain):
    name = "docusaurus"
    title = "Docusaurus"
    knows_addresses = False
    rewrites_links = True

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.options = profile.options if isinstance(profile.options, DocusaurusOptions) else DocusaurusOptions()

    def _area(self, path: str) -> Area | None:
        site_path = path[len(self.profile.site_root) :]
        return next((area for area in self.options.areas if site_path.startswith(area.folder)), None)

    def _source(self, path: str, area: Area) -> str:
        return path[len(self.profile.site_root) + len(area.folder) :]

    def kind(self, path: str) -> Kind:
        if not path.startswith(self.profile.site_root):
            return Kind.NONE
        area = self._area(path)
        if area is not None and path.endswith(_SUFFIXES):
            return Kind.POST if area.kind == "blog" else Kind.PAGE
        return Kind.STATIC if self.static_url(path) else Kind.NONE

    def hidden(self, path: str) -> Hidden | None:
        area = self._area(path)
        if area is None or self.kind(path) is Kind.NONE:
            return None
        source = self._source(path, area)
        if source.startswith("_") or "/_" in source:
            return Hidden.SPECIAL_NAME
        return Hidden.EXCLUDED if _TEST.search(source) else None

    def is_template(self, path: str) -> bool:
        """Partials: other files import them."""
        return path.endswith(_SUFFIXES) and self.hidden(path) is Hidden.SPECIAL_NAME

    def static_url(self, path: str) -> str:
        site_path = path[len(self.profile.site_root) :]
        for folder in self.options.static:
            if site_path.startswith(folder):
                return site_path[len(folder) - 1 :]
        return ""

    def fate(self, doc: Document) -> Fate:
        area = self._area(doc.path)
        if area is None or self.kind(doc.path) not in (Kind.POST, Kind.PAGE):
            return Fate(False, Hidden.NOT_OUTPUT)
        reason = self.hidden(doc.path)
        if reason is not None:
            return Fate(False, reason)
        front = doc.front_matter
        if front.error is not None or (front.root is not None and doubled(front.root)):
            return Fate(False, Hidden.ABORTS)
        draft = front.get("draft")
        if draft is not None and draft.node.value is True:
            reason = Hidden.DRAFT
        date = front.get("date") if area.kind == "blog" else None
        named = self.file_name_date(doc.path)
        instant = dt.datetime(named.year, named.month, named.day, tzinfo=dt.UTC) if named is not None else None
        if date is not None and date.node.text:
            instant = self.read_date(doc, date).instant
        return Fate(reason is None, reason, self._url(doc, area), self._title(doc, area), instant, self.terms(doc))

    # Addresses -----------------------------------------------------------------------------------------------

    def _url(self, doc: Document, area: Area) -> str:
        if area.url is None:
            return ""
        source = self._source(doc.path, area)
        front = doc.front_matter
        entry = front.get("slug")
        slug = scalar_text(entry) if entry is not None else ""
        match area.kind:
            case "docs":
                rest = _doc_slug(source, slug, _id_of(doc, source))
            case "blog":
                rest = slug or _blog_name(source)[0]
            case _:
                stem = splitext(source)[0]
                rest = (
                    slug or ("/" + stem).removesuffix("index") if stem.rpartition("/")[2] == "index" else slug or stem
                )
        url = re.sub("//+", "/", f"{area.url}/{rest}")
        url = url.rstrip("/") if not self.options.slash and not rest.endswith("/") else url
        return (url if url.endswith("/") or not self.options.slash else url + "/") or "/"

    def _title(self, doc: Document, area: Area) -> str:
        entry = doc.front_matter.get("title")
        if entry is not None:
            return scalar_text(entry)
        first = next(iter(doc.outline.headings), None)
        if first is not None and first.level == 1 and not doc.masked.content[doc.body.start : first.span.start].strip():
            source = re.sub(r"\s*\{#[^{}]*\}\s*$", "", doc.content[slice(*first.text)])
            return "".join(run for run, _ in heading_text(source).runs).strip()
        source = self._source(doc.path, area)
        if area.kind == "blog":
            return _blog_name(source)[1]
        return _id_of(doc, source) if area.kind == "docs" else ""

    # Front matter --------------------------------------------------------------------------------------------

    def date_keys(self, doc: Document) -> tuple[str, ...]:
        return ("date",) if self.kind(doc.path) is Kind.POST and "date" in doc.front_matter else ()

    def read_date(self, doc: Document, entry: Entry) -> DateReading:
        """A text is read with a ``Z`` put behind it, so one with an offset of its own is another matter."""
        reading = super().read_date(doc, entry)
        if entry.node.quoted and reading.zone_from == "value":
            return DateReading(None, DateOutcome.NONE)
        return reading

    def file_name_date(self, path: str) -> dt.date | None:
        area = self._area(path)
        if area is None or area.kind != "blog":
            return None
        match = _DATED.fullmatch(self._source(path, area))
        if match is None:
            return None
        try:
            return dt.date(*map(int, re.split("[-/]", match["date"])))
        except ValueError:
            return None

    def taxonomy_keys(self) -> tuple[tuple[str, str], ...]:
        return (("tags", ""),)

    def term_uses(self, doc: Document) -> Iterator[TermUse]:
        """Tags are texts, or mappings with a ``label``; a text in place of the list is refused."""
        entry = doc.front_matter.get("tags")
        for node in entry.node.items if entry is not None else ():
            named = node
            if node.kind == "mapping":
                named = next((each.node for each in node.entries if each.key == "label"), node)
            if named.kind == "scalar" and named.text:
                yield TermUse("tags", named.text, named.span)

    # Links ---------------------------------------------------------------------------------------------------

    def source_link(self, path: str, address: str) -> str | None:
        address = unquote(address.partition("?")[0])
        if not address.endswith(_SUFFIXES) or address.startswith(("/", "@")) or ":" in address:
            return None
        return normpath(f"{path[len(self.profile.site_root) :].rpartition('/')[0]}/{address}")


def _id_of(doc: Document, source: str) -> str:
    entry = doc.front_matter.get("id")
    own = scalar_text(entry) if entry is not None else ""
    return own or _without_prefix(splitext(source.rpartition("/")[2])[0])


def _without_prefix(name: str) -> str:
    match = _PREFIX.fullmatch(name)
    return match[1] if match is not None else name


def _doc_slug(source: str, slug: str, id_: str) -> str:
    if slug.startswith("/"):
        return slug
    folder, _, name = source.rpartition("/")
    stem = splitext(name)[0].lower()
    base = "/".join(_without_prefix(part) for part in folder.split("/"))
    base = f"/{base}/" if base else "/"
    if not slug and stem in ("index", "readme", folder.rpartition("/")[2].lower()):
        return base
    joined = normpath(base + (slug or id_))
    return joined + "/" if slug.endswith("/") else joined


def _blog_name(source: str) -> tuple[str, str]:
    """The address and the title that a post's name gives it."""
    match = _DATED.fullmatch(source)
    if match is None:
        text = re.sub(r"(?:/index)?\.mdx?$", "", source)
        return f"/{text}", text
    return f"/{match['date'].replace('-', '/')}/{match['folder']}{match['text']}", match["text"]
