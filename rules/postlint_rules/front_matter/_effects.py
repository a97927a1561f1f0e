"""What a generator makes of a file whose front matter it cannot read, in words."""

from __future__ import annotations

import re

from postlint.api import Document, Format, Hidden, Kind, generator_for, regex

_TEMPLATES = regex(r"(?:^|/)(?:_?layouts|_?includes|partials|archetypes|scaffolds|templates)/")
_PLACEHOLDER = regex(r"\{\{|\{%")


def is_template(doc: Document) -> bool:
    """The file is no content but a mould for it, whose front matter holds ``{{ title }}`` and the like."""
    if not _TEMPLATES.search(doc.path):
        return False
    front_matter = doc.front_matter
    end = max(front_matter.content.end, 400)
    return doc.is_html or _PLACEHOLDER.search(doc.content, 0, end) is not None


def kind_of(doc: Document) -> Kind:
    return generator_for(doc.profile).kind(doc.path)


def is_old_hugo(doc: Document) -> bool:
    """Hugo before 0.152, which reads YAML 1.1 and takes the last of several equal keys; only where the site says so."""
    found = re.match(r"v?(\d+)\.(\d+)", doc.profile.version)
    return (
        doc.profile.generator == "hugo" and found is not None and (int(found.group(1)), int(found.group(2))) < (0, 152)
    )


def unread(doc: Document) -> str:
    """What comes of front matter that does not load, or is no mapping."""
    match doc.profile.generator:
        case "jekyll":
            # Measured with Jekyll 4.3.1: it prints an error, exits 0 and publishes the file all the same.
            # (With ``strict_front_matter``, or at a page whose front matter is no mapping, it stops.)
            kind = kind_of(doc)
            if generator_for(doc.profile).fate(doc).reason is Hidden.ABORTS:
                return "Jekyll stops with an error: nothing at all is built"
            if kind in (Kind.POST, Kind.DRAFT):
                return (
                    "Jekyll prints an error, exits 0 and publishes the post without anything its front matter says, "
                    "dated the day it is built"
                )
            if kind is Kind.PAGE:
                return "Jekyll prints an error, exits 0 and publishes the page without anything its front matter says"
            return ""
        case "hugo":
            return "Hugo stops with an error: nothing at all is built"
        case "hexo" if doc.front_matter.format is Format.JSON:
            return "Hexo says nothing and prints the front matter on the page"
        case "hexo":
            return "Hexo prints an error, exits 0 and leaves the file out"
        case "zola":
            return "Zola stops with an error: nothing at all is built"
    return ""


def unseen(doc: Document) -> str:
    """What comes of front matter that the generator does not see at all."""
    match doc.profile.generator:
        case "jekyll":
            kind = kind_of(doc)
            if kind in (Kind.POST, Kind.DRAFT):
                return "Jekyll prints the keys on the page and heeds none of them"
            if kind in (Kind.PAGE, Kind.STATIC):
                # Without "---" in its first line a page is a static file.
                if _opens(doc):
                    return "Jekyll prints the keys on the page and heeds none of them"
                return "Jekyll copies the file as it is: without layout, its Markdown not rendered"
            return ""
        case "hugo":
            return "Hugo prints the keys on the page and heeds none of them"
        case "hexo":
            return "Hexo prints the keys on the page and heeds none of them"
        case "zola":
            return "Zola stops with an error: nothing at all is built"
    return ""


def _opens(doc: Document) -> bool:
    return re.match(r"---[ \t\r\f\v]*\n", doc.content) is not None
