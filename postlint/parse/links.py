"""Every place in a document that refers to an address: Markdown, HTML attributes, templates, front matter."""

from __future__ import annotations

import html
import html.entities
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import urljoin

from postlint.parse.link_templates import known_address, source_tags
from postlint.parse.ranges import Ranges
from postlint.parse.references import normal_label
from postlint.parse.shortcodes import bodies, kept_html
from postlint.regex import regex
from postlint.text import Span, within

if TYPE_CHECKING:
    from postlint.parse.front_matter import Node
    from postlint.parse.markdown import Link
    from postlint.parse.reading import Reading
    from postlint.parse.start_tags import Tag

__all__ = ["REWRITTEN_KINDS", "SOURCE_KINDS", "LinkUse", "links"]

SOURCE_KINDS = frozenset({"link", "post_url", "ref", "post_link", "post_path", "asset", "zola"})
"""Kinds whose address names a source file, not a place on the site."""

REWRITTEN_KINDS = frozenset({"markdown", "image", "reference"})
"""Kinds written as Markdown, whose addresses a generator may take for those of source files."""


class LinkUse(NamedTuple):
    """One use of an address.

    Attributes:
        span: the whole construct; for HTML the tag.
        target: the characters of the address as written.
        raw: those characters.
        kind: how it is written: "markdown", "image", "autolink", "reference" (its definition), "html", "form" (where a
            form is sent), "base", "hint" (a host to connect to), "front-matter", "link", "post_url", "ref",
            "post_link", "post_path", "asset" (Hexo's tags), "zola", "figure" (Hugo's shortcode), "img", "tag" (Hexo's
            tags with an address), "parameter" (of an include, or of a shortcode of the site's own).
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
    hexo = doc.profile.generator == "hexo"
    kept = kept_html(doc)
    rendered = Ranges(bodies(doc)) if kept is not None and doc.masked.spans else None
    in_tags = Ranges(doc.outline.html if rendered is not None else ())
    if doc.masked.spans and doc.profile.generator != "eleventy":  # whose Liquid and Nunjucks have no such tags
        for tag in source_tags(doc.content, doc.masked, doc.profile.dialect.templates):
            tagged.append(tag.span)
            at = tag.span.start
            late = rendered is not None and doc.content.startswith("{{<", at) and not rendered.hold(at)
            if late and in_tags.hold(at):
                continue  # it goes with the HTML that it stands in; between the tags of another, Hugo reads it before
            if not hexo or not _in_code(doc, tag.span):  # Hexo takes code out before it reads tags
                found.append(_use(doc, tag.span, tag.argument, tag.kind, tag.address, tag.kind == "img"))
    if doc.is_markdown:
        found += _kramdown(doc, tagged) if _needs_kramdown(doc) else _markdown(doc, tagged)
    in_html = len(found)
    found += _html(doc, tagged, kept)
    for use in found[in_html:]:
        if use.kind == "base":  # the first one counts
            found = [_from_base(use, each) for each in found]
            break
    if found and any(entry.key in _FOLDERS for entry in doc.front_matter.entries):
        found = [use._replace(address=None) if _is_picture(doc, use) else use for use in found]
    if len(found) > in_front_matter + 1:
        found.sort(key=_place)
    return tuple(found)


_FOLDERS = frozenset({"media_subpath", "img_path"})
"""Fields that say in which folder the page's pictures lie, as the theme Chirpy reads them."""


def _is_picture(doc: Reading, use: LinkUse) -> bool:
    """Whether the address is a picture's and no whole one."""
    if use.address is None or ":" in use.address:
        return False
    return use.kind in ("image", "front-matter") or doc.content.startswith("<img", use.span.start)


_NOT_RELATIVE = regex(r"\s*+(?:[A-Za-z][A-Za-z0-9+.\-]*+:|/)")


def _from_base(base: LinkUse, use: LinkUse) -> LinkUse:
    """A use in a page whose ``<base>`` says what its relative addresses start from (HTML, 4.2.3)."""
    address = use.address
    if use is base or use.kind in SOURCE_KINDS or use.kind == "front-matter" or use.rooted:
        return use
    if not address or _NOT_RELATIVE.match(address) is not None:
        return use
    if base.address is None:
        return use._replace(address=None)
    return use._replace(address=urljoin(base.address, address), rooted=base.rooted)


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


