"""What becomes of raw HTML in Markdown, beside how its tags nest: Markdown in it not rendered, HTML left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol

from postlint.parse.reading import Reading
from postlint.text import Span

if TYPE_CHECKING:
    from postlint.parse.kramdown.model import KramdownScan
    from postlint.parse.literal import LiteralMarkdown
    from postlint.parse.nesting import Element, Nesting

__all__ = ["Omission", "ReadingHtml", "UnrenderedMarkdown", "omitted_html", "unrendered_markdown"]


class ReadingHtml(Reading, Protocol):
    """A reading with the views of its HTML."""

    @property
    def has_html(self) -> bool: ...
    @property
    def kramdown(self) -> KramdownScan | None: ...
    @property
    def nesting(self) -> Nesting: ...


class UnrenderedMarkdown(NamedTuple):
    """Markdown in one raw element or block of HTML.

    Attributes:
        pieces: what would have been markup, in order; at least one.
        holder: the innermost block round the first piece, or the raw element in a line of text; None where the piece
            stands in the block of HTML but outside of every element that begins there.
        inline: for kramdown: the raw element stands in a line of text.
    """

    pieces: tuple[LiteralMarkdown, ...]
    holder: Element | None
    inline: bool = False


class Omission(NamedTuple):
    """An element in a line of text, or a block of HTML, that is left out.

    Attributes:
        span: the start tag; of a block with text, its first line.
        name: the element's, or that of the first one in the block.
        tag: the start tag as it is written.
        attributes: those of the start tag that have a value, by name, lower-case.
        end: the end tag, where there is one and the renderer leaves it out as well.
        block: a block of HTML: all that stands in it is left out. False: only the tags are.
        empty: nothing stands between its tags, or it has no end tag.
        text: what a reader would have read in the block, white space squeezed; "" for none.
        elements: how often each element begins in the block.
    """

    span: Span
    name: str
    tag: str
    attributes: dict[str, str]
    end: Span | None
    block: bool
    empty: bool = False
    text: str = ""
    elements: dict[str, int] = {}  # noqa: RUF012  (never written to)


def unrendered_markdown(doc: ReadingHtml) -> Iterator[UnrenderedMarkdown]:
    """Each raw element (kramdown) or block of HTML (CommonMark) that holds Markdown, in order.

    Silent about elements that kramdown closes only because they have no end tag: what comes of these is told with them.
    """
    if doc.is_markdown and doc.has_html and (doc.kramdown is not None or doc.outline.html_blocks):
        from postlint.parse.raw_html.unrendered import find  # few documents get here, and the parsers take time to load

        yield from find(doc)


def omitted_html(doc: ReadingHtml) -> Iterator[Omission]:
    """What of the document's HTML is left out, each thing once, in order; nothing where raw HTML is rendered.

    Silent about comments, about tags that change nothing by themselves, and about tags that a nesting problem stands
    at, which says what becomes of them. Of elements in one another only the outermost one is named, but a block that
    has text of its own is told of wherever it stands.
    """
    if doc.is_markdown and doc.has_html and not doc.profile.dialect.raw_html and doc.outline.html:
        from postlint.parse.raw_html.omitted import find

        yield from find(doc)
