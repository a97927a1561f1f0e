"""Files whose lines end otherwise than is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from postlint.api import Document, DocumentRule, Finding, Severity, Span
from postlint_rules.post._line_ends import ENDS, NAMES, fix_for


@dataclass(frozen=True, slots=True)
class Options:
    """Options of post/line-endings.

    Attributes:
        style: how lines are to end.
    """

    style: Literal["lf", "crlf"] = "lf"


class LineEndings(DocumentRule):
    """Most lines of a file end in the other of LF and CR LF: one finding a file, at the first.

    A few odd lines in a file that is else as it should be are what post/mixed-line-endings is about.
    """

    severity = Severity.INFO
    on = False
    Options = Options

    def check(self, doc: Document) -> Iterator[Finding]:
        wanted, content = ENDS[self.options.style], doc.content
        if wanted == "\n" and "\r" not in content:
            return
        ends = doc.text.line_ends
        if ends.usual == wanted or "\0" in content or not (ends.lf or ends.crlf):
            return
        at = content.index(ends.usual)
        fix = fix_for(doc, wanted)
        help_ = "" if fix is not None else f"save the file anew, with line ends of that kind ({NAMES[wanted]})"
        message = f"the lines of this file end in {NAMES[ends.usual]}, and are to end in {NAMES[wanted]}"
        yield Finding(Span(at, at), message, help=help_, fix=fix)
