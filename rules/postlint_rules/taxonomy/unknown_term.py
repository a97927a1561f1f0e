"""Terms that are not in the site's list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from postlint.api import Finding, Fix, Safety, Site, SiteFinding, SiteRule, TermFact
from postlint_rules.taxonomy import _forms as forms

_LIKENESS = 75
"""rapidfuzz's ratio (of 100) from which on a term is offered: `newz`/`news` has 75, `mobile`/`model` 55."""

_SEPARATORS = ",;，、；"
"""Signs at the ends of a term that tell of a string which is split otherwise than meant: ``taxonomy/split-term``."""


class UnknownTerm(SiteRule):
    """Uses of a term that is not declared. A declared term in another form is ``taxonomy/variant``'s."""

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for root, profile in site.profiles.items():
            for setting in profile.taxonomies:
                if setting.terms is None:
                    continue
                known = {*setting.terms, *(written for written, _ in setting.aliases)}
                keys = {forms.key(term) for term in known}
                plain = {forms.key(term): term for term in setting.terms}
                for where, term in site.term_counts(setting.name):
                    if where != root or term in known or forms.key(term.strip(_SEPARATORS)) in keys:
                        continue
                    near = _nearest(term, plain)
                    taken = {use.path for use in site.terms(setting.name, near)} if near is not None else set()
                    for use in site.terms(setting.name, term):
                        if site.site_of(use.path) == root:
                            yield SiteFinding(use.path, _finding(use, near, setting.terms_from, use.path in taken))


def _nearest(term: str, terms: Mapping[str, str]) -> str | None:
    """The most similar of some terms (their :func:`~postlint_rules.taxonomy._forms.key` → the term)."""
    from rapidfuzz import fuzz, process  # only a run that finds something needs it

    close = process.extractOne(forms.key(term), terms.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS)
    return terms[close[0]] if close is not None else None


def _finding(use: TermFact, near: str | None, source: str | None, taken: bool) -> Finding:
    where = f"the list in {source}" if source else f"this site's list of {use.taxonomy}"
    message = f"the {forms.singular(use.taxonomy)} `{use.term}` is not in {where}"
    if near is None:
        help_ = f"take one of the list, or add `{use.term}` to it"
        return Finding(use.place.span, message, help=help_)
    message += f"; the nearest there is `{near}`"
    if taken:
        return Finding(use.place.span, message, help=f"delete it: `{near}` stands in this document too")
    edit = forms.rewrite(use.place.span, use.term, near)
    fix = Fix(f"write `{near}`", (edit,), Safety.UNSAFE) if edit is not None else None
    return Finding(use.place.span, message, help="" if fix is not None else f"write `{near}`", fix=fix)
