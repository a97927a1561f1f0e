"""HTML inside a text, and autolinks."""

from __future__ import annotations

import re
from typing import Final

from postlint.parse.kramdown import grammar as g
from postlint.parse.kramdown.frames import ElementFrame, Frame
from postlint.parse.kramdown.html import markdown_attribute
from postlint.parse.kramdown.model import HtmlElement, Link, PrintedReason, PrintedTag, RawRegion
from postlint.parse.kramdown.span_state import SpanState
from postlint.parse.kramdown.tags import tag_like
from postlint.regex import regex
from postlint.text import Span

__all__ = ["TagReader"]

SEARCH_RAW: Final = regex("<")
MAIL: Final = regex(r"<[-\w.]+@[-\w.]+>")
SCHEME: Final = regex(r"<(?:mailto|https?|ftps?):")


class TagReader(SpanState):
    """Reads what begins with ``<``."""

    def angle(self, frame: Frame, pos: int) -> None:
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
            if isinstance(frame, ElementFrame) and frame.name == (lower if frame.known else name):
                self.close_element(frame, pos, self.source.span(pos, self.pos), None)
                return
            self.warn(pos, f"Found invalidly used HTML closing tag for '{name}'")
            known = lower in g.KNOWN_ELEMENTS
            reason: PrintedReason = "misnested-end" if self.names[lower if known else name] > 0 else "stray-end"
            span = self.source.span(pos, self.pos)
            self.results.printed.append(PrintedTag(span, lower, "end", reason, self.inside(), known))
            return
        if frame.full and (following.isalnum() or following in ("-", "_", ".")) and self._autolink(frame, pos):
            return
        if following == "!":
            if text.startswith("<!--", pos):
                close = self.find("-->", pos + 4)
                if close >= 0:
                    frame.element_end = self.pos = close + 3
                    if len(self.stack) == 1 and not frame.full:
                        self.nodes.append((pos, self.pos, False))
                    return
                if pos + 4 <= high:
                    span = self.source.span(pos, pos + 4)
                    self.results.printed.append(
                        PrintedTag(span, "", "comment", "unclosed-comment", self.inside(), known=True)
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
                PrintedTag(span, found.name, found.kind, found.reason, self.inside(), found.known)
            )

    def _autolink(self, frame: Frame, pos: int) -> bool:
        text = self.text
        if (scheme := SCHEME.match(text, pos, self.high)) is not None:
            close = self.find(">", scheme.end() + 1)
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

    def _open_element(self, frame: Frame, pos: int, match: re.Match[str]) -> None:
        name: str = match[1]
        lower = name.lower()
        known = lower in g.KNOWN_ELEMENTS
        if known:
            name = lower
        after = self.pos = match.end()
        span = self.source.span(pos, after)
        if name in g.BLOCK_ELEMENTS:
            self.warn(pos, f"Found block HTML tag '{name}' in span-level text")
            self.results.printed.append(PrintedTag(span, lower, "start", "block-in-text", self.inside(), known=True))
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
            self.warn(pos, "Cannot use block-level parsing in span-level HTML tag - using default mode")
        if match[3] is not None or name in g.VOID_ELEMENTS:
            self.results.elements.append(
                HtmlElement(lower, span, None, False, "span" if parse else "raw", None, True, known)
            )
            frame.element_end = after
            if len(self.stack) == 1 and not frame.full:
                self.nodes.append((pos, after, False))
            return
        new = ElementFrame(pos, after, self.search_full if parse else SEARCH_RAW, name, span, known=known)
        new.full = parse
        new.raw = not parse
        new.region = not parse and not frame.raw and lower not in g.VERBATIM_ELEMENTS
        self.names[name] += 1
        self.stack.append(new)

    def close_element(self, frame: ElementFrame, at: int, end: Span | None, auto: int | None) -> None:
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
