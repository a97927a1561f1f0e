"""Hugo: what becomes of a content file. Measured with Hugo 0.168 in its ordinary cases; cascades are not followed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from posixpath import normpath

from postlint.document import HTML_SUFFIXES, MARKDOWN_SUFFIXES, Document, Profile
from postlint.generators.base import DateReading, Fate, Generator, Hidden, Hook, Kind, TermUse
from postlint.generators.hugo import dates
from postlint.generators.hugo.options import HugoOptions
from postlint.generators.hugo.paths import ContentPath, content_path, sanitized
from postlint.generators.hugo.permalinks import Names, expand
from postlint.generators.hugo.sections import logical
from postlint.generators.zones import in_zone_as_go, site_zone
from postlint.parse.front_matter import Entry, Format, Node
from postlint.regex import regex

__all__ = ["Hugo"]

_FILE_NAME_DATE = regex(r"(\d{4})-(\d{2})-(\d{2})(?:-(\d{2})-(\d{2})-(\d{2}))?(?![0-9])", re.A)
_FILE_NAME_DAY = regex(r"(\d{4})-(\d{2})-(\d{2})(?![0-9])", re.A)
_SLASHES = regex("/{2,}")
_WITH_HOST = ("http://", "https://")
_EXPONENT = regex(r"[-+]?[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]{1,2}", re.A)
_OPENERS = ("-", "+", "{")
"""Signs of which each begins front matter, and nothing else may begin a file."""
_MAPPINGS = ("params", "build", "_build", "cascade")
_IN_BUNDLE = "in a bundle"
_LIST_KINDS = frozenset({"section", "taxonomy", "term"})
_UNREAD = (".adoc", ".asciidoc", ".ad", ".org", ".rst", ".pandoc", ".pdc", ".gotmpl")
"""Content that is not read here, and may have terms or make pages."""


class Hugo(Generator):
    name = "hugo"
    title = "Hugo"

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.options: HugoOptions = profile.options if isinstance(profile.options, HugoOptions) else HugoOptions()
        self._folders = tuple(
            (profile.site_root + mount.folder, mount.below, mount.lang) for mount in self.options.mounts
        )
        self._static = tuple((profile.site_root + mount.folder, mount.below) for mount in self.options.static)
        self.knows_addresses = self.options.complete
        self._section_folders = frozenset(section.folder for section in self.options.sections)
        self._zones = dict(self.options.language_zones)
        self._ignored = tuple(re.compile(pattern) for pattern in self.options.ignored if _compiles(pattern))
        self._permalinks = {(kind, section): template for kind, section, template in self.options.permalinks}
        release = re.match(r"v?0\.(\d+)", profile.version)
        self._lenient = release is not None and int(release[1]) <= 111
        """Hugo 0.111 passes over what is no date, without a word; 0.168 fails."""
        self._name_date = _FILE_NAME_DAY if self._lenient else _FILE_NAME_DATE
        self._refuses_repeats = release is None or int(release[1]) >= 152
        """Measured: 0.147 takes the last of several equal keys, 0.152 stops."""
        endings = sorted({*MARKDOWN_SUFFIXES, *HTML_SUFFIXES})
        self._index_names = tuple(
            f"index{lang}{ending}"
            for lang in ("", *(f".{code}" for code in self.options.languages))
            for ending in endings
        )
        self.themes = self.options.themes
        self.template_folders = tuple(profile.site_root + folder for folder in self.options.templates)

    def kind(self, path: str) -> Kind:
        root = self.profile.site_root
        if not path.startswith(root):
            return Kind.NONE
        below = self._below(path)[0]
        if below:
            if any(part.startswith((".", "#")) or part.endswith("~") for part in below.split("/")):
                return Kind.NONE
            if any(pattern.search(path[len(root) :]) for pattern in self._ignored):
                return Kind.NONE
            suffix = below[below.rfind(".") :] if "." in below else ""
            suffix = suffix if self._lenient else suffix.lower()
            return Kind.PAGE if suffix in MARKDOWN_SUFFIXES or suffix in HTML_SUFFIXES else Kind.STATIC
        return Kind.STATIC if any(path.startswith(folder) for folder, _ in self._static) else Kind.NONE

    def _below(self, path: str) -> tuple[str, str]:
        """The path below the content, "" where it does not belong to it, and its folder's language, "" for any."""
        for folder, below, lang in self._folders:
            if path.startswith(folder):
                return below + path[len(folder) :], lang
        return "", ""

    def below_content(self, path: str) -> tuple[str, str]:
        """The path from the content's root, and its language; "" and "" where it does not belong to the content."""
        below, lang = self._below(path)
        return (below, content_path(below, self.options, lang).lang) if below else ("", "")

    def _sanitized(self, text: str, *, lower: bool | None = None) -> str:
        options = self.options
        return sanitized(
            text, lower=options.lower_case_paths if lower is None else lower, accents=not options.remove_accents
        )

    def _path_sanitized(self, path: str) -> str:
        """Of a file's or term's own name each blank is a hyphen, also about a sign that is left out: ``a & b`` is
        ``a--b``. (Of a title or slug they are one, as of all to Hugo 0.111.)"""
        return self._sanitized(path if self._lenient else path.replace(" ", "-"))

    def hook(self, kind: str, address: str) -> Hook:
        options = self.options
        if address in options.hook_words:
            return "unknown"
        if kind == "reference":  # of a link or of an image
            return max(options.link_hook, options.image_hook)
        return options.link_hook if kind == "markdown" else options.image_hook if kind == "image" else ""

    def static_url(self, path: str) -> str:
        if self.kind(path) is not Kind.STATIC:
            return ""
        if below := self._below(path)[0]:
            folder, slash, name = below.rpartition("/")
            return f"/{self._path_sanitized(folder)}{slash}{name}"  # measured: of the name nothing is changed
        return next(f"/{below}{path[len(folder) :]}" for folder, below in self._static if path.startswith(folder))

    def file_name_date(self, path: str) -> dt.date | None:
        written = self._file_name_time(path)
        return None if written is None else written.date()

    def _file_name_instant(self, path: str, zone: str | None) -> dt.datetime | None:
        written = self._file_name_time(path)
        return None if written is None else in_zone_as_go(written, site_zone(zone))

    def _file_name_time(self, path: str) -> dt.datetime | None:
        """The day, and where it is there the time, that a page's or its bundle's name begins with."""
        name = path[path.rfind("/") + 1 :]
        if name.startswith("index."):
            name = path[: path.rfind("/")].rpartition("/")[2]
        match = self._name_date.match(name)
        if match is None:
            return None
        try:
            return dt.datetime(*(int(group) for group in match.groups() if group is not None))  # type: ignore[arg-type]
        except ValueError:
            return None

    def _keys(self, doc: Document) -> dict[str, Entry]:
        """Hugo does not mind the case of keys."""
        return {entry.key.lower(): entry for entry in doc.front_matter.entries}

    def _cascaded(self, where: ContentPath) -> dict[str, Entry]:
        """What cascades say of a page: the nearest section's first."""
        options = self.options
        if not options.cascades and not options.sections:
            return {}
        path = logical(where.folder + where.name)
        kind = _page_kind(where, path, options)
        above = [s for s in options.sections if s.cascades and f"{path}/".startswith(f"{s.folder}/")]
        above.sort(key=lambda section: len(section.folder), reverse=True)
        found: dict[str, Entry] = {}
        for cascades in (
            *(s.cascades for s in above if (s.lang or options.languages[0]) == where.lang),
            options.cascades,
        ):
            for cascade in cascades:
                if cascade.fits(path or "/", kind, where.lang):
                    for entry in cascade.entries:
                        found.setdefault(entry.key, entry)
        return found

    def surroundings(self, path: str, there: Callable[[str], bool]) -> str:
        """Whether the file lies in a leaf bundle: beside or below an ``index.md`` it is a resource, no page."""
        below = self._below(path)[0]
        if not below or self.kind(path) is not Kind.PAGE:
            return ""
        content = next(len(folder) for folder, _, _ in self._folders if path.startswith(folder))
        if path[path.rfind("/") + 1 :].startswith("index."):
            path = path[: path.rfind("/")]  # another bundle may lie above its own
        folder = path[: path.rfind("/") + 1]
        while len(folder) > content:
            if any(there(folder + name) for name in self._index_names):
                return _IN_BUNDLE
            folder = folder[: folder.rstrip("/").rfind("/") + 1]
        return ""

    def date_keys(self, doc: Document) -> tuple[str, ...]:
        if self.kind(doc.path) is not Kind.PAGE:
            return ()
        keys = self._keys(doc)
        chains = self.options
        names = (*chains.dates, *chains.publish_dates, *chains.expiry_dates, *chains.lastmods)
        known = [name for name in names if name in keys and not _is_truth(keys[name].node)]
        return tuple(keys[name].key for name in dict.fromkeys(known))

    def read_date(self, doc: Document, entry: Entry) -> DateReading:
        below, lang = self._below(doc.path)
        zones = self._zones
        zone = (
            zones.get(content_path(below, self.options, lang).lang, self.profile.zone) if zones else self.profile.zone
        )
        return dates.read(entry.node, zone)

    def term_uses(self, doc: Document) -> Iterable[TermUse]:
        return self._term_uses(self._keys(doc))

    def _term_uses(self, keys: Mapping[str, Entry]) -> Iterable[TermUse]:
        params = None if self._lenient else keys.get("params")
        inner = {entry.key.lower(): entry for entry in params.node.entries} if params is not None else {}
        for _, plural in self.options.taxonomies:
            entry = inner.get(plural.lower()) or keys.get(plural.lower())
            if entry is not None:
                # A string is one term, blanks and all.
                nodes = entry.node.items if entry.node.kind == "list" else (entry.node,)
                if not self._lenient and any(node.kind != "scalar" for node in nodes):
                    continue  # Hugo makes no terms of any of them
                for node in nodes:
                    if node.kind == "scalar" and node.value is not None and node.text:
                        yield TermUse(plural, node.text, node.span)

    def fate(self, doc: Document) -> Fate:
        kind = self.kind(doc.path)
        if kind is not Kind.PAGE:
            return Fate(False, Hidden.NOT_OUTPUT)
        front = doc.front_matter
        if front.present and (front.error is not None or (front.root is not None and front.root.kind != "mapping")):
            return Fate(False, Hidden.ABORTS)
        if front.present and front.root is None and front.defect is not None:
            return Fate(False, Hidden.ABORTS)  # a fourth dash or plus sign, which it reads as front matter
        if not front.present and doc.content.lstrip(" \t\r\n")[:1] in _OPENERS:
            return Fate(False, Hidden.ABORTS)  # it begins as front matter does, and is none that ends
        if self._refuses_repeats and front.format is Format.YAML and front.root is not None and _repeats(front.root):
            return Fate(False, Hidden.ABORTS)
        options = self.options
        below, folder_lang = self._below(doc.path)
        where = content_path(below, options, folder_lang)
        if where.lang in options.other_languages:
            return Fate(False, Hidden.EXCLUDED)
        if doc.is_html and not front.present and doc.surroundings != _IN_BUNDLE:
            return Fate(True, None, "/" + below)
        keys = self._cascaded(where) | self._keys(doc)
        zone = self._zones.get(where.lang, self.profile.zone)
        date, bad = self._date(doc, keys, options.dates, zone)
        appears, bad_publish = self._date(doc, keys, options.publish_dates, zone)
        if appears is None and not self._lenient and "date" in options.publish_dates and "date" not in keys:
            appears = date  # what gave the date stands as `date` when the next of the four is looked for
        expires, bad_expiry = self._date(doc, keys, options.expiry_dates, zone)
        if bad or bad_publish or bad_expiry or self._date(doc, keys, options.lastmods, zone)[1]:
            return Fate(False, Hidden.ABORTS)
        if doc.surroundings == _IN_BUNDLE:
            return Fate(False, Hidden.NOT_OUTPUT)
        terms: dict[str, tuple[str, ...]] = {}
        for use in self._term_uses(keys):
            terms[use.taxonomy] = (*terms.get(use.taxonomy, ()), use.term)
        reason = self._hidden(keys, where)
        if reason is None and (
            where.name.startswith("_index.")
            or _page_kind(where, logical(where.folder), options) in options.disabled_kinds
        ):
            reason = Hidden.NOT_OUTPUT
        if self._mistyped(keys):
            return Fate(False, Hidden.ABORTS)
        if "aliases" in keys and any(
            text.startswith(_WITH_HOST) for text in _alias_texts(keys["aliases"].node, self._lenient)
        ):
            return Fate(False, Hidden.ABORTS)
        url = self._url(where, keys, date)
        aliases = self._aliases(where, keys, url)
        if "/" in aliases and reason is None:
            return Fate(False, Hidden.ABORTS)  # nothing may lead away from the site's root
        return Fate(
            reason is None,
            reason,
            url,
            self._text(keys, "title") or "",
            date,
            terms,
            aliases,
            where.lang if len(self.options.languages) > 1 else "",
            None if options.build_future else appears,
            None if options.build_expired else expires,
        )

    def _mistyped(self, keys: Mapping[str, Entry]) -> bool:
        """Whether a value is of a kind at which Hugo stops."""
        if (self._text(keys, "url") or "").startswith(_WITH_HOST):
            return True
        words = {key: node for key in _MAPPINGS if (node := _node(keys, key)) is not None and node.value is not None}
        return bool(words) and not self._lenient

    def _text(self, keys: Mapping[str, Entry], key: str) -> str | None:
        """A value as Hugo has it for text."""
        node = _node(keys, key)
        if node is None or node.value is None:
            return None
        if not node.quoted:
            if self._lenient and node.style == "plain":  # YAML 1.1, and numbers with an exponent
                if isinstance(node.value, bool) or node.text in ("y", "Y", "n", "N"):
                    return "true" if node.value is True or node.text in ("y", "Y") else "false"
                if _EXPONENT.fullmatch(node.text):
                    return _printed(float(node.text))
            if (number := _number(node)) is not None:
                return number
        return node.text

    def _date(
        self, doc: Document, keys: Mapping[str, Entry], names: tuple[str, ...], zone: str | None
    ) -> tuple[dt.datetime | None, bool]:
        """The first date that one of these keys gives, and whether one on the way is unreadable."""
        found: dt.datetime | None = None
        for name in names:
            if found is not None:
                break
            if name == ":filename":
                found = self._file_name_instant(doc.path, zone)
            elif (entry := keys.get(name)) is not None:
                reading = dates.read(entry.node, zone)
                found = reading.instant
                if reading.outcome in ("unparsable", "impossible") and not self._lenient:
                    return None, True
        return found, False

    def _hidden(self, keys: Mapping[str, Entry], where: ContentPath) -> Hidden | None:
        old = not self._refuses_repeats  # until then Hugo read YAML 1.1
        if not self.options.build_drafts:
            no_truth = self._lenient and "draft" in keys and _is_no_yaml_number(keys["draft"].node)
            if _is(keys, "draft", True, yes_and_no=old) and not no_truth:
                return Hidden.DRAFT
            # `published` counts where there is no `draft`; it may also be a date, and then it says nothing.
            if "draft" not in keys and _is(keys, "published", False, yes_and_no=old):
                return Hidden.UNPUBLISHED
        build = keys.get("_build") if self._lenient else keys.get("build") or keys.get("_build")
        if build is not None and build.node.kind == "mapping":
            render = {entry.key.lower(): entry.node for entry in build.node.entries}.get("render")
            if render is not None and (render.value is False or render.text in ("never", "link")):
                return Hidden.NOT_OUTPUT
        may_be_headless = where.kind == "bundle" or not self._lenient
        return Hidden.NOT_OUTPUT if may_be_headless and _is(keys, "headless", True, yes_and_no=old) else None

    def _url(self, where: ContentPath, keys: Mapping[str, Entry], date: dt.datetime | None) -> str:
        prefix = self._prefix(where)
        kind = "page" if where.kind != "section" else _page_kind(where, logical(where.folder), self.options)
        own = self._text(keys, "url")
        title = self._sanitized((self._text(keys, "title") or "").strip())
        slug = (
            self._sanitized(self._text(keys, "slug") or "").strip("-") if "slug" in keys else self._filename_slug(where)
        )
        folder = self._folder(where)
        parts = tuple(
            part
            for at, part in enumerate(part for part in folder.split("/") if part)
            # Folders further down are sections only where they have a section file.
            if not at or logical("/".join(where.folder.split("/")[: at + 1])) in self._section_folders
        )
        base = self._path_sanitized(where.name)
        names = Names(parts, title if self._lenient else title.replace("/", "-"), slug, base, date)
        ugly = self._is_ugly(where)
        if own and kind != "home":
            if ":" in own and not self._lenient:
                own = "/" + expand(own, names) + ("/" if own.endswith("/") else "")
            path = own if own.startswith("/") else f"{prefix}/{own}"
            path = normpath(path) + ("/" if path.endswith("/") else "")
            return path if path.endswith("/") or "." in path else path + "/"
        top = where.folder.partition("/")[0].lower()
        template = self._permalinks.get((kind, top)) if top else self._permalinks.get((kind, "/"))
        if template is not None and kind != "taxonomy":
            found = expand(template, names)
            if not found:
                return ""
            found = found.lower() if self.options.lower_case_paths else found
            return f"{prefix}/{found}" + (".html" if ugly else "/")
        if where.kind == "section":
            if ugly and (kind == "term" or (self._lenient and kind != "home")):
                return f"{prefix}{folder.rstrip('/')}.html"
            return prefix + folder + ("index.html" if ugly and not self._lenient else "")
        name = slug or base
        if not name:
            return prefix + folder
        return _SLASHES.sub("/", f"{prefix}{folder}{name}" + (".html" if ugly else "/"))

    def _filename_slug(self, where: ContentPath) -> str:
        """What stands behind the date in a file's name, where the configuration takes dates from names."""
        options = self.options
        if ":filename" not in (*options.dates, *options.publish_dates, *options.expiry_dates, *options.lastmods):
            return ""
        match = self._name_date.match(where.name)
        if self._file_name_time(where.name) is None:
            return ""
        return self._sanitized(where.name[match.end() :].strip(" -_")) if match is not None else ""

    def _folder(self, where: ContentPath) -> str:
        """The folder in addresses; sections that have a slug stand there under it."""
        folder = where.folder
        slugs = {s.folder: s.slug for s in self.options.sections if s.slug and s.lang in ("", where.lang)}
        if slugs:
            parts = folder.split("/")
            for at in range(len(parts) - 1):
                parts[at] = slugs.get(logical("/".join(folder.split("/")[: at + 1])), parts[at])
            folder = "/".join(parts)
        return self._path_sanitized("/" + folder)

    def _aliases(self, where: ContentPath, keys: Mapping[str, Entry], url: str) -> tuple[str, ...]:
        """Where Hugo writes a page that leads to this one: each alias is a folder, unless it ends in ``.html``.

        ``/`` is one at which it stops.
        """
        entry = keys.get("aliases")
        if entry is None or self.options.disable_aliases:
            return ()
        base = url.removesuffix("index.html").rstrip("/").rpartition("/")[0]
        outside = False
        if self._lenient and not url.endswith("/") and self._text(keys, "url"):
            # Of a file that is asked for, they counted from above its folder; and above the root there is none.
            outside = not base
            base = base.rpartition("/")[0]
        files = (".html",) if self._lenient else (".html", ".htm")
        ugly = self.options.ugly_urls if self._lenient else self._is_ugly(where)
        top = "" if self._lenient else self._prefix(where)
        found = []
        for text in _alias_texts(entry.node, self._lenient):
            if outside and not text.startswith("/"):
                return ("/",)
            alias = "/" + normpath(f"{top if text.startswith('/') else base}/{text}").lstrip("/")
            if not alias.endswith(files):
                alias += ".html" if ugly else "/"
            found.append(
                _SLASHES.sub("/", alias.removesuffix("index.html") if alias.endswith("/index.html") else alias)
            )
        return tuple(found)

    def _prefix(self, where: ContentPath) -> str:
        """What the language puts before addresses."""
        options = self.options
        return "" if where.lang == options.languages[0] and not options.language_in_path else f"/{where.lang}"

    def _is_ugly(self, where: ContentPath) -> bool:
        return self.options.ugly_urls or where.folder.partition("/")[0].lower() in self.options.ugly_sections

    def term_url(self, taxonomy: str, term: str) -> str:
        if taxonomy not in {plural for _, plural in self.options.taxonomies}:
            return ""
        return f"/{taxonomy}/{self._path_sanitized(term)}/"

    def makes(self, url: str) -> bool | None:
        """Of maps and ``robots.txt``, which the site's own configuration decides. Measured with Hugo 0.168."""
        folder, _, name = url.rpartition("/")
        if name == "robots.txt":
            return self.options.robots and not folder
        if name == self.options.sitemap:
            return folder.strip("/") in ("", *self.options.languages)
        return False if name == "sitemap.xml" else None

    def term_slug(self, taxonomy: str, term: str) -> str | None:
        if taxonomy not in {plural for _, plural in self.options.taxonomies} or "term" in self.options.disabled_kinds:
            return None
        return "/".join(part for part in self._sanitized(term).split("/") if part not in ("", "."))

    def lists(self, paths: Iterable[str], terms: Iterable[tuple[str, str]]) -> frozenset[str] | None:
        """The home page, each folder right below the content folder that holds a page, the taxonomies and their terms.

        Measured with Hugo 0.168 and 0.111. To the old one drafts make no section; the new one makes none of a folder
        whose name begins with a taxonomy's (``tags-of-old``).
        """
        options = self.options
        taxonomies = {plural for _, plural in options.taxonomies}
        cascades = (*options.cascades, *(cascade for section in options.sections for cascade in section.cascades))
        if (
            options.imports
            or not options.complete
            or any(entry.key in taxonomies for cascade in cascades for entry in cascade.entries)
        ):
            return None
        if any(kind in _LIST_KINDS and (kind != "term" or top in taxonomies) for kind, top in self._permalinks):
            return None
        names = tuple(taxonomy.lower() for taxonomy in taxonomies)
        themes = self.profile.site_root + "themes/"
        found = {"/", *(f"/{taxonomy}/" for taxonomy in taxonomies)}
        templates = False
        for path in paths:
            below = self._below(path)[0]
            if not below:
                templates = templates or "layouts/" in path
                if path.endswith("layouts/404.html"):
                    found.add("/404.html")
                if path.startswith(themes) and "/content/" in path:
                    return None
                continue
            if path.endswith(_UNREAD):
                return None
            top, slash, _ = below.partition("/")
            if not self._lenient and top.lower().startswith(names):
                continue
            if slash and self.kind(path) is Kind.PAGE:
                found.add(self._path_sanitized(f"/{top}/"))
        if self.themes or not templates:
            found.add("/404.html")
        found |= (
            {f"{url.rstrip('/')}.html" for url in found if url != "/"} if options.ugly_urls and self._lenient else set()
        )
        for taxonomy, term in terms:
            url = self.term_url(taxonomy, term)
            found.add(f"{url.rstrip('/')}.html" if options.ugly_urls else url)
        prefixes = [f"/{code}" for code in options.languages[not options.language_in_path :]]
        return frozenset([*found, *(prefix + url for prefix in prefixes for url in found)])


