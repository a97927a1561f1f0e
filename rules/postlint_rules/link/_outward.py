"""What the rules about links to other sites share."""

from __future__ import annotations

from postlint.api import LinkFact, Verdict, regex

__all__ = ["new_address"]

_ENTITY = regex(r"&(?=#?\w+;)")


def new_address(link: LinkFact, verdict: Verdict) -> str | None:
    """What to write in the place of ``link.raw`` when its page has moved; None where that is not certain.

    The fragment stays; where both the link and the last redirect have one, nobody knows which part is meant.
    """
    last = verdict.hops[-1].address
    _, mark, fragment = link.raw.partition("#")
    if mark and "#" in last:
        return None
    address = last if "#" in last else verdict.final
    if link.kind == "html":
        address = address.replace("&", "&amp;")
    else:
        # A parenthesis would end a Markdown link, and what looks like an entity would be read as one.
        address = _ENTITY.sub("&amp;", address.replace("(", "%28").replace(")", "%29"))
    return address + mark + fragment
