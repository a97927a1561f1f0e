"""Comments that should end the excerpt, and are written as this generator does not read them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Edit, Finding, Fix, Safety, Severity, Span, generator_for, regex
from postlint_rules.post._excerpt import in_code, marker, separator

_LIKE_ONE = regex(r"<!(-{1,3}|[–—]{1,2})\s*more\s*(-{1,3}|[–—]{1,2})>", re.IGNORECASE)
_RIGHT = {"hugo": "<!--more-->", "hexo": "<!-- more -->", "zola": "<!-- more -->"}


class IgnoredExcerptMarker(DocumentRule):
    """A ``more`` comment that the generator does not take for one, in a document that has none that it takes.

    Measured with Jekyll 4.3.1, Hugo 0.168 and 0.111.3, and Hexo 8.1; read in the source of Zola 0.22.
    """

    severity = Severity.WARNING

    def check(self, doc: Document) -> Iterator[Finding]:
        if "<!" not in doc.content:
            return
        found = [Span(*match.span()) for match in _LIKE_ONE.finditer(doc.content, doc.body.start)]
        if not found or not generator_for(doc.profile).renders(doc):
            return
        right = _right(doc)
        if not right or any(doc.content[span.start : span.end] == right for span in found) or marker(doc) is not None:
            return
        for span in found:
            if not in_code(doc, span) and not doc.masked.overlaps(span):
                yield _finding(doc, span, right)
                return


def _right(doc: Document) -> str:
    """The marker as it has to be written; "" where none is wanted."""
    match doc.profile.generator:
        case "jekyll":
            # Without a separator of its own a site may well split its posts at the comment in a template.
            own = separator(doc)
            return own if _LIKE_ONE.fullmatch(own) else ""
        case "hexo" if "excerpt" in doc.front_matter or "/_posts/" not in f"/{doc.site_path}":
            return ""
    return _RIGHT.get(doc.profile.generator, "")


def _finding(doc: Document, span: Span, right: str) -> Finding:
    generator = generator_for(doc.profile)
    written = doc.content[span.start : span.end].replace("\n", " ")
    match generator.name:
        case "jekyll":
            consequence = "Jekyll takes the whole post for its excerpt"
        case "hexo":
            consequence = "Hexo makes no excerpt of the post"
        case "zola":
            consequence = "Zola makes no summary of the page"
        case _:
            consequence = f"{generator.title} does not end the summary here"
    if not (written.startswith("<!--") and written.endswith("-->")):
        consequence += ", and readers see it"
    return Finding(
        span,
        f"`{written}` is no marker for {generator.title}, which looks for `{right}` here",
        consequence,
        fix=Fix(f"write `{right}`", (Edit(span, right),), Safety.UNSAFE),
    )
