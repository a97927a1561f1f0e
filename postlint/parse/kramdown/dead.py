"""Links that a writer meant and kramdown leaves as text, because they stand in a raw HTML element."""

from __future__ import annotations

import re

from postlint.parse.kramdown.model import KramdownScan, Link
from postlint.regex import regex
from postlint.text import Span

__all__ = ["dead_links"]

_LINK = regex(
    r"""\\[\\`<\[\]!*_]
    | `[^`\n]*`
    | <(?P<auto>(?:https?|ftps?|mailto):[^\s<>]++|[\w.+-]++@[\w-]++\.[\w.-]++)>
    | (?P<bang>!?)\[(?P<text>[^\[\]\n]*+)\]\((?P<dest><[^<>\n]*+>|(?:[^\s()<>]|\([^\s()<>]*+\))*+)
      (?:[ \t]+(?:"[^"\n]*+"|'[^'\n]*+'))?[ \t]*+\)""",
    re.VERBOSE,
)


def dead_links(text: str, scanned: KramdownScan) -> tuple[Link, ...]:
    """Inline links, images and autolinks in the raw regions of ``scanned``."""
    found: list[Link] = []
    for region in scanned.raw:
        start, end = region.span
        for match in _LINK.finditer(text, start, end):
            if match["auto"] is not None:
                found.append(Link(Span(*match.span()), Span(*match.span("auto")), None, "autolink", image=False))
            elif match["dest"] is not None:
                begin, stop = match.span("dest")
                if text[begin : begin + 1] == "<":
                    begin, stop = begin + 1, stop - 1
                label = Span(*match.span("text"))
                found.append(Link(Span(*match.span()), Span(begin, stop), label, "inline", image=bool(match["bang"])))
    return tuple(found)
