"""Where templates branch, repeat or wrap: tags that cross such a border are known only when the site is built."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.parse.nesting.marks import Mark
from postlint.parse.ranges import disjoint
from postlint.parse.templates import Masked
from postlint.regex import regex
from postlint.text import Span

__all__ = ["branches", "enclosed", "merge", "template_blocks"]

_NAME = regex(r"\{(?:%[-+]?|\{[<%])\s*+(/?)\s*+([A-Za-z_][\w./-]*+)")
_CONTROL = frozenset({"case", "for", "if", "ifchanged", "ifversion", "tablerow", "unless"})
"""Template blocks that show their content as it is; what others make of it, they alone know."""
_SEPARATORS = frozenset({"else", "elsif", "elseif", "elif", "when"})


def branches(content: str, masked: Masked) -> list[Mark]:
    """The borders of template blocks: ``{% if %}``, ``{% else %}``, ``{% endif %}``, ``{{< x >}}``, ``{{< /x >}}``.

    A block is whatever has an end tag: ``endname`` in Liquid and its kin, ``/name`` in Hugo.
    """
    if not masked.spans:
        return []
    tags: list[tuple[Span, str, bool]] = []
    ends: set[str] = set()
    for span in masked.spans:
        match = _NAME.match(content, span.start, min(span.end, span.start + 200))
        if match is None:
            continue
        slash, name = match.groups()
        is_end = bool(slash)
        if content[span.start + 1] == "%" and name.startswith("end"):
            is_end, name = True, name[3:]
        if is_end:
            ends.add(name)
        tags.append((span, name, is_end))
    found: list[Mark] = []
    for span, name, is_end in tags:
        if is_end:
            found.append(Mark("branch-end", span, name))
        elif name in _SEPARATORS:
            found.append(Mark("branch-next", span, name))
        elif (name in ends or "" in ends) and not content.startswith(("/>}}", "/%}}"), span.end - 4):
            found.append(Mark("branch", span, name))
    return found


def template_blocks(content: str, masked: Masked) -> list[Span]:
    """The outermost template blocks, tags included: what stands in one may come once, not at all, or many times."""
    found: list[Span] = []
    depth = start = 0
    for mark in branches(content, masked):
        if mark.kind == "branch":
            if not depth:
                start = mark.span.start
            depth += 1
        elif mark.kind == "branch-end" and depth:
            depth -= 1
            if not depth:
                found.append(Span(start, mark.span.end))
    return found


def merge(marks: Iterator[Mark], borders: list[Mark]) -> Iterator[Mark]:
    """Both sequences as one, in the order of the text."""
    at = 0
    count = len(borders)
    for mark in marks:
        while at < count and borders[at].span.start < mark.span.end and borders[at].span.start <= mark.span.start:
            yield borders[at]
            at += 1
        yield mark
    yield from borders[at:]


def enclosed(content: str, masked: Masked) -> list[Span]:
    """What stands in template blocks that may do anything with it: show it as code, render it, leave it out.

    In order and without overlaps: see :func:`inside`.
    """
    found: list[Span] = []
    opened: list[tuple[str, int]] = []
    for mark in branches(content, masked):
        if mark.kind == "branch":
            opened.append((mark.name, mark.span.end))
        elif mark.kind == "branch-end":
            while opened:
                name, start = opened.pop()
                if name == mark.name:
                    if name not in _CONTROL:
                        found.append(Span(start, mark.span.start))
                    break
    return disjoint(found)
