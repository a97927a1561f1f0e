"""A Hugo site's configuration. Defaults are those of Hugo 0.168."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from postlint.generators.base import Hook
from postlint.generators.hugo.hooks import read_hooks
from postlint.generators.hugo.sections import Cascade, Section, cascades_of, read_sections
from postlint.generators.hugo.shortcodes import read_shortcodes
from postlint.generators.loading import SiteOptions, boolean, load_first, mapping, string, strings
from postlint.parse.dialect import Dialect, HeadingIds
from postlint.parse.options import GoldmarkOptions

__all__ = ["HugoOptions", "Mount", "load"]

_IDS: dict[str, HeadingIds] = {
    "github": "goldmark-github",
    "github-ascii": "goldmark-ascii",
    "blackfriday": "goldmark-blackfriday",
}
_TAXONOMIES = (("category", "categories"), ("tag", "tags"))


class Mount(NamedTuple):
    """A folder of the site that Hugo takes for a part of its content, or of its static files.

    Attributes:
        folder: relative to the site's folder, ending in "/".
        below: what it stands for within the content (or the static files): "" or ending in "/".
        lang: the language of what is in it; "" where file names may say it.
    """

    folder: str
    below: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class HugoOptions:
    """What decides which files become which pages.

    Attributes:
        taxonomies: singular and plural names; front matter uses the plural.
        permalinks: kind of page, section (in lower case) and template.
        languages: the codes by which file names may say their language; the first is the default one.
        mounts: the folders of the content, the first that a file lies in counts.
        static: the folders of files that are copied.
        templates: the folders of layouts, archetypes and themes.
        complete: all content lies in the site's own folder.
        other_languages: codes that file names may say and that are switched off: those pages are left out.
        language_zones: codes whose language has a time zone of its own.
        language_in_path: the default language has its code in addresses too.
        link_hook, image_hook: what a template makes of the addresses in Markdown; ``hook_words``: those for which the
            one for links has something of its own.
        robots: a ``robots.txt`` is made; ``sitemap``: the name of the maps of the site, "" where none are.
        ref_warns: a ``ref`` that finds no page is no error (``refLinksErrorLevel``); it leads to ``ref_not_found_url``.
        dates: the front-matter keys that may give ``date``, in lower case; ``:filename`` among them where configured.
        publish_dates, expiry_dates, lastmods: the same for the instants from which and until which a page is published,
            and for its last change.
        remove_accents: addresses have none.
        ugly_urls: pages are files ending in ``.html``; ``ugly_sections``: only in these sections.
        disable_aliases: no page is written for aliases.
        ignored: regular expressions for files that are left out.
        disabled_kinds: kinds of pages that are not made.
        cascades: what the configuration says of all pages.
        themes: the themes and modules that the site is built with, the former by their folders in ``themes/``.
        sections: the section files, and what they say of the pages below them.
        imports: modules are imported, which may bring pages.
        completes: addresses from the root get the site's path (``canonifyURLs``) or become relative (``relativeURLs``).
    """

    taxonomies: tuple[tuple[str, str], ...] = _TAXONOMIES
    permalinks: tuple[tuple[str, str, str], ...] = ()
    languages: tuple[str, ...] = ("en",)
    mounts: tuple[Mount, ...] = (Mount("content/"),)
    static: tuple[Mount, ...] = (Mount("static/"),)
    templates: tuple[str, ...] = ("layouts/", "archetypes/", "themes/")
    complete: bool = True
    other_languages: tuple[str, ...] = ()
    language_zones: tuple[tuple[str, str], ...] = ()
    language_in_path: bool = False
    dates: tuple[str, ...] = ("date", "publishdate", "pubdate", "published", "lastmod", "modified")
    publish_dates: tuple[str, ...] = ("publishdate", "pubdate", "published", "date")
    expiry_dates: tuple[str, ...] = ("expirydate", "unpublishdate")
    lastmods: tuple[str, ...] = ("lastmod", "modified", "date", "publishdate", "pubdate", "published")
    lower_case_paths: bool = True
    remove_accents: bool = False
    ugly_urls: bool = False
    ugly_sections: tuple[str, ...] = ()
    disable_aliases: bool = False
    ignored: tuple[str, ...] = ()
    disabled_kinds: tuple[str, ...] = ()
    build_drafts: bool = False
    build_future: bool = False
    build_expired: bool = False
    cascades: tuple[Cascade, ...] = ()
    sections: tuple[Section, ...] = ()
    base_url: str = ""
    themes: tuple[str, ...] = ()
    link_hook: Hook = ""
    image_hook: Hook = ""
    hook_words: tuple[str, ...] = ()
    robots: bool = False
    sitemap: str = "sitemap.xml"
    ref_warns: bool = False
    ref_not_found_url: str = ""
    imports: bool = False
    completes: bool = False


def load(folder: Path, shown: str) -> SiteOptions:
    """The options, dialect and zone of the site in ``folder``.

    Raises:
        ConfigError: its configuration does not load.
    """
    config, found = _configuration(folder, shown)
    goldmark = mapping(mapping(config, "markup"), "goldmark")
    unsafe = boolean(mapping(goldmark, "renderer"), "unsafe")
    parser = mapping(goldmark, "parser")
    ids = _IDS.get(string(parser, "autoheadingidtype") or string(parser, "autoidtype"), "goldmark-github")
    known = options(config)
    if not found and not any((folder / mount.folder).is_dir() for mount in known.mounts):
        # No site to be seen, only files and the word that Hugo will build them: then all of them are content.
        known = replace(known, mounts=(Mount(""),))
    sections = tuple(
        section for mount in known.mounts for section in read_sections(folder / mount.folder, mount.lang, mount.below)
    )
    themes = tuple(map(_tidy, strings(config.get("theme"))))
    shortcodes = read_shortcodes(folder, _tidy(string(config, "themesdir", "themes")), themes)
    hooks = read_hooks(folder, config, languages=len(known.languages))
    known = replace(known, sections=sections, link_hook=hooks.link, image_hook=hooks.image, hook_words=hooks.words)
    dialect = Dialect(
        "goldmark",
        "hugo",
        "hugo",
        ids if hooks.knows_ids else "unknown",
        raw_html=unsafe,
        goldmark=_goldmark(goldmark, config),
        shortcodes=shortcodes.known,
        shortcode_ids=shortcodes.ids,
    )
    return SiteOptions(dialect, string(config, "timezone") or None, known)


def _goldmark(config: Mapping[str, Any], site: Mapping[str, Any]) -> GoldmarkOptions:
    parser, extensions = mapping(config, "parser"), mapping(config, "extensions")
    attribute = mapping(parser, "attribute")
    # `typographer = false` is how old releases had it.
    typographer = extensions.get("typographer") is not False
    return GoldmarkOptions(
        auto_ids=boolean(parser, "autoheadingid", True),
        term_ids=boolean(parser, "autodefinitiontermid"),
        title_attributes=boolean(attribute, "title", True),
        block_attributes=boolean(attribute, "block"),
        typographer=typographer and not boolean(mapping(extensions, "typographer"), "disable"),
        linkify=boolean(extensions, "linkify", True),
        emoji=boolean(site, "enableemoji"),
    )


_PARTS = frozenset({"taxonomies", "permalinks", "markup", "languages", "frontmatter", "cascade", "module"})
"""What may stand in files of its own in a configuration's folder, as far as it matters here."""
_SUFFIXES = ("toml", "yaml", "yml", "json")