def _repeats(node: Node) -> bool:
    """Whether a mapping in it has a key twice."""
    if node.kind == "list":
        return any(map(_repeats, node.items))
    if node.kind != "mapping":
        return False
    keys = [entry.key for entry in node.entries if not entry.is_merge]
    return len(set(keys)) < len(keys) or any(_repeats(entry.node) for entry in node.entries)


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _alias_texts(node: Node, lenient: bool) -> list[str]:
    """A text that is no list is several, with blanks between them; of a list in a list all are lost."""
    if node.kind == "list":
        if not lenient and any(item.kind != "scalar" for item in node.items):
            return []
        return [item.text if item.kind == "scalar" and item.value is not None else "" for item in node.items]
    return node.text.split() if node.kind == "scalar" and node.value is not None else []


def _page_kind(where: ContentPath, path: str, options: HugoOptions) -> str:
    """As Hugo names it: page, section, home, taxonomy or term."""
    if where.kind != "section":
        return "page"
    if not path:
        return "home"
    top, _, rest = path[1:].partition("/")
    if top in {plural.lower() for _, plural in options.taxonomies}:
        return "term" if rest else "taxonomy"
    return "section"


def _node(keys: Mapping[str, Entry], key: str) -> Node | None:
    entry = keys.get(key)
    return entry.node if entry is not None and entry.node.kind == "scalar" else None


def _number(node: Node) -> str | None:
    """A number as Hugo prints it: 1.50 is 1.5, 0x10 is 16, 012 is 10; None for what is none."""
    value = node.value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return _printed(value)


def _printed(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _is(keys: Mapping[str, Entry], key: str, value: bool, *, yes_and_no: bool) -> bool:
    """Whether a key has a truth value. ``yes_and_no``: ``yes`` and ``off`` are such, as YAML 1.1 had it."""
    node = _node(keys, key)
    if node is None:
        return False
    # Hugo's casts take the words in quotes too, and numbers.
    if isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        return bool(node.value) is value
    if yes_and_no and node.value is value:
        return True
    return node.text.lower() == ("true" if value else "false")


def _is_no_yaml_number(node: Node) -> bool:
    """A number of TOML or JSON, which old releases do not take for a truth value."""
    return node.style != "plain" and isinstance(node.value, (int, float)) and not isinstance(node.value, bool)


def _is_truth(node: Node) -> bool:
    """A truth value, quoted or not."""
    return node.kind == "scalar" and (isinstance(node.value, bool) or node.text.lower() in ("true", "false"))
