"""Putting the entries of front matter in another order: whole entries move with their comments, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from postlint.api import Edit, Entry, Format, FrontMatter, Span, regex

__all__ = ["reordered"]

_LINES = regex(r"[^\r\n]*(?:\r\n|\r|\n)")
_LINE_END = regex(r"(?:\r\n|\r|\n)?")
_OTHER_LINE_ENDS = regex("[\x85\u2028\u2029]")
"""YAML ends lines there, other readers do not."""
_KEEPS_BLANK_LINES = regex(r"[|>][0-9]?\+[0-9]?\s*(?:#.*)?$", re.M)
_DOTTED_KEY = regex(r"""^[ \t]*[\w"'-]+[ \t]*\.""", re.M)
_ANCHOR = regex(r"(?:^|[\s\[{,:])[&*][^\s,\[\]{}]")
_MUST_BE_FIRST = "yaml-language-server"


def reordered(content: str, front: FrontMatter, slots: Sequence[int], order: Sequence[int]) -> tuple[Edit, ...]:
    """The edits after which entry ``order[n]`` stands where ``slots[n]`` did; () where they would not be safe.

    Args:
        slots: the numbers of the entries that move, as they stand.
        order: the same numbers, as they are to stand.
    """
    entries = front.entries
    keys = [entry.key for entry in entries]
    if front.error is not None or front.defect is not None or len(set(keys)) < len(keys):
        return ()
    if any(entry.is_merge for entry in entries) or _OTHER_LINE_ENDS.search(content, *front.content):
        return ()
    if front.format is Format.YAML and _crosses_anchor(content, entries, slots, order):
        return ()
    if content[front.content.start : front.content.end].lstrip()[:1] == "{" or front.format is Format.JSON:
        return _exchanged(content, entries, slots, order)
    first, last = slots[0], slots[-1]
    pieces = _pieces(content, front, first, last)
    if pieces is None:
        return ()
    at = dict(zip(slots, order, strict=True))
    text = "".join(
        content[slice(*pieces[at.get(slot, slot) - first].entry)] + content[slice(*pieces[slot - first].gap)]
        for slot in range(first, last + 1)
    )
    return (Edit(Span(pieces[0].entry.start, pieces[-1].gap.end), text),)


def _exchanged(content: str, entries: Sequence[Entry], slots: Sequence[int], order: Sequence[int]) -> tuple[Edit, ...]:
    """In braces: what stands between the entries stays, commas and line ends and all."""
    if "#" in content[entries[slots[0]].span.start : entries[slots[-1]].span.end]:
        return ()  # perhaps a comment, which nobody can say belongs to which
    return tuple(
        Edit(entries[slot].span, content[slice(*entries[other].span)])
        for slot, other in zip(slots, order, strict=True)
        if slot != other
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """The lines of an entry with the comment above it, and the blank lines that follow."""

    entry: Span
    gap: Span


def _pieces(content: str, front: FrontMatter, first: int, last: int) -> list[_Piece] | None:
    """Of the entries from ``first`` to ``last``; None where a line is not surely one's or the other's."""
    entries = front.entries
    if front.format is Format.TOML and _DOTTED_KEY.search(content, *front.content):
        return None  # one entry may then stand in several places
    last_end = _LINE_END.match(content, front.content.end)  # to Hexo that of the last line is the fence's
    end_of_all = last_end.end() if last_end is not None else front.content.end
    lines = [Span(*match.span()) for match in _LINES.finditer(content, front.content.start, end_of_all)]
    if not lines or lines[-1].end != end_of_all:
        return None
    number_at = {line.start: number for number, line in enumerate(lines)}
    starts = []
    indent: str | None = None
    for entry in entries[: last + 2]:
        line = content.rfind("\n", 0, entry.key_span.start) + 1
        line = max(line, content.rfind("\r", 0, entry.key_span.start) + 1)
        before = content[line : entry.key_span.start]
        if front.format is Format.TOML:
            before = before.replace("[", "")  # of a table, before which the last key ends
        if before.strip(" \t\"'") or line not in number_at:
            return None
        indent = before.strip("\"'") if indent is None else indent
        if front.format is Format.YAML and before.strip("\"'") != indent:
            return None
        starts.append(number_at[line])
    tops = [_top(content, lines, start, indent or "") for start in starts]
    found = []
    for number in range(first, last + 1):
        bottom = tops[number + 1] if number + 1 < len(tops) else len(lines)
        end = bottom
        surely = _surely_inside(content, front, entries[number])
        while end > starts[number] + 1 and lines[end - 1].start >= surely and not _text(content, lines[end - 1]):
            end -= 1
        for inner in lines[starts[number] + 1 : end]:
            if inner.start >= surely and _is_comment(content, inner, indent or ""):
                return None  # between blank lines, or below its entry: nobody can say whose it is
        body = content[lines[tops[number]].start : lines[end - 1].end]
        if (front.format is Format.YAML and _KEEPS_BLANK_LINES.search(body)) or _MUST_BE_FIRST in body:
            return None
        gap = Span(lines[end - 1].end, lines[bottom - 1].end)
        found.append(_Piece(Span(lines[tops[number]].start, lines[end - 1].end), gap))
    return found


def _top(content: str, lines: Sequence[Span], start: int, indent: str) -> int:
    """The first line of the comment right above an entry."""
    while start > 0 and _is_comment(content, lines[start - 1], indent):
        start -= 1
    return start


def _surely_inside(content: str, front: FrontMatter, entry: Entry) -> int:
    """Up to where blank lines and number signs are the value's own."""
    if front.format is Format.TOML or content[entry.node.span.start : entry.node.span.start + 1] in (
        '"',
        "'",
        "[",
        "{",
    ):
        return entry.span.end
    return entry.key_span.end


def _is_comment(content: str, line: Span, indent: str) -> bool:
    """A comment that begins where keys do; what is deeper in belongs to a value."""
    return content.startswith(indent + "#", line.start)


def _text(content: str, line: Span) -> str:
    return content[line.start : line.end].strip()


def _crosses_anchor(content: str, entries: Sequence[Entry], slots: Sequence[int], order: Sequence[int]) -> bool:
    """Whether entries with anchors or aliases would change places among themselves: an alias must follow its anchor."""
    marked = {slot for slot, entry in enumerate(entries) if _ANCHOR.search(content, entry.key_span.end, entry.span.end)}
    at = dict(zip(slots, order, strict=True))
    after = [at.get(slot, slot) for slot in range(len(entries))]
    return [slot for slot in after if slot in marked] != sorted(marked)
