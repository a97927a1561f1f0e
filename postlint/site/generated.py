"""Addresses that a generator, a plugin or a theme may make: nothing in the content says whether they exist."""

from __future__ import annotations

import re
from collections.abc import Callable

from postlint.document import Profile
from postlint.generators import generator_for
from postlint.regex import regex

__all__ = ["has_plugins", "may_be_generated"]

_MADE = regex(
    r"/(?:.*/)?(?:feed|rss|atom|sitemap|index|robots|humans|manifest|search|opensearch)[\w.\-]*\.(?:xml|json|txt|rss|atom|webmanifest)$"
    r"|\.(?:css|js|mjs|map|xml|json|rss|atom|webmanifest|ics|wasm)$",
    re.IGNORECASE,
)
_FOR_MACHINES = regex(r"/(?:feed|rss|atom|sitemap|robots)[\w\-]*\.(?:xml|txt|rss|atom)$", re.IGNORECASE)
_LISTS = regex(
    r"/(?:.*/)?(?:tags?|categor(?:y|ies)|archives?|authors?|series|topics?|feed|rss|atom|search|years?)(?:\.html)?(?:/.*)?$"
    r"|/(?:\d{4}(?:/\d{1,2}){0,2})?/?$",
    re.IGNORECASE,
)
_PAGINATED = regex(r"/page/?\d+(?:/|\.html)?$", re.IGNORECASE)
_QUIET_PLUGINS = frozenset(
    {
        "jekyll-feed", "jekyll-sitemap", "jekyll-seo-tag", "jekyll-redirect-from", "jekyll-mentions", "jekyll-avatar",
        "jemoji", "jekyll-gist", "jekyll-coffeescript", "jekyll-github-metadata", "jekyll-relative-links",
        "jekyll-optional-front-matter", "jekyll-readme-index", "jekyll-default-layout", "jekyll-titles-from-headings",
        "jekyll-remote-theme", "jekyll-last-modified-at", "jekyll-toc", "jekyll-paginate", "jekyll-include-cache",
        "jekyll-commonmark", "jekyll-commonmark-ghpages", "kramdown-parser-gfm", "rouge", "jekyll-watch",
    }
)  # fmt: skip
"""Plugins that make no pages, or only feeds, sitemaps and the second page of a list."""


def may_be_generated(
    url: str, profile: Profile, own_plugins: bool, lists: Callable[[], frozenset[str] | None] = lambda: None
) -> bool:
    """Whether something other than a file of the site may answer at ``url``.

    Args:
        url: from the site's root.
        own_plugins: the site brings plugins of its own (``_plugins/``, ``scripts/``), which may make any list.
        lists: the addresses of all lists, where the generator knows them.
    """
    generator = generator_for(profile)
    if not generator.knows_addresses:
        return True
    jekyll = profile.generator == "jekyll"
    alone = not own_plugins and not (jekyll and has_plugins(profile))
    if alone and _FOR_MACHINES.search(url) and (made := generator.makes(url)) is not None:
        return made
    if _MADE.search(url) or _PAGINATED.search(url):
        return True
    if profile.generator in ("plain", "mkdocs") or (jekyll and alone):
        return False  # Jekyll alone makes no lists
    known = lists()
    if known is not None:
        forms = (url, f"{url}/", f"{url.rstrip('/')}.html", url.removesuffix("index.html"), url.removesuffix("index"))
        return not known.isdisjoint(forms)
    return _LISTS.match(url) is not None


def has_plugins(profile: Profile) -> bool:
    """Whether a Jekyll site names plugins that may make pages, or put files elsewhere."""
    return not _QUIET_PLUGINS.issuperset(getattr(profile.options, "plugins", ()))
