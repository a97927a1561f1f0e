"""What a rule is.

A rule says what it saw and nothing else: it opens no file, prints nothing, knows no severity and no suppression, and
keeps nothing between documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from postlint.finding import Finding, Severity, SiteFinding

if TYPE_CHECKING:
    from postlint.document import Document
    from postlint.parse.directives import Directive, Selector
    from postlint.site.facts import Fact
    from postlint.site.site import Site
    from postlint.text import Span

__all__ = [
    "BaselineRule",
    "BaselineUse",
    "DocumentRule",
    "Need",
    "NoOptions",
    "Rule",
    "SiteRule",
    "SuppressionRule",
    "SuppressionUse",
]


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
        external: what it speaks of in links to other sites: "dead", "moved" or "anchor"; "" for nothing that only they
            could tell. Such a rule has something to say only in runs that asked them, so no comment that suppresses it
            is ever called unneeded.
        Options: a frozen dataclass; values from configuration are validated against its types. Field names are
            the option names, with ``_`` for ``-``.
    """

    id: ClassVar[str] = ""
    severity: ClassVar[Severity] = Severity.ERROR
    on: ClassVar[bool] = True
    aliases: ClassVar[tuple[str, ...]] = ()
    external: ClassVar[str] = ""
    Options: ClassVar[type[Any]] = NoOptions

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "id" in cls.__dict__:
            return
        family, _, name = cls.__module__.rpartition(".")
        cls.id = f"{family.rpartition('.')[2]}/{name}".replace("_", "-")

    def __init__(self, options: Any = None) -> None:
        self.options = self.Options() if options is None else options


Need = Literal["anything", "html", "links", "dates"]
"""``html``: something that may be an HTML tag outside code (:attr:`Document.has_html`); ``links``: an address
(:attr:`Document.links`); ``dates``: a date that the generator reads (:func:`postlint.api.date_uses`)."""


class DocumentRule(Rule):
    """A rule whose answer depends on one document and the settings alone (never on the clock or another file).

    Attributes:
        needs: what a document must hold for the rule to have anything to say. Others are not shown to it: to ask once
            for all rules what most documents do not have is quicker than to ask in each.
    """

    needs: ClassVar[Need] = "anything"

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


@dataclass(frozen=True, slots=True)
class BaselineUse:
    """An entry of the baseline that is no longer as the site is.

    Attributes:
        span: the entry's line in the baseline.
        path: the file that it names.
        name: the rule, as it is named there.
        count: how many findings it knows.
        why: "fewer" were ``found``; there is "no-file" at ``path``, or one that is "not-read" as content; the
            "unknown-rule" is like ``rule`` at best, the "renamed-rule" is now called that.
        found: how many there are.
        rule: see ``why``.
    """

    span: Span
    path: str
    name: str
    count: int
    why: Literal["fewer", "no-file", "not-read", "unknown-rule", "renamed-rule"]
    found: int = 0
    rule: str = ""


class BaselineRule(Rule):
    """A rule about the baseline: asked after all others, of each entry that does not fit."""

    def check(self, use: BaselineUse) -> Iterator[Finding]:
        """Each defect of this kind of one entry. Spans are those of the baseline's file."""
        raise NotImplementedError
