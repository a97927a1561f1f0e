"""Where each generator cuts the excerpt off a post.

Measured with Jekyll 4.3.1, Hugo 0.168 and 0.111.3, and Hexo 8.1; read in the source of Zola 0.22
(components/markdown/src/markdown.rs).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.api import Document, Kind, Span, generator_for, regex

__all__ = ["USUAL", "closed_excerpt", "in_code", "marker", "separator"]

USUAL = "\n\n"
"""Jekyll's own separator: it ends nearly every excerpt after a paragraph."""

_MARKERS = {
    "hugo": regex(r"<!--more-->"),
    "hexo": regex(r"<!-- ?more ?-->", re.IGNORECASE),
    "zola": regex(r"<!--\s*more\s*-->", re.IGNORECASE),
}


def marker(doc: Document) -> Span | None:
    """The characters that end the excerpt; None where the generator makes no excerpt, or one of its own choice.

    Of Jekyll's usual separator also None where no Liquid stands before it.
    """
    generator = doc.profile.generator
    if generator == "jekyll":
        return _jekyll(doc)
    found = list(_markers(doc))
    if not found:
        return None
    if generator == "hugo":
        # The first counts, in code too. Inside a shortcode it is no marker, nor need there be another.
        first = found[0]
        return None if doc.masked.overlaps(first) or _in_shortcode(doc, first.start) else first
    if generator == "hexo" and (
        "excerpt" in doc.front_matter or generator_for(doc.profile).kind(doc.path) not in (Kind.POST, Kind.DRAFT)
    ):
        return None
    return next((each for each in found if not in_code(doc, each) and not doc.masked.overlaps(each)), None)


def _markers(doc: Document) -> Iterator[Span]:
    pattern = _MARKERS.get(doc.profile.generator)
    if pattern is not None:
        for found in pattern.finditer(doc.content, doc.body.start):
            yield Span(*found.span())


def in_code(doc: Document, span: Span) -> bool:
    return any(code.start <= span.start and span.end <= code.end for code in doc.outline.code)


_SHORTCODE = regex(r"\{\{[<%]\s*(/?)\s*([\w./-]+)")


def _in_shortcode(doc: Document, at: int) -> bool:
    """Whether a shortcode that is closed behind ``at`` is open there."""
    if "{{" not in doc.content:
        return False
    depth: dict[str, int] = {}
    for found in _SHORTCODE.finditer(doc.content, doc.body.start, at):
        depth[found[2]] = max(0, depth.get(found[2], 0) + (-1 if found[1] else 1))
    return any(
        found[1] and depth.get(found[2], 0) > 0 for found in _SHORTCODE.finditer(doc.content, at, len(doc.content))
    )


# Jekyll ------------------------------------------------------------------------------------------------------


def separator(doc: Document) -> str:
    """What separates the excerpt from the rest of a Jekyll post; "" for no excerpt, or one that is written out."""
    generator = generator_for(doc.profile)
    if generator.kind(doc.path) not in (Kind.POST, Kind.DRAFT) or "excerpt" in doc.front_matter:
        return ""
    options = doc.profile.options
    found: object = getattr(options, "excerpt_separator", USUAL)
    for defaults in getattr(options, "defaults", ()):
        values = dict(defaults.values)
        if "excerpt" in values or "excerpt_separator" in values:
            return ""  # whether they are for this file is not worth a false alarm
    entry = doc.front_matter.get("excerpt_separator")
    if entry is not None and entry.node.kind == "scalar" and entry.value not in (None, False):
        found = str(entry.value)
    return found if isinstance(found, str) else ""


def _jekyll(doc: Document) -> Span | None:
    if "excerpt_separator" not in doc.front_matter and getattr(doc.profile.options, "excerpt_separator", "") == USUAL:
        # Most posts of most sites: asked first, since only Liquid can go wrong there.
        end = doc.content.find(USUAL, doc.body.start)
        if end < 0 or doc.content.find("{%", doc.body.start, end) < 0:
            return None
    text = separator(doc)
    start = doc.content.find(text, doc.body.start) if text else -1
    if start < 0 or start + len(text) == len(doc.content):
        return None  # without a tail Jekyll leaves the head as it is
    return Span(start, start + len(text))


_LIQUID_TAG = regex(r"\{%-?\s*(\w+)\s*.*?-?%\}", re.S)
_END_NAME = regex(r"\{%-?\s*end(\w+)")
_LIQUID_BLOCKS = frozenset(
    "if unless case for tablerow capture ifchanged highlight raw comment".split()  # noqa: SIM905
)


def closed_excerpt(content: str, start: int, end: int) -> str:
    """``content[start:end]`` with the end tags that Jekyll puts behind an excerpt (``sanctify_liquid_tags``).

    It counts nothing: a block of which another is closed in the excerpt stays open, and one in ``raw`` is closed.
    """
    head = content[start:end]
    blocks = _LIQUID_BLOCKS.union(found[1] for found in _END_NAME.finditer(content, start))
    for name in reversed(_LIQUID_TAG.findall(head)):
        if name in blocks and re.search(r"\{%-?\s*end" + name + r".*?\s*-?%\}", head, re.S) is None:
            head += f"\n{{% end{name} %}}"
    return head
