"""The rule ``suppression/unknown-rule``."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Finding, SuppressionRule, SuppressionUse

_WORDS = ("disable", "enable", "disable-line", "disable-next-line", "disable-file")


class UnknownRule(SuppressionRule):
    def check(self, use: SuppressionUse) -> Iterator[Finding]:
        """Each name in a comment that no rule has, and comments whose first word is none of ours."""
        directive = use.directive
        if directive.kind == "unknown" and directive.is_key:
            word = directive.word
            what = f"`postlint` has no key `{word}`" if word else "`postlint` holds no keys"
            yield Finding(
                directive.word_span,
                what + " here",
                "it does nothing",
                help="write `postlint: {disable: [family/rule], reason: why}`",
            )
            return
        if directive.kind == "unknown":
            yield Finding(
                directive.word_span,
                f"there is no comment postlint-{directive.word}",
                "it does nothing",
                help="the words are " + ", ".join(f"postlint-{word}" for word in _WORDS),
            )
            return
        for selector, nearest in use.unknown:
            yield Finding(
                selector.span,
                f"no rule or family is called {selector.text}",
                "this part of the comment suppresses nothing",
                help=f"did you mean {nearest}?" if nearest else "`postlint rules` lists all rules",
            )
