"""Hugo's shortcodes: what stands between their tags, and which HTML is kept there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postlint.parse.ranges import Ranges
from postlint.regex import regex
from postlint.text import Span

if TYPE_CHECKING:
    from postlint.parse.reading import Reading

__all__ = ["KEEPS_HTML", "SHORTCODE", "bodies", "kept_html"]

SHORTCODE = regex(r"\{\{[<%]\s*+(?P<end>/)?+\s*+(?P<name>[^\s/>%\"`][^\s>%\"`]*+)")
"""The beginning of a call, and its name."""

KEEPS_HTML = "h"
"""Among the marks of a shortcode (:attr:`Dialect.shortcodes`): what stands between its tags is put out as it is."""


def bodies(doc: Reading, only: frozenset[str] | None = None) -> list[Span]:
    """What stands between the two tags of each ``{{< >}}``, inner ones before those around them.

    Args:
        only: the names of those that count, in lower case.
    """
    content = doc.content
    opened: list[tuple[str, int]] = []
    found: list[Span] = []
    for start, end in doc.masked.spans:
        if not content.startswith("{{<", start) or (tag := SHORTCODE.match(content, start, end)) is None:
            continue
        name = tag["name"].lower()
        if tag["end"] is None:
            opened.append((name, end))
            continue
        names = [name for name, _ in opened]
        if name in names:
            at = len(names) - 1 - names[::-1].index(name)
            if only is None or name in only:
                found.append(Span(opened[at][1], start))
            del opened[at:]
    return found


def kept_html(doc: Reading) -> Ranges | None:
    """Where HTML in a Markdown document stays, if the renderer drops it everywhere else; None where it stays anywhere.

    It stays between the tags of shortcodes that put it out without rendering it.
    """
    dialect = doc.profile.dialect
    if dialect.raw_html or not doc.is_markdown:
        return None
    keeping = frozenset(name for name, marks in dialect.shortcodes if KEEPS_HTML in marks)
    return Ranges(bodies(doc, keeping) if keeping and doc.masked.spans else ())
