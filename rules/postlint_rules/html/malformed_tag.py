"""Something that was meant as a tag and is none."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding
from postlint_rules.html._reading import as_read

__all__ = ["MalformedTag"]


class MalformedTag(DocumentRule):
    """Something that was meant as a tag and is none."""

    needs = "html"

    def check(self, doc: Document) -> Iterator[Finding]:
        if doc.has_html:
            for problem in as_read(doc).nesting.of("malformed"):
                yield problem.finding()
