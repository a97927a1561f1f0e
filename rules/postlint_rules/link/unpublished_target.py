"""Links to pages that are written but not published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from postlint.api import Finding, Hidden, LinkFact, PageFact, Profile, Site, SiteFinding, SiteRule, generator_for
from postlint_rules.link._sources import SOURCES, source_consequence

_WHY = {
    Hidden.UNPUBLISHED: "its front matter says that it is not to be published",
    Hidden.DRAFT: "it is a draft",
    Hidden.IGNORED_NAME: "{title} ignores its file name",
    Hidden.UNREADABLE: "{title} cannot read it",
    Hidden.NOT_OUTPUT: "it is a part of the site's data, which is no page",
    Hidden.EXCLUDED: "the site's configuration leaves it out",
    Hidden.SPECIAL_NAME: "{title} leaves out files and folders with such names",
    Hidden.ABORTS: "{title} stops at it",
}


class UnpublishedTarget(SiteRule):
    """A link on a published page to one that is a draft, hidden, ignored, still to come, or over.

    Which links stop a build was measured with Jekyll 4.3.1 (``link``, ``post_url``), Hugo 0.168 (``ref``) and Hexo
    8.1.2 (whose ``post_link`` does not mind); for Zola its documentation says so.
    """

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for link, target, why in site.links_to_hidden():
            yield SiteFinding(link.path, _finding(link, target, why, site.profile(link.path)))


def _finding(link: LinkFact, target: PageFact, why: str, profile: Profile) -> Finding:
    title = generator_for(profile).title
    match why:
        case Hidden.FUTURE:
            reason, until = f"it is dated {_day(target.appears)}", f" before {_day(target.appears)}"
        case Hidden.EXPIRED:
            reason, until = f"it expired on {_day(target.expires)}", ""
        case _:
            reason, until = _WHY[Hidden(why)].format(title=title), ""
    consequence = f"who follows the link finds no page{until}"
    if link.kind in SOURCES and link.kind not in ("post_link", "post_path"):
        consequence = source_consequence(link, profile)
    return Finding(link.place.span, f"this leads to {target.path}, which is not published: {reason}", consequence)


def _day(instant: float | None) -> str:
    """The day and minute in UTC: which zone the reader of a message is in, nobody knows."""
    return f"{dt.datetime.fromtimestamp(instant or 0, dt.UTC):%Y-%m-%d %H:%M} UTC"
