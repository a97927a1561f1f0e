"""A site that does not say where it stands, and uses that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from postlint.api import (
    Document,
    Fact,
    Finding,
    Generator,
    Place,
    Position,
    Severity,
    Site,
    SiteFinding,
    SiteRule,
    Span,
    generator_for,
)

_PLUGINS = {
    "jekyll-feed": "the feed",
    "jekyll-sitemap": "the sitemap",
    "jekyll-seo-tag": "the addresses for search engines",
    "jekyll-redirect-from": "the pages that redirect",
}
"""Plugins that write whole addresses, and what they write them into."""
_TELLS = "jekyll-github-metadata"
"""On GitHub Pages this plugin sets the address."""
_START = Place(Span(0, 0), Position(1, 1), Position(1, 1))


@dataclass(frozen=True, slots=True)
class Options:
    """Options of site/missing-url.

    Attributes:
        always: report it also where nothing is known to use the address, as ``jekyll doctor`` does.
    """

    always: bool = False


class MissingUrl(SiteRule):
    """A Jekyll site without ``url``, where plugins or templates make whole addresses of it."""

    severity = Severity.WARNING
    Options = Options

    def collect(self, doc: Document) -> Iterator[Fact]:
        if _lacks_url(generator_for(doc.profile)) and ("absolute_url" in doc.content or "site.url" in doc.content):
            yield Fact(doc.path, "use", _START, None)

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for root, profile in site.profiles.items():
            generator = generator_for(profile)
            if not _lacks_url(generator):
                continue
            uses = [_PLUGINS[plugin] for plugin in profile.options.plugins if plugin in _PLUGINS]
            users = [fact.path for fact in site.facts(self.id, "use") if site.site_of(fact.path) == root]
            if not self.options.always and (not (uses or users) or _set_elsewhere(site, root, generator)):
                continue
            setting = generator.settings.get("url")
            message = "this site does not say under which address it stands: " + (
                "`url` is empty" if setting is not None else "`url` is missing"
            )
            yield SiteFinding(
                generator.configuration,
                Finding(
                    setting.key_span if setting is not None else Span(0, 0),
                    message,
                    _consequence(uses, users),
                    "write url: https:// and the name of the host",
                ),
            )


def _lacks_url(generator: Generator) -> bool:
    if generator.name != "jekyll" or not generator.configuration or _TELLS in generator.profile.options.plugins:
        return False
    setting = generator.settings.get("url")
    return setting is None or setting.value is None or setting.value == ""


def _set_elsewhere(site: Site, root: str, generator: Generator) -> bool:
    """GitHub Pages sets it by itself, and a site without Gemfile is most likely built there; so may a second file."""
    if not site.has_file(f"{root}Gemfile"):
        return True
    others = (path for path in site.files() if path.startswith(f"{root}_config") and path != generator.configuration)
    return any("/" not in path[len(root) :] and path.endswith((".yml", ".yaml", ".toml")) for path in others)


def _consequence(uses: list[str], users: list[str]) -> str:
    if uses:
        return f"Jekyll writes {' and '.join(uses)} without the host, and exits 0"
    if users:
        return f"Jekyll makes addresses without the host where {users[0]} asks for whole ones, and exits 0"
    return "addresses that plugins and templates mean to be whole lack the host"
