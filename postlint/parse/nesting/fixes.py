"""Fixes of nesting problems: the smallest edit, and none where there are two readings."""

from __future__ import annotations

import re
from collections.abc import Callable

from postlint.finding import Edit, Fix, Safety
from postlint.parse.html import Token, attributes
from postlint.parse.html_elements import FORMATTING, P_CLOSERS, VOID
from postlint.parse.nesting.causes import Cause, Draft
from postlint.parse.nesting.marks import Mark, fault_of
from postlint.parse.nesting.words import end_tag, listing, start_tag
from postlint.parse.templates import Masked
from postlint.regex import regex
from postlint.text import Span

__all__ = ["fix"]

_FAR = 2000
_BLOCK_START = regex(r"\s*+<([A-Za-z][A-Za-z0-9]*+)(?:\s[^<>\"']*+)?(?:\"[^\"<>]*+\"[^<>\"']*+)*+>")
_INNER_AGAIN = regex(r"<([a-z][a-z0-9]*+)>")
_TAG_NAME = regex(r"</?([A-Za-z][A-Za-z0-9]*+)")
_WORD = regex(r"\w+\Z")
_UNQUOTED = regex(r"""=(["'])(?P<value>[^\s"'<>]+)>""")


def fix(draft: Draft, masked: Masked) -> Fix | None:
    """The edit that mends ``draft``, or None."""
    make = _FIXES.get(draft.cause)
    found = make(draft, masked.content) if make is not None else None
    if found is not None and any(
        edit.span.end > edit.span.start and masked.overlaps(edit.span) for edit in found.edits
    ):
        return None
    if found is not None and masked.overlaps(draft.mark.span):
        tag = masked.content[draft.mark.span.start : draft.mark.span.end]
        if any(tag in edit.text for edit in found.edits):
            return None  # a tag that a template fills in is not written a second time
    return found


def _insert(at: int, text: str) -> Edit:
    return Edit(Span(at, at), text)


def _crossed(draft: Draft, content: str) -> Fix | None:
    """Move the end tag before the one that cuts the element, where nothing is shown between the two."""
    cut = draft.cut
    if cut is None or cut.mark is None:
        return None
    border = cut.mark
    last = max(closer.span.start for closer in draft.closers)
    if last - border.span.end > _FAR:
        return None
    if not _blank(content[border.span.end : last]):
        return _split(draft, border, content)
    ends = [end_tag(frame.name) for frame in reversed(draft.frames)]
    edits = [_insert(_before(content, border), "".join(ends))]
    edits.extend(Edit(closer.span, "") for closer in sorted(draft.closers, key=lambda closer: closer.span))
    what = end_tag(border.name) if border.kind == "end" else start_tag(border.name)
    return Fix(f"move {listing(ends)} before {what}", tuple(edits), Safety.SAFE)


def _split(draft: Draft, border: Mark, content: str) -> Fix | None:
    """Close a formatting element before what cuts it and open it again behind that, as browsers do by themselves."""
    name, closer = draft.mark.name, draft.closers[0]
    start = content[draft.mark.span.start : draft.mark.span.end]
    if (
        len(draft.frames) > 1
        or border.kind != "end"
        or name not in FORMATTING
        or name == "a"
        or " id=" in start.lower()
    ):
        return None
    again = border.span.end
    where = end_tag(border.name)
    while (match := _BLOCK_START.match(content, again)) is not None and match.group(1).lower() in P_CLOSERS:
        again = match.end()
        where = start_tag(match.group(1).lower())
    between = content[again : closer.span.start]
    if any(tag.lower() in P_CLOSERS for tag in _TAG_NAME.findall(between)):
        return None  # it would have to be closed and opened again more than once
    edits = (_insert(_before(content, border), end_tag(name)), _insert(again, start))
    what = f"close {start_tag(name)} before {end_tag(border.name)} and open it again behind {where}"
    return Fix(what, edits, Safety.SAFE)


