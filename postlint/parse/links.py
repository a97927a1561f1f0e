"""Every place in a document that refers to an address: Markdown, HTML attributes, templates, front matter."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from postlint.parse.link_templates import known_address, source_tags
from postlint.parse.references import normal_label
from postlint.regex import regex
from postlint.text import Span

if TYPE_CHECKING:
    from postlint.parse.front_matter import Node
    from postlint.parse.markdown import Link
    from postlint.parse.reading import Reading

__all__ = ["REWRITTEN_KINDS", "SOURCE_KINDS", "LinkUse", "links"]

SOURCE_KINDS = frozenset({"link", "post_url", "ref", "post_link", "zola"})
"""Kinds whose address names a source file, not a place on the site."""

REWRITTEN_KINDS = frozenset({"markdown", "image", "reference"})
"""Kinds written as Markdown, whose addresses a generator may take for those of source files."""


class LinkUse(NamedTuple):
    """One use of an address.

    Attributes:
        span: the whole construct; for HTML the tag.
        target: the characters of the address as written.
        raw: those characters.
        kind: how it is written: "markdown", "image", "autolink", "reference" (its definition), "html", "front-matter",
            "link", "post_url", "ref", "post_link", "zola".
        address: the address that is meant: escapes, entities and known template constructs worked out; None where it
            is known only at build time.
        rooted: ``address`` begins at the site's root, its base path not counted.
    """

    span: Span
    target: Span
    raw: str
    kind: str
    address: str | None
    rooted: bool = False


def links(doc: Reading) -> tuple[LinkUse, ...]:
    """The uses in ``doc``, in the order of their places."""
    found = [*_front_matter(doc)]
    in_front_matter = len(found)
    tagged: list[Span] = []
    if doc.masked.spans and doc.profile.generator != "eleventy":  # whose Liquid and Nunjucks have no such tags
        for tag in source_tags(doc.content, doc.masked, doc.profile.dialect.templates):
            tagged.append(tag.span)
            if tag.kind != "post_link" or not _in_code(doc, tag.span):  # Hexo takes code out before it reads tags
                found.append(_use(doc, tag.span, tag.argument, tag.kind, tag.address))
    if doc.is_markdown:
        found += _markdown(doc, tagged)
    found += _html(doc, tagged)
    if len(found) > in_front_matter + 1:
        found.sort(key=_place)
    return tuple(found)


def _in_code(doc: Reading, span: Span) -> bool:
    return doc.is_markdown and any(code.start <= span.start < code.end for code in doc.outline.code)


def _place(use: LinkUse) -> Span:
    return use.target


def _use(doc: Reading, span: Span, target: Span, kind: str, address: str | None, rooted: bool = False) -> LinkUse:
    start, end = target
    use: LinkUse = _new(LinkUse, (span, target, doc.content[start:end], kind, address, rooted))
    return use


_new: Any = tuple.__new__
"""What a named tuple's own ``__new__`` comes down to, in half the time."""


def _meant(doc: Reading, target: Span, address: str, tagged: list[Span]) -> tuple[str | None, bool] | None:
    """The address and whether it is rooted; None where a tag in it has been taken already."""
    masked = doc.masked
    if not masked.spans or not masked.overlaps(target):
        return address, False
    if any(target.start <= tag.start < target.end for tag in tagged):
        return None
    known = known_address(doc.content[target.start : target.end], doc.profile.dialect.templates)
    return known or (None, False)


# Markdown ----------------------------------------------------------------------------------------------------


def _markdown(doc: Reading, tagged: list[Span]) -> Iterator[LinkUse]:
    used: dict[str, str] = {}
    loose: dict[str, Link] = {}
    zola = doc.profile.generator == "zola"
    for link in doc.outline.links:
        kind = link.kind
        if kind == "Inline":
            target = _destination(doc, link)
            meant = _meant(doc, target, link.target, tagged)
            if meant is None:
                continue
            name = "image" if link.image else "markdown"
            if zola and link.target.startswith("@/"):
                name, meant = "zola", (link.target[2:], False)
            yield _use(doc, link.span, target, name, *meant)
        elif kind == "Autolink":
            start, end = link.span
            target = Span(start + 1, end - 1)
            meant = _meant(doc, target, link.target, tagged)
            if meant is not None:
                yield _use(doc, link.span, target, "autolink", *meant)
        elif kind != "Email":
            label = normal_label(link.label)
            used[label] = link.target
            loose.setdefault(label, link)
    if used:
        for definition in doc.definitions:
            address = used.pop(definition.label, None)
            if address is None:
                continue
            meant = _meant(doc, definition.target, address, tagged)
            if meant is None:
                continue
            if zola and address.startswith("@/"):
                yield _use(doc, definition.target, definition.target, "zola", address[2:])
            else:
                yield _use(doc, definition.target, definition.target, "reference", *meant)
        for label, address in used.items():
            # Its definition is written in a way that only the Markdown parser understood.
            span = loose[label].span
            meant = _meant(doc, span, address, tagged)
            yield _use(doc, span, span, "reference", *(meant or (None, False)))


