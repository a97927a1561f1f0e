"""Chinese names and their spelling in Latin letters: whether ``renminribao`` may be 人民日报.

No dictionary is asked. The 3,755 common characters of GB 2312 (its rows 16 to 55) stand in the order of their
pronunciation, so that the place of a character in that table gives the letter that its syllable begins with. How many
syllables there are, and what each begins with, tells two names apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from postlint.api import regex

__all__ = ["has_chinese", "likeness", "syllables"]

_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
"""The first character of the table for each letter of :data:`_LETTERS`."""
_LETTERS = "abcdefghjklmnopqrstwxyz"
_STARTS = tuple(int.from_bytes(char.encode("gb2312"), "big") for char in _FIRST)
_END = int.from_bytes("座".encode("gb2312"), "big")
_TWO_READINGS = frozenset("长重行会乐都还没藏朝传弹调盛石什厦单曾查卡万系校省宿提大车仇区朴绿种")
"""Common in names, and read in two ways that begin differently."""
_SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:i(?:a(?:o|ng?)?|e|u|ng?|ong)?|u(?:a(?:i|ng?)?|o|i|e|ng?)?|v(?:e|n)?)"
    "|(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:a(?:i|o|ng?)?|o(?:u|ng)?|e(?:i|ng?|r)?)"
)
"""All syllables there are, and some that there are not: what matters is that few words of English are made of them."""
_NAME = regex(rf"(?:{_SYLLABLE}|[0-9A-Z]|[^\w]|_)+")
_PART = regex(rf"({_SYLLABLE})|([0-9A-Z])")


def has_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


@lru_cache(maxsize=4096)
def syllables(name: str) -> tuple[str, ...]:
    """What a name in Latin letters begins its syllables with, digits and capitals as they are.

    Returns:
        nothing where the name is not made of Chinese syllables alone, or of fewer than three.
    """
    if not name.isascii() or _NAME.fullmatch(name) is None:
        return ()
    # The longest syllable that leaves a readable rest: `xian` in one, `fangan` in two.
    parts = _cut(re.sub(r"[\W_]+", "", name))
    return tuple(part[0] for part in parts) if sum(part[0].islower() for part in parts) >= 3 else ()


def _cut(name: str) -> list[str]:
    """One way to cut a name in parts; [] where there is none."""
    ways: dict[int, list[str]] = {len(name): []}
    for at in range(len(name) - 1, -1, -1):
        for length in range(min(6, len(name) - at), 0, -1):
            if at + length in ways and _PART.fullmatch(name, at, at + length):
                ways[at] = [name[at : at + length], *ways[at + length]]
                break
    return ways.get(0, [])


def likeness(name: tuple[str, ...], text: str) -> float:
    """What share of a name's :func:`syllables` a run of characters in the text stands for: 1.0 for all of them.

    Characters of which the reading is not certain count neither for nor against it.
    """
    letters = [letter for char in text if (letter := _letter(char))]
    best = 0.0
    for start in range(-len(name) + 1, len(letters)):
        pairs = list(zip(name[max(-start, 0) :], letters[max(start, 0) :], strict=False))
        like = sum(one.lower() == letter for one, letter in pairs)
        unsure = sum(letter == "?" for _, letter in pairs)
        if like:
            best = max(best, like / (len(name) - unsure))
    return best


def _letter(char: str) -> str:
    """What the character's syllable begins with; "?" where it may be any letter; "" for a sign."""
    if char.isascii():
        return char.lower() if char.isalnum() else ""
    try:
        code = int.from_bytes(char.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return "?" if char.isalpha() else ""
    if char in _TWO_READINGS or code > _END:
        return "?" if char.isalpha() else ""
    return _LETTERS[bisect_right(_STARTS, code) - 1] if code >= _STARTS[0] else ""
