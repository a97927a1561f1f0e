"""The little that the block reader must remember of what it has read, and where results are collected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from postlint.parse.kramdown.model import (
    CodeSpan,
    Heading,
    HtmlElement,
    KramdownWarning,
    Link,
    LinkDefinition,
    PrintedTag,
    RawRegion,
    UndefinedReference,
)
from postlint.parse.kramdown.source import Source
from postlint.text import Span

__all__ = ["Definition", "Fuel", "Leaf", "Node", "Results", "Scanner"]


class Fuel:
    """What may still be spent on reading things again. Hostile texts run dry; others never notice."""

    __slots__ = ("dry", "left")

    def __init__(self, amount: int) -> None:
        self.left = amount
        self.dry = False

    def burn(self, amount: int) -> bool:
        """Take ``amount``; False when there is none left."""
        self.left -= amount
        if self.left < 0:
            self.dry = True
            return False
        return True


class Leaf(NamedTuple):
    """``source.text[start:end]``, to be read for spans: one paragraph, heading, table cell, …"""

    source: Source
    start: int
    end: int


class Definition(NamedTuple):
    """Where a link definition and its address stand."""

    span: Span
    destination: Span


@dataclass(slots=True)
class Results:
    """What has been found: of the whole text, or of one footnote until it is known to be used."""

    elements: list[HtmlElement] = field(default_factory=list)
    printed: list[PrintedTag] = field(default_factory=list)
    raw: list[RawRegion] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    code: list[CodeSpan] = field(default_factory=list)
    definitions: list[LinkDefinition] = field(default_factory=list)
    undefined: list[UndefinedReference] = field(default_factory=list)
    warnings: list[KramdownWarning] = field(default_factory=list)
    tentative: set[tuple[int, str]] = field(default_factory=set)
    """Warnings from readings that were given up."""
    footnotes: list[str] = field(default_factory=list)
    """Names of the footnotes that are referred to."""
    leaves: list[Node] = field(default_factory=list)
    headers: list[Node] = field(default_factory=list)
    hidden: list[Span] = field(default_factory=list)


class Node:
    """A block, or a container that blocks are read into."""

    __slots__ = ("children", "end", "ial", "ial_id", "id", "leaf", "level", "model", "name", "start", "type", "value")

    def __init__(self, type_: str, value: str = "") -> None:
        self.type = type_
        self.value = value
        """Of a blank: its text. Of an ``eob``: which one."""
        self.children: list[Node] = []
        self.leaf: Leaf | None = None
        self.id: str | None = None
        self.ial = False
        """An attribute list stands before the next block (of containers)."""
        self.ial_id: str | None = None
        self.name = ""
        """Of an HTML element: as it is compared, that is lower case only where HTML knows the name."""
        self.model = ""
        self.start = 0
        self.end = 0
        self.level = 0


class Scanner:
    """A text that is being read as blocks, and how far."""

    __slots__ = ("pos", "results", "source", "text")

    def __init__(self, source: Source, results: Results) -> None:
        self.source = source
        self.text = source.text
        self.results = results
        self.pos = 0
