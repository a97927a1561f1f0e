"""Ruby's and Jekyll's ways with names: slugs, titles from slugs."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from postlint.regex import regex

__all__ = ["pretty_slug", "slugify", "titleized"]

_PLAIN = regex(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PRETTY_EXTRA = "._~!$&'()+,;=@"


@lru_cache(maxsize=65536)
def _kept(character: str) -> bool:
    r"""``\p{M}``, ``\p{L}`` or ``\p{Nd}``."""
    category = unicodedata.category(character)
    return category[0] in "ML" or category == "Nd"


def slugify(text: str) -> str:
    """``Utils.slugify`` in its default mode: letters and digits stay, lower-cased; runs of others become one hyphen."""
    return text if _PLAIN.fullmatch(text) else _slug(text, "").lower()


def pretty_slug(text: str) -> str:
    """The mode of ``:title``: some punctuation stays too, and case is kept."""
    return text if _PLAIN.fullmatch(text) else _slug(text, _PRETTY_EXTRA)


def _slug(text: str, extra: str) -> str:
    out: list[str] = []
    gap = False
    for character in text:
        if character in extra or _kept(character):
            if gap:
                out.append("-")
                gap = False
            out.append(character)
        else:
            gap = True
    if gap:
        out.append("-")
    slug = "".join(out)
    # ``-`` itself is no kept character, so each run of hyphens is one by now: at most one stands at either end.
    return slug.removeprefix("-").removesuffix("-")


def titleized(slug: str) -> str:
    """``my-first-post`` as "My First Post": each part has its first letter raised and all others lowered."""
    parts = slug.split("-")
    while parts and not parts[-1]:
        parts.pop()
    return " ".join(part.capitalize() for part in parts)