@lru_cache(maxsize=16)
def _by_name(variables: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return dict(variables)


def _meant(doc: Reading, target: Span, address: str, tagged: list[Span]) -> tuple[str | None, bool] | None:
    """The address and whether it is rooted; None where a tag in it has been taken already."""
    masked = doc.masked
    if not masked.spans or not masked.overlaps(target):
        return address, False
    if any(target.start <= tag.start < target.end for tag in tagged):
        return None
    dialect = doc.profile.dialect
    known = known_address(doc.content[target.start : target.end], dialect.templates, _by_name(dialect.variables))
    return known or (None, False)


# Markdown ----------------------------------------------------------------------------------------------------


def _markdown(doc: Reading, tagged: list[Span]) -> Iterator[LinkUse]:
    used: dict[str, str] = {}
    loose: dict[str, Link] = {}
    followed: set[str] = set()
    zola = doc.profile.generator == "zola"
    dialect = doc.profile.dialect
    from_root = dialect.markdown == "marked" and dialect.marked.images_from_root
    for link in doc.outline.links:
        kind = link.kind
        if kind == "Inline":
            target = _destination(doc, link)
            meant = _meant(doc, target, link.target, tagged)
            if meant is None:
                continue
            name = "image" if link.image else "markdown"
            if from_root and link.image and meant[0] and _AWAY.match(meant[0]) is None:
                meant = (meant[0], True)
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
            if from_root and not link.image:
                followed.add(label)
    if dialect.markdown in ("goldmark", "marked") and ("://" in doc.masked.content or "www." in doc.masked.content):
        from postlint.parse.bare_urls import bare_urls

        scheme = "https://" if dialect.markdown == "goldmark" else "http://"
        for span in bare_urls(doc):
            written = doc.content[span.start : span.end]
            meant = _meant(doc, span, written if written[0] not in "wW" else f"{scheme}{written}", tagged)
            if meant is not None:
                yield _use(doc, span, span, "autolink", *meant)
    if doc.profile.dialect.markdown == "marked" and "]((" in doc.masked.content:
        yield from _unbalanced(doc, tagged)
    if used:
        for definition in doc.definitions:
            address = used.pop(definition.label, None)
            if address is None:
                continue
            meant = _meant(doc, definition.target, address, tagged)
            if meant is None:
                continue
            name = "reference"
            if from_root and definition.label not in followed:
                name = "image"
                if meant[0] and _AWAY.match(meant[0]) is None:
                    meant = (meant[0], True)
            if zola and address.startswith("@/"):
                yield _use(doc, definition.target, definition.target, "zola", address[2:])
            else:
                yield _use(doc, definition.target, definition.target, name, *meant)
        for label, address in used.items():
            # Its definition is written in a way that only the Markdown parser understood.
            span = loose[label].span
            meant = _meant(doc, span, address, tagged)
            yield _use(doc, span, span, "reference", *(meant or (None, False)))


# What kramdown alone takes for a link, or for another one: blanks in an address, `\\` that escapes nothing, Markdown in
# HTML that asks for it.
_KRAMDOWNS_ADDRESS = regex(r"\]\((?:[ \t]*+[^\s()\"'<>\\]++[ \t]++[^\s\"'()]|[^()\s\\]*+\\)")
_BLANK_IN_DEFINITION = regex(r"\]:[ \t]*+\S++[ \t]++[^\s\"']")
_LABEL = regex(r" {0,3}\[(?!\^)[^\]\n]*+\Z")
_WITHOUT_LABEL = frozenset({"Inline", "Autolink", "Email"})


def _needs_kramdown(doc: Reading) -> bool:
    dialect = doc.profile.dialect
    if dialect.markdown != "kramdown":
        return False
    content, start = doc.masked.content, doc.body.start
    if doc.outline.html and (dialect.kramdown.parse_block_html or content.find("markdown=", start) >= 0):
        return doc.kramdown is not None
    if any(content.find("](", *block) >= 0 for block in doc.outline.html_blocks):
        return doc.kramdown is not None  # such blocks end elsewhere there, and `<br/>` on a line is none
    if _KRAMDOWNS_ADDRESS.search(content, start) is not None:
        return True
    if content.find("]:", start) < 0:
        return False
    for found in _BLANK_IN_DEFINITION.finditer(content, start):
        if _LABEL.match(content, content.rfind("\n", 0, found.start()) + 1, found.start()):
            return True
    if all(link.kind in _WITHOUT_LABEL for link in doc.outline.links):
        return False
    labels = [definition.label for definition in doc.definitions]
    return len(set(labels)) < len(labels)  # the last one counts, not the first


def _kramdown(doc: Reading, tagged: list[Span]) -> Iterator[LinkUse]:
    """The uses as kramdown finds them; it takes long, and nearly always finds the same."""
    from postlint.parse.kramdown import scan

    content = doc.masked.content
    scanned = scan(content, doc.body, doc.profile.dialect.kramdown)
    if not scanned.complete:
        yield from _markdown(doc, tagged)
        return
    seen: set[Span] = set()
    for link in scanned.links:
        target = link.destination
        if target is None or target in seen or _behind_tag(target, content, tagged):
            continue
        written = html.unescape(content[target.start : target.end])
        meant = _meant(doc, target, written.replace("\\", "/"), tagged)
        if meant is None:
            continue
        if link.kind == "reference":
            seen.add(target)
            yield _use(doc, target, target, "reference", *meant)
        elif link.kind == "autolink":
            if "@" not in written or ":" in written:
                yield _use(doc, link.span, target, "autolink", *meant)
        else:
            yield _use(doc, link.span, target, "image" if link.image else "markdown", *meant)


def _unbalanced(doc: Reading, tagged: list[Span]) -> Iterator[LinkUse]:
    """Links whose address begins with a bracket that nothing closes: marked takes it for a part of the address."""
    outline = doc.outline
    for found in _UNBALANCED.finditer(doc.masked.content, doc.body.start):
        at = found.start("address")
        if within(at, outline.code) or any(link.span.start <= at < link.span.end for link in outline.links):
            continue
        target = Span(*found.span("address"))
        meant = _meant(doc, target, found["address"], tagged)
        if meant is not None:
            yield _use(doc, Span(*found.span()), target, "markdown", *meant)


_UNBALANCED = regex(r"\[[^\[\]\n]*+\]\((?P<address>\([^\s()<>]++)\)(?!\))")


def _behind_tag(target: Span, content: str, tagged: list[Span]) -> bool:
    """Whether an address stands beside a tag that names the source: the fragment in ``({% link a.md %}#top)``."""
    index = bisect_left(tagged, target)
    before = tagged[index - 1 : index]
    after = tagged[index : index + 1]
    return any(not content[tag.end : target.start].strip() for tag in before) or any(
        not content[target.start : tag.start].strip() for tag in after
    )


_BLANK = " \t\r\n"
_AWAY = regex(r"\#|//|https?:")


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
    "href": frozenset({"a", "area", "link", "base", "use", "image", "feimage"}),
    "src": frozenset({"img", "iframe", "video", "audio", "source", "embed", "track", "script", "input", "frame"}),
    "srcset": frozenset({"img", "source"}),
    "imagesrcset": frozenset({"link"}),
    "poster": frozenset({"video"}),
    "data": frozenset({"object"}),
    "cite": frozenset({"blockquote", "q", "ins", "del"}),
    "longdesc": frozenset({"img", "iframe", "frame"}),
    "background": frozenset({"body", "table", "thead", "tbody", "tfoot", "tr", "td", "th"}),
    "action": frozenset({"form"}),
    "formaction": frozenset({"button", "input"}),
    "xlink:href": frozenset({"a", "use", "image", "feimage"}),
    "content": frozenset({"meta"}),
    "data-src": frozenset({"img", "source", "iframe", "video"}),
    "data-srcset": frozenset({"img", "source"}),
    "data-original": frozenset({"img"}),
}
"""The attributes that hold addresses, and whose they are (HTML, "Attributes"; its obsolete features; SVG 2, "Linking").
``usemap`` names a part of the page, ``ping`` nothing that anybody visits. The last three are those of scripts that load
pictures late."""
_OWNERS = frozenset().union(*_ADDRESSES.values())
_CANDIDATE = regex(r"[^\s,]\S*+")
_REFRESH = regex(r"\s*+[\d.]++\s*+[;,]?+\s*+(?:url\s*+=\s*+)?(?P<quote>['\"]?+)(?P<address>[^\s'\"]++)", re.IGNORECASE)
_CSS_URL = regex(r"\burl\(\s*+(?:&quot;|&\#39;|[\"'])?+(?P<address>[^\s\"'()&;\#][^\s\"'()&]*+)")
_REFERENCE = regex(r"&(?:\#[xX]?[0-9a-fA-F]++;?|[A-Za-z][A-Za-z0-9]*+;?)(?P<equals>=)?+")
_SENT = {"action": "form", "formaction": "form"}
_MEDIA = regex(r"/(?!/).*\.(?:png|jpe?g|gif|webp|svg|avif|bmp|ico|mp4|webm|mp3|ogg|m4a|pdf)", re.IGNORECASE)
"""An address from the root of the site that can be nothing but a file's."""


