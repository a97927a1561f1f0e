"""Where white space at the end of a line is not nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from postlint.api import Document, Node, Span, regex

__all__ = ["Verbatim", "is_break", "means_something"]

_VERBATIM = regex(r"<(pre|textarea|script|style)\b[^<>]*+>", re.I)
_TAG = regex(r"<[A-Za-z][^<>]*+>")
_HEADING = regex(r" {0,3}#{1,6}(?:[ \t]|$)")
_TAB_COUNTS = regex(r"[ \t]*+(?:(?:[-+*]|\d{1,9}[.)])[ \t]++)?[<\[>]")
_FENCE = regex(r"^[ \t>]*+(?:```|~~~)", re.M)
_END = r"(?:\r\n?|\n|\Z)"
_TEXT = rf"[ \t]*+[^\s][^\r\n]*+{_END}"
_BLANK_LINES = regex(r"(?:[ \t]*+(?:\r\n?|\n))*+")
_CODE = regex(rf"(?:{_TEXT})*+(?:(?: {{4}}|\t){_TEXT}(?:{_TEXT})*+|[ \t]*+(?:\r\n?|\n))*+")
"""Kramdown's code from the middle on: indented lines, what follows them without a blank line, and blank lines."""
_ENDING = r"(?:\{:|\[[^\]\r\n]++\]:|<|=+[ \t]*+(?=[\r\n]))"
_MAY_END = regex(rf"^[ \t>]*+(?:{_ENDING}[^\r\n]*+{_END}|\^[ \t]*+{_END}(?:[ \t]*+(?:\r\n?|\n))*+)(?= {{4}}|\t)", re.M)
"""Attributes, a definition, HTML, an underline, kramdown's end of a block: a paragraph or a list ends there to some."""
_MARKER = regex(r"[ \t>]*+(?:[-+*=_:#~`| \t]++|\d{1,9}[.)])$")


class Verbatim:
    """The parts of a document in which white space is content."""

    def __init__(self, doc: Document) -> None:
        self._spans = _joined(sorted([*_texts(doc), *_code(doc), *_elements(doc)]))
        self._unknown = _joined(sorted([*doc.masked.spans, *_broken_tags(doc)]))

    def holds(self, offset: int) -> bool:
        """Code, or a text of the front matter that keeps its lines."""
        return _inside(self._spans, offset)

    def is_unknown(self, offset: int) -> bool:
        """In a template tag, or in an HTML tag that goes over lines: an attribute's value may go over them too."""
        return _inside(self._unknown, offset)


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _inside(spans: list[Span], offset: int) -> bool:
    at = bisect_right(spans, (offset, len(spans) and spans[-1].end))
    return at > 0 and spans[at - 1].start <= offset < spans[at - 1].end


def _texts(doc: Document) -> Iterator[Span]:
    """Texts of the front matter that keep white space at the ends of lines: YAML's ``|`` and ``>``, TOML's of lines."""
    nodes = [entry.node for entry in doc.front_matter.entries]
    content = doc.content
    while nodes:
        node: Node = nodes.pop()
        nodes += [*node.items, *(entry.node for entry in node.entries)]
        if node.style in ("literal", "folded", "string") and node.kind == "scalar":
            end = node.span.end
            while end < len(content) and content[end] in " \t\r\n":
                end += 1  # blanks of the last line, and of blank lines that a `|+` keeps
            yield Span(node.span.start, end)


def _code(doc: Document) -> Iterator[Span]:
    if not doc.is_markdown:
        return
    content = doc.masked.content
    kramdown = doc.profile.dialect.markdown == "kramdown"
    for span in doc.outline.code:
        yield Span(span.start, _end_of_code(content, span, _CODE if kramdown else _BLANK_LINES))
    for span in doc.outline.html:
        if _FENCE.search(content, *span):
            yield Span(span.start, len(content))  # to some a fence is one in HTML too, and who knows where it closes
        elif kramdown and "markdown=" in content:
            yield span  # what kramdown reads as Markdown there may be code
    for match in _MAY_END.finditer(content, doc.body.start):
        yield Span(match.end(), _end_of_code(content, Span(match.end(), match.end()), _CODE))


def _end_of_code(content: str, span: Span, following: re.Pattern[str]) -> int:
    """Where indented code ends to the parser that takes most for code: kramdown goes on with it in the lines that
    follow, indented or not, and marked in blank lines of tabs."""
    if content.startswith(("`", "~"), span.start):
        return span.end
    match = following.match(content, span.end)
    return span.end if match is None else match.end()


def _elements(doc: Document) -> Iterator[Span]:
    content = doc.masked.content
    at = doc.body.start
    while (opening := _VERBATIM.search(content, at)) is not None:
        closing = re.compile(rf"</{opening[1]}\b", re.I).search(content, opening.end())
        at = closing.start() if closing is not None else len(content)
        yield Span(opening.start(), at)


def _broken_tags(doc: Document) -> Iterator[Span]:
    content = doc.masked.content
    if content.find("<", doc.body.start) < 0:
        return
    for tag in _TAG.finditer(content, doc.body.start):
        if "\n" in tag.group() or "\r" in tag.group():
            yield Span(*tag.span())


def is_break(doc: Document, line: str, following: str) -> bool:
    """Whether ``line``, which ends in blanks, may be broken there: two of them, and text in the next line.

    More is taken for a break than most parsers take: only of headings they all know that nothing follows. (Without its
    GFM parser kramdown goes on with a paragraph in a line that looks like a heading. To pulldown-cmark, which Zola
    uses, tabs are as good as blanks.)
    """
    text = line.rstrip(" \t")
    if not doc.is_markdown or len(line) - len(text) < 2 or not following.strip() or not text:
        return False
    dialect = doc.profile.dialect
    return _HEADING.match(line) is None or (dialect.markdown == "kramdown" and not dialect.kramdown.gfm)


def means_something(text: str, blanks: str) -> bool:
    """Whether parsers differ about the ``blanks`` that end a line behind ``text``, though most pass over them.

    So it is with a line that is nothing but a marker (of a list, a heading, a rule, a table): kramdown takes no ``-``
    for an item without a blank. A tab keeps marked from seeing an underline, a quotation or a definition, and goldmark
    from seeing a block of HTML. A backslash would come to stand before the line end, where it breaks the line.
    """
    if text.endswith("\\") or (text and _MARKER.match(text) is not None):
        return True
    return "\t" in blanks and _TAB_COUNTS.match(text) is not None
