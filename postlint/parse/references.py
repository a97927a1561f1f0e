"""Link reference definitions, and references to definitions that are not there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from postlint.regex import regex
from postlint.text import Span

if TYPE_CHECKING:
    from postlint.parse.reading import Reading

__all__ = ["Definition", "UndefinedReference", "closed_spans", "definitions", "normal_label", "undefined_references"]

# Indented further than CommonMark allows, in quotes and list items too: who looks for a definition should find it.
_DEFINITION = regex(
    r"[ \t>]*+(?:[-*+]|\d{1,9}[.)])?+[ \t]*+\[(?!\^)(?P<label>(?:[^\[\]\\\n]|\\.)++)\]:"
    r"[ \t]*+(?:\n[ \t>]*+)?+(?:<(?P<angle>[^<>\n]*+)>|(?P<bare>[^\s<]\S*+))?+"
)
_REFERENCE = regex(r"\[(?P<text>(?:[^\[\]\\]|\\[^\n])++)\]\[(?P<label>(?:[^\[\]\\\n]|\\[^\n])*+)\]")
_IDEOGRAPH = regex(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_PHRASE = 3
_WORDLIKE = regex(r"[0-9A-Za-z_)\]\\]")


class Definition(NamedTuple):
    """``[label]: address``."""

    label: str
    target: Span


class UndefinedReference(NamedTuple):
    """``[text][label]`` or ``[label][]`` with no definition of ``label``: readers see the brackets."""

    span: Span
    label: Span
    collapsed: bool
    defined: tuple[str, ...]
    """The labels that the document defines, normalised."""


def normal_label(label: str) -> str:
    """A label as CommonMark compares it: case folded, runs of white space squeezed."""
    return " ".join(label.casefold().split())


def definitions(content: str, start: int) -> list[Definition]:
    """Everything from ``start`` on that may be a link reference definition, code blocks included."""
    if "]:" not in content:
        return []
    found = []
    at = content.find("]:", start)
    while at >= 0:
        line = max(content.rfind("\n", start, at) + 1, start)
        match = _DEFINITION.match(content, line)
        # A line holds one definition; the rest of it is passed over at one go.
        end = content.find("\n", at)
        at = content.find("]:", end) if end >= 0 else -1
        if match is None:
            continue
        group = "angle" if match["angle"] is not None else "bare"
        # Without an address only where a template writes it.
        target = Span(*match.span(group)) if match[group] is not None else Span(match.end(), match.end())
        found.append(Definition(normal_label(match["label"]), target))
    return found


def undefined_references(doc: Reading) -> Iterator[UndefinedReference]:
    """References without a definition in a Markdown document, where it is certain enough that a reference is meant.

    Log lines, array indexes and notes in brackets look alike: what follows a word, a bracket or a number, and what
    holds nothing but numbers or signs, is not taken for one. A document without any definition must make it plainer.
    """
    content = doc.masked.content
    if not doc.is_markdown or "][" not in content:
        return
    for span in doc.masked.spans:
        if doc.content.startswith(("{% include", "{%- include", "{{%"), span.start):
            return  # definitions may come from elsewhere
    defined = {definition.label for definition in doc.definitions}
    closed: list[Span] | None = None
    for match in _REFERENCE.finditer(content, doc.body.start):
        text, label = match["text"], match["label"]
        collapsed = not label.strip()
        if normal_label(text if collapsed else label) in defined:
            continue
        before = content[match.start() - 1] if match.start() else "\n"
        after = content[match.end() : match.end() + 1]
        if before == "!" and match.start() > 1:
            before = content[match.start() - 2]
        if _WORDLIKE.match(before) or after in ("[", "(", ":") or not _plain_enough(text, label, bool(defined)):
            continue
        span = Span(*match.span())
        if doc.masked.overlaps(span):
            continue
        if closed is None:
            closed = closed_spans(doc)
        if _overlaps(closed, span):
            continue
        yield UndefinedReference(
            span, Span(*match.span("text" if collapsed else "label")), collapsed, tuple(sorted(defined))
        )


def _plain_enough(text: str, label: str, has_definitions: bool) -> bool:
    text, label = text.strip(), label.strip()
    if text.lower() in ("", "x") or text[0] in "^@" or label[:1] in ("^", "@") or "\n\n" in text:
        return False
    if not any(char.isalpha() for char in text):
        return False
    if has_definitions:
        return True
    # No definition at all: a reference says something in words and names something in one.
    if not label.isascii() or " " in label or not label:
        return False
    if " " in text and any(char.islower() for char in text):
        return True
    # Chinese and Japanese put no blanks between words; two signs may be the level of a line in a log.
    return len(label) > 1 and len(_IDEOGRAPH.findall(text)) >= _PHRASE


def closed_spans(doc: Reading, *others: Span) -> list[Span]:
    """Where no further link can be: code, HTML, links, and ``others``; in order and without overlaps."""
    outline = doc.outline
    spans = sorted([*outline.code, *outline.html, *(link.span for link in outline.links), *others])
    merged: list[Span] = []
    for span in spans:
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def _overlaps(spans: Sequence[Span], span: Span) -> bool:
    at = bisect_right(spans, (span.start, span.start))
    return (at > 0 and spans[at - 1].end > span.start) or (at < len(spans) and spans[at].start < span.end)
