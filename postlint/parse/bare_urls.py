"""Addresses that stand in a text without brackets, where the renderer makes links of them.

goldmark (Hugo, ``linkify``) and marked (Hexo, ``autolink``) do; kramdown and Zola do not. Which characters belong to an
address they say each in their own way; compared with Hugo 0.168 and hexo-renderer-marked 7.0 in the tests.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from postlint.parse.references import closed_spans
from postlint.regex import regex
from postlint.text import Span

if TYPE_CHECKING:
    from postlint.parse.reading import Reading

__all__ = ["bare_urls"]

_GOLDMARK = regex(
    r"(?:(?:https?|ftp)://|www\.)[-a-zA-Z0-9@:%._+~\#=]{1,256}\.[a-z]++(?::\d++)?+"
    r"(?:[/\#?][-a-zA-Z0-9@:%_+.~\#$!?&/=();,'\">^{}\[\]`]*+)?+"
)
_MARKED = regex(r"(?:(?:https?|ftp)://|www\.)(?:[a-zA-Z0-9\-]++\.?+)++[^\s<]*+", re.IGNORECASE)
_SCHEME = regex(r"(?:https?|ftp)\Z", re.IGNORECASE)
_BEFORE_GOLDMARK = frozenset(" \t\n\r*_~\"'>`(")
_GOLDMARK_TAIL = frozenset("?!.,:*_~")
_MARKED_TAIL = frozenset("?!.,:;*_'\"~")
_BRACKET = regex(r"\\.|[\[\]]", re.DOTALL)
_ENTITY = regex(r"&[a-zA-Z0-9]++;")


def bare_urls(doc: Reading) -> Iterator[Span]:
    """Where such addresses stand in a Markdown document, in order. One that begins ``www.`` lacks its scheme."""
    dialect = doc.profile.dialect
    goldmark = dialect.markdown == "goldmark"
    if not (dialect.goldmark.linkify if goldmark else dialect.marked.autolink):
        return
    pattern = _GOLDMARK if goldmark else _MARKED
    content, start = doc.masked.content, doc.body.start
    closed: list[Span] | None = None
    done = 0
    for begin in _beginnings(content, start):
        before_it = content[begin - 1 : begin] if begin > start else "\n"
        if begin < done or (not goldmark and content.endswith(("](", "]((", "://"), start, begin)):
            continue  # marked takes it for the address of a link, or a part of one
        if before_it not in _BEFORE_GOLDMARK if goldmark else before_it == "<":
            continue
        match = pattern.match(content, begin)
        if match is None:
            continue
        if closed is None:
            closed = closed_spans(doc, *(definition.target for definition in doc.definitions))
        done = end = match.end()
        at = bisect_right(closed, (begin, len(content)))
        before = closed[at - 1].end if at else 0
        if before > begin:
            continue
        if goldmark:
            if before_it == "(" and _in_label(content, max(start, content.rfind("\n\n", start, begin)), begin):
                continue
            alone = before_it in ">`" or (before_it in "\"'" and not dialect.goldmark.typographer)
            if alone and before != begin:
                continue  # no tag or code ends here
        elif _in_link(content, begin):
            continue
        if at < len(closed):
            end = min(end, closed[at].start)
        yield Span(begin, _end_of_goldmark(content, begin, end) if goldmark else _end_of_marked(content, begin, end))


def _in_label(content: str, start: int, at: int) -> bool:
    """Whether a bracket is open here, in which goldmark looks for no addresses."""
    depth = 0
    for found in _BRACKET.finditer(content, start, at):
        depth = max(0, depth + {"[": 1, "]": -1}.get(found.group(), 0))
    return depth > 0


def _beginnings(content: str, start: int) -> list[int]:
    """Where an address may begin, in order."""
    found = []
    at = content.find("://", start)
    while at >= 0:
        scheme = _SCHEME.search(content, max(start, at - 5), at)
        if scheme is not None:
            found.append(scheme.start())
        at = content.find("://", at + 3)
    at = content.find("www.", start)
    www = at >= 0
    while at >= 0:
        found.append(at)
        at = content.find("www.", at + 4)
    return sorted(found) if www else found


def _in_link(content: str, at: int) -> bool:
    """Whether an ``<a>`` is open here; marked then makes no link."""
    start = max(0, at - 500)
    opening = content.rfind("<a", start, at)
    return opening >= 0 and content[opening + 2].isspace() and content.find("</a", opening, at) < 0


# What comes off the end, as it belongs to the sentence.


def _end_of_goldmark(content: str, start: int, end: int) -> int:
    while content[end - 1] in _GOLDMARK_TAIL:
        end -= 1
    if content[end - 1] == ")":
        return end - max(0, content.count(")", start, end) - content.count("(", start, end))
    if content[end - 1] == ";":
        ampersand = content.rfind("&", start, end)
        if ampersand >= 0 and _ENTITY.fullmatch(content, ampersand, end):
            return ampersand
    return end


def _end_of_marked(content: str, start: int, end: int) -> int:
    while end > start:
        last = content[end - 1]
        if last in _MARKED_TAIL and last != ";":
            end -= 1
        elif last == ")":
            inside = content[start:end]
            if inside.count(")") <= inside.count("("):
                break
            end -= 1
        elif last == ";":
            ampersand = content.rfind("&", start, end)
            if ampersand >= 0 and _ENTITY.fullmatch(content, ampersand, end):
                end = ampersand
            else:
                end -= 1
        else:
            break
    return end