def _html(doc: Reading, tagged: list[Span], kept: Ranges | None) -> Iterator[LinkUse]:
    content = doc.masked.content
    tags = doc.html_tags
    if doc.kramdown is not None:
        # Where HTML is indented, CommonMark may see code.
        known = {tag.span for tag in tags}
        tags += tuple(tag for tag in doc.tags if tag.span not in known)
    for tag in tags:
        if not tag.attributes or (kept is not None and not kept.hold(tag.span.start)):
            continue
        addressed = tag.name in _OWNERS
        for attribute in tag.attributes:
            name, value = attribute.name, attribute.value
            if value is None:
                continue
            if name == "style":
                targets = [Span(*found.span("address")) for found in _CSS_URL.finditer(content, *value)]
            elif addressed and name in _ADDRESSES and tag.name in _ADDRESSES[name]:
                targets = _targets(doc, tag, name, value)
            else:
                continue
            kind = "base" if tag.name == "base" else _SENT.get(name, "html")
            if tag.name == "link" and _is_hint(doc, tag):
                kind = "hint"
            for target in targets:
                written = content[target.start : target.end]
                meant = _meant(doc, target, _in_attribute(written), tagged)
                if meant is not None:
                    yield _use(doc, tag.span, target, kind, *meant)


def _is_hint(doc: Reading, tag: Tag) -> bool:
    """Whether a ``<link>`` names a host to get ready for, and no page or file there."""
    spans = (attribute.value for attribute in tag.attributes if attribute.name == "rel")
    words = {word for span in spans if span is not None for word in doc.content[slice(*span)].lower().split()}
    return not words.isdisjoint(("preconnect", "dns-prefetch"))


