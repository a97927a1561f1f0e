"""Lists and definition lists.

kramdown cuts the lines of an item out, takes the indentation off and reads what is left as a text of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from postlint.parse.kramdown import grammar as g
from postlint.parse.kramdown import patterns as p
from postlint.parse.kramdown.source import Builder
from postlint.parse.kramdown.tree import Leaf, Node, Scanner
from postlint.regex import regex

if TYPE_CHECKING:
    from collections.abc import Generator

    from postlint.parse.kramdown.blocks import BlockReader

__all__ = ["read_definitions", "read_list"]

_ITEM_IAL = regex(rf"{g.SPACE}*+\{{:(?!(?:{g.ID_NAME})?:|/)(?:{g.ANY}){{1,2000}}\}}{g.SPACE}*+")
_EMPTY_ITEM = regex(rf"(?:{_ITEM_IAL.pattern})?{g.SPACE}*\n")
_TASK = regex(rf"{g.SPACE}*+\[[ xX]\]{g.SPACE}++")
_MARKERS = {"ul": "[+*-]", "ol": r"[0-9]++\.", "dl": ":"}


@lru_cache(maxsize=128)
def _marker(kind: str, indentation: int) -> re.Pattern[str]:
    """How further items begin, once the first one's text is known to stand at ``indentation``."""
    most = indentation - 1 if 1 <= indentation <= 4 else 3
    return re.compile(rf"( {{0,{most}}}{_MARKERS[kind]})([\t| ][^\n]*\n)")


