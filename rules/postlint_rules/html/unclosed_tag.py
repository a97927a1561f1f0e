"""An element that needs an end tag has none."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding
from postlint_rules.html._reading import as_read

__all__ = ["UnclosedTag"]


class UnclosedTag(DocumentRule):
    """An element that needs an end tag has none."""

    needs = "html"

    def check(self, doc: Document) -> Iterator[Finding]:
        if doc.has_html:
            for problem in as_read(doc).nesting.of("unclosed"):
                yield problem.finding()
