"""Addresses that no browser can follow as they were meant."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Edit, Finding, Fix, LinkUse, Malformed, Safety, malformed, regex

_MESSAGES = {
    "scheme": "{raw} does not begin with `http://` or `https://`",
    "slashes": "{raw} does not have two slashes after `{scheme}:`",
    "twice": "{raw} begins with `http` twice",
    "prefix": "{raw} has words before the address",
    "brackets": "{raw} has brackets or quotes round it that are not part of the address",
    "host": "{raw} names no host that can exist",
    "sign": "{raw} holds a character that no address can hold; it may be text that follows the address",
}
_LOCAL = frozenset({"scheme", "prefix", "brackets"})
"""A browser takes these for addresses within the site, unless it reads a scheme in them that it does not know."""
_OTHER_SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.\-]*:")


class MalformedUrl(DocumentRule):
    """An address of the web that is written wrong."""

    needs = "links"

    def check(self, doc: Document) -> Iterator[Finding]:
        for use in doc.links:
            if use.address is not None and (wrong := malformed(use.address.strip())) is not None:
                yield _finding(use, wrong)


def _finding(use: LinkUse, wrong: Malformed) -> Finding:
    raw = use.raw.strip()
    message = _MESSAGES[wrong.wrong].format(
        raw=raw if len(raw) <= 100 else raw[:99] + "…", scheme=raw.partition(":")[0]
    )
    consequence = "the link leads nowhere"
    if wrong.wrong == "slashes":
        forgiven = raw.partition(":")[2].startswith("//")
        consequence = "browsers forgive it, other programs do not" if forgiven else "where it leads depends on the page"
    elif wrong.wrong in _LOCAL and _OTHER_SCHEME.match(raw) is None:
        consequence = "browsers take it for an address on this site"
    if wrong.meant and use.address is not None and raw == use.address.strip() and use.raw == raw:
        fix = Fix(f"write {wrong.meant}", (Edit(use.target, wrong.meant),), Safety.UNSAFE)
        return Finding(use.target, message, consequence, fix=fix)
    return Finding(use.target, message, consequence, f"write {wrong.meant}" if wrong.meant else "")
