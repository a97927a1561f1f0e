"""An image without a text for those who do not see it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from postlint.api import Document, DocumentRule, Finding, MarkdownLink, Ranges, Severity, Span, Tag, regex
from postlint_rules.html._reading import as_read
from postlint_rules.html._tags import elements_of, tags_of, written

__all__ = ["MissingAlt"]

_NAMED = frozenset({"alt", "title", "aria-label", "aria-labelledby"})
_FILLED_LATER = regex(r"[:@.\[(]|(?:v-|x-|ng-|data-bind)")
"""Attributes that a script of the page fills others in by: ``:alt``, ``v-bind:alt``, ``[alt]``, ``ng-attr-alt``."""
_TITLE = regex(r"""[^\s]\s+(?:"[^"]*\S[^"]*"|'[^']*\S[^']*'|\([^()]*\S[^()]*\))\s*\Z""")

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
            content = doc.content
            images = [link for link in doc.outline.links if link.image]
            nameless = [image for image in images if not content[image.text.start : image.text.end].strip()]
            if nameless:
                yield from _of_markdown(doc, nameless)
        if doc.has_html:
            tags = tags_of(doc)
            for index, tag in enumerate(tags):
                if tag.name == "img" and _is_nameless(doc, tag) and not _captioned(doc).hold(tag.span.start):
                    before = tags[index - 1] if index else None
                    yield Finding(
                        tag.span,
                        "this image has no alt text",
                        _LINK_UNNAMED if _is_alone_in_link(doc, tag, before) else _READ_OUT,
                        'write what it shows in alt="…", or alt="" if it is there for decoration alone',
                    )


def _of_markdown(doc: Document, images: list[MarkdownLink]) -> Iterator[Finding]:
    content = doc.content
    read = as_read(doc)
    unread = Ranges(() if read.kramdown is None else (region.span for region in read.kramdown.raw))
    around = {link.text.start: link.text.end for link in doc.outline.links if not link.image}
    without_alt = read.profile.dialect.markdown == "marked"
    for image in images:
        start, end = image.span
        if unread.hold(start) or doc.masked.overlaps(image.text) or _is_named(content, image):
            continue
        before = start
        while before > 0 and content[before - 1].isspace():
            before -= 1
        in_link = before in around and not content[end : around[before]].strip()
        consequence = _LINK_UNNAMED if in_link else _READ_OUT if without_alt else _PASSED_OVER
        yield Finding(image.span, "this image has no alt text", consequence, "write what it shows between `[` and `]`")


def _is_named(content: str, image: MarkdownLink) -> bool:
    """Whether it has a title, or an attribute list (``{: alt="…"}``) with the text."""
    if image.kind == "Inline" and _TITLE.search(content, image.text.end, image.span.end - 1):
        return True
    behind = content[image.span.end : image.span.end + 200]
    return behind.startswith("{") and "alt" in behind.partition("}")[0]


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


@lru_cache(maxsize=1)
def _captioned(doc: Document) -> Ranges:
    """Each ``<figure>`` with a caption, which then is the name of its image (HTML-AAM 4.1.10)."""
    elements = elements_of(doc).values()
    captions = [element.start.start for element in elements if element.name == "figcaption"]
    if not captions:
        return Ranges(())
    figures = (Span(e.start.end, e.end.start) for e in elements if e.name == "figure" and e.end is not None)
    return Ranges(f for f in figures if bisect_left(captions, f.end) > bisect_left(captions, f.start))


def _is_alone_in_link(doc: Document, tag: Tag, before: Tag | None) -> bool:
    if before is None or before.name != "a" or before.get("href") is None:
        return False
    content = doc.content
    after = content[tag.span.end : tag.span.end + 100].lstrip()
    return not content[before.span.end : tag.span.start].strip() and after.lower().startswith("</a")
