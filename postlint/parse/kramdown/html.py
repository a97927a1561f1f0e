"""HTML blocks: what kramdown reads when a line begins with a block tag.

The content of a block element is raw unless ``markdown="…"`` or the site's options say otherwise: kramdown goes from
tag to tag until the element's end tag comes while nothing else is open, and prints any other end tag it meets.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from postlint.parse.kramdown import grammar as g
from postlint.parse.kramdown import patterns as p
from postlint.parse.kramdown.model import ContentModel, HtmlElement, PrintedReason, PrintedTag, RawRegion
from postlint.parse.kramdown.tags import tag_like
from postlint.parse.kramdown.tree import Leaf, Node, Scanner
from postlint.regex import regex

if TYPE_CHECKING:
    from collections.abc import Generator

    from postlint.parse.kramdown.blocks import BlockReader
    from postlint.text import Span

__all__ = ["markdown_attribute", "read_html"]

_MARKDOWN_VALUES: dict[str, str] = {"0": "raw", "1": "default", "span": "span", "block": "block"}
_RAW_STOP = regex(r"<(?=[^\W\d]|/|!--|\?)")


def markdown_attribute(attributes: str) -> str | None:
    """What ``markdown="…"`` among ``attributes`` asks for: raw, default, span or block; None if nothing."""
    if "markdown" not in attributes.lower():
        return None
    value = None
    for match in g.ATTRIBUTE.finditer(attributes):
        if match[1].lower() == "markdown":
            value = match[2] or match[3] or match[4] or ""
    return None if value is None else _MARKDOWN_VALUES.get(value)


def read_html(reader: BlockReader, tree: Node, sc: Scanner) -> Generator[Any, Any, bool | None]:
    """Read the comment or element at the scanner.

    Returns:
        True when it was read, False when it is no HTML block, None when it is the end tag of ``tree``.
    """
    text = sc.text
    pos = sc.pos
    if text.startswith("<!--", pos):
        close = text.find("-->", pos + 4)
        if close >= 0:
            tree.children.append(Node("comment"))
            sc.pos = close + 3
            _skip_line_end(sc)
            return True
    match = p.HTML_OPEN.match(text, pos)
    if match is not None:
        if match[1].lower() in g.SPAN_ELEMENTS:
            return False
        yield _Elements(reader, sc).read(tree, match)
        return True
    match = p.HTML_CLOSE.match(text, pos)
    if match is not None:
        name = match[1].lower()
        if name not in g.SPAN_ELEMENTS and tree.type == "html" and tree.name == name:
            sc.pos = match.end()
            tree.value = "closed"
            tree.start, tree.end = match.start(1) - 2, match.end()
            return None
    return False


def _skip_line_end(sc: Scanner) -> None:
    match = g.TRAILING_SPACE.match(sc.text, sc.pos)
    if match is not None:
        sc.pos = match.end()


class _Elements:
    """One outermost HTML block and what is nested in it."""

    def __init__(self, reader: BlockReader, sc: Scanner) -> None:
        self.reader = reader
        self.sc = sc
        self.open: list[_Open] = []
        """Elements whose raw content is being read, outermost first."""
        self.names: Counter[str] = Counter()
        self.verbatim = 0
        """How many of the open ones show their content as it is."""
        self.region_from: int | None = None
        self.warned = False

    # Raw regions --------------------------------------------------------------------------------------------------

    def pause(self, at: int) -> None:
        """No raw Markdown from here."""
        start = self.region_from
        self.region_from = None
        if start is not None and start < at and not self.sc.text[start:at].isspace():
            outermost = self.open[0]
            self.sc.results.raw.append(RawRegion(self.sc.source.span(start, at), outermost.lower, outermost.span, True))

    def resume(self, at: int) -> None:
        """Raw Markdown again, if the innermost open element is not one that shows it on purpose."""
        if self.open and not self.verbatim:
            self.region_from = at

    # Reading ------------------------------------------------------------------------------------------------------

    def read(self, tree: Node, first: re.Match[str]) -> Generator[Any, Any, bool]:
        """Read the element whose start tag is ``first`` into ``tree``."""
        sc = self.sc
        text = sc.text
        end = len(text)
        markdown = self._start(tree, first, first.start(1) - 1)
        if markdown is not None:
            yield self._blocks(tree, *markdown)
        while self.open:
            match = _RAW_STOP.search(text, sc.pos)
            if match is None:
                self._auto_close(tree)
                break
            at = match.start()
            if text.startswith("<!--", at) and (close := text.find("-->", at + 4)) >= 0:
                self.pause(at)
                sc.pos = close + 3
                self.resume(sc.pos)
            elif text.startswith("<?", at) and (close := text.find("?>", at + 2)) >= 0:
                self.pause(at)
                sc.pos = close + 2
                self.resume(sc.pos)
            elif (match := g.OPEN_TAG.match(text, at)) is not None:
                markdown = self._start(tree, match, at)
                if markdown is not None:
                    yield self._blocks(tree, *markdown)
            elif (match := g.CLOSE_TAG.match(text, at)) is not None:
                self._end(tree, match)
            else:
                self._other(at)
            if sc.pos >= end and self.open:
                # kramdown leaves its loops without a word here.
                self.warned = True
                self._auto_close(tree)
        return True

    def _start(self, tree: Node, match: re.Match[str], at: int) -> tuple[Node, _Open] | None:
        """Read a start tag, and the content where that is no HTML; what it returns, it leaves to :meth:`_blocks`."""
        reader, sc = self.reader, self.sc
        text = sc.text
        name: str = match[1]
        lower = name.lower()
        known = lower in g.KNOWN_ELEMENTS
        if known:
            name = lower
        in_raw = bool(self.open)
        after = match.end()
        sc.pos = after
        span = sc.source.span(at, after)
        closed = match[3] is not None or lower in g.VOID_ELEMENTS
        own = Node("html")
        if not in_raw:
            own.id, tree.ial, tree.ial_id = tree.ial_id, False, None
            tree.children.append(own)
        own.name = name
        model: str = "raw"
        if not in_raw and reader.options.parse_block_html:
            model = g.CONTENT_MODEL.get(name, "raw")

        if name in ("script", "style"):
            self.pause(at)
            close = re.compile(rf"</{name}{g.SPACE}*+>", re.I).search(text, after)
            if close is None:
                reader.warn(sc, at, f"Found no end tag for '{name}' - auto-closing it")
                sc.pos = len(text)
                self._element(lower, span, None, "raw", sc.source.at(len(text)), False, known)
            else:
                sc.pos = close.end()
                self._element(lower, span, sc.source.span(*close.span()), "raw", None, False, known)
            self.resume(sc.pos)
            return None

        wanted = markdown_attribute(match[2])
        if wanted is not None:
            model = g.CONTENT_MODEL.get(name, "raw") if wanted == "default" else wanted
        own.model = model
        if model == "block":
            _skip_line_end(sc)
        if closed:
            self._element(lower, span, None, model, None, True, known)
            return None
        if model == "block":
            self.pause(at)
            return own, _Open(name, lower, span, at, known)
        if model == "span":
            self.pause(at)
            close = re.compile(rf"</{re.escape(name)}{g.SPACE}*+>", re.I).search(text, after)
            stop = len(text) if close is None else close.start()
            reader.leaf(sc, own, Leaf(sc.source, after, stop))
            if close is None:
                reader.warn(sc, at, f"Found no end tag for '{name}' - auto-closing it")
                sc.pos = stop
                self._element(lower, span, None, model, sc.source.at(stop), False, known)
            else:
                sc.pos = close.end()
                self._element(lower, span, sc.source.span(*close.span()), model, None, False, known)
            self.resume(sc.pos)
        else:
            if lower in g.VERBATIM_ELEMENTS:
                self.pause(at)
                self.verbatim += 1
            self.open.append(_Open(name, lower, span, at, known))
            self.names[name] += 1
            if len(self.open) == 1:
                self.resume(after)
            return None
        if not in_raw:
            self._line_end_after(tree)
        return None

    def _blocks(self, tree: Node, own: Node, opened: _Open) -> Generator[Any, Any, bool]:
        """Read the content of ``own``, which is Markdown blocks."""
        sc = self.sc
        found = yield self.reader.blocks(own, sc)
        end = auto = None
        if found:
            end = sc.source.span(own.start, own.end)
        else:
            self.reader.warn(sc, opened.at, f"Found no end tag for '{opened.name}' - auto-closing it")
            auto = sc.source.at(len(sc.text))
        self._element(opened.lower, opened.span, end, "block", auto, False, opened.known)
        self.resume(sc.pos)
        if not self.open:
            self._line_end_after(tree)
        return True

    def _end(self, tree: Node, match: re.Match[str]) -> None:
        sc = self.sc
        inner = self.open[-1]
        name: str = match[1]
        lower = name.lower()
        sc.pos = match.end()
        span = sc.source.span(*match.span())
        if inner.name == (lower if inner.known else name):
            self._pop(match.start(), span, None)
            if not self.open:
                self._line_end_after(tree)
            return
        self.reader.warn(sc, match.start(), f"Found invalidly used HTML closing tag for '{name}' - ignoring it")
        known = lower in g.KNOWN_ELEMENTS
        reason: PrintedReason = "misnested-end" if self.names[lower if known else name] else "stray-end"
        sc.results.printed.append(PrintedTag(span, lower, "end", reason, inner.span, known))

    def _pop(self, at: int, end: Span | None, auto_closed_at: int | None) -> None:
        inner = self.open[-1]
        if len(self.open) == 1:
            self.pause(at)
        self.open.pop()
        self.names[inner.name] -= 1
        if inner.lower in g.VERBATIM_ELEMENTS:
            self.verbatim -= 1
            if end is not None:
                self.resume(self.sc.pos)
        self._element(inner.lower, inner.span, end, "raw", auto_closed_at, False, inner.known)

    def _auto_close(self, tree: Node) -> None:
        """The text ends: so do all open elements. kramdown warns of the innermost only."""
        sc = self.sc
        end = len(sc.text)
        self.pause(end)
        at = sc.source.at(end)
        while self.open:
            inner = self.open[-1]
            if not self.warned:
                self.warned = True
                self.reader.warn(sc, inner.at, f"Found no end tag for '{inner.name}' - auto-closing it")
            self._pop(end, None, at)
        sc.pos = end

    def _other(self, at: int) -> None:
        sc = self.sc
        sc.pos = at + 1
        inside = self.open[-1].span
        if sc.text.startswith("<!--", at):
            span = sc.source.span(at, at + 4)
            sc.results.printed.append(PrintedTag(span, "", "comment", "unclosed-comment", inside, True))
            return
        found = tag_like(sc.text, at, len(sc.text))
        if found is not None:
            span = sc.source.span(at, found.end)
            sc.results.printed.append(PrintedTag(span, found.name, found.kind, found.reason, inside, found.known))

    def _element(
        self, name: str, start: Span, end: Span | None, model: str, auto: int | None, void: bool, known: bool
    ) -> None:
        content: ContentModel = "block" if model == "block" else "span" if model == "span" else "raw"
        self.sc.results.elements.append(HtmlElement(name, start, end, True, content, auto, void, known))

    def _line_end_after(self, tree: Node) -> None:
        if not (tree.type == "html" and tree.model == "raw"):
            _skip_line_end(self.sc)


class _Open:
    """An element whose raw content is being read."""

    __slots__ = ("at", "known", "lower", "name", "span")

    def __init__(self, name: str, lower: str, span: Span, at: int, known: bool) -> None:
        self.name = name
        self.lower = lower
        self.span = span
        self.at = at
        self.known = known
