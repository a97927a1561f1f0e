"""Terms with a character that takes them, or their posts, from their address."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding, Generator, Kind, TermUse, generator_for, regex, term_uses
from postlint_rules.taxonomy import _forms as forms

_WORD = regex(r"[^\W_]")
_ESCAPE = regex(r"%[0-9A-Fa-f]{2}")

_ONE_ADDRESS = "its page and the list of all {} have one address, where one replaces the other"


class BadCharacter(DocumentRule):
    """Terms of signs alone, escapes (``%20``), and what Jekyll cannot have in a post's address (``?``, a final dot).

    Measured with Jekyll 4.3.1, Hugo 0.168 and Hexo 8.1.2. With other signs (``/``, ``#``, quotes, emoji beside words)
    addresses work.
    """

    def check(self, doc: Document) -> Iterator[Finding]:
        if not doc.front_matter.entries:
            return
        check = _CHECKS.get(doc.profile.generator)
        if check is None:
            return
        for use in term_uses(doc):
            term = use.term
            if ("?" in term or "%" in term or term[-1:] == "." or not _WORD.search(term)) and term.strip():
                found = check(doc, generator_for(doc.profile), use)
                if found is not None:
                    message, consequence = found
                    yield Finding(use.span, message, consequence, "write it in words")


def _jekyll(doc: Document, generator: Generator, use: TermUse) -> tuple[str, str] | None:
    """Categories stand in the addresses of posts, unless the permalinks have no place for them."""
    if use.taxonomy != "categories" or generator.kind(doc.path) is not Kind.POST:
        return None
    fate = generator.fate(doc)
    term = use.term
    if "?" in term and "?" in fate.url and not fate.url.endswith("?"):
        message = f"`?` in the category `{term}` ends the address of this post"
        before = fate.url.partition("?")[0]
        return message, f"Jekyll links to {fate.url}, for which browsers open {before}: nobody reaches the post"
    stem = term.removesuffix(".").lower()
    if term.endswith(".") and stem and f"/{stem}/" not in fate.url and f"/{stem}" in fate.url:
        message = f"Jekyll drops the dot at the end of the category `{term}` from addresses, and the `/` behind it"
        return message, f"the post stands at {fate.url}"
    return None


def _hugo(doc: Document, generator: Generator, use: TermUse) -> tuple[str, str] | None:
    one = forms.singular(use.taxonomy)
    if generator.term_slug(use.taxonomy, use.term) == "":
        message = f"nothing in the {one} `{use.term}` can stand in an address"
        return message, _ONE_ADDRESS.format(use.taxonomy)
    escape = _ESCAPE.search(use.term)
    if escape is not None and generator.term_slug(use.taxonomy, use.term) is not None:
        message = f"`{escape[0]}` in the {one} `{use.term}` is an escape in its address"
        return message, f"browsers look for the page of the {one} under another name than Hugo gave it"
    return None


def _hexo(doc: Document, generator: Generator, use: TermUse) -> tuple[str, str] | None:
    if generator.term_slug(use.taxonomy, use.term) != "":
        return None
    one = forms.singular(use.taxonomy)
    message = f"nothing in the {one} `{use.term}` can stand in an address"
    return message, _ONE_ADDRESS.format(use.taxonomy)


_CHECKS = {"jekyll": _jekyll, "hugo": _hugo, "hexo": _hexo}
