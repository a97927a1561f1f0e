"""Characters that nobody sees: which they are, and where they are part of how a script is written."""

from __future__ import annotations

import unicodedata

from postlint.api import regex

__all__ = ["RUN", "describe", "is_orthography", "may_hold_any", "meant"]

_VISIBLE_BYTES = bytes(byte for byte in range(256) if (byte >= 0x20 and byte != 0x7F) or byte in b"\0\t\n\f\r")
_RARE = (
    *map(str.encode, "\u061c\u180e\u3164\ufeff\uffa0"),
    b"\xef\xbf\xb9",
    b"\xef\xbf\xba",
    b"\xef\xbf\xbb",
    b"\xef\xbf\xbd",
    b"\xf3\xa0",
)
"""The others in UTF-8, each by itself (and what tag characters begin with): few texts have anything like them."""
_AFTER_C2 = regex(rb"\xc2[\x80-\x9f\xad]")
_AFTER_E2 = regex(rb"\xe2(?:\x80[\x8b-\x8f\xa8-\xae]|\x81[\xa0\xa6-\xaf])")

RUN = regex(
    "([\x01-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060\u2066-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\ufffd]|[\U000e0000-\U000e007f]+)"
)
"""One such character, or a run of tag characters. NUL is left to post/not-utf8."""

_JOINERS = "\u200c\u200d"
_BREAKERS = regex(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aad\ua9e0-\ua9ff\uaa60-\uaadf]"
)
"""Scripts written without blanks, in which a zero width space says where a word ends."""
_JOINED = regex(
    "[\u0600-\u08ff\u0900-\u109f\u1700-\u1aff\u1b00-\u1cff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff"
    "\U0001e900-\U0001e95f]"
)
_RIGHT_TO_LEFT = regex("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"

_NAMES = {
    "\u00ad": "soft hyphen",
    "\u200b": "zero width space",
    "\u200c": "zero width non-joiner",
    "\u200d": "zero width joiner",
    "\u2060": "word joiner",
    "\ufeff": "byte order mark",
    "\ufffd": "replacement character",
    "\u2028": "line separator",
    "\u2029": "paragraph separator",
}


def may_hold_any(data: bytes, content: str) -> bool:
    """Whether a search with :data:`RUN` may find anything, told quickly (``data`` is the same in UTF-8)."""
    if data.translate(None, _VISIBLE_BYTES):
        return True
    if len(data) == len(content):
        return False
    if b"\xc2" in data and _AFTER_C2.search(data) is not None:
        return True
    if b"\xe2" in data and _AFTER_E2.search(data) is not None:
        return True
    return any(map(data.__contains__, _RARE))


def describe(run: str) -> str:
    """What it is, in a person's words, with its code point."""
    char = run[0]
    if char >= "\U000e0000":
        return f"{len(run)} tag characters (U+{ord(char):04X} …)"
    code = f"U+{ord(char):04X}"
    name = _NAMES.get(char)
    if name is None:
        name = "control character" if char < "\xa0" else unicodedata.name(char, "invisible character").lower()
    return f"{name} ({code})"


def meant(char: str) -> str | None:
    """The character that was meant where the byte of a Windows-1252 text was taken for a code point; None else."""
    if "\x80" <= char <= "\x9f":
        return char.encode("latin-1").decode("cp1252", "ignore") or None
    return None


def is_orthography(content: str, start: int, end: int) -> bool:
    """Whether the run belongs there: it joins letters or emoji, parts words, or turns a line of mixed directions."""
    char = content[start]
    before, after = content[start - 1 : start], content[end : end + 1]
    if char in _JOINERS:
        if _JOINED.match(before) or _JOINED.match(after):
            return True
        if char == "\u200d":
            return _is_symbol(before) and _is_symbol(after)
        return before.isalpha() and after.isalpha()
    if char == "\u200b":
        return bool(_BREAKERS.match(before) or _BREAKERS.match(after))
    if char == "\u00ad":
        return before.isalpha() and after.isalpha()
    if char in _MARKS:
        line = content[content.rfind("\n", 0, start) + 1 : _line_end(content, end)]
        return _RIGHT_TO_LEFT.search(line) is not None
    if char == "\u180e":
        return "\u1800" <= before <= "\u18af"
    return char >= "\U000e0000" and before == "\U0001f3f4"  # flags of regions


def _is_symbol(char: str) -> bool:
    return char in "\ufe0f\u20e3" or "\U0001f000" <= char <= "\U0001faff" or unicodedata.category(char or " ") == "So"


def _line_end(content: str, at: int) -> int:
    end = content.find("\n", at)
    return len(content) if end < 0 else end
