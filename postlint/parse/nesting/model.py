"""What is known of a document's HTML elements, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from postlint.finding import Finding, Fix, Related
from postlint.text import Span

__all__ = ["Element", "Nesting", "Problem", "ProblemKind"]

ProblemKind = Literal[
    "misnested",
    "unclosed",
    "stray-end",
    "printed",
    "end-tag-of-void",
    "malformed",
    "crosses-markdown",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect in the nesting of tags, with all that comes of it.

    Attributes:
        kind: which rule's it is.
        span: the tag to point at.
        name: the element's name.
        message, consequence, help, fix, related: as in a finding.
        tags: every tag that it is about, in order: those that its words and related places name and, with kramdown,
            all that it prints or leaves open because of it.
    """

    kind: ProblemKind
    span: Span
    name: str
    message: str
    consequence: str = ""
    help: str = ""
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    tags: tuple[Span, ...] = ()

    def finding(self) -> Finding:
        """This problem as its rule reports it."""
        return Finding(self.span, self.message, self.consequence, self.help, self.fix, self.related)


@dataclass(frozen=True, slots=True)
class Element:
    """A literal element: its start tag, and its end tag where it has one."""

    name: str
    start: Span
    end: Span | None


@dataclass(frozen=True, slots=True)
class Nesting:
    """The elements of a document in order, and each problem once, in order of their places."""

    elements: tuple[Element, ...] = ()
    problems: tuple[Problem, ...] = ()

    def of(self, kind: ProblemKind) -> tuple[Problem, ...]:
        """The problems of one kind."""
        return tuple(problem for problem in self.problems if problem.kind == kind)
