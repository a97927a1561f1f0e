"""A tag that closes itself, of an element that cannot."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import (
    ELEMENT_EFFECTS,
    FORMATTING_ELEMENTS,
    HTML_ELEMENTS,
    OPTIONAL_END_TAGS,
    RAW_TEXT_ELEMENTS,
    VOID_ELEMENTS,
    Document,
    DocumentRule,
    Edit,
    Finding,
    Fix,
    Safety,
    Severity,
    Span,
    Tag,
)
from postlint_rules.html._reading import as_read
from postlint_rules.html._tags import tags_of

__all__ = ["SelfClosedNonVoid"]

_OWN = HTML_ELEMENTS - VOID_ELEMENTS - OPTIONAL_END_TAGS
"""Elements that need an end tag. (Of `<p/>` or `<li/>` comes nothing: browsers end these by themselves.)"""

_HIDES = frozenset({"audio", "canvas", "noscript", "object", "template", "video"})
"""What they hold is for browsers that cannot show the element itself, or for scripts."""


class SelfClosedNonVoid(DocumentRule):
    """A tag that closes itself, of an element that cannot."""

    severity = Severity.WARNING
    needs = "html"

    def check(self, doc: Document) -> Iterator[Finding]:
        if doc.suffix == ".xhtml":
            return  # XML, where every element may
        closing = [tag for tag in tags_of(doc) if tag.self_closed and not tag.foreign and tag.name in _OWN]
        if not closing:
            return
        read = as_read(doc)
        # An end tag that is left over further down is what browsers close it with.
        ends = {problem.name: problem.span.start for problem in read.nesting.of("stray-end")}
        scan = read.kramdown
        who = ""
        if scan is not None:
            who = "Jekyll" if doc.profile.generator == "jekyll" else "kramdown"
            # Within a line, and where it reads Markdown in HTML, kramdown writes an end tag.
            kept = {element.start.start for element in scan.elements if element.block and element.model == "raw"}
            closing = [tag for tag in closing if tag.span.start in kept]
        for tag in closing:
            if ends.get(tag.name, -1) < tag.span.start:
                yield _finding(doc, tag, who)


def _finding(doc: Document, tag: Tag, who: str) -> Finding:
    name = tag.name
    slash = tag.span.end - 2
    start = slash
    while doc.content[start - 1].isspace():
        start -= 1
    fix = Fix(f"write <{name}></{name}>", (Edit(Span(start, tag.span.end), f"></{name}>"),), Safety.UNSAFE)
    if who and name in ("script", "style"):
        effect = f"{who} takes all that follows for the content of <{name}>"
    else:
        passes = f"{who} passes it on, and " if who else ""
        effect = f"{passes}browsers do not see the slash: {_effect(name)}"
    return Finding(tag.span, f"<{name}/> does not close itself: <{name}> needs an end tag", effect, fix=fix)


def _effect(name: str) -> str:
    if name in RAW_TEXT_ELEMENTS:
        return f"all up to the next </{name}> is taken for its content and not shown as written"
    if name in _HIDES:
        return "what follows is taken for its content and not shown"
    if name == "a":
        return "what follows, up to the next link, is part of it"
    effect = ELEMENT_EFFECTS.get(name)
    if effect is not None and name in FORMATTING_ELEMENTS:
        return f"all that follows is {effect}"
    return f"what follows is {effect}" if effect is not None else "what follows is inside it"
