"""An end tag with nothing to close."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding
from postlint_rules.html._reading import as_read

__all__ = ["StrayEndTag"]


class StrayEndTag(DocumentRule):
    """An end tag with nothing to close."""

    needs = "html"

    def check(self, doc: Document) -> Iterator[Finding]:
        if doc.has_html:
            for problem in as_read(doc).nesting.of("stray-end"):
                yield problem.finding()
