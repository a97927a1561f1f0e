"""An attribute on an element that has no such attribute."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from postlint.api import (
    HTML_ELEMENTS,
    Attribute,
    Document,
    DocumentRule,
    Edit,
    Finding,
    Fix,
    Ranges,
    Safety,
    Severity,
    Span,
    Tag,
)
from postlint_rules.html._tags import elements_of, tags_of, whole, written

__all__ = ["MisplacedAttribute"]

_OWNERS = {
    "href": ("a", "area", "base", "link"),
    "src": (
        "audio", "bgsound", "embed", "frame", "iframe", "image", "img", "input", "layer", "script", "source", "track",
        "video",
    ),
    "srcset": ("image", "img", "link", "source"),
    "poster": ("video",),
    "alt": ("applet", "area", "image", "img", "input"),
    "colspan": ("td", "th"),
    "rowspan": ("td", "th"),
}  # fmt: skip
"""From the table of attributes in the HTML standard; those of elements that browsers no longer know are passed over."""

_SHOWS_SRC = {"img": "no image is shown", "iframe": "the frame stays empty", "script": "no script is loaded"}


class MisplacedAttribute(DocumentRule):
    """An attribute on an element that has no such attribute."""

    severity = Severity.WARNING
    needs = "html"

    def check(self, doc: Document) -> Iterator[Finding]:
        for tag in tags_of(doc):
            if not tag.attributes or tag.foreign or tag.name not in HTML_ELEMENTS:
                continue
            for attribute in tag.attributes:
                owners = _OWNERS.get(attribute.name)
                if owners is not None and tag.name not in owners:
                    yield _finding(doc, tag, attribute)


def _finding(doc: Document, tag: Tag, attribute: Attribute) -> Finding:
    name, element = attribute.name, tag.name
    consequence, advice = "browsers ignore it", ""
    fix = None
    other = {"src": "href", "href": "src"}.get(name, "")
    if name == "href" and element in _OWNERS["src"] and element != "input":
        consequence = f"browsers ignore it: {_SHOWS_SRC.get(element, 'nothing is loaded')}"
    elif name == "href":
        consequence = "browsers ignore it: readers cannot click here"
        advice = "an address to follow stands in <a href=…>"
        fix = _to_link(doc, tag) if element == "span" else None
    elif name == "src" and element in _OWNERS["href"] and tag.get("href") is None:
        consequence = f"browsers ignore it: the {'link leads nowhere' if element == 'a' else 'address is not used'}"
    elif name == "alt":
        consequence = "browsers ignore it, and nobody hears or sees this text"
    elif name in ("colspan", "rowspan"):
        consequence = f"browsers ignore it: only cells (<td>, <th>) span {'columns' if name == 'colspan' else 'rows'}"
    swap = element in _OWNERS.get(other, ()) and tag.get(other) is None and tag.complete
    if swap and written(doc, attribute).strip():
        fix = Fix(f"write {other} for {name}", (Edit(attribute.name_span, other),), Safety.UNSAFE)
    return Finding(whole(attribute), f"<{element}> has no attribute {name}", consequence, advice, fix)


@lru_cache(maxsize=1)
def _links(doc: Document) -> Ranges:
    links = [element for element in elements_of(doc).values() if element.name == "a"]
    end = len(doc.content)
    return Ranges(Span(link.start.start, end if link.end is None else link.end.end) for link in links)


def _to_link(doc: Document, tag: Tag) -> Fix | None:
    """Make a link of a ``<span href=…>`` that holds no link and stands in none."""
    own = elements_of(doc).get(tag.span.start)
    if own is None or own.end is None or not tag.complete or _links(doc).touch(Span(tag.span.start, own.end.end)):
        return None
    name = Span(tag.span.start + 1, tag.span.start + 1 + len(tag.name))
    end = Span(own.end.start + 2, own.end.start + 2 + len(tag.name))
    return Fix("make a link of it", (Edit(name, "a"), Edit(end, "a")), Safety.UNSAFE)
