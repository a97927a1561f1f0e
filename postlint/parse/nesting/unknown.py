"""Tags that are no element of HTML: a slip of the pen, or text in angle brackets that the reader never sees.

``git push <your-name>`` and ``Array<T>`` are tags to every parser, and nobody shows a tag. Elements that a site's
scripts define look the same, so three things speak for one: a hyphen in the name together with an end tag, an attribute
that has a value, and, where there may be a component framework, a name in mixed case with an end tag.
"""

from __future__ import annotations

import html
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from postlint.finding import Edit, Fix, Related, Safety
from postlint.parse.html import Token, attributes
from postlint.parse.html_elements import FOREIGN, KNOWN, VOID
from postlint.parse.literal import literal_markdown
from postlint.parse.nesting.branches import enclosed
from postlint.parse.nesting.causes import Cause, Draft
from postlint.parse.nesting.match import Frame, Matched
from postlint.parse.nesting.model import Problem
from postlint.parse.nesting.words import concerned, start_tag, written
from postlint.regex import regex
from postlint.text import Span, within

if TYPE_CHECKING:
    from postlint.parse.nesting.in_kramdown import InKramdown
    from postlint.parse.templates import Masked

__all__ = ["problem", "unknown_tags"]

_MORE = frozenset({"fencedframe", "menuitem", "nextid", "noindex", "portal", "selectedcontent"})
"""Further names that some browser or search engine gives a meaning to."""
_FRAMEWORK = frozenset({"component", "suspense", "teleport", "transition"})
"""Elements of Vue's own."""
_NO_COMPONENTS = frozenset({"eleventy", "hexo", "hugo", "jekyll", "mkdocs", "zola"})
"""Generators that make nothing of an element but what it is."""
_OFTEN_TYPED = frozenset(
    {
        "abbr", "blockquote", "br", "button", "center", "cite", "code", "details", "div", "em", "figcaption", "figure",
        "font", "footer", "header", "hr", "iframe", "img", "ins", "kbd", "li", "mark", "ol", "pre", "ruby", "samp",
        "script", "section", "small", "span", "strong", "style", "sub", "summary", "sup", "table", "tbody", "td", "th",
        "thead", "tr", "ul", "video", "audio",
    }
)  # fmt: skip
_FOREIGN_ROOTS = frozenset({"math", "svg"})
_ALLOWED = "if a script of the site defines it, name it in this rule's option `allow`"
_DEPTH = 50
"""How far up <svg> and <math> are looked for."""
_REACH = 600
"""How far behind a tag Markdown is looked for."""
_NEARBY = 80
_SHOWN = 32
_EDGE = regex(r"\]\([^()\s]*+\)|[`*\[\]{}|<>\\\r\n]")
_LIST_MARK = regex(r"^[ \t>]*+(?:[-+>#]++|\d++[.)])?+[ \t]++")
_BLANK_LINE = regex(r"\n[ \t>]*+\n")


def unknown_tags(seen: Matched, drafts: Iterable[Draft], content: str, masked: Masked, generator: str) -> list[Draft]:
    """A draft for each tag that is no element, but for those that other problems are about."""
    if all(frame.name in KNOWN for frame in seen.frames):
        return []
    explained = {id(frame) for draft in drafts for frame in draft.frames}
    paired = {frame.name for frame in seen.frames if frame.end is not None}
    components = generator not in _NO_COMPONENTS
    hidden = enclosed(content, masked)
    found: list[Draft] = []
    outer: Draft | None = None
    until = -1
    for frame in seen.frames:
        name, span = frame.name, frame.mark.span
        if name in KNOWN or name in _MORE or name in seen.unknown or id(frame) in explained:
            continue
        if masked.overlaps(span) or (frame.end is not None and masked.overlaps(frame.end.span)):
            continue
        if hidden and within(span.start, hidden):
            continue
        cause, meant = _cause(frame, content, paired, components)
        if not cause or _is_foreign(frame):
            continue
        if outer is not None and span.start < until and cause != Cause.MISTYPED:
            outer.frames.append(frame)
            continue
        draft = Draft("unknown", cause, frame.mark, [frame], frame.end)
        draft.within = meant
        if cause == Cause.NO_ELEMENT and frame.end is not None:
            outer, until = draft, frame.end.span.end
        found.append(draft)
    return found


