"""Taking an item out of a list in the front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.api import Document, Edit, Entry, Node, Span, regex

__all__ = ["may_hold_terms", "without_item"]

_BETWEEN = regex(r"\s*,\s*")
_AFTER = regex(r"\s*,[ \t]*")
_LINE = regex(r"[ \t]*(?:\r\n?|\n)")


def may_hold_terms(doc: Document) -> Iterator[Entry]:
    """The entries of the front matter in which terms may stand: Zola's in a table of their own, Hugo's also in one."""
    generator = doc.profile.generator
    if generator != "zola":
        yield from doc.front_matter.entries
    table = doc.front_matter.get({"zola": "taxonomies", "hugo": "params"}.get(generator, ""))
    if table is not None:
        yield from table.node.entries


def without_item(content: str, node: Node, index: int) -> Edit | None:
    """The edit that takes an item out of its list; None where what stands round it is not plain, or nothing is left."""
    if len(node.items) < 2:
        return None
    item = node.items[index]
    if content[node.span.start : node.span.start + 1] == "[":
        if index:
            before = node.items[index - 1]
            if _BETWEEN.fullmatch(content, before.span.end, item.span.start) is None:
                return None
            return Edit(Span(before.span.end, item.span.end), "")
        after = _AFTER.match(content, item.span.end)
        return Edit(Span(item.span.start, after.end()), "") if after is not None else None
    start = max(content.rfind("\n", 0, item.span.start), content.rfind("\r", 0, item.span.start)) + 1
    if re.fullmatch(r"[ \t]*-[ \t]*", content[start : item.span.start]) is None:
        return None
    end = _LINE.match(content, item.span.end)
    return Edit(Span(start, end.end()), "") if end is not None else None
