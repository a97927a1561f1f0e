"""Where the keys and values of a TOML file stand.

:mod:`tomllib` gives values without places. This scanner reads the same text for the places alone. It is given only
text that tomllib has accepted, so it checks nothing; it follows the grammar of TOML 1.0 closely enough that each key
and value which tomllib returns has a place here (the tests compare the two).
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import NamedTuple

from postlint.regex import regex
from postlint.text import Position, Text

__all__ = ["KeyPath", "Locations", "Place", "locate"]

KeyPath = tuple[str | int, ...]
"""From the top of the file: keys of tables, and indices of array items."""


class Place(NamedTuple):
    """Where an entry's key and value begin; of an array's item, both are the item's."""

    key: Position
    value: Position


class Locations:
    """The places of one file."""

    __slots__ = ("places",)

    def __init__(self, places: dict[KeyPath, Place]) -> None:
        self.places = places

    def place(self, path: KeyPath) -> Place:
        """The place of ``path``, or of the nearest thing around it that has one (at worst the file's beginning)."""
        for length in range(len(path), 0, -1):
            if (place := self.places.get(path[:length])) is not None:
                return place
        return Place(Position(1, 1), Position(1, 1))


_BLANK = regex(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_INLINE_BLANK = regex(r"[ \t]*+")
_STRING = regex(
    r'"""(?:[^"\\]|\\.|"{1,2}+(?!"))*+"{3,5}'
    r"|'''(?:[^']|'{1,2}+(?!'))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)
_BARE_KEY = regex(r"[A-Za-z0-9_-]++")
_SCALAR = regex(r"[^,\]}#\n]*+")
_REST_OF_LINE = regex(r"[^\n]*+")


def locate(content: str) -> Locations:
    """The places of everything in ``content``, which must be TOML that tomllib loads."""
    return Locations(_Scanner(content).scan())


class _Scanner:
    def __init__(self, content: str) -> None:
        self.content = content
        self.text = Text(content)
        self.at = 0
        self.places: dict[KeyPath, Place] = {}
        self.lengths: dict[KeyPath, int] = {}  # arrays of tables: how many have been seen

    def scan(self) -> dict[KeyPath, Place]:
        table: KeyPath = ()
        self.skip(_BLANK)
        while self.at < len(self.content):
            if self.content[self.at] == "[":
                table = self.header()
            else:
                self.entry(table)
            self.skip(_REST_OF_LINE)
            self.skip(_BLANK)
        return self.places

    def skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.content, self.at)
        if match is None:
            # Not TOML after all: go on behind one character, so that a scan always ends.
            self.at += 1
            return ""
        self.at = match.end()
        return match.group()

    def header(self) -> KeyPath:
        """``[a.b]`` or ``[[a.b]]``: the path that the entries below it belong to."""
        start = self.text.position(self.at)
        double = self.content.startswith("[[", self.at)
        self.at += 2 if double else 1
        keys = self.keys()
        path: KeyPath = ()
        for index, (key, position) in enumerate(keys):
            path += (key,)
            last = index == len(keys) - 1
            self.places.setdefault(path, Place(position, start))
            if last and double:
                self.lengths[path] = self.lengths.get(path, 0) + 1
            if path in self.lengths:
                path += (self.lengths[path] - 1,)
            if last:
                self.places[path] = Place(position, start)
        return path

    def entry(self, table: KeyPath) -> None:
        """``a.b = value``."""
        path = table
        keys = self.keys()
        for key, position in keys:
            path += (key,)
            self.places.setdefault(path, Place(position, position))
        if self.content.startswith("=", self.at):
            self.at += 1
        self.skip(_INLINE_BLANK)
        if keys:
            self.places[path] = Place(keys[-1][1], self.text.position(self.at))
        self.value(path)

    def keys(self) -> list[tuple[str, Position]]:
        keys: list[tuple[str, Position]] = []
        while self.at < len(self.content):
            self.skip(_INLINE_BLANK)
            position = self.text.position(self.at)
            keys.append((self.key(), position))
            self.skip(_INLINE_BLANK)
            if not self.content.startswith(".", self.at):
                break
            self.at += 1
        return keys

    def key(self) -> str:
        if self.content[self.at : self.at + 1] in ('"', "'"):
            written = self.skip(_STRING)
            if "\\" in written and written.startswith('"'):
                import tomllib

                with suppress(tomllib.TOMLDecodeError):
                    return str(tomllib.loads(f"k = {written}")["k"])
            return written[1:-1]
        return self.skip(_BARE_KEY)

    def value(self, path: KeyPath) -> None:
        match self.content[self.at : self.at + 1]:
            case '"' | "'":
                self.skip(_STRING)
            case "[":
                self.array(path)
            case "{":
                self.inline_table(path)
            case _:
                self.skip(_SCALAR)

    def array(self, path: KeyPath) -> None:
        self.at += 1
        index = 0
        while True:
            self.skip(_BLANK)
            if self.at >= len(self.content) or self.content[self.at] == "]":
                break
            position = self.text.position(self.at)
            item = (*path, index)
            self.places[item] = Place(position, position)
            before = self.at
            self.value(item)
            self.skip(_BLANK)
            if self.content.startswith(",", self.at):
                self.at += 1
            index += 1
            if self.at == before:
                break
        self.at += 1

    def inline_table(self, path: KeyPath) -> None:
        self.at += 1
        while True:
            self.skip(_BLANK)  # TOML 1.1 allows line ends here
            if self.at >= len(self.content) or self.content[self.at] == "}":
                break
            before = self.at
            self.entry(path)
            self.skip(_BLANK)
            if self.content.startswith(",", self.at):
                self.at += 1
            if self.at == before:
                break
        self.at += 1
