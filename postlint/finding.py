"""What a rule says, and what the engine makes of it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import NamedTuple

from postlint.text import Position, Span

__all__ = [
    "Diagnostic",
    "Edit",
    "Finding",
    "Fix",
    "Related",
    "Safety",
    "Severity",
    "SiteFinding",
]


class Severity(enum.IntEnum):
    """How bad a finding is. The order counts: ``Severity.ERROR > Severity.WARNING``."""

    OFF = 0
    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        return self.name.lower()


class Safety(enum.IntEnum):
    """Who may apply a fix."""

    DISPLAY = 0
    """Shown as a suggestion, never applied."""
    UNSAFE = 1
    """Changes what readers see or which address a page has; applied with ``--unsafe-fixes``."""
    SAFE = 2
    """Loses and changes nothing that a reader is meant to see; checked again before it is written."""


class Edit(NamedTuple):
    """Replace ``span`` by ``text``. An empty span inserts, an empty text deletes."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that are applied together or not at all.

    ``title`` is an imperative without a full stop: "move </strong> before </p>". ``drop_byte_order_mark`` takes away
    the mark that the file begins with: it is no part of the text, so no edit reaches it.
    """

    title: str
    edits: tuple[Edit, ...]
    safety: Safety = Safety.SAFE
    drop_byte_order_mark: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a reader should look at. ``path`` is None for the finding's own file."""

    span: Span
    message: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect in one document, as a rule sees it.

    Attributes:
        span: the characters to underline; may be empty (a place between two characters).
        message: what is wrong, one sentence without a full stop at its end.
        consequence: what comes of it ("Jekyll prints </p> as text here"), without a full stop; may be empty.
        help: what to do, where no fix says it.
        fix: the edits that mend it.
        related: other places that explain it.
    """

    span: Span
    message: str
    consequence: str = ""
    help: str = ""
    fix: Fix | None = None
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteFinding:
    """A finding of a site rule, with the file it stands in (path relative to the project root, with ``/``)."""

    path: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding as reports show it: with its rule, severity and place.

    ``path`` is relative to the project root, with ``/``. ``start`` and ``end`` are the ends of ``finding.span`` as
    line and column (``end`` is exclusive).
    """

    rule: str
    severity: Severity
    path: str
    finding: Finding
    start: Position
    end: Position

    @property
    def fixable(self) -> bool:
        """There is a fix that some command applies."""
        return self.finding.fix is not None and self.finding.fix.safety > Safety.DISPLAY
