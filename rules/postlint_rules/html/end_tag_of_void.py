"""An end tag of an element that has no content."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding, Severity
from postlint_rules.html._reading import as_read

__all__ = ["EndTagOfVoid"]


class EndTagOfVoid(DocumentRule):
    """An end tag of an element that has no content."""

    severity = Severity.WARNING
    needs = "html"

    def check(self, doc: Document) -> Iterator[Finding]:
        if doc.has_html:
            for problem in as_read(doc).nesting.of("end-tag-of-void"):
                yield problem.finding()
