"""Making all lines of a text end in the same way."""

from __future__ import annotations

from postlint.finding import Edit
from postlint.regex import regex
from postlint.text import Span

__all__ = ["line_end_edits"]

_ANY = regex(r"\r\n?|\n")


def line_end_edits(content: str, end: str) -> tuple[Edit, ...]:
    """Edits after which every line of ``content`` that ends at all ends in ``end``, LF or CR LF.

    No edit is larger than it must be: of a CR LF the CR is deleted, before an LF one is inserted. Empty where CR CR LF
    stands in the text: a program that wrote line ends twice meant one by it, and parsers see two.
    """
    if "\r\r\n" in content:
        return ()
    edits = []
    for match in _ANY.finditer(content):
        found, at = match.group(), match.start()
        if found == end:
            continue
        if found == "\r":
            edits.append(Edit(Span(at, at + 1), end))
        elif end == "\n":
            edits.append(Edit(Span(at, at + 1), ""))
        else:
            edits.append(Edit(Span(at, at), "\r"))
    return tuple(edits)
