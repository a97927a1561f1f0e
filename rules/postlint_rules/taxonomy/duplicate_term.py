"""A term that stands twice in one list."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import (
    Document,
    DocumentRule,
    Edit,
    Finding,
    Fix,
    Node,
    Related,
    Severity,
    Span,
    TermUse,
    term_uses,
)
from postlint_rules.taxonomy import _forms as forms
from postlint_rules.taxonomy._lists import may_hold_terms, without_item


class DuplicateTerm(DocumentRule):
    """Repeated items of a list of terms, and repeated words of a string that the generator splits."""

    severity = Severity.WARNING

    def check(self, doc: Document) -> Iterator[Finding]:
        if not doc.front_matter.entries:
            return
        uses = term_uses(doc)
        if len(uses) < 2:
            return
        first, last = uses[0].span.start, uses[-1].span.start
        for entry in may_hold_terms(doc):
            node = entry.node
            if node.span.end < first or node.span.start > last:
                continue
            if node.kind == "list" or (node.kind == "scalar" and " " in node.text):
                inside = [use for use in uses if node.span.start <= use.span.start and use.span.end <= node.span.end]
                if len(inside) > 1:
                    yield from (
                        _in_list(doc, node, inside[0].taxonomy) if node.kind == "list" else _in_words(doc, inside)
                    )


def _in_list(doc: Document, node: Node, taxonomy: str) -> Iterator[Finding]:
    seen: dict[str, Node] = {}
    for index, item in enumerate(node.items):
        if item.kind == "scalar" and item.value is not None and item.text.strip():
            first = seen.setdefault(item.text, item)
            if first is not item:
                yield _finding(doc, taxonomy, item.text, item.span, first.span, without_item(doc.content, node, index))


def _in_words(doc: Document, uses: list[TermUse]) -> Iterator[Finding]:
    seen: dict[str, TermUse] = {}
    for use in uses:
        first = seen.setdefault(use.term, use)
        if first is not use:
            yield _finding(doc, use.taxonomy, use.term, use.span, first.span, _without_word(doc.content, use))


def _finding(doc: Document, taxonomy: str, term: str, span: Span, first: Span, edit: Edit | None) -> Finding:
    fix = Fix("delete the second one", (edit,)) if edit is not None else None
    return Finding(
        span,
        f"the {forms.singular(taxonomy)} `{term}` stands twice in this list",
        _consequence(doc.profile.generator, taxonomy),
        "" if fix is not None else "delete one of them",
        fix,
        (Related(first, "the first one"),),
    )


def _consequence(generator: str, taxonomy: str) -> str:
    """Measured with Jekyll 4.3.1, Hugo 0.168 and Hexo 8.1."""
    match generator:
        case "jekyll" if taxonomy == "tags":
            return "Jekyll lists the post twice under this tag"
        case "hugo":
            return "Hugo lists the page once, but a template that prints the list prints the term twice"
        case "hexo":
            return "Hexo counts the post twice"
        case _:
            return ""


def _without_word(content: str, use: TermUse) -> Edit | None:
    """The edit that takes a word and the blanks before it out of a string; None where it is written with escapes."""
    start, end = use.span
    if content[start:end] != use.term or not content[start - 1].isspace():
        return None
    while content[start - 1] in " \t":
        start -= 1
    return Edit(Span(start, end), "")
