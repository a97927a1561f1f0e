"""Jekyll: what becomes of a file. Read in the source of 4.3.1 and compared with it in the tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from posixpath import normpath
from urllib.parse import unquote_plus

from postlint.document import Document, Profile
from postlint.generators.base import DateOutcome, DateReading, Fate, Generator, Hidden, Kind, TermUse
from postlint.generators.jekyll import dates, fields, terms
from postlint.generators.jekyll.defaults import SiteDefaults
from postlint.generators.jekyll.fields import Keys
from postlint.generators.jekyll.files import POST_NAME, Classified, Files, extension
from postlint.generators.jekyll.options import JekyllOptions, with_ending
from postlint.generators.jekyll.permalinks import Names, TemplateError, document_url, file_url, names_slug, page_url
from postlint.generators.jekyll.ruby_time import TimeError, parse_time
from postlint.generators.jekyll.scalars import is_null
from postlint.generators.jekyll.slugs import titleized
from postlint.generators.jekyll.titles import heading_title, heading_to_strip
from postlint.generators.zones import site_zone
from postlint.parse.front_matter import Entry, FrontMatter, Node
from postlint.text import Span

__all__ = ["Jekyll"]

_WHEN_READ: dict[Hidden | None, str] = {
    Hidden.DRAFT: "once this draft is published",
    Hidden.IGNORED_NAME: "once the file has a name that Jekyll takes for a post's",
}
_HTML_OUTPUT = frozenset({".html", ".xhtml", ".htm"})
_REPOSITORY_NOTES = frozenset(
    {
        "README", "LICENSE", "LICENCE", "COPYING", "CODE_OF_CONDUCT", "CONTRIBUTING", "ISSUE_TEMPLATE",
        "PULL_REQUEST_TEMPLATE",
    }
)  # fmt: skip
_CONVERTED = {".scss": ".css", ".sass": ".css", ".coffee": ".js"}


_IS_INDEX = "index"
"""What :meth:`Jekyll.surroundings` says of a README that nothing keeps from being its folder's index."""


