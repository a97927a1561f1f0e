"""Links that a disk which ignores case follows, and a server does not."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Finding, Fix, LinkFact, Safety, Site, SiteFinding, SiteRule
from postlint_rules.link._addresses import is_image
from postlint_rules.link._nearest import CaseTwins, edit_to
from postlint_rules.link._sources import SOURCES


class CaseMismatch(SiteRule):
    """A link to a page or file whose address is written in another case."""

    def check(self, site: Site) -> Iterator[SiteFinding]:
        dead: dict[str, list[LinkFact]] = {}
        for link in site.dead_links():
            if link.kind not in SOURCES and site.asked_for(link.path):
                dead.setdefault(site.site_of(link.path), []).append(link)
        for root, links in dead.items():
            twins = CaseTwins(site.each_address(root), [link.url for link in links])
            for link in links:
                if meant := twins.of(link.url):
                    yield SiteFinding(link.path, _finding(link, meant))


def _finding(link: LinkFact, meant: str) -> Finding:
    message = f"{link.url} differs from {meant}, which is there, in its case"
    dead = "the image is not shown" if is_image(link) else "the link is dead"
    consequence = f"where file names have no case (Windows, macOS) it works; on most servers {dead}"
    edit = edit_to(link, meant)
    if edit is None:
        return Finding(link.place.span, message, consequence, f"write {meant}")
    return Finding(link.place.span, message, consequence, fix=Fix(f"write {meant}", (edit,), Safety.SAFE))
