"""A Jekyll site's configuration: ``_config.yml`` as frozen options. Defaults are those of Jekyll 4.3.1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from postlint.config.values import Frozen, freeze
from postlint.generators.loading import Setting, SiteOptions, boolean, load_first, mapping, settings_in, string, strings
from postlint.parse.dialect import Dialect
from postlint.parse.kramdown.options import KramdownOptions
from postlint.regex import regex

__all__ = ["Collection", "Defaults", "JekyllOptions", "load", "load_github_pages"]

CONFIG_FILES = ("_config.yml", "_config.yaml", "_config.toml")

_DEFAULT_EXCLUDES = (
    ".sass-cache", ".jekyll-cache", "gemfiles", "Gemfile", "Gemfile.lock", "node_modules",
    "vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/",
)  # fmt: skip

_STYLES = {
    "none": "/:categories/:title:output_ext",
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
}


@dataclass(frozen=True, slots=True)
class Collection:
    """``label`` lies in ``_label``. ``permalink`` is the template of its documents' addresses."""

    label: str
    output: bool
    permalink: str


@dataclass(frozen=True, slots=True)
class Defaults:
    """Front matter that files of a scope have without writing it. ``type`` is None where the scope names none."""

    path: str
    type: str | None
    values: tuple[tuple[str, Frozen], ...]


@dataclass(frozen=True, slots=True)
class JekyllOptions:
    """What of ``_config.yml`` decides which files become which pages.

    Attributes:
        source: the folder that is read, relative to the site's, "" or ending in "/".
        collections_dir: where the collections' folders and ``_posts`` lie, relative to ``source``, "" or ending in "/".
        layouts_dir, includes_dir: likewise.
        permalink: the site's style or template, as written.
        markdown_ext: suffixes that are Markdown, with their dot.
        redirects: jekyll-redirect-from is on, as far as can be told: a theme may bring it.
        optional_front_matter: the plugin that makes pages of Markdown files without front matter is on.
        readme_index: jekyll-readme-index is on: a README is the index of a folder that has none.
        readme_with_front_matter: so is one with front matter.
        relative_links: jekyll-relative-links is on for all pages: links to source files become links to their pages.
        relative_links_in_collections: so it is in posts and documents.
        titles_from_headings: jekyll-titles-from-headings is on: a page without title takes its first heading's.
        machine_files: the feeds and maps that plugins make, what ends in "/" standing for all below it; None where a
            theme may bring others.
        config_file, settings: the file that all this comes from, and what it says, key by key.
        titles_in_collections: so do posts and documents, whatever title they have.
        strip_title: such a heading is taken out of the page.
    """

    source: str = ""
    destination: str = "_site"
    collections_dir: str = ""
    layouts_dir: str = "_layouts/"
    includes_dir: str = "_includes/"
    collections: tuple[Collection, ...] = (Collection("posts", True, _STYLES["date"]),)
    defaults: tuple[Defaults, ...] = ()
    include: tuple[str, ...] = (".htaccess",)
    exclude: tuple[str, ...] = _DEFAULT_EXCLUDES
    permalink: str = "date"
    markdown_ext: tuple[str, ...] = (".markdown", ".mkdown", ".mkdn", ".mkd", ".md")
    future: bool = False
    unpublished: bool = False
    show_drafts: bool = False
    strict_front_matter: bool = False
    url: str = ""
    baseurl: str = ""
    excerpt_separator: str = "\n\n"
    redirects: bool = True
    optional_front_matter: bool = False
    readme_index: bool = False
    readme_with_front_matter: bool = False
    relative_links: bool = False
    relative_links_in_collections: bool = False
    titles_from_headings: bool = False
    titles_in_collections: bool = False
    strip_title: bool = False
    plugins: tuple[str, ...] = ()
    machine_files: tuple[str, ...] | None = None
    config_file: str = field(default="", compare=False)
    settings: tuple[Setting, ...] = field(default=(), compare=False)


def load(folder: Path, shown: str) -> SiteOptions:
    """The options, dialect and zone of the site in ``folder``.

    Raises:
        ConfigError: its configuration does not load.
    """
    return _load(folder, shown, github_pages=False)


def _load(folder: Path, shown: str, *, github_pages: bool) -> SiteOptions:
    config, name = load_first(folder, CONFIG_FILES, shown)
    zone = string(config, "timezone").strip() or None
    gems = _gems(folder / "Gemfile")
    if github_pages or "github-pages" in {*gems, *strings(config.get("plugins")), *strings(config.get("gems"))}:
        config = _github_pages(config)
    found = options(config, name, gems)
    if name:
        found = replace(found, settings=settings_in(folder / name))
    return SiteOptions(dialect(config), zone, found)


_PAGES_PLUGINS = (
    "jekyll-coffeescript", "jekyll-commonmark-ghpages", "jekyll-gist", "jekyll-github-metadata", "jekyll-paginate",
    "jekyll-relative-links", "jekyll-optional-front-matter", "jekyll-readme-index", "jekyll-default-layout",
    "jekyll-titles-from-headings",
)  # fmt: skip


