"""Hexo: what it does with each file.

Measured with Hexo 8.1 and hexo-renderer-marked 7.0. Addresses are those of a machine whose zone is the site's: Hexo
prints years, months and days in the machine's zone, even where the site sets ``timezone``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from posixpath import splitext
from typing import Any

from postlint.config.errors import ConfigError
from postlint.document import Document, Profile
from postlint.generators.base import DateReading, Fate, Generator, Hidden, Kind, TermUse
from postlint.generators.hexo.dates import read_date
from postlint.generators.hexo.globs import glob, matches
from postlint.generators.hexo.names import filled, parts_of_name
from postlint.generators.hexo.values import Stamp, data_of, doubled, js_text, js_value, rolled_over, truthy
from postlint.generators.loading import SiteOptions, boolean, load_first, mapping, string, strings
from postlint.generators.zones import in_zone_as_go, site_zone
from postlint.parse.dialect import Dialect, HeadingIds
from postlint.parse.front_matter import Entry, Format, Node
from postlint.parse.options import MarkedOptions
from postlint.parse.slugize import slugize
from postlint.regex import regex

__all__ = ["Hexo", "HexoOptions", "load"]

_OTHER_RENDERER = regex(r"(?:@[^/]+/)?hexo-renderer-(?:.*mark(?:ed|down)|kramed|pandoc|unified|mathjax|remark)")
_MOVES_IMAGES = regex(r"(?:@[^/]+/)?hexo-(?!generator-|renderer-|theme-).*(?:asset|image|img)")
"""Plugins that take the addresses of images for names in the folder of their post."""
_RENDERED = frozenset((".md", ".markdown", ".mkd", ".mkdn", ".mdwn", ".mdtxt", ".mdtext", ".html", ".htm"))
_OF_THE_BUILD = ("_id", "updated", "content", "excerpt", "more", "raw", "source", "photos", "_content")
"""Words of an address that front matter does not decide, or not alone."""


@dataclass(frozen=True, slots=True)
class HexoOptions:
    source_dir: str = "source/"
    permalink: str = ":year/:month/:day/:title/"
    default_category: str = "uncategorized"
    future: bool = True
    render_drafts: bool = False
    url: str = ""
    root: str = "/"
    category_dir: str = "categories"
    tag_dir: str = "tags"
    new_post_name: str = ":title.md"
    post_asset_folder: bool = False
    title_from_name: bool = False
    """``use_slug_as_post_title``: a post without a title has its slug."""
    filename_case: int = 0
    category_map: tuple[tuple[str, str], ...] = ()
    tag_map: tuple[tuple[str, str], ...] = ()
    permalink_defaults: tuple[tuple[str, str], ...] = ()
    exclude: tuple[str, ...] = ()
    """Globs for files and pages (not posts) that are left out; ``include``: for those that are not although their name
    is hidden; ``skip_render``: for those that are copied as they are, and posts that are left out; ``ignore``: for
    anything, by its whole path."""
    include: tuple[str, ...] = ()
    skip_render: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def load(folder: Path, shown: str) -> SiteOptions:
    config, found = load_first(folder, ("_config.yml", "_config.yaml", "_config.json"), shown)
    packages = _packages(folder, shown)
    ids: HeadingIds = "unknown" if _other_renderer(packages) else "hexo"
    marked = _marked(mapping(config, "marked"))
    of_posts = boolean(config, "post_asset_folder") and (
        boolean(mapping(config, "marked"), "postAsset") or any(map(_MOVES_IMAGES.match, packages))
    )
    if ids == "unknown" or boolean(config, "relative_link") or of_posts:
        marked = replace(marked, images_from_root=False, autolink=marked.autolink and ids == "hexo")
    dialect = Dialect("marked", "nunjucks", "hexo", ids, marked=marked)
    known = _options(config)
    if not found and not (folder / known.source_dir).is_dir():
        # No site to be seen, only files and the word that Hexo will build them: then all of them are its sources.
        known = replace(known, source_dir="")
    return SiteOptions(dialect, string(config, "timezone") or None, known)


def _marked(config: dict[str, Any]) -> MarkedOptions:
    usual = MarkedOptions()
    case = config.get("modifyAnchors")
    return MarkedOptions(
        ids=boolean(config, "headerIds", True),
        case=case if isinstance(case, int) and not isinstance(case, bool) else 0,
        smartypants=boolean(config, "smartypants", True),
        quotes=string(config, "quotes") or usual.quotes,
        breaks=boolean(config, "breaks", True),
        alias=boolean(config, "anchorAlias"),
        autolink=boolean(config, "autolink", True),
        images_from_root=boolean(config, "prependRoot", True),
    )


def _packages(folder: Path, shown: str) -> frozenset[str]:
    """The packages that the site's ``package.json`` names."""
    try:
        package, _ = load_first(folder, ("package.json",), shown)
    except ConfigError:
        return frozenset()
    return frozenset((*mapping(package, "dependencies"), *mapping(package, "devDependencies")))


