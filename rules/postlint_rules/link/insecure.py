"""Links to other sites without encryption."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Edit, Finding, Fix, Safety, Severity, Span, home_of, regex

_HTTP = regex(r"http://(?P<host>[^/?#:\s]+)", re.IGNORECASE)
_NAME = regex(r"(?:[\w\-]+\.)+[a-z][\w\-]+", re.IGNORECASE)


class Insecure(DocumentRule):
    """``http://`` and the name of another host."""

    severity = Severity.INFO
    on = False

    def check(self, doc: Document) -> Iterator[Finding]:
        own = home_of(doc.profile).hosts
        for use in doc.links:
            found = _HTTP.match(use.raw)
            if found is None or use.address is None:
                continue
            host = found["host"].lower()
            if host in own or _NAME.fullmatch(host) is None:
                continue
            start = use.target.start
            fix = Fix("write https://", (Edit(Span(start, start + len("http")), "https"),), Safety.UNSAFE)
            yield Finding(
                Span(start, start + found.end()),
                f"the address of {host} has no encryption",
                "on a page with `https:` browsers block such scripts and frames, and warn of such downloads",
                fix=fix,
            )