def _targets(doc: Reading, tag: Tag, name: str, value: Span) -> list[Span]:
    """The addresses in an attribute's value: one, as a rule."""
    content, written = doc.masked.content, doc.content
    start, end = value
    while start < end and written[start] in _BLANK:
        start += 1
    while end > start and written[end - 1] in _BLANK:
        end -= 1
    if name.endswith("srcset"):
        found = _candidates(content, start, end)
        return found if name[0] != "d" else [target for target in found if _MEDIA.fullmatch(content, *target)]
    if name.startswith("data-"):
        return [Span(start, end)] if _MEDIA.fullmatch(content, start, end) else []
    if name == "content":
        what = tag.get("http-equiv")
        refresh = what is not None and what.value is not None and content[slice(*what.value)].lower() == "refresh"
        match = _REFRESH.match(content, start, end) if refresh else None
        return [Span(*match.span("address"))] if match is not None else []
    if tag.name == "use" and content.startswith("#", start):
        return []  # a drawing of this page, where a theme or a script may have put it
    return [Span(start, end)]


def _candidates(content: str, start: int, end: int) -> list[Span]:
    """The addresses in ``srcset``: between commas, each with what it is meant for behind it."""
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


def _in_attribute(written: str) -> str:
    """The address that a browser reads from an attribute: entities, line ends and ``\\`` worked out."""
    if "&" in written:
        written = _REFERENCE.sub(_entity, written)
    if "\n" in written or "\t" in written or "\r" in written:
        written = _LINE_ENDS.sub("", written)
    if "\\" in written and "://" not in written[:8]:
        written = written.replace("\\", "/")  # URL Standard, 4.4
    return written


