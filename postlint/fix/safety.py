"""Whether a change of HTML leaves what a browser shows as it was.

Both versions are read by lexbor (through selectolax), which builds the tree that browsers build. Compared is the
sequence of text runs, each with the formatting and link elements round it, and of the elements that show something
without text. White space and elements that hold nothing count for nothing. lxml's text serves as a second check.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from postlint.document import Document
from postlint.parse.html_elements import FORMATTING, VOID
from postlint.parse.kramdown import scan
from postlint.parse.markdown import render
from postlint.regex import regex

if TYPE_CHECKING:
    from postlint.parse.kramdown.model import KramdownScan

__all__ = ["check_body", "check_html", "check_kramdown", "check_verbatim"]


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SIZE = 4_000_000
"""Characters. Above this no fix is called safe."""
_DEPTH = 200
"""Nesting depth above which no fix is called safe: lxml drops text from about 255 on, lexbor repairs at 512."""

_SHAPING = FORMATTING | _names(
    "abbr bdi bdo blockquote button cite code del details dfn dl dt dd fieldset figcaption form h1 h2 h3 h4 h5 h6 ins "
    "kbd label legend li mark object ol pre q rp rt ruby samp select span sub summary sup svg math table td textarea "
    "th tr ul var video audio center marquee"
)
"""Elements of which a reader sees that text stands in them."""

_SHOWN = VOID - _names("base basefont link meta param col command source track wbr") | _names(
    "iframe video audio object canvas svg math textarea select button progress meter"
)
"""Elements that show something even when they are empty."""

_TELLING = ("href", "src", "name", "id", "class", "style", "color", "size", "face", "title", "alt", "datetime", "cite")


def check_body(before: Document, after: Document) -> str | None:
    """None where a reader sees the same body of both documents, else the reason why the change is not safe.

    A Markdown body is compared twice: as it is written, with what stands in code kept from being read as tags, and as
    CommonMark renders it (a tag taken out may turn what stood beside it into Markdown, or join two paragraphs).
    """
    verdict = check_html(_without_code(before), _without_code(after))
    if verdict is not None or not before.is_markdown:
        return verdict
    return check_html(*(render(doc.masked.content[doc.body.start :]) for doc in (before, after)))


def check_kramdown(before: Document, after: Document) -> str | None:
    """None where kramdown prints no more tags of ``after`` than of ``before`` and renders as much of it."""
    was, now = (scan(doc.masked.content, doc.body, doc.profile.dialect.kramdown) for doc in (before, after))
    if Counter((tag.kind, tag.name) for tag in now.printed) - Counter((tag.kind, tag.name) for tag in was.printed):
        return "kramdown would print a tag that it does not print now"
    if _links(before, was) - _links(after, now):
        return "kramdown would leave a link unrendered"
    if len(now.headings) < len(was.headings) or len(now.code) < len(was.code):
        return "kramdown would leave some Markdown unrendered"
    return None


def _links(doc: Document, found: KramdownScan) -> Counter[str]:
    content = doc.masked.content
    return Counter(content[slice(*link.destination)] for link in found.links if link.destination is not None)


_VERBATIM = "pre, textarea, script, style"
_LINE_END = regex(r"\r\n?|\n")


def check_verbatim(before: Document, after: Document) -> str | None:
    """None where both documents have the same of all in which white space counts, whatever lines end in; else why not.

    That is code in blocks, and what stands in template tags, of which nobody knows what they make of it.
    """
    try:
        if _verbatim(before) == _verbatim(after):
            return None
    except Exception as error:  # a parser's own failure must not let a change through
        return f"the HTML parser failed: {error}"
    return "white space in code or in a template tag would change"


def _verbatim(doc: Document) -> list[str]:
    from selectolax.lexbor import LexborHTMLParser

    body = doc.masked.content[doc.body.start :]
    tree = LexborHTMLParser(render(body) if doc.is_markdown else body)
    texts = [node.text() for node in tree.css(_VERBATIM)]
    texts += [doc.content[span.start : span.end] for span in doc.masked.spans]
    # The line end after the last line of code shows nothing, and need not be there where the file ends.
    return [_LINE_END.sub("\n", text).removesuffix("\n") for text in texts]


def _without_code(doc: Document) -> str:
    """The body with ``<`` and ``&`` in code replaced by characters that no parser minds; same length."""
    content = doc.masked.content
    parts: list[str] = []
    at = doc.body.start
    for span in doc.outline.code if doc.is_markdown else ():
        if span.start >= at:
            parts.append(content[at : span.start])
            parts.append(content[span.start : span.end].replace("<", "‹").replace("&", "＆"))
            at = span.end
    parts.append(content[at:])
    return "".join(parts)


def check_html(before: str, after: str) -> str | None:
    """None where a reader sees the same of both, else the reason why the change is not safe.

    Never raises: a parser that fails, or a text beyond its limits, is a reason.
    """
    if before == after:
        return None
    if len(before) > _SIZE or len(after) > _SIZE:
        return "the text is too long to compare"
    try:
        old, new = _shown(before), _shown(after)
    except _TooDeepError:
        return "its elements are nested too deeply to compare"
    except Exception as error:  # a parser's own failure must not let a change through
        return f"the HTML parser failed: {error}"
    if old != new:
        return _difference(old, new)
    try:
        if _plain_text(before) != _plain_text(after):
            return "another HTML parser reads different text"
    except Exception as error:
        return f"the second HTML parser failed: {error}"
    return None


_Run = tuple[str, tuple[str, ...]]
"""A text without white space, or ``<name …>`` of an element that shows something, and what shapes it."""


class _TooDeepError(Exception):
    pass


def _shown(html: str) -> list[_Run]:
    """Text runs and showing elements in order, each with what shapes it from outside in."""
    from selectolax.lexbor import LexborHTMLParser

    # A document's head would swallow what stands at the start of a post; a body does not.
    body = LexborHTMLParser("<!DOCTYPE html><html><head></head><body>" + html).body
    found: list[_Run] = []
    if body is not None:
        for text, around in _walk(body):
            if found and text and found[-1][1] == around and not found[-1][0].startswith("<"):
                found[-1] = (found[-1][0] + text, around)
            elif text:
                found.append((text, around))
    return found


def _walk(body: Any) -> Iterator[_Run]:
    """Depth first without recursion; white space is dropped."""
    stack: list[tuple[Any, tuple[str, ...], int]] = []
    around: tuple[str, ...] = ()
    node, depth = body.child, 0
    while True:
        while node is None:
            if not stack:
                return
            node, around, depth = stack.pop()
        tag = node.tag
        if tag == "-text":
            text = "".join((node.text_content or "").split())
            if text:
                yield text, around
        elif tag != "-comment" and not tag.startswith("-") and not tag.startswith("!"):
            if tag in _SHOWN:
                yield "<" + _signature(node, tag) + ">", around
            child = node.child
            if child is not None:
                if depth >= _DEPTH:
                    raise _TooDeepError
                inner = around
                if tag in _SHAPING:
                    signature = _signature(node, tag)
                    # Two of the same, one in the other, show as one does.
                    if not (tag in FORMATTING and signature in around):
                        inner = (*around, signature)
                stack.append((node.next, around, depth))
                node, around, depth = child, inner, depth + 1
                continue
        node = node.next


def _signature(node: Any, tag: str) -> str:
    attributes = node.attributes
    if not attributes:
        return tag
    return tag + "".join(f" {name}={attributes[name]!r}" for name in sorted(attributes) if name in _TELLING)


def _difference(old: list[_Run], new: list[_Run]) -> str:
    if "".join(text for text, _ in old) != "".join(text for text, _ in new):
        return "the text that a reader sees would change"
    return "the formatting or a link of some text would change"


def _plain_text(html: str) -> str:
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(huge_tree=True)
    root = lxml_html.document_fromstring("<html><body>" + html + "</body></html>", parser=parser)
    return "".join("".join(str(text).split()) for text in root.itertext(None))
