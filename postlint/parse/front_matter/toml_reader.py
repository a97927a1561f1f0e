"""TOML with places: tomllib says what the values are, a second look says where they stand.

tomllib has accepted the text by then, so the second look may assume that it is TOML and needs no rule of the grammar
that only tells right from wrong.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from postlint.parse.front_matter.model import Entry, Node, Style, SyntaxProblem
from postlint.regex import regex
from postlint.text import Span

__all__ = ["read_toml"]

MAX_DEPTH = 200

_DOTTED = regex(r"""(?<![\w"'-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){50}""")
"""A key of 50 parts. tomllib takes square time for one of thousands, and nests as deep."""

_WHERE = regex(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_SPACE = regex(r"(?:[ \t\r\n]|#[^\n]*)*+")
_BLANKS = regex(r"[ \t]*+")
_BARE_KEY = regex(r"[\w-]++")
_BARE_VALUE = regex(r"[^\s,\]}#]++(?: [0-9:.+Zz-]++)?+")
_STRINGS = (
    regex(r'"""(?:[^"\\]|\\.|"(?!""))*+"{3,5}', re.DOTALL),
    regex(r"'''(?:[^']|'(?!''))*+'{3,5}"),
    regex(r'"(?:[^"\\\n]|\\.)*+"'),
    regex(r"'[^'\n]*+'"),
)
_OPENED_QUOTE = regex(r"=[ \t]*+[\"']")
_OPENED_BRACKET = regex(r"=[ \t]*+\[")
_ESCAPE = regex(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


def read_toml(source: str, base: int) -> tuple[Node | None, SyntaxProblem | None]:
    """The table of ``source``, which starts at ``base`` in its document, or why there is none."""
    if _DOTTED.search(source):
        return None, SyntaxProblem(base, "a key with more than 50 parts", "too-deep")
    try:
        value = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        return None, _problem(str(error), source, base)
    except RecursionError:
        return None, SyntaxProblem(base, "nested too deep", "too-deep")
    except ValueError as error:  # a number that Python refuses to read
        return None, SyntaxProblem(base, str(error))
    root = _Table(0, len(source))
    try:
        _Locator(source, root).document()
        return root.node(value, base), None
    except (_LostError, RecursionError):
        return _unplaced(value, Span(base, base + len(source))), None


def _problem(words: str, source: str, base: int) -> SyntaxProblem:
    where = _WHERE.search(words)
    problem = words[: where.start()] if where else words
    at = len(source)
    if where is not None and where.group(1) is not None:
        at = 0
        for _ in range(int(where.group(1)) - 1):
            at = source.find("\n", at) + 1
        at = min(at + int(where.group(2)) - 1, len(source))
    hint, at = _cause(problem, source, at)
    return SyntaxProblem(base + at, problem, hint)


def _cause(problem: str, source: str, at: int) -> tuple[str, int]:
    """What is at the bottom of tomllib's words, and where."""
    start = source.rfind("\n", 0, at) + 1
    line = source[start:].split("\n", 1)[0]
    if "Cannot overwrite" in problem or "Cannot declare" in problem or "Cannot mutate" in problem:
        return "duplicate-key", start
    if "'=' after a key" in problem and re.match(r"[\w-]+[ \t]*:", line):
        return "yaml-in-toml", start + line.index(":")
    if "Illegal character '\\n'" in problem:
        quote = re.search(r"[\"']", line)
        return "unclosed-quote", start + quote.start() if quote else at
    if "Unterminated string" in problem or problem.startswith("Expected \"'"):
        return "unclosed-quote", _last(_OPENED_QUOTE, source, at)
    if "Unescaped '\\'" in problem:
        return "escape", at
    if "Unclosed array" in problem:
        return "unclosed-bracket", _last(_OPENED_BRACKET, source, at)
    if "Invalid value" in problem and source[at : at + 1].isalpha():
        return "missing-quotes", at
    return "", at


def _last(pattern: re.Pattern[str], source: str, end: int) -> int:
    """Where the last value of this form before ``end`` starts."""
    found = end
    for match in pattern.finditer(source, 0, end):
        found = match.end() - 1
    return found


def _unplaced(value: Any, span: Span) -> Node:
    """``value`` with one place for all of it: better than none, should the second look lose its way."""
    if isinstance(value, dict):
        entries = tuple(Entry(key, span, _unplaced(item, span)) for key, item in value.items())
        return Node("mapping", span, value, entries=entries)
    if isinstance(value, list):
        return Node("list", span, value, items=tuple(_unplaced(item, span) for item in value))
    return Node("scalar", span, value, str(value), "string" if isinstance(value, str) else "bare")


class _LostError(Exception):
    """What stands here is not what tomllib saw."""


class _Scalar:
    __slots__ = ("end", "start", "style", "text")

    def __init__(self, start: int, end: int, text: str, style: Style) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.style = style

    def node(self, value: Any, base: int) -> Node:
        text = value if isinstance(value, str) else self.text
        return Node("scalar", Span(base + self.start, base + self.end), value, text, self.style)


class _Array:
    __slots__ = ("end", "items", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.items: list[_Place] = []

    def node(self, value: Any, base: int) -> Node:
        if not isinstance(value, list) or len(value) != len(self.items):
            raise _LostError
        items = tuple([place.node(item, base) for place, item in zip(self.items, value, strict=True)])
        end = max(base + self.end, items[-1].span.end if items else 0)
        return Node("list", Span(base + self.start, end), value, items=items)


class _Table:
    __slots__ = ("end", "keys", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.keys: dict[str, tuple[int, int, _Place]] = {}

    def node(self, value: Any, base: int) -> Node:
        if not isinstance(value, dict) or len(value) != len(self.keys):
            raise _LostError
        entries: list[Entry] = []
        last = base + self.end
        for key, (start, end, place) in self.keys.items():
            if key not in value:
                raise _LostError
            node = place.node(value[key], base)
            entries.append(Entry(key, Span(base + start, base + end), node))
            last = max(last, node.span.end)
        return Node("mapping", Span(base + self.start, last), value, entries=tuple(entries))


_Place = _Scalar | _Array | _Table
_Key = tuple[str, int, int]


class _Locator:
    """Walks the statements and fills in the root table."""

    def __init__(self, source: str, root: _Table) -> None:
        self.source = source
        self.root = root

    def document(self) -> None:
        source = self.source
        table = self.root
        open_tables = [self.root]
        at = self.space(0)
        while at < len(source):
            if source[at] == "[":
                start = at
                double = source.startswith("[[", at)
                keys, at = self.keys(at + (2 if double else 1))
                at += 2 if double else 1
                table = self.header(keys, double, start, at)
                open_tables = [self.root, table]
            else:
                keys, at = self.keys(at)
                if source[at : at + 1] != "=":
                    raise _LostError
                place, at = self.value(self.blanks(at + 1), 0)
                target = self.descend(table, keys[:-1], at)
                name, key_start, key_end = keys[-1]
                target.keys[name] = key_start, key_end, place
            for one in open_tables:
                one.end = max(one.end, at)
            at = self.space(at)

    def header(self, keys: list[_Key], double: bool, start: int, end: int) -> _Table:
        parent = self.descend(self.root, keys[:-1], end, start)
        name, key_start, key_end = keys[-1]
        known = parent.keys.get(name)
        place = known[2] if known else None
        if not double:
            if isinstance(place, _Table):
                return place
            table = _Table(start, end)
            parent.keys[name] = key_start, key_end, table
            return table
        if not isinstance(place, _Array):
            place = _Array(start)
            parent.keys[name] = key_start, key_end, place
        table = _Table(start, end)
        place.items.append(table)
        place.end = end
        return table

    def descend(self, table: _Table, keys: list[_Key], end: int, start: int | None = None) -> _Table:
        for name, key_start, key_end in keys:
            known = table.keys.get(name)
            if known is None:
                child = _Table(key_start if start is None else start, end)
                table.keys[name] = key_start, key_end, child
                table = child
                continue
            place = known[2]
            if isinstance(place, _Array) and place.items:
                place.end = max(place.end, end)
                place = place.items[-1]
            if not isinstance(place, _Table):
                raise _LostError
            place.end = max(place.end, end)
            table = place
        return table

    def space(self, at: int) -> int:
        match = _SPACE.match(self.source, at)
        return match.end() if match else at

    def blanks(self, at: int) -> int:
        match = _BLANKS.match(self.source, at)
        return match.end() if match else at

    def keys(self, at: int) -> tuple[list[_Key], int]:
        """A key and its parts; ends at what follows it and its blanks."""
        source = self.source
        found: list[_Key] = []
        while True:
            at = self.blanks(at)
            if source[at : at + 1] in ('"', "'"):
                end = self.string(at)
                name = source[at + 1 : end - 1]
                found.append((_unescaped(name) if source[at] == '"' else name, at, end))
            else:
                match = _BARE_KEY.match(source, at)
                if match is None:
                    raise _LostError
                end = match.end()
                found.append((match.group(), at, end))
            at = self.blanks(end)
            if source[at : at + 1] != ".":
                return found, at
            at += 1

    def string(self, at: int) -> int:
        for pattern in _STRINGS:
            match = pattern.match(self.source, at)
            if match:
                return match.end()
        raise _LostError

    def value(self, at: int, depth: int) -> tuple[_Place, int]:
        source = self.source
        first = source[at : at + 1]
        if depth > MAX_DEPTH:
            raise _LostError
        if first in ('"', "'"):
            end = self.string(at)
            return _Scalar(at, end, "", "string"), end
        if first == "[":
            return self.array(at, depth)
        if first == "{":
            return self.inline_table(at, depth)
        match = _BARE_VALUE.match(source, at)
        if match is None:
            raise _LostError
        return _Scalar(at, match.end(), match.group(), "bare"), match.end()

    def array(self, start: int, depth: int) -> tuple[_Array, int]:
        array = _Array(start)
        at = self.space(start + 1)
        while self.source[at : at + 1] != "]":
            place, at = self.value(at, depth + 1)
            array.items.append(place)
            at = self.space(at)
            if self.source[at : at + 1] == ",":
                at = self.space(at + 1)
        array.end = at + 1
        return array, at + 1

    def inline_table(self, start: int, depth: int) -> tuple[_Table, int]:
        table = _Table(start, start)
        at = self.space(start + 1)
        while self.source[at : at + 1] != "}":
            keys, at = self.keys(at)
            place, at = self.value(self.space(at + 1), depth + 1)
            name, key_start, key_end = keys[-1]
            self.descend(table, keys[:-1], at).keys[name] = key_start, key_end, place
            at = self.space(at)
            if self.source[at : at + 1] == ",":
                at = self.space(at + 1)
        table.end = at + 1
        return table, at + 1


def _unescaped(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        code = match.group(1) or match.group(2)
        return chr(int(code, 16)) if code else _ESCAPED.get(match.group(3), match.group(3))

    return _ESCAPE.sub(one, text) if "\\" in text else text
