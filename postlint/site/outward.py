"""Where links to other sites lead, as one asks for it."""

from __future__ import annotations

from urllib.parse import unquote

from postlint.site.facts import LinkFact

__all__ = ["address_of"]


def address_of(link: LinkFact) -> tuple[str, str]:
    """The address that a link to another site means, without its fragment, and the fragment, decoded; "" for none.

    What leaves out its protocol is asked for by ``https:``.
    """
    address, _, fragment = (link.url or link.raw).strip().partition("#")
    if address.startswith("//"):
        address = "https:" + address
    return address, unquote(fragment)
