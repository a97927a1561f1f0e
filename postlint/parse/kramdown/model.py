"""What the kramdown scanner reports. Every position is a code-point offset into the text that was given to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from postlint.text import Span

__all__ = [
    "CodeKind",
    "CodeSpan",
    "ContentModel",
    "Heading",
    "HtmlElement",
    "KramdownScan",
    "KramdownWarning",
    "Link",
    "LinkDefinition",
    "LinkKind",
    "PrintedReason",
    "PrintedTag",
    "RawRegion",
    "UndefinedReference",
]

ContentModel = Literal["raw", "block", "span"]
"""How kramdown reads what stands in an element: as HTML only, as Markdown blocks, or as Markdown text."""

PrintedReason = Literal[
    "stray-end",
    "misnested-end",
    "block-in-text",
    "unreadable-attribute",
    "malformed",
    "unclosed-comment",
]
"""Why a tag is printed.

* ``stray-end``: no element of this name is open here;
* ``misnested-end``: one is, but another element that was opened inside it is open still;
* ``block-in-text``: kramdown takes this start tag for a block only at the start of a line that it reads as a block;
* ``unreadable-attribute``: kramdown knows ``name``, ``name=word`` and ``name="…"``, nothing else;
* ``malformed``: an end tag with something after its name, or a start tag that ends nowhere;
* ``unclosed-comment``: ``<!--`` with no ``-->`` after it.
"""

LinkKind = Literal["inline", "reference", "autolink"]
CodeKind = Literal["span", "indented", "fenced", "math", "verbatim"]


@dataclass(frozen=True, slots=True)
class HtmlElement:
    """An HTML element that kramdown recognised.

    Attributes:
        name: lower case.
        start: the start tag.
        end: the end tag, if it has one.
        block: kramdown's category: True where it was read as a block, False inside a line of text.
        model: how its content is read.
        auto_closed_at: where kramdown closed it because no end tag was found (the end of the block or text that holds
            it); None for an element with its end tag and for void ones.
        void: it can hold nothing (``<br>``) or closes itself (``<div/>``).
        known: HTML knows the name, as far as kramdown's tables do.
    """

    name: str
    start: Span
    end: Span | None
    block: bool
    model: ContentModel
    auto_closed_at: int | None
    void: bool
    known: bool


@dataclass(frozen=True, slots=True)
class PrintedTag:
    """A tag that kramdown writes out escaped, so that the reader sees it.

    Attributes:
        span: the tag, or as much of it as can be told.
        name: lower case; empty for a comment.
        kind: which sort of tag it would have been.
        reason: why it is printed.
        inside: start tag of the innermost open element, if any: for an end tag, the one that stands in its way.
        known: HTML knows the name, as far as kramdown's tables do (``List<String, Integer>`` is no HTML).
    """

    span: Span
    name: str
    kind: Literal["start", "end", "comment"]
    reason: PrintedReason
    inside: Span | None
    known: bool


@dataclass(frozen=True, slots=True)
class RawRegion:
    """A run of source inside an HTML element whose Markdown stays as it is typed.

    Comments, nested ``markdown="1"`` elements and the content of ``pre``, ``code``, ``script`` and their like, where
    nobody expects Markdown, are left out; what stands round them comes as several regions.

    Attributes:
        span: the run.
        name: the outermost raw element that holds it.
        start: that element's start tag.
        block: that element is a block.
    """

    span: Span
    name: str
    start: Span
    block: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A Markdown link or image.

    Attributes:
        span: all of it.
        destination: the address as written, without ``<`` ``>`` and white space; of a reference, in its definition.
        text: what stands between the brackets; None for an autolink.
        image: it is ``![…]``.
    """

    span: Span
    destination: Span | None
    text: Span | None
    kind: LinkKind
    image: bool


@dataclass(frozen=True, slots=True)
class LinkDefinition:
    """``[label]: address``. ``label`` is normalised: lower case, white space squeezed."""

    span: Span
    label: str
    destination: Span


@dataclass(frozen=True, slots=True)
class UndefinedReference:
    """``[text][label]`` (``explicit``) or ``[label]`` / ``[label][]`` with no definition: printed as typed."""

    span: Span
    label: str
    explicit: bool
    image: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A Markdown heading; ``id`` is the one that the author gave (``{#id}`` or ``{: #id}``)."""

    span: Span
    level: int
    text: Span
    id: str | None


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """Source that is shown and not read: code, math, ``{::nomarkdown}`` and ``{::comment}`` bodies (``verbatim``)."""

    span: Span
    kind: CodeKind


@dataclass(frozen=True, slots=True)
class KramdownWarning:
    """A warning as kramdown words it, without its line number.

    ``tentative`` ones come from a reading that kramdown tried and gave up (it warns all the same, and sometimes twice).
    """

    offset: int
    text: str
    tentative: bool


@dataclass(frozen=True, slots=True)
class KramdownScan:
    """All of it, each tuple in the order of the text.

    ``hidden`` is what kramdown reads and shows nothing of: footnotes that nothing refers to, abbreviations.
    ``complete`` is False where the text is so hostile (thousands of brackets that open and never close, …) that the
    scanner stopped trying alternatives; kramdown itself takes exponential time on such texts.
    """

    elements: tuple[HtmlElement, ...]
    printed: tuple[PrintedTag, ...]
    raw: tuple[RawRegion, ...]
    links: tuple[Link, ...]
    headings: tuple[Heading, ...]
    code: tuple[CodeSpan, ...]
    definitions: tuple[LinkDefinition, ...]
    undefined: tuple[UndefinedReference, ...]
    warnings: tuple[KramdownWarning, ...]
    hidden: tuple[Span, ...]
    complete: bool
