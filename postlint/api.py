"""All that a rule pack may import of postlint.

``from postlint.api import DocumentRule, Finding, Document`` and so on. What is not here is not for rules.
"""

from postlint.config.schema import FieldSchema, Schema, schema_for
from postlint.config.settings import Taxonomy
from postlint.document import Document, Profile
from postlint.finding import Edit, Finding, Fix, Related, Safety, Severity, SiteFinding
from postlint.generators import DateOutcome, DateReading, Fate, Generator, Hidden, Kind, TermUse, generator_for
from postlint.generators.readings import DateUse, date_uses
from postlint.generators.terms import term_uses
from postlint.generators.zones import site_zone
from postlint.parse.dialect import Dialect
from postlint.parse.front_matter import Entry, FenceDefect, Format, FrontMatter, Node, SyntaxProblem
from postlint.parse.html_elements import EFFECTS
from postlint.parse.line_ends import line_end_edits
from postlint.parse.links import LinkUse
from postlint.parse.malformed import Malformed, malformed
from postlint.parse.raw_html import Omission, UnrenderedMarkdown, omitted_html, unrendered_markdown
from postlint.parse.references import UndefinedReference, undefined_references
from postlint.rule import DocumentRule, NoOptions, Rule, SiteRule, SuppressionRule, SuppressionUse
from postlint.site import Fact, LinkFact, PageFact, Site, TermFact
from postlint.site.facts import Place
from postlint.site.resolve import Home, home_of
from postlint.text import LineEnds, Position, Span, within

__all__ = [
    "EFFECTS",
    "DateOutcome",
    "DateReading",
    "DateUse",
    "Dialect",
    "Document",
    "DocumentRule",
    "Edit",
    "Entry",
    "Fact",
    "Fate",
    "FenceDefect",
    "FieldSchema",
    "Finding",
    "Fix",
    "Format",
    "FrontMatter",
    "Generator",
    "Hidden",
    "Home",
    "Kind",
    "LineEnds",
    "LinkFact",
    "LinkUse",
    "Malformed",
    "NoOptions",
    "Node",
    "Omission",
    "PageFact",
    "Place",
    "Position",
    "Profile",
    "Related",
    "Rule",
    "Safety",
    "Schema",
    "Severity",
    "Site",
    "SiteFinding",
    "SiteRule",
    "Span",
    "SuppressionRule",
    "SuppressionUse",
    "SyntaxProblem",
    "Taxonomy",
    "TermFact",
    "TermUse",
    "UndefinedReference",
    "UnrenderedMarkdown",
    "date_uses",
    "generator_for",
    "home_of",
    "line_end_edits",
    "malformed",
    "omitted_html",
    "schema_for",
    "site_zone",
    "term_uses",
    "undefined_references",
    "unrendered_markdown",
    "within",
]
