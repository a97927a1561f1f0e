"""Code and foreign pages in a post."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from postlint.api import Attribute, Document, DocumentRule, Edit, Finding, Fix, Safety, Severity, Span, Tag, regex
from postlint_rules.html._reading import as_read
from postlint_rules.html._tags import elements_of, quoted, tags_of, whole, with_space_before, written

__all__ = ["UnsafeContent"]

_RUNS = "it runs in the browser of everyone who reads the page"
_ADDRESSES = frozenset({"action", "data", "formaction", "href", "src", "xlink:href"})
_FRAMES = {"iframe": "src", "frame": "src", "embed": "src", "object": "data", "applet": "code", "portal": "src"}
_HANDLER = regex(r"on[a-z]{3,}\Z")
_CODE = regex(r"(?:javascript|vbscript|livescript):|data:(?:text/html|application/xhtml|image/svg)")
_NOTHING = regex(r"javascript:(?:void\(0\))?;?(?:return(?:false)?;?)?\Z")
"""What is written in an address that is to lead nowhere."""
_IGNORED = regex(r"[\x00-\x20\x7f]")
"""What browsers pass over in a scheme: ``java&#10;script:`` is one."""
_CODE_TYPES = regex(r"\s*(?:$|module\b|importmap\b|speculationrules\b|[^;]*(?:java|ecma|j|live)script)", re.I)
_HOST = regex(r"(?:[a-z][a-z0-9+.\-]*:)?//(?:[^/?#@]*@)?([^/?#:]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Options:
    """
    Attributes:
        allow: hosts whose frames are welcome: ``["www.youtube.com"]``; those below a host are welcome with it.
    """

    allow: tuple[str, ...] = ()


class UnsafeContent(DocumentRule):
    """Code that runs in the reader's browser, and frames of pages that are not the site's."""

    severity = Severity.WARNING
    on = False
    Options = Options

    def check(self, doc: Document) -> Iterator[Finding]:
        if doc.is_markdown and as_read(doc).profile.dialect.raw_html:  # else it drops such addresses too
            yield from _of_markdown(doc)
        for tag in tags_of(doc):
            if tag.name == "script":
                kind = tag.get("type")
                if kind is None or _CODE_TYPES.match(written(doc, kind)):
                    yield Finding(tag.span, "<script> holds code", _RUNS, fix=_removal(doc, tag))
                continue
            if tag.name in _FRAMES and (finding := _of_frame(doc, tag, self.options.allow)) is not None:
                yield finding
                continue
            for attribute in tag.attributes:
                yield from _of_attribute(doc, tag, attribute)
            if tag.name == "base" and tag.get("href") is not None:
                yield Finding(tag.span, "<base> changes where the links of the whole page lead", fix=_removal(doc, tag))
            elif tag.name == "meta" and (kind := tag.get("http-equiv")) is not None and _is_refresh(written(doc, kind)):
                fix = _removal(doc, tag)
                yield Finding(tag.span, "<meta> sends readers to another page", "they never see this one", fix=fix)


def _is_refresh(value: str) -> bool:
    return value.strip().lower() == "refresh"


def _of_markdown(doc: Document) -> Iterator[Finding]:
    content = doc.content
    for link in doc.outline.links:
        if _is_code(link.target):
            fix = None
            if link.kind == "Inline" and not link.image:
                text = content[link.text.start : link.text.end]
                fix = Fix("keep the link's text alone", (Edit(link.span, text),), Safety.UNSAFE)
            yield Finding(link.span, "the address of this link is code", _RUNS, fix=fix)


def _of_attribute(doc: Document, tag: Tag, attribute: Attribute) -> Iterator[Finding]:
    name = attribute.name
    if attribute.value is None:
        return
    if _HANDLER.match(name):
        what, consequence = f"{name} in <{tag.name}> holds code", _RUNS
    elif name in _ADDRESSES and _is_code(html.unescape(written(doc, attribute))):
        what, consequence = f"the address in {name} of <{tag.name}> is code", _RUNS
    else:
        return
    span = whole(attribute)
    fix = Fix(f"remove {name}", (Edit(with_space_before(doc, span), ""),), Safety.UNSAFE)
    yield Finding(span, what, consequence, fix=fix)


def _of_frame(doc: Document, tag: Tag, allow: tuple[str, ...]) -> Finding | None:
    if tag.get("srcdoc") is not None:
        return Finding(tag.span, f"<{tag.name}> holds a page of its own in srcdoc", _RUNS, fix=_removal(doc, tag))
    source = tag.get(_FRAMES[tag.name])
    if source is None or source.value is None or doc.masked.overlaps(source.value):
        return None
    address = html.unescape(written(doc, source)).strip()
    if _is_code(address):
        return Finding(tag.span, f"the address of <{tag.name}> is code", _RUNS, fix=_removal(doc, tag))
    host = _HOST.match(address)
    if host is None or _is_allowed(host[1].lower(), allow):
        return None  # the site's own, or welcome
    return Finding(
        tag.span,
        f"<{tag.name}> shows a page of {quoted(host[1])[1:-1]}",
        "what readers see there is up to others",
        f'add "{host[1].lower()}" to `allow` if it is welcome',
        _removal(doc, tag),
    )


@lru_cache(maxsize=1024)
def _is_allowed(host: str, allow: tuple[str, ...]) -> bool:
    return any(host == allowed.lower() or host.endswith("." + allowed.lower()) for allowed in allow)


def _is_code(address: str) -> bool:
    # Nearly all addresses begin otherwise, and those are not looked at letter by letter.
    if address[:1].lower() in "h/#.?":
        return False
    address = _IGNORED.sub("", address[:200]).lower()
    return _CODE.match(address) is not None and _NOTHING.match(address) is None


def _removal(doc: Document, tag: Tag) -> Fix | None:
    """Take the whole element out; None where its end is not known."""
    if tag.name in ("base", "embed", "frame", "meta"):
        span = tag.span
    else:
        own = elements_of(doc).get(tag.span.start)
        if own is None or own.end is None:
            return None
        span = Span(tag.span.start, own.end.end)
    return Fix(f"remove <{tag.name}>", (Edit(span, ""),), Safety.UNSAFE)
