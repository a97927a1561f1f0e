"""The questions that site rules ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from postlint.document import Profile
from postlint.site.facts import AnchorFact, Fact, LinkFact, PageFact, TermFact

__all__ = ["Site"]


class Site:
    """All documents of a project root, as facts. Answers come from the index.

    Rules yield findings for the whole site; the engine keeps those of the paths that were asked for.
    """

    now: dt.datetime
    """The instant that counts as now (aware)."""

    def profile(self, path: str) -> Profile:
        """The profile of the site that a document belongs to."""
        raise NotImplementedError

    def pages(self) -> Iterator[PageFact]:
        """Every document, by path."""
        raise NotImplementedError

    def page(self, path: str) -> PageFact | None:
        raise NotImplementedError

    def terms(self, taxonomy: str | None = None) -> Iterator[TermFact]:
        """Uses of terms, by path and place."""
        raise NotImplementedError

    def taxonomies(self) -> Sequence[str]:
        """The taxonomies that are used, by name."""
        raise NotImplementedError

    def links(self, path: str | None = None) -> Iterator[LinkFact]:
        """Uses of addresses, of one document or of all."""
        raise NotImplementedError

    def anchors(self, path: str) -> Iterator[AnchorFact]:
        raise NotImplementedError

    def facts(self, rule: str) -> Iterator[Fact]:
        """What a rule's own ``collect`` said of all documents, by path."""
        raise NotImplementedError

    def has_file(self, path: str) -> bool:
        """Whether a file, content or not, is there (path relative to the project root, exact case)."""
        raise NotImplementedError

    def files(self) -> Iterator[str]:
        """Every file of the project, sorted."""
        raise NotImplementedError
