"""The span level: HTML, links, code and emphasis inside one text (a paragraph, a heading, a table cell, …).

kramdown reads with one scanner and nested calls: an inner construct does not know where the outer one would like to
end, and when an emphasis or a link finds no end, everything since its start is read again without it. The calls are
frames on a stack here, and what an abandoned frame has found is cut off again.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Final

from postlint.parse.kramdown import grammar as g
from postlint.parse.kramdown import patterns as p
from postlint.parse.kramdown.html import markdown_attribute
from postlint.parse.kramdown.model import (
    CodeKind,
    CodeSpan,
    HtmlElement,
    KramdownWarning,
    Link,
    LinkKind,
    PrintedReason,
    PrintedTag,
    RawRegion,
    UndefinedReference,
)
from postlint.parse.kramdown.options import KramdownOptions
from postlint.parse.kramdown.source import Source
from postlint.parse.kramdown.tags import tag_like
from postlint.parse.kramdown.tree import Definition, Fuel, Leaf, Results
from postlint.text import Span

__all__ = ["SpanReader"]

_ENTITY: Final = r"&(?=[\w:][-\w.:]*+;)"
_FULL: Final = rf"[*_`<\\]|!?\[|\$\$|\{{:|{_ENTITY}"
SEARCH: Final = re.compile(_FULL)
SEARCH_GFM: Final = re.compile(_FULL + "|~~")
SEARCH_LINK: Final = re.compile(_FULL + r"|\]")
SEARCH_LINK_GFM: Final = re.compile(_FULL + r"|\]|~~")
SEARCH_RAW: Final = re.compile("<")
SEARCH_TABLE: Final = re.compile("[`<]")

ENTITY: Final = re.compile(r"&[A-Za-z0-9_:][-A-Za-z0-9_.:]*+;")
TICKS: Final = re.compile("`+")
SPAN_EXTENSION: Final = re.compile(p.EXTENSION_TEXT)
FOOTNOTE: Final = re.compile(rf"\[\^({g.ID_NAME})\]")
REFERENCE: Final = re.compile(rf"{g.SPACE}*?\[([^\]]+)?\]")
ANGLE_ADDRESS: Final = re.compile(r"\(<([^\n]*?)>")
ADDRESS_STOP: Final = re.compile(rf"(\()|(\))|{g.SPACE}(?=['\"])")
TITLE_START: Final = re.compile(rf"{g.SPACE}*+([\"'])")
MAIL: Final = re.compile(r"<[-\w.]+@[-\w.]+>")
SCHEME: Final = re.compile(r"<(?:mailto|https?|ftps?):")
ESCAPED: Final = frozenset("\\.*_+`<>()[]{}#!:|\"'$=-")
ESCAPE: Final = re.compile(r"\\([\\.*_+`<>()\[\]{}#!:|\"'$=-])")
CLOSERS: Final[dict[str, re.Pattern[str]]] = {
    "*": re.compile(r"(?<![ \t\r\n\f\v])\*(?!\*(?!\*))"),
    "**": re.compile(r"(?<![ \t\r\n\f\v])\*\*"),
    "_": re.compile(r"(?<![ \t\r\n\f\v])_(?!_(?!_))(?![^\W_])"),
    "__": re.compile(r"(?<![ \t\r\n\f\v])__(?![^\W_])"),
    "~~": re.compile(r"[^ \t\r\n\f\v~]~~"),
    '"': re.compile(rf'"{g.SPACE}*+\)'),
    "'": re.compile(rf"'{g.SPACE}*+\)"),
}
"""Where an emphasis, a struck text, a link's title may end, as far as the characters round that place tell."""

_LONGEST_LABEL: Final = 10_000
_TYPOGRAPHIC: Final = ('"', "'", "--", "...", "<<", "<< ", ">>")


class _Frame:
    """One nested reading; this class itself is the whole text.

    Attributes:
        start: where its content begins.
        origin: where it begins itself.
        search: finds the next place where something may begin or end.
        full: all of kramdown's span parsers are at work, not only the one for HTML.
        element_end: where the last child that is not text ends.
        raw: an HTML element whose content is no Markdown.
    """

    __slots__ = ("element_end", "full", "origin", "raw", "search", "start")

    def __init__(self, origin: int, start: int, search: re.Pattern[str], *, full: bool = True) -> None:
        self.origin = origin
        self.start = start
        self.search = search
        self.full = full
        self.element_end = -1
        self.raw = False


