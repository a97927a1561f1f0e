"""A folder of Markdown and HTML that no generator builds: every file is a page at its own path."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from postlint.document import HTML_SUFFIXES, MARKDOWN_SUFFIXES, Document
from postlint.generators.base import DateOutcome, DateReading, Fate, Generator, Kind, TermUse
from postlint.generators.loading import SiteOptions
from postlint.parse.dialect import Dialect
from postlint.parse.front_matter import Entry
from postlint.regex import regex

__all__ = ["Plain", "PlainOptions", "load", "scalar_text"]

_FILE_NAME_DATE = regex(r"(\d{4})-(\d{2})-(\d{2})(?![0-9])")
_TAXONOMIES = (("categories", "category"), ("tags", "tag"))


_BUILDERS = frozenset(
    {
        "next.config", "nuxt.config", "gatsby-config", "svelte.config", "gridsome.config", "remix.config",
        "vite.config", "contentlayer.config", "velite.config", "angular", "book", "conf", "pelicanconf", "docfx",
        "antora", "mint", "docs", "_quarto", "SUMMARY", "metalsmith", ".vitepress", ".vuepress", "_config",
        "lume.config", "webpack.config",
    }
)  # fmt: skip
_SUFFIXES = frozenset({"js", "mjs", "cjs", "ts", "mts", "json", "toml", "py", "yml", "yaml", "md"})


@dataclass(frozen=True, slots=True)
class PlainOptions:
    """What is to be seen of a folder that belongs to no generator postlint knows.

    Attributes:
        builder: the file or folder that belongs to a program which makes a site of the others (Next.js, mdBook, Sphinx
            and the like); "" where there is none. Where that puts pages and files is not known.
    """

    builder: str = ""


def load(folder: Path, shown: str) -> SiteOptions:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        names = []
    return SiteOptions(Dialect(), None, PlainOptions(next((name for name in names if _is_builder(name)), "")))


def _is_builder(name: str) -> bool:
    stem, _, suffix = name.rpartition(".")
    if name in _BUILDERS and name.startswith("."):
        return True
    if not stem or stem not in _BUILDERS or suffix not in _SUFFIXES:
        return False
    return (stem == "SUMMARY") == (suffix == "md")


class Plain(Generator):
    name = "plain"
    title = "the site generator"

    def kind(self, path: str) -> Kind:
        if not path.startswith(self.profile.site_root):
            return Kind.NONE
        suffix = path[path.rfind(".") :].lower() if "." in path else ""
        return Kind.PAGE if suffix in MARKDOWN_SUFFIXES or suffix in HTML_SUFFIXES else Kind.STATIC

    def is_template(self, path: str) -> bool:
        """A theme by itself is built by no generator, but these folders mean the same everywhere."""
        return f"/{path}".rfind("/_layouts/") >= 0 or f"/{path}".rfind("/_includes/") >= 0

    def fate(self, doc: Document) -> Fate:
        title = doc.front_matter.get("title")
        date = doc.front_matter.get("date")
        return Fate(
            True,
            url=self.static_url(doc.path),
            title=scalar_text(title) if title is not None else "",
            date=self.read_date(doc, date).instant if date is not None else None,
            terms=self.terms(doc),
        )

    def terms(self, doc: Document) -> dict[str, tuple[str, ...]]:
        """The document's terms by taxonomy."""
        terms: dict[str, tuple[str, ...]] = {}
        for use in self.term_uses(doc):
            terms[use.taxonomy] = (*terms.get(use.taxonomy, ()), use.term)
        return terms

    def taxonomy_keys(self) -> tuple[tuple[str, str], ...]:
        """The taxonomies, each with the key in the singular that stands for it too ("" for none)."""
        return _TAXONOMIES

    def date_keys(self, doc: Document) -> tuple[str, ...]:
        return ("date",)

    def read_date(self, doc: Document, entry: Entry) -> DateReading:
        """No program reads it, so only ISO 8601 is claimed to be understood; anything else is left alone."""
        text = entry.node.text.strip()
        if entry.node.kind != "scalar" or not text:
            return DateReading(None, DateOutcome.NONE)
        try:
            written = dt.datetime.fromisoformat(text)
        except ValueError:
            return DateReading(None, DateOutcome.NONE)
        naive = written.replace(tzinfo=None)
        has_time = len(text) > 10
        if written.tzinfo is None:
            return DateReading(written.replace(tzinfo=dt.UTC), DateOutcome.READ, "utc", "", naive, has_time)
        return DateReading(written, DateOutcome.READ, "value", "", naive, has_time)

    def file_name_date(self, path: str) -> dt.date | None:
        match = _FILE_NAME_DATE.match(path[path.rfind("/") + 1 :])
        if match is None:
            return None
        try:
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None

    def term_uses(self, doc: Document) -> Iterable[TermUse]:
        for taxonomy, singular in self.taxonomy_keys():
            entry = doc.front_matter.get(taxonomy) or doc.front_matter.get(singular)
            if entry is None:
                continue
            for node in entry.node.items if entry.node.kind == "list" else (entry.node,):
                if node.kind == "scalar" and node.text.strip() and node.value is not None:
                    yield TermUse(taxonomy, node.text.strip(), node.span)


def scalar_text(entry: Entry) -> str:
    """An entry's value as text; "" where it is none."""
    node = entry.node
    return node.text if node.kind == "scalar" and (node.quoted or node.value is not None) else ""
