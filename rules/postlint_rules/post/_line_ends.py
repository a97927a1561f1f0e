"""What the rules about line ends share."""

from __future__ import annotations

import re

from postlint.api import Document, Fix, Safety, generator_for, line_end_edits, regex

ENDS = {"lf": "\n", "crlf": "\r\n"}
NAMES = {"\n": "LF", "\r\n": "CR LF"}
_LONE = regex(r"\r(?!\n)")
_EMPTY_ITEM = regex(r"(?:^|[ \t>])(?:[-+*]|\d{1,9}[.)])[ \t]*+(?=[\r\n]|\Z)", re.M)
_STRING = regex(r"""(["'])[^\S\r\n]*+(?:\r\n?|\n)[^\S\r\n]*+\1""")


def fix_for(doc: Document, end: str) -> Fix | None:
    """The fix that makes all lines end in ``end``; None where it is not clear what came of that.

    Goldmark (Hugo 0.168 and 0.111, measured) ends no line at a CR alone, and takes a mark of a list with nothing behind
    it for an item before LF only: there another page comes of other line ends.
    """
    if doc.text.undecodable or _parts_strings(doc):
        return None
    edits = line_end_edits(doc.content, end)
    if not edits:
        return None
    changes = swallows(doc) or (_is_goldmark(doc) and _EMPTY_ITEM.search(doc.content, doc.body.start))
    return Fix(f"end all lines in {NAMES[end]}", edits, Safety.UNSAFE if changes else Safety.SAFE)


def swallows(doc: Document) -> bool:
    """There is a CR alone in Markdown that Hugo renders."""
    return _is_goldmark(doc) and _LONE.search(doc.content, doc.body.start) is not None


def _is_goldmark(doc: Document) -> bool:
    return doc.profile.dialect.markdown == "goldmark" and doc.is_markdown and generator_for(doc.profile).renders(doc)


def _parts_strings(doc: Document) -> bool:
    """Whether a template takes a text apart by a line end that is written out, ``split: "⏎"``.

    What such a template does hangs on the kind of the line end in its own text and in another one.
    """
    content = doc.content
    return any(_STRING.search(content, *span) for span in doc.masked.spans)
