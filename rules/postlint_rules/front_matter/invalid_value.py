"""A value that the site's schema does not allow."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Edit, Finding, Fix, Node, Safety, Span, schema_for
from postlint_rules.front_matter import _effects as effects
from postlint_rules.front_matter._schema import complaints


class InvalidValue(DocumentRule):
    """Type, enum, pattern, length, format and items of the site's schema."""

    def check(self, doc: Document) -> Iterator[Finding]:
        schemas = doc.profile.schemas
        if not schemas or not doc.front_matter.entries:
            return
        schema = schema_for(schemas, doc.path)
        if schema is None or effects.is_template(doc):
            return
        generator = doc.profile.generator
        wanted = schema.by_name
        lower = {key.lower(): field for key, field in wanted.items()} if generator == "hugo" else {}
        for entry in doc.front_matter.entries:
            field = wanted.get(entry.key) or lower.get(entry.key.lower())
            if field is None:
                continue
            for found in complaints(entry.node, field, entry.key, generator):
                span = _span(doc, found.node) if found.node.span.end > found.node.span.start else entry.key_span
                fix = _quoted(doc, found.node) if found.quote else None
                yield Finding(span, found.message, help="" if fix else found.help, fix=fix)


def _span(doc: Document, node: Node) -> Span:
    """The value, in its first line."""
    stop = doc.content.find("\n", node.span.start, node.span.end)
    return node.span if stop < 0 else Span(node.span.start, stop)


def _quoted(doc: Document, node: Node) -> Fix | None:
    start, end = node.span
    if doc.content[start:end] != node.text or '"' in node.text or "\\" in node.text:
        return None
    return Fix("put it in quotes", (Edit(Span(start, start), '"'), Edit(Span(end, end), '"')), Safety.SAFE)
