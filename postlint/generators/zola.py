"""Zola: thin, for its ordinary cases. Read in its documentation and sources; not run."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from postlint.document import Document, Profile
from postlint.generators.base import DateOutcome, DateReading, Fate, Generator, Hidden, Kind, TermUse
from postlint.generators.loading import SiteOptions, load_first, mapping, string
from postlint.generators.zones import site_zone
from postlint.parse.dialect import Dialect
from postlint.parse.front_matter import Entry

__all__ = ["Zola", "ZolaOptions", "load"]

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|z|[-+]\d\d:\d\d)?)?", re.A)
_NAME_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:T[^_]*)?(?:[-_])(?=.)", re.A)
_FAILS = "Zola stops with an error and builds nothing"


@dataclass(frozen=True, slots=True)
class ZolaOptions:
    base_url: str = ""
    taxonomies: tuple[str, ...] = ()
    default_language: str = "en"
    languages: tuple[str, ...] = ()
    slugify_terms: bool = True
    """Terms that differ in case and signs alone have one address (``slugify.taxonomies``)."""


def load(folder: Path, shown: str) -> SiteOptions:
    config, _ = load_first(folder, ("config.toml", "zola.toml"), shown)
    listed = config.get("taxonomies")
    names = (
        tuple(str(t["name"]) for t in listed if isinstance(t, dict) and "name" in t) if isinstance(listed, list) else ()
    )
    options = ZolaOptions(
        string(config, "base_url"),
        names,
        string(config, "default_language", "en"),
        tuple(mapping(config, "languages")),
        string(mapping(config, "slugify"), "taxonomies", "on") == "on",
    )
    return SiteOptions(
        Dialect(markdown="commonmark", templates="tera", fences="zola", heading_ids="zola"), None, options
    )


class Zola(Generator):
    name = "zola"
    title = "Zola"

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.options: ZolaOptions = profile.options if isinstance(profile.options, ZolaOptions) else ZolaOptions()
        self._content = profile.site_root + "content/"
        self.template_folders = (profile.site_root + "templates/", profile.site_root + "themes/")

    def kind(self, path: str) -> Kind:
        if path.startswith(self._content):
            return Kind.PAGE if path.endswith(".md") else Kind.STATIC
        return Kind.STATIC if path.startswith(self.profile.site_root + "static/") else Kind.NONE

    def static_url(self, path: str) -> str:
        if self.kind(path) is not Kind.STATIC:
            return ""
        static = self.profile.site_root + "static"
        if path.startswith(static):
            return path[len(static) :]
        # A file beside a page goes where the page goes; the names of folders are put in lower case there.
        folder, slash, name = path[len(self._content) :].rpartition("/")
        return f"/{folder.lower()}{slash}{name}"

    def date_keys(self, doc: Document) -> tuple[str, ...]:
        if self.kind(doc.path) is not Kind.PAGE or doc.name.startswith("_index."):
            return ()
        return tuple(key for key in ("date", "updated") if key in doc.front_matter)

    def read_date(self, doc: Document, entry: Entry) -> DateReading:
        node = entry.node
        if node.kind != "scalar":
            return DateReading(None, DateOutcome.UNPARSABLE, effect=_FAILS)
        match = _DATE.fullmatch(node.text)
        if match is None:
            return DateReading(None, DateOutcome.UNPARSABLE, effect=_FAILS)
        year, month, day, hour, minute, second = (int(group or 0) for group in match.groups()[:6])
        try:
            written = dt.datetime(year, month, day, hour, minute, second)
        except ValueError:
            return DateReading(None, DateOutcome.IMPOSSIBLE, effect=_FAILS)
        zone = match[7]
        if zone is None:
            return DateReading(
                written.replace(tzinfo=dt.UTC), DateOutcome.READ, "utc", "", written, match[4] is not None
            )
        shown = dt.UTC if zone in "Zz" else site_zone(zone)
        return DateReading(written.replace(tzinfo=shown), DateOutcome.READ, "value", "", written, True)

    def file_name_date(self, path: str) -> dt.date | None:
        name = path[path.rfind("/") + 1 :]
        match = _NAME_DATE.match(
            path[: path.rfind("/")].rpartition("/")[2] + "_" if name.startswith("index.") else name
        )
        try:
            return dt.date.fromisoformat(match[1]) if match is not None else None
        except ValueError:
            return None

    def term_uses(self, doc: Document) -> Iterable[TermUse]:
        entry = doc.front_matter.get("taxonomies")
        for taxonomy in entry.node.entries if entry is not None else ():
            for node in taxonomy.node.items:
                if node.kind == "scalar" and node.text:
                    yield TermUse(taxonomy.key, node.text, node.span)

    def fate(self, doc: Document) -> Fate:
        if self.kind(doc.path) is not Kind.PAGE:
            return Fate(False, Hidden.NOT_OUTPUT)
        front = doc.front_matter
        if front.error is not None or not front.present:
            return Fate(False, Hidden.ABORTS)
        terms: dict[str, tuple[str, ...]] = {}
        for use in self.term_uses(doc):
            terms[use.taxonomy] = (*terms.get(use.taxonomy, ()), use.term)
        entry = front.get("date")
        date = self.read_date(doc, entry).instant if entry is not None else None
        if date is None and (day := self.file_name_date(doc.path)) is not None:
            date = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
        draft = front.get("draft")
        render = front.get("render")
        reason = None
        if draft is not None and draft.value is True:
            reason = Hidden.DRAFT
        elif render is not None and render.value is False:
            reason = Hidden.NOT_OUTPUT
        url, lang = self._url(doc)
        aliases = front.get("aliases")
        return Fate(
            reason is None,
            reason,
            url,
            self._text(doc, "title"),
            date,
            terms,
            tuple(f"/{node.text.strip('/')}/" for node in aliases.node.items) if aliases is not None else (),
            lang,
        )

    def _text(self, doc: Document, key: str) -> str:
        entry = doc.front_matter.get(key)
        return entry.node.text if entry is not None and entry.node.kind == "scalar" else ""

    def _url(self, doc: Document) -> tuple[str, str]:
        """The address, "" where the name would be transliterated, which is not known here; and the language."""
        folder, _, name = doc.path[len(self._content) :].rpartition("/")
        stem = name.removesuffix(".md")
        lang = self.options.default_language
        base, dot, code = stem.rpartition(".")
        if dot and code in self.options.languages:
            stem, lang = base, code
        prefix = "" if lang == self.options.default_language else f"/{lang}"
        path = self._text(doc, "path")
        if path:
            return f"{prefix}/{path.strip('/')}/", lang
        slug = self._text(doc, "slug")
        above = [folder] if folder else []
        if stem == "index" and folder:
            parent, _, own = folder.rpartition("/")
            above, stem = [parent] if parent else [], own
        if stem in ("_index", "index"):
            parts = above
        else:
            match = _NAME_DATE.match(stem)
            parts = [*above, slug or (stem[match.end() :] if match is not None else stem)]
        url = "/".join([prefix, *parts]) + "/"
        if not url.isascii() or any(not (c.isalnum() or c in "/-") for c in url):
            return "", lang
        return url.lower(), lang