def _open(draft: Draft, content: str) -> Fix | None:
    """Close it where its parent ends. Where nothing ends it but the page, nobody can say where."""
    cut = draft.cut
    if cut is None or cut.mark is None:
        return None
    at = _before(content, cut.mark)
    return Fix(f"close it with {end_tag(draft.mark.name)}", (_insert(at, end_tag(draft.mark.name)),), Safety.UNSAFE)


def _open_before_next(draft: Draft, content: str) -> Fix | None:
    """Close it in a line of its own before the next of its kind."""
    assert draft.other is not None
    end = end_tag(draft.mark.name)
    start = content.rfind("\n", 0, draft.other.span.start) + 1
    indent = content[start : draft.other.span.start]
    line_end = "\r\n" if content.endswith("\r\n", 0, start) else "\n"
    return Fix(f"close it with {end} before the next one", (_insert(start, indent + end + line_end),), Safety.UNSAFE)


def _doubled(draft: Draft, content: str) -> Fix | None:
    assert draft.other is not None
    return Fix("remove the second one", (_remove(content, draft.other.span),), Safety.UNSAFE)


def _opened_again(draft: Draft, content: str) -> Fix | None:
    assert draft.other is not None
    end = end_tag(draft.mark.name)
    inner = _INNER_AGAIN.match(content, draft.other.span.end)
    if inner is not None:
        # `<ruby>x<rt>y<ruby><rt>`: both were to be end tags, in the other order.
        name = inner.group(1)
        between = content[draft.mark.span.end : draft.other.span.start].lower()
        if between.rfind(start_tag(name)) > between.rfind(end_tag(name)):
            edit = Edit(Span(draft.other.span.start, inner.end()), end_tag(name) + end)
            return Fix(f"make it {end_tag(name)}{end}", (edit,), Safety.UNSAFE)
    return Fix(f"make the second {start_tag(draft.mark.name)} {end}", (Edit(draft.other.span, end),), Safety.UNSAFE)


def _end_not_finished(draft: Draft, content: str) -> Fix | None:
    assert draft.other is not None
    at = draft.other.span.end
    while content[at - 1].isspace():
        at -= 1
    return Fix("add the missing >", (_insert(at, ">"),), Safety.UNSAFE)


def _broken_end(draft: Draft, content: str) -> Fix | None:
    end = end_tag(draft.mark.name)
    return Fix(f"write {end}", (Edit(draft.mark.span, end),), Safety.UNSAFE) if draft.frames else None


def _missing_bracket(draft: Draft, content: str) -> Fix | None:
    return Fix("add the missing <", (_insert(draft.mark.span.start, "<"),), Safety.UNSAFE)


def _misspelt_end(draft: Draft, content: str) -> Fix | None:
    end = end_tag(draft.frames[0].name)
    return Fix(f"write {end}", (Edit(draft.mark.span, end),), Safety.UNSAFE)


def _misspelt_start(draft: Draft, content: str) -> Fix | None:
    start = draft.frames[0].mark
    name = Span(start.span.start + 1, start.span.start + 1 + len(start.name))
    return Fix(f"write {start_tag(draft.mark.name)}", (Edit(name, draft.mark.name),), Safety.UNSAFE)


def _broken_start(draft: Draft, content: str) -> Fix | None:
    span = draft.mark.span
    text = content[span.start : span.end]
    fault = fault_of(text)
    if fault == "address":
        end = re.match(r"<[^\s<>]*", text)
        return Fix("add the missing >", (_insert(span.start + end.end(), ">"),), Safety.UNSAFE) if end else None
    if fault == "quote":
        # One reading only where the value ends with the tag: `<a href="x>`.
        found = list(_UNQUOTED.finditer(text))
        if len(found) == 1 and text.count(found[0].group(1), 0, found[0].end()) % 2:
            match = found[0]
            at = span.start + match.end("value")
            return Fix("add the missing quote", (_insert(at, match.group(1)),), Safety.UNSAFE)
        return None
    if fault == "name" and draft.other is not None and text.startswith(("<name=", "<href=", "<id=")):
        name = draft.other.name
        return Fix(f"make it {start_tag(name)}", (_insert(span.start + 1, name + " "),), Safety.UNSAFE)
    return None


