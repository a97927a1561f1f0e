"""The rule ``suppression/stale-baseline``."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import BaselineRule, BaselineUse, Finding

_HELP = "`postlint baseline --prune` puts it right"


class StaleBaseline(BaselineRule):
    def check(self, use: BaselineUse) -> Iterator[Finding]:
        """Each entry of the baseline that knows more than there is, or names a file or rule that is not there."""
        findings = "1 finding" if use.count == 1 else f"{use.count} findings"
        match use.why:
            case "fewer":
                left = "there is none" if use.found == 0 else f"there {'is' if use.found == 1 else 'are'} {use.found}"
                message = f"the baseline knows {findings} of {use.name} in {use.path}, and {left}"
                mended = use.count - use.found
                consequence = f"{mended} new {'one' if mended == 1 else 'ones'} could be made unseen"
            case "no-file":
                message = f"the baseline knows {findings} in {use.path}, and there is no such file"
                consequence = "a file of this name could have them unseen"
            case "not-read":
                message = f"the baseline knows {findings} in {use.path}, which is not checked"
                consequence = "the entry does nothing"
            case "unknown-rule":
                message = f"the baseline knows {findings} of {use.name}, and no rule is called that"
                consequence = "the entry does nothing" + (f"; did you mean {use.rule}?" if use.rule else "")
            case "renamed-rule":
                message = f"the baseline knows {findings} of {use.name}, which is now called {use.rule}"
                consequence = "the former name will not be known for ever"
        yield Finding(use.span, message, consequence, help=_HELP)