def _configuration(folder: Path, shown: str) -> tuple[dict[str, Any], bool]:
    """The configuration with which ``hugo`` builds, keys in lower case, and whether there is any.

    A file beside the content comes before those in ``config/_default``, and ``config/production`` over both: that is
    the environment in which ``hugo`` builds unless told otherwise.
    """
    config: dict[str, Any] = {}
    there = False
    for place in ("", "config/_default/", "config/production/"):
        names = [f"{place}{name}.{suffix}" for name in ("hugo", "config") for suffix in _SUFFIXES]
        raw, found = load_first(folder, names, shown)
        there = there or bool(found)
        _merge(config, _lowered(raw))
        for name in _parts(folder / place) if place else ():
            raw, _ = load_first(folder, [place + name], shown)
            there = True
            _merge(config, _part(name.rpartition(".")[0].lower(), _lowered(raw)))
    return config, there


def _parts(folder: Path) -> list[str]:
    """The files in a configuration's folder that hold a part of it: ``markup.toml``, ``languages.fr.yaml``."""
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError:
        return []
    found = {}
    for name in names:
        stem, _, suffix = name.rpartition(".")
        if suffix in _SUFFIXES and stem.partition(".")[0].lower() in _PARTS:
            found[name] = (stem, _SUFFIXES.index(suffix))
    # Of one part in several formats the first is read.
    return [name for name, (stem, at) in found.items() if not any((stem, i) in found.values() for i in range(at))]


