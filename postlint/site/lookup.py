"""Looking up where links lead: the file that a link means, and what may be there though no file says so.

:class:`postlint.site.site.Site` asks this of links to which nothing in the index answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from postlint.config.redirects import redirected
from postlint.document import Profile
from postlint.generators import generator_for
from postlint.regex import regex
from postlint.site.facts import LinkFact
from postlint.site.generated import has_plugins, may_be_generated
from postlint.site.resolve import home_of
from postlint.site.schema import NTH_BITS
from postlint.site.sources import SourceFinder

if TYPE_CHECKING:
    from postlint.site.index import Index
    from postlint.site.site import Site

__all__ = ["NO_PAGES", "SOURCE_NAME", "Lookup"]

NO_PAGES = frozenset({"form", "base"})
"""Kinds of links that lead to no page: a form is sent to a program; a base is the beginning of addresses."""
SOURCE_NAME = regex(r"\.(?:md|markdown|mkdn?)$", re.IGNORECASE)
_WITH_FILES = frozenset({"hexo", "hugo", "zola"})
"""Generators whose pages have files of their own."""
_RELATIVE = regex(r"\s*+(?!/|\{|[A-Za-z][A-Za-z0-9+.\-]*+:)")
_TERMS = (
    f"SELECT DISTINCT t.taxonomy, t.term FROM term t JOIN document d ON d.id = t.id >> {NTH_BITS}"
    " WHERE d.site = ? AND d.published"
)
_BASED = f"""
SELECT DISTINCT d.site FROM document d
CROSS JOIN link l ON l.id BETWEEN d.id << {NTH_BITS} AND (d.id + 1) << {NTH_BITS}
WHERE d.url_key IS NULL AND l.kind = 'base'
"""
"""Layouts are few: their links are looked at one by one."""


class Lookup:
    """Looks up what the index alone cannot say of the targets of a project's links. For one run: answers are kept."""

    def __init__(self, site: Site, index: Index) -> None:
        self._site = site
        self._index = index
        self._finders: dict[str, SourceFinder] = {}
        self._sources: dict[tuple[str, str, str], str | None] = {}
        self._known_lists: dict[str, frozenset[str] | None] = {}
        self._redirects: dict[str, re.Pattern[str]] = {}

    def may_be_made(self, link: LinkFact) -> bool:
        """Whether only the built site can say what stands there."""
        if link.kind in NO_PAGES:
            return True
        site = self._site.site_of(link.path)
        return self.moved_by_layout(link) or may_be_generated(
            link.url, self._site.profiles[site], self._own_plugins(site), lambda: self._lists(site)
        )

    def may_be_there(self, link: LinkFact) -> bool:
        """Whether an address to which no page, alias or file answers may be there all the same."""
        if self.may_be_made(link):
            return True
        site = self._site.site_of(link.path)
        profile = self._site.profiles[site]
        if link.url in self._theme_files.get(site, ()) or self.is_redirected(link.url, site):
            return True
        if link.kind == "image" and profile.generator == "hexo" and not profile.dialect.marked.images_from_root:
            of_post = normpath(f"{link.path.rpartition('.')[0]}/{unquote(link.raw.strip())}")
            if self._site.has_file(of_post):
                return True
        if profile.generator in _WITH_FILES and self._comes_with_a_page(link.url, site):
            return True
        if link.kind == "figure" and not self._is_hugos_figure(link, site):
            return True
        if generator_for(profile).hook(link.kind, link.raw) == "unknown" or self.hooked(link) is not None:
            return True
        path = unquote(link.raw.partition("#")[0].partition("?")[0].strip())
        beside = normpath(f"{link.path.rpartition('/')[0]}/{path}").lstrip("/")
        if not path.startswith("/") and self._site.has_file(beside) and self._may_move(site):
            return True
        if profile.generator == "plain" and self._is_built_elsewhere(path, profile):
            return True
        if path.startswith("/") and self._is_read_in_repository(link.path):
            root = site + path.strip("/")
            return self._site.has_file(root) or self.has_folder(root)
        # In a folder of files, a folder is something to look at.
        return profile.generator == "plain" and self.has_folder(site + link.url.strip("/"))

    def source(self, link: LinkFact) -> str | None:
        """The file that a link to a source file names (see :meth:`SourceFinder.find`); None where there is none."""
        site = self._site.site_of(link.path)
        where = link.path if link.kind == "asset" else link.path.rpartition("/")[0]
        key = (link.kind, link.url, where if link.kind in ("ref", "relative", "asset") else site)
        if key not in self._sources:
            found = self._finder(site).find(link.kind, link.url, link.path)
            if found is not None and link.kind == "link" and link.url.startswith("/") and self._is_made_a_page(found):
                found = None  # with a leading slash Jekyll finds files that it copies, and no page (tags/link.rb)
            if found is None and link.kind in ("post_link", "post_path"):
                sql = "SELECT path FROM document WHERE site = ? AND title = ?"
                row = self._index.execute(sql, (site, link.url)).fetchone()
                found = row[0] if row is not None else None
            self._sources[key] = found
        return self._sources[key]

    def namesakes(self, link: LinkFact) -> tuple[str, ...]:
        """The files that a source link may mean, where its generator finds several and takes none."""
        if link.kind != "ref":
            return ()
        found = self._finder(self._site.site_of(link.path)).namesakes(link.url, link.path)
        return found if len(found) > 1 else ()

    def hooked(self, link: LinkFact) -> str | None:
        """The source that a template of the site finds for an address in Markdown that is none itself; see
        :meth:`SourceFinder.hooked`."""
        site = self._site.site_of(link.path)
        if generator_for(self._site.profiles[site]).hook(link.kind, link.raw) != "pages" or ":" in link.raw:
            return None
        address = unquote(link.raw.partition("#")[0].partition("?")[0].strip())
        return self._finder(site).hooked(address, link.path) if address else None

    def is_redirected(self, url: str, site: str) -> bool:
        """Whether the site's host answers at ``url`` by leading elsewhere."""
        profile = self._site.profiles[site]
        if not profile.redirects:
            return False
        if site not in self._redirects:
            self._redirects[site] = redirected(profile.redirects)
        answers = self._redirects[site].fullmatch
        return answers(url) is not None or answers(home_of(profile).base + url) is not None

    def moved_by_layout(self, link: LinkFact) -> bool:
        """Whether a layout's ``<base>`` says what this relative address starts from."""
        return _RELATIVE.match(link.raw) is not None and self._site.site_of(link.path) in self._based_sites

    def has_folder(self, folder: str) -> bool:
        """Whether the project has files below this folder ("": the root)."""
        if not folder:
            return True
        sql = "SELECT 1 FROM file WHERE path >= ? AND path < ? LIMIT 1"
        return self._index.execute(sql, (folder + "/", folder + "0")).fetchone() is not None

    def _is_made_a_page(self, path: str) -> bool:
        """Whether the file becomes a page at another address than its own."""
        page = self._site.page(path)
        return (
            page is not None and bool(page.url) and page.url != generator_for(self._site.profile(path)).static_url(path)
        )

    def _finder(self, site: str) -> SourceFinder:
        finder = self._finders.get(site)
        if finder is None:
            files = (path for (path,) in self._index.execute("SELECT path FROM file WHERE site = ?", (site,)))
            finder = SourceFinder(self._site.profiles[site], files, lambda: self._lists(site))
            self._finders[site] = finder
        return finder

    def _lists(self, site: str) -> frozenset[str] | None:
        """The addresses of pages that the generator makes by itself, as they are; None where they are not known."""
        if site not in self._known_lists:
            paths = (path for (path,) in self._index.execute("SELECT path FROM file WHERE site = ?", (site,)))
            generator = generator_for(self._site.profiles[site])
            self._known_lists[site] = generator.lists(paths, self._index.execute(_TERMS, (site,)))
        return self._known_lists[site]

    def _is_built_elsewhere(self, path: str, profile: Profile) -> bool:
        """Whether an address in a folder of no known generator may be one of a site that is made of it.

        Names of source files are none; an address from the root is none if it begins with a folder that is there.
        """
        if not path.startswith("/"):
            return bool(getattr(profile.options, "builder", "")) and SOURCE_NAME.search(path) is None
        if getattr(profile.options, "builder", ""):
            return True
        first = profile.site_root + path.lstrip("/").partition("/")[0]
        return not self._site.has_file(first) and not self.has_folder(first)

    def _is_read_in_repository(self, path: str) -> bool:
        """Whether a document is none of the site's pages, and lies where code hosts show it: README, CONTRIBUTING."""
        page = self._site.page(path)
        return page is not None and not page.published and "/" not in path[len(self._site.site_of(path)) :]

    @cached_property
    def _theme_files(self) -> Mapping[str, frozenset[str]]:
        """What themes bring along (``themes/x/static`` of Hugo and Zola, ``themes/x/source`` of Hexo), by site."""
        found: dict[str, set[str]] = {}
        for site, path in self._index.execute("SELECT site, path FROM file WHERE path LIKE '%themes/%'"):
            theme, part, below = path[len(site) :].partition("/static/" if "/static/" in path else "/source/")
            if part and theme.startswith("themes/") and theme.count("/") == 1:
                found.setdefault(site, set()).add("/" + below)
        return {site: frozenset(urls) for site, urls in found.items()}

    def _may_move(self, site: str) -> bool:
        """Whether files may be put where the page that they lie beside is. Jekyll alone leaves them where they are."""
        return (
            self._site.profiles[site].generator != "jekyll"
            or self._own_plugins(site)
            or has_plugins(self._site.profiles[site])
        )

    def _comes_with_a_page(self, url: str, site: str) -> bool:
        """Whether a page's own file stands there: one beside the ``index`` that it is made of (Hugo, Zola), or in the
        folder that bears the post's name (Hexo)."""
        hexo = self._site.profiles[site].generator == "hexo"
        if hexo and not getattr(self._site.profiles[site].options, "post_asset_folder", False):
            return False
        at = url.rfind("/")
        while at >= 0:
            for page in self._site.pages_at(site, url[: at + 1]):
                folder, _, name = page.path.rpartition("/")
                if hexo:
                    folder = page.path.rpartition(".")[0] if "/_posts/" in page.path else ""
                elif not name.startswith(("index.", "_index.")):
                    continue
                file = f"{folder}/{url[at + 1 :]}"
                if folder and self._site.has_file(file) and self._site.page(file) is None:
                    return True
            at = url.rfind("/", 0, at)
        return False

    def _is_hugos_figure(self, link: LinkFact, site: str) -> bool:
        """Whether a ``figure`` means what Hugo means by it, and not one of the files below ``assets/``."""
        sql = "SELECT 1 FROM file WHERE site = ? AND (path LIKE ? OR path LIKE ?)"
        own = ("%layouts/shortcodes/figure.html", "%layouts/_shortcodes/figure.html")
        if self._index.execute(sql, (site, *own)).fetchone() is not None or self._foreign_theme(site):
            return False
        return not self._site.has_file(f"{site}assets/{link.raw.strip('/')}")

    def _foreign_theme(self, site: str) -> bool:
        """Whether a theme is used whose files are not here."""
        return any(
            not self.has_folder(f"{site}themes/{theme}") for theme in generator_for(self._site.profiles[site]).themes
        )

    @cached_property
    def _based_sites(self) -> frozenset[str]:
        return frozenset(site for (site,) in self._index.execute(_BASED))

    def _own_plugins(self, site: str) -> bool:
        return any(self.has_folder(site + folder) for folder in ("_plugins", "scripts"))
