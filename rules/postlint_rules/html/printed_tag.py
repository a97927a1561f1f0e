"""A tag that kramdown prints as text, though nothing is wrong with how it nests."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding
from postlint_rules.html._reading import as_read

__all__ = ["PrintedTag"]


class PrintedTag(DocumentRule):
    """A tag that kramdown prints as text, though nothing is wrong with how it nests."""

    needs = "html"

    def check(self, doc: Document) -> Iterator[Finding]:
        if doc.has_html:
            for problem in as_read(doc).nesting.of("printed"):
                yield problem.finding()
