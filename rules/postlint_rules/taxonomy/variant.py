"""One term written in two ways."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from postlint.api import Finding, Fix, Profile, Safety, Site, SiteFinding, SiteRule, TermFact
from postlint_rules.taxonomy import _forms as forms

_SHARE = 0.6
"""Share of the documents that must write a term in one way before the other ways are called wrong."""


class Variant(SiteRule):
    """Uses of a term in another form than the declared one, or else than most of the site's documents have.

    Forms are held to be of one term when they differ in case, width, blanks, hyphens and underscores alone. Each
    language is counted for itself.
    """

    def check(self, site: Site) -> Iterator[SiteFinding]:
        langs: dict[str, str] | None = None
        for taxonomy in site.taxonomies():
            for root, terms in _terms_by_site(site, taxonomy).items():
                profile = site.profiles[root]
                setting = forms.declared(profile, taxonomy)
                if setting is not None and (setting.terms is not None or setting.aliases):
                    meant = _declared_forms(terms, setting.terms or (), setting.aliases)
                    for term, right in meant.items():
                        for use in site.terms(taxonomy, term):
                            if site.site_of(use.path) == root:
                                yield _declared_finding(use, right, profile)
                    if setting.terms is not None:
                        continue
                    terms = {term: count for term, count in terms.items() if term not in meant}
                groups = defaultdict(list)
                for term in terms:
                    groups[forms.key(term)].append(term)
                for group in groups.values():
                    if len(group) > 1:
                        langs = langs if langs is not None else {page.path: page.lang for page in site.pages()}
                        yield from _by_majority(site, taxonomy, root, group, langs)


def _terms_by_site(site: Site, taxonomy: str) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (root, term), count in site.term_counts(taxonomy).items():
        found.setdefault(root, {})[term] = count
    return found


# Declared --------------------------------------------------------------------------------------------------------


def _declared_forms(
    used: Mapping[str, int], terms: tuple[str, ...], aliases: tuple[tuple[str, str], ...]
) -> dict[str, str]:
    """For each used term that is a declared one in another form: that one."""
    allowed = set(terms)
    by_key: dict[str, set[str]] = defaultdict(set)
    for term in terms:
        by_key[forms.key(term)].add(term)
    named = dict(aliases)
    found: dict[str, str] = {}
    for term in used:
        if term in allowed:
            continue
        if term in named:
            found[term] = named[term]
        elif len(near := by_key.get(forms.key(term), ())) == 1:
            found[term] = next(iter(near))
    return found


def _declared_finding(use: TermFact, right: str, profile: Profile) -> SiteFinding:
    one = forms.singular(use.taxonomy)
    message = f"the {one} `{use.term}` is `{right}` in this site's list"
    fix = _fix(use, right, Safety.SAFE)
    consequence = _consequence(profile, use.taxonomy, use.term, right)
    help_ = "" if fix is not None else f"write `{right}`"
    return SiteFinding(use.path, Finding(use.place.span, message, consequence, help_, fix))


# Learned ---------------------------------------------------------------------------------------------------------


def _by_majority(
    site: Site, taxonomy: str, root: str, group: list[str], langs: Mapping[str, str]
) -> Iterator[SiteFinding]:
    by_lang: dict[str, list[TermFact]] = defaultdict(list)
    for term in group:
        for use in site.terms(taxonomy, term):
            if site.site_of(use.path) == root:
                by_lang[langs.get(use.path, "")].append(use)
    for uses in by_lang.values():
        documents = Counter(term for _, term in {(use.path, use.term) for use in uses})
        if len(documents) < 2:
            continue
        right, count = documents.most_common(1)[0]
        total = len({use.path for use in uses})
        if count < 2 or count < total * _SHARE:
            continue
        for use in uses:
            if use.term != right:
                yield SiteFinding(use.path, _majority_finding(use, right, count, total, site.profile(use.path)))


def _majority_finding(use: TermFact, right: str, count: int, total: int, profile: Profile) -> Finding:
    one = forms.singular(use.taxonomy)
    how = ", with a blank before it," if use.term[:1].isspace() else ""
    message = f"the {one} `{use.term}`{how} is `{right}` in {count} of {total} documents"
    fix = _fix(use, right, Safety.UNSAFE)
    consequence = _consequence(profile, use.taxonomy, use.term, right)
    return Finding(use.place.span, message, consequence, "" if fix is not None else f"write `{right}`", fix)


def _fix(use: TermFact, right: str, safety: Safety) -> Fix | None:
    edit = forms.rewrite(use.place.span, use.term, right)
    return None if edit is None else Fix(f"write `{right}`", (edit,), safety)


def _consequence(profile: Profile, taxonomy: str, wrong: str, right: str) -> str:
    """What becomes of two forms. Measured with Jekyll 4.3.1, Hugo 0.168 and Hexo 8.1."""
    match profile.generator:
        case "jekyll":
            return f"Jekyll makes two {taxonomy} of them: who opens `{right}` does not find this one"
        case "hugo" if _hyphened(wrong).lower() == _hyphened(right).lower():
            return "Hugo gives both one page, under whichever name it meets first"
        case "hexo" if _hexo_slug(wrong) == _hexo_slug(right):
            return "Hexo writes the pages of both to one address: the second replaces the first"
        case "hugo" | "hexo":
            name = profile.generator.capitalize()
            return f"{name} makes a page for each: who opens `{right}` does not find this one"
        case _:
            return ""


def _hyphened(term: str) -> str:
    return term.strip().replace(" ", "-")


def _hexo_slug(term: str) -> str:
    """The term as Hexo's addresses have it: case kept, all signs one hyphen."""
    return re.sub(r"[\W_]+", "-", term).strip("-")