_BLANK = " \t\r\n"


def _destination(doc: Reading, link: Link) -> Span:
    """The place of an inline link's destination, without ``<`` and ``>``."""
    text, masked = doc.content, doc.masked
    at, end = link.text.end + 2, link.span.end - 1
    if not masked.spans or not masked.overlaps(Span(at, end)):
        written = text[at:end]
        if len(written.split(None, 1)) == 1 and written[0] not in "< \n\t" and written[-1] not in " \n\t":
            return Span(at, end)
    while at < end and text[at] in _BLANK:
        at += 1
    if at < end and text[at] == "<" and not masked.overlaps(Span(at, at + 1)):
        closing = masked.content.find(">", at, end)
        return Span(at + 1, closing if closing >= 0 else end)
    start = at
    holes = iter(masked.spans)
    hole = next((span for span in holes if span.end > at), None)
    while at < end:
        if hole is not None and hole.start <= at:
            at = hole.end
            hole = next(holes, None)
        elif text[at] in _BLANK:
            break
        else:
            at += 1
    return Span(start, min(at, end))


# HTML --------------------------------------------------------------------------------------------------------

_ADDRESSES: dict[str, frozenset[str]] = {
    "href": frozenset({"a", "area", "link"}),
    "src": frozenset({"img", "iframe", "video", "audio", "source", "embed", "track", "script", "input"}),
    "srcset": frozenset({"img", "source"}),
    "poster": frozenset({"video"}),
    "data": frozenset({"object"}),
    "cite": frozenset({"blockquote", "q", "ins", "del"}),
}
_OWNERS = frozenset().union(*_ADDRESSES.values())
_CANDIDATE = regex(r"[^\s,]\S*+")


def _html(doc: Reading, tagged: list[Span]) -> Iterator[LinkUse]:
    content = doc.masked.content
    for tag in doc.html_tags:
        if not tag.attributes or tag.name not in _OWNERS:
            continue
        for attribute in tag.attributes:
            owners = _ADDRESSES.get(attribute.name)
            if owners is None or tag.name not in owners or attribute.value is None:
                continue
            for target in _candidates(doc.content, attribute.value, attribute.name):
                written = content[target.start : target.end]
                meant = _meant(doc, target, html.unescape(written) if "&" in written else written, tagged)
                if meant is not None:
                    yield _use(doc, tag.span, target, "html", *meant)


def _candidates(content: str, value: Span, name: str) -> list[Span]:
    """The addresses in an attribute's value: one, except in ``srcset``."""
    start, end = value
    while start < end and content[start] in _BLANK:
        start += 1
    while end > start and content[end - 1] in _BLANK:
        end -= 1
    if name != "srcset":
        return [Span(start, end)]
    found = []
    at = start
    while (match := _CANDIDATE.search(content, at, end)) is not None:
        stop = match.end()
        if content[stop - 1] == ",":
            found.append(Span(match.start(), stop - 1))
            at = stop
        else:
            found.append(Span(match.start(), stop))
            comma = content.find(",", stop, end)
            at = comma + 1 if comma >= 0 else end
    return found


# Front matter ------------------------------------------------------------------------------------------------

_FIELDS = frozenset({"image", "redirect_to", "canonical_url"})


def _front_matter(doc: Reading) -> Iterator[LinkUse]:
    """Addresses from the site's root in fields whose meaning is the same everywhere. Others mean what a theme makes of
    them."""
    for entry in doc.front_matter.entries:
        if entry.key in _FIELDS:
            for node in _scalars(entry.node):
                value = node.value
                if isinstance(value, str) and value.startswith("/") and "{" not in value:
                    start, end = node.span
                    target = Span(start + 1, end - 1) if node.quoted else node.span
                    yield _use(doc, entry.span, target, "front-matter", value)


def _scalars(node: Node) -> Iterator[Node]:
    if node.kind == "scalar":
        yield node
    elif node.kind == "list":
        for item in node.items:
            if item.kind == "scalar":
                yield item
