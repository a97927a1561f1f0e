"""Pages of terms whose name or title is another term's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from postlint.api import Document, Fact, Finding, Place, Related, Severity, Site, SiteFinding, SiteRule, Taxonomy, regex
from postlint_rules.taxonomy import _forms as forms
from postlint_rules.taxonomy import _pages as term_pages

_LEAST_NAMES = 3
"""So many names of other terms must be alike (spelled in Latin letters, with one ending) before a title is judged."""
_SHARE_OF_ENDINGS = 0.6
_WORD = regex(r"[a-z\u00df-\u024f]+|[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Options:
    """
    Attributes:
        least_pages: how many pages of one folder must follow a pattern before one that does not is reported.
        share: of those pages, the share that must.
    """

    least_pages: int = 5
    share: float = 0.8


@dataclass(frozen=True, slots=True)
class _Partner:
    """What most of a term's posts have in another taxonomy.

    Attributes:
        term: that.
        taxonomy: that other taxonomy.
        count, total: how many of the posts have it, of how many.
    """

    term: str
    taxonomy: str
    count: int
    total: int


_Partners = Mapping[tuple[str, str], _Partner]
"""(language, term of the one taxonomy) → its partner."""


class PageMismatch(SiteRule):
    """Pages of terms (``category/news.html`` with ``category: news``) that are another term's by their key or title.

    The key must be what the file is named for, by the declared pattern or that of the folder. The title must not be
    another term's: where titles of the folder are the tags that the posts of the page have, it must be that tag; where
    they follow no such pattern, it is reported if it evidently names something else (see the page of the rule).
    """

    severity = Severity.WARNING
    Options = Options

    def collect(self, doc: Document) -> Iterator[Fact]:
        if not doc.front_matter.entries or term_pages.is_post(doc):
            return
        if doc.profile.generator != "jekyll" and not any(setting.page_key for setting in doc.profile.taxonomies):
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
        declared = {
            (root, setting.page_key): setting
            for root, profile in site.profiles.items()
            for setting in profile.taxonomies
            if setting.page_key and setting.pages
        }
        if not declared and len(facts) < self.options.least_pages:
            return
        titles = {fact.path: fact for fact in facts if fact.key == "title"}
        groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in facts:
            kind, _, key = fact.key.partition(":")
            if kind == "page":
                root = site.site_of(fact.path)
                if (setting := declared.get((root, key))) is not None:
                    yield from _by_setting(fact, key, root, setting)
                groups[fact.path[: fact.path.rfind("/") + 1], key].append(fact)
        partners: list[_Partners] | None = None
        for (folder, key), pages in groups.items():
            if not folder or len(pages) < self.options.least_pages:
                continue
            root = site.site_of(folder)
            if site.profiles[root].generator != "jekyll":
                continue
            partners = partners if partners is not None else list(_partners(site))
            like = [page for page in pages if _is_named_for(page)]
            named = self._enough(len(like), len(pages))
            if named and (root, key) not in declared:
                wrong = list(_other_keys(key, pages, like))
                yield from wrong
                of_others = {finding.path for finding in wrong}
                pages = [page for page in pages if page.path not in of_others]  # their titles may well be right
            found = {finding.path: finding for finding in self._unlike_tags(site, pages, titles, partners)}
            if named:
                for finding in _of_others(site, key, pages, titles, partners):
                    found.setdefault(finding.path, finding)
            yield from found.values()

    def _enough(self, like: int, pages: int) -> bool:
        least: int = self.options.least_pages
        share: float = self.options.share
        return like >= least and like >= pages * share

    def _unlike_tags(
        self, site: Site, pages: list[Fact], titles: Mapping[str, Fact], partners: Iterable[_Partners]
    ) -> Iterator[SiteFinding]:
        """Where titles are the tag of the posts of their page: those that are not."""
        for by_term in partners:
            asked = [
                (page, titles[page.path], partner)
                for page in pages
                if page.path in titles
                and (partner := by_term.get((site.languages.get(page.path, ""), page.value))) is not None
                and not _is_the_term(page, titles[page.path])
            ]
            like = sum(title.value == partner.term for _, title, partner in asked)
            if not self._enough(like, len(asked)):
                continue
            for page, title, partner in asked:
                if title.value != partner.term:
                    yield _title_finding(
                        page,
                        title,
                        f"is not `{partner.term}`, which {partner.count} of the {partner.total} posts in"
                        f" `{page.value}` have; on {like} of the {len(asked)} pages of this folder the two are equal",
                        partner.term,
                    )


def _is_named_for(page: Fact) -> bool:
    term: str = page.value
    return _name_of(page) in forms.spellings(term)


def _is_the_term(page: Fact, title: Fact) -> bool:
    """A title that nobody has thought of: the term itself, as themes put it on a page without a title."""
    return forms.key(title.value) == forms.key(page.value)


def _name_of(page: Fact) -> str:
    return page.path[page.path.rfind("/") + 1 : page.path.rfind(".")]


# Keys ------------------------------------------------------------------------------------------------------------


def _by_setting(page: Fact, key: str, root: str, setting: Taxonomy) -> Iterator[SiteFinding]:
    """The page lies where the site's settings say that another term's page is."""
    before, _, behind = (setting.pages or "").replace("{slug}", "{}").replace("{term}", "{}").partition("{}")
    path = page.path[len(root) :] if not page.path.startswith(before) else page.path
    if not path.startswith(before) or not path.endswith(behind) or len(path) <= len(before) + len(behind):
        return
    name = path[len(before) : len(path) - len(behind)]
    if "/" not in name and name not in forms.spellings(page.value):
        message = f"`{key}: {page.value}` stands in the page of `{name}`: the settings say that {setting.pages} is it"
        yield _key_finding(page, key, name, message)


def _other_keys(key: str, pages: list[Fact], like: list[Fact]) -> Iterator[SiteFinding]:
    """Where files are named for their keys: those that have the key of another."""
    taken = {page.value: page.path for page in reversed(like)}
    for page in pages:
        if not _is_named_for(page) and page.value in taken:
            name = _name_of(page)
            message = (
                f"`{key}: {page.value}` belongs to {taken[page.value]}; this file is {name}, and {len(like)} of the"
                f" {len(pages)} pages of this folder have the {key} that they are named for"
            )
            yield _key_finding(page, key, name, message)


def _key_finding(page: Fact, key: str, name: str, message: str) -> SiteFinding:
    consequence = f"the page lists the posts of `{page.value}` once more, and not those of `{name}`"
    help_ = f"write the {key} that the file is named for"
    return SiteFinding(page.path, Finding(page.place.span, message, consequence, help_))


# Titles ----------------------------------------------------------------------------------------------------------


def _of_others(
    site: Site, key: str, pages: list[Fact], titles: Mapping[str, Fact], partners: Iterable[_Partners]
) -> Iterator[SiteFinding]:
    """Titles that evidently name something else, whatever the titles beside them are."""
    titled = [(page, titles[page.path]) for page in pages if page.path in titles and _is_named_for(page)]
    for by_term in partners:
        yield from _with_the_ending_of_tags(site, titled, by_term)
        yield from _spelled_otherwise(site, titled, by_term)
    yield from _twins(key, titled)


def _with_the_ending_of_tags(site: Site, titled: list[tuple[Fact, Fact]], by_term: _Partners) -> Iterator[SiteFinding]:
    """A title that ends as the site's tags do (``… News``), on a page whose posts have another tag."""
    names = {partner.term for partner in by_term.values()}
    ending, count = _common_ending(names)
    if count < _LEAST_NAMES or count < len(names) * _SHARE_OF_ENDINGS:
        return
    for page, title in titled:
        partner = by_term.get((site.languages.get(page.path, ""), page.value))
        if (
            partner is None
            or not title.value.endswith(ending)
            or title.value == partner.term
            or _is_the_term(page, title)
        ):
            continue
        if not _words(title.value.removesuffix(ending)) & _words(f"{partner.term.removesuffix(ending)} {page.value}"):
            posts = f"{partner.count} of the {partner.total} posts" if partner.total > 1 else "the only post"
            yield _title_finding(
                page,
                title,
                f"ends in `{ending.strip()}` as {count} of {len(names)} {partner.taxonomy} do, but {posts} in"
                f" `{page.value}` {'have' if partner.total > 1 else 'has'} `{partner.term}`",
                partner.term,
            )


