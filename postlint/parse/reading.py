"""What a parser that looks at several views of a document needs of it, without knowing what a document is."""

from __future__ import annotations

from typing import Protocol

from postlint.parse.dialect import Dialect
from postlint.parse.front_matter import FrontMatter
from postlint.parse.kramdown.model import KramdownScan
from postlint.parse.markdown import Outline
from postlint.parse.references import Definition
from postlint.parse.start_tags import Tag
from postlint.parse.templates import Masked
from postlint.text import Span

__all__ = ["Manner", "Reading"]


class Manner(Protocol):
    """How the document is read: of a profile, what parsers look at."""

    @property
    def generator(self) -> str: ...
    @property
    def dialect(self) -> Dialect: ...
    @property
    def version(self) -> str: ...


class Reading(Protocol):
    """A text with its views; see :class:`postlint.document.Document`, which is one."""

    content: str

    @property
    def profile(self) -> Manner: ...
    @property
    def is_markdown(self) -> bool: ...
    @property
    def body(self) -> Span: ...
    @property
    def front_matter(self) -> FrontMatter: ...
    @property
    def masked(self) -> Masked: ...
    @property
    def outline(self) -> Outline: ...
    @property
    def html_tags(self) -> tuple[Tag, ...]: ...
    @property
    def tags(self) -> tuple[Tag, ...]: ...
    @property
    def definitions(self) -> list[Definition]: ...
    @property
    def kramdown(self) -> KramdownScan | None: ...
