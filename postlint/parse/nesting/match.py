"""Which end tag closes which start tag, as a browser has it, and what does not fit.

Works on the markup stream alone. What comes out are raw observations; :mod:`~postlint.parse.nesting.causes` makes one
problem of those that have one cause.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from postlint.parse.html_elements import (
    BARRIERS,
    CLOSED_BY_START,
    CLOSED_WITH_PARENT,
    FURNITURE,
    INLINE,
    LIST_STOPS,
    MARKER,
    P_CLOSERS,
    TABLE_BARRIERS,
    TABLE_PARTS,
    VOID,
)
from postlint.parse.nesting.marks import Mark

__all__ = ["Crossing", "Cut", "Frame", "Matched", "Stray", "match"]

_DEPTH = 512
"""How far up an end tag is looked for. Browsers stop nesting at about this depth too."""

_MARKDOWN, _BRANCH = "markdown", "branch"
_STOPS = {
    "li": frozenset({"ol", "ul", "menu", "dir"}),
    "option": frozenset({"select", "datalist", "optgroup"}),
    "optgroup": frozenset({"select"}),
    "rt": frozenset({"ruby"}),
    "rp": frozenset({"ruby"}),
    "rb": frozenset({"ruby"}),
    "rtc": frozenset({"ruby"}),
}


_NOT_IN_ITSELF = frozenset({"a", "button", "form"})
"""A browser ends the outer one where an inner one begins (of forms it drops the inner one)."""

_IN_BODY = frozenset({"tr", "td", "th"})
_NEEDS_ITS_END = frozenset({"p", "li", "dd", "dt"})

_MADE_BY_MARKDOWN = {"li": "li", "ul": "list", "ol": "list", "blockquote": "blockquote"}


@dataclass(slots=True, eq=False)
class Frame:
    """An open element.

    Attributes:
        kind: "" for a literal tag, "markdown" for a block of Markdown's own, "branch" for a template's.
        parent: the innermost literal element that was open when it began.
        end: its end tag, or None: left open, or closed by what ``cut`` says.
    """

    mark: Mark
    kind: str
    parent: Frame | None = None
    end: Mark | None = None
    cut: Cut | None = None

    @property
    def name(self) -> str:
        return self.mark.name


@dataclass(slots=True, eq=False)
class Cut:
    """Something that ended an element while others inside it were open.

    ``mark`` is the end tag, start tag or Markdown border that did it; None for the end of the document. ``outer`` is
    the element that it ended.
    """

    mark: Mark | None
    outer: Frame | None
    inner: list[Frame] = field(default_factory=list)
    closed: list[Crossing] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Crossing:
    """An element that was cut, and its end tag that came later."""

    frame: Frame
    cut: Cut
    closer: Mark


@dataclass(slots=True, eq=False)
class Stray:
    """An end tag with nothing to close.

    Attributes:
        innermost: the literal element that was open round it.
        within: the block of Markdown's own that was open round it and that a browser ends with it: "li", "list",
            "blockquote"; "" for none.
        ended: the element that it was probably for, which something else had ended already (an omitted end tag).
        ended_by: what had ended it.
    """

    mark: Mark
    innermost: Frame | None = None
    within: str = ""
    ended: Frame | None = None
    ended_by: Mark | None = None


@dataclass(slots=True)
class Matched:
    """All that was seen.

    ``frames`` are all literal elements in order, ``crosses_markdown`` those whose tags stand in different blocks of
    Markdown.
    ``nested`` are the links and the like that begin in another, with that other.
    ``unknown`` are names of which some tag crosses a template's border: nothing is certain about them.
    """

    frames: list[Frame] = field(default_factory=list)
    unclosed: list[Frame] = field(default_factory=list)
    crossings: list[Crossing] = field(default_factory=list)
    crosses_markdown: list[Crossing] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    void_ends: list[Mark] = field(default_factory=list)
    broken: list[tuple[Mark, Frame | None]] = field(default_factory=list)
    nested: list[tuple[Frame, Mark]] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)


class _Matcher:
    def __init__(self) -> None:
        self.out = Matched()
        self.stack: list[Frame] = []
        self.counts: dict[str, int] = {}
        self.pending: dict[str, list[Frame]] = {}
        self.ended: dict[str, tuple[Frame, Mark | None]] = {}
        self.extra: dict[str, list[Cut]] = {}
        self.implied: set[int] = set()
        """Tables (by id) with an open part that needs no start tag: rows stand in a ``<tbody>`` all the same."""

    # The stack ----------------------------------------------------------------------------------------------------

    def innermost(self) -> Frame | None:
        stack = self.stack
        for index in range(len(stack) - 1, max(-1, len(stack) - 1 - _DEPTH), -1):
            if not stack[index].kind:
                return stack[index]
        return None

    def push(self, mark: Mark, kind: str = "") -> None:
        top = self.stack[-1] if self.stack else None
        parent = None if kind else (top if top is None or not top.kind else self.innermost())
        frame = Frame(mark, kind, parent)
        self.stack.append(frame)
        if mark.name in _IN_BODY and parent is not None and parent.name == "table" and not kind:
            self.implied.add(id(parent))
        if not kind:
            self.out.frames.append(frame)
            self.counts[mark.name] = self.counts.get(mark.name, 0) + 1
            for cut in self.pending.pop(mark.name, ()):
                # A new start tag of that name: a later end tag belongs to it and not to the one that was cut.
                if cut.name not in CLOSED_WITH_PARENT:
                    self.out.unclosed.append(cut)

    def drop(self, frame: Frame) -> None:
        if not frame.kind:
            self.counts[frame.name] -= 1

    def cut(self, index: int, mark: Mark | None, *, outer: Frame | None, keep: bool = False) -> None:
        """End all elements above ``index`` (with it unless ``keep``), because of ``mark``."""
        above = self.stack[index + 1 :]
        del self.stack[index + (1 if keep else 0) :]
        if outer is not None and not keep:
            self.drop(outer)
        if not above:
            return
        cut = Cut(mark, outer)
        implied = mark is None or mark.kind != "end" or mark.name not in INLINE
        for frame in above:
            self.drop(frame)
            if frame.kind:
                continue
            if implied and frame.name in CLOSED_WITH_PARENT:
                self.ended[frame.name] = (frame, mark)
                continue
            frame.cut = cut
            cut.inner.append(frame)
            self.pending.setdefault(frame.name, []).append(frame)
        if cut.inner and mark is not None and mark.kind == "end":
            self.extra.setdefault(mark.name, []).append(cut)

    # Start tags ---------------------------------------------------------------------------------------------------

    def start(self, mark: Mark) -> None:
        name = mark.name
        if name in FURNITURE:
            return
        if name in P_CLOSERS and self.counts.get("p"):
            self.end_by_start(mark, frozenset({"p"}), BARRIERS | {"button"}, outermost=False)
        if name in VOID or mark.self_closed:
            return
        if name in _NOT_IN_ITSELF and self.counts.get(name):
            index, _ = self.find(name)
            if index >= 0 and not any(frame.name in MARKER for frame in self.stack[index + 1 :]):
                self.out.nested.append((self.stack[index], mark))
        closers = CLOSED_BY_START.get(name)
        if closers is not None:
            if name in TABLE_PARTS:
                self.end_by_start(mark, closers, TABLE_BARRIERS, outermost=True)
            elif name == "li" or name == "dd" or name == "dt":
                self.end_by_start(mark, closers, LIST_STOPS, outermost=False)
            else:
                self.end_by_start(mark, closers, _STOPS[name] | LIST_STOPS, outermost=True)
        self.push(mark)

    def end_by_start(self, mark: Mark, closers: frozenset[str], stops: frozenset[str], *, outermost: bool) -> None:
        stack = self.stack
        if not any(self.counts.get(name) for name in closers):
            return
        found = -1
        for index in range(len(stack) - 1, max(-1, len(stack) - 1 - _DEPTH), -1):
            frame = stack[index]
            if frame.kind:
                break
            if frame.name in closers:
                found = index
                if not outermost:
                    break
            elif frame.name in stops:
                break
        if found >= 0:
            frame = stack[found]
            self.ended[frame.name] = (frame, mark)
            self.cut(found, mark, outer=frame)

    # End tags -----------------------------------------------------------------------------------------------------

    def end(self, mark: Mark) -> None:
        name = mark.name
        if name in FURNITURE:
            return
        if name in VOID:
            self.out.void_ends.append(mark)
            return
        if self.counts.get(name):
            index, blocked = self.find(name)
            if index >= 0:
                self.close(index, mark, blocked)
                return
            if blocked == _BRANCH:
                self.out.unknown.add(name)
                return
        pending = self.pending.get(name)
        if pending:
            frame = pending.pop()
            cut = frame.cut
            if cut is not None:
                crossing = Crossing(frame, cut, mark)
                cut.closed.append(crossing)
                markdown = cut.mark is None or cut.mark.kind == "block-end"
                (self.out.crosses_markdown if markdown else self.out.crossings).append(crossing)
                return
        if name == "tbody" and self.end_implied(mark):
            return
        if self.explained_by_extra(mark):
            return
        ended = self.ended.pop(name, None)
        stray = Stray(mark, self.innermost(), self.within(name))
        if ended is not None:
            stray.ended, stray.ended_by = ended
        self.out.strays.append(stray)

    def find(self, name: str) -> tuple[int, str]:
        """The index of the element that ``</name>`` closes (-1: none), and what stands between."""
        stack = self.stack
        barriers = TABLE_BARRIERS if name in TABLE_PARTS else BARRIERS
        own = _STOPS.get(name)
        blocked = ""
        for index in range(len(stack) - 1, max(-1, len(stack) - 1 - _DEPTH), -1):
            frame = stack[index]
            kind = frame.kind
            if kind:
                if kind == _BRANCH:
                    return -1, _BRANCH
                blocked = _MARKDOWN
            elif frame.name == name:
                return index, blocked
            elif frame.name in barriers or (own is not None and frame.name in own):
                return -1, blocked
        return -1, blocked

    def within(self, name: str) -> str:
        """The block of Markdown's own that ``</name>`` ends in a browser."""
        block = _MADE_BY_MARKDOWN.get(name)
        if block is not None:
            stack = self.stack
            for index in range(len(stack) - 1, max(-1, len(stack) - 1 - _DEPTH), -1):
                frame = stack[index]
                if frame.kind == _MARKDOWN and frame.name == block:
                    return block
                if not frame.kind and frame.name in BARRIERS:
                    break
        return ""

    def close(self, index: int, mark: Mark, blocked: str) -> None:
        stack = self.stack
        frame = stack[index]
        frame.end = mark
        if index == len(stack) - 1:
            stack.pop()
            self.drop(frame)
        elif blocked:
            # Its start tag stands outside the Markdown block that holds the end tag. The block goes on.
            del stack[index]
            self.drop(frame)
            self.out.crosses_markdown.append(Crossing(frame, Cut(None, None), mark))
        else:
            self.cut(index, mark, outer=frame)

    def end_implied(self, mark: Mark) -> bool:
        """``</tbody>`` where the rows stand in the table itself: ``<tbody>`` may be omitted."""
        index, _ = self.find("table")
        if index < 0 or id(self.stack[index]) not in self.implied:
            return False
        self.implied.discard(id(self.stack[index]))
        self.cut(index, mark, outer=self.stack[index], keep=True)
        return True

    def explained_by_extra(self, mark: Mark) -> bool:
        """``<div><section></div></section></div>``: no crossing and a stray tag, but one end tag too many."""
        cuts = self.extra.get(mark.name)
        while cuts:
            cut = cuts.pop()
            if cut.mark is None or cut.outer is None or len(cut.closed) != len(cut.inner):
                continue
            for crossing in cut.closed:
                crossing.frame.cut = None
                crossing.frame.end = crossing.closer
            cut.outer.end = mark
            self.out.strays.append(Stray(cut.mark, cut.inner[-1]))
            return True
        return False

    # Borders ------------------------------------------------------------------------------------------------------

    def border_end(self, kind: str, mark: Mark) -> None:
        """A Markdown block or a template branch ends: so does all that was opened in it."""
        stack = self.stack
        for index in range(len(stack) - 1, -1, -1):
            frame = stack[index]
            if frame.kind == kind and (kind == _BRANCH or frame.name == mark.name):
                break
            if frame.kind == _MARKDOWN:
                return
        else:
            return
        if kind == _BRANCH:
            for inner in stack[index + 1 :]:
                if not inner.kind:
                    self.out.unknown.add(inner.name)
                self.drop(inner)
            del stack[index:]
        else:
            self.cut(index, mark, outer=stack[index])

    def finish(self) -> Matched:
        out = self.out
        out.crossings = [crossing for crossing in out.crossings if crossing.frame.cut is crossing.cut]
        for frame in self.stack:
            if not frame.kind and frame.name not in CLOSED_WITH_PARENT:
                out.unclosed.append(frame)
        for name, frames in self.pending.items():
            for frame in frames:
                # `<b><p>x</b>`: its own end tag may be missing, but not where that of a formatting element stands.
                if name not in CLOSED_WITH_PARENT or (
                    name in _NEEDS_ITS_END and frame.cut is not None and _by_inline(frame.cut)
                ):
                    out.unclosed.append(frame)
        out.unclosed.sort(key=lambda frame: frame.mark.span)
        return out


def _by_inline(cut: Cut) -> bool:
    return cut.mark is not None and cut.mark.kind == "end" and cut.mark.name in INLINE


def match(marks: Iterable[Mark]) -> Matched:
    """Match the tags of a markup stream. Linear but for a bounded look up the open elements."""
    matcher = _Matcher()
    for mark in marks:
        kind = mark.kind
        if kind == "start":
            matcher.start(mark)
        elif kind == "end":
            matcher.end(mark)
        elif kind == "broken":
            matcher.out.broken.append((mark, matcher.innermost()))
        elif kind == "block-start":
            matcher.push(mark, _MARKDOWN)
        elif kind == "block-end":
            matcher.border_end(_MARKDOWN, mark)
        elif kind == "branch":
            matcher.push(mark, _BRANCH)
        elif kind == "branch-next":
            matcher.border_end(_BRANCH, mark)
            matcher.push(mark, _BRANCH)
        else:
            matcher.border_end(_BRANCH, mark)
    return matcher.finish()
