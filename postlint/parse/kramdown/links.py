"""Links, images, references and footnote marks."""

from __future__ import annotations

from typing import Final

from postlint.parse.kramdown import grammar as g
from postlint.parse.kramdown.frames import Frame, LinkFrame
from postlint.parse.kramdown.model import Link, LinkKind, UndefinedReference
from postlint.parse.kramdown.span_state import SpanState
from postlint.regex import regex
from postlint.text import Span

__all__ = ["LinkReader"]

FOOTNOTE: Final = regex(rf"\[\^({g.ID_NAME})\]")
REFERENCE: Final = regex(rf"{g.SPACE}*?\[([^\]]+)?\]")
ANGLE_ADDRESS: Final = regex(r"\(<([^\n]*?)>")
ADDRESS_STOP: Final = regex(rf"(\()|(\))|{g.SPACE}(?=['\"])")
TITLE_START: Final = regex(rf"{g.SPACE}*+([\"'])")
_LONGEST_LABEL: Final = 10_000
ESCAPE: Final = regex(r"\\([\\.*_+`<>()\[\]{}#!:|\"'$=-])")


class LinkReader(SpanState):
    """Reads what begins with a bracket."""

    def ends_link(self, frame: LinkFrame, char: str) -> bool:
        frame.depth += -1 if char == "]" else 1
        return frame.depth == frame.images

    def bracket(self, frame: Frame, pos: int, char: str) -> None:
        text = self.text
        if char == "[" and (match := FOOTNOTE.match(text, pos, self.high)) is not None:
            self.pos = match.end()
            if match[1] in self.footnotes:
                self.results.footnotes.append(match[1])
                frame.element_end = self.pos
            else:
                self.warn(pos, f"Footnote definition for '{match[1]}' not found")
            return
        image = char == "!"
        after = pos + 2 if image else pos + 1
        if after >= self.high or text[after] == "^":
            self.pos = pos + 1
            return
        self.pos = after
        if (self.links and not image) or self.find("]", after) < 0:
            return
        if self.fuel.dry:
            return
        new = LinkFrame(self, pos, after, image=image)
        self.links += 1
        self.stack.append(new)

    def link_end(self, frame: LinkFrame, pos: int) -> None:
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
            self.abandon(frame, frame.start)
            if not explicit:
                self.warn(frame.origin, f"No link definition for link ID '{name}' found")
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
        if title is None or not self.may_close(title[1], title.end() + 1):
            self.abandon(frame, frame.start)
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

    def _link(self, frame: LinkFrame, pos: int, end: int, destination: Span, kind: LinkKind) -> None:
        if frame.image:
            self.drop(frame.marks)  # only the text of an image is used
        source = self.source
        text = source.span(frame.start, pos)
        self.results.links.append(Link(source.span(frame.origin, end), destination, text, kind, frame.image))
        parent = self.stack[-1]
        parent.element_end = self.pos = end
        if frame.image and isinstance(parent, LinkFrame):
            parent.images += 1
