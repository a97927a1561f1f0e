"""A post that links to the page of another term than its own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from postlint.api import (
    Document,
    Edit,
    Fact,
    Finding,
    Fix,
    LinkUse,
    Place,
    Profile,
    Related,
    Safety,
    Site,
    SiteFinding,
    SiteRule,
    Span,
    regex,
    term_uses,
)
from postlint_rules.taxonomy import _forms as forms
from postlint_rules.taxonomy import _pages as term_pages

_TAIL = 4
_FOOTER = 600
"""How many links at the end of a post, and how near to it, are looked at: its footer."""
_LONGEST_LABEL = 200
_KINDS = ("markdown", "reference", "html")
_LEAST_TERMS = 2
_COVERAGE = 0.5
"""Share of the documents with a term that must link to it before such a link is the site's way."""
_HOST = regex(r"(?:[a-z][a-z0-9+.-]*:)?//[^/]*", re.I)


@dataclass(frozen=True, slots=True)
class Options:
    """
    Attributes:
        least_posts: how many posts must link to their own term before that is held to be the site's way.
        share: of the posts that have a link of that form, the share that must have the right one.
    """

    least_posts: int = 10
    share: float = 0.9


class LinkMismatch(SiteRule):
    """Posts whose link to a term's page, of the form that the site's posts have, goes to another post's term.

    The form (``/category/{}.html``) is declared, or read off the links in which a post's own term stands. So is that of
    the link's text (``Back to {}``), which may name a term of another taxonomy.
    """

    Options = Options

    def collect(self, doc: Document) -> Iterator[Fact]:
        """Facts "own:TAXONOMY" (value: form and term), one a post, or else "tail:TAXONOMY", one for each last link.

        With the first, a fact "label:TAXONOMY" for the link's text (value: see :func:`_label`).
        """
        if not doc.front_matter.entries or (doc.profile.generator == "jekyll" and not term_pages.is_post(doc)):
            return
        terms: dict[str, list[tuple[str, Span]]] = defaultdict(list)
        for use in term_uses(doc):
            terms[use.taxonomy].append((use.term, use.span))
        if not terms:
            return
        links = _own_links(doc)
        if not links:
            return
        footer = doc.body.end - _FOOTER
        for taxonomy, own in terms.items():
            spelled = {spelling: term for term, _ in own for spelling in forms.spellings(term) if spelling}
            for link in links:
                if (form := _form_of(link.raw, spelled)) is not None:
                    yield Fact(doc.path, f"own:{taxonomy}", _place(doc, link.target), list(form))
                    if link.kind == "markdown" and (found := _label(doc, link, terms)) is not None:
                        yield Fact(doc.path, f"label:{taxonomy}", *found)
                    break
            else:
                first = own[0][1]
                for link in links[:_TAIL]:
                    if link.target.start >= footer:
                        value = [link.raw, [term for term, _ in own], first.start, first.end, _text_of(doc, link)]
                        yield Fact(doc.path, f"tail:{taxonomy}", _place(doc, link.target), value)

    def check(self, site: Site) -> Iterator[SiteFinding]:
        counts = site.fact_counts(self.id)
        for key in counts:
            kind, _, taxonomy = key.partition(":")
            if kind != "tail":
                continue
            settings = [forms.declared(profile, taxonomy) for profile in site.profiles.values()]
            if counts.get(f"own:{taxonomy}", 0) >= self.options.least_posts or any(
                s is not None and s.links for s in settings
            ):
                for root, profile in site.profiles.items():
                    yield from self._of_site(site, root, profile, taxonomy)

        for key in counts:
            kind, _, taxonomy = key.partition(":")
            if kind == "label" and counts[key] >= self.options.least_posts:
                by_site: dict[str, list[Fact]] = defaultdict(list)
                for fact in site.facts(self.id, key):
                    by_site[site.site_of(fact.path)].append(fact)
                for root, facts in by_site.items():
                    yield from self._labels(site, root, taxonomy, facts)

    def _labels(self, site: Site, root: str, taxonomy: str, facts: list[Fact]) -> Iterator[SiteFinding]:
        """Links to the right page whose text names a term that is another post's."""
        by_form = Counter((fact.value[1], fact.value[2]) for fact in facts if fact.value[1])
        if not by_form:
            return
        (form, named), count = by_form.most_common(1)[0]
        if count < max(self.options.least_posts, self.options.share * len(facts)):
            return
        pattern = re.compile(f"{re.escape(form.partition('{}')[0])}(.+){re.escape(form.partition('{}')[2])}", re.S)
        known = {term for where, term in site.term_counts(named) if where == root}
        labels: dict[str, Counter[str]] = defaultdict(Counter)
        for fact in facts:
            if (match := pattern.fullmatch(fact.value[0])) is not None:
                labels[fact.value[3][taxonomy][0]][match[1]] += 1
        for fact in facts:
            text, _, _, own = fact.value
            match = pattern.fullmatch(text)
            if match is None or match[1] not in known or match[1] in own.get(named, ()) or not own.get(named):
                continue
            if any(match[1] in forms.spellings(term) for term in own[named]):
                continue  # `c` for `c++`
            if labels[own[taxonomy][0]].most_common(1)[0][0] == match[1]:
                continue  # the link and its text fit together, and the post's other term does not: pair-mismatch
            one = forms.singular(named)
            yield SiteFinding(
                fact.path,
                Finding(
                    fact.place.span,
                    f"the text of the link to this post's {forms.singular(taxonomy)} names the {one} `{match[1]}`, but"
                    f" the post has `{own[named][0]}`; {count} of {len(facts)} posts name their own",
                    "readers are told of another list of posts than the link leads to",
                    f"write `{form.replace('{}', own[named][0])}`",
                ),
            )

    def _of_site(self, site: Site, root: str, profile: Profile, taxonomy: str) -> Iterator[SiteFinding]:
        habit = _Habit()
        for fact in site.facts(self.id, f"own:{taxonomy}"):
            if site.site_of(fact.path) == root:
                habit.add(*fact.value)
        tails: dict[str, list[Fact]] = defaultdict(list)
        for fact in site.facts(self.id, f"tail:{taxonomy}"):
            if site.site_of(fact.path) == root:
                tails[fact.path].append(fact)
        setting = forms.declared(profile, taxonomy)
        known = _known(site, root, taxonomy)
        if setting is not None and setting.links:
            patterns = [_declared_pattern(link) for link in setting.links]
            for facts in tails.values():
                if (wrong := _wrong(facts, patterns, known)) is not None:
                    yield _finding(*wrong, taxonomy, "")
            return
        documents = len({use.path for use in site.terms(taxonomy) if site.site_of(use.path) == root})
        patterns = habit.patterns(documents, self.options.least_posts)
        if not patterns:
            return
        found = [wrong for facts in tails.values() if (wrong := _wrong(facts, patterns, known)) is not None]
        if habit.posts >= (habit.posts + len(found)) * self.options.share:
            support = f"{habit.posts} of {habit.posts + len(found)} posts link to their own {forms.singular(taxonomy)}"
            for fact, term in found:
                yield _finding(fact, term, taxonomy, support)


