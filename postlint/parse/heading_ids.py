"""The ids that generators give to headings: one algorithm each, compared with the programs themselves in the tests.

Sources: kramdown 2.4.0 ``converter/base.rb``, kramdown-parser-gfm 1.1.0 ``gfm.rb``, github-slugger, Zola's
``slugify_anchors`` (measured with 0.22.0), Python-Markdown's ``extensions/toc.py`` (measured with 3.11 in MkDocs
1.6.1), Astro's ``rehype-collect-headings.js`` (markdown-remark 7.0.0). Hugo's are in :mod:`postlint.parse.goldmark`,
Hexo's in :mod:`postlint.parse.marked`.

Where versions or options that are not known here decide between two ids, both count: a link is only called dead when
no reading gives its id.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from postlint.parse.deunicode import slug
from postlint.parse.dialect import HeadingIds
from postlint.regex import regex

__all__ = ["HeadingText", "heading_ids", "readings_of_ids"]


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
    """The ids of a document's headings; a string stands for a heading with that explicit id.

    Returns:
        The ids, and whether they are all that there can be (see :mod:`postlint.parse.deunicode`).
    """
    readings, complete = readings_of_ids(algorithm, headings)
    ids = set().union(*readings)
    ids.discard("")
    return ids, complete


def readings_of_ids(algorithm: HeadingIds, headings: Iterable[HeadingText | str]) -> tuple[list[list[str]], bool]:
    """The ids of a document's headings in their order, "" for one that has none or whose id is not known.

    Returns:
        One list for each reading that is possible, and whether they hold all ids that there can be.
    """
    headings = list(headings)
    complete = True

    def bases(id_of: Callable[[HeadingText], str]) -> list[tuple[str, bool]]:
        return [(heading, True) if isinstance(heading, str) else (id_of(heading), False) for heading in headings]

    explicit = {heading for heading in headings if isinstance(heading, str)}
    match algorithm:
        case "kramdown-gfm":
            readings = [_counted(bases(lambda heading: _kramdown_gfm(_set(heading.runs))))]
        case "kramdown":
            readings = [_counted(bases(lambda heading: _kramdown(heading.source) or "section"))]
        case "zola":
            slugs = bases(_zola)
            complete = (_UNKNOWN, False) not in slugs
            readings = [_first_free(slugs, explicit)]
        case "zola-safe":
            readings = [
                _first_free(bases(lambda heading: _SPACE.sub("_", _join(heading.alt))), explicit),
                _first_free(bases(lambda heading: _SPACE.sub("_", _curly(heading.alt))), explicit),
            ]
        case "github-smart":  # Astro: with typographic dashes or, where it is told so, without
            readings = [
                _first_free(bases(lambda heading: _github(_join(heading.runs))), None),
                _first_free(bases(lambda heading: _github(_em_dashes(heading.runs))), None),
            ]
        case "python-markdown":
            readings = [_numbered(bases(lambda heading: _python_markdown(_join(heading.runs))), explicit)]
        case "none" | "unknown":
            readings = [[heading if isinstance(heading, str) else "" for heading in headings]]
            complete = algorithm == "none"
        case _:
            readings = [_first_free(bases(lambda heading: _github(_join(heading.alt).strip())), None)]
    return readings, complete


# Repeated ids ------------------------------------------------------------------------------------------------

_UNKNOWN = "\0"
"""In the place of an id whose letters are spelled in a way that is not known here."""


def _counted(bases: Iterable[tuple[str, bool]]) -> list[str]:
    """Each base id counts its own uses: ``a``, ``a-1``, ``a-2``, whatever else there is."""
    counts: dict[str, int] = {}
    found = []
    for id_, given in bases:
        if given:
            found.append(id_)
            continue
        count = counts[id_] = counts.get(id_, -1) + 1
        found.append(f"{id_}-{count}" if count else id_)
    return found


def _first_free(bases: Iterable[tuple[str, bool]], taken: set[str] | None) -> list[str]:
    """A repeated id takes the first number that is free.

    ``taken`` are ids that are from the first heading on; ids that are given count from their place on, and where
    ``taken`` is None not at all.
    """
    used = set(taken or ())
    found = []
    last: dict[str, int] = {}
    for id_, given in bases:
        if given or id_ == _UNKNOWN:
            found.append(id_ if given else "")
            if given and taken is not None:
                used.add(id_)
            continue
        chosen = id_
        number = last.get(id_, 0)
        while chosen in used:
            number += 1
            chosen = f"{id_}-{number}"
        last[id_] = number
        used.add(chosen)
        found.append(chosen)
    return found


_NUMBER_BEHIND = regex(r"(.*)_([0-9]+)", re.DOTALL)


def _numbered(bases: Iterable[tuple[str, bool]], taken: set[str]) -> list[str]:
    """Python-Markdown's ``unique``: ``a``, ``a_1``, ``a_2``; nothing is ``_1``."""
    used = set(taken)
    found = []
    for id_, given in bases:
        if not given and (id_ in used or not id_):
            match = _NUMBER_BEHIND.fullmatch(id_)
            base, number = (match[1], int(match[2])) if match is not None else (id_, 0)
            number += 1
            while (id_ := f"{base}_{number}") in used:
                number += 1
        used.add(id_)
        found.append(id_)
    return found


