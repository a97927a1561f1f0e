"""The ids that generators give to headings: one algorithm each, compared with the programs themselves in the tests.

Sources: kramdown 2.4.0 ``converter/base.rb``, kramdown-parser-gfm 1.1.0 ``gfm.rb``, github-slugger, Zola's
``slugify_anchors`` (measured with 0.22.0). Hugo's are in :mod:`postlint.parse.goldmark`, Hexo's in
:mod:`postlint.parse.marked`.

Where versions or options that are not known here decide between two ids, both count: a link is only called dead when
no reading gives its id.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from postlint.parse.deunicode import slug
from postlint.parse.dialect import HeadingIds

__all__ = ["HeadingText", "heading_ids"]


class HeadingText(NamedTuple):
    """A heading's words.

    Attributes:
        source: as written, without ``#`` marks and without ``{#id}``.
        runs: the text that readers see, piece by piece; True for what is code.
        alt: the same with the alternative texts of images; equal to ``runs`` where there is none.
    """

    source: str
    runs: tuple[tuple[str, bool], ...]
    alt: tuple[tuple[str, bool], ...]


def heading_ids(algorithm: HeadingIds, headings: Iterable[HeadingText | str]) -> tuple[set[str], bool]:
    """The ids of a document's headings, in order; a string stands for a heading with that explicit id.

    Returns:
        The ids, and whether they are all that there can be (see :mod:`postlint.parse.deunicode`).
    """
    headings = list(headings)
    ids = {heading for heading in headings if isinstance(heading, str)}
    explicit = set(ids)
    automatic = [heading for heading in headings if not isinstance(heading, str)]
    complete = True
    match algorithm:
        case "kramdown-gfm":
            ids |= _counted([_kramdown_gfm(_smart(heading.runs)) for heading in automatic])
        case "kramdown":
            ids |= _counted([_kramdown(heading.source) or "section" for heading in automatic])
        case "zola":
            slugs = [slug(_join(heading.alt)) for heading in automatic]
            complete = None not in slugs
            ids |= _first_free([known for known in slugs if known is not None], explicit)
        case "zola-safe":
            for read in (_join, _curly):
                ids |= _first_free([_SPACE.sub("_", read(heading.alt)) for heading in automatic], explicit)
        case _:
            ids |= _first_free([_github(_join(heading.alt)) for heading in automatic], set())
    ids.discard("")
    return ids, complete


# Repeated ids ------------------------------------------------------------------------------------------------


def _counted(ids: Iterable[str]) -> set[str]:
    """Each base id counts its own uses: ``a``, ``a-1``, ``a-2``, whatever else there is."""
    counts: dict[str, int] = {}
    found = set()
    for id_ in ids:
        count = counts[id_] = counts.get(id_, -1) + 1
        found.add(f"{id_}-{count}" if count else id_)
    return found


def _first_free(ids: Iterable[str], taken: set[str]) -> set[str]:
    """A repeated id takes the first number that is free."""
    used = set(taken)
    found = set()
    last: dict[str, int] = {}
    for id_ in ids:
        chosen = id_
        number = last.get(id_, 0)
        while chosen in used:
            number += 1
            chosen = f"{id_}-{number}"
        last[id_] = number
        used.add(chosen)
        found.add(chosen)
    return found


# Texts -------------------------------------------------------------------------------------------------------

_DASHES = re.compile("---?")


def _join(runs: Iterable[tuple[str, bool]]) -> str:
    return "".join(text for text, _ in runs)


def _smart(runs: Iterable[tuple[str, bool]]) -> str:
    """The text with typographic dashes, which every algorithm that sees them drops."""
    return "".join(text if code or "--" not in text else _DASHES.sub("", text) for text, code in runs)


def _curly(runs: Iterable[tuple[str, bool]]) -> str:
    """The text as marked's ``smartypants`` sets it."""
    return "".join(text if code else _smartypants(text) for text, code in runs)


def _smartypants(text: str) -> str:
    text = text.replace("---", "—").replace("--", "–").replace("...", "…")
    text = re.sub(r"(^|[-—/(\[{\"\s])'", "\\1‘", text).replace("'", "’")
    return re.sub(r"(^|[-—/(\[{‘\s])\"", "\\1“", text).replace('"', "”")


# Algorithms --------------------------------------------------------------------------------------------------


def _is_ruby_word(char: str) -> bool:
    """``\\p{Word}`` of Ruby: letters, marks, decimal digits, connecting punctuation."""
    category = unicodedata.category(char)
    return category[0] in "LM" or category in ("Nd", "Pc")


class _KramdownGfm(dict[int, str]):
    """For :meth:`str.translate`: what becomes of each letter, worked out when it is first met.

    One letter at a time: Ruby lowers a final sigma as any other.
    """

    def __missing__(self, code: int) -> str:
        kept = (char for char in chr(code).lower() if char in "- \t" or _is_ruby_word(char))
        letters = self[code] = "".join("-" if char in " \t" else char for char in kept)
        return letters


_KRAMDOWN_GFM = _KramdownGfm()


def _kramdown_gfm(text: str) -> str:
    return text.translate(_KRAMDOWN_GFM)


_NOT_KRAMDOWN = re.compile(r"[^a-zA-Z0-9 \-]")
_NOT_LETTER = re.compile(r"^[^a-zA-Z]+")


def _kramdown(source: str) -> str:
    return _NOT_KRAMDOWN.sub("", _NOT_LETTER.sub("", source)).replace(" ", "-").lower()


def _github(text: str) -> str:
    kept = "".join(
        char
        for char in text.strip().lower()
        if char in "-_ " or char.isalnum() or (not char.isascii() and unicodedata.category(char)[0] == "M")
    )
    return kept.replace(" ", "-")


_SPACE = re.compile(r"[ \t\n\f\r]")
"""What Zola makes ``_`` of where ``slugify.anchors`` is ``safe`` or ``off``, each by itself."""