@dataclass(slots=True)
class _Habit:
    """How the posts of a site link to their own terms."""

    posts: int = 0
    by_form: Counter[str] = field(default_factory=Counter)
    terms: set[str] = field(default_factory=set)

    def add(self, form: str, term: str) -> None:
        self.posts += 1
        self.by_form[form] += 1
        self.terms.add(term)

    def patterns(self, documents: int, least: int) -> list[re.Pattern[str]]:
        """The forms, where linking to one's own term is evidently the custom: of ``documents`` that have one."""
        if self.posts < least or len(self.terms) < _LEAST_TERMS or self.posts < documents * _COVERAGE:
            return []
        return [_pattern(*form.split("{}", 1)) for form, count in self.by_form.items() if count > 1]


def _own_links(doc: Document) -> list[LinkUse]:
    """The links in the body that may lead to a page of the site, the last one first."""
    options, start = doc.profile.options, doc.body.start
    home = str(getattr(options, "url", None) or getattr(options, "base_url", None) or "").partition("//")[2]
    found = []
    for link in reversed(doc.links):
        raw = link.raw
        if link.target.start < start or link.kind not in _KINDS:
            continue
        if not raw.startswith(("http:", "https:", "mailto:", "#")) or (home and home in raw):
            found.append(link)
    return found


def _label(doc: Document, link: LinkUse, terms: dict[str, list[tuple[str, Span]]]) -> tuple[Place, list[Any]] | None:
    """The place of an inline link's text, and: that text; its form; the taxonomy of the term in it; all own terms.

    The form is the text with the longest of the document's terms taken out; "" where none stands in it.
    """
    text = _text_of(doc, link)
    if not text:
        return None
    span = Span(link.target.start - len("](") - len(text), link.target.start - len("]("))
    own = {name: [term for term, _ in uses] for name, uses in terms.items()}
    best: tuple[int, str, str] = (1, "", "")
    for name, names in own.items():
        for term in names:
            at = text.find(term)
            if at >= 0 and len(term) > best[0] and _stands_alone(text, at, at + len(term)):
                best = (len(term), f"{text[:at]}{{}}{text[at + len(term) :]}", name)
    return _place(doc, span), [text, best[1], best[2], own]


