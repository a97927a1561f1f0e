"""Excerpts that end inside something which is closed only behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding, Related, Severity, Span, generator_for
from postlint_rules.post._excerpt import USUAL, closed_excerpt, marker, separator
from postlint_rules.post._tags import liquid, liquid_is_on

_MARKUP = {
    "Emphasis": "emphasis",
    "Strong": "bold text",
    "Strikethrough": "struck text",
    "Link": "a link",
    "Image": "an image's description",
    "CodeBlock": "a code block",
    "Code": "code",
}
_BLOCKS = {"BlockQuote": "a quotation", "List": "a list", "Table": "a table", "Heading": "a heading"}


class ExcerptCut(DocumentRule):
    """The excerpt (Hugo's and Zola's summary) ends inside an HTML element, Markdown or a Liquid block.

    What of it each generator closes by itself was measured with Jekyll 4.3.1, Hugo 0.168 and 0.111.3, and Hexo 8.1, and
    read in the source of Zola 0.22.
    """

    severity = Severity.WARNING

    def check(self, doc: Document) -> Iterator[Finding]:
        generator = doc.profile.generator
        cut = marker(doc)
        if cut is None or not generator_for(doc.profile).renders(doc):
            return
        if generator == "jekyll":
            stop = _liquid(doc, cut)
            if stop is not None:
                yield stop
                return
            if separator(doc) == USUAL:
                return
        found = _markup(doc, cut) or _element(doc, cut)
        if found is not None:
            yield found


def _liquid(doc: Document, cut: Span) -> Finding | None:
    content, start = doc.content, doc.body.start
    if "{%" not in content[start : cut.start] or not liquid_is_on(doc):
        return None
    mistake = liquid(closed_excerpt(content, start, cut.start), 0)
    if mistake is None or liquid(content, start) is not None:
        return None  # what is wrong with the post itself is told elsewhere
    span = Span(start + mistake.span.start, start + mistake.span.end)
    tag = f"`{' '.join(content[span.start : span.end].split())}`"
    match mistake.kind:
        case "open":
            message = f"the excerpt ends inside the block that {tag} opens, and Jekyll does not close it"
        case "cut":
            message = f"the excerpt ends inside {tag}"
        case _:
            message = (
                f"the excerpt gets an `{{% end{mistake.name.removeprefix('end')} %}}` from Jekyll that closes nothing"
            )
    if span.end > cut.start:
        span = cut
    where = "the first blank line" if content[cut.start : cut.end] == USUAL else "the separator"
    return Finding(
        span,
        message,
        "Jekyll stops where a page, a feed or a plugin shows the excerpt: nothing at all is built",
        f'write `excerpt_separator: ""` into the front matter, or close the block before {where}',
        related=() if span == cut else (Related(cut, "the excerpt ends here"),),
    )


def _markup(doc: Document, cut: Span) -> Finding | None:
    """Markdown that the cut takes apart: the outermost of what is open there."""
    generator = doc.profile.generator
    if generator == "zola" or not doc.is_markdown:
        return None  # Zola closes what Markdown has opened
    # Hexo cuts what is rendered already, where each block has its tags; the others cut the Markdown.
    names = _MARKUP | _BLOCKS if generator == "hexo" else _MARKUP
    for event, range_ in doc.outline.events:
        if event.__class__ is str:
            continue
        kind, what = next(iter(event.items()))
        if kind == "Start":
            kind = what if what.__class__ is str else next(iter(what))
        elif kind != "Code":
            continue
        name = names.get(kind)
        if name is None:
            continue
        span = doc.outline.span(range_)
        if span.start > cut.start:
            break
        if cut.end <= span.end and not (cut.end == span.end and span.start == cut.start):
            return _cut_finding(doc, cut, span, name, _of_markup(generator, name))
    return None


def _of_markup(generator: str, name: str) -> str:
    match generator:
        case "hexo":
            return f"Hexo leaves it open in the excerpt: what follows it in a list of posts is {_within(name)} too"
        case "hugo" if name == "a code block":
            return "Hugo takes the marker out of the code all the same, and the summary does not end where it should"
        case "hugo":
            return "Hugo prints its marks as text, in the summary and on the page"
    return "Jekyll prints its marks as text in the excerpt"


def _within(name: str) -> str:
    return {"bold text": "bold", "emphasis": "emphasised", "struck text": "struck"}.get(name, f"in {name}")


def _element(doc: Document, cut: Span) -> Finding | None:
    """An HTML element that is closed behind the cut: the outermost of those that a browser does not end by itself."""
    generator = doc.profile.generator
    if doc.is_markdown and (not doc.profile.dialect.raw_html or doc.profile.dialect.markdown == "kramdown"):
        return None  # left out, or closed
    for element in doc.nesting.elements:
        opened = element.start
        if opened.start >= cut.start:
            break
        if element.name == "p" or opened.end > cut.start:
            continue
        end = _end(doc, element.name, opened, cut) if element.end is None else element.end.start
        if end >= cut.end:
            line = doc.text.position(end).line
            title, excerpt = generator_for(doc.profile).title, _excerpt(generator)
            consequence = f"{title} leaves it open in the {excerpt}: what follows it in a list of posts is in it too"
            return _cut_finding(doc, cut, opened, f"<{element.name}>, which is closed in line {line}", consequence)
    return None


_CARRIED_ON = frozenset("a b big code em font i s small strike strong tt u".split())  # noqa: SIM905
"""Formatting that a browser takes up again in the next paragraph, so that it is closed there without harm."""


def _end(doc: Document, name: str, opened: Span, cut: Span) -> int:
    """Where an element that a paragraph ended is closed by its own tag; -1 for nowhere."""
    if name not in _CARRIED_ON:
        return -1
    found = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(doc.masked.content, opened.end)
    return -1 if found is None else found.start()


def _cut_finding(doc: Document, cut: Span, opened: Span, name: str, consequence: str) -> Finding:
    excerpt = _excerpt(doc.profile.generator)
    first = Span(opened.start, min(opened.end, opened.start + 1))
    return Finding(
        cut,
        f"the {excerpt} ends inside {name}",
        consequence,
        f"end the {excerpt} before or after it",
        related=(Related(opened if opened.end <= cut.start else first, "it begins here"),),
    )


def _excerpt(generator: str) -> str:
    return "summary" if generator in ("hugo", "zola") else "excerpt"