# Texts -------------------------------------------------------------------------------------------------------

_DASHES = regex("---?")
_TWO_DASHES = regex("(?<!-)--(?!-)")


def _join(runs: Iterable[tuple[str, bool]]) -> str:
    return "".join(text for text, _ in runs)


def _smart(runs: Iterable[tuple[str, bool]]) -> str:
    """The text with typographic dashes, which every algorithm that sees them drops."""
    return "".join(text if code or "--" not in text else _DASHES.sub("", text) for text, code in runs)


def _em_dashes(runs: Iterable[tuple[str, bool]]) -> str:
    """The text as remark-smartypants sets it: two dashes, no more, are one that is dropped later."""
    return "".join(text if code else _TWO_DASHES.sub("", text) for text, code in runs)


_KRAMDOWN_SYMBOLS = regex("---?|<< | >>")


def _set(runs: Iterable[tuple[str, bool]]) -> str:
    """The text without what becomes kramdown's typographic symbols: guillemets take the blank beside them."""
    return "".join(text if code else _KRAMDOWN_SYMBOLS.sub("", text) for text, code in runs)


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


_NOT_KRAMDOWN = regex(r"[^a-zA-Z0-9 \-]")
_NOT_LETTER = regex(r"^[^a-zA-Z]+")


def _kramdown(source: str) -> str:
    return _NOT_KRAMDOWN.sub("", _NOT_LETTER.sub("", source)).replace(" ", "-").lower()


@lru_cache(maxsize=4096)
def _is_slugged(char: str) -> bool:
    """What github-slugger 2 keeps, compared with it letter by letter: alphabetic, marks, decimal digits, connectors."""
    category = unicodedata.category(char)
    circled = "\u24b6" <= char <= "\u24e9" or "\U0001f130" <= char <= "\U0001f189"  # letters all the same
    return char in "- " or category[0] in "LM" or category in ("Nd", "Nl", "Pc") or circled


def _github(text: str) -> str:
    return "".join(char for char in text.lower() if _is_slugged(char)).replace(" ", "-")


_NOT_WORD = regex(r"[^\w\s-]")
_GAPS = regex(r"[-\s]+")


def _python_markdown(text: str) -> str:
    ascii_ = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return _GAPS.sub("-", _NOT_WORD.sub("", ascii_).strip().lower())


def _zola(heading: HeadingText) -> str:
    spelled = slug(_join(heading.alt))
    return _UNKNOWN if spelled is None else spelled


_SPACE = regex(r"[ \t\n\f\r]")
"""What Zola makes ``_`` of where ``slugify.anchors`` is ``safe`` or ``off``, each by itself."""