def _text_of(doc: Document, link: LinkUse) -> str:
    """What stands between the brackets of an inline link, right before its address; "" for other links."""
    text = doc.content[link.span.start + 1 : link.target.start - 2]
    inline = link.kind == "markdown" and doc.content[link.target.start - 2 : link.target.start] == "]("
    return text if inline and len(text) <= _LONGEST_LABEL else ""


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Not a part of a longer word, in languages that put blanks between words."""
    return not (
        (start and text[start - 1].isascii() and text[start - 1].isalnum() and text[start].isascii())
        or (end < len(text) and text[end].isascii() and text[end].isalnum() and text[end - 1].isascii())
    )


def _place(doc: Document, span: Span) -> Place:
    return Place(span, doc.text.position(span.start), doc.text.position(span.end))


def _form_of(address: str, spelled: dict[str, str]) -> tuple[str, str] | None:
    """The address with its last mention of a term taken out, and that term. ``spelled``: its spellings → the term."""
    if "%" not in address and not any(spelling in address for spelling in spelled):
        return None
    host = _HOST.match(address)
    start = host.end() if host is not None else 0
    path = unquote(address[start:])
    for spelling, term in spelled.items():
        at = path.rfind(spelling)
        before, behind = path[:at], path[at + len(spelling) :]
        if at >= 0 and before[-1:] in ("/", "#", "=", "?") and (not behind or behind[0] in "/.#&?"):
            return f"{address[:start]}{before}{{}}{behind}", term
    return None


def _pattern(before: str, behind: str) -> re.Pattern[str]:
    return re.compile(f"{re.escape(before)}([^/#?&]+){re.escape(behind)}")


def _declared_pattern(link: str) -> re.Pattern[str]:
    before, _, behind = link.replace("{slug}", "{}").replace("{term}", "{}").partition("{}")
    return re.compile(f"(?:(?:https?:)?//[^/]+)?{re.escape(before)}([^/#?&]+){re.escape(behind)}")


def _known(site: Site, root: str, taxonomy: str) -> dict[str, str]:
    """Each spelling of the site's terms → the term."""
    terms = [term for where, term in site.term_counts(taxonomy) if where == root]
    found = {term: term for term in terms}
    for term in terms:
        for spelling in forms.spellings(term):
            found.setdefault(spelling, term)
    return found


def _wrong(facts: list[Fact], patterns: list[re.Pattern[str]], known: dict[str, str]) -> tuple[Fact, str] | None:
    """The last of a post's links that goes to a term of others, and that term."""
    for fact in facts:
        address, own = unquote(fact.value[0]), fact.value[1]
        for pattern in patterns:
            match = pattern.fullmatch(address)
            term = known.get(match[1]) if match is not None else None
            if term is not None and term not in own:
                return fact, term
    return None


def _finding(fact: Fact, other: str, taxonomy: str, support: str) -> SiteFinding:
    address, own, start, end, text = fact.value
    one = forms.singular(taxonomy)
    mine = f"`{own[0]}`" if len(own) == 1 else "one of " + ", ".join(f"`{term}`" for term in own)
    fix = None
    swap = _swap(address, other, own[0]) if len(own) == 1 else None
    if swap is not None and fact.place.span.end - fact.place.span.start == len(address):
        at = fact.place.span.start + address.index(swap[0])
        edits = [Edit(Span(at, at + len(swap[0])), swap[1])]
        title = f"link to `{own[0]}`, whatever the text of the link says"
        in_text = text.find(other)
        if in_text >= 0 and text.count(other) == 1 and _stands_alone(text, in_text, in_text + len(other)):
            before = fact.place.span.start - len("](") - len(text) + in_text
            edits.insert(0, Edit(Span(before, before + len(other)), own[0]))
            title = f"link to `{own[0]}`"
        fix = Fix(title, tuple(edits), Safety.UNSAFE)
    message = f"the {one} of this post is {mine}, but it links to `{other}`"
    if support:
        message += f"; {support}"
    finding = Finding(
        fact.place.span,
        message,
        f"who follows the link lands among the posts of another {one}",
        "" if fix is not None else f"see which is right, the {one} or the link",
        fix,
        (Related(Span(start, end), f"its {one}"),),
    )
    return SiteFinding(fact.path, finding)


def _swap(address: str, other: str, own: str) -> tuple[str, str] | None:
    """What stands for ``other`` in the address, and what for ``own`` in its place; None where that is not certain."""
    pairs = set(zip(forms.spellings(other), forms.spellings(own), strict=True))
    pairs = {(theirs, ours) for theirs, ours in pairs if theirs and ours and address.count(theirs) == 1}
    if len(pairs) > 1:
        # `design` may be the term or its slug: an address takes the slug where the term itself cannot stand in it.
        pairs = {pair for pair in pairs if pair[1] == forms.slug(own)}
    return next(iter(pairs)) if len(pairs) == 1 and not any(c.isspace() for _, ours in pairs for c in ours) else None
