"""An element that begins in one block of Markdown and ends in another."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding
from postlint_rules.html._reading import as_read

__all__ = ["CrossesMarkdown"]


class CrossesMarkdown(DocumentRule):
    """An element that begins in one block of Markdown and ends in another."""

    needs = "html"

    def check(self, doc: Document) -> Iterator[Finding]:
        if doc.has_html:
            for problem in as_read(doc).nesting.of("crosses-markdown"):
                yield problem.finding()