def load_github_pages(folder: Path, shown: str) -> SiteOptions:
    """The same for a site that GitHub Pages builds. A site whose Gemfile or plugins name it is taken for one anyway.

    Raises:
        ConfigError: its configuration does not load.
    """
    return _load(folder, shown, github_pages=True)


def _github_pages(config: dict[str, Any]) -> dict[str, Any]:
    """The configuration with what the github-pages gem adds (lib/github-pages/configuration.rb, plugins.rb).

    Its default ``future: true`` never comes to bear: the site's own configuration holds Jekyll's default by then.
    """
    plugins = strings(config.get("plugins")) or strings(config.get("gems"))
    known = string(config, "markdown", "kramdown").lower() in ("kramdown", "gfm", "commonmarkghpages")
    own = {} if known else {"markdown": "kramdown"}
    exclude = {} if "exclude" in config else {"exclude": ["CNAME"]}
    return {**config, **own, **exclude, "plugins": [*dict.fromkeys((*plugins, *_PAGES_PLUGINS))]}


_GEM = regex(r"""^[ \t]*gem\b[ \t(]*["']([\w-]+)["']""", re.MULTILINE)


def _gems(gemfile: Path) -> frozenset[str]:
    """The gems that a ``Gemfile`` names: Jekyll loads those in its group ``jekyll_plugins`` unasked."""
    try:
        return frozenset(_GEM.findall(gemfile.read_text("utf-8", "replace")))
    except OSError:
        return frozenset()


def options(config: Mapping[str, Any], name: str = "", gems: frozenset[str] = frozenset()) -> JekyllOptions:
    permalink = str(config["permalink"]) if config.get("permalink") not in (None, "", False) else "date"
    collections_dir = string(config, "collections_dir").strip("/")
    plugins = strings(config.get("plugins"))
    include = strings(config.get("include")) if "include" in config else (".htaccess",)
    relative, readme = mapping(config, "relative_links"), mapping(config, "readme_index")
    from_headings = mapping(config, "titles_from_headings")
    titles = "jekyll-titles-from-headings" in {*plugins, *gems} and from_headings.get("enabled") is not False
    exclude = (*strings(config.get("exclude")), *_DEFAULT_EXCLUDES)
    return JekyllOptions(
        source=_folder(string(config, "source")),
        destination=string(config, "destination", "_site").strip("./") or "_site",
        collections_dir=f"{collections_dir}/" if collections_dir else "",
        layouts_dir=_folder(string(config, "layouts_dir")) or "_layouts/",
        includes_dir=_folder(string(config, "includes_dir")) or "_includes/",
        collections=_collections(config, permalink),
        defaults=_defaults(config.get("defaults")),
        include=include,
        exclude=tuple(pattern for pattern in exclude if pattern not in include),
        permalink=permalink,
        markdown_ext=tuple(
            f".{suffix.strip().lower()}"
            for suffix in string(config, "markdown_ext", "markdown,mkdown,mkdn,mkd,md").split(",")
        ),
        future=bool(config.get("future")),
        unpublished=bool(config.get("unpublished")),
        show_drafts=bool(config.get("show_drafts")),
        strict_front_matter=boolean(config, "strict_front_matter"),
        url=string(config, "url"),
        baseurl=string(config, "baseurl"),
        excerpt_separator=string(config, "excerpt_separator", "\n\n"),
        redirects="jekyll-redirect-from" in {*plugins, *gems} or "theme" in config,
        optional_front_matter="jekyll-optional-front-matter" in {*plugins, *gems}
        and mapping(config, "optional_front_matter").get("enabled") is not False
        and not config.get("require_front_matter"),
        readme_index="jekyll-readme-index" in {*plugins, *gems} and readme.get("enabled") is not False,
        readme_with_front_matter=readme.get("with_frontmatter") is True,
        relative_links="jekyll-relative-links" in {*plugins, *gems}
        and relative.get("enabled") is not False
        and not relative.get("exclude"),
        # With a folder for collections, documents know their paths from there alone.
        relative_links_in_collections=relative.get("collections") is True and not collections_dir,
        titles_from_headings=titles,
        titles_in_collections=titles and boolean(from_headings, "collections"),
        strip_title=boolean(from_headings, "strip_title"),
        plugins=plugins,
        machine_files=_machine_files(config, {*plugins, *gems}),
        config_file=name,
    )


def _machine_files(config: Mapping[str, Any], plugins: set[str]) -> tuple[str, ...] | None:
    """Measured with jekyll-feed 0.17.0; jekyll-sitemap's are in its documentation. A theme brings its plugins along."""
    if "theme" in config or "remote_theme" in config:
        return None
    found: tuple[str, ...] = ()
    if "jekyll-feed" in plugins:
        path = string(mapping(config, "feed"), "path", "feed.xml")
        found += (f"/{path.lstrip('/')}", "/feed/")
    if "jekyll-sitemap" in plugins:
        found += ("/sitemap.xml", "/robots.txt")
    return found


