"""A Hugo site's configuration. Defaults are those of Hugo 0.168."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from postlint.generators.hugo.sections import Cascade, Section, cascades_of, read_sections
from postlint.generators.hugo.shortcodes import read_shortcodes
from postlint.generators.loading import SiteOptions, boolean, load_first, mapping, string, strings
from postlint.parse.dialect import Dialect, HeadingIds
from postlint.parse.options import GoldmarkOptions

__all__ = ["HugoOptions", "load"]

_IDS: dict[str, HeadingIds] = {
    "github": "goldmark-github",
    "github-ascii": "goldmark-ascii",
    "blackfriday": "goldmark-blackfriday",
}
_TAXONOMIES = (("category", "categories"), ("tag", "tags"))


@dataclass(frozen=True, slots=True)
class HugoOptions:
    """What decides which files become which pages.

    Attributes:
        content_dir: relative to the site's folder, "" or ending in "/".
        taxonomies: singular and plural names; front matter uses the plural.
        permalinks: kind of page, section (in lower case) and template.
        languages: the codes by which file names may say their language; the first is the default one.
        language_folders: languages that have a content folder of their own: the folder and the code.
        other_languages: codes that file names may say and that are switched off: those pages are left out.
        language_zones: codes whose language has a time zone of its own.
        language_in_path: the default language has its code in addresses too.
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
        sections: the section files, and what they say of the pages below them.
        foreign_content: modules or mounts bring pages from elsewhere.
    """

    content_dir: str = "content/"
    taxonomies: tuple[tuple[str, str], ...] = _TAXONOMIES
    permalinks: tuple[tuple[str, str, str], ...] = ()
    languages: tuple[str, ...] = ("en",)
    language_folders: tuple[tuple[str, str], ...] = ()
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
    ref_warns: bool = False
    ref_not_found_url: str = ""
    foreign_content: bool = False


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
    themes = tuple(map(_tidy, strings(config.get("theme"))))
    shortcodes = read_shortcodes(folder, _tidy(string(config, "themesdir", "themes")), themes)
    dialect = Dialect(
        "goldmark", "hugo", "hugo", ids, raw_html=unsafe, goldmark=_goldmark(goldmark, config),
        shortcodes=shortcodes.known, shortcode_ids=shortcodes.ids,
    )  # fmt: skip
    known = options(config)
    if not found and not (folder / known.content_dir).is_dir():
        # No site to be seen, only files and the word that Hugo will build them: then all of them are content.
        known = replace(known, content_dir="")
    roots = known.language_folders or ((known.content_dir, ""),)
    sections = tuple(section for root, lang in roots for section in read_sections(folder / root, lang))
    known = replace(known, sections=sections)
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


_PARTS = ("taxonomies", "permalinks", "markup", "languages", "frontmatter", "cascade")
"""What may stand in files of its own in a configuration's folder, as far as it matters here."""
_SUFFIXES = ("toml", "yaml", "yml", "json")


def _configuration(folder: Path, shown: str) -> tuple[dict[str, Any], bool]:
    """The configuration with which ``hugo`` builds, keys in lower case, and whether there is any.

    A file beside the content comes before those in ``config/_default``, and ``config/production`` over both: that is
    the environment in which ``hugo`` builds unless told otherwise.
    """
    config: dict[str, Any] = {}
    there = False
    places = [""] + [f"config/{name}/" for name in ("_default", "production") if (folder / "config" / name).is_dir()]
    for place in places:
        for part in ("", *(_PARTS if place else ())):
            names = [
                f"{place}{name}.{suffix}" for name in ((part,) if part else ("hugo", "config")) for suffix in _SUFFIXES
            ]
            raw, found = load_first(folder, names, shown)
            if found:
                there = True
                _merge(config, {part: _lowered(raw)} if part and part != "cascade" else _part(part, _lowered(raw)))
    return config, there


def _part(part: str, raw: dict[str, Any]) -> dict[str, Any]:
    # A file of cascades may be a mapping, or a list below the file's own name.
    return {"cascade": raw.get("cascade", raw)} if part == "cascade" else raw


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
    content = _tidy(string(config, "contentdir", "content")) or "content"
    listed = mapping(config, "languages")
    default = string(config, "defaultcontentlanguage", "en").lower()
    shown = {code: values for code, values in listed.items() if boolean(mapping(listed, code), "disabled") is False}
    others = tuple(code for code in shown if code != default)
    folders = tuple(
        (f"{_tidy(folder)}/", code)
        for code in shown
        if (folder := string(mapping(listed, code), "contentdir")) and _tidy(folder)
    )
    usual = HugoOptions()
    taxonomies: tuple[tuple[str, str], ...] = _TAXONOMIES
    if "taxonomies" in config:
        taxonomies = tuple((k, v) for k, v in mapping(config, "taxonomies").items() if isinstance(v, str))
    return HugoOptions(
        content_dir=f"{content}/",
        taxonomies=taxonomies,
        permalinks=_permalinks(mapping(config, "permalinks")),
        languages=(default, *others),
        language_folders=folders,
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
        ref_warns=string(config, "reflinkserrorlevel").upper() == "WARNING",
        ref_not_found_url=string(config, "reflinksnotfoundurl"),
        foreign_content=_foreign_content(mapping(config, "module"), f"{content}/"),
    )


def _foreign_content(module: Mapping[str, Any], content: str) -> bool:
    mounts = [mount for mount in module.get("mounts") or () if isinstance(mount, dict)]
    places = [(f"{_tidy(string(m, 'source'))}/", f"{_tidy(string(m, 'target'))}/") for m in mounts]
    return bool(module.get("imports")) or any(
        target.startswith("content/") and (source, target) != (content, "content/") for source, target in places
    )


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