def _part(stem: str, raw: dict[str, Any]) -> dict[str, Any]:
    """What a file of its own says, as it would stand in the whole."""
    name, _, lang = stem.partition(".")
    if lang:
        return {"languages": {lang: raw}} if name == "languages" else {}
    # A file of cascades may be a mapping, or a list below the file's own name.
    return {"cascade": raw.get("cascade", raw)} if name == "cascade" else {name: raw}


def _merge(config: dict[str, Any], over: Mapping[str, Any]) -> None:
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(config.get(key), dict):
            _merge(config[key], value)
        else:
            config[key] = value


def _lowered(value: Any) -> Any:
    """Hugo does not mind the case of its own keys."""
    if isinstance(value, dict):
        return {str(key).lower(): _lowered(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_lowered(item) for item in value]
    return value


def _tidy(folder: str) -> str:
    return folder.removeprefix("./").strip("/")


def options(config: Mapping[str, Any]) -> HugoOptions:
    listed = mapping(config, "languages")
    default = string(config, "defaultcontentlanguage", "en").lower()
    shown = {code: values for code, values in listed.items() if boolean(mapping(listed, code), "disabled") is False}
    others = tuple(code for code in shown if code != default)
    content, static, complete = _mounts(config, {code: mapping(shown, code) for code in shown})
    usual = HugoOptions()
    taxonomies: tuple[tuple[str, str], ...] = _TAXONOMIES
    if "taxonomies" in config:
        taxonomies = tuple((k, v) for k, v in mapping(config, "taxonomies").items() if isinstance(v, str))
    return HugoOptions(
        mounts=content,
        static=static,
        templates=tuple(
            f"{folder}/"
            for name in ("layout", "archetype", "themes")
            if (folder := _tidy(string(config, f"{name}dir", name if name == "themes" else f"{name}s")))
        ),
        complete=complete,
        taxonomies=taxonomies,
        permalinks=_permalinks(mapping(config, "permalinks")),
        languages=(default, *others),
        other_languages=tuple(code for code in listed if code not in shown),
        language_zones=tuple((code, zone) for code in shown if (zone := string(mapping(listed, code), "timezone"))),
        language_in_path=boolean(config, "defaultcontentlanguageinsubdir"),
        dates=_dates(config, "date", usual.dates),
        publish_dates=_dates(config, "publishdate", usual.publish_dates),
        expiry_dates=_dates(config, "expirydate", usual.expiry_dates),
        lastmods=_dates(config, "lastmod", usual.lastmods),
        lower_case_paths=not boolean(config, "disablepathtolower"),
        remove_accents=boolean(config, "removepathaccents"),
        ugly_urls=config.get("uglyurls") is True,
        ugly_sections=tuple(name for name, ugly in mapping(config, "uglyurls").items() if ugly is True),
        disable_aliases=boolean(config, "disablealiases"),
        ignored=strings(config.get("ignorefiles")),
        disabled_kinds=tuple(map(str.lower, strings(config.get("disablekinds")))),
        build_drafts=boolean(config, "builddrafts"),
        build_future=boolean(config, "buildfuture"),
        build_expired=boolean(config, "buildexpired"),
        cascades=cascades_of(config.get("cascade")),
        base_url=string(config, "baseurl"),
        themes=_themes(config),
        robots=boolean(config, "enablerobotstxt"),
        sitemap=_sitemap(config),
        ref_warns=string(config, "reflinkserrorlevel").upper() == "WARNING",
        ref_not_found_url=string(config, "reflinksnotfoundurl"),
        imports=bool(mapping(config, "module").get("imports")),
        completes=boolean(config, "canonifyurls") or boolean(config, "relativeurls"),
    )


def _themes(config: Mapping[str, Any]) -> tuple[str, ...]:
    imported = mapping(config, "module").get("imports")
    paths = [string(item, "path") for item in imported if isinstance(item, dict)] if isinstance(imported, list) else []
    return (*strings(config.get("theme")), *filter(None, paths))


def _mounts(
    config: Mapping[str, Any], languages: Mapping[str, Mapping[str, Any]]
) -> tuple[tuple[Mount, ...], tuple[Mount, ...], bool]:
    """The folders of content and of static files, and whether all of the content lies below the site's folder.

    Measured with Hugo 0.168: a mount to a part of the content takes the place of ``contentDir``, the languages' own
    included, one to a part of the static files that of ``staticDir``.
    """
    content: list[Mount] = []
    static: list[Mount] = []
    complete = True
    mounts = mapping(config, "module").get("mounts")
    for mount in mounts if isinstance(mounts, list) else []:
        source, target = (string(mount, key) for key in ("source", "target")) if isinstance(mount, dict) else ("", "")
        kind, _, below = _tidy(target).partition("/")
        below = f"{below}/" if below else ""
        outside = source.startswith(("/", "..")) or _tidy(source).startswith("node_modules")
        if kind in ("content", "static") and outside:
            complete = False
        if kind == "content":
            langs = strings(mount.get("lang")) or strings(mapping(mapping(mount, "sites"), "matrix").get("languages"))
            content.append(Mount(f"{_tidy(source)}/", below, langs[0] if len(langs) == 1 else ""))
        elif kind == "static":
            static.append(Mount(f"{_tidy(source)}/", below))
    if not content:
        for code, values in languages.items():
            if own := _tidy(string(values, "contentdir")):
                content.append(Mount(f"{own}/", "", code))
        if len(content) < max(len(languages), 1):
            content.append(Mount(f"{_tidy(string(config, 'contentdir', 'content')) or 'content'}/"))
    if not static:
        names = strings(config.get("staticdir")) or ("static",)
        for values in languages.values():
            names += strings(values.get("staticdir"))
        static += (Mount(f"{_tidy(name)}/") for name in dict.fromkeys(names) if _tidy(name))
    return tuple(content), tuple(static), complete


def _sitemap(config: Mapping[str, Any]) -> str:
    if "sitemap" in map(str.lower, strings(config.get("disablekinds"))):
        return ""
    return string(mapping(config, "sitemap"), "filename") or "sitemap.xml"


def _permalinks(raw: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Kind, section (or taxonomy) and template. A template outside the tables of kinds is for pages, and for terms."""
    found = []
    for name, value in raw.items():
        if isinstance(value, str):
            found += [("page", name, value), ("term", name, value)]
        elif isinstance(value, dict):
            found += [(name, section, template) for section, template in value.items() if isinstance(template, str)]
    return tuple(found)


_DATE_ALIASES = {
    "lastmod": ("modified",),
    "publishdate": ("pubdate", "published"),
    "expirydate": ("unpublishdate",),
}
"""Older names that Hugo reads wherever it reads these."""


def _dates(config: Mapping[str, Any], key: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    """The keys that may give one of a page's dates, by ``frontmatter`` (page_frontmatter.go of Hugo 0.166)."""
    raw = mapping(config, "frontmatter").get(key)
    if raw is None:
        return usual
    found: list[str] = []
    for name in map(str.lower, strings(raw)):
        found.extend(usual if name == ":default" else (name, *_DATE_ALIASES.get(name, ())))
    return tuple(dict.fromkeys(found))
