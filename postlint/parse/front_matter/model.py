"""What front matter is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal, NamedTuple

from postlint.finding import Edit
from postlint.text import Span

__all__ = ["Entry", "FenceDefect", "Format", "FrontMatter", "Node", "Style", "SyntaxProblem"]

_NOWHERE = Span(0, 0)

Style = Literal["plain", "single", "double", "literal", "folded", "string", "bare"]


class Format(Enum):
    YAML = "YAML"
    TOML = "TOML"
    JSON = "JSON"


class Node(NamedTuple):
    """A value as it is written. (A named tuple: a site has a hundred thousand, and they are quick to make.)

    Attributes:
        kind: what it is.
        span: the value's characters, quotes included. Of a YAML alias (``*name``): the alias.
        value: the value as this format's own loader reads it (for YAML: PyYAML's safe loader, 1.1 rules). Dates and
            times may come as ``datetime`` objects; use ``text`` and ``style`` to know what was written. What no
            loader can make a value of (``2024-02-30``) is its text.
        text: a scalar's text as the parser hands it to the resolver ("2024-01-02", "no"); "" for collections.
        style: YAML's: plain, single, double, literal, folded, or string where the tag ``!!str`` makes it one; for
            TOML and JSON: string or bare.
        items: a list's items.
        entries: a mapping's entries, duplicates included. A YAML merge key (``<<``) stands as it is written; ``value``
            has what it brings.
    """

    kind: Literal["scalar", "list", "mapping"]
    span: Span
    value: Any
    text: str = ""
    style: Style = "plain"
    items: tuple[Node, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def quoted(self) -> bool:
        """Written so that it can only be a string."""
        return self.style not in ("plain", "bare")


class Entry(NamedTuple):
    """``key: value`` with the places of both."""

    key: str
    key_span: Span
    node: Node

    @property
    def value(self) -> Any:
        return self.node.value

    @property
    def is_merge(self) -> bool:
        """YAML's ``<<``, which lends the keys of another mapping."""
        return self.key == "<<" and self.key_span.end - self.key_span.start == 2

    @property
    def span(self) -> Span:
        return Span(self.key_span.start, max(self.node.span.end, self.key_span.end))


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Why the text between the fences does not load: the parser's place and words, and what we make of it.

    Attributes:
        offset: the place of the cause, which is often before the place where the parser gave up.
        problem: the parser's words.
        hint: names the cause where it is known ("tab", "colon-in-value"); rules turn it into a person's words.
        related: the characters that it is about: the value, the key, the stray word.
        repair: edits after which the text loads and says exactly what is written; empty where that is not sure.
    """

    offset: int
    problem: str
    hint: str = ""
    related: Span | None = None
    repair: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class FenceDefect:
    """Something that should be a fence and is none for this generator (so the keys are printed, or ignored).

    Attributes:
        kind: what is wrong; see :mod:`postlint.parse.front_matter.defects`.
        span: the characters that are wrong (the false fence, the blank lines), or the place where a fence is missing.
        detail: the false fence as it is written, or the first key.
        keys: from the first key to the end of the last value: what is printed on the page.
        repair: edits after which the generator reads the keys; empty where there is more than one reading.
        related: another place that explains it: where the keys end.
    """

    kind: str
    span: Span
    detail: str = ""
    keys: Span = _NOWHERE
    repair: tuple[Edit, ...] = ()
    related: Span | None = None


@dataclass(slots=True)
class FrontMatter:
    """The front matter of one document; all of it empty where there is none."""

    format: Format | None = None
    span: Span = _NOWHERE
    """With its fences and the line end after the closing one."""
    content: Span = _NOWHERE
    """Between the fences."""
    body_start: int = 0
    root: Node | None = None
    """None where it does not load or is empty. With an error beside it, it is what the generator reads before that."""
    entries: tuple[Entry, ...] = ()
    """Top-level entries in order; a duplicate key stands twice."""
    error: SyntaxProblem | None = None
    """The first reason why it does not load."""
    further: tuple[SyntaxProblem, ...] = ()
    """Reasons that remain when the first is mended."""
    defect: FenceDefect | None = None
    _by_key: dict[str, Entry] = field(default_factory=dict)

    @property
    def present(self) -> bool:
        return self.format is not None

    def get(self, key: str) -> Entry | None:
        """The entry that counts for a top-level key: the last one, as nearly every loader has it."""
        by_key = self._by_key
        if not by_key and self.entries:
            for entry in self.entries:
                if entry.is_merge:
                    _merge(entry.node, by_key)
            for entry in self.entries:
                if not entry.is_merge:
                    by_key[entry.key] = entry
        return by_key.get(key)

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    @property
    def values(self) -> Mapping[str, Any]:
        """Top-level keys to values, later duplicates winning."""
        self.get("")
        return {entry.key: entry.value for entry in self._by_key.values()}


def _merge(node: Node, into: dict[str, Entry]) -> None:
    """YAML's ``<<: *other``: the entries that another mapping of the same front matter lends."""
    if node.kind == "mapping":
        for entry in node.entries:
            into.setdefault(entry.key, entry)
    for item in node.items:
        for entry in item.entries:
            into.setdefault(entry.key, entry)
