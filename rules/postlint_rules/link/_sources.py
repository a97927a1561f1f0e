"""What generators do with a link that names a source file for which they have no page."""

from __future__ import annotations

from postlint.api import LinkFact, Profile

__all__ = ["SOURCES", "source_consequence"]

SOURCES = {
    "link": "Jekyll stops at it: nothing at all is built",
    "post_url": "Jekyll stops at it: nothing at all is built",
    "zola": "Zola stops at it: nothing at all is built",
    "relative": "jekyll-relative-links leaves it as it is, and who follows the link finds no page",
    "ref": "Hugo reports an error and the build fails",
    "post_link": "Hexo stops at it: nothing at all is built",
}
"""By kind of link. Measured with Jekyll 4.3.1, Hugo 0.168 and Hexo 8.1.2; Zola's is in its documentation."""


def source_consequence(link: LinkFact, profile: Profile) -> str:
    """What comes of ``link``, whose kind is one of :data:`SOURCES`."""
    if link.kind == "ref" and getattr(profile.options, "ref_warns", False):
        instead = getattr(profile.options, "ref_not_found_url", "")
        return f"Hugo warns, and the link leads to {instead or 'the page that it stands on'}"
    return SOURCES[link.kind]
