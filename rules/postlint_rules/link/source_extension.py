"""Links to source files, where the page stands at another address."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import (
    Edit,
    Finding,
    Fix,
    LinkFact,
    PageFact,
    Profile,
    Safety,
    Site,
    SiteFinding,
    SiteRule,
    Span,
    generator_for,
)
from postlint_rules.link._sources import keeps_names


class SourceExtension(SiteRule):
    """``[b](b.md)``, where the generator leaves the address as it is written.

    Measured with Jekyll 4.3.1, Hexo 8.1.2 and Hugo 0.168 without a render hook; Zola's documentation knows ``@/``
    alone.
    """

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for link, page in site.links_to_sources():
            profile = site.profile(link.path)
            if keeps_names(profile):
                yield SiteFinding(link.path, _finding(link, page, profile))


def _finding(link: LinkFact, page: PageFact, profile: Profile) -> Finding:
    title = generator_for(profile).title
    message = f"{link.raw.partition('#')[0]} is the name of a source file; its page stands at {page.url}"
    consequence = f"{title} leaves the address as it is, and who follows the link finds no page"
    raw = link.raw
    end = min((at for at in (raw.find("#"), raw.find("?")) if at >= 0), default=len(raw))
    source = page.path.removeprefix(profile.site_root)
    written = ""
    if profile.generator == "jekyll":
        written = f"{{% link {source.removeprefix(getattr(profile.options, 'source', ''))} %}}"
    elif profile.generator == "zola" and link.kind in ("markdown", "reference") and source.startswith("content/"):
        written = "@/" + source.removeprefix("content/")
    if not written:
        return Finding(link.place.span, message, consequence, f"write {page.url}")
    start = link.place.span.start
    fix = Fix(f"write {written}", (Edit(Span(start, start + end), written),), Safety.UNSAFE)
    return Finding(link.place.span, message, consequence, fix=fix)
