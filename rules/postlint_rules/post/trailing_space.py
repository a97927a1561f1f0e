"""White space at the ends of lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from postlint.api import Document, DocumentRule, Edit, Finding, Fix, Safety, Severity, Span, regex
from postlint_rules.post._white_space import Verbatim, is_break, means_something

_BLANKS = regex(r"(?<![ \t])[ \t]++(?=[\r\n]|\Z)")
_SIGNS = (" \n", "\t\n", " \r", "\t\r")


@dataclass(frozen=True, slots=True)
class Options:
    """Options of post/trailing-space.

    Attributes:
        hard_breaks: also report line breaks that are written as two blanks.
        code: also report white space in code and in texts of the front matter that keep their lines.
    """

    hard_breaks: bool = False
    code: bool = False


class TrailingSpace(DocumentRule):
    """Blanks and tabs before a line end, each a finding, where they show nothing; on request also where they do."""

    severity = Severity.INFO
    on = False
    Options = Options

    def check(self, doc: Document) -> Iterator[Finding]:
        content = doc.content
        if content[-1:] not in (" ", "\t") and not any(sign in content for sign in _SIGNS):
            return
        front_matter = doc.front_matter
        if front_matter.defect is not None or front_matter.error is not None or "\0" in content:
            return  # what stands where is not known until that is mended
        verbatim = Verbatim(doc)
        for match in _BLANKS.finditer(content):
            span = Span(*match.span())
            if verbatim.is_unknown(span.start):
                continue
            if verbatim.holds(span.start):
                if self.options.code:
                    yield _finding(doc, span, "white space at the end of a line that keeps it", Safety.UNSAFE)
                continue
            number = doc.text.position(span.start).line
            line = doc.text.line(number)
            following = _following(doc, number)
            if span.start >= doc.body.start and is_break(doc, line, following):
                if self.options.hard_breaks:
                    message = "two blanks at the end of the line break it, and nobody sees them"
                    yield Finding(span, message, help="write <br> where the line is to be broken")
                continue
            if means_something(line.rstrip(" \t"), match.group()):
                continue
            if line.strip(" \t"):
                yield _finding(doc, span, "white space at the end of the line", Safety.SAFE)
            elif span.start >= doc.body.start and doc.is_markdown and "\t" in match.group():
                consequence = _JOINS if doc.profile.generator == "hexo" else ""
                yield _finding(doc, span, "a blank line that holds a tab", Safety.UNSAFE, consequence)
            else:
                # Kramdown takes a paragraph for a term, and what follows for its definition, where the line between
                # them is wholly empty.
                defines = doc.is_markdown and following.lstrip(" \t").startswith(":")
                safety = Safety.UNSAFE if defines else Safety.SAFE
                yield _finding(doc, span, "a blank line that holds white space", safety)


_JOINS = "Hexo takes it for no blank line: the paragraphs above and below are one"


def _finding(doc: Document, span: Span, message: str, safety: Safety, consequence: str = "") -> Finding:
    fix = None if doc.text.undecodable else Fix("remove it", (Edit(span, ""),), safety)
    return Finding(span, message, consequence, fix=fix)


def _following(doc: Document, number: int) -> str:
    return doc.text.line(number + 1) if number < len(doc.text.line_starts) else ""
