"""Drafts put into words: what is wrong, and where the other places are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from postlint.finding import Related
from postlint.parse.nesting.causes import Cause, Draft
from postlint.parse.nesting.marks import Mark, fault_of
from postlint.parse.nesting.match import Frame
from postlint.text import Span

__all__ = ["BLOCKS", "ITSELF", "Place", "concerned", "end_tag", "listing", "message", "related", "start_tag", "written"]

Place = Callable[[int], str]
"""An offset as people count: "11:5"."""

BLOCKS = {
    "p": "paragraph",
    "li": "list item",
    "list": "list",
    "blockquote": "quotation",
    "td": "table cell",
    "tr": "table row",
    "table": "table",
    "heading": "heading",
    "footnote": "footnote",
    "dt": "term",
    "dd": "definition",
    "dl": "list",
    "text": "block of Markdown",
}


ITSELF = {"a": "a link", "button": "a button", "form": "a form"}
"""Elements that do not nest in their own kind."""


def start_tag(name: str) -> str:
    return f"<{name}>"


def end_tag(name: str) -> str:
    return f"</{name}>"


def listing(words: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def message(draft: Draft, content: str, masked: str, frames: list[Frame], who: str, place: Place) -> str:
    """What is wrong, in one sentence. ``who`` is what renders the document where that is kramdown.

    A tag is judged by the ``masked`` text and shown as it stands in ``content``.
    """
    cause, mark = draft.cause, draft.mark
    name = mark.name
    other = draft.other
    at = place(other.span.start) if other is not None else ""
    text = written(content, mark.span)
    if cause == Cause.CROSSED:
        return _crossed(draft, frames, place)
    if cause == Cause.CROSSED_MARKDOWN:
        return _crossed_markdown(draft, at)
    if cause == Cause.OPEN:
        return f"{start_tag(name)} is never closed" + _up_to(draft, place)
    if cause == Cause.OPENED_AGAIN:
        again = f"the second {start_tag(name)}, at {at}, was probably meant to be {end_tag(name)}"
        return f"{start_tag(name)} is never closed: {again}"
    if cause == Cause.OPEN_BEFORE_NEXT and other is not None:
        return f"{start_tag(name)} is never closed: the next {written(content, other.span)}, at {at}, begins inside it"
    if cause == Cause.DOUBLED and other is not None:
        return f"{start_tag(name)} is never closed: {written(content, other.span)} at {at} stands there twice"
    if cause == Cause.END_NOT_FINISHED:
        return f"{start_tag(name)} is never closed: its end tag at {at} has no >"
    if cause == Cause.BROKEN_END:
        if draft.frames:
            opened = place(draft.frames[0].mark.span.start)
            return f"{text} is no end tag, so {start_tag(name)} from {opened} stays open"
        return f"{text} is no end tag"
    if cause == Cause.BROKEN_START:
        return _broken_start(draft, masked, text, at)
    if cause == Cause.MISSING_BRACKET:
        if draft.frames:
            opened = place(draft.frames[0].mark.span.start)
            return f"{text} has no < before it, so {start_tag(name)} from {opened} stays open"
        return f"{text} has no < before it, so {end_tag(name)} at {at} closes nothing"
    if cause == Cause.MISSPELT_END:
        meant = end_tag(draft.frames[0].name)
        return (
            f"{end_tag(name)} closes nothing; {meant} was probably meant, for {start_tag(draft.frames[0].name)} at {at}"
        )
    if cause == Cause.MISSPELT_START:
        wrong = draft.frames[0].name
        return f"{end_tag(name)} closes nothing; {start_tag(wrong)} at {at} was probably meant to be {start_tag(name)}"
    if cause == Cause.OTHER_END:
        wrong = draft.frames[0].name
        return f"{end_tag(name)} closes nothing; what is open here is {start_tag(wrong)} from {at}"
    if cause == Cause.ENDED_BEFORE:
        return _ended_before(draft, place)
    if cause == Cause.UNREADABLE:
        return f"{text} has an attribute that {who} cannot read: its value needs quotes"
    if cause == Cause.BLOCK_IN_TEXT:
        return f"{start_tag(name)} stands in a line of text, where {who} reads no block of HTML"
    if cause == Cause.OMITTED:
        return f"{start_tag(name)} has no {end_tag(name)}: HTML allows that, {who} does not"
    if cause == Cause.NESTED:
        thing = ITSELF[name]
        return f"{start_tag(name)} begins inside {start_tag(name)} from {at}: {thing} cannot hold another"
    if cause == Cause.OPEN_UNKNOWN and other is not None:
        return f"{text} is never closed, and to {who} {end_tag(other.name)} at {at} stands inside it"
    if cause == Cause.END_UNSEEN:
        where = f"{end_tag(name)} at {at} stands in Markdown that begins after {start_tag(name)}"
        return f"{where}, so to {who} it is not its end"
    if cause == Cause.VOID:
        return f"{end_tag(name)} closes nothing: {start_tag(name)} has no content"
    return f"{end_tag(name)} closes nothing: no {start_tag(name)} is open here"


def written(content: str, span: Span) -> str:
    """A tag as it stands in the text, cut short where it is long."""
    text = " ".join(content[span.start : span.end].split())
    return text if len(text) <= 40 else text[:39] + "…"


def _crossed(draft: Draft, frames: list[Frame], place: Place) -> str:
    names = listing([start_tag(frame.name) for frame in draft.frames])
    plural = len(draft.frames) > 1
    closer = draft.other
    cut = draft.cut
    assert closer is not None and cut is not None and cut.mark is not None
    outer = cut.outer
    where = _where(draft, place)
    verb = "are" if plural else "is"
    pronoun = "they are" if plural else "it is"
    later = "after that"
    if outer is not None and outer.name == "p":
        begun = _paragraphs_between(frames, cut.mark.span.end, closer.span.start)
        later = "in the next one" if begun == 1 else "in a later one" if begun else later
    return f"{names} {verb} still open {where}; {pronoun} closed {later}, at {place(closer.span.start)}"


def _paragraphs_between(frames: list[Frame], begin: int, end: int) -> int:
    """How many paragraphs begin there, counted up to 2."""
    count = 0
    for index in range(bisect_left(frames, begin, key=lambda frame: frame.mark.span.start), len(frames)):
        frame = frames[index]
        if frame.mark.span.start >= end or count == 2:
            break
        count += frame.name == "p"
    return count


def _where(draft: Draft, place: Place) -> str:
    cut = draft.cut
    assert cut is not None and cut.mark is not None
    mark, outer = cut.mark, cut.outer
    if mark.kind == "block-end":
        return f"where its {BLOCKS.get(mark.name, 'block')} ends"
    if outer is None:
        return f"at {place(mark.span.start)}"
    if mark.kind == "start":
        if outer.name == mark.name:
            return f"where the next {start_tag(mark.name)} begins"
        if outer.name == "p":
            return f"where {start_tag(mark.name)} ends its paragraph"
        return f"where {start_tag(mark.name)} ends {start_tag(outer.name)}"
    if outer.name == "p":
        return "where </p> ends its paragraph"
    return f"where {end_tag(outer.name)} closes {start_tag(outer.name)} from {place(outer.mark.span.start)}"


def _up_to(draft: Draft, place: Place) -> str:
    cut = draft.cut
    if cut is None or cut.mark is None:
        return ""
    if cut.mark.kind == "block-end":
        return f" before its {BLOCKS.get(cut.mark.name, 'block')} ends"
    shown = end_tag(cut.mark.name) if cut.mark.kind == "end" else f"the {start_tag(cut.mark.name)}"
    return f" before {shown} at {place(cut.mark.span.start)}"


def _crossed_markdown(draft: Draft, at: str) -> str:
    name = draft.mark.name
    cut = draft.cut
    if cut is not None and cut.mark is not None:
        block = BLOCKS.get(cut.mark.name, "block")
        return f"{start_tag(name)} is still open where its {block} ends; it is closed after that, at {at}"
    return f"{start_tag(name)} is closed at {at}, inside a block of Markdown that began after it"


def _broken_start(draft: Draft, masked: str, text: str, at: str) -> str:
    after = f", so {end_tag(draft.other.name)} at {at} closes nothing" if draft.other is not None else ""
    fault = fault_of(masked[draft.mark.span.start : draft.mark.span.end])
    if fault == "name":
        return f"{text} has no element's name{after}"
    if fault == "address":
        return f"the address {text} has no > at its end{after}"
    if fault == "quote":
        return f"the quotes in {text} do not match{after}"
    if fault == "bracket":
        return f"{text} has no > at its end{after}"
    return f"{text} is not read as a tag{after}"


def _ended_before(draft: Draft, place: Place) -> str:
    frame, by = draft.frames[0], draft.ended_by
    tail = "closes nothing"
    if by is None:
        return f"{end_tag(frame.name)} {tail}"
    at = place(by.span.start)
    thing = "the paragraph" if frame.name == "p" else start_tag(frame.name)
    if by.kind == "end":
        return f"{end_tag(frame.name)} {tail}: {end_tag(by.name)} at {at} had already ended {thing}"
    if by.kind == "start":
        return f"{end_tag(frame.name)} {tail}: {start_tag(by.name)} at {at} had already ended {thing}"
    return f"{end_tag(frame.name)} {tail}: {thing} had already ended at {at}"


def related(draft: Draft) -> tuple[Related, ...]:
    """The other places, with a word each."""
    found: list[Related] = []

    def add(mark: Mark | None, words: str) -> None:
        if mark is not None and mark.span != draft.mark.span and mark.span.end > mark.span.start:
            found.append(Related(mark.span, words))

    cut = draft.cut
    cause = draft.cause
    if cause == Cause.CROSSED and cut is not None:
        add(cut.mark, "ends the element around it")
        for closer in draft.closers:
            add(closer, "closed here")
    elif cause == Cause.CROSSED_MARKDOWN:
        add(draft.other, "closed here")
    elif cause == Cause.OPEN_BEFORE_NEXT:
        add(draft.other, "the next one begins here")
    elif cause == Cause.DOUBLED:
        add(draft.other, "the same once more")
    elif cause == Cause.NESTED:
        add(draft.other, "began here")
    elif cause in (Cause.END_UNSEEN, Cause.OPEN_UNKNOWN):
        add(draft.other, "printed as text")
    elif cause in (Cause.OPENED_AGAIN, Cause.END_NOT_FINISHED):
        add(draft.other, "probably meant as its end tag")
    elif cause == Cause.OPEN and cut is not None:
        add(cut.mark, "ends the element around it")
    elif cause == Cause.ENDED_BEFORE:
        add(draft.frames[0].mark, "began here")
        add(draft.ended_by, "had already ended it")
    elif cause in (Cause.MISSPELT_END, Cause.MISSPELT_START, Cause.OTHER_END):
        add(draft.other, "open here")
    elif cause in (Cause.BROKEN_END, Cause.MISSING_BRACKET, Cause.BROKEN_START):
        for frame in draft.frames:
            add(frame.mark, "opened here")
        if cut is not None:
            add(cut.mark, "ends the element around it")
        add(draft.other, "closes nothing")
    return tuple(found)


def concerned(draft: Draft) -> tuple[Span, ...]:
    """The tags that the draft's words speak of, in order."""
    marks = [draft.mark, draft.other, draft.ended_by, *draft.closers, *(frame.mark for frame in draft.frames)]
    if draft.cut is not None:
        marks.append(draft.cut.mark)
    return tuple(sorted({mark.span for mark in marks if mark is not None and mark.span.end > mark.span.start}))
