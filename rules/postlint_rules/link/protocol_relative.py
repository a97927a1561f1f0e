"""Addresses that begin with two slashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.api import Edit, Finding, Fix, Safety, Severity, Site, SiteFinding, SiteRule, Span, Standing, regex

_START = regex(r"//(?P<host>(?:[\w\-]+\.)+[a-z][\w\-]+)(?=[/?#:]|$)", re.IGNORECASE)


class ProtocolRelative(SiteRule):
    """``//example.net/a``: by which protocol, the page decides that it stands on."""

    severity = Severity.INFO
    on = False
    needs = "links"

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for link in site.links_written("//"):
            found = _START.match(link.raw)
            if found is None:
                continue
            start = link.place.span.start
            known = site.external(link)
            proven = known is not None and known.standing in (Standing.OK, Standing.MOVED)
            fix = Fix(
                "write https://, by which the host answers" if proven else "write https://",
                (Edit(Span(start, start), "https:"),),
                Safety.SAFE if proven else Safety.UNSAFE,
            )
            finding = Finding(
                Span(start, start + found.end()),
                "this address begins with two slashes, without `https:`",
                "opened from a file, a mail or a feed it leads nowhere",
                fix=fix,
            )
            yield SiteFinding(link.path, finding)
