"""From what does not fit to what went wrong: observations with one cause become one draft of a problem.

A missing quote, an opening tag typed for a closing one, a misspelt name: each leaves an open element, an end tag with
nothing to close, or both. The writer made one mistake and is told of one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from postlint.parse.html_elements import CLOSED_WITH_PARENT, KNOWN, P_CLOSERS
from postlint.parse.nesting.marks import Mark
from postlint.parse.nesting.match import Crossing, Cut, Frame, Matched, Stray
from postlint.parse.nesting.model import ProblemKind
from postlint.regex import regex
from postlint.text import Span

__all__ = ["Cause", "Draft", "causes"]

_REACH = 4000
"""How many characters round a tag are searched for what it was meant to go with."""

_SEARCHES = 200
"""How many such searches a document gets: more broken tags than that have no single cause."""

_PARAGRAPH_BREAK = regex(r"\n[ \t>]*\n")


class Cause:
    """The stories that are told. Each names what made the problem."""

    CROSSED = "crossed"
    CROSSED_MARKDOWN = "crossed-markdown"
    OPEN = "open"
    OPENED_AGAIN = "opened-again"
    OPEN_BEFORE_NEXT = "open-before-next"
    DOUBLED = "doubled"
    END_NOT_FINISHED = "end-not-finished"
    BROKEN_END = "broken-end"
    BROKEN_START = "broken-start"
    MISSING_BRACKET = "missing-bracket"
    MISSPELT_END = "misspelt-end"
    MISSPELT_START = "misspelt-start"
    OTHER_END = "other-end"
    STRAY = "stray"
    ENDED_BEFORE = "ended-before"
    VOID = "void"
    UNREADABLE = "unreadable"
    BLOCK_IN_TEXT = "block-in-text"
    OMITTED = "omitted"
    END_UNSEEN = "end-unseen"
    OPEN_UNKNOWN = "open-unknown"
    NESTED = "nested"
    PLACEHOLDER = "placeholder"
    MISTYPED = "mistyped"
    NO_ELEMENT = "no-element"


@dataclass(slots=True, eq=False)
class Draft:
    """A problem before it is put into words.

    Attributes:
        mark: what to point at.
        frames: the open elements that are concerned, first one first.
        other: the other tag of the story: the closer of a crossing, the tag that was meant otherwise.
        cut: what ended the open elements too early.
        ended_by: for ``ENDED_BEFORE``.
        within: for ``STRAY``: the block of Markdown's own that a browser ends with it.
        reopened: for ``STRAY``: an element of that name stays open further on, as if to make up for it.
    """

    kind: ProblemKind
    cause: str
    mark: Mark
    frames: list[Frame] = field(default_factory=list)
    other: Mark | None = None
    cut: Cut | None = None
    ended_by: Mark | None = None
    within: str = ""
    reopened: bool = False
    closers: list[Mark] = field(default_factory=list)


def causes(content: str, seen: Matched) -> list[Draft]:
    """The drafts, in no particular order."""
    return _Sorter(content, seen).run()


class _Sorter:
    def __init__(self, content: str, seen: Matched) -> None:
        self.content = content
        self.seen = seen
        known = KNOWN - seen.unknown
        self.unclosed = [frame for frame in seen.unclosed if frame.name not in seen.unknown]
        self.strays = [stray for stray in seen.strays if stray.mark.name not in seen.unknown]
        self.known = known
        self.drafts: list[Draft] = []

    def run(self) -> list[Draft]:
        if self.seen.broken:
            self.broken_tags()
        if self.strays and self.unclosed:
            self.wrong_ends()
        if len(self.unclosed) > 1:
            self.opened_again()
        if self.unclosed:
            self.missing_brackets_of_ends()
            self.before_the_next()
        if self.strays:
            self.missing_brackets_of_starts()
        self.plain()
        return self.drafts

    # Telling what belongs together --------------------------------------------------------------------------------

    def broken_tags(self) -> None:
        """``</em``, ``< /em>``, ``<a href="x>``: with the element they leave open or the end tag they strand."""
        by_name: dict[str, list[Frame]] = {}
        for frame in self.unclosed:
            by_name.setdefault(frame.name, []).append(frame)
        strays = {id(stray): stray for stray in self.strays}
        gone: set[int] = set()
        for mark, _ in self.seen.broken:
            if mark.name in self.seen.unknown:
                continue
            if mark.end_tag:
                victim = self._left_open_at(by_name.get(mark.name, []), mark, gone)
                finished = self.content[mark.span.end - 1] == ">"
                if victim is not None:
                    gone.add(id(victim))
                    if finished:
                        self.drafts.append(Draft("malformed", Cause.BROKEN_END, mark, [victim], cut=victim.cut))
                    else:
                        draft = Draft("unclosed", Cause.END_NOT_FINISHED, victim.mark, [victim], mark, victim.cut)
                        self.drafts.append(draft)
                elif finished or self.content.startswith("<", mark.span.end):
                    self.drafts.append(Draft("malformed", Cause.BROKEN_END, mark))
            else:
                draft = Draft("malformed", Cause.BROKEN_START, mark)
                stray = self._stranded_by(mark, strays)
                if stray is not None:
                    del strays[id(stray)]
                    draft.other = stray.mark
                self.drafts.append(draft)
        self.unclosed = [frame for frame in self.unclosed if id(frame) not in gone]
        self.strays = [stray for stray in self.strays if id(stray) in strays]

    def _left_open_at(self, frames: list[Frame], mark: Mark, gone: set[int]) -> Frame | None:
        index = bisect_left(frames, mark.span.start, key=lambda frame: frame.mark.span.start) - 1
        while index >= 0:
            frame = frames[index]
            if id(frame) not in gone and _end_of(frame, len(self.content)) >= mark.span.start:
                return frame
            index -= 1
            if len(frames) - index > 50:
                break
        return None

    def _stranded_by(self, mark: Mark, strays: dict[int, Stray]) -> Stray | None:
        limit = min(mark.span.end + _REACH, len(self.content))
        stop = _PARAGRAPH_BREAK.search(self.content, mark.span.end, limit)
        limit = stop.start() if stop is not None else limit
        all_strays = self.seen.strays
        index = bisect_left(all_strays, mark.span.end, key=lambda stray: stray.mark.span.start)
        for stray in all_strays[index : index + 8]:
            if stray.mark.span.start >= limit:
                return None
            if id(stray) in strays and (mark.name in ("", stray.mark.name) or mark.name not in KNOWN):
                return stray
        return None

    def wrong_ends(self) -> None:
        """``<strong>x</storng>``, ``<ruyb>x</ruby>``, ``<em>x</strong>``."""
        open_ids = {id(frame): frame for frame in self.unclosed}
        left: list[Stray] = []
        for stray in self.strays:
            frame = stray.innermost
            if stray.ended is not None or frame is None or id(frame) not in open_ids:
                left.append(stray)
                continue
            end, start = stray.mark.name, frame.name
            if similar(end, start) and (end not in KNOWN or start not in KNOWN):
                cause = Cause.MISSPELT_END if end not in KNOWN else Cause.MISSPELT_START
            elif end in KNOWN and start in KNOWN and self._near(frame.mark, stray.mark) and _alike(end, start):
                cause = Cause.OTHER_END
            else:
                left.append(stray)
                continue
            del open_ids[id(frame)]
            self.drafts.append(Draft("stray-end", cause, stray.mark, [frame], frame.mark, frame.cut))
        self.strays = left
        self.unclosed = [frame for frame in self.unclosed if id(frame) in open_ids]

    def _near(self, start: Mark, end: Mark) -> bool:
        """In one paragraph."""
        if end.span.start - start.span.end > _REACH:
            return False
        return _PARAGRAPH_BREAK.search(self.content, start.span.end, end.span.start) is None

    def opened_again(self) -> None:
        """``<b>x<b>``: the second was to close the first."""
        open_ids = {id(frame): frame for frame in self.unclosed}
        for frame in list(self.unclosed):
            outer = frame.parent
            while outer is not None and outer.name in CLOSED_WITH_PARENT:
                outer = outer.parent
            if (
                frame.name in self.known
                and id(frame) in open_ids
                and outer is not None
                and id(outer) in open_ids
                and outer.name == frame.name
                and outer.cut is frame.cut
                and self.content[frame.mark.span.start : frame.mark.span.end].lower() == f"<{frame.name}>"
                and self.content[outer.mark.span.end : frame.mark.span.start].strip()
            ):
                del open_ids[id(outer)]
                del open_ids[id(frame)]
                draft = Draft("unclosed", Cause.OPENED_AGAIN, outer.mark, [outer, frame], frame.mark, frame.cut)
                self.drafts.append(draft)
        self.unclosed = [frame for frame in self.unclosed if id(frame) in open_ids]

    def before_the_next(self) -> None:
        """``<div class="box">`` with the next ``<div class="box">`` inside it, or right behind it."""
        left: list[Frame] = []
        first: dict[int, Frame] = {}
        if any(self._is_list_like(frame) for frame in self.unclosed):
            for frame in self.seen.frames:
                outer = frame.parent
                if outer is not None and frame.end is not None and self._same_line(outer, frame):
                    first.setdefault(id(outer), frame)
        names = Counter(frame.name for frame in self.unclosed)
        for frame in self.unclosed:
            if frame.name not in self.known or frame.cut is not None or not self._is_list_like(frame):
                left.append(frame)
            elif (following := first.get(id(frame))) is not None:
                cause = Cause.OPEN_BEFORE_NEXT
                if not self.content[frame.mark.span.end : following.mark.span.start].strip():
                    cause = Cause.DOUBLED
                self.drafts.append(Draft("unclosed", cause, frame.mark, [frame], following.mark, frame.cut))
            elif names[frame.name] == 1 and (twice := self._doubled(frame, first)) is not None:
                self.drafts.append(Draft("unclosed", Cause.DOUBLED, frame.mark, [frame], twice.mark, frame.cut))
            else:
                left.append(frame)
        self.unclosed = left

    def _is_list_like(self, frame: Frame) -> bool:
        """A block with attributes, of which one may expect several."""
        return frame.name in P_CLOSERS and frame.mark.span.end - frame.mark.span.start > len(frame.name) + 2

    def _same_line(self, outer: Frame, frame: Frame) -> bool:
        """Both start tags are the same and begin their lines in the same column."""
        span, other = frame.mark.span, outer.mark.span
        if frame.name != outer.name or self.content[slice(*span)] != self.content[slice(*other)]:
            return False
        indent = self.content[self.content.rfind("\n", 0, span.start) + 1 : span.start]
        return not indent.strip() and indent == self.content[self.content.rfind("\n", 0, other.start) + 1 : other.start]

    def _doubled(self, frame: Frame, first: dict[int, Frame]) -> Frame | None:
        """The only start tag inside ``frame`` that stands twice in a row."""
        found = [
            inner
            for inner in first.values()
            if inner.name == frame.name
            and inner.parent is not None
            and inner.mark.span.start > frame.mark.span.start
            and not self.content[inner.parent.mark.span.end : inner.mark.span.start].strip()
        ]
        return found[0] if len(found) == 1 else None

    def missing_brackets_of_ends(self) -> None:
        """``<span>x/span>``."""
        left: list[Frame] = []
        for count, frame in enumerate(self.unclosed):
            if count >= _SEARCHES:
                left.append(frame)
                continue
            start = frame.mark.span.end
            end = min(_end_of(frame, len(self.content)), start + _REACH)
            pattern = rf"(<\s*\\?\s*)?(?<![</])/{re.escape(frame.name)}>"
            match = re.search(pattern, self.content[start:end], re.IGNORECASE)
            if match is None:
                left.append(frame)
                continue
            mark = Mark("broken", Span(start + match.start(), start + match.end()), frame.name, end_tag=True)
            cause = Cause.BROKEN_END if match.group(1) else Cause.MISSING_BRACKET
            self.drafts.append(Draft("malformed", cause, mark, [frame], cut=frame.cut))
        self.unclosed = left

    def missing_brackets_of_starts(self) -> None:
        """``ruby>x</ruby>``."""
        left: list[Stray] = []
        for count, stray in enumerate(self.strays):
            if count >= _SEARCHES:
                left.append(stray)
                continue
            end = stray.mark.span.start
            start = max(0, end - _REACH)
            text = self.content[start:end]
            breaks = list(_PARAGRAPH_BREAK.finditer(text))
            if breaks:
                start += breaks[-1].end()
                text = self.content[start:end]
            found = list(re.finditer(rf"(?<![<\w/.:='\"-]){re.escape(stray.mark.name)}>", text, re.IGNORECASE))
            if stray.ended is not None or not found:
                left.append(stray)
                continue
            match = found[-1]
            mark = Mark("broken", Span(start + match.start(), start + match.end()), stray.mark.name)
            self.drafts.append(Draft("malformed", Cause.MISSING_BRACKET, mark, other=stray.mark))
        self.strays = left

    # The rest -----------------------------------------------------------------------------------------------------

    def plain(self) -> None:
        drafts = self.drafts
        for frame in self.unclosed:
            if frame.name in self.known:
                drafts.append(Draft("unclosed", Cause.OPEN, frame.mark, [frame], cut=frame.cut))
        last_open = {frame.name: frame.mark.span.start for frame in self.unclosed}
        for stray in self.strays:
            if stray.mark.name not in self.known:
                continue
            if stray.ended is not None:
                draft = Draft("stray-end", Cause.ENDED_BEFORE, stray.mark, [stray.ended], ended_by=stray.ended_by)
            else:
                draft = Draft("stray-end", Cause.STRAY, stray.mark, within=stray.within)
                after = last_open.get(stray.mark.name)
                draft.reopened = after is not None and after > stray.mark.span.start
            drafts.append(draft)
        for mark in self.seen.void_ends:
            drafts.append(Draft("end-tag-of-void", Cause.VOID, mark))
        for outer, mark in self.seen.nested:
            if outer.end is not None and outer.cut is None and outer.name not in self.seen.unknown:
                drafts.append(Draft("misnested", Cause.NESTED, mark, other=outer.mark))
        self.crossed(self.seen.crossings, "misnested", Cause.CROSSED)
        self.crossed(self.seen.crosses_markdown, "crosses-markdown", Cause.CROSSED_MARKDOWN)

    def crossed(self, crossings: list[Crossing], kind: ProblemKind, cause: str) -> None:
        groups: dict[int, list[Crossing]] = {}
        for crossing in crossings:
            if crossing.frame.name not in self.seen.unknown:
                groups.setdefault(id(crossing.cut), []).append(crossing)
        for group in groups.values():
            group.sort(key=lambda crossing: crossing.frame.mark.span)
            first = group[0]
            frames = [crossing.frame for crossing in group]
            closers = [crossing.closer for crossing in group]
            self.drafts.append(Draft(kind, cause, first.frame.mark, frames, first.closer, first.cut, closers=closers))


def _end_of(frame: Frame, end: int) -> int:
    """Where the element was cut, or the end of the text."""
    cut = frame.cut
    return end if cut is None or cut.mark is None else cut.mark.span.start


def _alike(first: str, second: str) -> bool:
    """Both stand in a line of text, or both are headings."""
    headings = first[:1] == second[:1] == "h" and first[1:].isdigit() and second[1:].isdigit()
    return headings or (first not in P_CLOSERS and second not in P_CLOSERS)


def similar(first: str, second: str) -> bool:
    """One slip of the finger apart (two in longer names): a letter too many, too few, wrong, or two changed about."""
    if first == second or abs(len(first) - len(second)) > 2 or min(len(first), len(second)) < 2:
        return False
    from rapidfuzz.distance import OSA

    allowed = 2 if min(len(first), len(second)) > 5 else 1
    return OSA.distance(first, second) <= allowed
