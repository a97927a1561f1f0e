"""An attribute that a tag gives more than once."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Attribute, Document, DocumentRule, Edit, Finding, Fix, Related, Severity, Tag, regex
from postlint_rules.html._reading import as_read
from postlint_rules.html._tags import quoted, tags_of, whole, with_space_before, written

__all__ = ["DuplicateAttribute"]

_NAME = regex(r"[A-Za-z_:@][\w:.\-@]*+\Z")


class DuplicateAttribute(DocumentRule):
    """An attribute that a tag gives more than once."""

    severity = Severity.WARNING
    needs = "html"

    def check(self, doc: Document) -> Iterator[Finding]:
        for tag in tags_of(doc):
            if len(tag.attributes) < 2 or not tag.complete:
                continue
            names = [attribute.name for attribute in tag.attributes]
            if len(set(names)) == len(names):
                continue
            for name in dict.fromkeys(names):
                if names.count(name) > 1 and _NAME.match(name):
                    yield _finding(doc, tag, [attribute for attribute in tag.attributes if attribute.name == name])


def _finding(doc: Document, tag: Tag, same: list[Attribute]) -> Finding:
    name = same[0].name
    values = [None if attribute.value is None else written(doc, attribute) for attribute in same]
    times = "twice" if len(same) == 2 else f"{len(same)} times"
    span = whole(same[1])
    related = (Related(whole(same[0]), "it is here already"),)
    if len(set(values)) == 1:
        edits = tuple(Edit(with_space_before(doc, whole(attribute)), "") for attribute in same[1:])
        return Finding(
            span,
            f"{name} is written {times} in <{tag.name}>, each time the same",
            "one is enough: programs that read HTML strictly refuse a second",
            fix=Fix(f"remove the {'second' if len(same) == 2 else 'further'} {name}", edits),
            related=related,
        )
    shown = [quoted(value or "") for value in dict.fromkeys(values)]
    listing = ", ".join(shown[:-1]) + f" and {shown[-1]}"
    if as_read(doc).kramdown is not None:
        who = "Jekyll keeps" if doc.profile.generator == "jekyll" else "kramdown keeps"
        kept = f"{who} the last, {quoted(values[-1] or '')}"
    else:
        kept = f"browsers keep the first, {quoted(values[0] or '')}"
    advice = f"write all classes in one: class={quoted(' '.join(filter(None, values)))}" if name == "class" else ""
    return Finding(span, f"{name} is written {times} in <{tag.name}>: {listing}", kept, advice, related=related)
