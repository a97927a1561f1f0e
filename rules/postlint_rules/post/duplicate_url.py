"""Two files that the generator writes to one address."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Finding, PageFact, Related, Site, SiteFinding, SiteRule, Span


class DuplicateUrl(SiteRule):
    """Pages with one address: one of them is not published."""

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for group in site.shared_addresses():
            by_url: dict[str, list[PageFact]] = {}
            for page in group:
                by_url.setdefault(page.url, []).append(page)
            for pages in by_url.values():
                for page in pages[1:]:
                    yield SiteFinding(page.path, _same(page, pages, site.profile(page.path).generator))
            first = [pages[0] for pages in by_url.values()]
            if len({page.url.lower() for page in first}) < len(first):
                for page in first[1:]:
                    if any(other.url.lower() == page.url.lower() and other is not page for other in first):
                        yield SiteFinding(page.path, _by_case(page, first))


_FATE = {
    "jekyll": "Jekyll writes both to one file: only one of them is on the site, and the build does not fail",
    "hugo": "Hugo writes both to one file: only one of them is on the site",
    "hexo": "Hexo writes both to one file: only one of them is on the site",
    "zola": "Zola stops: nothing at all is built",
    "eleventy": "Eleventy stops: nothing at all is built",
    "plain": "only one of them can be there",
}


def _same(page: PageFact, pages: list[PageFact], generator: str) -> Finding:
    others = [other for other in pages if other.path != page.path]
    return Finding(
        Span(0, 0),
        f"this page has the same address as {others[0].path}: {page.url}",
        _FATE.get(generator, _FATE["plain"]),
        related=tuple(Related(Span(0, 0), "the other page", other.path) for other in others),
    )


def _by_case(page: PageFact, pages: list[PageFact]) -> Finding:
    other = next(other for other in pages if other is not page and other.url.lower() == page.url.lower())
    return Finding(
        Span(0, 0),
        f"the address {page.url} differs from that of {other.path} ({other.url}) in nothing but case",
        "built on a disk that takes no notice of case (macOS, Windows), one page overwrites the other",
        related=(Related(Span(0, 0), "the other page", other.path),),
    )
