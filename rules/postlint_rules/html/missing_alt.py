"""An image without a text for those who do not see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from postlint.api import Document, DocumentRule, Finding, MarkdownLink, Severity, Span, Tag
from postlint_rules.html._reading import as_read
from postlint_rules.html._tags import tags_of, written

__all__ = ["MissingAlt"]

_NAMED = frozenset({"alt", "title", "aria-label", "aria-labelledby"})
_FILLED_LATER = re.compile(r"[:@.\[(]|(?:v-|x-|ng-|data-bind)")
"""Attributes that a script of the page fills others in by: ``:alt``, ``v-bind:alt``, ``[alt]``, ``ng-attr-alt``."""
_TITLE = re.compile(r"""[^\s]\s+(?:"[^"]*\S[^"]*"|'[^']*\S[^']*'|\([^()]*\S[^()]*\))\s*\Z""")

_READ_OUT = "screen readers read out its file name, or say no more than that there is an image"
_PASSED_OVER = 'it gets alt="", as decoration has: screen readers pass it over'
_LINK_UNNAMED = "screen readers have nothing but the address to read out for the link round it"


@dataclass(frozen=True, slots=True)
class Options:
    """
    Attributes:
        markdown: look at ``![](image.png)`` too. Switch it off where images written so are meant as decoration.
    """

    markdown: bool = True


class MissingAlt(DocumentRule):
    """An image without a text for those who do not see it."""

    severity = Severity.WARNING
    Options = Options

    def check(self, doc: Document) -> Iterator[Finding]:
        if self.options.markdown and doc.is_markdown:
            for link in doc.outline.links:
                if link.image and not doc.content[link.text.start : link.text.end].strip():
                    yield from _of_markdown(doc, link)
        if doc.has_html:
            tags = tags_of(doc)
            for index, tag in enumerate(tags):
                if tag.name == "img" and _is_nameless(doc, tag) and not _has_caption(doc, tag):
                    before = tags[index - 1] if index else None
                    yield Finding(
                        tag.span,
                        "this image has no alt text",
                        _LINK_UNNAMED if _is_alone_in_link(doc, tag, before) else _READ_OUT,
                        'write what it shows in alt="…", or alt="" if it is there for decoration alone',
                    )


def _of_markdown(doc: Document, link: MarkdownLink) -> Iterator[Finding]:
    content, masked = doc.content, doc.masked
    if masked.overlaps(link.text) or (
        link.kind == "Inline" and _TITLE.search(content, link.text.end, link.span.end - 1)
    ):
        return
    attributes = content[link.span.end : link.span.end + 200]
    if attributes.startswith("{") and "alt" in attributes.partition("}")[0]:
        return
    read = as_read(doc)
    scan = read.kramdown
    if scan is not None and any(region.span.start <= link.span.start < region.span.end for region in scan.raw):
        return  # it is no image there, but shown as it is typed
    if any(
        not other.image
        and other.text.start <= link.span.start
        and link.span.end <= other.text.end
        and not content[other.text.start : link.span.start].strip()
        and not content[link.span.end : other.text.end].strip()
        for other in doc.outline.links
    ):
        consequence = _LINK_UNNAMED
    else:
        consequence = _READ_OUT if read.profile.dialect.markdown == "marked" else _PASSED_OVER
    yield Finding(link.span, "this image has no alt text", consequence, "write what it shows between `[` and `]`")


def _is_nameless(doc: Document, tag: Tag) -> bool:
    if not tag.complete or tag.foreign:
        return False
    has_source = False
    for attribute in tag.attributes:
        name = attribute.name
        if name == "alt":
            return False  # alt="" says that it is decoration
        if name in _NAMED and written(doc, attribute).strip():
            return False
        if name == "role" and written(doc, attribute).strip().lower() in ("presentation", "none"):
            return False
        if name == "aria-hidden" and written(doc, attribute).strip().lower() == "true":
            return False
        if _FILLED_LATER.match(name):
            return False
        has_source = has_source or name.endswith(("src", "srcset"))
    return has_source  # without one, a script fills in more than that


def _has_caption(doc: Document, tag: Tag) -> bool:
    """Whether it stands in a ``<figure>`` with a caption, which is then its name (HTML-AAM 4.1.10)."""
    if "figcaption" not in doc.content and "FIGCAPTION" not in doc.content:
        return False
    elements = as_read(doc).nesting.elements
    for figure in elements:
        if figure.name == "figure" and figure.end is not None and figure.start.end <= tag.span.start < figure.end.start:
            inside = Span(figure.start.end, figure.end.start)
            if any(e.name == "figcaption" and inside.start <= e.start.start < inside.end for e in elements):
                return True
    return False


def _is_alone_in_link(doc: Document, tag: Tag, before: Tag | None) -> bool:
    if before is None or before.name != "a" or before.get("href") is None:
        return False
    content = doc.content
    after = content[tag.span.end : tag.span.end + 100].lstrip()
    return not content[before.span.end : tag.span.start].strip() and after.lower().startswith("</a")
