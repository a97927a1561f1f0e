"""What the rules about line ends share."""

from __future__ import annotations

import re

from postlint.api import Document

ENDS = {"lf": "\n", "crlf": "\r\n"}
NAMES = {"\n": "LF", "\r\n": "CR LF"}
_STRING = re.compile(r"""(["'])[^\S\r\n]*+(?:\r\n?|\n)[^\S\r\n]*+\1""")


def parts_strings(doc: Document) -> bool:
    """Whether a template takes a text apart by a line end that is written out, ``split: "⏎"``.

    What such a template does hangs on the kind of the line end in its own text and in another one.
    """
    content = doc.content
    return any(_STRING.search(content, *span) for span in doc.masked.spans)