def _common_ending(names: set[str]) -> tuple[str, int]:
    """What most names end in, as a whole word or two Chinese characters; and how many do."""
    endings = Counter(
        ending
        for name in names
        if (ending := name[-2:] if "\u3400" <= name[-1:] <= "\u9fff" else name[name.rfind(" ") :]) and ending != name
    )
    return max(endings.items(), key=lambda item: (item[1], item[0])) if endings else ("", 0)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _spelled_otherwise(site: Site, titled: list[tuple[Fact, Fact]], by_term: _Partners) -> Iterator[SiteFinding]:
    """A Chinese title whose page is named, in Latin letters, for something that is pronounced otherwise."""
    if not any(title.value and not title.value.isascii() for _, title in titled):
        return
    from postlint_rules.taxonomy import _romanised as romanised  # few sites need it

    known = {
        term: partner.term
        for (_, term), partner in by_term.items()
        if romanised.has_chinese(partner.term) and romanised.syllables(term)
    }
    like = sum(romanised.likeness(romanised.syllables(term), name) == 1.0 for term, name in known.items())
    if like < _LEAST_NAMES or like < len(known) * 0.9:
        return
    for page, title in titled:
        spelt = romanised.syllables(page.value)
        if spelt and romanised.has_chinese(title.value) and romanised.likeness(spelt, title.value) < 0.5:
            partner = by_term.get((site.languages.get(page.path, ""), page.value))
            yield _title_finding(
                page,
                title,
                f"is not pronounced `{page.value}`, as {like} of {len(known)} names of this kind on the site are"
                " spelled",
                partner.term if partner is not None else "",
            )


