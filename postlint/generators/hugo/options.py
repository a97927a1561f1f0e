"""A Hugo site's configuration. Defaults are those of Hugo 0.168."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from postlint.generators.loading import SiteOptions, boolean, load_first, mapping, string, strings
from postlint.parse.dialect import Dialect, HeadingIds

__all__ = ["HugoOptions", "load"]

CONFIG_FILES = tuple(
    f"{folder}{name}.{suffix}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for suffix in ("toml", "yaml", "yml", "json")
)
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
        permalinks: section (in lower case) and template.
        languages: the codes by which file names may say their language; the first is the default one.
        language_in_path: the default language has its code in addresses too.
        ref_warns: a ``ref`` that finds no page is no error (``refLinksErrorLevel``); it leads to ``ref_not_found_url``.
        dates: the front-matter keys that may give ``date``, in lower case; ``:filename`` among them where configured.
        publish_dates, expiry_dates, lastmods: the same for the instants from which and until which a page is published,
            and for its last change.
    """

    content_dir: str = "content/"
    taxonomies: tuple[tuple[str, str], ...] = _TAXONOMIES
    permalinks: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ("en",)
    language_in_path: bool = False
    dates: tuple[str, ...] = ("date", "publishdate", "pubdate", "published", "lastmod", "modified")
    publish_dates: tuple[str, ...] = ("publishdate", "pubdate", "published", "date")
    expiry_dates: tuple[str, ...] = ("expirydate", "unpublishdate")
    lastmods: tuple[str, ...] = ("lastmod", "modified", "date", "publishdate", "pubdate", "published")
    lower_case_paths: bool = True
    ugly_urls: bool = False
    build_drafts: bool = False
    build_future: bool = False
    build_expired: bool = False
    base_url: str = ""
    ref_warns: bool = False
    ref_not_found_url: str = ""


def load(folder: Path, shown: str) -> SiteOptions:
    """The options, dialect and zone of the site in ``folder``.

    Raises:
        ConfigError: its configuration does not load.
    """
    raw, found = load_first(folder, CONFIG_FILES, shown)
    config = _lowered(raw)
    for part in ("taxonomies", "permalinks", "markup", "languages", "frontmatter"):
        if part not in config:
            extra, name = load_first(
                folder, tuple(f"config/_default/{part}.{suffix}" for suffix in ("toml", "yaml", "yml", "json")), shown
            )
            if name:
                config[part] = _lowered(extra)
    goldmark = mapping(mapping(config, "markup"), "goldmark")
    unsafe = boolean(mapping(goldmark, "renderer"), "unsafe")
    ids = _IDS.get(string(mapping(goldmark, "parser"), "autoheadingidtype", "github"), "goldmark-github")
    dialect = Dialect("goldmark", "hugo", "hugo", ids, raw_html=unsafe)
    known = options(config)
    if not found and not (folder / known.content_dir).is_dir():
        # No site to be seen, only files and the word that Hugo will build them: then all of them are content.
        known = replace(known, content_dir="")
    return SiteOptions(dialect, string(config, "timezone") or None, known)


def _lowered(value: Any) -> Any:
    """Hugo does not mind the case of its own keys."""
    if isinstance(value, dict):
        return {str(key).lower(): _lowered(item) for key, item in value.items()}
    return value


def options(config: Mapping[str, Any]) -> HugoOptions:
    content = string(config, "contentdir", "content").removeprefix("./").strip("/") or "content"
    listed = mapping(config, "languages")
    default = string(config, "defaultcontentlanguage", "en").lower()
    others = tuple(code for code in listed if code != default)
    usual = HugoOptions()
    taxonomies: tuple[tuple[str, str], ...] = _TAXONOMIES
    if "taxonomies" in config:
        taxonomies = tuple((k, v) for k, v in mapping(config, "taxonomies").items() if isinstance(v, str))
    return HugoOptions(
        content_dir=f"{content}/",
        taxonomies=taxonomies,
        permalinks=_permalinks(mapping(config, "permalinks")),
        languages=(default, *others),
        language_in_path=boolean(config, "defaultcontentlanguageinsubdir"),
        dates=_dates(config, "date", usual.dates),
        publish_dates=_dates(config, "publishdate", usual.publish_dates),
        expiry_dates=_dates(config, "expirydate", usual.expiry_dates),
        lastmods=_dates(config, "lastmod", usual.lastmods),
        lower_case_paths=not boolean(config, "disablepathtolower"),
        ugly_urls=config.get("uglyurls") is True,
        build_drafts=boolean(config, "builddrafts"),
        build_future=boolean(config, "buildfuture"),
        build_expired=boolean(config, "buildexpired"),
        base_url=string(config, "baseurl"),
        ref_warns=string(config, "reflinkserrorlevel").upper() == "WARNING",
        ref_not_found_url=string(config, "reflinksnotfoundurl"),
    )


def _permalinks(raw: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    found = {section: template for section, template in raw.items() if isinstance(template, str)}
    page = raw.get("page")
    if isinstance(page, dict):
        found.update({section: template for section, template in page.items() if isinstance(template, str)})
    return tuple(found.items())


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
