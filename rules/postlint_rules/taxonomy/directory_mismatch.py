"""A post whose folder says another category than its front matter."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from postlint.api import Document, Fact, Finding, Place, Profile, Severity, Site, SiteFinding, SiteRule, term_uses
from postlint_rules.taxonomy import _forms as forms

_SPECIAL = "_posts/"
_LEAST_FOLDERS = 3
_LEAST_OF_FOLDER = 3
"""So many folders must have their term, and in so many posts the folder of the finding."""
_PLACES = (0, 1, 2, -1)
"""Which of a file's folders may name the term, the site's own first."""


@dataclass(frozen=True, slots=True)
class Options:
    """
    Attributes:
        least_posts: how many posts must have the term that their folder is named for before that is the site's way.
        share: of the posts with one term, the share that must.
    """

    least_posts: int = 20
    share: float = 0.95


class DirectoryMismatch(SiteRule):
    """Posts whose one category is not the one that their folder is named for, where nearly all others' is.

    Jekyll makes categories of the folders above ``_posts`` and adds those of the front matter: one category in two
    forms (``News/_posts``, ``categories: news``) is reported without asking after other posts.
    """

    severity = Severity.WARNING
    Options = Options

    def collect(self, doc: Document) -> Iterator[Fact]:
        """Facts "twin": the front matter's category is one of a folder above ``_posts``, in another form."""
        if doc.profile.generator != "jekyll" or "/" + _SPECIAL not in doc.path or not doc.front_matter.entries:
            return
        above = _above_posts(doc.path, _home(doc.profile))
        if not above:
            return
        by_key = {forms.key(folder): folder for folder in above}
        for use in term_uses(doc):
            folder = by_key.get(forms.key(use.term)) if use.taxonomy == "categories" else None
            if folder is not None and use.term not in above:
                place = Place(use.span, doc.text.position(use.span.start), doc.text.position(use.span.end))
                yield Fact(doc.path, "twin", place, [folder, use.term])

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for fact in site.facts(self.id, "twin"):
            folder, term = fact.value
            yield SiteFinding(
                fact.path,
                Finding(
                    fact.place.span,
                    f"the folder of this post makes it one of the category `{folder}`; `{term}` is another",
                    f"Jekyll adds the two: the post is in `{folder}` and in `{term}`",
                    f"write `{folder}`, or delete it: the folder says it",
                ),
            )
        for taxonomy in site.taxonomies():
            only: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
            for root, path, term in site.only_terms(taxonomy):
                if "/" in path[len(root) :]:
                    only[root, site.languages.get(path, "")].append((path, term))
            for (root, _), documents in only.items():
                if len(documents) >= self.options.least_posts:
                    yield from self._learned(site, root, taxonomy, documents)

    def _learned(self, site: Site, root: str, taxonomy: str, documents: list[tuple[str, str]]) -> Iterator[SiteFinding]:
        keys = {term: forms.key(term) for _, term in documents}
        folders = {path: _folders(path, root) for path, _ in documents}
        for at in _PLACES:
            placed = [
                (path, term, named[at]) for path, term in documents if -len(named := folders[path]) <= at < len(named)
            ]
            held = Counter(folder for _, term, folder in placed if forms.key(folder) == keys[term])
            enough = sum(held.values()) >= max(self.options.least_posts, self.options.share * len(placed))
            if not enough or sum(count > 1 for count in held.values()) < _LEAST_FOLDERS:
                continue
            support = f"{sum(held.values())} of {len(placed)} posts have the {forms.singular(taxonomy)} of their folder"
            for path, term, folder in placed:
                if forms.key(folder) != keys[term] and held[folder] >= _LEAST_OF_FOLDER and site.asked_for(path):
                    yield from _findings(site, root, path, taxonomy, term, folder, support)
            return


def _findings(
    site: Site, root: str, path: str, taxonomy: str, term: str, folder: str, support: str
) -> Iterator[SiteFinding]:
    one = forms.singular(taxonomy)
    profile = site.profiles[root]
    adds = profile.generator == "jekyll" and taxonomy == "categories" and folder in _above_posts(path, _home(profile))
    for use in site.terms(taxonomy, term):
        if use.path == path:
            yield SiteFinding(
                path,
                Finding(
                    use.place.span,
                    f"the {one} `{term}` is not that of the folder, `{folder}`; {support}",
                    f"Jekyll adds the two: the post is in `{folder}` and in `{term}`" if adds else "",
                    f"move the file, or write `{folder}`",
                ),
            )


def _folders(path: str, root: str) -> tuple[str, ...]:
    """The folders below the site's that may be named for a term: no ``_posts``, no year."""
    return tuple(part for part in path[len(root) :].split("/")[:-1] if part[:1] != "_" and not part.isdigit())


def _home(profile: Profile) -> str:
    """The folder from which Jekyll counts those above ``_posts``."""
    options = profile.options
    return f"{profile.site_root}{getattr(options, 'source', '')}{getattr(options, 'collections_dir', '')}"


def _above_posts(path: str, home: str) -> tuple[str, ...]:
    """The folders of which Jekyll makes categories."""
    below = path.removeprefix(home)
    at = below.find(_SPECIAL)
    return tuple(part for part in below[:at].split("/") if part) if at > 0 else ()
