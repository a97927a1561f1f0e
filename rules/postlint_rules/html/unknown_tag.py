"""A tag that is no element of HTML: mistyped, or text in angle brackets that nobody will see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from postlint.api import Document, DocumentRule, Finding
from postlint_rules.html._reading import as_read

__all__ = ["UnknownTag"]


@dataclass(frozen=True, slots=True)
class Options:
    """Options of html/unknown-tag.

    Attributes:
        allow: names of elements that the site's scripts or styles give a meaning to.
    """

    allow: tuple[str, ...] = ()


class UnknownTag(DocumentRule):
    """A tag that is no element of HTML: mistyped, or text in angle brackets that the reader never sees."""

    Options = Options
    needs = "html"

    def check(self, doc: Document) -> Iterator[Finding]:
        if not doc.has_html:
            return
        problems = as_read(doc).nesting.of("unknown")
        if not problems:
            return
        allowed = {name.lower() for name in self.options.allow}
        for problem in problems:
            if problem.name not in allowed:
                yield problem.finding()
