"""Links to pages, files and images that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from postlint.api import Finding, Fix, LinkFact, Profile, Safety, Site, SiteFinding, SiteRule, regex
from postlint_rules.link._addresses import HOME, IMAGE, is_image
from postlint_rules.link._nearest import CaseTwins, Nearest, edit_to
from postlint_rules.link._sources import SOURCES, keeps_names, source_consequence

_HOST = regex(
    r"(?:www\.[\w\-]+(?:\.[\w\-]+)+|(?:[a-z0-9\-]+\.)+(?:com|org|net|gov|edu|io|dev|mil|info|cn|jp|de|uk|fr|ru|tw|kr|me|co))"
    r"(?=[/:]|$)",
    re.IGNORECASE,
)
_MAIL = regex(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")


class MissingTarget(SiteRule):
    """A link to a page, a file or an image that the site does not have."""

    def check(self, site: Site) -> Iterator[SiteFinding]:
        dead: dict[str, list[LinkFact]] = {}
        named = {
            (link.path, link.place.span)
            for link, page in site.links_to_sources()
            if keeps_names(site.profile(page.path))
        }
        for link in site.dead_links():
            if (link.path, link.place.span) in named:
                continue  # that is link/source-extension's
            if site.asked_for(link.path) and HOME.match(link.raw) is None:  # that is link/local-url's
                dead.setdefault(site.site_of(link.path), []).append(link)
        for root, links in dead.items():
            twins = CaseTwins(site.each_address(root), [link.url for link in links if link.kind not in SOURCES])
            links = [link for link in links if link.kind in SOURCES or not twins.of(link.url)]  # link/case-mismatch's
            nearest = Nearest(site.each_address(root), {link.url for link in links if link.kind not in SOURCES})
            for link in links:
                if link.kind in SOURCES:
                    finding = _source_finding(link, site.namesakes(link), site.profiles[root])
                else:
                    finding = _finding(link, nearest)
                yield SiteFinding(link.path, finding)


def _source_finding(link: LinkFact, namesakes: Sequence[str], profile: Profile) -> Finding:
    consequence = source_consequence(link, profile)
    if not namesakes:
        own = "write the address without `ref`" if link.kind == "ref" and "//" in link.url else ""
        return Finding(link.place.span, _source_message(link), consequence, own)
    which = " or ".join(path for path in namesakes if path) or "one of several pages"
    return Finding(
        link.place.span, f"`{link.url}` may mean {which}", consequence, "write its path from the content folder"
    )


def _finding(link: LinkFact, nearest: Nearest) -> Finding:
    raw = link.raw.strip()
    if _MAIL.fullmatch(raw):
        return Finding(
            link.place.span,
            f"{raw} is a mail address, but the link has no `mailto:`",
            f"it leads to {link.url} on this site, which is not there",
            f"write `mailto:{raw}`",
        )
    if _HOST.match(raw):
        return Finding(
            link.place.span,
            f"{raw} looks like another site's address, but the link has no `https://`",
            f"it leads to {link.url} on this site, which is not there",
            f"write `https://{raw}`",
        )
    where = "" if _says_it_all(raw, link.url) else f" ({raw})"
    message = f"nothing on this site stands at {link.url}{where}"
    image = is_image(link)
    consequence = "the image is not shown" if image else "who follows the link finds no page"
    meant, certain = nearest.to(link.url)
    if meant in ("", link.url) or (image and IMAGE.search(meant) is None):
        return Finding(link.place.span, message, consequence)
    edit = edit_to(link, meant) if certain else None
    if edit is None:
        return Finding(link.place.span, message, consequence, f"the nearest that is there is {meant}")
    return Finding(link.place.span, message, consequence, fix=Fix(f"write {meant}", (edit,), Safety.SAFE))


def _says_it_all(raw: str, url: str) -> bool:
    return raw.partition("#")[0].partition("?")[0] == url


def _source_message(link: LinkFact) -> str:
    match link.kind:
        case "post_url":
            return f"there is no post `{link.url}`"
        case "link" if link.url.startswith("/"):
            return f"Jekyll copies no file `{link.url}`; the names of pages and posts begin without a slash"
        case "link" | "relative":
            return f"there is no file `{link.url}` in the site's folder"
        case "zola":
            return f"there is no file `content/{link.url}`"
        case "ref":
            return f"there is no page `{link.url}`"
        case "asset":
            return f"there is no file `{link.url}` in the folder that bears this post's name"
        case _:
            return f"there is no post with the name or title `{link.url}`"
