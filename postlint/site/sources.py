"""Links that name a source file: where the generator looks for it.

Sources: Jekyll 4.3 ``tags/link.rb`` (the exact path) and ``tags/post_url.rb`` (path and slug, or the older match by
date and slug); Hugo's page lookup (:mod:`postlint.generators.hugo.refs`); Hexo's ``post_link`` and ``post_path``
(slug or title) and ``asset_img`` and its like (a file in the post's own folder);
Zola (``@/`` is the content folder).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from postlint.document import Profile
from postlint.generators import generator_for
from postlint.generators.base import Hidden, Kind
from postlint.regex import regex

if TYPE_CHECKING:
    from postlint.generators.hugo.refs import Refs

__all__ = ["SourceFinder"]

_POST_NAME = regex(r"(?:.*/)?(\d{2,4})-(\d{1,2})-(\d{1,2})-([^/]*)")
_SUFFIX = regex(r"\.(?:md|markdown|mkdn?|mkdown|html?|adoc|org|rst|pandoc)$", re.IGNORECASE)


class SourceFinder:
    """Looks up the names of one site.

    Args:
        profile: the site's.
        files: all files below the site's folder, relative to the project root.
        lists: the addresses of the pages that the generator makes without a file; None where they are not known.
    """

    def __init__(
        self, profile: Profile, files: Iterable[str], lists: Callable[[], Collection[str] | None] = lambda: None
    ) -> None:
        self._profile = profile
        self._root = profile.site_root
        self._files = frozenset(files)
        self._lists = lists

    def find(self, kind: str, name: str, path: str, titles: Iterable[str] = ()) -> str | None:
        """The file that ``name`` in a link of this kind in the document at ``path`` means; None where there is none.

        An empty answer says that it is there but no file of its own (a section without a page, a page by its title).
        """
        match kind:
            case "link":
                found = self._root + getattr(self._profile.options, "source", "") + name.lstrip("/")
                return found if found in self._files else None
            case "relative":
                return self._rewritten(name, path)
            case "post_url":
                return self._post(name)
            case "post_link" | "post_path":
                return self._hexo_post(name)
            case "asset":
                return self._hexo_asset(name, path)
            case "zola":
                found = f"{self._root}content/{name}"
                return found if found in self._files else None
            case "ref":
                return self._hugo_page(name, path)
        return ""

    def _rewritten(self, name: str, path: str) -> str | None:
        """Whoever makes addresses of source files' names knows what the site publishes, and nothing else; a draft may
        be published yet."""
        generator = generator_for(self._profile)
        found = self._root + getattr(self._profile.options, "source", "") + name
        if self._profile.generator == "docusaurus":
            return self._docusaurus(name, path)
        if found not in self._files or generator.kind(found) is Kind.NONE:
            return None
        return found if generator.hidden(found) in (None, Hidden.DRAFT) else None

    def _docusaurus(self, name: str, path: str) -> str | None:
        """From the document's folder, else from a content folder or the site's (``utils/lib/markdownLinks.js``)."""
        folder = path[len(self._root) :].rpartition("/")[0] + "/"
        written = name.removeprefix(folder)
        areas: list[str] = [area.folder for area in getattr(self._profile.options, "areas", ())]
        for base in (folder, *areas, "") if written != name else ("",):
            if self._root + base + written in self._files:
                return self._root + base + written
        return "" if name.startswith("../") else None  # outside the site, where nobody has looked

    def hooked(self, address: str, path: str) -> str | None:
        """The file that Hugo's own render hook finds for a path in the Markdown of the document at ``path``.

        A page in the document's language, from its folder or from the content's root, or a file in ``assets``
        (measured with Hugo 0.168). An empty answer says that it is there but no file of its own.
        """
        if self._refs is not None and (found := self._refs.page(address, path)) is not None:
            return found
        asset = f"{self._root}assets/{address.lstrip('/')}"
        return asset if asset in self._files else None

    # Jekyll --------------------------------------------------------------------------------------------------

    @cached_property
    def _posts(self) -> dict[tuple[int, int, int, str], list[str]]:
        found: dict[tuple[int, int, int, str], list[str]] = {}
        for path in sorted(self._files):
            if "_posts/" in path or "_drafts/" in path:
                stem = path[path.rfind("/") + 1 :].rpartition(".")[0]
                if (key := _post_key(stem)) is not None:
                    found.setdefault(key, []).append(path)
        return found

    def _post(self, name: str) -> str | None:
        name = name.strip("/")
        key = _post_key(name)
        posts = self._posts.get(key, []) if key is not None else []
        folder = name.rpartition("/")[0]
        for path in posts:
            if not folder or f"/{folder}/" in "/" + path.replace("_posts/", ""):
                return path
        return None

    # Hexo ----------------------------------------------------------------------------------------------------

    @cached_property
    def _hexo_slugs(self) -> dict[str, str]:
        """Posts by what ``new_post_name`` leaves of their names."""
        from postlint.generators.hexo.names import parts_of_name

        template = getattr(self._profile.options, "new_post_name", ":title.md")
        found: dict[str, str] = {}
        for path in sorted(self._files):
            below = path.partition("/_posts/")[2]
            if below and _SUFFIX.search(below):
                found.setdefault(parts_of_name(template, below)["title"], path)
        return found

    def _hexo_post(self, name: str) -> str | None:
        return self._hexo_slugs.get(name.strip("/"))

    def _hexo_asset(self, name: str, path: str) -> str | None:
        """In the folder that bears the post's name (``models/post_asset.ts``), where the site has such folders."""
        if not getattr(self._profile.options, "post_asset_folder", False) or "/_posts/" not in path:
            return None
        found = f"{path.rpartition('.')[0]}/{name}"
        return found if found in self._files else None

    # Hugo ----------------------------------------------------------------------------------------------------

    @cached_property
    def _refs(self) -> Refs | None:
        from postlint.generators.hugo import Hugo
        from postlint.generators.hugo.refs import Refs

        generator = generator_for(self._profile)
        return Refs(generator, self._files, self._lists) if isinstance(generator, Hugo) else None

    def namesakes(self, name: str, path: str) -> tuple[str, ...]:
        """The files that a ``ref`` in the document at ``path`` may mean; see :meth:`Refs.find`."""
        return self._refs.find(name, path) if self._refs is not None else ("",)

    def _hugo_page(self, name: str, path: str) -> str | None:
        found = self.namesakes(name, path)
        if len(found) == 1:
            return found[0]
        return None if getattr(self._profile.options, "complete", True) else ""


def _post_key(name: str) -> tuple[int, int, int, str] | None:
    found = _POST_NAME.fullmatch(name)
    return (int(found[1]), int(found[2]), int(found[3]), found[4]) if found else None
