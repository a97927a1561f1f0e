"""Pages of terms whose name or title is another term's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from postlint.api import Document, Fact, Finding, Place, Severity, Site, SiteFinding, SiteRule
from postlint_rules.taxonomy import _forms as forms
from postlint_rules.taxonomy import _pages as term_pages


@dataclass(frozen=True, slots=True)
class Options:
    """
    Attributes:
        least_pages: how many pages of one folder must follow a pattern before one that does not is reported.
        share: of those pages, the share that must.
    """

    least_pages: int = 5
    share: float = 0.8


class PageMismatch(SiteRule):
    """Pages of terms (``category/news.html`` with ``category: news``) that break the pattern of their neighbours.

    Two patterns are looked for: the file is named as its key has it, and the title is the term of another taxonomy that
    the posts of the page have (of each category one tag, which is the title of the category's page).
    """

    severity = Severity.WARNING
    Options = Options

    def collect(self, doc: Document) -> Iterator[Fact]:
        if not doc.front_matter.entries or doc.profile.generator != "jekyll" or term_pages.is_post(doc):
            return
        found = [*term_pages.page_facts(doc)]
        yield from found
        title = doc.front_matter.get("title") if found else None
        if title is not None and title.node.kind == "scalar" and title.node.text.strip():
            span = title.node.span
            place = Place(span, doc.text.position(span.start), doc.text.position(span.end))
            yield Fact(doc.path, "title", place, title.node.text.strip())

    def check(self, site: Site) -> Iterator[SiteFinding]:
        facts = list(site.facts(self.id))
        if len(facts) < self.options.least_pages:
            return
        titles = {fact.path: fact for fact in facts if fact.key == "title"}
        groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in facts:
            kind, _, key = fact.key.partition(":")
            if kind == "page":
                groups[fact.path[: fact.path.rfind("/") + 1], key].append(fact)
        for (folder, key), pages in groups.items():
            if folder and len(pages) >= self.options.least_pages:
                yield from self._names(key, pages)
                yield from self._titles(site, pages, titles)

    def _names(self, key: str, pages: list[Fact]) -> Iterator[SiteFinding]:
        named = {page.path: page.path[page.path.rfind("/") + 1 : page.path.rfind(".")] for page in pages}
        like = [page for page in pages if named[page.path] in forms.spellings(page.value)]
        if len(like) < self.options.least_pages or len(like) < len(pages) * self.options.share:
            return
        taken = {page.value: page.path for page in reversed(like)}
        for page in pages:
            if named[page.path] not in forms.spellings(page.value) and page.value in taken:
                yield SiteFinding(
                    page.path,
                    Finding(
                        page.place.span,
                        f"`{key}: {page.value}` belongs to {taken[page.value]}; this file is {named[page.path]}",
                        f"the page lists the posts of `{page.value}` once more, and not those of `{named[page.path]}`",
                        f"write the {key} that the file is named for",
                    ),
                )

    def _titles(self, site: Site, pages: list[Fact], titles: Mapping[str, Fact]) -> Iterator[SiteFinding]:
        partners = _partners(site)
        for by_term in partners:
            asked = [
                (page, titles[page.path], by_term[page.value])
                for page in pages
                if page.value in by_term and page.path in titles
            ]
            like = sum(title.value == partner for _, title, (partner, _, _) in asked)
            if like < self.options.least_pages or like < len(asked) * self.options.share:
                continue
            for page, title, (partner, count, total) in asked:
                if title.value != partner:
                    yield SiteFinding(
                        page.path,
                        Finding(
                            title.place.span,
                            f"the title `{title.value}` is not `{partner}`, which {count} of the {total} posts"
                            f" in `{page.value}` have; on {like} of the {len(asked)} pages of this folder the two"
                            " are equal",
                            "readers find these posts under another name",
                            f"write `{partner}`",
                        ),
                    )


def _partners(site: Site) -> Iterator[Mapping[str, tuple[str, int, int]]]:
    """For each two taxonomies: term of one → the other's usual term in its posts, how many have it, of how many.

    Posts that have one term of each count.
    """
    only = {name: {path: term for _, path, term in site.only_terms(name)} for name in site.taxonomies()}
    for one, ones in only.items():
        for other, others in only.items():
            if one != other:
                counts: dict[str, Counter[str]] = defaultdict(Counter)
                for path, term in ones.items():
                    if path in others:
                        counts[term][others[path]] += 1
                found = {term: (*found.most_common(1)[0], found.total()) for term, found in counts.items()}
                yield {term: usual for term, usual in found.items() if usual[1] * 2 > usual[2]}
