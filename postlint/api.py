"""All that a rule pack may import of postlint.

``from postlint.api import DocumentRule, Finding, Document`` and so on. What is not here is not for rules.
"""

from postlint.config.schema import FieldSchema, Schema, schema_for
from postlint.config.settings import Taxonomy
from postlint.document import Document, Profile
from postlint.finding import Edit, Finding, Fix, Related, Safety, Severity, SiteFinding
from postlint.generators import DateOutcome, DateReading, Fate, Generator, Hidden, Kind, Setting, TermUse, generator_for
from postlint.generators.readings import DateUse, date_uses
from postlint.generators.terms import term_uses
from postlint.generators.zones import site_zone
from postlint.parse.comments import Comment
from postlint.parse.dialect import Dialect
from postlint.parse.front_matter import Entry, FenceDefect, Format, FrontMatter, Node, SyntaxProblem
from postlint.parse.headings import ids_of_headings
from postlint.parse.html import Attribute
from postlint.parse.html_elements import CLOSED_WITH_PARENT as OPTIONAL_END_TAGS
from postlint.parse.html_elements import EFFECTS as ELEMENT_EFFECTS
from postlint.parse.html_elements import FORMATTING as FORMATTING_ELEMENTS
from postlint.parse.html_elements import KNOWN as HTML_ELEMENTS
from postlint.parse.html_elements import RAW_TEXT as RAW_TEXT_ELEMENTS
from postlint.parse.html_elements import VOID as VOID_ELEMENTS
from postlint.parse.line_ends import line_end_edits
from postlint.parse.links import LinkUse
from postlint.parse.malformed import Malformed, malformed
from postlint.parse.markdown import Link as MarkdownLink
from postlint.parse.nesting import Element
from postlint.parse.nesting.branches import template_blocks
from postlint.parse.ranges import Ranges
from postlint.parse.raw_html import Omission, UnrenderedMarkdown, omitted_html, unrendered_markdown
from postlint.parse.references import UndefinedReference, undefined_references
from postlint.parse.start_tags import Tag
from postlint.regex import regex
from postlint.rule import (
    BaselineRule,
    BaselineUse,
    DocumentRule,
    NoOptions,
    Rule,
    SiteRule,
    SuppressionRule,
    SuppressionUse,
)
from postlint.site.facts import Fact, LinkFact, PageFact, Place, TermFact
from postlint.site.resolve import Home, home_of
from postlint.site.site import Site
from postlint.text import LineEnds, Position, Span, within
from postlint.verdict import Hop, Standing, Verdict

__all__ = [
    "ELEMENT_EFFECTS",
    "FORMATTING_ELEMENTS",
    "HTML_ELEMENTS",
    "OPTIONAL_END_TAGS",
    "RAW_TEXT_ELEMENTS",
    "VOID_ELEMENTS",
    "Attribute",
    "BaselineRule",
    "BaselineUse",
    "Comment",
    "DateOutcome",
    "DateReading",
    "DateUse",
    "Dialect",
    "Document",
    "DocumentRule",
    "Edit",
    "Element",
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
    "Hop",
    "Kind",
    "LineEnds",
    "LinkFact",
    "LinkUse",
    "Malformed",
    "MarkdownLink",
    "NoOptions",
    "Node",
    "Omission",
    "PageFact",
    "Place",
    "Position",
    "Profile",
    "Ranges",
    "Related",
    "Rule",
    "Safety",
    "Schema",
    "Setting",
    "Severity",
    "Site",
    "SiteFinding",
    "SiteRule",
    "Span",
    "Standing",
    "SuppressionRule",
    "SuppressionUse",
    "SyntaxProblem",
    "Tag",
    "Taxonomy",
    "TermFact",
    "TermUse",
    "UndefinedReference",
    "UnrenderedMarkdown",
    "Verdict",
    "date_uses",
    "generator_for",
    "home_of",
    "ids_of_headings",
    "line_end_edits",
    "malformed",
    "omitted_html",
    "regex",
    "schema_for",
    "site_zone",
    "template_blocks",
    "term_uses",
    "undefined_references",
    "unrendered_markdown",
    "within",
]
