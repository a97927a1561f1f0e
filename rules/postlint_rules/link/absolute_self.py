"""Links within the site that are written with the site's own host."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Edit, Finding, Fix, LinkUse, Safety, Severity, Span, home_of, regex

_START = regex(r"(?:https?:)?//(?P<host>[^/?#:\s]+)(?=[/?#]|$)", re.IGNORECASE)
_HEAD = regex(r"<(?:link|meta|base)\b", re.IGNORECASE)


class AbsoluteSelf(DocumentRule):
    """``https://`` and the host that the site's own configuration names, where the path alone would do."""

    severity = Severity.INFO
    on = False
    needs = "links"

    def check(self, doc: Document) -> Iterator[Finding]:
        home = home_of(doc.profile)
        if not home.hosts:
            return
        for use in doc.links:
            raw = use.raw
            if "//" not in raw or use.kind == "front-matter" or use.address is None:
                continue
            start = _START.match(raw)
            if start is None or start["host"].lower() not in home.hosts or _in_head(doc, use):
                continue
            path = raw[start.end() :]
            if home.base and not path.startswith(home.base):
                continue  # the same host, another site on it
            yield _finding(use, start["host"], path)


def _finding(use: LinkUse, host: str, path: str) -> Finding:
    message = f"{host} is this site's own host"
    consequence = "a preview, or a copy of the site under another address, leads its readers away to this one"
    if use.kind == "autolink":
        return Finding(use.target, message, consequence, "write the path alone, with a text of its own")
    written = path if path.startswith("/") else "/" + path
    start = use.target.start
    edit = Edit(Span(start, start + len(use.raw) - len(path)), written[: len(written) - len(path)])
    return Finding(use.target, message, consequence, fix=Fix(f"write {written}", (edit,), Safety.SAFE))


def _in_head(doc: Document, use: LinkUse) -> bool:
    """Whether machines read it (``<link rel="canonical">``), which want the whole address."""
    return use.kind == "html" and _HEAD.match(doc.content, use.span.start) is not None
