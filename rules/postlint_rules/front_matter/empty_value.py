"""Keys that are there, must be there, and say nothing."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Entry, Finding, Kind, Node, Severity, generator_for, schema_for
from postlint_rules.front_matter import _effects as effects


class EmptyValue(DocumentRule):
    """Required keys of the schema without a value, and titles without a word where the generator has no other."""

    severity = Severity.WARNING

    def check(self, doc: Document) -> Iterator[Finding]:
        entries = doc.front_matter.entries
        if not entries:
            return
        empty = [entry for entry in entries if _is_empty(entry.node)]
        if not empty or effects.is_template(doc):
            return
        schemas = doc.profile.schemas
        schema = schema_for(schemas, doc.path) if schemas else None
        wanted = schema.by_name if schema is not None else {}
        for entry in empty:
            if doc.front_matter.get(entry.key) is not entry:
                continue  # one that does not count: front-matter/duplicate-key
            field = wanted.get(entry.key)
            if field is not None and field.non_empty:
                continue  # front-matter/invalid-value
            consequence = _consequence(doc, entry)
            if field is not None and field.required and entry.node.value is None:
                yield Finding(entry.span, f"`{entry.key}` must be there, and nothing is written", consequence)
            elif consequence:
                yield Finding(entry.span, f"`{entry.key}` is empty", consequence)


def _is_empty(node: Node) -> bool:
    return node.kind == "scalar" and (not node.text.strip() or (node.value is None and not node.quoted))


def _consequence(doc: Document, entry: Entry) -> str:
    if entry.key.lower() != "title" or doc.name.startswith("_index."):
        return ""
    generator = generator_for(doc.profile)
    kinds = (Kind.POST,) if generator.name in ("jekyll", "hexo") else (Kind.PAGE,)
    if generator.name == "plain" or generator.kind(doc.path) not in kinds:
        return ""
    fate = generator.fate(doc)
    return f"{generator.title} publishes it without a title" if fate.published and not fate.title.strip() else ""
