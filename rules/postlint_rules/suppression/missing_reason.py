"""The rule ``suppression/missing-reason``."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Finding, Severity, SuppressionRule, SuppressionUse


class MissingReason(SuppressionRule):
    severity = Severity.WARNING
    on = False

    def check(self, use: SuppressionUse) -> Iterator[Finding]:
        """A comment that suppresses findings and does not say why."""
        directive = use.directive
        if directive.reason or directive.kind in ("enable", "unknown"):
            return
        yield Finding(
            directive.word_span,
            "this suppression gives no reason",
            "who finds it later cannot tell whether it is still needed",
            help="say why after a colon: <!-- postlint-disable-next-line html/unclosed-tag: closed in the layout -->",
        )
