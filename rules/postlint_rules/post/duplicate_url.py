"""Two files that the generator writes to one address."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Finding, PageFact, Related, Site, SiteFinding, SiteRule, Span, generator_for


class DuplicateUrl(SiteRule):
    """Pages that are written to one file: one of them is not published."""

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for group in site.shared_addresses():
            by_file: dict[str, list[PageFact]] = {}
            for page in group:
                by_file.setdefault(_file(site, page), []).append(page)
            for file, pages in by_file.items():
                for page in pages[1:]:
                    yield SiteFinding(page.path, _same(page, file, pages, site.profile(page.path).generator))
            first = [(file.lower(), pages[0]) for file, pages in by_file.items()]
            if len({file for file, _ in first}) < len(first):
                for folded, page in first[1:]:
                    other = next((other for file, other in first if file == folded and other is not page), None)
                    if other is not None:
                        yield SiteFinding(page.path, _by_case(page, other))
        for page, path, url in site.files_at_pages():
            # Measured with Jekyll alone; of others' files we do not know where all of them go.
            if site.profile(page.path).generator == "jekyll" and _file(site, page) == url:
                yield SiteFinding(page.path, _beside_file(page, path))


def _file(site: Site, page: PageFact) -> str:
    return generator_for(site.profile(page.path)).output_file(page.path, page.url)


_FATE = {
    "jekyll": "Jekyll writes both to one file: only one of them is on the site, and the build does not fail",
    "hugo": "Hugo writes both to one file: only one of them is on the site",
    "hexo": "Hexo writes both to one file: only one of them is on the site",
    "zola": "Zola stops: nothing at all is built",
    "eleventy": "Eleventy stops: nothing at all is built",
    "plain": "only one of them can be there",
}


def _same(page: PageFact, file: str, pages: list[PageFact], generator: str) -> Finding:
    others = [other for other in pages if other.path != page.path]
    other = others[0]
    return Finding(
        Span(0, 0),
        f"this page has the same address as {other.path}: {page.url}"
        if other.url == page.url
        else f"this page ({page.url}) is written to the same file as {other.path} ({other.url}): {file}",
        _FATE.get(generator, _FATE["plain"]),
        related=tuple(Related(Span(0, 0), "the other page", other.path) for other in others),
    )


def _by_case(page: PageFact, other: PageFact) -> Finding:
    return Finding(
        Span(0, 0),
        f"the address {page.url} differs from that of {other.path} ({other.url}) in nothing but case",
        "built on a disk that takes no notice of case (macOS, Windows), one page overwrites the other",
        related=(Related(Span(0, 0), "the other page", other.path),),
    )


def _beside_file(page: PageFact, path: str) -> Finding:
    return Finding(
        Span(0, 0),
        f"this page has the address of the file {path}: {page.url}",
        _FATE["jekyll"],
        related=(Related(Span(0, 0), "the file", path),),
    )
