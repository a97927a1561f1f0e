"""Which page a ``ref`` or ``relref`` means.

Source: Hugo's ``hugolib/pagecollections.go`` and ``content_map_page.go`` (0.123 and later): a path from the folder of the
page, then one from the content's root, in lower case and without suffix and language, then a name that one page alone
has. Measured with Hugo 0.168.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from postlint.document import HTML_SUFFIXES, MARKDOWN_SUFFIXES
from postlint.generators.base import Kind
from postlint.generators.hugo.generator import Hugo

__all__ = ["Refs"]

_SUFFIXES = frozenset({*MARKDOWN_SUFFIXES, *HTML_SUFFIXES, ".adoc", ".org", ".rst", ".pandoc", ".pdc"})
_HAS_SUFFIX = re.compile(r"\.[^./]+$")


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
        found = self._at(self._beside(wanted, path)) if not wanted.startswith("/") else None
        if found is None and not wanted.startswith("."):
            found = self._at(_key(wanted, self._languages))
        if found is not None:
            return (found,)
        if wanted.startswith(".") or "/" in wanted:
            return ()
        return self._named.get(_key(wanted, self._languages).rpartition("/")[2], ())

    @property
    def _languages(self) -> tuple[str, ...]:
        return (*self._generator.options.languages, *self._generator.options.other_languages)

    def _beside(self, wanted: str, path: str) -> str:
        below = "/" + self._generator.below_content(path)
        folder, _, name = below.rpartition("/")
        if name.startswith("index.") and _HAS_SUFFIX.search(wanted) is None:
            folder = folder.rpartition("/")[0]  # to a bundle, what has no suffix is its neighbour
        return _key(normpath(f"{folder}/{wanted}"), self._languages)

    def _at(self, key: str) -> str | None:
        if key in self._pages:
            return self._pages[key]
        lists = self._lists()
        if lists is None:
            taxonomies = {plural for _, plural in self._generator.options.taxonomies}
            return "" if key[1:].partition("/")[0] in taxonomies else None
        return "" if f"{key.rstrip('/')}/" in lists else None

    @cached_property
    def _pages(self) -> dict[str, str]:
        """Files by logical path: lower case, blanks as hyphens, without suffix, language and ``index``."""
        found: dict[str, str] = {"/": ""}
        bundles = []
        for path in sorted(self._files):
            below = self._generator.below_content(path)
            if below and _is_page(below) and self._generator.kind(path) is not Kind.NONE:
                key = _key("/" + below, self._languages)
                found[key] = path
                if below.rpartition("/")[2].startswith("index."):
                    bundles.append(key)
                if (top := key[1:].partition("/"))[1]:
                    found.setdefault("/" + top[0], "")
        if bundles:
            within = tuple(f"{bundle}/" for bundle in bundles)
            found = {key: path for key, path in found.items() if not key.startswith(within)}
        return found

    @cached_property
    def _named(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        keys: Iterable[str] = self._pages
        if (lists := self._lists()) is not None:
            keys = {*self._pages, *(url.rstrip("/") for url in lists)}
        for key in sorted(keys):
            name = key.rpartition("/")[2]
            if name:
                found[name] = (*found.get(name, ()), self._pages.get(key, ""))
        return found


def _is_page(below: str) -> bool:
    dot = below.rfind(".")
    return dot >= 0 and below[dot:].lower() in _SUFFIXES


def _key(path: str, languages: Collection[str]) -> str:
    """The logical path of a file, or of what a ``ref`` names, from the content's root."""
    path = path.lower().replace(" ", "-").rstrip("/")
    path = path if path.startswith("/") else "/" + path
    folder, _, name = path.rpartition("/")
    if (match := _HAS_SUFFIX.search(name)) is not None:
        name = name[: match.start()]
        stem, dot, code = name.rpartition(".")
        if dot and code in languages:
            name = stem
        if name in ("index", "_index"):
            return folder or "/"
    elif name == "index":
        return folder or "/"
    return f"{folder}/{name}" if name else "/"