def _twins(key: str, titled: list[tuple[Fact, Fact]]) -> Iterator[SiteFinding]:
    """Pages of two forms of one term, with titles of which each has something that the other has not."""
    by_form: dict[str, list[tuple[Fact, Fact]]] = defaultdict(list)
    for page, title in titled:
        by_form[forms.key(page.value)].append((page, title))
    for group in by_form.values():
        for page, title in group:
            for other, its in group:
                if other is not page and _differ(_words(title.value), _words(its.value)):
                    yield SiteFinding(
                        page.path,
                        Finding(
                            title.place.span,
                            f"the title `{title.value}` is not that of {other.path}, `{its.value}`, though"
                            f" `{page.value}` and `{other.value}` are one {key} in two forms",
                            "at least one of the two titles is another page's",
                            "give both one title, or keep one of the two pages",
                        ),
                    )
                    break


def _differ(one: set[str], other: set[str]) -> bool:
    return not one <= other and not other <= one


def _title_finding(page: Fact, title: Fact, what: str, right: str) -> SiteFinding:
    return SiteFinding(
        page.path,
        Finding(
            title.place.span,
            f"the title `{title.value}` {what}",
            "readers find these posts under another name",
            f"write `{right}`" if right else "write the name that the page is for",
            None,
            (Related(page.place.span, "what the page is for"),),
        ),
    )


def _partners(site: Site) -> Iterator[_Partners]:
    """For each two taxonomies: term of one → the other's usual term in its posts.

    Posts that have one term of each count.
    """
    only = {name: {path: term for _, path, term in site.only_terms(name)} for name in site.taxonomies()}
    for one, ones in only.items():
        for other, others in only.items():
            if one != other:
                counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
                for path, term in ones.items():
                    if path in others:
                        counts[site.languages.get(path, ""), term][others[path]] += 1
                found = {
                    term: _Partner(most, other, count, usual.total())
                    for term, usual in counts.items()
                    for most, count in usual.most_common(1)
                }
                yield {term: usual for term, usual in found.items() if usual.count * 2 > usual.total}
