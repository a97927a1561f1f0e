"""The values of front matter as rows, for ``postlint query``: read when somebody first asks for them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from typing import Any

from postlint.document import Document
from postlint.parse.front_matter import Node
from postlint.site.facts import FieldRow

__all__ = ["MOST", "field_rows"]

MOST = 1000
"""Values of one document that are kept: an alias in YAML may stand for a million."""

_DEEPEST = 16


def field_rows(doc: Document) -> list[FieldRow]:
    """The values in the front matter of ``doc``, those that count where a key stands twice, by key."""
    front_matter = doc.front_matter
    rows: list[FieldRow] = []
    for key in sorted(front_matter.values):
        entry = front_matter.get(key)
        if entry is None:
            continue
        for name, item, node in _values(entry.key, None, entry.node, _DEEPEST):
            value, kind = _stored(node)
            line, column = doc.text.position(node.span.start)
            rows.append((name, item, value, kind, line, column))
            if len(rows) == MOST:
                return rows
    return rows


def _values(key: str, item: int | None, node: Node, depth: int) -> Iterator[tuple[str, int | None, Node]]:
    if depth and node.kind == "list" and node.items:
        for number, inner in enumerate(node.items, 1):
            # In a list within a list the outer place counts: there is one column for it.
            yield from _values(key, number if item is None else item, inner, depth - 1)
    elif depth and node.kind == "mapping" and node.entries:
        for entry in node.entries:
            yield from _values(f"{key}.{entry.key}", item, entry.node, depth - 1)
    else:
        yield key, item, node


def _stored(node: Node) -> tuple[str | int | float | None, str]:
    """The value as SQLite keeps it, and the name of its type."""
    value: Any = node.value
    if node.kind != "scalar":
        return None, node.kind
    if value is None:
        return None, "null"
    if isinstance(value, bool):
        return int(value), "boolean"
    if isinstance(value, int):
        return (value, "integer") if -(2**63) <= value < 2**63 else (node.text, "text")
    if isinstance(value, float):
        return (value, "real") if math.isfinite(value) else (node.text, "text")
    if isinstance(value, dt.datetime):
        return value.isoformat(), "datetime"
    if isinstance(value, dt.date):
        return value.isoformat(), "date"
    if isinstance(value, dt.time):
        return value.isoformat(), "time"
    return (value if isinstance(value, str) else node.text), "text"
