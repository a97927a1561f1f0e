"""Keys that do not stand in the site's order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from postlint.api import Document, DocumentRule, Finding, Fix, Format, Related, Safety, Severity, schema_for


@dataclass(frozen=True, slots=True)
class Options:
    """
    Attributes:
        order: the keys in the order in which they are to stand. Keys that are not in it may stand anywhere. Empty: the
            order in which the schema of the file has its fields.
    """

    order: tuple[str, ...] = ()


class KeyOrder(DocumentRule):
    """Front matter whose keys stand in another order than the declared one."""

    severity = Severity.INFO
    on = False
    Options = Options

    def check(self, doc: Document) -> Iterator[Finding]:
        front = doc.front_matter
        if len(front.entries) < 2:
            return
        order = self.options.order or _of_schema(doc)
        if not order:
            return
        # Hugo does not mind how keys are capitalised.
        fold = str.lower if doc.profile.generator == "hugo" else str
        rank = {fold(key): place for place, key in enumerate(order)}
        slots = [
            number
            for number, entry in enumerate(front.entries)
            if fold(entry.key) in rank and not (front.format is Format.TOML and _is_table(doc, number))
        ]
        wanted = sorted(slots, key=lambda number: rank[fold(front.entries[number].key)])
        if slots == wanted:
            return
        highest = slots[0]
        for number in slots[1:]:
            if rank[fold(front.entries[number].key)] < rank[fold(front.entries[highest].key)]:
                yield self._finding(doc, order, number, highest, slots, wanted)
                return
            highest = number

    def _finding(
        self, doc: Document, order: tuple[str, ...], number: int, before: int, slots: list[int], wanted: list[int]
    ) -> Finding:
        from postlint_rules.front_matter._moving import reordered  # only what is out of order needs it

        entries = doc.front_matter.entries
        late, early = entries[number], entries[before]
        shown = ", ".join(f"`{entries[slot].key}`" for slot in wanted)
        edits = reordered(doc.content, doc.front_matter, slots, wanted)
        return Finding(
            late.key_span,
            f"`{late.key}` stands after `{early.key}`; this site's order is {shown}",
            help="" if edits else "move it",
            fix=Fix("put the keys in this order", edits, Safety.SAFE) if edits else None,
            related=(Related(early.key_span, "stands before it"),),
        )


def _of_schema(doc: Document) -> tuple[str, ...]:
    schema = schema_for(doc.profile.schemas, doc.path) if doc.profile.schemas else None
    return tuple(schema.by_name) if schema is not None else ()


def _is_table(doc: Document, number: int) -> bool:
    """A TOML table (``[params]``) runs to the next one: no key can stand behind it, so it has no place of its own."""
    entry = doc.front_matter.entries[number]
    start = doc.content.rfind("\n", 0, entry.key_span.start) + 1
    return doc.content[start : entry.key_span.start].lstrip().startswith("[")