class _Emphasis(_Frame):
    __slots__ = ("delimiter", "fallback", "marks", "steps")

    def __init__(self, reader: SpanReader, origin: int, start: int, delimiter: str, *, fallback: bool) -> None:
        super().__init__(origin, start, reader.search_full)
        self.delimiter = delimiter
        self.fallback = fallback
        """It was tried as strong before."""
        self.marks = reader.marks()
        self.steps = reader.steps


class _LinkText(_Frame):
    __slots__ = ("depth", "image", "images", "marks", "steps")

    def __init__(self, reader: SpanReader, origin: int, start: int, *, image: bool) -> None:
        super().__init__(origin, start, reader.search_link)
        self.image = image
        self.depth = 1
        """Brackets that are open."""
        self.images = 0
        """Images directly in it: kramdown takes their brackets for unbalanced and makes up for it."""
        self.marks = reader.marks()
        self.steps = reader.steps


class _Element(_Frame):
    __slots__ = ("known", "name", "region", "span")

    def __init__(self, origin: int, start: int, search: re.Pattern[str], name: str, span: Span, *, known: bool) -> None:
        super().__init__(origin, start, search)
        self.name = name
        self.span = span
        self.known = known
        self.region = False
        """It is the outermost raw one, and Markdown in it is a loss."""


class _Strike(_Frame):
    """``~~…~~``, which kramdown reads as a text of its own. Holds what has to be put back afterwards."""

    __slots__ = ("saved",)

    def __init__(self, reader: SpanReader, origin: int, start: int) -> None:
        super().__init__(origin, start, reader.search_full)
        self.saved = (reader.low, reader.high, reader.emphasis, reader.links, reader.names)


