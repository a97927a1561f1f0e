"""An element is closed while one that was opened inside it is still open."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding
from postlint_rules.html._reading import as_read

__all__ = ["MisnestedTag"]


class MisnestedTag(DocumentRule):
    """An element is closed while one that was opened inside it is still open."""

    needs = "html"

    def check(self, doc: Document) -> Iterator[Finding]:
        if doc.has_html:
            for problem in as_read(doc).nesting.of("misnested"):
                yield problem.finding()
