"""One term written in two ways."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from postlint.api import Finding, Fix, Profile, Safety, Severity, Site, SiteFinding, SiteRule, TermFact
from postlint_rules.taxonomy import _forms as forms


@dataclass(frozen=True, slots=True)
class Options:
    """
    Attributes:
        share: the share of the documents that must write a term in one way before the other ways are called wrong.
    """

    share: float = 0.6


class Variant(SiteRule):
    """Uses of a term in another form than the declared one, or else than most of the site's documents have.

    Forms are held to be of one term when they differ in case, width, blanks, hyphens and underscores alone. Each
    language is counted for itself.
    """

    severity = Severity.WARNING
    Options = Options

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for taxonomy in site.taxonomies():
            for root, terms in _terms_by_site(site, taxonomy).items():
                profile = site.profiles[root]
                setting = forms.declared(profile, taxonomy)
                if setting is not None and (setting.terms is not None or setting.aliases):
                    meant = _declared_forms(terms, setting.terms or (), setting.aliases)
                    yield from _by_list(site, taxonomy, root, meant)
                    if setting.terms is not None:
                        continue
                    terms = {term: count for term, count in terms.items() if term not in meant}
                groups = defaultdict(list)
                for term in terms:
                    groups[forms.key(term)].append(term)
                for group in groups.values():
                    if len(group) > 1:
                        yield from _by_majority(site, taxonomy, root, group, self.options.share)


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


def _by_list(site: Site, taxonomy: str, root: str, meant: Mapping[str, str]) -> Iterator[SiteFinding]:
    by_right: dict[str, list[TermFact]] = defaultdict(list)
    for term, right in meant.items():
        by_right[right] += _uses(site, taxonomy, root, term)
    for right, uses in by_right.items():
        alone = _alone([*_uses(site, taxonomy, root, right), *uses])
        for use in sorted(uses):
            message = f"the {forms.singular(taxonomy)} `{use.term}` is `{right}` in this site's list"
            yield _finding(site, use, right, message, Safety.SAFE, alone)


# Learned ---------------------------------------------------------------------------------------------------------


def _by_majority(site: Site, taxonomy: str, root: str, group: list[str], share: float) -> Iterator[SiteFinding]:
    by_lang: dict[str, list[TermFact]] = defaultdict(list)
    for term in group:
        for use in _uses(site, taxonomy, root, term):
            by_lang[site.languages.get(use.path, "")].append(use)
    for uses in by_lang.values():
        documents = Counter(term for _, term in {(use.path, use.term) for use in uses})
        right, count = documents.most_common(1)[0]
        total = len({use.path for use in uses})
        if len(documents) < 2 or count < 2 or count < total * share:
            continue
        alone = _alone(uses)
        for use in sorted(uses):
            if use.term != right:
                how = _how(use.term)
                message = (
                    f"the {forms.singular(taxonomy)} `{use.term}`{how} is `{right}` in {count} of {total} documents"
                )
                yield _finding(site, use, right, message, Safety.UNSAFE, alone)


def _how(term: str) -> str:
    """What of a form is not seen when it is printed."""
    if (unseen := forms.UNSEEN.search(term)) is not None:
        return f", with U+{ord(unseen[0]):04X} in it, which nobody sees,"
    if term[:1].isspace():
        return ", with a blank before it,"
    return ", with a blank behind it," if term[-1:].isspace() else ""


# Both ------------------------------------------------------------------------------------------------------------


def _uses(site: Site, taxonomy: str, root: str, term: str) -> list[TermFact]:
    return [use for use in site.terms(taxonomy, term) if site.site_of(use.path) == root]


def _alone(uses: list[TermFact]) -> set[str]:
    """The documents that have one of the forms once: writing it otherwise makes no second of its kind."""
    counts = Counter(use.path for use in uses)
    return {path for path, count in counts.items() if count == 1}


def _finding(site: Site, use: TermFact, right: str, message: str, safety: Safety, alone: set[str]) -> SiteFinding:
    consequence = _consequence(site.profile(use.path), use.taxonomy, use.term, right)
    edit = forms.rewrite(use.place.span, use.term, right) if use.path in alone else None
    fix = Fix(f"write `{right}`", (edit,), safety) if edit is not None else None
    help_ = f"write `{right}`" if use.path in alone else f"keep one form in this list, `{right}`"
    return SiteFinding(use.path, Finding(use.place.span, message, consequence, "" if fix is not None else help_, fix))


def _consequence(profile: Profile, taxonomy: str, wrong: str, right: str) -> str:
    """What becomes of two forms. Measured with Jekyll 4.3.1, Hugo 0.168 and Hexo 8.1; read in Zola's taxonomies.rs."""
    match profile.generator:
        case "jekyll":
            return f"Jekyll makes two {taxonomy} of them: who opens `{right}` does not find this one"
        case "hugo" if _hyphened(wrong).lower() == _hyphened(right).lower():
            return "Hugo gives both one page, under whichever name it meets first"
        case "zola" if _zola_slug(wrong) == _zola_slug(right) and getattr(profile.options, "slugify_terms", True):
            return "Zola gives both one page, under whichever name sorts first"
        case "hexo" if _hexo_slug(wrong) == _hexo_slug(right):
            return "Hexo writes the pages of both to one address: the second replaces the first"
        case "hugo" | "hexo":
            name = profile.generator.capitalize()
            return f"{name} makes a page for each: who opens `{right}` does not find this one"
        case _:
            return ""


def _hyphened(term: str) -> str:
    return term.strip().replace(" ", "-")


def _zola_slug(term: str) -> str:
    return re.sub(r"[\W_]+", "-", term.lower()).strip("-")


def _hexo_slug(term: str) -> str:
    """The term as Hexo's addresses have it: case kept, all signs one hyphen."""
    return re.sub(r"[\W_]+", "-", term).strip("-")
