"""Links to other sites without encryption."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.api import Edit, Finding, Fix, Safety, Severity, Site, SiteFinding, SiteRule, Span, home_of, regex

_HTTP = regex(r"http://(?P<host>[^/?#:\s]+)", re.IGNORECASE)
_NAME = regex(r"(?:[\w\-]+\.)+[a-z][\w\-]+", re.IGNORECASE)


class Insecure(SiteRule):
    """``http://`` and the name of another host."""

    severity = Severity.INFO
    on = False
    needs = "links"

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for link in site.links_written("http://"):
            found = _HTTP.match(link.raw)
            if found is None:
                continue
            host = found["host"].lower()
            if host in home_of(site.profile(link.path)).hosts or _NAME.fullmatch(host) is None:
                continue
            start = link.place.span.start
            known = site.external(link)
            # The host's own word that both lead to the same page is a proof; that https answers with something is none.
            proven = known is not None and known.https
            fix = Fix(
                "write https://, to which the host sends everybody" if proven else "write https://",
                (Edit(Span(start, start + len("http")), "https"),),
                Safety.SAFE if proven else Safety.UNSAFE,
            )
            finding = Finding(
                Span(start, start + found.end()),
                f"the address of {host} has no encryption",
                "on a page with `https:` browsers block such scripts and frames, and warn of such downloads",
                fix=fix,
            )
            yield SiteFinding(link.path, finding)
