"""Links from the root of the host, on a site that lies below it."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import (
    Document,
    Edit,
    Fact,
    Finding,
    Fix,
    LinkFact,
    Place,
    Position,
    Profile,
    Safety,
    Site,
    SiteFinding,
    SiteRule,
    Span,
    generator_for,
    regex,
)
from postlint_rules.link._addresses import is_image

_NOWHERE = Place(Span(0, 0), Position(1, 1), Position(1, 1))
_HOST = regex(r"\{\{-?\s*site\.url\s*-?\}\}")
_GENERATORS = frozenset({"jekyll", "hexo", "hugo"})
"""What a theme does with those of Zola is not known."""


class MissingBaseurl(SiteRule):
    """An address like ``/about/`` or ``{{ site.url }}/about/`` of a page, where the site lies below ``/blog``.

    Measured with Jekyll 4.3.1, Hugo 0.168 (unless it is told to complete them) and Hexo 8.1.2, whose Markdown and whose
    tag ``img`` complete those of images by themselves.
    """

    def collect(self, doc: Document) -> Iterator[Fact]:
        if doc.front_matter.values.get("render_with_liquid") is False:
            yield Fact(doc.path, "no-liquid", _NOWHERE, None)

    def check(self, site: Site) -> Iterator[SiteFinding]:
        no_liquid: set[str] | None = None
        for link, base in site.links_past_base():
            generator = site.profile(link.path).generator
            if generator not in _GENERATORS or link.kind == "front-matter":
                continue
            if generator == "hexo" and link.kind in ("image", "img"):
                continue
            if generator == "hugo" and _completed(link, site.profile(link.path)):
                continue
            if no_liquid is None:
                no_liquid = {fact.path for fact in site.facts(self.id, "no-liquid")}
            liquid = generator == "jekyll" and link.path not in no_liquid
            yield SiteFinding(link.path, _finding(link, base, liquid=liquid))


def _completed(link: LinkFact, profile: Profile) -> bool:
    """Whether Hugo, or a template that it asks, may make another address of it."""
    own = link.kind == "figure" and any(name == "figure" for name, _ in profile.dialect.shortcodes)
    return bool(own or getattr(profile.options, "completes", False) or generator_for(profile).hook(link.kind, link.raw))


def _finding(link: LinkFact, base: str, *, liquid: bool) -> Finding:
    message = f"{link.raw} begins at the root of the host, and this site lies below {base}/"
    dead = "the image is not shown" if is_image(link) else "who follows the link leaves the site, or finds no page"
    if not liquid:
        return Finding(link.place.span, message, dead, f"write {base}{link.raw}")
    start = link.place.span.start
    if link.raw.startswith("/"):
        fix = Fix("put {{ site.baseurl }} before it", (Edit(Span(start, start), "{{ site.baseurl }}"),), Safety.SAFE)
        return Finding(link.place.span, message, dead, fix=fix)
    if (host := _HOST.match(link.raw)) is None:
        return Finding(link.place.span, message, dead, "put site.baseurl behind site.url")
    start += host.end()
    fix = Fix("put {{ site.baseurl }} behind the host", (Edit(Span(start, start), "{{ site.baseurl }}"),), Safety.SAFE)
    return Finding(link.place.span, message, dead, fix=fix)
