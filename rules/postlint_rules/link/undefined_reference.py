"""References to link definitions that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding, undefined_references
from postlint_rules.link._nearest import nearest_name


class UndefinedReference(DocumentRule):
    """``[text][label]`` where nothing defines ``label``."""

    def check(self, doc: Document) -> Iterator[Finding]:
        if getattr(doc.profile.options, "defines_references", False):
            return
        for reference in undefined_references(doc):
            label = doc.content[reference.label.start : reference.label.end]
            near = nearest_name(label.casefold(), reference.defined) if reference.defined else ""
            yield Finding(
                reference.span,
                f"nothing defines the link `[{label}]`",
                "readers see the square brackets, and no link",
                f"the nearest that is defined is `[{near}]`" if near else f"add a line `[{label}]: address`",
            )
