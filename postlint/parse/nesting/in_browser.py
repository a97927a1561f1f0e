"""What comes of a problem in a browser."""

from __future__ import annotations

from postlint.parse.html_elements import CLOSED_WITH_PARENT, EFFECTS, FORMATTING, MARKER, P_CLOSERS, RAW_TEXT
from postlint.parse.nesting.causes import Cause, Draft
from postlint.parse.nesting.marks import fault_of
from postlint.parse.nesting.match import Frame
from postlint.parse.nesting.words import BLOCKS, Place, end_tag, start_tag

__all__ = ["InBrowser"]

_FAR = 2000
"""Characters between a cut and an end tag from which on we take it that some are text."""
_IN_LAYOUTS = frozenset({"article", "aside", "center", "div", "main", "section"})
"""What layouts put round a post."""


class InBrowser:
    """What a browser makes of a problem."""

    def __init__(self, content: str, place: Place, *, laid_out: bool) -> None:
        """``laid_out``: a layout puts its own elements round the document."""
        self._content = content
        self._place = place
        self._laid_out = laid_out
        self._holders: dict[int, Frame | None] = {}

    def of(self, draft: Draft) -> str:
        cause, name = draft.cause, draft.mark.name
        if cause == Cause.CROSSED:
            return self._crossed(draft)
        if cause == Cause.CROSSED_MARKDOWN:
            return f"browsers close {start_tag(name)} there and ignore the later {end_tag(name)}"
        if cause == Cause.VOID:
            return "browsers read </br> as <br>" if name == "br" else "browsers ignore it"
        if cause in (Cause.STRAY, Cause.ENDED_BEFORE):
            return self._stray(draft)
        if cause == Cause.NESTED:
            if name == "form":
                return "browsers leave the inner one out"
            return f"browsers end the first where the second begins, and ignore the second {end_tag(name)}"
        if cause == Cause.OTHER_END and name[:1] == "h" and name[1:].isdigit():
            return f"browsers take it for {end_tag(draft.frames[0].name)}"
        if cause == Cause.MISSPELT_START:
            return f"browsers know no {start_tag(draft.frames[0].name)}: its content shows as plain text"
        shown = "the reader sees it as text" if draft.mark.shown else ""
        open_frames = [frame for frame in draft.frames if frame.end is None]
        if not open_frames:
            if cause in (Cause.BROKEN_START, Cause.BROKEN_END) and not shown:
                text = self._content[draft.mark.span.start : draft.mark.span.end]
                if not text.endswith(">"):
                    return "browsers take all up to the next > for part of it"
                if cause == Cause.BROKEN_END:
                    return shown
                if fault_of(text) == "name":
                    return "browsers make an element of it that they know nothing of"
                return "browsers end the value at the next quote, wherever that is"
            return shown
        reaches = self._open(open_frames[0])
        return f"{shown}, and {reaches}" if shown and reaches else shown or reaches

    def _stray(self, draft: Draft) -> str:
        name = draft.mark.name
        if name == "p":
            return "browsers make an empty paragraph of it"
        if draft.within:
            return f"browsers end the {BLOCKS[draft.within]} there"
        if self._laid_out and name in _IN_LAYOUTS:
            return f"if the layout has a {start_tag(name)} round the text, browsers end that one here"
        return "browsers ignore it"

    def minds(self, draft: Draft) -> bool:
        """Whether an element across blocks of Markdown shows otherwise than was meant.

        A formatting element is opened again in the next block, the start tag of a block ends the paragraph that it
        stands in, and so does the end tag of an element that began before it: all of these come out right.
        """
        name, border = draft.mark.name, None if draft.cut is None else draft.cut.mark
        if border is None or name in FORMATTING:
            return False
        return name not in P_CLOSERS or border.name != "p"

    def _crossed(self, draft: Draft) -> str:
        cut, closer = draft.cut, draft.other
        assert cut is not None and cut.mark is not None and closer is not None
        name = draft.mark.name
        between = self._content[cut.mark.span.end : min(closer.span.start, cut.mark.span.end + _FAR)]
        if name not in FORMATTING:
            return f"browsers close {start_tag(name)} there and ignore the later {end_tag(name)}"
        if len(between) == _FAR or _has_text(between):
            return f"browsers repair it: they open {start_tag(name)} again, up to {self._place(closer.span.start)}"
        return "browsers repair it and show it as it was meant"

    def _holder(self, frame: Frame) -> Frame | None:
        """The element at whose end the formatting that was begun in it ends. Each way up is gone once."""
        passed: list[Frame] = []
        at = frame.parent
        while at is not None and at.name not in MARKER and id(at) not in self._holders:
            passed.append(at)
            at = at.parent
        holder = at if at is None or at.name in MARKER else self._holders[id(at)]
        for each in passed:
            self._holders[id(each)] = holder
        return holder

    def _begins_line(self, at: int) -> bool:
        return not self._content[self._content.rfind("\n", 0, at) + 1 : at].strip(" \t>")

    def _open(self, frame: Frame) -> str:
        name = frame.name
        effect = EFFECTS.get(name)
        cut = frame.cut
        if name in RAW_TEXT:
            return (
                f"a browser takes all that follows for the content of {start_tag(name)} and does not show it as written"
            )
        if name == "a":
            return "in a browser all that follows, up to the next link, is part of the link"
        if name in FORMATTING:
            holder = self._holder(frame)
            if holder is not None:
                return f"in a browser the rest of {start_tag(holder.name)} is {effect}"
            return f"in a browser all that follows is {effect}, to the end of the page"
        if cut is None or cut.mark is None:
            if name == "pre" and frame.mark.block and self._begins_line(frame.mark.span.start):
                # CommonMark reads a block that begins so up to its end tag, over blank lines too.
                return "all that follows is preformatted, and its Markdown is shown as it is typed"
            return (
                f"in a browser all that follows is {effect}" if effect else "in a browser all that follows is inside it"
            )
        if frame.name in CLOSED_WITH_PARENT and cut.mark.kind == "end":
            return f"in a browser it goes on behind {end_tag(cut.mark.name)}"
        if effect:
            return f"in a browser all up to {self._place(cut.mark.span.start)} is {effect}"
        return ""


def _has_text(markup: str) -> bool:
    depth = False
    for char in markup:
        if char == "<":
            depth = True
        elif char == ">":
            depth = False
        elif not depth and not char.isspace():
            return True
    return False
