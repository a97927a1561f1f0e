"""All that a rule pack may import of postlint.

``from postlint.api import DocumentRule, Finding, Document`` and so on. What is not here is not for rules.
"""

from postlint.document import Document, Profile
from postlint.finding import Edit, Finding, Fix, Related, Safety, Severity, SiteFinding
from postlint.rule import DocumentRule, NoOptions, Rule, SiteRule
from postlint.site import Fact, LinkFact, PageFact, Site, TermFact
from postlint.text import Position, Span

__all__ = [
    "Document",
    "DocumentRule",
    "Edit",
    "Fact",
    "Finding",
    "Fix",
    "LinkFact",
    "NoOptions",
    "PageFact",
    "Position",
    "Profile",
    "Related",
    "Rule",
    "Safety",
    "Severity",
    "Site",
    "SiteFinding",
    "SiteRule",
    "Span",
    "TermFact",
]
