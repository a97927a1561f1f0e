"""Links to a place in a page that the page does not have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from postlint.api import Finding, LinkFact, Site, SiteFinding, SiteRule
from postlint_rules.link._nearest import nearest_name

_BY_THE_THEME = frozenset(
    [
        "comment",
        "comments",
        "respond",
        "disqus_thread",
        "content",
        "main",
        "main-content",
        "main-wrap",
        "page",
        "header",
        "footer",
        "nav",
        "navigation",
        "navbar",
        "menu",
        "sidebar",
        "toc",
        "table-of-contents",
        "search",
        "top",
        "page-top",
        "totop",
        "back-to-top",
        "home",
        "post",
        "article",
        "share",
        "related",
        "author",
        "pagination",
        "skip-to-content",
    ]
)
"""Ids that themes give their parts: what a layout has is not all seen."""


@dataclass(frozen=True, slots=True)
class Options:
    """
    Attributes:
        allow: ids that the theme or a script makes, beside those that are common (``comments``, ``content``, ``toc``).
    """

    allow: tuple[str, ...] = ()


class MissingAnchor(SiteRule):
    """A link to a heading or id that its page does not have."""

    Options = Options

    def check(self, site: Site) -> Iterator[SiteFinding]:
        allowed = _BY_THE_THEME.union(self.options.allow)
        for link, path in site.dead_fragments():
            if link.fragment not in allowed and site.asked_for(link.path):
                ids = [anchor.id for anchor in site.anchors(path)]
                yield SiteFinding(link.path, _finding(link, path, ids))


def _finding(link: LinkFact, path: str, ids: list[str]) -> Finding:
    where = "this page" if path == link.path else path
    near = nearest_name(link.fragment, ids) if ids else ""
    return Finding(
        link.place.span,
        f"no heading or id in {where} gives #{link.fragment}",
        "the link leads to the top of the page instead",
        f"the nearest that is there is #{near}" if near else "",
    )
