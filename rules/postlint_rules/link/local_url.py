"""Addresses that only the author's own machine can open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding, LinkUse, regex
from postlint_rules.link._addresses import HOME

_FILE = regex(r"file:|[A-Za-z]:[\\/](?!/)|\\\\\w", re.IGNORECASE)
_HOST = regex(
    r"(?:https?:)?//(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\])(?::(?P<port>\d+))?(?P<path>/[^?#]|[?#]|$|/)",
    re.IGNORECASE,
)
_TOLD = regex(r"localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]", re.IGNORECASE)
_PICTURE = regex(r"<(?:img|source|video|audio|iframe|embed|script|link|object)\b", re.IGNORECASE)
_PREVIEWS = frozenset([None, "80", "443", "1111", "1313", "3000", "4000", "4321", "5000", "8000", "8080", "8081"])
"""Where the generators' own servers, and the usual ones for a folder of files, show a site before it is published."""
_FIRST = frozenset("fFhH/\\")


class LocalUrl(DocumentRule):
    """``file:``, a drive or a home folder; a server on one's own machine, where the words do not say so."""

    needs = "links"

    def check(self, doc: Document) -> Iterator[Finding]:
        for use in doc.links:
            raw = use.raw
            if use.kind == "parameter":
                continue
            if raw[:1] not in _FIRST and raw[1:2] != ":":
                continue
            if _FILE.match(raw) is not None or HOME.match(raw) is not None:
                if use.kind != "autolink":
                    yield Finding(
                        use.target,
                        "this is a place on the author's own disk",
                        _consequence(doc, use),
                        "copy the file into the site, and write its address there",
                    )
            elif (host := _HOST.match(raw)) is not None and not _is_told(doc, use, host):
                yield Finding(
                    use.target,
                    "this is a server on the author's own machine",
                    _consequence(doc, use),
                    "write the address from the site's root, or that of the public site",
                )


def _consequence(doc: Document, use: LinkUse) -> str:
    if _is_shown(doc, use):
        return "nobody else sees it"
    return "nobody else can follow the link"


def _is_shown(doc: Document, use: LinkUse) -> bool:
    return use.kind == "image" or (use.kind == "html" and _PICTURE.match(doc.content, use.span.start) is not None)


def _is_told(doc: Document, use: LinkUse, host: re.Match[str]) -> bool:
    """Whether the reader is meant to run the server.

    The words say so, the link leads to its front page, or to a port at which no preview of a site is shown.
    """
    if _is_shown(doc, use):
        return False
    if use.kind == "autolink" or len(host["path"]) < 2 or host["port"] not in _PREVIEWS:
        return True
    if use.kind == "html":
        end = doc.content.find("</a", use.span.end, use.span.end + 500)
        return _TOLD.search(doc.content, use.span.end, max(end, use.span.end)) is not None
    if use.kind == "markdown":
        return _TOLD.search(doc.content, use.span.start, use.target.start) is not None
    return False
