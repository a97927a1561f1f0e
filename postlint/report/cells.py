"""How text stands on a screen: what is printed for a character, and how many columns it takes.

Whatever comes out of a file may hold anything, so nothing of it reaches a terminal as it is: control characters
(a terminal would obey them), characters that turn the direction of the text, invisible ones and those that the
output's encoding does not have are shown as escapes. ``\\x1b`` is that byte of the file, ``\\u202e`` that character.

Widths follow Unicode's East Asian Width, as terminals do. Where terminals differ (emoji made of several characters)
this counts as those do that draw them as one: two columns.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from postlint.regex import regex

__all__ = ["EVERYTHING", "Cell", "Screen", "width"]

_TAB = 4
_PLAIN = regex(r"[ -~]*+")
_ZWJ = "\u200d"
_JOINERS = frozenset("\u200c\u200d")
_EMOJI_STYLE = "\ufe0f"
_BLACK_FLAG = "\U0001f3f4"
# Format characters that have a shape of their own (Arabic number sign and the like).
_VISIBLE_FORMAT = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")


class Cell(NamedTuple):
    """One character as it is shown: what to print and the columns that this adds (0: it joins what is before it)."""

    shown: str
    width: int


def _columns(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _is_mark(character: str) -> bool:
    """Drawn over or into what stands before it: combining marks, the later letters of a Hangul syllable."""
    if "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7ff":
        return True
    return unicodedata.category(character) in ("Mn", "Me")


def _is_picture(character: str) -> bool:
    return "\u2190" <= character <= "\u2bff" or character in "〰〽㊗㊙" or "\U0001f000" <= character <= "\U0001faff"


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _joining(character: str, base: str, last: str) -> int | None:
    """The columns that ``character`` adds to a cluster begun by ``base``; None when it begins its own."""
    if character in _JOINERS:
        # Part of words in Persian and Indic scripts and of emoji; among ASCII letters it hides something.
        return None if base.isascii() else 0
    if character == _EMOJI_STYLE:
        return 2 - _columns(base) if last == base else 0
    if _is_mark(character):
        return 0
    if _is_picture(base) and (
        (last == _ZWJ and _is_picture(character))
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
        or (base == _BLACK_FLAG and "\U000e0020" <= character <= "\U000e007f")  # flags of regions
    ):
        return 0
    return None


def _unicode_escape(character: str) -> str:
    return f"\\u{ord(character):04x}" if character < "\U00010000" else f"\\U{ord(character):08x}"


def _escape(character: str) -> str | None:
    """What to print for a character that must not be printed; None for all others."""
    code = ord(character)
    if code < 0x20 or code == 0x7F:
        return f"\\x{code:02x}"
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in _VISIBLE_FORMAT:
        return _unicode_escape(character)
    return None


class Screen:
    """What a stream can show.

    Args:
        encoding: the stream's; None means that it takes every character.
    """

    def __init__(self, encoding: str | None = "utf-8") -> None:
        name = (encoding or "utf-8").lower().replace("_", "-")
        self._encoding = None if name.startswith("utf") else name
        self._encodable: dict[str, bool] = {}
        # What is shown the same wherever it stands: nearly all characters of nearly all texts.
        self._simple = {character: Cell(character, 1) for character in map(chr, range(0x20, 0x7F))}

    def can_show(self, text: str) -> bool:
        """The encoding has all these characters."""
        if self._encoding is None:
            return True
        try:
            text.encode(self._encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def cells(self, text: str, column: int = 0) -> list[Cell]:
        """One cell for each character of ``text``, which starts at column ``column`` of its line (for tabs)."""
        cells: list[Cell] = []
        base = ""  # the last character that took columns of its own
        last = ""
        simple = self._simple
        for at, character in enumerate(text):
            if known := simple.get(character):
                cells.append(known)
                column += known.width
                base = last = character
                continue
            if character == "\t":
                blanks = _TAB - column % _TAB
                cell = Cell(" " * blanks, blanks)
            elif not self._has(character):
                shown = _escape(character) or _unicode_escape(character)
                cell = Cell(shown, len(shown))
            elif _is_regional(character):
                # Two of these are one flag.
                if _is_regional(last):
                    cell, character = Cell(character, 0), ""
                else:
                    cell = Cell(character, 2 if _is_regional(text[at + 1 : at + 2]) else 1)
            elif base and (columns := _joining(character, base, last)) is not None:
                cell = Cell(character, columns)
            elif escaped := _escape(character):
                cell = Cell(escaped, len(escaped))
            elif _is_mark(character):
                cell = Cell(" " + character, 1)  # with nothing to stand on, it would land on what we print before
            else:
                cell = Cell(character, _columns(character))
                if not _is_picture(character):
                    simple[character] = cell
            if cell.width and cell.shown == character:
                base = character
            last = character
            column += cell.width
            cells.append(cell)
        return cells

    def _has(self, character: str) -> bool:
        if self._encoding is None:
            return True
        known = self._encodable.get(character)
        if known is None:
            known = self._encodable[character] = self.can_show(character)
        return known

    def visible(self, text: str) -> str:
        """``text`` as one line that can be printed: see the module's words."""
        if _PLAIN.fullmatch(text):
            return text
        return "".join([cell.shown for cell in self.cells(text)])


EVERYTHING = Screen()
"""A screen with every character."""


def width(text: str) -> int:
    """Columns that a printable text takes (what :meth:`Screen.visible` gave)."""
    if text.isascii():
        return len(text)
    return sum([cell.width for cell in EVERYTHING.cells(text)])
