"""What comes of a problem in kramdown: what it prints and what it leaves unrendered."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from postlint.parse.html_elements import CLOSED_WITH_PARENT, EFFECTS, KNOWN
from postlint.parse.literal import literal_markdown
from postlint.parse.nesting.causes import Cause, Draft
from postlint.parse.nesting.marks import Mark, printed_mark
from postlint.parse.nesting.match import Cut, Frame, Matched
from postlint.parse.nesting.words import Place, concerned, listing, start_tag, written
from postlint.parse.ranges import disjoint
from postlint.regex import regex
from postlint.text import Span, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postlint.parse.kramdown.model import HtmlElement, KramdownScan, PrintedTag

__all__ = ["InKramdown"]

_SHOWN = 3
_LONG = 24
_INK = regex(r"\S")
_PARAGRAPH_END = regex(r"\n[ \t]*\n")


class InKramdown:
    """What kramdown prints and leaves unrendered because of a problem."""

    def __init__(
        self, text: str, content: str, body: Span, scan: KramdownScan, seen: Matched, who: str, place: Place
    ) -> None:
        """``text`` is what is shown of the document, ``content`` the same with its templates masked."""
        self._text = text
        self._content = content
        self._scan = scan
        self._who = who
        self._place = place
        self._end = body.start + len(content[body.start : body.end].rstrip())
        self._elements: dict[Span, HtmlElement] = {element.start: element for element in scan.elements}
        self._by_span: dict[Span, PrintedTag] = {tag.span: tag for tag in scan.printed}
        self._inside: dict[Span, list[PrintedTag]] = {}
        for tag in scan.printed:
            if tag.inside is not None:
                self._inside.setdefault(tag.inside, []).append(tag)
        self._meant = [
            Span(frame.mark.span.start, frame.end.span.end)
            for frame in seen.frames
            if frame.parent is None and frame.end is not None
        ]
        self._starts = {frame.end.span: frame.mark.span for frame in seen.frames if frame.end is not None}
        self._dead: list[int] | None = None
        self._free: list[Span] | None = None
        self._told_up_to = -1
        self.explained: set[Span] = set()

    def of(self, draft: Draft) -> str:
        """The consequence of ``draft``; remembers which printed tags it explains."""
        printed = self._printed(draft)
        for tag in printed:
            self.explained.add(tag.span)
        spans = {tag.span for tag in printed}
        # A mistyped tag is no tag to kramdown, so it is text, and not among those it prints instead.
        # (`<<` in text becomes «, so of `<<b>` the reader sees something else.)
        for mark in (draft.mark, draft.other):
            if (
                mark is not None
                and mark.kind == "broken"
                and self._content[mark.span.start - 1 : mark.span.start] != "<"
            ):
                spans.add(mark.span)
        head = f"{self._who} prints {self._tags(sorted(spans))} as text here" if spans else ""
        reach, tail = self._unrendered(draft)
        if tail:
            if head:
                return f"{head} and leaves {tail}"
            return f"{self._who} takes it to {reach} and leaves {tail}"
        closed = self._auto_closed(draft) if not head or draft.cause == Cause.END_UNSEEN else ""
        if not head or not closed:
            return head or (f"{self._who} {closed}" if closed else "")
        return f"{head} and {closed}"

    def concerned(self, draft: Draft) -> tuple[Span, ...]:
        """The tags that ``draft`` is about, those that kramdown prints or leaves open because of it among them."""
        tags = {*concerned(draft), *(tag.span for tag in self._printed(draft))}
        tags.update(self._starts[span] for span in tuple(tags) if span in self._starts)  # left open without its end
        outer = None if draft.cut is None else draft.cut.outer
        element = None if outer is None else self._elements.get(outer.mark.span)
        if element is not None and element.auto_closed_at is not None:
            tags.add(element.start)
        return tuple(sorted(tags))

    def besides(self, draft: Draft) -> str:
        """What else comes of a tag that nobody sees, being no element; remembers the printed tags that it explains."""
        printed = [tag for tag in self._printed(draft) if tag.reason == "misnested-end"]
        self.explained.update(tag.span for tag in printed)
        head = f"prints {self._tags([tag.span for tag in printed])} as text" if printed else ""
        tail = ""
        element = self._elements.get(draft.mark.span)
        if element is not None and element.auto_closed_at is not None and element.start.start >= self._told_up_to:
            begin, end = element.start.end, element.auto_closed_at
            if element.block or next(literal_markdown(self._content, begin, end), None) is not None:
                tail = self._unrendered(draft)[1]
            self._told_up_to = end  # what begins in it ends in it
        if not head and not tail:
            return ""
        return f"{self._who} " + " and ".join(part for part in (head, tail and f"leaves {tail}") if part)

    def only_mentioned(self, draft: Draft) -> bool:
        """Whether it is about a tag that kramdown shows, as the writer may have meant."""
        tag = self._by_span.get(draft.mark.span)
        return draft.cause == Cause.OPEN and tag is not None and self._mentioned(tag)

    def _mentioned(self, tag: PrintedTag) -> bool:
        """A block's start tag in a line of text, without attributes and end tag: "put it in a <div> then".

        Not one that has its line for itself.
        """
        if tag.reason != "block-in-text" or len(tag.name) + 2 != tag.span.end - tag.span.start:
            return False
        start = self._content.rfind("\n", 0, tag.span.start) + 1
        end = self._content.find("\n", tag.span.end)
        line = self._content[start : tag.span.start] + self._content[tag.span.end : None if end < 0 else end]
        return _INK.search(line) is not None

    def leftovers(self, drafts: list[Draft], seen: Matched) -> list[Draft]:
        """What only kramdown minds: tags it prints and elements it closes elsewhere, where HTML has nothing to say."""
        frames = {frame.mark.span: frame for frame in seen.frames}
        found: list[Draft] = []
        reached = self._reached(drafts)
        for tag in self._scan.printed:
            if tag.kind != "start" or tag.name not in KNOWN or tag.span in self.explained:
                continue
            frame = frames.get(tag.span)
            end = None if frame is None else frame.end
            mark = printed_mark(self._content, tag) if frame is None else frame.mark
            if mark is None or mark.kind != "start":
                continue
            if tag.reason == "block-in-text" and (end is not None or not self._mentioned(tag)):
                cause = Cause.BLOCK_IN_TEXT
            elif tag.reason == "unreadable-attribute":
                cause = Cause.UNREADABLE
            else:
                continue
            self.explained.update(span for span in (tag.span, end and end.span) if span in self._by_span)
            found.append(Draft("printed", cause, mark, [] if frame is None else [frame], end))
        ends = {frame.end.span: frame for frame in seen.frames if frame.end is not None}
        for tag in self._scan.printed:
            frame = ends.get(tag.span)
            if frame is None or tag.span in self.explained or frame.name in seen.unknown:
                continue
            element = self._elements.get(frame.mark.span)
            if element is not None and element.auto_closed_at is not None and element.auto_closed_at <= tag.span.start:
                border = Mark("block-end", Span(element.auto_closed_at, element.auto_closed_at), "text")
                found.append(
                    Draft("crosses-markdown", Cause.CROSSED_MARKDOWN, frame.mark, [frame], frame.end, Cut(border, None))
                )
                self.explained.add(tag.span)
                reached.append(Span(element.start.start, element.auto_closed_at))
        return found + self._omitted(frames, seen, reached)

    def rest(self, seen: Matched) -> Iterator[Draft]:
        """End tags that kramdown prints and no draft so far explains: it sees something open that HTML does not.

        Asked last; each draft is to be given to :meth:`of` before the next is asked for.
        """
        frames = {frame.mark.span: frame for frame in seen.frames}
        ends = {frame.end.span: frame for frame in seen.frames if frame.end is not None}
        for tag in self._scan.printed:
            frame = ends.get(tag.span)
            if frame is None or frame.name not in KNOWN or tag.span in self.explained or frame.name in seen.unknown:
                continue
            held = None if tag.inside is None else frames.get(tag.inside)
            if held is not None and held.end is None and held.name not in seen.unknown:
                printed = [ends[inner.span] for inner in self._inside[held.mark.span] if inner.span in ends]
                yield Draft("unclosed", Cause.OPEN_UNKNOWN, held.mark, [held, *printed], frame.end)
            else:
                yield Draft("printed", Cause.END_UNSEEN, frame.mark, [frame], frame.end)

    def _omitted(self, frames: dict[Span, Frame], seen: Matched, reached: list[Span]) -> list[Draft]:
        """Elements whose end tag HTML lets one omit and kramdown does not: a draft for each outermost one."""
        covered = disjoint(reached)
        elements = self._scan.elements
        found: list[Draft] = []
        until = -1
        for index, element in enumerate(elements):
            frame = frames.get(element.start)
            closed_at = element.auto_closed_at
            if closed_at is None or frame is None or not element.known or element.start.start < until:
                continue
            if frame.end is None and frame.name not in CLOSED_WITH_PARENT:
                continue
            if frame.end is not None and frame.end.span in self.explained:
                continue
            if frame.name in seen.unknown or within(element.start.start, covered):
                continue
            until = closed_at
            inner: list[Frame] = []
            for other in elements[index:]:
                if other.start.start >= closed_at:
                    break
                if other.auto_closed_at is not None and other.start in frames:
                    inner.append(frames[other.start])
            omitting = [other for other in inner if other.end is None and other.name in CLOSED_WITH_PARENT]
            if not omitting:
                continue
            draft = Draft("printed", Cause.OMITTED, omitting[0].mark, inner)
            if self._printed(draft):
                found.append(draft)
            elif self._unrendered(draft)[1]:
                draft.kind = "unclosed"
                found.append(draft)
        return found

    def _reached(self, drafts: list[Draft]) -> list[Span]:
        """The elements that the problems so far leave open, each to where kramdown closes it."""
        reached: list[Span] = []
        for draft in drafts:
            concerned = list(draft.frames)
            if draft.cut is not None and draft.cut.outer is not None:
                concerned.append(draft.cut.outer)
            for frame in concerned:
                element = self._elements.get(frame.mark.span)
                if element is not None and element.auto_closed_at is not None:
                    reached.append(Span(element.start.start, element.auto_closed_at))
        return reached

    def _tags(self, spans: list[Span]) -> str:
        words: list[str] = []
        for span in spans:
            word = written(self._text, span)
            if len(word) > _LONG:
                tag = self._by_span.get(span)
                word = f"<{tag.name} …>" if tag is not None and tag.kind == "start" else word[: _LONG - 1] + "…"
            if word not in words:
                words.append(word)
        if len(words) > _SHOWN:
            words = [*words[: _SHOWN - 1], f"{len(words) - _SHOWN + 1} more tags"]
        return listing(words)

    def _printed(self, draft: Draft) -> list[PrintedTag]:
        spans = {draft.mark.span}
        starts = {frame.mark.span for frame in draft.frames}
        for mark in (draft.other, *draft.closers):
            if mark is not None:
                spans.add(mark.span)
        if draft.cut is not None and draft.cut.mark is not None:
            spans.add(draft.cut.mark.span)
        if draft.cause == Cause.ENDED_BEFORE:
            starts = set()
        found = {tag.span: tag for span in spans | starts if (tag := self._by_span.get(span)) is not None}
        for start in starts:
            for tag in self._inside.get(start, ()):
                found.setdefault(tag.span, tag)
        return [found[span] for span in sorted(found)]

    def _unrendered(self, draft: Draft) -> tuple[str, str]:
        """How far a concerned element that stays open reaches, and what stays unrendered in it; "" if nothing."""
        if draft.cause in (Cause.ENDED_BEFORE, Cause.STRAY, Cause.VOID):
            return "", ""
        reach = -1
        frames = list(draft.frames)
        if draft.cut is not None and draft.cut.outer is not None:
            frames.append(draft.cut.outer)
        for frame in frames:
            element = self._elements.get(frame.mark.span)
            if element is not None and element.auto_closed_at is not None and element.model == "raw":
                reach = max(reach, element.auto_closed_at)
        if reach < 0:
            return "", ""
        begin = max(mark.span.end for mark in (draft.mark, draft.other, *draft.closers) if mark is not None)
        if draft.cause == Cause.OMITTED:
            # The writer took the last of them to end with its paragraph.
            begin = draft.frames[-1].mark.span.end
            paragraph = _PARAGRAPH_END.search(self._content, begin, reach)
            begin = paragraph.end() if paragraph is not None else reach
        if not self._text_between(begin, reach):
            return "", ""
        if reach >= self._end:
            # markdown="1" in between, still open at the end, is rendered.
            whole = any(region.span.end >= self._end for region in self._scan.raw[-1:])
            end, tail = "the end of the page", f"{'all that' if whole else 'what'} follows unrendered"
        else:
            end = self._place(reach)
            tail = f"what follows up to {end} unrendered"
        count = self._dead_links(begin, reach)
        if count:
            tail += f": {count} link{'s are' if count > 1 else ' is'} dead"
        return end, tail

    def _text_between(self, begin: int, end: int) -> bool:
        """Whether a raw region holds more than white space outside the elements that the writer closed."""
        if self._free is None:
            self._free = self._free_text()
        free = self._free
        for index in range(bisect_right(free, begin, key=lambda span: span.end), len(free)):
            start, stop = max(begin, free[index].start), min(end, free[index].end)
            if start >= end:
                break
            if _INK.search(self._content, start, stop) is not None:
                return True
        return False

    def _free_text(self) -> list[Span]:
        """The stretches of raw regions outside the elements that the writer closed which are not blank."""
        found: list[Span] = []
        meant = disjoint(self._meant)
        index = 0
        for region in self._scan.raw:
            at, end = region.span
            while index > 0 and (index == len(meant) or meant[index].end > at):
                index -= 1
            while at < end:
                while index < len(meant) and meant[index].end <= at:
                    index += 1
                inside = index < len(meant) and meant[index].start <= at
                stop = meant[index].end if inside else min(end, meant[index].start if index < len(meant) else end)
                if not inside and _INK.search(self._content, at, stop) is not None:
                    found.append(Span(at, stop))
                at = stop
        return found

    def _meant_at(self, at: int) -> Span | None:
        index = bisect_right(self._meant, at, key=lambda span: span.start) - 1
        if index >= 0 and self._meant[index].end > at:
            return self._meant[index]
        return None

    def _dead_links(self, begin: int, end: int) -> int:
        if self._dead is None:
            from postlint.parse.kramdown import dead_links

            starts = (link.span.start for link in dead_links(self._content, self._scan))
            self._dead = [start for start in starts if self._meant_at(start) is None]
        return bisect_left(self._dead, end) - bisect_left(self._dead, begin)

    def _auto_closed(self, draft: Draft) -> str:
        if draft.cause in (Cause.STRAY, Cause.ENDED_BEFORE, Cause.VOID):
            return ""
        for frame in draft.frames:
            element = self._elements.get(frame.mark.span)
            if element is not None and element.auto_closed_at is not None:
                effect = EFFECTS.get(frame.name)
                reach = element.auto_closed_at
                if reach >= self._end:
                    where = "at the end of the page"
                else:
                    where = f"at {self._place(reach)}"
                tail = f", so all up to there is {effect}" if effect else ""
                return f"closes {'it' if draft.cause != Cause.END_UNSEEN else start_tag(frame.name)} only {where}{tail}"
        return ""