class SpanReader:
    """Reads texts one after another into the :class:`Results` they belong to."""

    def __init__(
        self,
        options: KramdownOptions,
        fuel: Fuel,
        definitions: dict[str, Definition],
        footnotes: dict[str, Results],
    ) -> None:
        self.options = options
        self.fuel = fuel
        self.definitions = definitions
        self.footnotes = footnotes
        gfm = options.gfm
        self.search_full = SEARCH_GFM if gfm else SEARCH
        self.search_link = SEARCH_LINK_GFM if gfm else SEARCH_LINK
        self.nodes: list[tuple[int, int, bool]] = []
        self.steps = 0

    # Entry points -------------------------------------------------------------------------------------------------

    def read(self, leaf: Leaf, results: Results) -> None:
        """Read ``leaf`` and add what is in it to ``results``."""
        source, start, end = leaf
        if self.search_full.search(source.text, start, end) is None:
            return
        self._begin(source, start, end, results)
        self._read(_Frame(start, start, self.search_full))

    def probe(self, source: Source, start: int, end: int, results: Results) -> list[tuple[int, int, bool]]:
        """Code spans (True) and outermost HTML (False) in what may be a table; only warnings are kept."""
        scratch = Results()
        self._begin(source, start, end, scratch)
        self.nodes = []
        root = _Frame(start, start, SEARCH_TABLE, full=False)
        self._read(root)
        results.tentative |= scratch.tentative
        results.tentative.update((warning.offset, warning.text) for warning in scratch.warnings)
        return self.nodes

    def _begin(self, source: Source, start: int, end: int, results: Results) -> None:
        self.source = source
        self.text = source.text
        self.low = start
        self.high = end
        self.pos = start
        self.results = results
        self.stack: list[_Frame] = []
        self.emphasis: Counter[int] = Counter()
        self.links = 0
        self.undefined_until = start
        self.names: Counter[str] = Counter()
        self.found: dict[str, tuple[int, int]] = {}
        self.closers: dict[str, tuple[int, int]] = {}

    # Looking ahead, each thing at most once -----------------------------------------------------------------------

    def _find(self, needle: str, start: int) -> int:
        """``text.find``, remembering the last answer."""
        searched, at = self.found.get(needle, (0, 0))
        if searched <= start <= at:
            return at if at < self.high else -1
        at = self.text.find(needle, start, self.high)
        self.found[needle] = (start, at if at >= 0 else self.high)
        return at

    def _may_close(self, delimiter: str, start: int) -> bool:
        """Some place from ``start`` on looks like the end of what ``delimiter`` begins."""
        searched, known = self.closers.get(delimiter, (0, -1))
        if known < start or start < searched:
            match = CLOSERS[delimiter].search(self.text, start, self.high)
            known = self.high if match is None else match.start()
            self.closers[delimiter] = (start, known)
        return known < self.high

    # Results ------------------------------------------------------------------------------------------------------

    def marks(self) -> tuple[int, ...]:
        """How much has been found so far, for :meth:`_drop`."""
        r = self.results
        return (
            len(r.elements), len(r.printed), len(r.raw), len(r.links), len(r.code), len(r.undefined),
            len(r.footnotes), len(r.warnings),
        )  # fmt: skip

    def _drop(self, marks: tuple[int, ...]) -> None:
        """Forget what has been found since ``marks``; warnings stay, as tentative ones."""
        r = self.results
        del r.elements[marks[0] :]
        del r.printed[marks[1] :]
        del r.raw[marks[2] :]
        del r.links[marks[3] :]
        del r.code[marks[4] :]
        del r.undefined[marks[5] :]
        del r.footnotes[marks[6] :]
        if len(r.warnings) > marks[7]:
            r.tentative.update((warning.offset, warning.text) for warning in r.warnings[marks[7] :])
            del r.warnings[marks[7] :]

    def _abandon(self, frame: _Emphasis | _LinkText, back: int) -> bool:
        """Read on from ``back`` without ``frame``, whose content is read again as part of what is round it.

        False when that has been done too often in this text: then what has been read stays read.
        """
        if not self.fuel.burn(self.steps - frame.steps):
            return False
        self._drop(frame.marks)
        self.pos = back
        return True

    def _warn(self, at: int, text: str) -> None:
        self.results.warnings.append(KramdownWarning(self.source.at(at), text, tentative=False))

    def _code(self, start: int, end: int, kind: CodeKind) -> None:
        self.results.code.append(CodeSpan(self.source.span(start, end), kind))

    def _inside(self) -> Span | None:
        for frame in reversed(self.stack):
            if isinstance(frame, _Element):
                return frame.span
        return None

    # The loop -----------------------------------------------------------------------------------------------------

    def _read(self, root: _Frame) -> None:
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
                self._angle(frame, pos)
                continue
            if isinstance(frame, _Emphasis):
                if char == frame.delimiter[0] and self._ends_emphasis(frame, pos):
                    self.pos = pos + len(frame.delimiter)
                    stack.pop()
                    self.emphasis[len(frame.delimiter)] -= 1
                    stack[-1].element_end = self.pos
                    continue
            elif isinstance(frame, _LinkText) and (char == "]" or char in "![") and self._ends_link(frame, char):
                self._link_end(frame, pos)
                continue
            if char == "*" or char == "_":
                self._emphasis(frame, pos, char)
            elif char == "`":
                self._ticks(frame, pos)
            elif char == "[" or char == "!":
                self._bracket(frame, pos, char)
            elif char == "\\":
                self._backslash(pos)
            elif char == "$":
                close = self._find("$$", pos + 2)
                if close < 0:
                    self.pos = pos + 1
                else:
                    self._code(pos, close + 2, "math")
                    frame.element_end = self.pos = close + 2
            elif char == "{":
                self._extension(frame, pos)
            elif char == "&":
                entity = ENTITY.match(text, pos, self.high)
                self.pos = pos + 1
                if entity is not None:
                    frame.element_end = self.pos = entity.end()
            elif char == "~":
                self._strike(frame, pos)
            else:
                self.pos = pos + 1
        stack.pop()

    def _exhausted(self, frame: _Frame) -> None:
        """The text is at its end and ``frame`` is not."""
        if isinstance(frame, _Element):
            self._warn(frame.origin, f"Found no end tag for '{frame.name}' - auto-closing it")
            self._close_element(frame, self.high, None, self.high)
        elif isinstance(frame, _Strike):
            self.stack.pop()
            self.low, self.high, self.emphasis, self.links, self.names = frame.saved
            self.found, self.closers = {}, {}
            self.pos = frame.origin
            self.stack[-1].element_end = self.pos
        elif isinstance(frame, _Emphasis):
            self.stack.pop()
            size = len(frame.delimiter)
            self.emphasis[size] -= 1
            self.pos = self.high
            if self._abandon(frame, frame.origin + (2 if frame.fallback else size)) and size == 2:
                self._try_fallback(frame.origin, frame.delimiter[0])
        elif isinstance(frame, _LinkText):
            self.stack.pop()
            self.links -= 1
            self.pos = self.high
            self._abandon(frame, frame.start)

    # Emphasis -----------------------------------------------------------------------------------------------------

    def _ends_emphasis(self, frame: _Emphasis, pos: int) -> bool:
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

    def _emphasis(self, frame: _Frame, pos: int, char: str) -> None:
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
        if self._may_close(char * size, after + 1):
            self._push_emphasis(pos, after, char * size, fallback=False)
        elif size == 2:
            self._try_fallback(pos, char)

    def _push_emphasis(self, origin: int, start: int, delimiter: str, *, fallback: bool) -> None:
        frame = _Emphasis(self, origin, start, delimiter, fallback=fallback)
        self.emphasis[len(delimiter)] += 1
        self.stack.append(frame)
        self.pos = start

    def _try_fallback(self, origin: int, char: str) -> None:
        """``**`` that opens no strong may still be ``*`` that opens an emphasis, with a ``*`` in it."""
        frame = self.stack[-1]
        if isinstance(frame, _Emphasis) and len(frame.delimiter) == 1:
            return
        if self._may_close(char, origin + 2):
            self._push_emphasis(origin, origin + 1, char, fallback=True)

    # Links --------------------------------------------------------------------------------------------------------

    def _ends_link(self, frame: _LinkText, char: str) -> bool:
        frame.depth += -1 if char == "]" else 1
        return frame.depth == frame.images

    def _bracket(self, frame: _Frame, pos: int, char: str) -> None:
        text = self.text
        if char == "[" and (match := FOOTNOTE.match(text, pos, self.high)) is not None:
            self.pos = match.end()
            if match[1] in self.footnotes:
                self.results.footnotes.append(match[1])
                frame.element_end = self.pos
            else:
                self._warn(pos, f"Footnote definition for '{match[1]}' not found")
            return
        image = char == "!"
        after = pos + 2 if image else pos + 1
        if after >= self.high or text[after] == "^":
            self.pos = pos + 1
            return
        self.pos = after
        if (self.links and not image) or self._find("]", after) < 0:
            return
        if self.fuel.dry:
            return
        new = _LinkText(self, pos, after, image=image)
        self.links += 1
        self.stack.append(new)

    def _link_end(self, frame: _LinkText, pos: int) -> None:
        """The bracket at ``pos`` ends the text of a link: is there an address?"""
        text = self.text
        high = self.high
        self.stack.pop()
        self.links -= 1
        label = text[frame.start : min(pos, frame.start + _LONGEST_LABEL)]
        self.fuel.burn((pos - frame.start) >> 6)
        at = self.pos = pos + (2 if text.startswith("![", pos) else 1)
        reference = REFERENCE.match(text, at, high)
        if reference is not None or not text.startswith("(", at) or at >= high:
            explicit = reference is not None and reference[1] is not None
            if reference is not None and reference[1] is not None:
                name = g.normalized(reference[1])
            else:
                name = g.normalized(ESCAPE.sub(r"\1", label))
            definition = self.definitions.get(name)
            end = reference.end() if reference is not None else at
            if definition is not None:
                self._link(frame, pos, end, definition.destination, "reference")
                return
            self._abandon(frame, frame.start)
            if not explicit:
                self._warn(frame.origin, f"No link definition for link ID '{name}' found")
            span = self.source.span(frame.origin, end)
            if frame.origin >= self.undefined_until and (reference is not None or self._plain_label(label)):
                self.undefined_until = end  # what is in it is read again as text, and is no news
                self.results.undefined.append(UndefinedReference(span, name, reference is not None, frame.image))
            return
        start = stop = at + 1
        angle = ANGLE_ADDRESS.match(text, at, high)
        if angle is not None:
            start, stop = angle.span(1)
            end = angle.end()
            if end < high and text[end] == ")":
                self._link(frame, pos, end + 1, self._destination(start, stop), "inline")
                return
        else:
            depth = 0
            end = at
            while (match := ADDRESS_STOP.search(text, end, high)) is not None:
                end = match.end()
                if match[2] is not None:
                    depth -= 1
                    if depth == 0:
                        break
                elif match[1] is not None:
                    depth += 1
                else:
                    break
            self.fuel.burn((end - at) >> 5)
            stop = end - 1
            if depth == 0:
                self._link(frame, pos, end, self._destination(start, stop), "inline")
                return
        title = TITLE_START.match(text, end, high)
        if title is None or not self._may_close(title[1], title.end() + 1):
            self._abandon(frame, frame.start)
            return
        end = text.index(")", self.closers[title[1]][1]) + 1
        self._link(frame, pos, end, self._destination(start, stop), "inline")

    @staticmethod
    def _plain_label(label: str) -> bool:
        return bool(label.strip()) and "\n\n" not in label

    def _destination(self, start: int, stop: int) -> Span:
        text = self.text
        while start < stop and text[start] in g.WS:
            start += 1
        while stop > start and text[stop - 1] in g.WS:
            stop -= 1
        return self.source.span(start, stop)

    def _link(self, frame: _LinkText, pos: int, end: int, destination: Span, kind: LinkKind) -> None:
        if frame.image:
            self._drop(frame.marks)  # only the text of an image is used
        source = self.source
        text = source.span(frame.start, pos)
        self.results.links.append(Link(source.span(frame.origin, end), destination, text, kind, frame.image))
        parent = self.stack[-1]
        parent.element_end = self.pos = end
        if frame.image and isinstance(parent, _LinkText):
            parent.images += 1

    # HTML ---------------------------------------------------------------------------------------------------------

    def _angle(self, frame: _Frame, pos: int) -> None:
        text = self.text
        high = self.high
        following = text[pos + 1] if pos + 1 < high else ""
        if following == "/":
            match = g.CLOSE_TAG.match(text, pos, high)
            if match is None:
                self.pos = pos + 1
                self._unread(pos)
                return
            name = match[1]
            lower = name.lower()
            self.pos = match.end()
            if isinstance(frame, _Element) and frame.name == (lower if frame.known else name):
                self._close_element(frame, pos, self.source.span(pos, self.pos), None)
                return
            self._warn(pos, f"Found invalidly used HTML closing tag for '{name}'")
            known = lower in g.KNOWN_ELEMENTS
            reason: PrintedReason = "misnested-end" if self.names[lower if known else name] > 0 else "stray-end"
            span = self.source.span(pos, self.pos)
            self.results.printed.append(PrintedTag(span, lower, "end", reason, self._inside(), known))
            return
        if frame.full and (following.isalnum() or following in ("-", "_", ".")) and self._autolink(frame, pos):
            return
        if following == "!":
            if text.startswith("<!--", pos):
                close = self._find("-->", pos + 4)
                if close >= 0:
                    frame.element_end = self.pos = close + 3
                    if len(self.stack) == 1 and not frame.full:
                        self.nodes.append((pos, self.pos, False))
                    return
                if pos + 4 <= high:
                    span = self.source.span(pos, pos + 4)
                    self.results.printed.append(
                        PrintedTag(span, "", "comment", "unclosed-comment", self._inside(), known=True)
                    )
            self.pos = pos + 1
            return
        if following == "<" and frame.full and self.options.typographic:
            self.pos = pos + 2
            frame.element_end = self.pos
            return
        match = g.OPEN_TAG.match(text, pos, high)
        if match is None:
            self.pos = pos + 1
            if following:
                self._unread(pos)
            return
        self._open_element(frame, pos, match)

    def _unread(self, pos: int) -> None:
        found = tag_like(self.text, pos, self.high)
        if found is not None:
            span = self.source.span(pos, found.end)
            self.results.printed.append(
                PrintedTag(span, found.name, found.kind, found.reason, self._inside(), found.known)
            )

    def _autolink(self, frame: _Frame, pos: int) -> bool:
        text = self.text
        if (scheme := SCHEME.match(text, pos, self.high)) is not None:
            close = self._find(">", scheme.end() + 1)
            if close < 0 or text.find("\n", scheme.end(), close) >= 0:
                return False
            end = close + 1
        elif (match := MAIL.match(text, pos, self.high)) is not None:
            end = match.end()
        else:
            return False
        destination = self.source.span(pos + 1, end - 1)
        self.results.links.append(Link(self.source.span(pos, end), destination, None, "autolink", image=False))
        frame.element_end = self.pos = end
        return True

    def _open_element(self, frame: _Frame, pos: int, match: re.Match[str]) -> None:
        name: str = match[1]
        lower = name.lower()
        known = lower in g.KNOWN_ELEMENTS
        if known:
            name = lower
        after = self.pos = match.end()
        span = self.source.span(pos, after)
        if name in g.BLOCK_ELEMENTS:
            self._warn(pos, f"Found block HTML tag '{name}' in span-level text")
            self.results.printed.append(PrintedTag(span, lower, "start", "block-in-text", self._inside(), known=True))
            return
        raw_model = g.CONTENT_MODEL.get(name, "raw") == "raw"
        parse = not raw_model and not frame.raw and self.options.parse_span_html
        wanted = markdown_attribute(match[2])
        if wanted == "span":
            parse = True
        elif wanted == "default":
            parse = not raw_model
        elif wanted == "raw":
            parse = False
        elif wanted == "block":
            self._warn(pos, "Cannot use block-level parsing in span-level HTML tag - using default mode")
        if match[3] is not None or name in g.VOID_ELEMENTS:
            self.results.elements.append(
                HtmlElement(lower, span, None, False, "span" if parse else "raw", None, True, known)
            )
            frame.element_end = after
            if len(self.stack) == 1 and not frame.full:
                self.nodes.append((pos, after, False))
            return
        new = _Element(pos, after, self.search_full if parse else SEARCH_RAW, name, span, known=known)
        new.full = parse
        new.raw = not parse
        new.region = not parse and not frame.raw and lower not in g.VERBATIM_ELEMENTS
        self.names[name] += 1
        self.stack.append(new)

    def _close_element(self, frame: _Element, at: int, end: Span | None, auto: int | None) -> None:
        source = self.source
        self.stack.pop()
        self.names[frame.name] -= 1
        parent = self.stack[-1]
        if auto is not None:
            self.pos = auto
            auto = source.at(auto)
        parent.element_end = self.pos
        name = frame.name.lower()
        self.results.elements.append(
            HtmlElement(name, frame.span, end, False, "raw" if frame.raw else "span", auto, False, frame.known)
        )
        if frame.region and at > frame.start:
            self.results.raw.append(RawRegion(source.span(frame.start, at), name, frame.span, block=False))
        if len(self.stack) == 1 and not parent.full:
            self.nodes.append((frame.origin, self.pos, False))

    # The rest -----------------------------------------------------------------------------------------------------

    def _ticks(self, frame: _Frame, pos: int) -> None:
        text = self.text
        high = self.high
        ticks = TICKS.match(text, pos, high)
        after = ticks.end() if ticks is not None else pos + 1
        self.pos = after
        if after - pos == 1 and (pos == self.low or text[pos - 1] in g.WS) and after < high and text[after] in g.WS:
            return
        mark = text[pos:after]
        close = self._find(mark, after)
        if close < 0:
            return
        self._code(pos, close + len(mark), "span")
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

    def _extension(self, frame: _Frame, pos: int) -> None:
        text = self.text
        high = self.high
        self.pos = pos + 1
        if self._find("}", pos) < 0:
            return
        match = SPAN_EXTENSION.match(text, pos, high)
        if match is not None:
            name = match[1]
            if name is None:
                self._warn(pos, "Invalid extension stop tag found - ignoring it")
                return
            after = match.end()
            if match[3] is None:
                stop = re.compile(rf"\{{:/(?:{name})?\}}").search(text, after, high)
                if stop is None:
                    self._warn(pos, f"No stop tag for extension '{name}' found - ignoring it")
                    return
                after = stop.end()
            if name not in ("comment", "nomarkdown", "options"):
                self._warn(pos, f"Invalid extension with name '{name}' specified - ignoring it")
                return
            if name != "options":
                self._code(pos, after, "verbatim")
            frame.element_end = self.pos = after
            return
        close = self._find("}", pos + 3)
        while close > 0 and text[close - 1] == "\\" and (later := self._find("}", close + 1)) > 0:
            close = later
        if close < 0:
            return
        # Quotes and dots may have become typographic characters, which take an attribute list as elements do.
        if frame.element_end == pos or text.endswith(_TYPOGRAPHIC, frame.start, pos):
            frame.element_end = self.pos = close + 1
        else:
            self._warn(pos, "Found span IAL after text - ignoring it")

    def _strike(self, frame: _Frame, pos: int) -> None:
        text = self.text
        high = self.high
        after = pos + 2
        self.pos = pos + 1
        if after >= high or text[after] in g.WS or text[after] == "~" or not self._may_close("~~", after):
            return
        end = self.closers["~~"][1] + 3
        new = _Strike(self, end, after)
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
