"""Sets what postlint says of a Jekyll post's HTML beside what kramdown complains of.

kramdown complains in two ways: of each element that it has to close itself it warns, with a line, and each tag that it
cannot use it prints. What it prints has no place in its output; the scanner, which finds the same tags as often
(:mod:`tests.kramdown.compare`), says where they stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from postlint.document import Document
from postlint.parse.html_elements import CLOSED_WITH_PARENT, KNOWN
from postlint.parse.kramdown import KramdownOptions, scan
from postlint.parse.kramdown.model import HtmlElement, KramdownScan
from postlint.parse.nesting import Problem
from postlint.text import Span
from tests.kramdown.compare import differences, kramdown

__all__ = ["Complaint", "Tally", "tally"]

_OPEN = re.compile(r"Found no end tag for '([^']+)' (?:\(line (\d+)\)|on line (\d+))")


class Complaint(NamedTuple):
    """A tag that kramdown prints (``comment`` is a ``<!--``), or the start tag of an element that it closes itself."""

    line: int
    kind: str
    name: str


@dataclass
class Tally:
    """Both sides of the comparison, summed up.

    Attributes:
        complaints: how many kramdown has that postlint is to find.
        missed: those that no finding is about.
        passed_over: those that are no defect, or another rule's, by reason.
        findings: how many postlint has.
        browsers: those that say what browsers do of them, because kramdown does not mind.
        unconfirmed: those that kramdown knows nothing of.
        parted: documents in which the scanner does not see what kramdown prints.
    """

    complaints: int = 0
    missed: list[str] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    findings: int = 0
    browsers: int = 0
    unconfirmed: list[str] = field(default_factory=list)
    parted: list[str] = field(default_factory=list)

    @property
    def found(self) -> float:
        """The share of kramdown's complaints that postlint finds."""
        return 1 - len(self.missed) / max(1, self.complaints)

    @property
    def confirmed(self) -> float:
        """The share of postlint's findings that kramdown confirms."""
        return 1 - len(self.unconfirmed) / max(1, self.findings - self.browsers)

    def __str__(self) -> str:
        return (
            f"{self.complaints - len(self.missed)} of {self.complaints} found ({self.found:.2%}), "
            f"{self.findings - self.browsers - len(self.unconfirmed)} of {self.findings - self.browsers} confirmed "
            f"({self.confirmed:.2%}), {self.browsers} of browsers alone, "
            f"passed over: {dict(self.passed_over)}, scanner parted: {len(self.parted)}"
        )


def tally(documents: Sequence[Document]) -> Tally:
    """Compare all of ``documents``, which are a Jekyll site's Markdown."""
    total = Tally()
    answers = kramdown([doc.masked.content[doc.body.start :] for doc in documents])
    for doc, answer in zip(documents, answers, strict=True):
        if "error" in answer:
            total.passed_over["kramdown fails"] += 1
            continue
        found = scan(doc.masked.content, doc.body, KramdownOptions())
        if differences(doc.masked.content[doc.body.start :], answer):
            total.parted.append(doc.path)
            continue
        _compare(total, doc, found, answer["warnings"])
    return total


def _compare(total: Tally, doc: Document, found: KramdownScan, warnings: Iterable[str]) -> None:
    problems = doc.nesting.problems
    about = {complaint for problem in problems for complaint in _about(doc, problem)}
    kramdowns: set[Complaint] = set()
    for tag in found.printed:
        complaint = Complaint(_line(doc, tag.span), tag.kind, tag.name)
        kramdowns.add(complaint)
        if complaint in about:
            total.complaints += 1
        elif reason := _no_defect(doc, found, tag.span, tag.kind, tag.name):
            total.passed_over[reason] += 1
        else:
            total.complaints += 1
            total.missed.append(f"{doc.path}:{complaint.line} prints {doc.content[slice(*tag.span)]!r} ({tag.reason})")
    first = doc.text.position(doc.body.start).line
    opened = [element for element in found.elements if element.auto_closed_at is not None]
    reported = [e for e in opened if Complaint(_line(doc, e.start), "start", e.name) in about]
    for warning in warnings:
        match = _OPEN.match(warning)
        if match is None:
            continue
        line, name = first - 1 + int(match[2] or match[3]), match[1].lower()
        # Of a table cell and of a term kramdown names the line before or after.
        near = [e for e in opened if e.name == name and abs(_line(doc, e.start) - line) <= 1]
        if any(e in reported or any(_within(e, outer) for outer in reported) for e in near):
            total.complaints += 1
        elif reason := _no_loss(doc, found, near, name):
            total.passed_over[reason] += 1
        else:
            total.complaints += 1
            total.missed.append(f"{doc.path}:{line}: {warning}")
    # In raw HTML kramdown warns of the innermost open element alone: what is round it is open as well.
    kramdowns.update(Complaint(_line(doc, element.start), "start", element.name) for element in opened)
    for problem in problems:
        total.findings += 1
        if problem.consequence.startswith("browsers"):
            total.browsers += 1
        elif kramdowns.isdisjoint(_about(doc, problem)):
            place = "{}:{}".format(*doc.text.position(problem.span.start))
            total.unconfirmed.append(f"{doc.path}:{place} {problem.kind}: {problem.message} = {problem.consequence}")


def _about(doc: Document, problem: Problem) -> Iterable[Complaint]:
    for span in problem.tags:
        text = doc.masked.content[span.start : span.end]
        match = re.search(r"[^\W\d][-\w.:]*", text)
        end = text.lstrip("<\\ ").startswith("/")
        yield Complaint(_line(doc, span), "end" if end else "start", match[0].lower() if match else "")


def _line(doc: Document, span: Span) -> int:
    return doc.text.position(span.start).line


def _within(inner: HtmlElement, outer: HtmlElement) -> bool:
    assert inner.auto_closed_at is not None and outer.auto_closed_at is not None
    return outer.start < inner.start and inner.auto_closed_at <= outer.auto_closed_at


def _no_loss(doc: Document, found: KramdownScan, near: Sequence[HtmlElement], name: str) -> str:
    """Why postlint has nothing to say of an element that kramdown closes itself; "" where it should."""
    if name not in KNOWN:
        return "a name that HTML does not know (html/unknown-tag's)"
    if doc.kramdown is None:
        return "code to CommonMark, and not read a second time"
    if not near and found.hidden:
        return "in a footnote that nothing refers to"
    if name in CLOSED_WITH_PARENT and all(tag.inside != element.start for tag in found.printed for element in near):
        return "an end tag that HTML lets one omit, and nothing of it shows"
    return ""


def _no_defect(doc: Document, found: KramdownScan, span: Span, kind: str, name: str) -> str:
    """Why postlint has nothing to say, on purpose, of a tag that kramdown prints; "" where it should."""
    text = doc.masked.content[span.start : span.end]
    if kind == "comment":
        return "a comment that never ends (html/unclosed-comment's)"
    if name not in KNOWN:
        return "a name that HTML does not know (html/unknown-tag's)"
    if kind == "start" and text.lower() == f"<{name}>":
        return "a block's start tag without attributes in a line of text: mentioned, and shown as it was meant"
    if kind == "start" and "=" not in text:
        return "`a <b and c> d`: a comparison, not a tag"
    if doc.kramdown is None:
        return "code to CommonMark, and not read a second time"
    return ""
