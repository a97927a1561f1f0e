"""The span level: HTML, links, code and emphasis inside one text (a paragraph, a heading, a table cell, …).

kramdown reads with one scanner and nested calls: an inner construct does not know where the outer one would like to
end, and when an emphasis or a link finds no end, everything since its start is read again without it. The calls are
frames on a stack here, and what an abandoned frame has found is cut off again.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from html.entities import name2codepoint
from typing import Final

from postlint.parse.kramdown import grammar as g
from postlint.parse.kramdown import patterns as p
from postlint.parse.kramdown.frames import ElementFrame, EmphasisFrame, Frame, LinkFrame, StrikeFrame
from postlint.parse.kramdown.links import LinkReader
from postlint.parse.kramdown.source import Source
from postlint.parse.kramdown.span_html import TagReader
from postlint.parse.kramdown.tree import Leaf, Results
from postlint.regex import regex

__all__ = ["SpanReader"]

SEARCH_TABLE: Final = regex("[`<]")

ENTITY: Final = regex(r"&(?:([A-Za-z0-9_:][-A-Za-z0-9_.:]*+)|#[0-9]++|#x[0-9A-Fa-f]++);")
ENTITIES: Final = frozenset(name2codepoint) | {"apos", "vellip"}
"""The names that kramdown knows; of others it takes the ``&`` for an entity and the rest for text."""
TICKS: Final = regex("`+")
SPAN_EXTENSION: Final = regex(p.EXTENSION_TEXT)
ESCAPED: Final = frozenset("\\.*_+`<>()[]{}#!:|\"'$=-")
_TYPOGRAPHIC: Final = ('"', "'", "--", "...", "<<", "<< ", ">>")


class SpanReader(LinkReader, TagReader):
    """Reads texts one after another into the :class:`Results` they belong to."""

    # Entry points -------------------------------------------------------------------------------------------------

    def read(self, leaf: Leaf, results: Results) -> None:
        """Read ``leaf`` and add what is in it to ``results``."""
        source, start, end = leaf
        if self.search_first.search(source.text, start, end) is None:
            return
        self.begin(source, start, end, results)
        self._read(Frame(start, start, self.search_full))

    def probe(self, source: Source, start: int, end: int, results: Results) -> list[tuple[int, int, bool]]:
        """Code spans (True) and outermost HTML (False) in what may be a table; only warnings are kept."""
        scratch = Results()
        self.begin(source, start, end, scratch)
        self.nodes = []
        root = Frame(start, start, SEARCH_TABLE, full=False)
        self._read(root)
        results.tentative |= scratch.tentative
        results.tentative.update((warning.offset, warning.text) for warning in scratch.warnings)
        return self.nodes

    # The loop -----------------------------------------------------------------------------------------------------

    def _read(self, root: Frame) -> None:
        stack = self.stack
        stack.append(root)
        text = self.text
        while True:
            frame = stack[-1]
            match = frame.search.search(text, self.pos, self.high)
            self.steps += 1
            if match is None:
                if len(stack) == 1:
                    break
                self._exhausted(frame)
                continue
            pos = self.pos = match.start()
            char = text[pos]
            if char == "<":
                self.angle(frame, pos)
                continue
            if isinstance(frame, EmphasisFrame):
                if char == frame.delimiter[0] and self._ends_emphasis(frame, pos):
                    self.pos = pos + len(frame.delimiter)
                    stack.pop()
                    self.emphasis[len(frame.delimiter)] -= 1
                    stack[-1].element_end = self.pos
                    continue
            elif isinstance(frame, LinkFrame) and (char == "]" or char in "![") and self.ends_link(frame, char):
                self.link_end(frame, pos)
                continue
            if char == "*" or char == "_":
                self._emphasis(frame, pos, char)
            elif char == "`":
                self._ticks(frame, pos)
            elif char == "[" or char == "!":
                self.bracket(frame, pos, char)
            elif char == "\\":
                self._backslash(pos)
            elif char == "$":
                close = self.find("$$", pos + 2)
                if close < 0:
                    self.pos = pos + 1
                else:
                    self.code(pos, close + 2, "math")
                    frame.element_end = self.pos = close + 2
            elif char == "{":
                self._extension(frame, pos)
            elif char == "&":
                entity = ENTITY.match(text, pos, self.high)
                self.pos = pos + 1
                if entity is not None:
                    self.pos = entity.end()
                    frame.element_end = self.pos if entity[1] is None or entity[1] in ENTITIES else pos + 1
            elif char == "~":
                self._strike(frame, pos)
            else:
                self.pos = pos + 1
        stack.pop()

    def _exhausted(self, frame: Frame) -> None:
        """The text is at its end and ``frame`` is not."""
        if isinstance(frame, ElementFrame):
            self.warn(frame.origin, f"Found no end tag for '{frame.name}' - auto-closing it")
            self.close_element(frame, self.high, None, self.high)
        elif isinstance(frame, StrikeFrame):
            self.stack.pop()
            self.low, self.high, self.emphasis, self.links, self.names = frame.saved
            self.found, self.closers = {}, {}
            self.pos = frame.origin
            self.stack[-1].element_end = self.pos
        elif isinstance(frame, EmphasisFrame):
            self.stack.pop()
            size = len(frame.delimiter)
            self.emphasis[size] -= 1
            self.pos = self.high
            if self.abandon(frame, frame.origin + (2 if frame.fallback else size)) and size == 2:
                self._try_fallback(frame.origin, frame.delimiter[0])
        elif isinstance(frame, LinkFrame):
            self.stack.pop()
            self.links -= 1
            self.pos = self.high
            self.abandon(frame, frame.start)

    # Emphasis -----------------------------------------------------------------------------------------------------

    def _ends_emphasis(self, frame: EmphasisFrame, pos: int) -> bool:
        text = self.text
        delimiter = frame.delimiter
        end = pos + len(delimiter)
        if end > self.high or not text.startswith(delimiter, pos) or pos == frame.start or text[pos - 1] in g.WS:
            return False
        char = delimiter[0]
        following = text[end] if end < self.high else ""
        if len(delimiter) == 1 and following == char and not (end + 1 < self.high and text[end + 1] == char):
            return False
        return char == "*" or not _is_alnum(following)

    def _emphasis(self, frame: Frame, pos: int, char: str) -> None:
        text = self.text
        after = pos + 1
        if after < self.high and text[after] == char:
            after += 1
        size = after - pos
        self.pos = after
        if after >= self.high or text[after] in g.WS or self.emphasis[size]:
            return
        if char == "_" and pos > self.low:
            before = text[pos - 1]
            if _is_alpha(before) or (before == "-" and pos - 1 > self.low and _is_alpha(text[pos - 2])):
                return
        if self.fuel.dry:
            return
        if self.may_close(char * size, after + 1):
            self._push_emphasis(pos, after, char * size, fallback=False)
        elif size == 2:
            self._try_fallback(pos, char)

    def _push_emphasis(self, origin: int, start: int, delimiter: str, *, fallback: bool) -> None:
        frame = EmphasisFrame(self, origin, start, delimiter, fallback=fallback)
        self.emphasis[len(delimiter)] += 1
        self.stack.append(frame)
        self.pos = start

    def _try_fallback(self, origin: int, char: str) -> None:
        """``**`` that opens no strong may still be ``*`` that opens an emphasis, with a ``*`` in it."""
        frame = self.stack[-1]
        if isinstance(frame, EmphasisFrame) and len(frame.delimiter) == 1:
            return
        if self.may_close(char, origin + 2):
            self._push_emphasis(origin, origin + 1, char, fallback=True)

    # The rest -----------------------------------------------------------------------------------------------------

    def _ticks(self, frame: Frame, pos: int) -> None:
        text = self.text
        high = self.high
        ticks = TICKS.match(text, pos, high)
        after = ticks.end() if ticks is not None else pos + 1
        self.pos = after
        if after - pos == 1 and (pos == self.low or text[pos - 1] in g.WS) and after < high and text[after] in g.WS:
            return
        mark = text[pos:after]
        close = self.find(mark, after)
        if close < 0:
            return
        self.code(pos, close + len(mark), "span")
        frame.element_end = self.pos = close + len(mark)
        if len(self.stack) == 1 and not frame.full:
            self.nodes.append((pos, self.pos, True))

    def _backslash(self, pos: int) -> None:
        text = self.text
        after = pos + 1
        self.pos = after
        if after >= self.high:
            return
        following = text[after]
        if self.options.typographic and text.startswith(("<<", "<< ", ">>"), after) and after + 2 <= self.high:
            self.pos = after + 2
        elif following in ESCAPED or (following == "~" and self.options.gfm):
            self.pos = after + 1

    def _extension(self, frame: Frame, pos: int) -> None:
        text = self.text
        high = self.high
        self.pos = pos + 1
        if self.find("}", pos) < 0:
            return
        match = SPAN_EXTENSION.match(text, pos, high)
        if match is not None:
            name = match[1]
            if name is None:
                self.warn(pos, "Invalid extension stop tag found - ignoring it")
                return
            after = match.end()
            if match[3] is None:
                stop = re.compile(rf"\{{:/(?:{name})?\}}").search(text, after, high)
                if stop is None:
                    self.warn(pos, f"No stop tag for extension '{name}' found - ignoring it")
                    return
                after = stop.end()
            if name not in ("comment", "nomarkdown", "options"):
                self.warn(pos, f"Invalid extension with name '{name}' specified - ignoring it")
                return
            if name != "options":
                self.code(pos, after, "verbatim")
            frame.element_end = self.pos = after
            return
        close = self.find("}", pos + 3)
        while close > 0 and text[close - 1] == "\\" and (later := self.find("}", close + 1)) > 0:
            close = later
        if close < 0:
            return
        # Quotes and dots may have become typographic characters, which take an attribute list as elements do.
        if frame.element_end == pos or text.endswith(_TYPOGRAPHIC, frame.start, pos):
            frame.element_end = self.pos = close + 1
        else:
            self.warn(pos, "Found span IAL after text - ignoring it")

    def _strike(self, frame: Frame, pos: int) -> None:
        text = self.text
        high = self.high
        after = pos + 2
        self.pos = pos + 1
        if after >= high or text[after] in g.WS or text[after] == "~" or not self.may_close("~~", after):
            return
        end = self.closers["~~"][1] + 3
        new = StrikeFrame(self, end, after)
        self.low, self.high = after, end - 2
        self.emphasis, self.links, self.names = Counter(), 0, Counter()
        self.found, self.closers = {}, {}
        self.stack.append(new)
        self.pos = after


def _is_alpha(char: str) -> bool:
    """Ruby's ``[[:alpha:]]``, near enough: letters, and the vowel signs of scripts that have them."""
    return char.isalpha() or (char >= "\u0900" and unicodedata.category(char) in ("Mn", "Mc", "Nl"))


def _is_alnum(char: str) -> bool:
    return bool(char) and (char.isdecimal() or _is_alpha(char))
