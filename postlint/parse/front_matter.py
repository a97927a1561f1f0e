"""Front matter: where it is, what it says, and where each key and value stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal

from postlint.parse.dialect import FenceStyle
from postlint.text import Span

__all__ = ["Entry", "FenceDefect", "Format", "FrontMatter", "Node", "SyntaxProblem", "read_front_matter"]


class Format(Enum):
    YAML = "YAML"
    TOML = "TOML"
    JSON = "JSON"


@dataclass(frozen=True, slots=True)
class Node:
    """A value as it is written.

    Attributes:
        kind: what it is.
        span: the value's characters, quotes included.
        value: the value as this format's own loader reads it (for YAML: PyYAML's safe loader, 1.1 rules). Dates and
            times may come as ``datetime`` objects; use ``text`` and ``style`` to know what was written.
        text: a scalar's text as the parser hands it to the resolver ("2024-01-02", "no"); "" for collections.
        style: YAML's: plain, single, double, literal, folded; for TOML and JSON: string or bare.
        items: a list's items.
        entries: a mapping's entries, duplicates included.
    """

    kind: Literal["scalar", "list", "mapping"]
    span: Span
    value: Any
    text: str = ""
    style: Literal["plain", "single", "double", "literal", "folded", "string", "bare"] = "plain"
    items: tuple[Node, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def quoted(self) -> bool:
        """Written so that it can only be a string."""
        return self.style not in ("plain", "bare")


@dataclass(frozen=True, slots=True)
class Entry:
    """``key: value`` with the places of both."""

    key: str
    key_span: Span
    node: Node

    @property
    def value(self) -> Any:
        return self.node.value

    @property
    def span(self) -> Span:
        return Span(self.key_span.start, max(self.node.span.end, self.key_span.end))


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Why the text between the fences does not load: the parser's place and words, and what we make of it.

    ``hint`` names the cause where it is known; rules turn it into a person's words.
    """

    offset: int
    problem: str
    hint: str = ""
    related: Span | None = None


@dataclass(frozen=True, slots=True)
class FenceDefect:
    """Something that should be a fence and is none for this generator (so the keys are printed, or ignored)."""

    kind: str
    span: Span
    detail: str = ""


@dataclass(slots=True)
class FrontMatter:
    """The front matter of one document; all of it empty where there is none."""

    format: Format | None = None
    span: Span = Span(0, 0)
    """With its fences and the line end after the closing one."""
    content: Span = Span(0, 0)
    """Between the fences."""
    body_start: int = 0
    root: Node | None = None
    """None where it does not load or is empty."""
    entries: tuple[Entry, ...] = ()
    """Top-level entries in order; a duplicate key stands twice."""
    error: SyntaxProblem | None = None
    defect: FenceDefect | None = None
    _by_key: dict[str, Entry] = field(default_factory=dict)

    @property
    def present(self) -> bool:
        return self.format is not None

    def get(self, key: str) -> Entry | None:
        """The entry that counts for a top-level key: the last one, as every loader has it."""
        by_key = self._by_key
        if not by_key and self.entries:
            for entry in self.entries:
                by_key[entry.key] = entry
        return by_key.get(key)

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    @property
    def values(self) -> Mapping[str, Any]:
        """Top-level keys to values, later duplicates winning."""
        return {entry.key: entry.value for entry in self.entries}


Scalar = str | int | float | bool | None | dt.date | dt.datetime


def read_front_matter(content: str, fences: FenceStyle) -> FrontMatter:
    """Find and read the front matter at the start of ``content`` as the generator with these fences does.

    Never raises: what is wrong is in :attr:`FrontMatter.error` and :attr:`FrontMatter.defect`.
    """
    raise NotImplementedError
