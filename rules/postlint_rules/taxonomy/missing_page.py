"""Terms without a page, on a site that keeps one for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from postlint.api import Document, Fact, Finding, Kind, Site, SiteFinding, SiteRule, Taxonomy, TermFact, generator_for
from postlint_rules.taxonomy import _forms as forms
from postlint_rules.taxonomy import _pages as term_pages


@dataclass(frozen=True, slots=True)
class Options:
    """
    Attributes:
        least_posts: how many posts must have their term's page before such pages are held to be the site's way.
        share: of all posts that have a term, the share that must have its page.
    """

    least_posts: int = 10
    share: float = 0.9


class MissingPage(SiteRule):
    """Uses of a term that has no page: by the declared pattern, or where nearly all other terms have one.

    Learned only on Jekyll sites: other generators make the pages by themselves.
    """

    Options = Options

    def collect(self, doc: Document) -> Iterator[Fact]:
        if not doc.front_matter.entries or term_pages.is_post(doc):
            return
        if doc.profile.generator == "jekyll" or any(setting.page_key for setting in doc.profile.taxonomies):
            yield from term_pages.page_facts(doc)

    def check(self, site: Site) -> Iterator[SiteFinding]:
        facts: list[Fact] | None = None
        posts: dict[str, str] | None = None
        for root, profile in site.profiles.items():
            settings = {setting.name: setting for setting in profile.taxonomies if setting.require_page}
            names = list(dict.fromkeys([*settings, *(site.taxonomies() if profile.generator == "jekyll" else ())]))
            for name in names:
                if facts is None:
                    facts = list(site.facts(self.id))
                if name not in settings and len(facts) < term_pages.LEAST_TERMS:
                    continue
                if posts is None:
                    posts = _posts(site)
                by_term = _uses_by_term(site, root, name, posts)
                if name in settings:
                    yield from _declared(site, settings[name], by_term, facts)
                else:
                    yield from _learned(root, name, by_term, facts, self.options)


def _posts(site: Site) -> dict[str, str]:
    """The published documents that a term's page would list → their site."""
    generators = {root: generator_for(profile) for root, profile in site.profiles.items()}
    return {
        page.path: page.site
        for page in site.pages()
        if page.published
        and (generators[page.site].name != "jekyll" or generators[page.site].kind(page.path) is Kind.POST)
    }


def _uses_by_term(site: Site, root: str, taxonomy: str, posts: Mapping[str, str]) -> dict[str, list[TermFact]]:
    """The uses in posts, one a document."""
    found: dict[str, list[TermFact]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for use in site.terms(taxonomy):
        if posts.get(use.path) == root and use.term.strip() and (use.path, use.term) not in seen:
            seen.add((use.path, use.term))
            found[use.term].append(use)
    return found


def _learned(
    root: str, taxonomy: str, by_term: Mapping[str, list[TermFact]], facts: list[Fact], options: Options
) -> Iterator[SiteFinding]:
    counts = {term: len(uses) for term, uses in by_term.items()}
    found = term_pages.learned_pages(root, facts, counts, options.least_posts, options.share)
    if found is None:
        return
    one = forms.singular(taxonomy)
    keys = {forms.key(term): term for term in found.pages if counts.get(term, 0) > 1}
    for term, uses in by_term.items():
        if term in found.pages or found.has_file_for(term):
            continue  # a file that is named for it has the key of another: taxonomy/page-mismatch
        if counts.get(keys.get(forms.key(term), ""), 0) <= counts[term]:  # else it is taxonomy/variant's
            message = (
                f"the {one} `{term}` has no page; {found.covered} of {found.uses} posts are in a {one} that has one"
            )
            help_ = f"add {found.path_for(term)} with `{found.key}: {term}`, as its neighbours have it"
            yield from _at_each(uses, message, help_)


def _declared(
    site: Site, setting: Taxonomy, by_term: Mapping[str, list[TermFact]], facts: list[Fact]
) -> Iterator[SiteFinding]:
    key = setting.page_key
    named = {fact.value for fact in facts if fact.key == f"page:{key}"} if key else set()
    pattern = setting.pages or ""
    for term, uses in by_term.items():
        paths = [pattern.replace("{term}", term).replace("{slug}", slug) for slug in forms.spellings(term)]
        if term not in named and not any(site.has_file(path) for path in paths):
            message = f"the {forms.singular(setting.name)} `{term}` has no page"
            yield from _at_each(uses, message, f"add {paths[0]}" + (f" with `{key}: {term}`" if key else ""))


def _at_each(uses: list[TermFact], message: str, help_: str) -> Iterator[SiteFinding]:
    for use in uses:
        consequence = f"no page lists this post by its {forms.singular(use.taxonomy)}"
        yield SiteFinding(use.path, Finding(use.place.span, message, consequence, help_))
