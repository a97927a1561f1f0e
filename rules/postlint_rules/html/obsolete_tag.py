"""Elements that HTML no longer has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from postlint.api import Document, DocumentRule, Finding, Severity, Tag
from postlint_rules.html._tags import tags_of

__all__ = ["ObsoleteTag"]

_INSTEAD = {
    "acronym": "<abbr> is for both",
    "applet": "browsers run no applets any more",
    "basefont": "say it in a style sheet",
    "bgsound": "<audio> plays sounds",
    "big": 'use <span style="font-size: larger">, or a class',
    "blink": "say it in a style sheet, if it must be",
    "center": 'use <div style="text-align: center">, or a class',
    "dir": "<ul> is for all lists without numbers",
    "font": "use <span> with a style or a class",
    "frame": "<iframe> shows another page",
    "frameset": "<iframe> shows another page",
    "isindex": 'use <form> with <input type="search">',
    "keygen": "browsers make no keys any more",
    "listing": "<pre> and <code> are for code",
    "marquee": "say it in a style sheet, if it must be",
    "multicol": "say it in a style sheet: columns",
    "nobr": 'use <span style="white-space: nowrap">, or a class',
    "noembed": "<object> shows its content where it cannot be shown",
    "noframes": "<iframe> needs no text in its place",
    "plaintext": "<pre> and &lt; are for code",
    "spacer": "say it in a style sheet: margin",
    "strike": "use <s> for what no longer holds, <del> for what was taken out",
    "tt": "use <code> for code, <kbd> for what is typed, <samp> for what a program says",
    "xmp": "<pre>, <code> and &lt; are for code",
}
"""Section 16.2 of the HTML standard, without the parts of ruby that some languages' pages still need."""

_DEAD = frozenset(
    ["applet", "basefont", "bgsound", "blink", "frame", "frameset", "isindex", "keygen", "multicol", "spacer"]
)
"""Nothing is made of them any more, in a page's text at least."""


@dataclass(frozen=True, slots=True)
class Options:
    """
    Attributes:
        allow: names that are welcome all the same: ``["center"]``.
    """

    allow: tuple[str, ...] = ()


class ObsoleteTag(DocumentRule):
    """Elements that HTML no longer has: one finding for each name in a file."""

    severity = Severity.INFO
    on = False
    Options = Options
    needs = "html"

    def check(self, doc: Document) -> Iterator[Finding]:
        found: dict[str, list[Tag]] = {}
        for tag in tags_of(doc):
            if tag.name in _INSTEAD and not tag.foreign and tag.name not in self.options.allow:
                found.setdefault(tag.name, []).append(tag)
        for name, tags in found.items():
            more = len(tags) - 1
            also = f", here and in {more} more place{'s' if more > 1 else ''}" if more else ""
            consequence = (
                "browsers make nothing of it" if name in _DEAD else "browsers still know it, validators refuse it"
            )
            yield Finding(tags[0].span, f"<{name}> is obsolete{also}", consequence, _INSTEAD[name])
