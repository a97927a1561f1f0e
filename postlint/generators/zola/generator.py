"""What Zola makes of a file.

Sources: Zola 0.22, ``components/site/src/lib.rs`` (which files, in what order), ``components/content/src/page.rs``,
``section.rs`` and ``file_info.rs`` (addresses and languages), ``taxonomies.rs``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable

from postlint.document import Document, Profile
from postlint.generators.base import DateReading, Fate, Generator, Hidden, Kind, TermUse
from postlint.generators.zola.dates import name_date, read_date, without_date
from postlint.generators.zola.keys import fits
from postlint.generators.zola.options import ZolaOptions, slugify
from postlint.parse.front_matter import Entry
from postlint.regex import regex

__all__ = ["Zola"]

_TEMPORARY = regex(r".*(?:\.(?:swp|swx|tmp|DS_Store|DS_STORE|kate-swp|[^.]*(?:jb_old___|jb_tmp___|jb_bak___|~|bck)))")
_IN_A_SECTION = "in-a-section"
_SLASHES = regex("//+")


class Zola(Generator):
    name = "zola"
    title = "Zola"

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.options: ZolaOptions = profile.options if isinstance(profile.options, ZolaOptions) else ZolaOptions()
        self._content = profile.site_root + "content/"
        self._ignored = re.compile("|".join(f"(?:{each})" for each in self.options.ignored) or "(?!)", re.DOTALL)
        self._drafts = tuple(self._content + folder for folder in self.options.draft_sections)
        self.template_folders = (profile.site_root + "templates/", profile.site_root + "themes/")

    # Paths ---------------------------------------------------------------------------------------------------

    def kind(self, path: str) -> Kind:
        if path.startswith(self._content):
            return Kind.PAGE if path.endswith(".md") else Kind.STATIC
        return Kind.STATIC if path.startswith(self.profile.site_root + "static/") else Kind.NONE

    def hidden(self, path: str) -> Hidden | None:
        if self.kind(path) is not Kind.PAGE:
            return None
        folder, _, name = path.rpartition("/")
        if name.startswith("."):
            return Hidden.SPECIAL_NAME
        is_section = name.startswith("_index.")
        if self._ignored.fullmatch("/site/" + (folder if is_section else path)[len(self.profile.site_root) :]):
            return Hidden.EXCLUDED
        if is_section and name[7:-3] not in ("", *self.options.languages) and name != "_index.md":
            return Hidden.IGNORED_NAME
        return Hidden.DRAFT if self._drafts and path.startswith(self._drafts) else None

    def surroundings(self, path: str, there: Callable[[str], bool]) -> str:
        if path.endswith("/index.md") and there(path[:-8] + "_index.md"):
            return _IN_A_SECTION
        return ""

    def static_url(self, path: str) -> str:
        if self.kind(path) is not Kind.STATIC:
            return ""
        static = self.profile.site_root + "static"
        if path.startswith(static + "/"):
            return path[len(static) :]
        # A file in a section stays where it is; one beside an `index.md` goes where that page goes, and so do both
        # where the folder's name is its own slug.
        folder, _, name = path[len(self._content) :].rpartition("/")
        if "." not in name or _TEMPORARY.fullmatch(name):
            return ""
        if not folder:
            return f"/{name}"
        above, slash, own = folder.rpartition("/")
        return f"/{above}{slash}{self._slug(own) or own}/{name}"

    # Front matter --------------------------------------------------------------------------------------------

    def date_keys(self, doc: Document) -> tuple[str, ...]:
        if self.kind(doc.path) is not Kind.PAGE or doc.name.startswith("_index."):
            return ()
        return tuple(key for key in ("date", "updated") if key in doc.front_matter)

    def read_date(self, doc: Document, entry: Entry) -> DateReading:
        return read_date(entry.node, required=entry.key == "date")

    def file_name_date(self, path: str) -> dt.date | None:
        if self.kind(path) is not Kind.PAGE:
            return None
        folder, _, name = path.rpartition("/")
        stem = self._language(name.removesuffix(".md"))[0]
        found = name_date(folder.rpartition("/")[2] if stem == "index" else stem)
        return found.date() if found is not None else None

    def term_uses(self, doc: Document) -> Iterable[TermUse]:
        if doc.name.startswith("_index."):
            return
        entry = doc.front_matter.get("taxonomies")
        for taxonomy in entry.node.entries if entry is not None else ():
            for node in taxonomy.node.items:
                if node.kind == "scalar" and node.text:
                    yield TermUse(taxonomy.key, node.text, node.span)

    def term_url(self, taxonomy: str, term: str) -> str:
        known = self.options.taxonomy(taxonomy, self.options.default_language)
        if known is None or not known.render:
            return ""
        parts = (slugify(each, self.options.slugify_taxonomies) for each in (taxonomy, term))
        root = (self.options.taxonomy_root,) if self.options.taxonomy_root else ()
        found = [*root, *parts]
        return "/" + "/".join(str(part) for part in found) + "/" if all(found) else ""

    # Fates ---------------------------------------------------------------------------------------------------

    def fate(self, doc: Document) -> Fate:
        if self.kind(doc.path) is not Kind.PAGE:
            return Fate(False, Hidden.NOT_OUTPUT)
        hidden = self.hidden(doc.path)
        if hidden is not None and not (hidden is Hidden.DRAFT and doc.name.startswith("_index.")):
            return Fate(False, hidden)
        return self._section(doc) if doc.name.startswith("_index.") else self._page(doc)

    def _section(self, doc: Document) -> Fate:
        front = doc.front_matter
        folder, _, name = doc.path[len(self._content) :].rpartition("/")
        lang = name[7:-3] or self.options.default_language
        if front.error is not None or not front.present or not fits(front, section=True):
            return Fate(False, Hidden.ABORTS, lang=lang)
        prefix = "" if lang == self.options.default_language else f"/{lang}"
        url = f"{prefix}/{folder}/" if folder else f"{prefix}/"
        reason = self._reason(doc) or self.hidden(doc.path)
        return Fate(reason is None, reason, url, self._text(doc, "title"), aliases=self._aliases(doc), lang=lang)

    def _page(self, doc: Document) -> Fate:
        front = doc.front_matter
        folder, _, name = doc.path[len(self._content) :].rpartition("/")
        stem, lang = self._language(name.removesuffix(".md"))
        if lang is None or front.error is not None or not front.present or not fits(front, section=False):
            return Fate(False, Hidden.ABORTS, lang=lang or "")
        terms: dict[str, tuple[str, ...]] = {}
        for use in self.term_uses(doc):
            terms[use.taxonomy] = (*terms.get(use.taxonomy, ()), use.term)
        named = folder.rpartition("/")[2] if stem == "index" else stem
        entry = front.get("date")
        date = self.read_date(doc, entry).instant if entry is not None else name_date(named)
        url = self._url(doc, folder, stem, named, lang)
        reason = self._reason(doc)
        if self._aborts(doc, lang, url, reason):
            reason = Hidden.ABORTS
        return Fate(reason is None, reason, url or "", self._text(doc, "title"), date, terms, self._aliases(doc), lang)

    def _reason(self, doc: Document) -> Hidden | None:
        draft, render = doc.front_matter.get("draft"), doc.front_matter.get("render")
        if draft is not None and draft.node.value is True:
            return Hidden.DRAFT
        return Hidden.NOT_OUTPUT if render is not None and render.node.value is False else None

    def _aborts(self, doc: Document, lang: str, url: str | None, reason: Hidden | None) -> bool:
        """Whether Zola stops at a page that it could read."""
        front = doc.front_matter
        for key in ("date", "updated"):
            entry = front.get(key)
            if entry is not None:
                reading = self.read_date(doc, entry)
                if reading.instant is None and reading.effect.startswith("Zola stops"):
                    return True
        if reason is Hidden.DRAFT:
            return False  # the rest is asked of what is published
        taxonomies = front.get("taxonomies")
        for taxonomy in taxonomies.node.entries if taxonomies is not None else ():
            if self.options.taxonomy(taxonomy.key, lang) is None:
                return True
        if doc.name != "index.md":
            return False
        folder = doc.path[len(self._content) :].rpartition("/")[0]
        return (url == "/" and not folder) or (doc.surroundings == _IN_A_SECTION and url == f"/{folder}/")

    def _aliases(self, doc: Document) -> tuple[str, ...]:
        entry = doc.front_matter.get("aliases")
        texts = [node.text.strip("/") for node in entry.node.items] if entry is not None else []
        return tuple(f"/{text}" if text.endswith(".html") else f"/{text}/" if text else "/" for text in texts)

    def _text(self, doc: Document, key: str) -> str:
        entry = doc.front_matter.get(key)
        if entry is None or entry.node.kind != "scalar" or (entry.node.value is None and not entry.node.quoted):
            return ""
        return entry.node.text

    # Addresses -----------------------------------------------------------------------------------------------

    def _language(self, stem: str) -> tuple[str, str | None]:
        """The stem without the language it names, and the language; None for one that the site does not have."""
        base, dot, code = stem.partition(".")
        default = self.options.default_language
        if not self.options.languages or not dot or code == default:
            return stem, default
        return (base, code) if code in self.options.languages else (stem, None)

    def _slug(self, name: str) -> str | None:
        return slugify(name if self.options.keep_dates else without_date(name), self.options.slugify_paths)

    def _url(self, doc: Document, folder: str, stem: str, named: str, lang: str) -> str | None:
        """The address; None where a letter's spelling in it is not known."""
        path = self._text(doc, "path").strip()
        if path:
            return _SLASHES.sub("/", f"/{path}/")
        own = self._text(doc, "slug")
        last = slugify(own, self.options.slugify_paths) if own else self._slug(named)
        if last is None:
            return None
        # `index` in any language goes by its first part: `index.xx` of a site without languages is a bundle's too.
        if folder and stem.partition(".")[0] == "index":
            folder = folder.rpartition("/")[0]
        elif not folder and stem == "index":
            last = ""
        parts = [part for part in ("" if lang == self.options.default_language else lang, folder, last) if part]
        return "/" + "/".join(parts) + "/" if parts else "/"
