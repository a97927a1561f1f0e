"""The block level: which lines are code, lists, HTML, paragraphs.

Readers are generators that yield further readers (see :func:`run`), so that depth costs no Python stack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from typing import Any, Final, TypeAlias

from postlint.parse.kramdown import grammar as g
from postlint.parse.kramdown import patterns as p
from postlint.parse.kramdown.definitions import read_link_definition
from postlint.parse.kramdown.extensions import read_extension
from postlint.parse.kramdown.html import read_html
from postlint.parse.kramdown.lists import read_definitions, read_list
from postlint.parse.kramdown.model import CodeKind, CodeSpan, KramdownWarning
from postlint.parse.kramdown.options import KramdownOptions
from postlint.parse.kramdown.source import Builder, Source
from postlint.parse.kramdown.tables import read_table
from postlint.parse.kramdown.tree import Definition, Fuel, Leaf, Node, Results, Scanner
from postlint.text import Span

__all__ = ["BlockReader", "Reader", "run"]

Reader: TypeAlias = "Generator[Generator[Any, Any, Any], Any, bool]"
"""A reading under way: yields sub-readings, is sent their results, returns whether it found what it looked for."""

Probe: TypeAlias = Callable[[Source, int, int], list[tuple[int, int, bool]]]


def run(reader: Generator[Any, Any, Any]) -> bool:
    """Drive ``reader`` and all that it starts to the end."""
    stack = [reader]
    result: Any = None
    while stack:
        try:
            inner = stack[-1].send(result)
        except StopIteration as stop:
            stack.pop()
            result = stop.value
        else:
            stack.append(inner)
            result = None
    return bool(result)


_PLAIN_TEXT_STARTS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


class BlockReader:
    """Reads blocks into nodes, and leaves the texts in them for the span level."""

    def __init__(self, options: KramdownOptions, fuel: Fuel, probe: Probe, *, html_only: bool = False) -> None:
        self.options = options
        self.html_only = html_only
        self.fuel = fuel
        self.probe = probe
        """Asks the span level where code spans and HTML stand in a text that may be a table."""
        self.definitions: dict[str, Definition] = {}
        self.footnotes: dict[str, Results] = {}
        self.footnote_spans: dict[str, Span] = {}
        self.paragraph_end = p.PARAGRAPH_END_GFM if options.gfm and options.paragraph_end else p.PARAGRAPH_END
        self._unclosed_fences: dict[tuple[int, str], int] = {}

    # Nodes --------------------------------------------------------------------------------------------------------

    def add(self, tree: Node, type_: str, value: str = "") -> Node:
        """A new block at the end of ``tree``; an attribute list that waits for one goes to it."""
        node = Node(type_, value)
        if tree.ial:
            node.id = tree.ial_id
            tree.ial = False
            tree.ial_id = None
        tree.children.append(node)
        return node

    @staticmethod
    def after_boundary(tree: Node) -> bool:
        """Nothing but a blank line (or what counts as one) stands before."""
        if not tree.children or tree.ial:
            return True
        last = tree.children[-1]
        return last.type == "blank" or (last.type == "eob" and not last.value)

    @staticmethod
    def warn(sc: Scanner, index: int, text: str) -> None:
        sc.results.warnings.append(KramdownWarning(sc.source.at(index), text, tentative=False))

    @staticmethod
    def code(sc: Scanner, start: int, end: int, kind: CodeKind) -> None:
        sc.results.code.append(CodeSpan(sc.source.span(start, end), kind))

    @staticmethod
    def leaf(sc: Scanner, node: Node, leaf: Leaf) -> None:
        """``leaf`` is what the span level has to read of ``node``."""
        node.leaf = leaf
        sc.results.leaves.append(node)

    # The loop -----------------------------------------------------------------------------------------------------

    def blocks(self, tree: Node, sc: Scanner) -> Reader:
        """Read blocks into ``tree`` until the text ends (False) or the end tag of ``tree`` stands there (True)."""
        tree.ial = False
        tree.ial_id = None
        text = sc.text
        end = len(text)
        gfm = self.options.gfm
        while sc.pos < end:
            pos = sc.pos
            first = text[pos]
            if first in " \t\n\r\f\v":
                if (match := g.BLANK.match(text, pos)) is not None:
                    sc.pos = match.end()
                    if tree.children and tree.children[-1].type == "blank":
                        tree.children[-1].value += match[0]
                    else:
                        self.add(tree, "blank", match[0])
                    continue
                if first == "\t" or text.startswith("    ", pos):
                    self._code_block(tree, sc)
                    continue
                at = pos
                while text[at] == " ":
                    at += 1
                first = text[at]
            if first in _PLAIN_TEXT_STARTS or not first.isascii():
                if self._setext(tree, sc) or self._table(tree, sc):
                    continue
                self._paragraph(tree, sc)
                continue
            if first == "<":
                if p.HTML_START.match(text, pos) is not None:
                    taken = yield read_html(self, tree, sc)
                    if taken is None:
                        return True
                    if taken:
                        continue
            elif first in "~`":
                if (gfm or at_start(text, pos, "~")) and self._fence(tree, sc):
                    continue
            elif first == ">":
                yield self._quote(tree, sc)
                continue
            elif first == "#":
                if text[pos] == "#" and self._atx(tree, sc):
                    continue
            elif first in "*-_+0123456789":
                if (match := p.RULE.match(text, pos)) is not None:
                    sc.pos = match.end()
                    self.add(tree, "hr")
                    continue
                if p.LIST_START.match(text, pos) is not None:
                    yield read_list(self, tree, sc)
                    continue
            elif first == ":" and (match := p.DEFINITION_START.match(text, pos)) is not None:
                taken = yield read_definitions(self, tree, sc)
                if taken:
                    continue
            if self._setext(tree, sc):
                continue
            if first in "$\\" and self._math(tree, sc):
                continue
            if self._table(tree, sc):
                continue
            if first == "[":
                if (match := p.FOOTNOTE.match(text, pos)) is not None:
                    yield self._footnote(tree, sc, match)
                    continue
                if read_link_definition(self, tree, sc):
                    continue
            elif first == "*":
                if (match := p.ABBREVIATION.match(text, pos)) is not None:
                    sc.pos = match.end()
                    sc.results.hidden.append(sc.source.span(*match.span()))
                    self.add(tree, "eob", "abbrev_def")
                    continue
            elif first == "{":
                if read_extension(self, tree, sc):
                    continue
            elif first == "^" and (match := p.EOB.match(text, pos)) is not None:
                sc.pos = match.end()
                self.add(tree, "eob")
                continue
            self._paragraph(tree, sc)
        return False

    # Text ---------------------------------------------------------------------------------------------------------

    def _paragraph(self, tree: Node, sc: Scanner) -> None:
        text = sc.text
        pos = sc.pos
        at = pos
        while at < pos + 3 and text.startswith(" ", at):
            at += 1
        if text.startswith((" ", "\t"), at):
            # Spaces and then a tab: no parser of kramdown takes the line, and it becomes text without a paragraph.
            stop = text.index("\n", pos) + 1
            sc.pos = stop
            node = Node("text")
            tree.children.append(node)
            self.leaf(sc, node, Leaf(sc.source, pos, stop))
            return
        line_end = text.index("\n", pos)
        match = self.paragraph_end.search(text, line_end)
        stop = match.start() + 1 if match is not None else len(text)
        sc.pos = stop
        last = tree.children[-1] if tree.children else None
        if last is not None and last.type == "p" and last.leaf is not None:
            last.leaf = self._joined(last.leaf, sc, pos, stop)
            return
        start = pos
        while start < stop and text[start] in g.WS:
            start += 1
        finish = stop
        while finish > start and text[finish - 1] in g.WS + "\0":
            finish -= 1
        node = self.add(tree, "p")
        self.leaf(sc, node, Leaf(sc.source, start, finish))

    @staticmethod
    def _joined(leaf: Leaf, sc: Scanner, start: int, stop: int) -> Leaf:
        """A paragraph and what continues it."""
        text = sc.text
        while stop > start and text[stop - 1] in g.WS + "\0":
            stop -= 1
        if leaf.source is sc.source and not text[leaf.end : start].strip(g.WS):
            return Leaf(sc.source, leaf.start, stop)
        first = Builder(leaf.source)
        first.add(leaf.start, leaf.end)
        first.fill("\n", max(leaf.end - 1, 0))
        head = first.build()
        second = Builder(sc.source)
        second.add(start, stop)
        tail = second.build()
        shift = len(head.text)
        joined = Source(
            head.text + tail.text,
            head.starts + [at + shift for at in tail.starts],
            head.origins + tail.origins,
            sc.source.limit,
        )
        return Leaf(joined, 0, len(joined.text))

    def _header(self, tree: Node, sc: Scanner, match: re.Match[str], close: re.Pattern[str] | None, level: int) -> bool:
        start = match.start("contents")
        text = match["contents"].rstrip(g.WS + "\0")
        id_match = p.HEADER_ID.search(text)
        if id_match is not None and not p.is_xml_name(id_match[1]):
            id_match = None
        if id_match is not None:
            text = text[: id_match.start()].rstrip(g.WS + "\0")
        if close is not None and (closing := close.search(text)) is not None:
            text = text[: closing.start()].rstrip(g.WS + "\0")
        if not text:
            return False
        node = self.add(tree, "header")
        if id_match is not None:
            node.id = id_match[1]
        node.level = level
        node.start = match.start()
        node.end = match.end() - 1
        sc.pos = match.end()
        self.leaf(sc, node, Leaf(sc.source, start, start + len(text)))
        sc.results.headers.append(node)
        return True

    def _atx(self, tree: Node, sc: Scanner) -> bool:
        options = self.options
        if not (options.gfm and options.paragraph_end) and not self.after_boundary(tree):
            return False
        match = (p.ATX_GFM if options.gfm else p.ATX).match(sc.text, sc.pos)
        if match is None:
            return False
        close = p.ATX_CLOSE_GFM if options.gfm and options.paragraph_end else p.ATX_CLOSE
        return self._header(tree, sc, match, close, len(match["level"]))

    def _setext(self, tree: Node, sc: Scanner) -> bool:
        text = sc.text
        after = text.find("\n", sc.pos) + 1
        if not text.startswith(("-", "="), after) or not self.after_boundary(tree):
            return False
        match = p.SETEXT.match(text, sc.pos)
        return match is not None and self._header(tree, sc, match, None, 2 if match["level"] == "-" else 1)

    def _quote(self, tree: Node, sc: Scanner) -> Reader:
        text = sc.text
        start = sc.pos
        match = p.LAZY_END.search(text, text.index("\n", start))
        stop = match.start() + 1 if match is not None else len(text)
        sc.pos = stop
        node = self.add(tree, "blockquote")
        builder = Builder(sc.source)
        at = start
        while at < stop:
            line_end = text.index("\n", at) + 1
            prefix = p.QUOTE_START.match(text, at, line_end)
            builder.add(prefix.end() if prefix is not None else at, line_end)
            at = line_end
        if self.fuel.burn(len(builder)):
            yield self.blocks(node, Scanner(builder.build(), sc.results))
        return True

    def _footnote(self, tree: Node, sc: Scanner, match: re.Match[str]) -> Reader:
        sc.pos = match.end()
        text = sc.text
        builder = Builder(sc.source)
        at, stop = match.span(2)
        while at < stop:
            line_end = text.index("\n", at) + 1
            if text[at] == "\t":
                at += 1
            elif text.startswith("    ", at):
                at += 4
            builder.add(at, line_end)
            at = line_end
        results = Results()
        if self.fuel.burn(len(builder)):
            yield self.blocks(Node("footnote_def"), Scanner(builder.build(), results))
        if match[1] in self.footnotes:
            self.warn(sc, match.start(), f"Duplicate footnote name '{match[1]}' - overwriting")
            sc.results.hidden.append(self.footnote_spans[match[1]])
        self.add(tree, "eob", "footnote_def")
        self.footnotes[match[1]] = results
        self.footnote_spans[match[1]] = sc.source.span(match.start(), sc.pos)
        return True

    # Code and math ------------------------------------------------------------------------------------------------

    def _code_block(self, tree: Node, sc: Scanner) -> None:
        match = p.CODE_BLOCK.match(sc.text, sc.pos)
        stop = match.end() if match is not None and match.end() > sc.pos else sc.text.index("\n", sc.pos) + 1
        self.code(sc, sc.pos, stop - 1, "indented")
        sc.pos = stop
        self.add(tree, "codeblock")

    def _fence(self, tree: Node, sc: Scanner) -> bool:
        text = sc.text
        match = (p.FENCE_GFM if self.options.gfm else p.FENCE).match(text, sc.pos)
        if match is None:
            return False
        fence = match[1]
        indent = " {0,3}" if self.options.gfm else ""
        # The pattern of kramdown may give back characters of the fence to the info string: ```` closes at ``` too.
        for length in (len(fence), *range(min(len(fence) - 1, 40), 2, -1)):
            mark = fence[:length]
            if p.FENCE_INFO.match(text, match.start(1) + length, match.end() - 1) is None:
                continue
            key = (id(sc), mark)
            if self._unclosed_fences.get(key, len(text) + 1) <= match.end() or not self.fuel.burn(1):
                continue
            closing = re.compile(rf"\n{indent}{re.escape(mark)}{re.escape(mark[-1])}*+{g.END_LINE}").search(
                text, match.end() - 1
            )
            if closing is None:
                self.fuel.burn((len(text) - match.end()) >> 3)
                self._unclosed_fences[key] = match.end()
                continue
            self.code(sc, match.start(), closing.end() - 1, "fenced")
            sc.pos = closing.end()
            self.add(tree, "codeblock")
            return True
        return False

    def _math(self, tree: Node, sc: Scanner) -> bool:
        text = sc.text
        match = p.MATH.match(text, sc.pos)
        if match is None:
            return False
        close = text.find("$$", match.end())
        if close < 0 or not self.after_boundary(tree):
            return False
        after = close + 2
        blank = g.BLANK.match(text, after)
        first_line_end = text.find("\n", after)
        if blank is not None:
            after = first_line_end + 1
        if match[1]:
            if blank is not None:
                sc.pos = match.end(1)
            return False
        if p.BOUNDARY.match(text, after) is None:
            return False
        self.code(sc, match.end() - 2, close + 2, "math")
        sc.pos = after
        self.add(tree, "math")
        return True

    # Tables -------------------------------------------------------------------------------------------------------

    def _table(self, tree: Node, sc: Scanner) -> bool:
        text = sc.text
        pipe = text.find("|", sc.pos, text.index("\n", sc.pos))
        if pipe < 0 or not self.after_boundary(tree):
            return False
        return read_table(self, tree, sc)


def at_start(text: str, pos: int, mark: str) -> bool:
    """``mark`` stands at ``pos`` itself, not after spaces."""
    return text.startswith(mark, pos)