def _folder(path: str) -> str:
    path = path.removeprefix("./").strip("/")
    return f"{path}/" if path and path != "." else ""


def _collections(config: Mapping[str, Any], permalink: str) -> tuple[Collection, ...]:
    raw = config.get("collections")
    listed: dict[str, Any] = {"posts": {}}
    if isinstance(raw, dict):
        listed.update({str(label): settings for label, settings in raw.items()})
    elif isinstance(raw, list):
        listed.update(dict.fromkeys(strings(raw)))
    found = []
    for label, settings in listed.items():
        known = settings if isinstance(settings, dict) else {}
        own = known.get("permalink")
        if label == "posts":
            template = str(own) if own else _STYLES.get(permalink, permalink)
            found.append(Collection(label, True, template))
        else:
            template = str(own) if own is not None else with_ending("/:collection/:path", permalink)
            label = "".join(c for c in label if c.isascii() and (c.isalnum() or c in "_-."))
            # A style's name stands for its template in posts alone: elsewhere it is text, and means the same page.
            found.append(Collection(label, bool(known.get("output")), template))
    return tuple(found)


def with_ending(template: str, style: str) -> str:
    """``template`` with the kind of ending that the site's permalink style has."""
    if style == "pretty":
        return template + "/"
    if style in ("date", "ordinal", "none"):
        return template + ":output_ext"
    if style.endswith("/"):
        return template + "/"
    return template + ":output_ext" if style.endswith(":output_ext") else template


_OLD_TYPES = {"page": "pages", "post": "posts", "draft": "drafts"}


def _defaults(raw: object) -> tuple[Defaults, ...]:
    found = []
    for entry in raw if isinstance(raw, list) else ():
        if not isinstance(entry, dict) or not isinstance(entry.get("values"), dict):
            continue
        scope = entry.get("scope")
        scope = scope if isinstance(scope, dict) else {}
        path = scope.get("path")
        kind = scope.get("type")
        found.append(
            Defaults(
                path if isinstance(path, str) else "",
                _OLD_TYPES.get(str(kind), str(kind)) if kind is not None else None,
                tuple((str(key), freeze(value)) for key, value in entry["values"].items()),
            )
        )
    return tuple(found)


def dialect(config: Mapping[str, Any]) -> Dialect:
    engine = string(config, "markdown", "kramdown").lower()
    variables = tuple(_addresses("site", config))
    if engine != "kramdown":
        return Dialect("commonmark", "liquid", "jekyll", "github", variables=variables)
    settings = mapping(config, "kramdown")
    known = kramdown_options(settings)
    ids = "kramdown-gfm" if known.gfm else "kramdown"
    return Dialect(
        markdown="kramdown",
        templates="liquid",
        fences="jekyll",
        heading_ids=ids,  # type: ignore[arg-type]
        kramdown=known,
        variables=variables,
    )


_ADDRESS = regex(r"(?:https?:/)?/\S*")
_NOT_THE_CONFIGURATIONS = frozenset(
    {"url", "baseurl", "github", "data", "posts", "pages", "collections", "categories", "tags", "static_files", "time"}
)
"""What ``site.…`` has from elsewhere, or is looked after by itself."""


def _addresses(name: str, values: Mapping[str, Any], depth: int = 0) -> Iterator[tuple[str, str]]:
    """The settings that are addresses, by the names that templates know them under."""
    for key, value in values.items():
        if not isinstance(key, str) or (depth == 0 and key in _NOT_THE_CONFIGURATIONS):
            continue
        if isinstance(value, dict) and depth < _DEPTH:
            yield from _addresses(f"{name}.{key}", value, depth + 1)
        elif isinstance(value, str) and "{" not in value and _ADDRESS.fullmatch(value):
            yield f"{name}.{key}", value


_DEPTH = 2


def kramdown_options(settings: Mapping[str, Any]) -> KramdownOptions:
    """Jekyll's own ``input`` is GFM; ``gfm_quirks`` is a list or a text with commas."""
    quirks = settings.get("gfm_quirks", "paragraph_end")
    listed = [part.strip() for part in quirks.split(",")] if isinstance(quirks, str) else list(strings(quirks))
    gfm = str(settings.get("input", "GFM")).lower() == "gfm"
    return KramdownOptions(
        gfm=gfm,
        hard_wrap=boolean(settings, "hard_wrap"),
        parse_block_html=boolean(settings, "parse_block_html"),
        parse_span_html=boolean(settings, "parse_span_html", True),
        paragraph_end="paragraph_end" in listed,
        typographic="no_auto_typographic" not in listed,
        auto_ids=boolean(settings, "auto_ids", True),
        auto_id_prefix=string(settings, "auto_id_prefix"),
        transliterated=boolean(settings, "transliterated_header_ids") and not gfm,
    )
