"""Merge conflicts that were committed unresolved, and single markers left over from one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding, Generator, Related, Span, generator_for, regex

_MARKER = regex(
    r"(?:\A|(?<=[\r\n]))(?:(?P<kind>[<>|])(?P=kind){6}(?![<>|])(?:[ \t](?P<label>[^\r\n]*))?|=======)(?=[\r\n]|\Z)"
)
_LABEL = regex(
    r"(?:HEAD|ours|theirs|main|master)\b|Updated upstream|Stashed changes|parent of |origin/|[0-9a-f]{7,40}\b"
)
"""What git writes behind a marker: seven ``>`` with other words behind them are a deep quotation."""


class MergeConflict(DocumentRule):
    """Conflict markers as git leaves them: seven characters at the start of a line.

    A marker is only looked at outside code, and ``=======`` only between two others: alone it underlines a heading.
    """

    def check(self, doc: Document) -> Iterator[Finding]:
        content = doc.content
        if "<<<<<<<" not in content and ">>>>>>>" not in content:
            return
        generator = generator_for(doc.profile)
        for group in _conflicts(content):
            if not _is_example(doc, group):
                yield _finding(doc, generator, group)


def _conflicts(content: str) -> Iterator[list[re.Match[str]]]:
    """The markers that belong together, in order: open, base, separator, close; some may be missing."""
    group: list[re.Match[str]] = []
    separator: re.Match[str] | None = None  # one that stands outside a conflict, before a leftover end marker
    for match in _MARKER.finditer(content):
        match match["kind"]:
            case "<":
                if group:
                    yield group
                group, separator = [match], None
            case ">":
                if group:
                    yield [*group, match]
                elif separator is not None:
                    yield [separator, match]
                elif _LABEL.match(match["label"] or ""):
                    yield [match]
                group, separator = [], None
            case "|" if not group:
                pass
            case _ if group:
                group.append(match)
            case _:
                separator = None if _underlines(content, match.start()) else match
    if group:
        yield group


def _underlines(content: str, at: int) -> bool:
    """Whether text stands right above the line at ``at``, so that ``=======`` makes a heading of it."""
    above = content[:at].rstrip("\r\n") if at < 2 else content[max(0, at - 200) : at]
    lines = above.splitlines()
    return bool(lines) and bool(lines[-1].strip())


def _is_example(doc: Document, group: list[re.Match[str]]) -> bool:
    """Whether all the markers stand in one piece of code: a page about git shows them on purpose."""
    start, end = group[0].start(), group[-1].end()
    if start < doc.body.start:
        return False
    if any(span.start <= start and end <= span.end + 1 for span in (*doc.outline.code, *doc.masked.spans)):
        return True
    return doc.content.rfind("<pre", 0, start) > doc.content.rfind("</pre", 0, start)


def _finding(doc: Document, generator: Generator, group: list[re.Match[str]]) -> Finding:
    position = doc.text.position
    first, last = group[0], group[-1]
    kinds = [match["kind"] or "=" for match in group]
    complete = kinds[0] == "<" and kinds[-1] == ">"
    names = {
        "<": "the other version begins",
        "|": "the common version begins",
        "=": "the second version",
        ">": "its end",
    }
    related = tuple(Related(Span(*match.span()), names[kind]) for match, kind in zip(group, kinds, strict=True))[1:]
    if complete and "=" in kinds:
        message = f"an unresolved merge conflict: lines {position(first.start()).line} to {position(last.start()).line}"
        message += " hold both versions of one text"
        help_ = "keep one version, or join them, and delete the marker lines"
    elif len(group) > 1:
        message = "what is left of a merge conflict: some of its marker lines are still there"
        help_ = "see what the text was meant to be, and delete the marker lines"
    else:
        message = f"`{first.group()[:7]}` is left over from a merge conflict"
        help_ = "see what the text around it was meant to be, and delete the line"
    in_front_matter = first.start() < doc.body.start
    if in_front_matter:
        consequence = f"{generator.title} cannot read the front matter"
    elif complete and "=" in kinds:
        consequence = "readers see both versions, and the markers between them"
    else:
        consequence = "readers see the marker"
    return Finding(Span(*first.span()), message, consequence, help_, related=related)
