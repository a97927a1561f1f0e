"""How terms are written: when two are one, how one is spelled in an address, and how one is written anew in place."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from postlint.api import Edit, Profile, Span, Taxonomy, regex

_JOINTS = regex(r"[\s_\-\u2010-\u2015]+")
UNSEEN = regex("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
"""Soft hyphens, zero-width characters, marks of direction."""
_BESIDE_HAN = regex("(?<=[\u3040-\u30ff\u3400-\u9fff])-|-(?=[\u3040-\u30ff\u3400-\u9fff])")
"""Chinese and Japanese put no blanks between words; some put them beside Latin letters: 网站 SEO."""
_NOT_SLUG = regex(r"[^\w]+")
_PLAIN = regex(r"[^\W\d_](?:[\w.+/&#\-]|[ ](?=[\w+&]))*")
_YAML_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_SINGULAR = {"categories": "category", "authors": "author"}


def key(term: str) -> str:
    """What two terms have in common that a reader takes for one.

    Case, width, blanks, hyphens, underscores and characters that nobody sees are left out.

    Other signs count: ``C``, ``C++`` and ``C#`` are three.
    """
    if term.isascii():
        return _JOINTS.sub("-", term.strip()).casefold()
    plain = UNSEEN.sub("", unicodedata.normalize("NFKC", term)).strip()
    return _BESIDE_HAN.sub("", _JOINTS.sub("-", plain)).casefold()


def slug(term: str) -> str:
    """The term as addresses usually have it: lower case, all that is neither letter nor digit a hyphen."""
    return _NOT_SLUG.sub("-", term.strip()).strip("-").lower()


@lru_cache(maxsize=4096)
def spellings(term: str) -> tuple[str, str, str, str]:
    """The ways in which an address or a file name may spell the term, each at its own place in the answer."""
    hyphened = _JOINTS.sub("-", term.strip())
    return term, hyphened, hyphened.lower(), slug(term)


def singular(taxonomy: str) -> str:
    """ "category" for "categories": how a sentence names one of its terms."""
    return _SINGULAR.get(taxonomy) or taxonomy.removesuffix("s")


def declared(profile: Profile, name: str) -> Taxonomy | None:
    """What the project's settings say about a taxonomy."""
    for taxonomy in profile.taxonomies:
        if taxonomy.name == name:
            return taxonomy
    return None


def rewrite(span: Span, old: str, new: str) -> Edit | None:
    """Write ``new`` in the place of the term ``old``, which stands at ``span``, with or without its quotes.

    Only the place is known, not the text: None where the new term might need quotes that are not there, or the old one
    is written with escapes.
    """
    width = span.end - span.start
    if not _PLAIN.fullmatch(new) or new.lower() in _YAML_WORDS:
        return None
    if width == len(old):
        return Edit(span, new)
    if width == len(old) + 2:
        return Edit(Span(span.start + 1, span.end - 1), new)
    return None
