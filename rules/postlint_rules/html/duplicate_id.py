"""An id that more than one place of a page has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from postlint.api import (
    Document,
    DocumentRule,
    Finding,
    Ranges,
    Related,
    Severity,
    Span,
    ids_of_headings,
    regex,
    template_blocks,
)
from postlint_rules.html._reading import as_read
from postlint_rules.html._tags import quoted, tags_of, whole, written

__all__ = ["DuplicateId"]

_TAG = regex(r"<[^<>]*+>|\{:?[^{}\n]*+\}")
_MARKS = " \t\r\n#>*-"
_NEAR = 500
_OWN_ID = regex(r"\{:?[^{}\n]{0,200}#")
_COUNTING = frozenset({"kramdown", "kramdown-gfm", "hexo"})
"""Algorithms that number headings of the same words without a look at the others."""


class _Place(NamedTuple):
    """Where an id stands: the characters to point at, the whole tag or heading, and what has it."""

    span: Span
    around: Span
    owner: str


class DuplicateId(DocumentRule):
    """An id that more than one place of a page has."""

    severity = Severity.WARNING

    def check(self, doc: Document) -> Iterator[Finding]:
        places = _of_tags(doc)
        if not _may_clash(doc, bool(places)):
            return
        places += _of_headings(doc)
        if len(places) < 2:
            return
        by_id: dict[str, list[_Place]] = {}
        blocks = Ranges(template_blocks(doc.content, doc.masked) if doc.masked.spans else ())
        for id_, place in sorted(places, key=lambda pair: pair[1].span):
            if not blocks.hold(place.span.start):
                by_id.setdefault(id_, []).append(place)
        for id_, same in by_id.items():
            if len(same) > 1:
                same = _apart(doc, same)
            if len(same) > 1:
                yield _finding(doc, id_, same)


def _of_tags(doc: Document) -> list[tuple[str, _Place]]:
    found: list[tuple[str, _Place]] = []
    for tag in tags_of(doc):
        attribute = tag.get("id") if tag.attributes and not tag.foreign and tag.complete else None
        if attribute is not None and attribute.value is not None and not doc.masked.overlaps(attribute.value):
            id_ = written(doc, attribute)
            if id_ and not any(char.isspace() for char in id_):
                found.append((id_, _Place(whole(attribute), tag.span, f"<{tag.name}>")))
    return found


def _may_clash(doc: Document, has_ids: bool) -> bool:
    """Whether to ask what ids the headings get, which takes longer than all else here."""
    if has_ids:
        return True
    if not doc.is_markdown or len(doc.outline.headings) < 2:
        return False
    content = doc.masked.content
    if ("{#" in content or "{:" in content) and _OWN_ID.search(content) is not None:
        return True
    headings = doc.outline.headings
    if len(headings) < 3 or doc.profile.dialect.heading_ids not in _COUNTING:
        return False
    # The second "Step" gets the number that "Step 1" has in its name.
    if not any(content[heading.text.end - 1 : heading.text.end].isdigit() for heading in headings):
        return False
    texts = [content[heading.text.start : heading.text.end] for heading in headings]
    return len(set(texts)) < len(texts)


def _of_headings(doc: Document) -> list[tuple[str, _Place]]:
    read = as_read(doc)
    if not doc.is_markdown or read.profile.generator == "plain":
        return []
    scan = read.kramdown
    raw: list[Span] = []
    if scan is not None:
        raw += (region.span for region in scan.raw)
        # kramdown's GFM parser does not reach headings in `<div markdown="1">`: these get ids by another rule.
        raw += (Span(e.start.end, e.end.start) for e in scan.elements if e.block and e.model == "block" and e.end)
    return [(id_, _Place(heading.text, heading.span, "heading")) for heading, id_ in ids_of_headings(read, raw)]


def _apart(doc: Document, places: list[_Place]) -> list[_Place]:
    """Without those at the very place of another: ``<a id="x"></a>`` before the heading that gets the same id."""
    kept = places[:1]
    for place in places[1:]:
        start, end = kept[-1].around.end, place.around.start
        if start < end and (end - start > _NEAR or _TAG.sub("", doc.content[start:end]).strip(_MARKS)):
            kept.append(place)
    return kept


def _finding(doc: Document, id_: str, places: list[_Place]) -> Finding:
    first, second = places[0], places[1]
    line, column = doc.text.position(first.span.start)
    where = f"{line}:{column}"
    more = len(places) - 2
    also = f", and {more} more place{'s have' if more > 1 else ' has'} it" if more else ""
    if second.owner == "heading":
        what = "a heading" if first.owner == "heading" else first.owner
        message = f"this heading gets the id {quoted(id_)}, which {what} at {where} has already{also}"
    elif first.owner == "heading":
        message = f"the id {quoted(id_)} is that of the heading at {where} already{also}"
    else:
        message = f"the id {quoted(id_)} stands at {where} already{also}"
    return Finding(
        second.span,
        message,
        f"links to #{id_} lead to the first",
        "give each an id of its own",
        related=(Related(first.span, "the first"),),
    )
