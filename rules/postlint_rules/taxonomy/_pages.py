"""The pages that a site keeps for its terms, one each: learned from what the site has, or declared.

On a site whose generator makes no such pages by itself (Jekyll), authors keep a file for each term:
``category/news.html`` with ``category: news`` in its front matter. Which folder and which key that is, is read off the
files: most terms in use must have such a file before one that has none is missed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from postlint.api import Document, Fact, Kind, Place, generator_for
from postlint_rules.taxonomy import _forms as forms

__all__ = ["TermPages", "is_post", "learned_pages", "page_facts"]

_KEYS = ("category", "tag", "categories", "tags", "term", "taxonomy", "topic", "tag_name", "tag-name", "slug")
"""Keys by which the page of a term may name it."""
LEAST_TERMS = 3
"""How many terms must have a page before one is missed for another."""


@dataclass(frozen=True, slots=True)
class TermPages:
    """One file a term, as the site has them.

    Attributes:
        folder: where they lie, "" or ending in "/".
        key: the front-matter key that names the term.
        pages: term → path.
        files: the names, without suffix, of all files of the folder that name a term.
        covered: how many uses of a term (document by document) have a page.
        uses: of how many.
    """

    folder: str
    key: str
    pages: Mapping[str, str]
    files: frozenset[str]
    covered: int
    uses: int

    def has_file_for(self, term: str) -> bool:
        """Whether a file of the folder is named for the term, whatever it says inside."""
        return not self.files.isdisjoint(forms.spellings(term))

    def path_for(self, term: str) -> str:
        """Where the page of a further term would lie: named as most of its like are."""
        suffixes = [path[path.rfind(".") :] for path in self.pages.values()]
        return f"{self.folder}{term}{max(set(suffixes), key=suffixes.count)}"


def is_post(doc: Document) -> bool:
    """Whether the document is one that term pages list, rather than a page."""
    return generator_for(doc.profile).kind(doc.path) is Kind.POST


def page_facts(doc: Document) -> Iterator[Fact]:
    """The term that a page names in its front matter, key by key (facts "page:KEY")."""
    extra = tuple(taxonomy.page_key for taxonomy in doc.profile.taxonomies if taxonomy.page_key)
    for entry in doc.front_matter.entries:
        node = entry.node
        if (entry.key in _KEYS or entry.key in extra) and node.kind == "scalar" and node.text.strip():
            span = node.span
            place = Place(span, doc.text.position(span.start), doc.text.position(span.end))
            yield Fact(doc.path, f"page:{entry.key}", place, node.text.strip())


def learned_pages(
    root: str, facts: Iterable[Fact], counts: Mapping[str, int], least_uses: int, share: float
) -> TermPages | None:
    """The pattern of the site's term pages, where there evidently is one.

    Args:
        root: the site.
        facts: of :func:`page_facts`.
        counts: term → documents that use it, of one taxonomy.
        least_uses, share: how many of these, and what share of them, must be of a term with a page.
    """
    by_pattern: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    files: dict[tuple[str, str], set[str]] = defaultdict(set)
    for fact in facts:
        if fact.key.startswith("page:") and fact.path.startswith(root):
            folder = fact.path[: fact.path.rfind("/") + 1]
            pattern = (folder, fact.key.removeprefix("page:"))
            by_pattern[pattern].setdefault(fact.value, fact.path)
            files[pattern].add(fact.path[len(folder) :].rpartition(".")[0])
    uses = sum(counts.values())
    best: TermPages | None = None
    for (folder, key), pages in by_pattern.items():
        used = [term for term in pages if term in counts]
        covered = sum(counts[term] for term in used)
        enough = len(used) >= LEAST_TERMS and covered >= least_uses and covered >= uses * share
        if enough and (best is None or covered > best.covered):
            best = TermPages(folder, key, pages, frozenset(files[folder, key]), covered, uses)
    return best
