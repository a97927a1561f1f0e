"""The rule ``suppression/unused``."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Finding, Severity, SuppressionRule, SuppressionUse


class Unused(SuppressionRule):
    severity = Severity.WARNING

    def check(self, use: SuppressionUse) -> Iterator[Finding]:
        """Each rule, family or pattern of a comment that suppressed nothing in this run."""
        for selector in use.unused:
            what = "anything" if selector.text == "*" else selector.text
            yield Finding(
                selector.span,
                f"this suppression of {what} suppresses nothing",
                "it would hide the next such mistake that is made here",
                help="delete it, or only this part of it",
            )
