"""JSON with places."""

from __future__ import annotations

import re
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import Any

from postlint.parse.front_matter.model import Entry, Node, SyntaxProblem
from postlint.regex import regex
from postlint.text import Span

__all__ = ["read_json"]

MAX_DEPTH = 200

_BLANKS = regex(r"[ \t\r\n]*+")
_NUMBER = regex(r"-?(?:0|[1-9]\d*+)(\.\d++)?([eE][-+]?\d++)?", re.ASCII)
_WORD = regex(r"[\w+.-]++")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None}
_LONGEST_NUMBER = 400
_STRING_HINTS = {"Unterminated string starting at": "unclosed-quote", "Invalid control character at": "line-break"}


class _Error(Exception):
    def __init__(self, offset: int, problem: str, hint: str = "") -> None:
        self.problem = SyntaxProblem(offset, problem, hint)


def read_json(content: str, start: int, end: int, *, braceless: bool) -> tuple[Node | None, SyntaxProblem | None]:
    """The object in ``content[start:end]``; ``braceless`` where its outer braces are not written (Hexo)."""
    reader = _Reader(content[:end])
    try:
        if braceless:
            root = reader.members(start, start, 0, closed=False)
        else:
            root, at = reader.value(reader.blanks(start), 0)
            at = reader.blanks(at)
            if at < end:
                raise _Error(at, "text after the end of the object", "extra-data")
    except _Error as error:
        return None, error.problem
    return root, None


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text

    def blanks(self, at: int) -> int:
        match = _BLANKS.match(self.text, at)
        return match.end() if match else at

    def value(self, at: int, depth: int) -> tuple[Node, int]:
        text = self.text
        first = text[at : at + 1]
        if first == '"':
            return self.string(at)
        if first == "{":
            node = self.members(at, at + 1, depth, closed=True)
            return node, node.span.end
        if first == "[":
            return self.array(at, depth)
        number = _NUMBER.match(text, at)
        if number and not _WORD.match(text, number.end()):
            written = number.group()
            made: Any = written
            if len(written) <= _LONGEST_NUMBER:
                made = float(written) if number.group(1) or number.group(2) else int(written)
            return Node("scalar", Span(at, number.end()), made, written, "bare"), number.end()
        word = _WORD.match(text, at)
        if word and word.group() in _WORDS:
            return Node("scalar", Span(at, word.end()), _WORDS[word.group()], word.group(), "bare"), word.end()
        if first in ("'", "\u2018", "\u2019", "\u201c", "\u201d"):
            raise _Error(at, "expecting a value", "wrong-quotes")
        if word:
            raise _Error(at, "expecting a value", "missing-quotes")
        if first in ("]", "}"):
            raise _Error(at, "expecting a value", "trailing-comma")
        raise _Error(at, "expecting a value", "end-of-text" if not first else "")

    def string(self, at: int) -> tuple[Node, int]:
        try:
            value, end = scanstring(self.text, at + 1, True)
        except JSONDecodeError as error:
            hint = _STRING_HINTS.get(error.msg, "escape")
            raise _Error(at if hint == "unclosed-quote" else error.pos, error.msg, hint) from None
        return Node("scalar", Span(at, end), value, value, "string"), end

    def array(self, start: int, depth: int) -> tuple[Node, int]:
        self.check(start, depth)
        items: list[Node] = []
        at = self.blanks(start + 1)
        if self.text[at : at + 1] != "]":
            while True:
                item, at = self.value(at, depth + 1)
                items.append(item)
                at = self.blanks(at)
                mark = self.text[at : at + 1]
                if mark == "]":
                    break
                if mark != ",":
                    raise _Error(at, "expecting ',' or ']'", "missing-comma" if mark else "unclosed-bracket")
                at = self.blanks(at + 1)
        return Node("list", Span(start, at + 1), [item.value for item in items], items=tuple(items)), at + 1

    def members(self, start: int, at: int, depth: int, *, closed: bool) -> Node:
        self.check(start, depth)
        text = self.text
        entries: list[Entry] = []
        value: dict[str, Any] = {}
        last = "}" if closed else ""
        at = self.blanks(at)
        while text[at : at + 1] != last:
            if text[at : at + 1] != '"':
                raise self.no_key(at, bool(entries), last)
            key, key_end = self.string(at)
            colon = self.blanks(key_end)
            if text[colon : colon + 1] != ":":
                raise _Error(colon, "expecting ':'", "missing-colon")
            node, end = self.value(self.blanks(colon + 1), depth + 1)
            entries.append(Entry(key.value, key.span, node))
            value[key.value] = node.value
            at = self.blanks(end)
            mark = text[at : at + 1]
            if mark == ",":
                comma = at
                at = self.blanks(at + 1)
                if text[at : at + 1] in ("}", ""):
                    raise _Error(comma, "expecting a key after ','", "trailing-comma")
            elif mark != last:
                raise _Error(end, "expecting ','", "missing-comma" if mark else "unclosed-bracket")
        return Node("mapping", Span(start, at + 1 if closed else at), value, entries=tuple(entries))

    def no_key(self, at: int, later: bool, last: str) -> _Error:
        first = self.text[at : at + 1]
        if not first:
            return _Error(at, "expecting '}'", "unclosed-bracket")
        if first in ("'", "\u2018", "\u2019", "\u201c", "\u201d"):
            return _Error(at, "expecting a key in double quotes", "wrong-quotes")
        return _Error(at, "expecting a key in double quotes", "missing-quotes" if first.isalpha() else "")

    def check(self, at: int, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise _Error(at, f"nested more than {MAX_DEPTH} levels deep", "too-deep")
