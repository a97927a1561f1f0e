"""YAML with places: what PyYAML's safe loader would give, and where each part of it stands.

The tree comes from libyaml's ``compose``; the values are made from it here, because the loader's own constructor throws
the places away and raises on what a reader of posts has to survive (``2024-02-30``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.nodes import MappingNode, ScalarNode

from postlint.parse.front_matter.model import Entry, Node, Style, SyntaxProblem
from postlint.regex import regex
from postlint.text import Span

_Base: Any
try:
    from yaml import cyaml

    _Base = cyaml.CParser  # type: ignore[attr-defined]
except ImportError:  # PyYAML without libyaml: 15 times slower, with equal answers
    _Base = yaml.SafeLoader

__all__ = ["MAX_DEPTH", "MAX_NODES", "first_document", "read_yaml"]

MAX_DEPTH = 200
"""Levels of nesting. (libyaml's compose recurses in C: 30,000 brackets end the process.)"""
MAX_NODES = 50_000
"""Nodes after the aliases are followed: a few lines of aliases to aliases stand for billions."""

_LONGEST_NUMBER = 400
"""A longer "number" stays text: Python refuses an integer of 4,300 digits and takes square time to read one."""

_IMPLICIT: dict[str, list[tuple[str, re.Pattern[str]]]] = yaml.SafeLoader.yaml_implicit_resolvers
_CONSTRUCTOR = SafeConstructor()
"""Its methods for scalars keep nothing."""

_TAG = "tag:yaml.org,2002:"
_STR = _TAG + "str"
_MAP = _TAG + "map"
_SEQ = _TAG + "seq"
_MERGE = _TAG + "merge"
_NULL = _TAG + "null"
_CONSTRUCTED: dict[str, Callable[[Any], Any]] = {
    _TAG + name: getattr(_CONSTRUCTOR, f"construct_yaml_{name}")
    for name in ("bool", "int", "float", "timestamp", "binary")
}

_STYLES: dict[str | None, Style] = {
    None: "plain",
    "": "plain",
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
}
_NESTED_BLOCKS = regex(r"(?:[-?:][ \t]++){50}")
_new: Any = tuple.__new__
"""What a named tuple's own ``__new__`` comes down to, in half the time: posts are read by the ten thousand."""
_ALIAS = regex(r"\*[^\s,\[\]{}]++")


def _plain_tag(text: str) -> str:
    """What the safe loader takes an unquoted text for."""
    for tag, pattern in _IMPLICIT.get(text[:1], ()):
        if pattern.match(text):
            return tag
    return _STR


class _Composer(_Base):  # type: ignore[misc]
    """The tree alone, with PyYAML's own rules for the tags of plain scalars, and none of the generality around them.

    compose calls :meth:`resolve` for each node, and most of its time goes there.
    """

    def descend_resolver(self, *_: object) -> None:
        """For path resolvers, of which the safe loader has none."""

    def ascend_resolver(self) -> None:
        """See :meth:`descend_resolver`."""

    def resolve(self, kind: type, value: str, implicit: tuple[bool, bool]) -> str:
        if kind is ScalarNode:
            return _plain_tag(value) if implicit[0] else _STR
        return _MAP if kind is MappingNode else _SEQ


class _RefusedError(Exception):
    """The text is more than we are willing to read."""

    def __init__(self, problem: SyntaxProblem) -> None:
        self.problem = problem


def read_yaml(source: str, base: int, *, tabs: bool = False) -> tuple[Node | None, SyntaxProblem | None]:
    """The tree of ``source``, which starts at ``base`` in its document, or why there is none.

    With ``tabs``, tabs that indent a line count as two blanks each, as Hexo has it.
    """
    if tabs and "\n\t" in source:
        return _read_with_tabs(source, base)
    flat = _read_flat(source, base)
    if flat is not None:
        return flat, None
    loader: Any = None
    try:
        _guard(source, base)
        loader = _Composer(source)
        composed = loader.get_single_node()
        if composed is None:
            return None, None
        return _Builder(source, base).build(composed, 0), None
    except _RefusedError as refused:
        return None, refused.problem
    except RecursionError:
        return None, SyntaxProblem(base, "nested too deep", "too-deep")
    except yaml.YAMLError as error:
        return None, _problem(error, source, base)
    finally:
        if loader is not None:
            loader.dispose()


def first_document(source: str, base: int, error: SyntaxProblem) -> Node | None:
    """What loaders that stop after the first document (Ruby's) read where :func:`read_yaml` gives ``error``.

    YAML's first document ends before a line that is indented less than its first key. None where it has not ended when
    the error comes.
    """
    if error.problem != "did not find expected <document start>":
        return None
    loader = _Composer(source)
    try:
        return _Builder(source, base).build(loader.get_node(), 0) if loader.check_node() else None
    except (yaml.YAMLError, RecursionError, _RefusedError):
        return None
    finally:
        loader.dispose()


# Most front matter is lines of ``key: value`` that mean the same whatever stands round them: a key of plain letters,
# and after it nothing, a text in quotes without a quote or backslash in it, or a plain text that begins with a letter,
# digit or slash and has no ``#``, no colon before a blank, no white space but single blanks. (libyaml, with which the
# tests compare this, takes twice as long.)
_SPECIAL = r"\\\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\uf8ff\ufeff\ufffe\uffff"
_PLAIN = r"\w/.,()!?+&;'\"=%*@~-"
_FLAT_LINE = regex(
    r"(?P<key>[A-Za-z_][A-Za-z0-9_-]{0,99}):(?: ++(?:"
    rf"\"(?P<double>[^\"{_SPECIAL}]*+)\"|'(?P<single>[^'{_SPECIAL}]*+)'"
    rf"|(?P<plain>(?:[^\W_]|/)(?:[{_PLAIN}]|:(?=\w)| (?=[{_PLAIN}]))*+)))? *+\n"
)


def _read_flat(source: str, base: int) -> Node | None:
    """The mapping that the lines of ``source`` make, if all are as :data:`_FLAT_LINE` has them; else None, also where a
    key means something else than its letters (``yes``, ``null``)."""
    entries: list[Entry] = []
    value: dict[Any, Any] = {}
    made: tuple[Any, ...]
    at, length = 0, len(source)
    while at < length:
        line = _FLAT_LINE.match(source, at)
        if line is None or _plain_tag(key := line["key"]) is not _STR:
            return None
        at = line.end()
        group = line.lastgroup
        key_start, key_end = line.span("key")
        key_start += base
        key_end += base
        if group == "plain":
            text = line[group]
            start, end = line.span(group)
            tag = _plain_tag(text)
            meant = text if tag == _STR else _scalar_value(ScalarNode(tag, text))
            made = ("scalar", _new(Span, (base + start, base + end)), meant, text, "plain", (), ())
        elif group == "key":
            made = ("scalar", _new(Span, (key_end + 1, key_end + 1)), None, "", "plain", (), ())
        else:
            text = line[group or ""]
            start, end = line.span(group or "")
            made = ("scalar", _new(Span, (base + start - 1, base + end + 1)), text, text, group, (), ())
        node = _new(Node, made)
        entries.append(_new(Entry, (key, _new(Span, (key_start, key_end)), node)))
        value[key] = node.value
    if not entries:
        return None
    return Node("mapping", Span(base, entries[-1].node.span.end), value, entries=tuple(entries))


def _guard(source: str, base: int) -> None:
    """Refuse what libyaml's recursive compose would not survive. Its event parser does not recurse.

    libyaml 0.2.6 has a bound of its own, of 1,000 levels, which its scanner may meet before we count so many events.
    """
    if source.count("[") + source.count("{") <= MAX_DEPTH and not _NESTED_BLOCKS.search(source):
        return
    depth = 0
    try:
        for event in yaml.parse(source, _Composer):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    at = base + event.start_mark.index  # type: ignore[union-attr]
                    raise _RefusedError(SyntaxProblem(at, f"nested more than {MAX_DEPTH} levels deep", "too-deep"))
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError as error:
        if "nesting depth" in (getattr(error, "problem", None) or ""):
            problem = _problem(error, source, base)
            raise _RefusedError(
                SyntaxProblem(problem.offset, f"nested more than {MAX_DEPTH} levels deep", "too-deep")
            ) from error
        return  # compose says it again, no deeper than the depth counted here


def _problem(error: yaml.YAMLError, source: str, base: int) -> SyntaxProblem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        offset = min(mark.index, len(source))
    elif isinstance(error, yaml.reader.ReaderError):
        offset = _unprintable(source)
    else:
        offset = 0
    words = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return SyntaxProblem(base + offset, str(words))


_UNPRINTABLE = regex("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _unprintable(source: str) -> int:
    found = _UNPRINTABLE.search(source)
    return found.start() if found else 0


def _scalar_value(node: Any) -> Any:
    """What the safe loader makes of a scalar; its text where it cannot make anything."""
    if node.tag == _NULL:
        return None
    method = _CONSTRUCTED.get(node.tag)
    if method is None or len(node.value) > _LONGEST_NUMBER:
        return node.value
    try:
        return method(node)
    except (ValueError, OverflowError, LookupError, AttributeError, yaml.YAMLError):
        return node.value


class _Builder:
    """Makes our nodes of the loader's."""

    def __init__(self, source: str, base: int) -> None:
        self.source = source
        self.base = base
        self.seen: dict[int, tuple[Node, int] | None] | None = {} if "*" in source else None
        self.size = 0
        self.searched = 0
        """Where the text of the last key or item ended: the next alias stands after it."""

    def build(self, node: Any, depth: int) -> Node:
        if depth > MAX_DEPTH:
            at = self.base + node.start_mark.index
            raise _RefusedError(SyntaxProblem(at, f"nested more than {MAX_DEPTH} levels deep", "too-deep"))
        if self.seen is None:
            return self.make(node, depth)
        known = self.seen.get(id(node), False)
        if known is False:
            before = self.size
            self.seen[id(node)] = None
            made = self.make(node, depth)
            self.seen[id(node)] = made, self.size - before
            return made
        alias = _ALIAS.search(self.source, self.searched)
        start, end = alias.span() if alias else (self.searched, self.searched)
        self.searched = end
        if known is None or known is True:
            name = self.source[start:end]
            raise _RefusedError(SyntaxProblem(self.base + start, f"{name} contains itself", "recursive-alias"))
        original, size = known
        self.size += size
        if self.size > MAX_NODES:
            words = f"its aliases stand for more than {MAX_NODES:,} values"
            raise _RefusedError(SyntaxProblem(self.base + start, words, "alias-bomb"))
        return original._replace(span=Span(self.base + start, self.base + end))

    def make(self, node: Any, depth: int) -> Node:
        start = node.start_mark.index
        self.size += 1
        kind = type(node)
        if kind is ScalarNode:
            return self.scalar(node, start)
        if kind is MappingNode:
            return self.mapping(node, start, depth)
        return self.sequence(node, start, depth)

    def scalar(self, node: Any, start: int) -> Node:
        base = self.base
        text = node.value
        end = node.end_mark.index
        style = _STYLES[node.style]
        if style == "literal" or style == "folded":
            end = start + len(self.source[start:end].rstrip())
        elif style == "plain" and node.tag == _STR and self.source.startswith("!", start):
            style = "string"  # ``!!str 2024``: as good as quotes
        self.searched = end
        value = text if node.tag == _STR else _scalar_value(node)
        made: Node = _new(Node, ("scalar", _new(Span, (base + start, base + end)), value, text, style, (), ()))
        return made

    def mapping(self, node: Any, start: int, depth: int) -> Node:
        entries: list[Entry] = []
        value: dict[Any, Any] = {}
        merged: list[Node] = []
        base = self.base
        for key_node, value_node in node.value:
            key_start = key_node.start_mark.index
            if type(key_node) is ScalarNode and self.seen is None:
                key = key_node.value
                key_span = _new(Span, (base + key_start, base + key_node.end_mark.index))
                python_key = key if key_node.tag == _STR else _scalar_value(key_node)
                if type(value_node) is ScalarNode:  # most are: no need to ask further
                    made = self.scalar(value_node, value_node.start_mark.index)
                    entries.append(_new(Entry, (key, key_span, made)))
                    if key_node.tag == _MERGE:
                        merged.append(made)
                    else:
                        value[python_key] = made.value
                    continue
            else:
                made_key = self.build(key_node, depth + 1)
                key_span = made_key.span
                if made_key.kind == "scalar":
                    key, python_key = made_key.text, made_key.value
                else:
                    key = python_key = self.source[key_span.start - base : key_span.end - base]
            made = self.build(value_node, depth + 1)
            entries.append(Entry(key, key_span, made))
            if key_node.tag == _MERGE:
                merged.append(made)
            else:
                value[python_key] = made.value
        for made in merged:
            for lender in made.items if made.kind == "list" else (made,):
                if isinstance(lender.value, dict):
                    value = {**lender.value, **value}
        if node.flow_style or not entries:
            end = base + node.end_mark.index
        else:
            end = max(entries[-1].node.span.end, entries[-1].key_span.end)
        span = Span(base + start, end)
        return Node("mapping", span, self.tagged(node, _MAP, value), entries=tuple(entries))

    def sequence(self, node: Any, start: int, depth: int) -> Node:
        base = self.base
        items = tuple([self.build(item, depth + 1) for item in node.value])
        end = base + node.end_mark.index if node.flow_style or not items else items[-1].span.end
        value = [item.value for item in items]
        return Node("list", Span(base + start, end), self.tagged(node, _SEQ, value), items=items)

    def tagged(self, node: Any, tag: str, value: Any) -> Any:
        """``value``, or what the safe loader makes of a collection with a tag of its own (``!!set``)."""
        if node.tag == tag:
            return value
        try:
            return SafeConstructor().construct_document(node)
        except (ValueError, TypeError, RecursionError, yaml.YAMLError):
            return value


_INDENT = regex(r"\n(\t+)")


def _read_with_tabs(source: str, base: int) -> tuple[Node | None, SyntaxProblem | None]:
    """Read the text as Hexo changes it before parsing, and put the places back."""
    pieces: list[str] = []
    origin: list[int] = []
    done = 0
    for match in _INDENT.finditer(source):
        start, end = match.span(1)
        pieces.append(source[done:start])
        origin.extend(range(base + done, base + start))
        pieces.append("  " * (end - start))
        for at in range(base + start, base + end):
            origin += (at, at)
        done = end
    pieces.append(source[done:])
    origin.extend(range(base + done, base + len(source) + 1))
    root, error = read_yaml("".join(pieces), 0)
    if error is not None:
        related = None if error.related is None else Span(origin[error.related.start], origin[error.related.end])
        error = SyntaxProblem(origin[error.offset], error.problem, error.hint, related)
    return (None if root is None else _moved(root, origin)), error


def _moved(node: Node, origin: list[int]) -> Node:
    return node._replace(
        span=Span(origin[node.span.start], origin[node.span.end]),
        items=tuple(_moved(item, origin) for item in node.items),
        entries=tuple(
            Entry(e.key, Span(origin[e.key_span.start], origin[e.key_span.end]), _moved(e.node, origin))
            for e in node.entries
        ),
    )