_LINE_ENDS = regex(r"[\t\r\n]")


def _entity(found: re.Match[str]) -> str:
    """In an attribute, a name without ``;`` before ``=`` or in the middle of a word stays (HTML, 13.2.5.73)."""
    name = found.group()
    if found["equals"]:
        name = name[:-1]
        if name[-1] != ";" and name[1] != "#":
            return found.group()
        return html.unescape(name) + "="
    if name[1] != "#" and name[-1] != ";" and name[1:] not in html.entities.html5:
        return name
    return html.unescape(name)


# Front matter ------------------------------------------------------------------------------------------------

_PLACES = frozenset({"redirect_to", "redirect", "redirectto", "redirect_url", "canonical_url", "canonical"})
"""Fields that hold nothing but addresses: of Jekyll's plugins, of Zola, and what themes call the same."""
_PICTURES = frozenset(
    {
        "image", "images", "img", "imgs", "imagepath", "imageurl", "featureimage", "featuredimage", "featureimg",
        "featuredimg", "featured", "thumbnail", "thumbnailimg", "thumbnailimage", "thumb", "cover", "coverimage",
        "coverimg", "banner", "bannerimage", "bannerimg", "indeximg", "topimg", "hero", "heroimage", "heroimg",
        "headerimage", "headerimg", "teaser", "overlayimage", "ogimage", "socialimage", "shareimage", "shareimg",
        "preview", "previewimage", "photo", "photos", "picture", "pictures", "background", "backgroundimage",
        "backgroundimg", "logo", "avatar", "icon", "gallery", "poster", "screenshot", "screenshots", "leadimage",
        "mainimage", "postimage", "cardimage", "metaimage", "twitterimage",
    }
)  # fmt: skip
"""Fields, without ``-`` and ``_``, in which an address from the root that ends as a file does is one in every theme."""
_HOLDERS = frozenset({"extra", "params", "header", "seo", "og", "opengraph", "twitter", "social", "feature_row"})
"""Mappings that hold such fields."""
_WEB_ADDRESS = regex(r"https?://\S+", re.IGNORECASE)


@lru_cache(maxsize=1024)
def _meaning(key: str) -> Literal["place", "picture", "holder", ""]:
    key = key.lower()
    if key in _PLACES:
        return "place"
    if key.replace("-", "").replace("_", "") in _PICTURES:
        return "picture"
    return "holder" if key in _HOLDERS else ""


def _front_matter(doc: Reading) -> Iterator[LinkUse]:
    """Addresses in fields that mean the same everywhere: from the site's root, or whole ones. Others mean what a theme
    makes of them."""
    for entry in doc.front_matter.entries:
        node = entry.node
        if node.kind == "scalar":
            value = node.value
            if not isinstance(value, str) or not value.startswith(("/", "http", "HTTP")):
                continue
        what = _meaning(entry.key)
        if what == "" or (what == "holder" and node.kind == "scalar"):
            continue
        for found in _scalars(node, what == "holder"):
            value = found.value
            if not isinstance(value, str) or "{" in value or "\n" in value:
                continue
            is_address = _MEDIA.fullmatch(value) is not None or _WEB_ADDRESS.fullmatch(value) is not None
            if what == "place" or (entry.key == "image" and node.kind != "mapping"):
                is_address |= value.startswith("/")
            start, end = found.span
            target = Span(start + 1, end - 1) if found.quoted else found.span
            if is_address and doc.content[target.start : target.end] == value:
                yield _use(doc, entry.span, target, "front-matter", value)


def _scalars(node: Node, named: bool, depth: int = 0) -> Iterator[Node]:
    """The values in ``node``; in mappings, where ``named``, only those below the name of a picture."""
    if node.kind == "scalar":
        if not named:
            yield node
    elif depth < _DEEP:
        if node.kind == "list":
            for item in node.items:
                yield from _scalars(item, named, depth + 1)
        elif node.kind == "mapping":
            for entry in node.entries:
                yield from _scalars(entry.node, named and _meaning(entry.key) != "picture", depth + 1)


_DEEP = 3
