"""Characters that nobody sees, and those of which only � is left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum

from postlint.api import Document, DocumentRule, Edit, Finding, Fix, Related, Safety, Severity, Span, regex
from postlint_rules.post._invisible import RUN, describe, is_orthography, may_hold_any, meant

_MORE_PLACES = 4
_BIDI = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
_STOPS = regex(r"[\s\"'<>()\[\]]")
_BEFORE_ADDRESS = regex(r"(?:\]\(|\]:[ \t]*<?|\b(?:href|src)\s*=\s*[\"']?|<|^)$", re.I)
_SCHEME = regex(r"(?:https?:|mailto:|/)")
_NAMED = regex(r"U\+FFFD|replacement character|�", re.I)


class _Where(IntEnum):
    """Places, from the one where such a character does most harm."""

    KEY = 0
    ADDRESS = 1
    VALUE = 2
    CODE = 3
    TEXT = 4


class InvisibleCharacters(DocumentRule):
    """Invisible characters: one finding for each kind in a file, at the place where it does most harm."""

    severity = Severity.WARNING

    def check(self, doc: Document) -> Iterator[Finding]:
        content = doc.content
        if not may_hold_any(doc.text.utf8, content) or "\0" in content:
            return
        found: dict[str, list[tuple[_Where, Span]]] = {}
        lost = set(doc.text.undecodable)
        defect = doc.front_matter.defect
        for match in RUN.finditer(content):
            span = Span(*match.span())
            if span.start in lost or (defect is not None and defect.kind == "bom" and span.start <= defect.span.start):
                continue
            where = _where(doc, span)
            run = match.group()
            if run != "\ufffd" and where in (_Where.TEXT, _Where.VALUE) and is_orthography(content, *span):
                continue
            if run == "\ufffd" and _is_named(content, span, where):
                continue
            key = run if run < "\U000e0000" else "\U000e0000"
            found.setdefault(key, []).append((where, span))
        for places in found.values():
            yield _finding(doc, places)


def _is_named(content: str, span: Span, where: _Where) -> bool:
    """Whether a text speaks of the replacement character rather than having lost one."""
    if where is _Where.CODE or "U+FFFD" in content:
        return True
    before, after = content[span.start - 1 : span.start], content[span.end : span.end + 1]
    return not (before.isalnum() or after.isalnum() or before == "\ufffd" or after == "\ufffd")


def _where(doc: Document, span: Span) -> _Where:
    content = doc.content
    if span.start < doc.body.start:
        for entry in doc.front_matter.entries:
            if entry.key_span.start <= span.start <= entry.key_span.end:
                return _Where.KEY
        return _Where.VALUE
    start = span.start
    while start > doc.body.start and not _STOPS.match(content[start - 1]) and span.start - start < 300:
        start -= 1
    if _BEFORE_ADDRESS.search(content, max(0, start - 12), start) and _SCHEME.match(content, start):
        return _Where.ADDRESS
    if doc.is_markdown and any(code.start <= span.start < code.end for code in doc.outline.code):
        return _Where.CODE
    return _Where.TEXT


def _finding(doc: Document, places: Sequence[tuple[_Where, Span]]) -> Finding:
    content = doc.content
    where, span = min(places)
    run = content[span.start : span.end]
    message = f"{_article(describe(run))}, which nobody sees"
    if run == "\ufffd":
        message = "a character was lost here: only the replacement character (U+FFFD) is left"
    elif run in _BIDI:
        message = f"{_article(describe(run))}, which turns the order of what stands behind it"
    elif (letter := meant(run)) is not None:
        message = f"a {describe(run)}; in Windows-1252 it is “{letter}”"
    if len(places) > 1:
        message += f" ({len(places)} such places)"
    help_ = "write the character again" if run == "\ufffd" else ""
    fix = None
    if run != "\ufffd":
        edits = tuple(Edit(place, _instead(content, place)) for _, place in places)
        title = f"write {letter} instead" if (letter := meant(run)) is not None else "delete it"
        fix = Fix(title if len(places) == 1 else title.replace("it", "them"), edits, Safety.UNSAFE)
    related = tuple(Related(place, "another one") for _, place in places if place != span)[:_MORE_PLACES]
    return Finding(span, message, _consequence(run, where), help_, fix, related)


def _article(words: str) -> str:
    return words if words[0].isdigit() else f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _instead(content: str, span: Span) -> str:
    """What stands there after the fix: a separator of lines leaves a blank between two words."""
    run = content[span.start : span.end]
    if run in "\u2028\u2029\x0b":
        before, after = content[span.start - 1 : span.start], content[span.end : span.end + 1]
        return " " if before.strip() and after.strip() else ""
    return meant(run) or ""


def _consequence(run: str, where: _Where) -> str:
    match where:
        case _Where.KEY:
            return "the key is not the one that it looks like"
        case _Where.ADDRESS:
            return "it is part of the address, so the link leads to another place than it looks"
        case _Where.VALUE if run != "\ufffd":
            return "it is part of the value: of the title, the term or the address made of it"
        case _Where.CODE:
            return "who copies the code copies it too, and the code may not run"
    if run == "\ufffd":
        return "readers see �"
    if run >= "\U000e0000":
        return "they hide a text from readers, but not from programs"
    if run in _BIDI or run in "\u202c\u2069":
        return "readers may see characters in another order than they stand in"
    if run < "\x20":
        return "a feed that holds it is no XML, and readers of feeds may refuse it"
    return "who searches for the word that holds it does not find it"
