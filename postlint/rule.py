"""What a rule is.

A rule says what it saw and nothing else: it opens no file, prints nothing, knows no severity and no suppression, and
keeps nothing between documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from postlint.finding import Finding, Severity, SiteFinding

if TYPE_CHECKING:
    from postlint.document import Document
    from postlint.parse.directives import Directive, Selector
    from postlint.site.facts import Fact
    from postlint.site.site import Site

__all__ = ["DocumentRule", "NoOptions", "Rule", "SiteRule", "SuppressionRule", "SuppressionUse"]


@dataclass(frozen=True, slots=True)
class NoOptions:
    """The options of a rule that has none."""


class Rule:
    """The part that all rules share.

    A rule's id is its place: the class in ``postlint_rules/html/misnested_tag.py`` is ``html/misnested-tag``. Its page,
    the ``.md`` file beside it, holds its words for people and the cases that test it.

    Attributes:
        severity: the severity where no configuration says otherwise.
        on: whether the rule runs where no configuration says so. Rules of taste are off.
        aliases: ids the rule had before.
        Options: a frozen dataclass; values from configuration are validated against its types. Field names are
            the option names, with ``_`` for ``-``.
    """

    id: ClassVar[str] = ""
    severity: ClassVar[Severity] = Severity.ERROR
    on: ClassVar[bool] = True
    aliases: ClassVar[tuple[str, ...]] = ()
    Options: ClassVar[type[Any]] = NoOptions

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "id" in cls.__dict__:
            return
        family, _, name = cls.__module__.rpartition(".")
        cls.id = f"{family.rpartition('.')[2]}/{name}".replace("_", "-")

    def __init__(self, options: Any = None) -> None:
        self.options = self.Options() if options is None else options


class DocumentRule(Rule):
    """A rule whose answer depends on one document and the settings alone (never on the clock or another file)."""

    def check(self, doc: Document) -> Iterator[Finding]:
        """Each defect of this kind in ``doc``."""
        raise NotImplementedError


class SiteRule(Rule):
    """A rule whose answer depends on other files or the clock."""

    def collect(self, doc: Document) -> Iterator[Fact]:
        """Facts of its own about ``doc``, beside those collected of every document. Must not read the clock."""
        return iter(())

    def check(self, site: Site) -> Iterator[SiteFinding]:
        """Each defect of this kind in the site."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class SuppressionUse:
    """A suppression comment, and what it did in this run.

    Attributes:
        directive: the comment.
        unknown: its selectors that name no rule, each with the nearest name ("" where none is near).
        unused: its selectors that suppressed nothing, though all rules that they name ran on this file.
    """

    directive: Directive
    unknown: tuple[tuple[Selector, str], ...] = ()
    unused: tuple[Selector, ...] = ()


class SuppressionRule(Rule):
    """A rule about suppression comments: asked after all others, when it is known what each comment did."""

    def check(self, use: SuppressionUse) -> Iterator[Finding]:
        """Each defect of this kind of one comment."""
        raise NotImplementedError
