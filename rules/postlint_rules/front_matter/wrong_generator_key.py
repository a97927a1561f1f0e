"""Keys that another generator reads, or that this one reads otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from postlint.api import Document, DocumentRule, Finding, Fix, Related, Safety, Severity
from postlint_rules.front_matter import _effects as effects
from postlint_rules.front_matter._foreign import lost


@dataclass(frozen=True, slots=True)
class Options:
    """
    Attributes:
        terms: in Hugo, report ``tag`` and ``category`` too, of which Hugo makes no terms but a theme may know.
    """

    terms: bool = False


class WrongGeneratorKey(DocumentRule):
    """A key that is meant to hide, list, place or redirect the page, and does not do so here."""

    severity = Severity.WARNING
    Options = Options

    def check(self, doc: Document) -> Iterator[Finding]:
        for found in lost(doc, terms=self.options.terms):
            if effects.is_template(doc):
                return
            entry, other = found.entry, found.related
            fix = Fix(found.title, found.edits, Safety.UNSAFE) if found.edits else None
            related = () if other is None else (Related(other.key_span, f"`{other.key}` is here"),)
            yield Finding(
                entry.span, found.message, found.consequence, "" if fix is not None else found.help, fix, related
            )