@lru_cache(maxsize=128)
def _continuations(indentation: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Lines that belong to an item: indented as its text is, or lazily continuing what stands above."""
    whole, rest = divmod(indentation, 4)
    line = rf"{g.HARD_SPACE}*+[^ \t\r\n\f\v][^\n]*+\n"
    content = rf"(?:(?:\t| {{4}}){{{whole}}} {{{rest}}}|(?:\t| {{4}}){{{whole + 1}}}){line}"
    stops = rf" {{0,{min(indentation, 3)}}}(?:{g.IAL_BLOCK}|{g.LAZY_HTML_END}|{g.LAZY_HTML_START})"
    return re.compile(content), re.compile(rf"(?!{stops}){line}")


def _first_line(sc: Scanner, marker: int, start: int, stop: int) -> tuple[int, int]:
    """Where the text of an item begins in ``[start, stop)``, and the indentation that its further lines need."""
    text = sc.text
    if _EMPTY_ITEM.match(text, start, stop) is not None:
        indentation = 4
    else:
        spaces = 0
        at = start
        while True:
            while text[at] == " ":
                spaces += 1
                at += 1
            if text[at] != "\t":
                break
            tabs = at
            while text[at] == "\t":
                at += 1
            spaces += 4 - (spaces + marker) % 4 + (at - tabs - 1) * 4
        indentation = marker + spaces
    at = start
    while at < stop and text[at] in g.WS:
        at += 1
    if at < stop and (ial := _ITEM_IAL.match(text, at, stop)) is not None:
        at = ial.end()
    return at, indentation


def _unindented(sc: Scanner, start: int, stop: int, indentation: int) -> tuple[int, int, bool]:
    """A line without its indentation: spaces to put in front, where its text begins, whether it was indented."""
    text = sc.text
    at = start
    while text[at] == "\t":
        at += 1
    spaces = 4 * (at - start)
    if not spaces:
        while at < stop and at - start < indentation and text[at] == " ":
            at += 1
        if at - start < indentation:
            return 0, start, False
        return 0, at, True
    if spaces >= indentation:
        return spaces - indentation, at, True
    more = at
    while more < stop and spaces + more - at < indentation and text[more] == " ":
        more += 1
    if spaces + more - at < indentation:
        return spaces, at, False
    return 0, more, True


def read_list(reader: BlockReader, tree: Node, sc: Scanner) -> Generator[Any, Any, bool]:
    """Read the list at the scanner."""
    text = sc.text
    end = len(text)
    first = text[sc.pos : sc.pos + 4].lstrip(" ")[:1]
    kind = "ul" if first in "+*-" else "ol"
    marker = _marker(kind, 0)
    node = reader.add(tree, kind)
    items: list[list[Builder]] = []
    content = lazy = marker
    indentation = 0
    nested = False
    blank_before = False
    ended = False
    while sc.pos < end:
        pos = sc.pos
        if blank_before and p.RULE.match(text, pos) is not None:
            break
        if text[pos] == "^" and (match := p.EOB.match(text, pos)) is not None:
            sc.pos = match.end()
            ended = True
            break
        if (match := marker.match(text, pos)) is not None:
            sc.pos = match.end()
            start, indentation = _first_line(sc, len(match[1]), *match.span(2))
            content, lazy = _continuations(indentation)
            marker = _marker(kind, indentation)
            nested = start < match.end() and p.LIST_START.match(text, start, match.end()) is not None
            builder = Builder(sc.source)
            builder.add(start, match.end())
            items.append([builder])
            blank_before = False
        elif (match := content.match(text, pos)) is not None or (
            not blank_before and (match := lazy.match(text, pos)) is not None
        ):
            stop = sc.pos = match.end()
            spaces, at, indented = _unindented(sc, pos, stop, indentation)
            is_list = (
                spaces <= 3
                and text[at : at + 1] in (" ", "+", "*", "-", *"0123456789")
                and p.LIST_START.match(" " * spaces + text[at:stop]) is not None
            )
            if is_list and not nested and indented:
                items[-1].append(Builder(sc.source))
                nested = True
            elif is_list and nested and not indented:
                spaces += indentation + 4
            if spaces:
                items[-1][-1].fill(" " * spaces, pos)
            items[-1][-1].add(at, stop)
            blank_before = False
        elif (match := g.BLANK.match(text, pos)) is not None:
            sc.pos = match.end()
            nested = True
            blank_before = True
            items[-1][-1].add(pos, match.end())
        else:
            break

    last: Node | None = None
    for chunks in items:
        item = Node("li")
        node.children.append(item)
        if reader.html_only and _without_html(chunks):
            last = None
            continue
        for chunk in chunks:
            if reader.fuel.burn(len(chunk)):
                yield reader.blocks(item, Scanner(chunk.build(), sc.results))
        if item.children:
            last = item.children.pop() if item.children[-1].type == "blank" else None
    if last is not None and not ended:
        tree.children.append(last)
    if reader.options.gfm:
        for item in node.children:
            _skip_task_box(item)
    return True


def _without_html(chunks: list[Builder]) -> bool:
    """Nothing in an item is HTML or has a say about what stands elsewhere: definitions, footnotes, attribute lists.

    An item that ends in a blank line has such a say too, as the list then ends in one.
    """
    texts = [chunk.text for chunk in chunks]
    if any("<" in text or "]:" in text or "[^" in text or "{:" in text for text in texts):
        return False
    return bool(texts[-1][:-1].rpartition("\n")[2].strip(g.WS))


def _skip_task_box(item: Node) -> None:
    """``[ ]`` at the start of an item becomes a check box and is not read as a link."""
    if not item.children or item.children[0].type != "p":
        return
    leaf = item.children[0].leaf
    if leaf is not None and (match := _TASK.match(leaf.source.text, leaf.start, leaf.end)) is not None:
        item.children[0].leaf = Leaf(leaf.source, match.end(), leaf.end)


def read_definitions(reader: BlockReader, tree: Node, sc: Scanner) -> Generator[Any, Any, bool]:
    """Read the definitions at the scanner, if the paragraph of their terms stands before them."""
    children = tree.children
    if not children:
        return False
    last = children[-1]
    if last.type != "p":
        if len(children) == 1 or last.type != "blank" or last.value != "\n" or children[-2].type != "p":
            return False
        children.pop()
    terms = children.pop()
    text = sc.text
    end = len(text)
    if tree.ial:
        tree.ial, tree.ial_id = False, None
    new: list[Node] = []
    if terms.leaf is not None:
        source, start, stop = terms.leaf
        terms.leaf = None
        while start < stop:
            line_end = source.text.find("\n", start, stop)
            line_end = stop if line_end < 0 else line_end
            ial = _ITEM_IAL.match(source.text, start, line_end)
            term = Node("dt")
            reader.leaf(sc, term, Leaf(source, start if ial is None else ial.end(), line_end))
            new.append(term)
            start = line_end + 1

    marker = p.DEFINITION_START
    content = lazy = marker
    indentation = 0
    items: list[Builder] = []
    blank_before = False
    while sc.pos < end:
        pos = sc.pos
        if (match := marker.match(text, pos)) is not None:
            sc.pos = match.end()
            start, indentation = _first_line(sc, len(match[1]), *match.span(2))
            content, lazy = _continuations(indentation)
            marker = _marker("dl", indentation)
            builder = Builder(sc.source)
            builder.add(start, match.end())
            items.append(builder)
            blank_before = False
        elif text[pos] == "^" and p.EOB.match(text, pos) is not None:
            break
        elif (match := content.match(text, pos)) is not None or (
            not blank_before and (match := lazy.match(text, pos)) is not None
        ):
            stop = sc.pos = match.end()
            spaces, at, _ = _unindented(sc, pos, stop, indentation)
            if spaces:
                items[-1].fill(" " * spaces, pos)
            items[-1].add(at, stop)
            blank_before = False
        elif (match := g.BLANK.match(text, pos)) is not None:
            sc.pos = match.end()
            items[-1].add(pos, match.end())
            blank_before = True
        else:
            break

    trailing: Node | None = None
    for chunk in items:
        item = Node("dd")
        new.append(item)
        if reader.fuel.burn(len(chunk)):
            yield reader.blocks(item, Scanner(chunk.build(), sc.results))
        if item.children:
            trailing = item.children.pop() if item.children[-1].type == "blank" else None
    if children and children[-1].type == "dl":
        pass
    elif len(children) >= 2 and children[-1].type == "blank" and children[-2].type == "dl":
        children.pop()
    else:
        children.append(Node("dl"))
    if trailing is not None:
        children.append(trailing)
    return True
