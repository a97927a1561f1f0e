"""An element that needs an end tag has none."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding

__all__ = ["UnclosedTag"]


class UnclosedTag(DocumentRule):
    """An element that needs an end tag has none."""

    def check(self, doc: Document) -> Iterator[Finding]:
        if doc.has_html:
            for problem in doc.nesting.of("unclosed"):
                yield problem.finding()