def _other_renderer(packages: frozenset[str]) -> bool:
    """Whether the site has its Markdown rendered by another program than hexo-renderer-marked."""
    return "hexo-renderer-marked" not in packages and any(map(_OTHER_RENDERER.match, packages))


def _options(config: dict[str, Any]) -> HexoOptions:
    usual = HexoOptions()
    return HexoOptions(
        source_dir=string(config, "source_dir", "source").strip("./") + "/",
        permalink=string(config, "permalink") or usual.permalink,
        default_category=string(config, "default_category", usual.default_category),
        future=boolean(config, "future", True),
        render_drafts=boolean(config, "render_drafts"),
        url=string(config, "url"),
        root=string(config, "root") or "/",
        category_dir=string(config, "category_dir", usual.category_dir).strip("/"),
        tag_dir=string(config, "tag_dir", usual.tag_dir).strip("/"),
        new_post_name=string(config, "new_post_name") or usual.new_post_name,
        post_asset_folder=boolean(config, "post_asset_folder"),
        title_from_name=boolean(config, "use_slug_as_post_title"),
        filename_case=case if isinstance(case := config.get("filename_case"), int) else 0,
        category_map=tuple((key, str(value)) for key, value in mapping(config, "category_map").items() if value),
        tag_map=tuple((key, str(value)) for key, value in mapping(config, "tag_map").items() if value),
        permalink_defaults=tuple((key, str(value)) for key, value in mapping(config, "permalink_defaults").items()),
        exclude=strings(config.get("exclude")),
        include=strings(config.get("include")),
        skip_render=strings(config.get("skip_render")),
        ignore=strings(config.get("ignore")),
    )


