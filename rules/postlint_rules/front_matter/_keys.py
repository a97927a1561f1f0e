"""The keys that generators read, and the ones most like them that are something else."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["misspelt"]

_EVERYWHERE = "title date categories category description author slug draft weight layout tags"
_READ = {
    "jekyll": _EVERYWHERE + " permalink published excerpt_separator excerpt redirect_from redirect_to",
    "hugo": _EVERYWHERE
    + " aliases cascade expirydate headless keywords lastmod linktitle markup outputs publishdate resources sitemap"
    + " summary translationkey",
    "hexo": _EVERYWHERE + " permalink published updated comments excerpt disablenunjucks",
    "zola": "title description date updated weight draft slug path aliases authors template taxonomies extra",
    "plain": _EVERYWHERE,
}
_WORDS = """
actor autor autore auteur categoria categorie craft data dated dates datum descriptions drafted draw entitle extras
flags gate height kategorie late little pages path paths permalinks publish rate state tag tagline titel titled titles
titolo titre titulo update weighted
"""
_OTHER_WORDS = frozenset(_WORDS.split())
"""Near a key, and a word of its own: of another language, or of somebody's theme."""


@lru_cache(maxsize=4096)
def misspelt(key: str, generator: str) -> str:
    """The key that ``key`` is a slip of the pen for; "" where it may be meant.

    A slip is one letter too many, too few or wrong, or two changed over, in a word of five letters or more; of a
    shorter one only a doubled letter or two changed over. A plural is none.
    """
    lower = key.lower()
    if lower in _OTHER_WORDS or len(lower) < 4 or not lower.isalpha():
        return ""
    known = _READ.get(generator, _READ["plain"]).split()
    if any(lower in words.split() for words in _READ.values()):
        return ""
    for right in known:
        if lower == right:
            return ""
    for right in known:
        if _slip(lower, right):
            return right
    return ""


def _slip(wrong: str, right: str) -> bool:
    if abs(len(wrong) - len(right)) > 1 or wrong in (right + "s", right + "d") or right in (wrong + "s", wrong + "d"):
        return len(wrong) > 3 and wrong == right + right[-1]
    if len(wrong) == len(right):
        places = [i for i, (a, b) in enumerate(zip(wrong, right, strict=True)) if a != b]
        if len(places) == 2 and places[1] == places[0] + 1:
            return wrong[places[0]] == right[places[1]] and wrong[places[1]] == right[places[0]]
        return len(places) == 1 and len(right) > 4
    longer, shorter = (wrong, right) if len(wrong) > len(right) else (right, wrong)
    at = next((i for i, letter in enumerate(shorter) if longer[i] != letter), len(shorter))
    if longer[:at] + longer[at + 1 :] != shorter:
        return False
    if len(right) > 4:
        return True
    return longer is wrong and at > 0 and (longer[at] == longer[at - 1])