def _cause(frame: Frame, content: str, paired: set[str], components: bool) -> tuple[str, str]:
    """Which story it is ("" for an element that is meant), and the element that was meant."""
    name, span = frame.name, frame.mark.span
    closed = frame.end is not None
    valued = emptied = False
    if span.end - span.start > len(name) + 2:
        for attribute in attributes(content, Token("start", span, name)):
            if attribute.value is not None:
                if attribute.value.end > attribute.value.start:
                    valued = True
                else:
                    emptied = True
    if ("-" in name or ":" in name or name in FOREIGN) and (closed or valued or name in paired):
        return "", ""
    if components:
        as_typed = content[span.start + 1 : span.start + 1 + len(name)]
        if (closed or valued) and (name in _FRAMEWORK or as_typed not in (name, as_typed.upper())):
            return "", ""
    meant = _nearest(name, certain=not (closed or valued))
    if meant:
        return Cause.MISTYPED, meant
    if valued or (emptied and not closed):
        return "", ""
    return (Cause.NO_ELEMENT if closed else Cause.PLACEHOLDER), ""


def _is_foreign(frame: Frame) -> bool:
    parent = frame.parent
    for _ in range(_DEPTH):
        if parent is None:
            break
        if parent.name in _FOREIGN_ROOTS:
            return True
        parent = parent.parent
    return False


def _nearest(name: str, *, certain: bool) -> str:
    """The element that a slip of the pen made ``name`` of; "" where it may be a word of its own.

    Args:
        certain: nothing but the name speaks for an element, so only letters that changed places or stand twice do.
    """
    if not name.isascii() or not name.isalnum():
        return ""
    found = [meant for meant in _OFTEN_TYPED if _slip(name, meant, certain)]
    return found[0] if len(found) == 1 else ""


def _slip(name: str, meant: str, certain: bool) -> bool:
    longer, shorter = len(name), len(meant)
    if abs(longer - shorter) > 1 or name == meant:
        return False
    if longer == shorter:
        different = [index for index in range(longer) if name[index] != meant[index]]
        if len(different) == 2:
            first, second = different
            swapped = name[first] == meant[second] and name[second] == meant[first]
            return second == first + 1 and swapped and longer > 2
        return len(different) == 1 and longer > 4 and not certain
    one, other = (name, meant) if longer > shorter else (meant, name)
    for index in range(len(one)):
        if one[:index] + one[index + 1 :] == other:
            doubled = longer > shorter and one[index] == one[index + 1 : index + 2]
            return doubled or (len(meant) > 3 and not certain)
    return False


# Words ----------------------------------------------------------------------------------------------------------


def problem(
    draft: Draft,
    content: str,
    masked: Masked,
    seen: Matched,
    in_kramdown: InKramdown | None,
    dropped_by: str,
) -> Problem | None:
    """The draft in words; None where nothing comes of it.

    Args:
        in_kramdown: what kramdown makes of the document, where that is what renders it.
        dropped_by: who leaves raw HTML out of this document; "" where nobody does.
    """
    frame, mark = draft.frames[0], draft.mark
    tag = written(content, mark.span)
    if draft.cause == Cause.MISTYPED:
        message = f"{tag} is no element of HTML; {start_tag(draft.within)} was probably meant"
        shown = "browsers know no such element" + ("" if frame.end is None else ": what stands in it is plain text")
    elif draft.cause == Cause.NO_ELEMENT:
        message = f"{tag} is no element of HTML"
        shown = "browsers show what stands between it and its end tag, but neither of them"
        if len(draft.frames) > 1:
            shown += ", nor the other tags there that are no elements"
    elif not mark.name[0].isascii():
        # A tag to kramdown, which passes it on; to a browser `<` is a sign like any other before such a letter.
        message = f"{tag} is read as a tag"
        shown = ""
    else:
        message = f"{tag} is read as a tag, so the reader does not see it"
        shown = _shown(mark.span, content, seen)
    consequence = _besides(draft, shown, masked, in_kramdown, dropped_by)
    if not consequence:
        return None
    return Problem(
        "unknown",
        mark.span,
        mark.name,
        message,
        consequence,
        help=_ALLOWED if draft.cause == Cause.NO_ELEMENT else "",
        fix=_fix(draft, content, masked),
        related=() if frame.end is None else (Related(frame.end.span, "its end tag"),),
        tags=concerned(draft) if in_kramdown is None else in_kramdown.concerned(draft),
    )