class Jekyll(Generator):
    name = "jekyll"
    title = "Jekyll"

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.options: JekyllOptions = profile.options if isinstance(profile.options, JekyllOptions) else JekyllOptions()
        self.zone = site_zone(profile.zone)
        self._files = Files(self.options, profile.site_root)
        self._defaults = SiteDefaults(self.options.defaults, self.options.collections_dir)
        self._markdown = frozenset(self.options.markdown_ext)
        if self.options.config_file:
            self.configuration = profile.site_root + self.options.config_file
            self.settings = {setting.key: setting for setting in self.options.settings}
        self._readmes = _in_each_case("readme", self.options.markdown_ext)
        self._indexes = _in_each_case("index", (".html", ".htm", ".xhtml", ".xml", *self.options.markdown_ext))
        self.rewrites_links = self.options.relative_links
        source = profile.site_root + self.options.source
        self.template_folders = (f"{source}{self.options.layouts_dir}", f"{source}{self.options.includes_dir}")

    # Paths ---------------------------------------------------------------------------------------------------

    def classify(self, path: str) -> Classified:
        return self._files.classify(path)

    def kind(self, path: str) -> Kind:
        return self._files.classify(path).kind

    def hidden(self, path: str) -> Hidden | None:
        return self._files.classify(path).hidden

    def static_url(self, path: str) -> str:
        found = self._files.classify(path)
        if found.hidden is not None or found.kind in (Kind.NONE, Kind.POST, Kind.DRAFT):
            return ""
        return self._collection_file_url(found) if found.collection is not None else _copied(found.path)

    def makes(self, url: str) -> bool | None:
        known = self.options.machine_files
        if known is None:
            return None
        return any(url == made or (made.endswith("/") and url.startswith(made)) for made in known)

    def output_file(self, path: str, url: str) -> str:
        """An address without suffix gets one (lib/jekyll/page.rb and document.rb, ``destination``).

        What Jekyll takes for a suffix hangs on where the address comes from; digits alone (``/v1.2``) are none here.
        """
        suffix = extension(path).lower()
        html = suffix if suffix in _HTML_OUTPUT else ".html"
        if url.endswith("/"):
            return f"{url}index{html if self._files.classify(path).collection is None else '.html'}"
        own = extension(url[url.rfind("/") + 1 :])
        return url if own and not own[1:].isdigit() else url + html

    def surroundings(self, path: str, there: Callable[[str], bool]) -> str:
        """Whether the file is a README that becomes the index of its folder (jekyll-readme-index)."""
        if not self.options.readme_index or not self._is_readme(path):
            return ""
        folder = path[: path.rfind("/") + 1]
        before = (folder + name for name in self._readmes if folder + name < path)
        # The documents of a collection are no pages to the plugin.
        indexes = (folder + name for name in self._indexes) if self.classify(path).collection is None else ()
        return "" if any(there(file) and self.hidden(file) is None for file in (*before, *indexes)) else _IS_INDEX

    def _is_readme(self, path: str) -> bool:
        stem, dot, suffix = path[path.rfind("/") + 1 :].rpartition(".")
        return stem.lower() == "readme" and dot + suffix in self._markdown

    def source_link(self, path: str, address: str) -> str | None:
        """As jekyll-relative-links 0.7 does; addresses of other things than Markdown are left out of account."""
        if not address.endswith(self.options.markdown_ext) or not self.options.relative_links or ":" in address:
            return None
        found = self._files.classify(path)
        if found.kind is Kind.NONE or extension(path).lower() not in self._markdown or self.is_template(path):
            return None
        if found.collection is not None and not self.options.relative_links_in_collections:
            return None
        folder = "" if address.startswith("/") else found.path.rpartition("/")[0]
        source = normpath(f"{folder}/{unquote_plus(address)}".lstrip("/"))
        return None if source.startswith("../") else source

    def _collection_file_url(self, found: Classified) -> str:
        """A file of a collection without front matter is copied to where a document of its name would stand."""
        assert found.collection is not None
        suffix = extension(found.path[found.path.rfind("/") + 1 :])
        stem = found.below[: len(found.below) - len(suffix)].rstrip(".")
        return file_url(found.collection.permalink, found.collection.label, stem) + suffix

    def file_name_date(self, path: str) -> dt.date | None:
        match = POST_NAME.fullmatch(path[path.rfind("/") + 1 :])
        if match is None:
            return None
        try:
            return parse_time(match["date"], dt.UTC).instant.date()
        except TimeError:
            return None

    def renders(self, doc: Document) -> bool:
        found = self._files.classify(doc.path)
        if found.kind in (Kind.POST, Kind.DRAFT):
            return True
        return found.kind is Kind.PAGE and (
            doc.surroundings == _IS_INDEX or self._optional(doc, found) or self._has_header(doc)
        )

    # Dates ---------------------------------------------------------------------------------------------------

    def date_keys(self, doc: Document) -> tuple[str, ...]:
        found = self._files.classify(doc.path)
        return ("date",) if found.collection is not None and found.kind is not Kind.NONE else ()

    def read_date(self, doc: Document, entry: Entry) -> DateReading:
        reading = dates.read(entry.node, self.profile.zone)
        if reading.effect:
            # Jekyll reads no date in a file that it leaves out; but it will.
            when = _WHEN_READ.get(self._files.classify(doc.path).hidden)
            if when is not None:
                return reading._replace(effect=f"{when}, {reading.effect}")
        return reading

    # Terms ---------------------------------------------------------------------------------------------------

    def term_uses(self, doc: Document) -> Iterable[TermUse]:
        # Pages have no terms to Jekyll itself; but themes look at what stands there as at a post's.
        keys = fields.keys_of(doc.front_matter)
        return [*terms.category_uses(keys, doc.content), *terms.tag_uses(keys, doc.content)]

    # Fate ----------------------------------------------------------------------------------------------------

    def fate(self, doc: Document) -> Fate:
        found = self._files.classify(doc.path)
        fate = self._fate(doc, found)
        if fate.reason is Hidden.ABORTS and found.hidden not in (None, Hidden.NOT_OUTPUT):
            # What Jekyll leaves out by its path it never reads, so it does not stop at it; but collections that have no
            # pages are read.
            return Fate(False, found.hidden)
        return fate

    def _fate(self, doc: Document, found: Classified) -> Fate:
        if found.kind is Kind.NONE or found.hidden is Hidden.IGNORED_NAME:
            return Fate(False, found.hidden or Hidden.NOT_OUTPUT)
        if found.kind in (Kind.POST, Kind.DRAFT):
            if found.hidden is None and doc.text.undecodable:
                return Fate(False, Hidden.ABORTS if self.options.strict_front_matter else Hidden.UNREADABLE)
            return self._document(doc, found)
        if not self._has_header(doc):
            if doc.surroundings == _IS_INDEX:
                return self._readme(doc, found)
            if self._optional(doc, found):
                return self._page(doc, found)
            # Without front matter it is copied, byte for byte.
            url = self._collection_file_url(found) if found.collection is not None else _copied(found.path)
            label = "" if found.collection is None else found.collection.label
            shown = self._defaults.of(url[1:], label).get("published", True)
            reason = found.hidden or (Hidden.UNPUBLISHED if shown in (False, None) else None)
            return Fate(reason is None, reason, url)
        if doc.text.undecodable and (doc.suffix in self._markdown or "{%" in doc.content or "{{" in doc.content):
            # Only posts are looked over for this; here the build fails when the page is rendered.
            return Fate(False, Hidden.ABORTS)
        if found.collection is not None:
            return self._document(doc, found)
        return self._page(doc, found)

    def _optional(self, doc: Document, found: Classified) -> bool:
        """jekyll-optional-front-matter makes a page of the file: Markdown that is not a repository's own note."""
        if not self.options.optional_front_matter or doc.suffix.lower() not in self._markdown or found.collection:
            return False
        name = found.path[found.path.rfind("/") + 1 :]
        return name[: len(name) - len(extension(name))].upper() not in _REPOSITORY_NOTES or self._files.included(
            found.path
        )

    @staticmethod
    def _has_header(doc: Document) -> bool:
        """Pages are told from copies by their first line alone, read as bytes: a byte order mark makes it another."""
        if doc.text.bom or not doc.content.startswith("---"):
            return False
        line, newline, _ = doc.content.partition("\n")
        return bool(newline) and not line[3:].strip(" \t\r\f\v")

    def _document(self, doc: Document, found: Classified) -> Fate:
        collection = found.collection
        assert collection is not None
        front = doc.front_matter
        keys = fields.keys_of(front)
        broken = (
            bool(doc.text.undecodable)
            or _fails(front)
            or (front.root is not None and not _says_nothing(front.root) and front.root.kind != "mapping")
            or terms.unusable_categories(keys)
        )
        # A draft is not even read, so it cannot stop anything; a collection without pages is.
        stops = Fate(False, Hidden.DRAFT if found.hidden is Hidden.DRAFT else Hidden.ABORTS)
        if broken and self.options.strict_front_matter:
            return stops
        path = found.path
        name = path[path.rfind("/") + 1 :]
        suffix = extension(name)
        basename = name[: len(name) - len(suffix)]
        defaults = self._defaults.of(path, collection.label)
        special = "_drafts" if found.kind is Kind.DRAFT else f"_{collection.label}"
        folders = terms.folder_categories(path[: len(path) - len(name)], special)
        if broken:
            return self._broken(doc, found, defaults, folders, basename, suffix)

        match = found.name or POST_NAME.fullmatch(path)
        slug = match["slug"] if match is not None else basename
        slug = slug.rstrip(".")
        date, aborts = self._date(keys, defaults, match["date"] if match is not None else "")
        if aborts:
            return stops

        category_uses, tag_uses = terms.category_uses(keys, doc.content), terms.tag_uses(keys, doc.content)
        categories = terms.categories(
            folders,
            defaults.get("categories"),
            None if "category" in keys else defaults.get("category"),
            category_uses,
        )
        written = bool(tag_uses) or fields.given(keys, "tag") or fields.given(keys, "tags")
        tags = terms.tags(defaults.get("tags"), defaults.get("tag"), tag_uses, written=written)

        own_slug = fields.either(keys, defaults, "slug")
        slug_stops = not fields.is_text(keys, "slug")
        title = fields.title(keys, defaults)
        permalink = fields.either(keys, defaults, "permalink")
        names = Names(
            collection.label,
            path[: len(path) - len(suffix)],
            basename,
            slug if own_slug is None else own_slug,
            categories,
            self._output_ext(suffix, permalink),
            date,
        )
        reason = found.hidden or (Hidden.UNPUBLISHED if self._unpublished(keys, defaults) else None)
        template = collection.permalink if permalink is None else permalink
        try:
            if not fields.is_text(keys, "permalink") or (slug_stops and names_slug(template)):
                raise TemplateError(template)
            url = document_url(template, names)
        except TemplateError:
            return Fate(False, reason or Hidden.ABORTS, date=date)  # nobody asks what is not written for its address
        return Fate(
            reason is None,
            reason,
            url,
            self._document_title(doc, titleized(slug) if title is None else title),
            date,
            {"categories": categories, "tags": tags} if categories or tags else {},
            fields.redirects(keys) if self.options.redirects else (),
            fields.either(keys, defaults, "lang") or "",
            None if self.options.future else date,
        )

    def _broken(
        self,
        doc: Document,
        found: Classified,
        defaults: dict[str, object],
        folders: tuple[str, ...],
        basename: str,
        suffix: str,
    ) -> Fate:
        """Front matter that does not load: the post is built without it, dated to the build, under its whole name."""
        collection = found.collection
        assert collection is not None
        categories = terms.categories(folders, defaults.get("categories"), None, [])
        tags = terms.words(defaults.get("tags"), split=False)
        default_date = defaults.get("date")
        date = None if default_date is None else fields.default_date(default_date, self.zone)
        permalink = fields.default_text(defaults, "permalink")
        names = Names(
            collection.label,
            found.path[: len(found.path) - len(suffix)],
            basename,
            fields.default_text(defaults, "slug"),
            categories,
            self._output_ext(suffix, permalink),
            date,
        )
        reason = found.hidden
        if reason is None and not self.options.unpublished and defaults.get("published", True) in (False, None):
            reason = Hidden.UNPUBLISHED
        try:
            url = document_url(collection.permalink if permalink is None else permalink, names)
        except TemplateError:
            return Fate(False, reason or Hidden.ABORTS)
        title = self._document_title(doc, fields.default_text(defaults, "title") or "")
        found_terms = {"categories": categories, "tags": tags} if categories or tags else {}
        appears = None if self.options.future else date
        return Fate(reason is None, reason, url, title, date, found_terms, appears=appears)

    def _page(self, doc: Document, found: Classified) -> Fate:
        front = doc.front_matter
        keys = fields.keys_of(front)
        broken = bool(doc.text.undecodable) or _fails(front)
        if broken and self.options.strict_front_matter:
            return Fate(False, Hidden.ABORTS)
        if front.root is not None and not _says_nothing(front.root) and front.root.kind != "mapping":
            return Fate(False, Hidden.ABORTS)
        path = found.path
        at = path.rfind("/") + 1
        name = path[at:]
        suffix = extension(name)
        basename = name[: len(name) - len(suffix)].rstrip(".")
        defaults = self._defaults.of(path, "pages")
        if broken:
            keys = {}
        # The site's defaults hide no page: Jekyll asks the page's own front matter alone for this.
        reason = Hidden.UNPUBLISHED if self._unpublished(keys, {}) else None
        if fields.text(keys, "permalink") == "":
            return Fate(False, Hidden.ABORTS)
        if not fields.is_text(keys, "permalink"):
            return Fate(False, reason or Hidden.ABORTS)
        permalink = fields.either(keys, defaults, "permalink")
        output_ext = self._output_ext(suffix, permalink)
        if permalink is not None:
            template = permalink
        elif output_ext not in _HTML_OUTPUT:
            template = "/:path/:basename:output_ext"
        elif basename == "index":
            template = "/:path/"
        else:
            template = with_ending("/:path/:basename", self.options.permalink)
        url = page_url(template, "/" + path[:at] if at else "", basename, output_ext)
        if doc.surroundings == _IS_INDEX and self.options.readme_with_front_matter:
            url = _folder_of(url)
        return Fate(
            reason is None,
            reason,
            url,
            self._page_title(keys, defaults) or self._heading_title(doc, keys, defaults),
            None,
            self._page_terms(doc),
            fields.redirects(keys) if self.options.redirects else (),
            fields.either(keys, defaults, "lang") or "",
        )

    def _readme(self, doc: Document, found: Classified) -> Fate:
        """The index of its folder; where it is a page of its own name too, that is another address of it."""
        fate = self._page(doc, found)
        aliases = (fate.url,) if self._optional(doc, found) else ()
        copied = _copied(found.path) if found.collection is None else self._collection_file_url(found)
        return fate._replace(url=_folder_of(copied), aliases=aliases) if fate.published else fate

    def _heading_title(self, doc: Document, keys: Keys, defaults: dict[str, object]) -> str:
        """jekyll-titles-from-headings: the heading that a page without title begins with."""
        if not self.options.titles_from_headings or doc.suffix not in self._markdown:
            return ""
        return "" if _titled(keys, defaults) else heading_title(doc) or ""

    def _document_title(self, doc: Document, otherwise: str) -> str:
        """With ``collections: true`` a heading wins even over a title that is written down."""
        if not self.options.titles_in_collections or doc.suffix not in self._markdown:
            return otherwise
        heading = heading_title(doc)
        return otherwise if heading is None else heading

    def removed(self, doc: Document) -> Span | None:
        """``strip_title`` of jekyll-titles-from-headings takes the heading out that has become the title."""
        options = self.options
        if not options.titles_from_headings or doc.suffix not in self._markdown or not self.renders(doc):
            return None
        own = doc.front_matter.get("strip_title")
        if own.value is not True if own is not None else not options.strip_title:
            return None
        found = self._files.classify(doc.path)
        if found.collection is None:
            titled = _titled(fields.keys_of(doc.front_matter), self._defaults.of(found.path, "pages"))
        else:
            titled = not options.titles_in_collections
        return None if titled else heading_to_strip(doc)

    @staticmethod
    def _page_title(keys: Keys, defaults: dict[str, object]) -> str:
        """As templates get it: ``title: false`` is printed, ``title:`` lets the defaults speak."""
        entry = keys.get("title")
        if entry is not None and not entry.node.quoted and entry.value is False:
            return "false"
        return fields.title(keys, defaults) or ""

    def _page_terms(self, doc: Document) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for use in self.term_uses(doc):
            found[use.taxonomy] = (*found.get(use.taxonomy, ()), use.term)
        return found

    def _date(self, keys: Keys, defaults: dict[str, object], in_name: str) -> tuple[dt.datetime | None, bool]:
        """The date that counts, and whether Jekyll stops at it."""
        entry = keys.get("date")
        if entry is not None and (entry.node.quoted or not is_null(entry.node.text) or entry.node.kind != "scalar"):
            reading = dates.read(entry.node, self.profile.zone)
            if reading.outcome in (DateOutcome.UNPARSABLE, DateOutcome.IMPOSSIBLE):
                return None, True
            return reading.instant, False
        default = defaults.get("date")
        if default is not None:
            return fields.default_date(default, self.zone), False
        if entry is not None:
            return None, True
        if not in_name:
            return None, False
        try:
            return parse_time(in_name, self.zone).instant, False
        except TimeError:
            return None, True

    def _unpublished(self, keys: Keys, defaults: dict[str, object]) -> bool:
        if self.options.unpublished:
            return False
        entry = keys.get("published")
        if entry is None or (entry.node.kind == "scalar" and not entry.node.quoted and is_null(entry.node.text)):
            # ``published:`` with nothing after it hides a page too, unless the defaults say something.
            return (entry is not None and "published" not in defaults) or defaults.get("published", True) in (
                False,
                None,
            )
        return entry.node.kind == "scalar" and not entry.node.quoted and entry.node.value is False

    def _output_ext(self, suffix: str, permalink: str | None) -> str:
        if permalink and not permalink.endswith("/"):
            own = extension(permalink[permalink.rfind("/") + 1 :])
            if own:
                return own
        lower = suffix.lower()
        return ".html" if lower in self._markdown else _CONVERTED.get(lower, suffix)


def _titled(keys: Keys, defaults: Mapping[str, object]) -> bool:
    return fields.given(keys, "title") or defaults.get("title") is not None


def _fails(front: FrontMatter) -> bool:
    """It does not load. (Ruby's loader stops after the first document, and minds no error behind it.)"""
    return front.present and front.error is not None and front.root is None


def _says_nothing(root: Node) -> bool:
    """``null`` or ``false`` for the whole front matter: to Jekyll as good as empty."""
    return root.kind == "scalar" and not root.quoted and (root.value is False or is_null(root.text))


def _folder_of(url: str) -> str:
    return url[: url.rstrip("/").rfind("/") + 1]


def _in_each_case(stem: str, suffixes: Iterable[str]) -> tuple[str, ...]:
    """The usual ways of writing a name whose case does not matter."""
    return tuple(name + suffix for name in (stem, stem.capitalize(), stem.upper()) for suffix in suffixes)


def _copied(path: str) -> str:
    """Where a file is copied to: dots at the end of its name, before the suffix, are lost."""
    suffix = extension(path[path.rfind("/") + 1 :])
    return "/" + path[: len(path) - len(suffix)].rstrip(".") + suffix
