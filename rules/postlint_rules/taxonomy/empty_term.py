"""Terms that are empty."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding, Fix, Node, Severity
from postlint_rules.taxonomy import _forms as forms
from postlint_rules.taxonomy._lists import may_hold_terms, without_item

_KEYS = {"tags": "tags", "tag": "tags", "categories": "categories", "category": "categories"}


class EmptyTerm(DocumentRule):
    """Items of a list of terms in which nothing is written, or white space alone."""

    severity = Severity.WARNING

    def check(self, doc: Document) -> Iterator[Finding]:
        for entry in may_hold_terms(doc):
            node = entry.node
            if node.kind == "list" and (taxonomy := _taxonomy(doc, entry.key)):
                for index, item in enumerate(node.items):
                    if item.kind == "scalar" and (item.value is None or not item.text.strip()):
                        yield _finding(doc, node, index, taxonomy)


def _taxonomy(doc: Document, key: str) -> str:
    for setting in doc.profile.taxonomies:
        if key == setting.name or key in setting.fields:
            return setting.name
    own = getattr(doc.profile.options, "taxonomies", ())
    match doc.profile.generator:
        case "hugo":
            return next((plural for _, plural in own if plural.lower() == key.lower()), "")
        case "zola":
            return next((key for _, known in own for taxonomy in known if taxonomy.name == key), "")
        case _:
            return _KEYS.get(key, "")


def _finding(doc: Document, node: Node, index: int, taxonomy: str) -> Finding:
    item = node.items[index]
    edit = without_item(doc.content, node, index)
    fix = Fix("delete it", (edit,)) if edit is not None else None
    help_ = "" if fix is not None else "delete it"
    message = f"an item of this list of {taxonomy} is empty"
    return Finding(item.span, message, _consequence(doc.profile.generator, taxonomy, item), help_, fix)


def _consequence(generator: str, taxonomy: str, item: Node) -> str:
    """Measured with Jekyll 4.3.1, Hugo 0.168 and Hexo 8.1.2: only texts count, and an empty one only for Jekyll."""
    one = forms.singular(taxonomy)
    if not isinstance(item.value, str) or (generator != "jekyll" and not item.value):
        return ""
    match generator:
        case "jekyll":
            return f"Jekyll makes a {one} without a name of it"
        case "hugo":
            return f"Hugo makes a page for a {one} without a name, at /{taxonomy}/-/"
        case "hexo":
            return f"Hexo makes a page for a {one} without a name"
        case _:
            return ""
