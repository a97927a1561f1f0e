"""Markdown inside HTML that the generator leaves as it is typed."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding, Severity, Span, UnrenderedMarkdown, unrendered_markdown
from postlint_rules.html._reading import as_read

__all__ = ["MarkdownNotRendered"]

_LONG = 40
# How kramdown reads an element with markdown="1": what it takes for raw HTML even then needs to be told more.
_AS_TEXT = frozenset({"center", "figcaption", "font", "mark", "s", "strike", "time", "u", "var"})
_NOTHING_FOLLOWS = frozenset({"table", "tbody", "thead", "tfoot", "tr", "ul", "ol", "dl"})


class MarkdownNotRendered(DocumentRule):
    """Markdown inside HTML that the generator leaves as it is typed."""

    severity = Severity.WARNING
    needs = "html"

    def check(self, doc: Document) -> Iterator[Finding]:
        dialect = doc.profile.dialect
        if not doc.is_markdown or not doc.has_html or doc.suffix == ".mdx" or dialect.templates == "mdx":
            return  # MDX has rules of its own, and so has MkDocs
        if dialect.markdown == "python-markdown":
            return
        read = as_read(doc)
        for found in unrendered_markdown(read):
            first = found.pieces[0]
            yield Finding(
                _first_line(doc.content, first.span),
                _message(doc.content, found),
                _consequence(doc.content, found, kramdown=read.kramdown is not None),
                _help(doc.content, found, kramdown=read.kramdown is not None),
            )


def _first_line(content: str, span: Span) -> Span:
    newline = content.find("\n", *span)
    return span if newline < 0 else Span(span.start, newline)


def _message(content: str, found: UnrenderedMarkdown) -> str:
    if found.holder is None:
        return "this Markdown belongs to a block of HTML, in which it stays as it is typed"
    return f"Markdown in <{found.holder.name}> stays as it is typed"


def _consequence(content: str, found: UnrenderedMarkdown, *, kramdown: bool) -> str:
    first = found.pieces[0]
    text = " ".join(content[first.span.start : first.span.end].split())
    if len(text) > _LONG:
        text = text[: _LONG - 1] + "…"
    if first.kind == "address" and not kramdown:
        said = f"the reader does not see {text}, which browsers take for a tag"
    else:
        said = f"the reader sees “{text}”"
    more = len(found.pieces) - 1
    return f"{said}, and {more} more piece{'s' if more > 1 else ''} of Markdown" if more else said


def _help(content: str, found: UnrenderedMarkdown, *, kramdown: bool) -> str:
    holder = found.holder
    if kramdown:
        name = holder.name if holder is not None else "element"
        if holder is None or name in _NOTHING_FOLLOWS:
            return "write it in HTML"
        wish = "span" if name in _AS_TEXT or found.inline else "1"
        return f'write <{name} markdown="{wish}">, or write it in HTML'
    at = found.pieces[0].span.start
    line = content[content.rfind("\n", 0, at) + 1 : at]
    if "<" in line or ">" in line.lstrip(" \t>"):
        return "write it in HTML, or on a line of its own between blank lines"
    indented = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()) > 3
    return "leave a blank line before it" + (", and do not indent it" if indented else "")
