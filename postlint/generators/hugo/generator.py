"""Hugo: what becomes of a content file. Measured with Hugo 0.168 in its ordinary cases; cascades are not followed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from postlint.document import HTML_SUFFIXES, MARKDOWN_SUFFIXES, Document, Profile
from postlint.generators.base import DateReading, Fate, Generator, Hidden, Kind, TermUse
from postlint.generators.hugo import dates
from postlint.generators.hugo.options import HugoOptions
from postlint.generators.hugo.paths import ContentPath, content_path, sanitized
from postlint.generators.zones import site_zone
from postlint.parse.front_matter import Entry, Node

__all__ = ["Hugo"]

_FILE_NAME_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:-(\d{2})-(\d{2})-(\d{2}))?(?![0-9])", re.A)
_TOKEN = re.compile(r":([a-z]+)(\[[^\]]*\])?")


class Hugo(Generator):
    name = "hugo"
    title = "Hugo"

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.options: HugoOptions = profile.options if isinstance(profile.options, HugoOptions) else HugoOptions()
        self._content = profile.site_root + self.options.content_dir
        self._permalinks = dict(self.options.permalinks)
        release = re.match(r"v?0\.(\d+)", profile.version)
        self._lenient = release is not None and int(release[1]) <= 111
        """Hugo 0.111 passes over what is no date, without a word; 0.168 fails."""
        self.template_folders = tuple(profile.site_root + name for name in ("layouts/", "archetypes/", "themes/"))

    def kind(self, path: str) -> Kind:
        root = self.profile.site_root
        if not path.startswith(root):
            return Kind.NONE
        if path.startswith(self._content):
            below = path[len(self._content) :]
            if any(part.startswith((".", "#")) or part.endswith("~") for part in below.split("/")):
                return Kind.NONE
            suffix = below[below.rfind(".") :].lower() if "." in below else ""
            return Kind.PAGE if suffix in MARKDOWN_SUFFIXES or suffix in HTML_SUFFIXES else Kind.STATIC
        return Kind.STATIC if path.startswith(root + "static/") else Kind.NONE

    def static_url(self, path: str) -> str:
        kind = self.kind(path)
        root = self.profile.site_root
        if kind is Kind.STATIC and path.startswith(root + "static/"):
            return path[len(root) + 6 :]
        if kind is Kind.STATIC:
            return "/" + sanitized(path[len(self._content) :], lower=self.options.lower_case_paths)
        return ""

    def shows_future(self) -> bool:
        return self.options.build_future

    def file_name_date(self, path: str) -> dt.date | None:
        name = path[path.rfind("/") + 1 :]
        if name.startswith("index."):
            name = path[: path.rfind("/")].rpartition("/")[2]
        match = _FILE_NAME_DATE.match(name)
        if match is None:
            return None
        try:
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None

    def _keys(self, doc: Document) -> dict[str, Entry]:
        """Hugo does not mind the case of keys."""
        return {entry.key.lower(): entry for entry in doc.front_matter.entries}

    def date_keys(self, doc: Document) -> tuple[str, ...]:
        if self.kind(doc.path) is not Kind.PAGE:
            return ()
        keys = self._keys(doc)
        chains = self.options
        names = (*chains.dates, *chains.publish_dates, *chains.expiry_dates, *chains.lastmods)
        known = [name for name in names if name in keys and not _is_truth(keys[name].node)]
        return tuple(keys[name].key for name in dict.fromkeys(known))

    def read_date(self, doc: Document, entry: Entry) -> DateReading:
        return dates.read(entry.node, self.profile.zone)

    def term_uses(self, doc: Document) -> Iterable[TermUse]:
        keys = self._keys(doc)
        for _, plural in self.options.taxonomies:
            entry = keys.get(plural.lower())
            if entry is not None:
                # A string is one term, blanks and all.
                nodes = entry.node.items if entry.node.kind == "list" else (entry.node,)
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
        keys = self._keys(doc)
        if doc.is_html and not front.present:
            return Fate(True, None, "/" + doc.path[len(self._content) :])
        where = content_path(doc.path[len(self._content) :], self.options)
        options = self.options
        date, bad = self._date(doc, keys, options.dates)
        appears, bad_publish = self._date(doc, keys, options.publish_dates)
        if appears is None and not self._lenient and "date" in options.publish_dates:
            appears = date  # what gave the date stands as `date` when the next of the four is looked for
        expires, bad_expiry = self._date(doc, keys, options.expiry_dates)
        if bad or bad_publish or bad_expiry or self._date(doc, keys, options.lastmods)[1]:
            return Fate(False, Hidden.ABORTS)
        terms: dict[str, tuple[str, ...]] = {}
        for use in self.term_uses(doc):
            terms[use.taxonomy] = (*terms.get(use.taxonomy, ()), use.term)
        reason = self._hidden(keys)
        return Fate(
            reason is None,
            reason,
            self._url(where, keys, date),
            _text(keys, "title") or "",
            date,
            terms,
            self._aliases(where, keys),
            where.lang if len(self.options.languages) > 1 else "",
            None if options.build_future else appears,
            None if options.build_expired else expires,
        )

    def _date(
        self, doc: Document, keys: Mapping[str, Entry], names: tuple[str, ...]
    ) -> tuple[dt.datetime | None, bool]:
        """The first date that one of these keys gives, and whether one on the way is unreadable."""
        found: dt.datetime | None = None
        for name in names:
            if found is not None:
                break
            if name == ":filename":
                day = self.file_name_date(doc.path)
                zone = site_zone(self.profile.zone)
                found = None if day is None else dt.datetime(day.year, day.month, day.day, tzinfo=zone)
            elif (entry := keys.get(name)) is not None:
                reading = dates.read(entry.node, self.profile.zone)
                found = reading.instant
                if reading.outcome in ("unparsable", "impossible") and not self._lenient:
                    return None, True
        return found, False

    def _hidden(self, keys: Mapping[str, Entry]) -> Hidden | None:
        if not self.options.build_drafts:
            if _is(keys, "draft", True):
                return Hidden.DRAFT
            # `published` counts where there is no `draft`; it may also be a date, and then it says nothing.
            if "draft" not in keys and _is(keys, "published", False):
                return Hidden.UNPUBLISHED
        build = keys.get("build") or keys.get("_build")
        if build is not None and build.node.kind == "mapping":
            render = {entry.key.lower(): entry.node for entry in build.node.entries}.get("render")
            if render is not None and (render.value is False or render.text in ("never", "link")):
                return Hidden.NOT_OUTPUT
        return Hidden.NOT_OUTPUT if _is(keys, "headless", True) else None

    def _url(self, where: ContentPath, keys: Mapping[str, Entry], date: dt.datetime | None) -> str:
        lower = self.options.lower_case_paths
        prefix = (
            "" if where.lang == self.options.languages[0] and not self.options.language_in_path else f"/{where.lang}"
        )
        own = _text(keys, "url")
        if own:
            path = own if own.startswith("/") else f"{prefix}/{own}"
            return path if path.endswith("/") or "." in path.rpartition("/")[2] else path + "/"
        folder = sanitized("/" + where.folder, lower=lower)
        if where.kind == "section":
            return prefix + folder
        slug = _text(keys, "slug")
        name = sanitized(slug or where.name, lower=lower)
        section = where.folder.partition("/")[0]
        template = self._permalinks.get(section.lower())
        if template is not None and section:
            url = self._from_template(template, where, keys, date, name)
            return prefix + url if url else ""
        if not name:
            return prefix + folder
        return f"{prefix}{folder}{name}" + (".html" if self.options.ugly_urls else "/")

    def _from_template(
        self, template: str, where: ContentPath, keys: Mapping[str, Entry], date: dt.datetime | None, name: str
    ) -> str:
        """The address by a section's permalink template; "" where it asks for something not known here."""
        lower = self.options.lower_case_paths
        own = sanitized(where.name, lower=lower)
        title = sanitized(_text(keys, "title") or "", lower=True)
        folder = sanitized(where.folder, lower=lower).strip("/")
        values = {
            "section": folder.partition("/")[0],
            "sections": folder,
            "title": title,
            "slug": sanitized(_text(keys, "slug") or "", lower=lower) or title,
            "slugorfilename": name,
            "slugorcontentbasename": name,
            "filename": own,
            "contentbasename": own,
        }
        if date is not None:
            values |= {
                "year": f"{date.year:04}",
                "month": f"{date.month:02}",
                "day": f"{date.day:02}",
                "monthname": f"{date:%B}".lower(),
                "yearday": str(date.timetuple().tm_yday),
            }
        out = []
        at = 0
        for match in _TOKEN.finditer(template):
            if match[1] not in values or match[2]:
                return ""
            out += [template[at : match.start()], values[match[1]]]
            at = match.end()
        url = "/" + "".join([*out, template[at:]]).strip("/")
        return url if "." in url.rpartition("/")[2] else url + "/"

    def _aliases(self, where: ContentPath, keys: Mapping[str, Entry]) -> tuple[str, ...]:
        entry = keys.get("aliases")
        if entry is None:
            return ()
        nodes = entry.node.items if entry.node.kind == "list" else (entry.node,)
        base = sanitized("/" + where.folder, lower=self.options.lower_case_paths)
        return tuple(
            node.text if node.text.startswith("/") else base + node.text
            for node in nodes
            if node.kind == "scalar" and node.text and node.value is not None
        )

    def term_url(self, taxonomy: str, term: str) -> str:
        if taxonomy not in {plural for _, plural in self.options.taxonomies}:
            return ""
        return f"/{taxonomy}/{sanitized(term, lower=self.options.lower_case_paths)}/"


def _node(keys: Mapping[str, Entry], key: str) -> Node | None:
    entry = keys.get(key)
    return entry.node if entry is not None and entry.node.kind == "scalar" else None


def _text(keys: Mapping[str, Entry], key: str) -> str | None:
    node = _node(keys, key)
    return None if node is None or node.value is None else node.text


def _is(keys: Mapping[str, Entry], key: str, value: bool) -> bool:
    node = _node(keys, key)
    if node is None:
        return False
    # Hugo's casts take the words in quotes too.
    return node.value is value or node.text.lower() == ("true" if value else "false")


def _is_truth(node: Node) -> bool:
    """A truth value, quoted or not."""
    return node.kind == "scalar" and (isinstance(node.value, bool) or node.text.lower() in ("true", "false"))