def _besides(draft: Draft, shown: str, masked: Masked, in_kramdown: InKramdown | None, dropped_by: str) -> str:
    """``shown``, and what else comes of the tag."""
    if in_kramdown is not None:
        more = in_kramdown.besides(draft)
        return ", and ".join(part for part in (shown, more) if part)
    if not draft.mark.block:
        return shown
    if dropped_by:
        return f"{dropped_by} leaves out this whole block of HTML, up to the next blank line: raw HTML is off"
    at = draft.mark.span.end
    end = _BLANK_LINE.search(masked.content, at, at + _REACH)
    stop = end.start() if end is not None else min(at + _REACH, len(masked.content))
    if next(literal_markdown(masked.content, at, stop), None) is not None:
        return f"{shown}, and Markdown up to the next blank line stays as it is typed"
    return shown


def _shown(span: Span, content: str, seen: Matched) -> str:
    """What is left of the words round a tag."""
    before = _words_before(content, span.start, seen)
    after = _words_after(content, span.end, seen)
    text = " ".join(html.unescape(before + after).split())
    return f"the reader sees “{text}”" if text else "nothing is shown in its place"


def _words_before(content: str, at: int, seen: Matched) -> str:
    start = max(0, at - _NEARBY)
    text = _EDGE.split(_without_tags(content, start, at, seen))[-1]
    if len(text) > _SHOWN or (start and len(text) == at - start):
        text = text[-_SHOWN:]
        cut = text.find(" ")
        return text[cut + 1 :] if 0 <= cut < _SHOWN // 2 else text
    return _LIST_MARK.sub("", text)


def _words_after(content: str, at: int, seen: Matched) -> str:
    end = min(len(content), at + _NEARBY)
    text = _EDGE.split(_without_tags(content, at, end, seen))[0]
    if len(text) > _SHOWN:
        text = text[:_SHOWN]
        cut = text.rfind(" ")
        return text[:cut] if cut > _SHOWN // 2 else text
    return text


def _without_tags(content: str, start: int, end: int, seen: Matched) -> str:
    """``content[start:end]`` without the tags that are no elements: they vanish as well."""
    pieces: list[str] = []
    at = start
    frames = seen.frames
    for index in range(bisect_left(frames, start, key=lambda frame: frame.mark.span.start), len(frames)):
        span = frames[index].mark.span
        if span.end > end:
            break
        name = frames[index].name
        if name not in KNOWN and name[0].isascii() and span.start >= at:
            pieces.append(content[at : span.start])
            at = span.end
    pieces.append(content[at:end])
    return "".join(pieces)


def _fix(draft: Draft, content: str, masked: Masked) -> Fix | None:
    frame = draft.frames[0]
    if draft.cause == Cause.MISTYPED:
        if frame.end is None and draft.within not in VOID:
            return None  # where it was to end, nobody can say
        edits = [_renamed(frame.mark.span.start + 1, frame.name, draft.within)]
        if frame.end is not None:
            edits.append(_renamed(frame.end.span.start + 2, frame.name, draft.within))
        return Fix(f"write {start_tag(draft.within)}", tuple(edits), Safety.UNSAFE)
    spans = [span for each in draft.frames for span in (each.mark.span, each.end and each.end.span) if span]
    if any(masked.overlaps(span) for span in spans):
        return None
    edits = [edit for span in sorted(spans) for edit in _escaped(span)]
    tag = content[draft.mark.span.start + 1 : draft.mark.span.end - 1]
    shown = " ".join(tag.split())
    title = f"write &lt;{shown}&gt;" if len(shown) <= 30 and len(spans) == 1 else "write &lt; and &gt; for its brackets"
    return Fix(title, tuple(edits), Safety.UNSAFE)


def _renamed(at: int, name: str, meant: str) -> Edit:
    return Edit(Span(at, at + len(name)), meant)


def _escaped(span: Span) -> Iterator[Edit]:
    yield Edit(Span(span.start, span.start + 1), "&lt;")
    yield Edit(Span(span.end - 1, span.end), "&gt;")