class Hexo(Generator):
    name = "hexo"
    title = "Hexo"

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.options: HexoOptions = profile.options if isinstance(profile.options, HexoOptions) else HexoOptions()
        self._source = profile.site_root + self.options.source_dir
        options = self.options
        self._exclude = tuple(glob(pattern) for pattern in options.exclude if pattern)
        self._include = tuple(glob(pattern) for pattern in options.include if pattern)
        self._skip = tuple(glob(pattern) for pattern in options.skip_render if pattern)
        self._ignore = tuple(glob(pattern) for pattern in options.ignore if pattern)
        self.template_folders = (profile.site_root + "scaffolds/", profile.site_root + "themes/")

    def kind(self, path: str) -> Kind:
        if not path.startswith(self._source):
            return Kind.NONE
        below = path[len(self._source) :]
        parts = below.split("/")
        special = parts[0]
        post = special in ("_posts", "_drafts")
        if path.endswith(("~", "%")) or (self._ignore and self._is_ignored(path)):
            return Kind.NONE
        hidden = any(part.startswith((".", "_")) for part in (parts[1:] if post else parts))
        if hidden:
            if not matches(below, self._include):
                return Kind.NONE
            post = False
        if not post and self._exclude and matches(below, self._exclude):
            return Kind.NONE
        suffix = splitext(parts[-1])[1]
        text = suffix in _RENDERED and not (self._skip and matches(below, self._skip))
        if self.options.post_asset_folder and post:
            text = text and suffix == splitext(self.options.new_post_name)[1]
        if post:
            return Kind.NONE if not text else Kind.POST if special == "_posts" else Kind.DRAFT
        return Kind.PAGE if text else Kind.STATIC

    def _is_ignored(self, path: str) -> bool:
        """Whether ``ignore`` names the file or a folder above it. Its globs are for paths from the disk's root."""
        whole = "/" + path
        ends = [at for at, character in enumerate(whole) if character == "/" and at > len(self._source) - 1]
        return any(matches(whole[:end], self._ignore) for end in (*ends, len(whole)))

    def static_url(self, path: str) -> str:
        return "/" + path[len(self._source) :] if self.kind(path) is Kind.STATIC else ""

    def date_keys(self, doc: Document) -> tuple[str, ...]:
        if self.kind(doc.path) is Kind.NONE:
            return ()
        return tuple(key for key in ("date", "updated") if key in doc.front_matter)

    def file_name_date(self, path: str) -> dt.date | None:
        match = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", path[path.rfind("/") + 1 :], re.A)
        try:
            return dt.date(int(match[1]), int(match[2]), int(match[3])) if match is not None else None
        except ValueError:
            return None

    def read_date(self, doc: Document, entry: Entry) -> DateReading:
        zone = self.profile.zone
        return read_date(entry.node, site_zone(zone), bool(zone), json=doc.front_matter.format is Format.JSON)

    def term_uses(self, doc: Document) -> Iterable[TermUse]:
        """Strings stay whole; lists in a list of categories are branches, a list among tags is one text with commas."""
        if self.kind(doc.path) not in (Kind.POST, Kind.DRAFT):
            return
        json = doc.front_matter.format is Format.JSON
        for branch in self._branches(doc):
            for node in branch:
                yield TermUse("categories", js_text(js_value(node, json=json)), node.span)
        tags = _either(doc, "tags", "tag")
        for item in () if tags is None else tags.items if tags.kind == "list" else (tags,):
            if _there(item, json):
                yield TermUse("tags", js_text(js_value(item, json=json)), item.span)

    def _branches(self, doc: Document) -> Iterator[list[Node]]:
        node = _either(doc, "categories", "category")
        if node is None:
            return
        json = doc.front_matter.format is Format.JSON
        items = [item for item in (node.items if node.kind == "list" else (node,)) if _there(item, json)]
        if not any(item.kind == "list" for item in items):
            yield items
            return
        for item in items:
            yield [level for level in item.items if _there(level, json)] if item.kind == "list" else [item]

    def fate(self, doc: Document) -> Fate:
        kind = self.kind(doc.path)
        if kind is Kind.NONE:
            return Fate(False, self._why_not(doc.path))
        if kind is Kind.STATIC:
            return Fate(True, None, self.static_url(doc.path))
        front = doc.front_matter
        json = front.format is Format.JSON
        data = {key: js_value(node, json=json) for key, node in data_of(front).items()}
        own = data.get("permalink")
        if self._stops(doc) or (truthy(own) and not isinstance(own, str)):
            return Fate(False, Hidden.UNREADABLE)
        post = kind in (Kind.POST, Kind.DRAFT)
        parts = (
            parts_of_name(self.options.new_post_name, doc.path[len(self._source) :].partition("/")[2]) if post else {}
        )
        entry = front.get("date")
        date = self.read_date(doc, entry).instant if entry is not None else None
        if not truthy(data.get("date")) and date is None:
            date = self._date_of(parts)
        title = data.get("title")
        shown = "" if title is None else js_text(title)
        if self.options.title_from_name and post and "title" not in data:
            shown = parts["title"]
        lang = data.get("lang")
        language = lang if isinstance(lang, str) else ""
        appears = None if self.options.future else date
        if not post:
            return Fate(True, None, self._page_url(doc.path, own), shown, date, lang=language, appears=appears)
        reason = None
        if not self.options.render_drafts:
            if kind is Kind.DRAFT:
                reason = Hidden.DRAFT
            elif "published" in data and data["published"] in (False, 0, "", "false", "0"):
                reason = Hidden.UNPUBLISHED
        terms: dict[str, tuple[str, ...]] = {}
        for use in self.term_uses(doc):
            if use.term not in terms.get(use.taxonomy, ()):
                terms[use.taxonomy] = (*terms.get(use.taxonomy, ()), use.term)
        url = self._asset_slash("/" + own.lstrip("/")) if isinstance(own, str) and own else ""
        if not url:
            values = self._words(
                doc, data | {k: v for k, v in parts.items() if k != "title"}, parts["title"], shown, date
            )
            made = filled(self.options.permalink, values)
            url = "" if made is None else self._asset_slash("/" + made.lstrip("/"))
        return Fate(reason is None, reason, url, shown, date, terms, (), language, appears)

    def _why_not(self, path: str) -> Hidden:
        if not path.startswith(self._source):
            return Hidden.NOT_OUTPUT
        below = path[len(self._source) :]
        named = (self._exclude and matches(below, self._exclude)) or (self._skip and matches(below, self._skip))
        return Hidden.EXCLUDED if named or (self._ignore and self._is_ignored(path)) else Hidden.SPECIAL_NAME

    def _stops(self, doc: Document) -> bool:
        front = doc.front_matter
        if front.format is not Format.YAML:
            return False
        root = front.root
        return front.error is not None or (
            root is not None and (root.kind == "list" or doubled(root) or front.get("_id") is not None)
        )

    def _date_of(self, parts: Mapping[str, str]) -> dt.datetime | None:
        year, month, day = (parts.get("year"), parts.get("month") or parts.get("i_month"), parts.get("day"))
        day = day or parts.get("i_day")
        if not (year and month and day):
            return None
        made, _ = rolled_over((int(year), int(month), int(day)))
        return None if made is None else in_zone_as_go(made, site_zone(self.profile.zone))

    def _page_url(self, path: str, own: object) -> str:
        target = own if isinstance(own, str) and own else ""
        if not target:
            target = splitext(path[len(self._source) :])[0] + ".html"
        elif target.endswith("/"):
            target += "index.html"
        elif not splitext(target)[1]:
            target += ".html"
        target = "/" + target.lstrip("/")
        return target.removesuffix("index.html") if target.endswith("/index.html") else target

    def _asset_slash(self, url: str) -> str:
        return url + "/" if self.options.post_asset_folder and not url.endswith(("/", ".html")) else url

    def _words(
        self, doc: Document, data: dict[str, Any], slug: str, title: str, date: dt.datetime | None
    ) -> dict[str, str | None]:
        """The words of ``permalink``; None for one that cannot be known from the file."""
        values: dict[str, str | None] = dict(self.options.permalink_defaults)
        values["layout"] = "post"
        values |= {
            key: None if isinstance(value, Stamp) else js_text(value)
            for key, value in data.items()
            if key != "layout" or value is not None
        }
        values |= dict.fromkeys(_OF_THE_BUILD)
        identity = data.get("id")
        values |= {
            "id": js_text(identity) if truthy(identity) else None,
            "title": slug,
            "name": slug.rpartition("/")[2],
            "post_title": slugize(title, 1),
            "category": self._category(doc),
        }
        forms = {
            "year": "%Y", "month": "%m", "day": "%d", "hour": "%H", "minute": "%M", "second": "%S", "i_month": "%m",
            "i_day": "%d",
        }  # fmt: skip
        if date is None:
            return values | dict.fromkeys((*forms, "timestamp", "hash"))
        for word, form in forms.items():
            text = date.strftime(form)
            values[word] = str(int(text)) if word.startswith("i_") else text.zfill(4) if word == "year" else text
        seconds = str(int(date.timestamp()))
        values["timestamp"] = seconds
        values["hash"] = hashlib.sha1((slug + seconds).encode(), usedforsecurity=False).hexdigest()[:12]
        return values

    def _category(self, doc: Document) -> str | None:
        """The last one's in the order of Hexo's database, which is known where there is one chain."""
        json = doc.front_matter.format is Format.JSON
        branches = [[js_text(js_value(node, json=json)) for node in branch] for branch in self._branches(doc)]
        longest = max(branches, key=len, default=[])
        if not longest:
            return self.options.default_category
        if any(branch != longest[: len(branch)] for branch in branches):
            return None
        mapped = dict(self.options.category_map)
        names = (mapped.get(name, name) for name in longest)
        return "/".join(slugize(name, self.options.filename_case) for name in names)

    def term_url(self, taxonomy: str, term: str) -> str:
        """Of tags; that of a category depends on those above it."""
        return f"/{self.options.tag_dir}/{self.term_slug(taxonomy, term)}/" if taxonomy == "tags" else ""

    def term_slug(self, taxonomy: str, term: str) -> str | None:
        maps = {"tags": self.options.tag_map, "categories": self.options.category_map}
        if taxonomy not in maps:
            return None
        return slugize(dict(maps[taxonomy]).get(term) or term, self.options.filename_case)


def _there(node: Node, json: bool) -> bool:
    return node.kind != "scalar" or js_value(node, json=json) not in (None, "")


def _either(doc: Document, plural: str, singular: str) -> Node | None:
    """The value of the one of two keys that Hexo takes: the second where the first is nothing to JavaScript."""
    json = doc.front_matter.format is Format.JSON
    for key in (plural, singular):
        entry = doc.front_matter.get(key)
        if entry is not None and truthy(js_value(entry.node, json=json)):
            return entry.node
    return None
