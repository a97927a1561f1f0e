"""Suppression comments: which findings the writer of a file does not want, where, and why.

The forms, all of which may name rules (``html/misnested-tag``), families (``html``) and globs (``link/*``), separated
by commas; none named means every rule. After a colon comes the reason::

    <!-- postlint-disable-next-line html/misnested-tag, link/*: the old player needs it -->
    text <!-- postlint-disable-line link/empty: filled in by a script -->
    <!-- postlint-disable html: imported --> … <!-- postlint-enable html -->
    <!-- postlint-disable-file date: kept as it was published -->

A comment may be HTML's, Liquid's (``{% comment %} … {% endcomment %}``, ``{% # … %}``), ``{# … #}``, MDX's
``{/* … */}`` or, between the fences of YAML and TOML front matter, ``# …``. In front matter the whole file is meant by
the key::

    postlint:
      disable: [html/misnested-tag, date]
      reason: kept as it was published

for which ``postlint: {disable: "html/misnested-tag, date"}`` and the short ``postlint-disable: [html/misnested-tag]``
(or ``postlint-disable: "html/misnested-tag: why"``) are read as well.

This module reads them and says which lines they cover. What they are held against, and the findings about the comments
themselves (unused, unknown, without a reason), are the engine's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Literal

from postlint.parse.front_matter import Entry, Format, FrontMatter, Node
from postlint.parse.templates import Masked
from postlint.regex import regex
from postlint.text import Span, Text, within

__all__ = ["Directive", "Kind", "Selector", "directives"]

Kind = Literal["disable-next-line", "disable-line", "disable", "enable", "disable-file", "unknown"]

KINDS: tuple[Kind, ...] = ("disable-next-line", "disable-line", "disable", "enable", "disable-file")

_MARK = "postlint-"
_KEY = "postlint"
_SHORT_KEY = "postlint-disable"


@dataclass(frozen=True, slots=True)
class Selector:
    """One of the names in a directive, with the lines on which it holds.

    Attributes:
        text: as written: a rule's id, a family or a glob; "*" where the directive names nothing and so means all.
        span: where it stands (for "*" that was not written: the directive's own word).
        start_line, end_line: both inclusive, from 1; 0 and -1 where it covers nothing (see :attr:`Directive.idle`).
    """

    text: str
    span: Span
    start_line: int = 0
    end_line: int = -1

    def covers(self, line: int) -> bool:
        return self.start_line <= line <= self.end_line

    def matches(self, rule: str) -> bool:
        """Whether ``rule`` (an id) is meant."""
        text = self.text
        return text == rule or rule.startswith(text + "/") or (("*" in text or "?" in text) and fnmatchcase(rule, text))


@dataclass(frozen=True, slots=True)
class Directive:
    """One comment (or front-matter key).

    Attributes:
        kind: what it asks for; "unknown" for a ``postlint-…`` word that is none of :data:`KINDS`, and for what
            stands in the key ``postlint`` and is none of its keys (see ``word``).
        word: the word as written, without ``postlint-``.
        word_span: where ``postlint-`` and the word stand (in front matter: the key).
        rules: what it names, each with its place and lines; never empty.
        reason: "" where none is given.
        span: the whole comment, or the front-matter entry.
        idle: it covers no line at all, whatever the findings are: an ``enable`` that ends nothing, a
            ``disable-next-line`` with no line after it, an unknown word.
    """

    kind: Kind
    word: str
    word_span: Span
    rules: tuple[Selector, ...]
    reason: str
    span: Span
    idle: bool = False

    @property
    def is_key(self) -> bool:
        """Whether it stands in front matter, where a key is written without ``postlint-``."""
        return self.word_span.end - self.word_span.start != len(_MARK) + len(self.word)

    @property
    def start_line(self) -> int:
        """The first line that it covers, 0 for none."""
        return min(rule.start_line for rule in self.rules)

    @property
    def end_line(self) -> int:
        """The last line that it covers (inclusive), -1 for none."""
        return max(rule.end_line for rule in self.rules)

    def covers(self, line: int) -> bool:
        """Whether a finding that starts on ``line`` is within reach of one of the names."""
        return any(rule.covers(line) for rule in self.rules)

    def suppresses(self, rule: str, line: int) -> Selector | None:
        """The name by which this directive silences ``rule`` on ``line``, or None."""
        for selector in self.rules:
            if selector.covers(line) and selector.matches(rule):
                return selector
        return None


def directives(
    text: Text, content: str, front_matter: FrontMatter, masked: Masked, code: Sequence[Span]
) -> tuple[Directive, ...]:
    """The directives of a document, in the order in which they stand.

    Args:
        text: for its lines.
        content: the document's text (same offsets as ``text``).
        masked: its template constructs: a comment inside ``{% highlight %}`` is an example, and so is a Liquid comment
            inside ``{% raw %}`` (an HTML comment is one there too).
        code: code spans and blocks, in order: a comment inside one is an example too.
    """
    if _KEY not in content:
        return ()
    found = [directive for entry in front_matter.entries for directive in _from_entry(entry, text)]
    found += _comments(text, content, front_matter, masked, code)
    found.sort(key=lambda directive: directive.span)
    return tuple(_with_lines(found, text, content))


# Comments --------------------------------------------------------------------------------------------------------

_OPENER = regex(r"(?:<!--|\{%-?\s*+comment\s*+-?%\}|\{%-?\s*+\#|\{\#-?|\{/\*|(?P<yaml>\#))\s*+\Z")
_CLOSERS = {"<!": "-->", "{#": "#}", "{/": "*/}"}
_LIQUID_END = regex(r"\{%-?\s*+endcomment\s*+-?%\}")
_BACK = 64  # an opener and the blanks behind it are shorter than this


def _comments(
    text: Text, content: str, front_matter: FrontMatter, masked: Masked, code: Sequence[Span]
) -> Iterator[Directive]:
    hopeless: set[str] = set()  # closers that do not come again: not searched for twice
    at = content.find(_MARK)
    while at >= 0:
        span = _comment_span(text, content, front_matter, at, hopeless)
        if span is None or within(span.start, code) or _in_template(span.start, masked):
            at = content.find(_MARK, at + len(_MARK))
            continue
        end = _body_end(content, span)
        yield _read(content, at, end, span)
        at = content.find(_MARK, max(span.end, at + len(_MARK)))


def _comment_span(text: Text, content: str, front_matter: FrontMatter, at: int, hopeless: set[str]) -> Span | None:
    """The comment that begins with the mark at ``at``, or None."""
    opener = _OPENER.search(content, max(0, at - _BACK), at)
    if opener is None:
        return None
    start = opener.start()
    in_front_matter = front_matter.content.start <= at < front_matter.content.end
    if opener["yaml"] is not None or in_front_matter:
        line = text.line_span(text.position(start).line)
        if opener["yaml"] is None or not in_front_matter or opener.end() > line.end:
            return None
        if front_matter.format is Format.JSON or not content[start - 1 : start].isspace():
            return None
        if _in_value([entry.node for entry in front_matter.entries], start):
            return None
        return Span(start, line.end)
    opening = content[start : start + 2]
    if opening == "{%":
        if opener.group().rstrip().endswith("}"):
            ending = None if "endcomment" in hopeless else _LIQUID_END.search(content, at)
            if ending is None:
                hopeless.add("endcomment")
                return None
            return Span(start, ending.end())
        closer = "%}"
    else:
        closer = _CLOSERS[opening]
    closing = -1 if closer in hopeless else content.find(closer, at)
    if closing < 0:
        hopeless.add(closer)
        return None
    return Span(start, closing + len(closer))


_CLOSING = regex(r"(?:-->|\{%-?\s*+endcomment\s*+-?%\}|-?%\}|-?\#\}|\*/\})\Z")


def _body_end(content: str, span: Span) -> int:
    closing = _CLOSING.search(content, max(span.start, span.end - _BACK), span.end)
    return closing.start() if closing is not None else span.end


def _in_value(nodes: Sequence[Node], at: int) -> bool:
    """Whether ``at`` lies in a scalar among ``nodes`` (in order), however deep."""
    while nodes:
        index = bisect_right(nodes, at, key=lambda node: node.span.start) - 1
        if index < 0 or at >= nodes[index].span.end:
            return False
        node = nodes[index]
        if node.kind == "scalar":
            return True
        nodes = node.items or tuple(entry.node for entry in node.entries)
    return False


def _in_template(at: int, masked: Masked) -> bool:
    """Whether ``at`` lies inside a template construct, or begins one that is shown and not run."""
    spans = masked.spans
    index = bisect_right(spans, (at, -1)) - 1
    if index >= 0 and spans[index].start < at < spans[index].end:
        return True
    return bool(spans) and masked.content.startswith("{%", at)


_WORD = regex(r"postlint-(?P<word>[\w-]*+)")
_REASON = regex(r":(?=\s|\Z)|(?<=\s)--(?=\s)")
_NAME = regex(r"[^\s,]++(?:[^\S,]++[^\s,]++)*+")


def _read(content: str, at: int, end: int, span: Span) -> Directive:
    """The directive whose mark stands at ``at`` and whose text ends at ``end``."""
    match = _WORD.match(content, at, end)
    assert match is not None  # the mark is there
    word = match["word"]
    word_span = Span(at, match.end())
    kind: Kind = next((kind for kind in KINDS if kind == word), "unknown")
    selectors, reason = _names(content, match.end(), end)
    return Directive(kind, word, word_span, selectors or (Selector("*", word_span),), reason, span)


def _names(content: str, start: int, end: int) -> tuple[tuple[Selector, ...], str]:
    """The names in ``content[start:end]`` and the reason behind them."""
    colon = _REASON.search(content, start, end)
    reason = ""
    if colon is not None:
        reason = " ".join(content[colon.end() : end].split())
        end = colon.start()
    found: list[Selector] = []
    for match in _NAME.finditer(content, start, end):
        words = match.group().split()
        if len(words) > 1 and all("/" in word or word == "*" for word in words):
            offset = match.start()
            for word in words:
                offset = content.index(word, offset)
                found.append(Selector(word, Span(offset, offset + len(word))))
                offset += len(word)
        else:
            found.append(Selector(match.group(), Span(*match.span())))
    return tuple(found), reason


# Front matter ----------------------------------------------------------------------------------------------------


def _from_entry(entry: Entry, text: Text) -> Iterator[Directive]:
    if entry.key == _SHORT_KEY:
        yield _from_value(entry, entry.key_span, entry.node, None, text)
    elif entry.key == _KEY:
        inner = {item.key: item for item in entry.node.entries}
        if (disable := inner.get("disable")) is not None:
            reason = inner.get("reason")
            yield _from_value(entry, disable.key_span, disable.node, reason.node.text if reason else None, text)
        for item in entry.node.entries:
            if item.key not in ("disable", "reason"):
                yield Directive("unknown", item.key, item.key_span, (Selector("*", item.key_span),), "", entry.span)
        if entry.node.kind != "mapping":
            yield Directive("unknown", "", entry.key_span, (Selector("*", entry.key_span),), "", entry.span)


def _from_value(entry: Entry, word: Span, node: Node, reason: str | None, text: Text) -> Directive:
    selectors: tuple[Selector, ...] = ()
    if node.kind == "list":
        items = (item for item in node.items if item.kind == "scalar" and item.text.strip())
        selectors = tuple(Selector(item.text.strip(), item.span) for item in items)
    elif node.kind == "scalar" and node.value is not True:
        begin, end = node.span
        if node.quoted and end - begin >= 2 and text.content[begin] in "\"'":
            begin, end = begin + 1, end - 1
        selectors, written = _names(text.content, begin, end)
        reason = reason or written
    selectors = selectors or (Selector("*", word),)
    return Directive("disable-file", "disable", word, selectors, " ".join((reason or "").split()), entry.span)


# Lines -----------------------------------------------------------------------------------------------------------


_INK = regex(r"\S")


def _with_lines(found: list[Directive], text: Text, content: str) -> Iterator[Directive]:
    """Each directive with the lines of its names filled in."""
    last = len(text.line_starts)
    whole_lines: dict[int, int] = {}  # first line of a directive that stands alone -> its last line
    for directive in found:
        first, final = _lines(directive.span, text)
        before = _INK.search(content, text.line_span(first).start)
        behind = _INK.search(content, directive.span.end, text.line_span(final).end)
        if behind is None and before is not None and before.start() == directive.span.start:
            whole_lines[first] = final

    ends = _ends_of_ranges(found, text)
    following = _next_lines(found, whole_lines, text)
    endable: set[str] = set()
    for index, directive in enumerate(found):
        first, final = _lines(directive.span, text)
        match directive.kind:
            case "disable-file":
                lines = (1, last)
            case "disable-line":
                lines = (first, final)
            case "disable-next-line":
                lines = (final + 1, following[final + 1]) if following[final + 1] else (0, -1)
            case "disable":
                spans = ends[index]
                rules = tuple(
                    replace(r, start_line=first, end_line=e) for r, e in zip(directive.rules, spans, strict=True)
                )
                yield replace(directive, rules=rules)
                endable.update(name for rule in rules for name in _undoing(rule))
                continue
            case "enable":
                names = {rule.text for rule in directive.rules}
                yield replace(directive, idle=not names & endable)
                continue
            case _:
                yield replace(directive, idle=True)
                continue
        rules = tuple(replace(rule, start_line=lines[0], end_line=lines[1]) for rule in directive.rules)
        yield replace(directive, rules=rules, idle=lines[1] < lines[0])


def _ends_of_ranges(found: list[Directive], text: Text) -> dict[int, list[int]]:
    """For each ``disable`` (by index) the last line of each of its names. One pass, from the end."""
    enabled: dict[str, int] = {}  # name -> the line of the nearest later enable that names it
    last = len(text.line_starts)
    result: dict[int, list[int]] = {}
    for index in range(len(found) - 1, -1, -1):
        directive = found[index]
        if directive.kind == "enable":
            line = _lines(directive.span, text)[1]
            enabled.update((rule.text, line) for rule in directive.rules)
        elif directive.kind == "disable":
            result[index] = [min(enabled.get(name, last) for name in _undoing(rule)) for rule in directive.rules]
    return result


def _lines(span: Span, text: Text) -> tuple[int, int]:
    return text.position(span.start).line, text.position(max(span.start, span.end - 1)).line


def _next_lines(found: list[Directive], whole_lines: dict[int, int], text: Text) -> dict[int, int]:
    """For the line behind each ``disable-next-line`` the line that "next" means, 0 for none.

    Blank lines and further directives in between do not count. From the end, so that each line is looked at once.
    """
    last = len(text.line_starts)
    meant: dict[int, int] = {}
    for directive in reversed(found):
        if directive.kind != "disable-next-line":
            continue
        behind = line = _lines(directive.span, text)[1] + 1
        while line <= last and line not in meant:
            if line in whole_lines:
                line = whole_lines[line] + 1
            elif not text.line(line).strip():
                line += 1
            else:
                break
        meant[behind] = meant.get(line, line if line <= last else 0)
    return meant


def _undoing(rule: Selector) -> tuple[str, ...]:
    """The names in an ``enable`` that end ``rule``: its own, its family's, and all."""
    family = rule.text.partition("/")[0]
    return (rule.text, family, f"{family}/*", "*")
