"""The whole site: facts of its documents, the index that keeps them, and the questions that site rules ask."""

from postlint.site.facts import Fact, LinkFact, PageFact, TermFact
from postlint.site.site import Site

__all__ = ["Fact", "LinkFact", "PageFact", "Site", "TermFact"]
