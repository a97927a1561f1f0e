"""Addresses that begin with two slashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Edit, Finding, Fix, Safety, Severity, Span, regex

_START = regex(r"//(?P<host>(?:[\w\-]+\.)+[a-z][\w\-]+)(?=[/?#:]|$)", re.IGNORECASE)


class ProtocolRelative(DocumentRule):
    """``//example.net/a``: by which protocol, the page decides that it stands on."""

    severity = Severity.INFO
    on = False

    def check(self, doc: Document) -> Iterator[Finding]:
        for use in doc.links:
            if use.raw.startswith("//") and (found := _START.match(use.raw)) is not None:
                start = use.target.start
                fix = Fix("write https://", (Edit(Span(start, start), "https:"),), Safety.UNSAFE)
                yield Finding(
                    Span(start, start + found.end()),
                    "this address begins with two slashes, without `https:`",
                    "opened from a file, a mail or a feed it leads nowhere",
                    fix=fix,
                )
