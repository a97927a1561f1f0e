"""Which page a ``ref`` or ``relref`` means.

Source: Hugo's ``hugolib/pagecollections.go`` and ``content_map_page.go`` (0.123 and later): a path from the folder of
the page, then one from the content's root, in lower case and without suffix and language, then a name that one page
alone has. Measured with Hugo 0.168.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from postlint.document import HTML_SUFFIXES, MARKDOWN_SUFFIXES
from postlint.generators.base import Kind
from postlint.generators.hugo.generator import Hugo

__all__ = ["Refs"]

_SUFFIXES = frozenset({*MARKDOWN_SUFFIXES, *HTML_SUFFIXES, ".adoc", ".org", ".rst", ".pandoc", ".pdc"})


class Refs:
    """The pages of one site by the names that a ``ref`` may give them.

    Args:
        generator: the site's.
        files: all files of the site, relative to the project root.
        lists: the addresses of the pages that Hugo makes without a file; None where they are not known.
    """

    def __init__(
        self, generator: Hugo, files: Collection[str], lists: Callable[[], Collection[str] | None] = lambda: None
    ) -> None:
        self._generator = generator
        self._files = files
        self._lists = lists

    def find(self, name: str, path: str) -> tuple[str, ...]:
        """The files that ``name`` in a ``ref`` on the page at ``path`` may mean: none where there is no page, several
        where Hugo does not know which. "" stands for a page that has no file of its own."""
        try:
            parts = urlsplit(name)
        except ValueError:
            return ()
        wanted = unquote(parts.path) if parts.scheme not in ("mailto", "tel") else ""
        if not wanted:
            return ("",)  # what has no path is left as it is
        lang = self._generator.below_content(path)[1]
        for key in self._keys(wanted, path):
            if (found := self._at(key, lang)) is not None:
                return (found,)
        if wanted.startswith(".") or "/" in wanted.rstrip("/"):
            return ()
        name = _key(wanted, self._languages)[1:]
        stem, _, code = name.rpartition(".")
        keys = self._named.get(stem if code in self._languages else name, ())
        return tuple(self._at(key, lang) or "" for key in keys)

    def page(self, address: str, path: str) -> str | None:
        """The file of the page that a template finds for an address (``GetPage``) on the page at ``path``; None where
        there is none in its language. "" stands for a page that has no file of its own.

        Measured with Hugo 0.168's own render hook for links.
        """
        lang = self._generator.below_content(path)[1]
        for key in self._keys(address, path):
            if (found := self._at(key, lang)) or (found is not None and not self._pages.get(key)):
                return found
        return None

    def _keys(self, wanted: str, path: str) -> Iterator[str]:
        languages = self._languages
        if not wanted.startswith("/"):
            folder, _, name = f"/{self._generator.below_content(path)[0]}".rpartition("/")
            if name.startswith("index.") and not (wanted.startswith("../") and "." in wanted.rpartition("/")[2]):
                folder = folder.rpartition("/")[0]  # a bundle is taken for a file of the folder above
            yield _key(normpath(f"{folder}/{wanted}"), languages)
        if not wanted.startswith("."):
            yield _key(wanted, languages)

    @property
    def _languages(self) -> tuple[str, ...]:
        return (*self._generator.options.languages, *self._generator.options.other_languages)

    def _at(self, key: str, lang: str) -> str | None:
        """What stands there; "" where it is no file, or none in this language."""
        if key in self._pages:
            return self._pages[key].get(lang, "")
        lists = self._lists()
        if lists is None:
            taxonomies = {plural for _, plural in self._generator.options.taxonomies}
            return "" if key[1:].partition("/")[0] in taxonomies else None
        return "" if f"{key.rstrip('/')}/" in lists else None

    @cached_property
    def _pages(self) -> dict[str, dict[str, str]]:
        """Files by language, by logical path: lower case, blanks as hyphens, without suffix, language and ``index``."""
        found: dict[str, dict[str, str]] = {"/": {}}
        bundles = []
        unsure = self._lists() is None
        for path in sorted(self._files):
            below, lang = self._generator.below_content(path)
            if below and _is_page(below) and self._generator.kind(path) is not Kind.NONE:
                key = _key("/" + below, self._languages)
                found.setdefault(key, {})[lang] = path
                if below.rpartition("/")[2].startswith("index."):
                    bundles.append(key)
                if unsure and (top := key[1:].partition("/"))[1]:
                    found.setdefault("/" + top[0], {})
        if bundles:
            within = tuple(f"{bundle}/" for bundle in bundles)
            found = {key: files for key, files in found.items() if not key.startswith(within)}
        return found

    @cached_property
    def _named(self) -> dict[str, tuple[str, ...]]:
        """Logical paths by their last part."""
        found: dict[str, tuple[str, ...]] = {}
        lists = self._lists()
        for key in sorted({*self._pages, *(url.rstrip("/") for url in lists or ())}):
            name = key.rpartition("/")[2]
            if name:
                found[name] = (*found.get(name, ()), key)
        return found


def _is_page(below: str) -> bool:
    dot = below.rfind(".")
    return dot >= 0 and below[dot:].lower() in _SUFFIXES


def _key(path: str, languages: Collection[str]) -> str:
    """The logical path of a file, or of what a ``ref`` names, from the content's root."""
    path = path.lower().replace(" ", "-").rstrip("/")
    path = path if path.startswith("/") else "/" + path
    folder, _, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    if dot and f".{suffix}" in _SUFFIXES:
        name = stem
        stem, dot, code = name.rpartition(".")
        if dot and code in languages:
            name = stem
    if name in ("index", "_index"):
        return folder or "/"
    return f"{folder}/{name}" if name else "/"
