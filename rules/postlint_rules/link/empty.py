"""Links without an address, or without anything to click."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding, Span, regex

_LONE_BRACKETS = regex(r"^[ \t]*(<>)[ \t]*$", re.MULTILINE)


class Empty(DocumentRule):
    """A link without an address, or a Markdown link without a text."""

    def check(self, doc: Document) -> Iterator[Finding]:
        content = doc.masked.content
        for use in doc.links:
            if use.address is not None and not use.address.strip():
                if use.kind == "html":
                    if _scripted(content, use.span):
                        continue
                    yield _finding(use.span, content[use.span.start + 1 : use.span.start + 4].lower() == "img")
                elif use.kind in ("markdown", "image", "reference"):
                    yield _finding(use.span, use.kind == "image")
        if not doc.is_markdown:
            return
        for link in doc.outline.links:
            if (
                link.kind == "Inline"
                and not link.image
                and not content[link.text.start : link.text.end].strip()
                and link.target
                and not doc.masked.overlaps(link.span)
                and content[link.span.end : link.span.end + 1] != "{"
            ):
                yield Finding(
                    link.span,
                    "this link has no text",
                    "readers see nothing to click",
                    "write what it leads to between `[` and `]`",
                )
        if "<>" in content:
            for match in _LONE_BRACKETS.finditer(content, doc.body.start):
                if not any(code.start <= match.start(1) < code.end for code in doc.outline.code):
                    yield Finding(
                        Span(*match.span(1)), "there is no address between `<` and `>`", "readers see the two signs"
                    )


def _finding(span: Span, image: bool) -> Finding:
    if image:
        return Finding(span, "this image has no address", "nothing is shown")
    return Finding(span, "this link has no address", "it leads to the page that it stands on")


_SCRIPT = regex(r"\s(?:on\w+|data-[\w\-]+|role|ng-\w+|v-\w+|x-\w+|:\w+|@\w+|id|class)\s*=", re.IGNORECASE)


def _scripted(content: str, tag: Span) -> bool:
    """Whether a script may fill the address in."""
    return _SCRIPT.search(content, *tag) is not None