def _stray(draft: Draft, content: str) -> Fix | None:
    if draft.reopened:
        return None  # `</div> … <div>` breaks out of the layout's own on purpose, or is two slips
    # Where it ends Markdown's own list, the page looks otherwise without it: as it was meant, but otherwise.
    safety = Safety.UNSAFE if draft.within else Safety.SAFE
    return Fix(f"remove {end_tag(draft.mark.name)}", (_remove(content, draft.mark.span),), safety)


def _void(draft: Draft, content: str) -> Fix | None:
    if draft.mark.name != "br":
        return Fix(f"remove {end_tag(draft.mark.name)}", (_remove(content, draft.mark.span),), Safety.SAFE)
    if re.search(r"<br\s*>\s*\Z", content[max(0, draft.mark.span.start - 20) : draft.mark.span.start], re.IGNORECASE):
        return None  # <br></br>: one line break or two?
    return Fix("write <br>", (Edit(draft.mark.span, "<br>"),), Safety.SAFE)


def _unreadable(draft: Draft, content: str) -> Fix | None:
    """Put quotes round the values that need them."""
    mark = draft.mark
    edits: list[Edit] = []
    for attribute in attributes(content, Token("start", mark.span, mark.name)):
        value = attribute.value
        if value is None or attribute.quote:
            continue
        text = content[value.start : value.end]
        if '"' in text or "'" in text:
            return None
        if not _WORD.match(text):
            edits += [_insert(value.start, '"'), _insert(value.end, '"')]
    return Fix("put the value in quotes", tuple(edits), Safety.SAFE) if edits else None


_FIXES: dict[str, Callable[[Draft, str], Fix | None]] = {
    Cause.CROSSED: _crossed,
    Cause.OPEN: _open,
    Cause.OPENED_AGAIN: _opened_again,
    Cause.OPEN_BEFORE_NEXT: _open_before_next,
    Cause.DOUBLED: _doubled,
    Cause.END_NOT_FINISHED: _end_not_finished,
    Cause.BROKEN_END: _broken_end,
    Cause.MISSING_BRACKET: _missing_bracket,
    Cause.MISSPELT_END: _misspelt_end,
    Cause.OTHER_END: _misspelt_end,
    Cause.MISSPELT_START: _misspelt_start,
    Cause.BROKEN_START: _broken_start,
    Cause.STRAY: _stray,
    Cause.ENDED_BEFORE: _stray,
    Cause.VOID: _void,
    Cause.UNREADABLE: _unreadable,
}


def _remove(content: str, span: Span) -> Edit:
    """Remove a tag; with its line where it stands there alone, since a blank line would end an HTML block."""
    start, end = span
    while start > 0 and content[start - 1] in " \t":
        start -= 1
    while end < len(content) and content[end] in " \t":
        end += 1
    if (start == 0 or content[start - 1] in "\r\n") and (end == len(content) or content[end] in "\r\n"):
        if content.startswith("\r\n", end):
            return Edit(Span(start, end + 2), "")
        if end < len(content):
            return Edit(Span(start, end + 1), "")
    return Edit(span, "")


def _before(content: str, mark: Mark) -> int:
    """Where an end tag goes before ``mark``: right before it in its line, else behind the text before it."""
    at = mark.span.start
    back = at
    while back > 0 and content[back - 1].isspace():
        back -= 1
    return at if mark.kind == "end" and "\n" not in content[back:at] else back


def _blank(markup: str) -> bool:
    """Only tags and white space; and no tag that shows something by itself."""
    at = 0
    while at < len(markup):
        char = markup[at]
        if char.isspace():
            at += 1
        elif char == "<":
            closing = markup.find(">", at)
            if closing < 0:
                return False
            name = markup[at + 1 : closing].strip("/").split()[:1]
            tag = name[0].lower() if name else ""
            if tag in VOID or (tag not in P_CLOSERS and tag not in FORMATTING):
                return False
            at = closing + 1
        else:
            return False
    return True
