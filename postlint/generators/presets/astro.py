"""What Astro makes of a file. Measured with Astro 5.18.2 (``@astrojs/markdown-remark`` 6.3.11) on Node 20.

Sources: ``core/routing/create-manifest.js`` (pages), ``content/utils.js`` (collections),
``markdown-remark/dist/rehype-collect-headings.js`` (heading ids), ``internal-helpers/dist/frontmatter.js``.

Only a file in ``src/pages/`` is a page by itself. An entry of a collection stands wherever the site's own routes put
it, or nowhere, and its front matter means what the site's schema says: its address is unknown, and so is whether
``draft`` hides it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath
from typing import Literal

from postlint.document import HTML_SUFFIXES, Document, Profile
from postlint.generators.base import Fate, Hidden, Kind
from postlint.generators.loading import SiteOptions
from postlint.generators.plain import Plain, scalar_text
from postlint.generators.presets.scripts import Script, config_names
from postlint.parse.dialect import Dialect

__all__ = ["Astro", "AstroOptions", "load"]

CONFIG_NAMES = config_names("astro.config")
_SUFFIXES = (".markdown", ".mdown", ".mkdn", ".mkd", ".mdwn", ".md", ".mdx")
_UNKNOWN_IDS = ("slug", "autolink", "heading", "rehypePlugins", "processor")


@dataclass(frozen=True, slots=True)
class AstroOptions:
    """
    Attributes:
        url, baseurl: ``site`` and ``base``.
        source: ``srcDir``, ending in "/".
        public: ``publicDir``, ending in "/".
        collections: folders of the collections, each ending in "/".
    """

    url: str = ""
    baseurl: str = ""
    source: str = "src/"
    public: str = "public/"
    collections: tuple[str, ...] = ("src/content/",)


def load(folder: Path, shown: str) -> SiteOptions:
    script = Script.read(folder, CONFIG_NAMES)
    source = _folder(script.value("srcDir", "src")) or "src/"
    names = (*config_names("content.config"), *config_names("content/config"))
    collections = Script.read(folder / source, names)
    found = [source + "content/", *filter(None, map(_folder, collections.values("base")))]
    options = AstroOptions(
        script.value("site") or "",
        script.value("base") or "",
        source,
        _folder(script.value("publicDir", "public")) or "public/",
        tuple(dict.fromkeys(found)),
    )
    ids: Literal["unknown", "github-smart"] = "unknown" if script.mentions(*_UNKNOWN_IDS) else "github-smart"
    return SiteOptions(Dialect("commonmark", "none", "any", ids, written_ids=ids == "unknown"), None, options)


def _folder(written: str | None) -> str:
    folder = normpath(written or ".")
    return "" if folder == "." or folder.startswith(("..", "/")) else folder + "/"


class Astro(Plain):
    name = "astro"
    title = "Astro"
    knows_addresses = False

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.options = profile.options if isinstance(profile.options, AstroOptions) else AstroOptions()
        root = profile.site_root
        self._pages = root + self.options.source + "pages/"
        self._public = root + self.options.public
        self._collections = tuple(root + folder for folder in self.options.collections)

    def kind(self, path: str) -> Kind:
        if path.startswith(self._public):
            return Kind.STATIC
        if path.startswith(self._pages):
            suffix = path[path.rfind(".") :].lower()
            return Kind.PAGE if path.endswith(_SUFFIXES) or suffix in HTML_SUFFIXES else Kind.NONE
        return Kind.PAGE if path.startswith(self._collections) and path.endswith(_SUFFIXES) else Kind.NONE

    def hidden(self, path: str) -> Hidden | None:
        """A name that begins with ``_``, a folder's too; in collections, where the site's own pattern decides, only
        by Astro's default."""
        for base in (self._pages, *self._collections):
            if path.startswith(base):
                below = path[len(base) :]
                return Hidden.SPECIAL_NAME if below.startswith("_") or "/_" in below else None
        return None

    def is_template(self, path: str) -> bool:
        return False

    def static_url(self, path: str) -> str:
        return path[len(self._public) - 1 :] if path.startswith(self._public) else ""

    def fate(self, doc: Document) -> Fate:
        if self.kind(doc.path) is not Kind.PAGE:
            return Fate(False, Hidden.NOT_OUTPUT)
        reason = self.hidden(doc.path)
        if reason is not None and doc.path.startswith(self._pages):
            return Fate(False, reason)
        front = doc.front_matter
        if front.error is not None:
            return Fate(False, Hidden.ABORTS)
        title, date = front.get("title"), front.get("date")
        return Fate(
            True,
            url=self._url(doc.path),
            title=scalar_text(title) if title is not None else "",
            date=self.read_date(doc, date).instant if date is not None else None,
            terms=self.terms(doc),
        )

    def _url(self, path: str) -> str:
        if not path.startswith(self._pages):
            return ""
        below = re.sub(r"\.[^./]+$", "", path[len(self._pages) :])
        if "[" in below:
            return ""
        stem = "" if below == "index" else below.removesuffix("/index")
        return f"/{stem}/" if stem else "/"
