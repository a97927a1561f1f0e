"""What generators do with a link that names a source file for which they have no page."""

from __future__ import annotations

from postlint.api import LinkFact, Profile

__all__ = ["SOURCES", "keeps_names", "source_consequence"]

_NO_PAGE = "who follows the link finds no page"
SOURCES = {
    "link": "Jekyll stops at it: nothing at all is built",
    "post_url": "Jekyll stops at it: nothing at all is built",
    "zola": "Zola stops at it: nothing at all is built",
    "relative": f"it is left as it is, and {_NO_PAGE}",
    "ref": "Hugo reports an error and the build fails",
    "post_link": "Hexo stops at it: nothing at all is built",
    "post_path": "Hexo writes nothing in its place",
    "asset": "Hexo writes nothing in its place",
}
"""By kind of link. Measured with Jekyll 4.3.1, Hugo 0.168, Hexo 8.1.2, MkDocs 1.6.1 and Docusaurus 3.10.2; Zola's is in
its documentation."""


def source_consequence(link: LinkFact, profile: Profile) -> str:
    """What comes of ``link``, whose kind is one of :data:`SOURCES`."""
    if link.kind == "ref" and getattr(profile.options, "ref_warns", False):
        instead = getattr(profile.options, "ref_not_found_url", "")
        return f"Hugo warns, and the link leads to {instead or 'the page that it stands on'}"
    return (link.kind == "relative" and _relative(profile)) or SOURCES[link.kind]


def _relative(profile: Profile) -> str:
    """Of a Markdown link whose address is a source file's: what the generator says to one that is not there."""
    match profile.generator:
        case "jekyll":
            return f"jekyll-relative-links leaves it as it is, and {_NO_PAGE}"
        case "mkdocs" if getattr(profile.options, "strict", False):
            return "MkDocs stops at it, since `strict` is set: nothing at all is built"
        case "mkdocs":
            return f"MkDocs warns and leaves it as it is, and {_NO_PAGE}"
        case "docusaurus" if not getattr(profile.options, "lenient", False):
            return "Docusaurus stops at it once all pages are made: nothing is published"
    return ""


def keeps_names(profile: Profile) -> bool:
    """Whether the generator leaves a link that names a source file as it is, as long as no template says otherwise.
    Plain Markdown is read as it is."""
    return profile.generator in ("jekyll", "hexo", "hugo", "zola")
