"""What MkDocs makes of a file. Measured with MkDocs 1.6.1 and Python-Markdown 3.11.

Sources: ``mkdocs/structure/files.py`` (which files, where they go), ``structure/pages.py`` (titles, links),
``utils/meta.py`` (front matter), ``markdown/extensions/toc.py`` (heading ids).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath, splitext
from typing import Any, Literal
from urllib.parse import unquote

from postlint.document import Document, Profile
from postlint.generators.base import Fate, Generator, Hidden, Kind, TermUse
from postlint.generators.loading import SiteOptions, boolean, load_first, string
from postlint.generators.plain import Plain, scalar_text
from postlint.parse.dialect import Dialect
from postlint.parse.headings import heading_text
from postlint.regex import regex

__all__ = ["MkDocs", "MkDocsOptions", "load"]

CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml")
_SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
_REPLACED = "replaced"
_QUIET_PLUGINS = frozenset(
    {
        "search", "autorefs", "mkdocstrings", "minify", "git-revision-date", "git-revision-date-localized",
        "git-authors", "git-committers", "awesome-pages", "literate-nav", "section-index", "glightbox", "privacy",
        "social", "meta", "optimize", "offline", "typeset", "info", "macros", "include-markdown", "table-reader",
        "markdownextradata", "mermaid2", "spellcheck", "htmlproofer", "linkcheck", "rss", "open-in-new-tab", "charts",
    }
)  # fmt: skip
"""Plugins that make no pages of their own and move none."""
_ATTRIBUTES = frozenset({"attr_list", "markdown.extensions.attr_list", "extra", "markdown.extensions.extra"})
_TOC = ("toc", "markdown.extensions.toc")
_MULTIMARKDOWN = regex(r"[ ]{0,3}([A-Za-z0-9_-]+):[ \t]*+(.*)")
_WRITTEN_ID = regex(r"[ \t]*\{:?[^{}\n]*#[^{}\n]*\}[ \t]*$")
_MORE = regex(r"(?:[ ]{4}|\t)\s*(.*)")


@dataclass(frozen=True, slots=True)
class MkDocsOptions:
    """
    Attributes:
        url: ``site_url``.
        docs: ``docs_dir``, ending in "/"; "" where it lies outside the site's folder.
        directory_urls: ``use_directory_urls``.
        excluded, drafts: the lines of ``exclude_docs`` and ``draft_docs``.
        titles: (path below ``docs``, title) of the pages that ``nav`` gives one.
        reads_tags: a plugin reads ``tags``.
        complete: nothing but the files makes pages.
        strict: a warning ends the build.
        defines_references: a plugin makes links of references that nothing in the file defines.
    """

    url: str = ""
    docs: str = "docs/"
    directory_urls: bool = True
    excluded: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    reads_tags: bool = False
    complete: bool = True
    strict: bool = False
    defines_references: bool = False


def load(folder: Path, shown: str) -> SiteOptions:
    config, _ = load_first(folder, CONFIG_NAMES, shown)
    parent = config.get("INHERIT")
    inherits = isinstance(parent, str)
    if isinstance(parent, str) and (folder / parent).is_file():
        above, _ = load_first(folder, (parent,), shown)
        config = _merged(above, config)
    plugins = set(_named(config.get("plugins", [])))
    docs = normpath(string(config, "docs_dir", "docs"))
    extensions = _named(config.get("markdown_extensions", []))
    options = MkDocsOptions(
        url=string(config, "site_url"),
        docs="" if docs.startswith(("..", "/")) else docs + "/",
        directory_urls=boolean(config, "use_directory_urls", True),
        excluded=tuple(string(config, "exclude_docs").splitlines()),
        drafts=tuple(string(config, "draft_docs").splitlines()),
        titles=tuple(_titles(config.get("nav"))),
        reads_tags=any(name.rpartition("/")[2] == "tags" for name in plugins),
        complete=not inherits
        and not config.get("hooks")
        and {name.rpartition("/")[2] for name in plugins} <= _QUIET_PLUGINS | {"tags"},
        strict=boolean(config, "strict"),
        defines_references=inherits or not plugins.isdisjoint({"autorefs", "mkdocstrings"}),
    )
    ids: Literal["python-markdown", "unknown"] = "python-markdown"
    for name in _TOC:
        settings = extensions.get(name)
        if isinstance(settings, dict) and any(key in settings for key in ("slugify", "separator")):
            ids = "unknown"
    dialect = Dialect("python-markdown", "none", "mkdocs", ids, written_ids=not _ATTRIBUTES.isdisjoint(extensions))
    return SiteOptions(dialect, None, options)


def _merged(above: Mapping[str, Any], below: Mapping[str, Any]) -> dict[str, Any]:
    """``INHERIT``: mappings are merged key by key, anything else is replaced."""
    merged = dict(above)
    for key, value in below.items():
        old = merged.get(key)
        merged[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _named(listed: object) -> dict[str, object]:
    """Plugins or extensions: a list of names and of ``name: options``, or one mapping."""
    if isinstance(listed, dict):
        return {str(name): options for name, options in listed.items()}
    found: dict[str, object] = {}
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, str):
            found[each] = None
        elif isinstance(each, dict):
            found.update((str(name), options) for name, options in each.items())
    return found


def _titles(nav: object, depth: int = 0) -> Iterable[tuple[str, str]]:
    if not isinstance(nav, list) or depth > 20:
        return
    for each in nav:
        if isinstance(each, dict):
            for title, what in each.items():
                if isinstance(what, str):
                    yield what, str(title)
                else:
                    yield from _titles(what, depth + 1)


class MkDocs(Plain):
    name = "mkdocs"
    title = "MkDocs"
    rewrites_links = True

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.options = profile.options if isinstance(profile.options, MkDocsOptions) else MkDocsOptions()
        self.knows_addresses = self.options.complete and bool(self.options.docs)
        self._docs = profile.site_root + self.options.docs
        self._titles = dict(self.options.titles)
        self._excluded = _patterns((".*", "/templates/", *self.options.excluded))
        self._drafts = _patterns(self.options.drafts)

    def kind(self, path: str) -> Kind:
        if not path.startswith(self._docs) or not self.options.docs:
            return Kind.NONE
        return Kind.PAGE if path.endswith(_SUFFIXES) else Kind.STATIC

    def hidden(self, path: str) -> Hidden | None:
        if self.kind(path) is Kind.NONE:
            return None
        source = path[len(self._docs) :]
        if self._excluded(source):
            special = any(part.startswith(".") for part in source.split("/"))
            return Hidden.SPECIAL_NAME if special else Hidden.EXCLUDED
        return Hidden.DRAFT if self._drafts(source) else None

    is_template = Generator.is_template

    def surroundings(self, path: str, there: Callable[[str], bool]) -> str:
        """Of several sources of one page in a folder MkDocs drops the first: ``README.md`` beside ``index.md``."""
        if self.kind(path) is not Kind.PAGE or self._excluded(path[len(self._docs) :]):
            return ""
        folder, slash, name = path.rpartition("/")
        stem = splitext(name)[0]
        stems = ("README", "index") if stem in ("README", "index") else (stem,)
        order = (f"{folder}{slash}{each}{suffix}" for each in stems for suffix in sorted(_SUFFIXES))
        sources = [each for each in order if there(each) and not self._excluded(each[len(self._docs) :])]
        return _REPLACED if len(sources) > 1 and sources[0] == path else ""

    def fate(self, doc: Document) -> Fate:
        if self.kind(doc.path) is not Kind.PAGE:
            return Fate(False, Hidden.NOT_OUTPUT)
        reason = self.hidden(doc.path)
        if reason in (Hidden.EXCLUDED, Hidden.SPECIAL_NAME):
            return Fate(False, reason)
        if doc.surroundings == _REPLACED:
            return Fate(False, Hidden.IGNORED_NAME)
        source = doc.path[len(self._docs) :]
        terms = tuple(use.term for use in self.term_uses(doc))
        return Fate(
            reason is None,
            reason,
            self._url(source),
            self._title(doc, source),
            terms={"tags": terms} if terms else {},
        )

    def _url(self, source: str) -> str:
        folder, slash, name = source.rpartition("/")
        stem = splitext(name)[0]
        stem = "index" if stem == "README" else stem
        if not self.options.directory_urls:
            return f"/{folder}{slash}{stem}.html"
        return f"/{folder}{slash}" if stem == "index" else f"/{folder}{slash}{stem}/"

    def _title(self, doc: Document, source: str) -> str:
        if source in self._titles:
            return self._titles[source]
        front = doc.front_matter
        entry = front.get("title")
        if entry is not None and front.error is None:
            return scalar_text(entry)
        if not front.present and (written := _multimarkdown(doc.content).get("title")) is not None:
            return written
        # Front matter that is no mapping stays in the text, whose first element its fence is then.
        first = next(iter(doc.outline.headings), None) if not front.present or front.entries else None
        if first is not None and first.level == 1 and not doc.content[doc.body.start : first.span.start].strip():
            source_text = doc.content[slice(*first.text)]
            if doc.profile.dialect.written_ids:
                source_text = _WRITTEN_ID.sub("", source_text)
            return "".join(run for run, _ in heading_text(source_text).runs).strip()
        stem = splitext(source.rpartition("/")[2])[0]
        stem = "index" if stem == "README" else stem
        if stem == "index" and "/" not in source:
            return "Home"
        title = stem.replace("-", " ").replace("_", " ")
        return title.capitalize() if title.lower() == title else title

    def date_keys(self, doc: Document) -> tuple[str, ...]:
        return ()  # themes and plugins may read some

    def file_name_date(self, path: str) -> None:
        return None

    def term_uses(self, doc: Document) -> Iterable[TermUse]:
        return super().term_uses(doc) if self.options.reads_tags else ()

    def taxonomy_keys(self) -> tuple[tuple[str, str], ...]:
        return (("tags", ""),)

    def source_link(self, path: str, address: str) -> str | None:
        """A relative address that ends like a source file is one; others may be addresses on the site."""
        address = unquote(address.partition("?")[0])
        if not address.endswith(_SUFFIXES) or address.startswith("/") or ":" in address:
            return None
        return normpath(f"{path[len(self.profile.site_root) :].rpartition('/')[0]}/{address}")

    def static_url(self, path: str) -> str:
        if self.kind(path) is not Kind.STATIC or self._excluded(path[len(self._docs) :]):
            return ""
        return "/" + path[len(self._docs) :]


def _patterns(lines: Iterable[str]) -> Callable[[str], bool]:
    """Whether a path matches patterns written as in ``.gitignore``."""
    kept = [line for line in lines if line.strip()]
    if not kept:
        return lambda path: False
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(kept).match_file


def _multimarkdown(content: str) -> dict[str, str]:
    """Lines ``key: value`` at the very start, which MkDocs takes for metadata; a key in lower case."""
    found: dict[str, str] = {}
    key = ""
    for line in content.splitlines():
        if not line.strip():
            break
        if (match := _MULTIMARKDOWN.match(line)) is not None:
            key, value = match[1].lower(), match[2].strip()
            found[key] = f"{found[key]} {value}" if key in found else value
        elif key and (more := _MORE.match(line)) is not None:
            found[key] += " " + more[1].strip()
        else:
            break
    return found
