"""Names of characters (``&nbps;``) that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html.entities import html5, name2codepoint

from postlint.api import Document, DocumentRule, Edit, Finding, Fix, Ranges, Safety, Severity, Span, regex
from postlint_rules.html._reading import as_read

__all__ = ["UnknownEntity"]

_REFERENCE = regex(r"&(?:([A-Za-z][A-Za-z0-9]{1,31});|(%s)(?![A-Za-z0-9;=_/&]))")
_USUAL = [
    "amp", "bull", "copy", "hellip", "laquo", "ldquo", "lsaquo", "lsquo", "lt", "gt", "mdash", "middot", "nbsp",
    "ndash", "quot", "raquo", "rdquo", "reg", "rsaquo", "rsquo", "times", "trade",
]  # fmt: skip
_ANY = regex(_REFERENCE.pattern % "|".join(_USUAL))
"""A name with its semicolon, or one of the usual ones without."""

_BY_KRAMDOWN = frozenset({*name2codepoint, "apos", "vellip"})
"""The table of kramdown 2.4.0 (``utils/entities.rb``): HTML 4's names and two more."""

_LITERAL = frozenset({"code", "kbd", "pre", "samp", "script", "style", "textarea", "tt", "var", "xmp"})
_WHO = {"jekyll": "Jekyll prints", "hugo": "Hugo prints", "hexo": "readers see", "zola": "readers see"}
_ADDRESS = regex(r"://|\?\S*=|^(?:www\.|mailto:|/)")


class UnknownEntity(DocumentRule):
    """Names of characters that nobody knows."""

    severity = Severity.WARNING

    def check(self, doc: Document) -> Iterator[Finding]:
        content = doc.masked.content
        start = doc.body.start
        if content.find("&", start) < 0:
            return
        kramdown = doc.is_markdown and doc.profile.dialect.markdown == "kramdown"
        suspects = [match for match in _ANY.finditer(content, start) if _is_suspect(match, kramdown)]
        if not suspects or not (doc.is_markdown or doc.is_html):
            return
        read = as_read(doc)
        kramdown = read.is_markdown and read.profile.dialect.markdown == "kramdown"
        not_text = _not_text(read)
        raw = _raw(read)
        for match in suspects:
            span = Span(*match.span())
            if doc.masked.overlaps(span) or not_text.hold(span.start) or _in_address(content, span.start):
                continue
            finding = _finding(read, match, kramdown=kramdown, in_html=raw.hold(span.start))
            if finding is not None:
                yield finding


def _is_suspect(match: re.Match[str], kramdown: bool) -> bool:
    name = match[1]
    return name is None or name + ";" not in html5 or (kramdown and name not in _BY_KRAMDOWN)


def _finding(doc: Document, match: re.Match[str], *, kramdown: bool, in_html: bool) -> Finding | None:
    span = Span(*match.span())
    shown = match.group()
    name = match[1]
    who = "kramdown prints" if kramdown and doc.profile.generator != "jekyll" else _WHO.get(doc.profile.generator)
    consequence = f"{who or 'readers see'} {shown} as it is typed"
    if name is None:
        if in_html and not kramdown:
            return None  # browsers know it without
        fix = Fix("add the semicolon", (Edit(Span(span.end, span.end), ";"),), Safety.UNSAFE)
        return Finding(span, f"{shown} has no semicolon at its end", consequence, fix=fix)
    if name + ";" not in html5:
        near = _nearest(name)
        if not near:
            return None  # nobody knows what it was meant to be, and perhaps it is meant as it is
        return Finding(span, f"HTML knows no {shown}", consequence, f"did you mean `&{near};`?")
    if not kramdown or in_html or name in _BY_KRAMDOWN:
        return None
    char = html5[name + ";"]
    code = " ".join(f"&#{ord(letter)};" for letter in char)
    return Finding(span, f"kramdown knows no {shown}", consequence, f"write {code.replace(' ', '')}")


def _not_text(doc: Document) -> Ranges:
    """Code, tags and addresses."""
    spans: list[Span] = [tag.span for tag in doc.tags]
    if doc.has_html:
        for element in doc.nesting.elements:
            if element.name in _LITERAL:
                spans.append(Span(element.start.end, len(doc.content) if element.end is None else element.end.start))
        spans += (comment.span for comment in doc.comments if comment.state != "printed")
    if doc.is_markdown:
        spans += doc.outline.code
        for link in doc.outline.links:
            inline = link.kind == "Inline"
            spans.append(Span(link.text.end, link.span.end) if inline else link.span)
        spans += (definition.target for definition in doc.definitions)
        if not doc.profile.dialect.raw_html:
            spans += doc.outline.html  # dropped
    return Ranges(spans)


def _raw(doc: Document) -> Ranges:
    """Stretches that are passed on as HTML."""
    if not doc.is_markdown:
        return Ranges([doc.body])
    scan = doc.kramdown
    return Ranges(region.span for region in scan.raw) if scan is not None else Ranges(doc.outline.html)


def _in_address(content: str, at: int) -> bool:
    """Whether it stands in an address that is written out."""
    start = at
    while start > 0 and at - start < 500 and not content[start - 1].isspace() and content[start - 1] not in "\"'<>()":
        start -= 1
    return _ADDRESS.search(content, start, at) is not None


@lru_cache(maxsize=256)
def _nearest(name: str) -> str:
    """The one of HTML 4's names, or failing that of HTML's, that ``name`` is a slip of; "" where none is near."""
    from rapidfuzz.distance import OSA  # for the few that are wrong

    limit = 1 if len(name) < 6 else 2
    for names in (_USUAL, sorted(_BY_KRAMDOWN), [known[:-1] for known in html5 if known.endswith(";")]):
        folded = [known for known in names if known.casefold() == name.casefold()]
        if folded:
            return folded[0]
        if len(name) > 3:
            near = min((OSA.distance(name, known, score_cutoff=limit), known) for known in names)
            if near[0] <= limit:
                return near[1]
        if len(names) > len(_BY_KRAMDOWN):
            break
    return ""
