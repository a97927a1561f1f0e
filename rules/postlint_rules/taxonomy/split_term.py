"""Strings that the generator takes apart, or leaves together, against what was evidently meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from postlint.api import (
    Document,
    Edit,
    Fact,
    Finding,
    Fix,
    Place,
    Profile,
    Safety,
    Severity,
    Site,
    SiteFinding,
    SiteRule,
    generator_for,
    regex,
    term_uses,
)
from postlint_rules.taxonomy import _forms as forms
from postlint_rules.taxonomy import _pages as term_pages

_SEPARATOR = regex(r"\s*[,;，、；]\s*")
_WORDY = regex(r"[^\W\d_]")
_FLOW_SAFE = regex(r"[^\W\d_][\w.+/&\- ]*")


class SplitTerm(SiteRule):
    """Terms written as one string, where the reading of the generator is not that of the writer.

    Jekyll splits ``tags`` and ``categories`` at blanks and at nothing else; Hugo, Hexo and Zola split nothing. A blank
    between two words in Jekyll is the documented way to write two tags, and silent unless the whole is known as one.
    """

    severity = Severity.WARNING

    def collect(self, doc: Document) -> Iterator[Fact]:
        if not doc.front_matter.entries or doc.profile.generator == "plain":
            return  # nobody knows how it will be read
        uses = term_uses(doc)
        if not uses:
            return
        first, last = uses[0].span.start, uses[-1].span.start
        post = term_pages.is_post(doc) or doc.profile.generator != "jekyll"
        for entry in doc.front_matter.entries:
            node = entry.node
            if node.kind != "scalar" or node.span.end < first or node.span.start > last:
                continue
            inside = [use for use in uses if node.span.start <= use.span.start and use.span.end <= node.span.end]
            if inside and (_SEPARATOR.search(node.text) or " " in node.text.strip()):
                place = Place(node.span, doc.text.position(node.span.start), doc.text.position(node.span.end))
                plain = node.style not in ("literal", "folded") and doc.front_matter.format
                terms = [use.term for use in inside]
                value = [entry.key, inside[0].taxonomy, node.text.strip(), terms, plain.value if plain else ""]
                yield Fact(doc.path, "string" if post else "page", place, value)
        if not post:
            yield from term_pages.page_facts(doc)

    def check(self, site: Site) -> Iterator[SiteFinding]:
        strings = list(site.facts(self.id, "string"))
        counts: dict[tuple[str, str], Counter[str]] = {}
        asked: dict[tuple[str, str], set[str]] = {}
        for fact in strings:
            taxonomy = fact.value[1]
            root = site.site_of(fact.path)
            known = counts.get((root, taxonomy))
            if known is None:
                known = counts[root, taxonomy] = _counts(site, root, taxonomy)
                asked[root, taxonomy] = _asked_for(site, root, self.id)
            finding = _finding(fact, site.profile(fact.path), known, asked[root, taxonomy])
            if finding is not None:
                yield SiteFinding(fact.path, finding)
        yield from _pages_in_vain(site, self.id)


def _counts(site: Site, root: str, taxonomy: str) -> Counter[str]:
    return Counter({term: n for (where, term), n in site.term_counts(taxonomy).items() if where == root})


def _asked_for(site: Site, root: str, rule: str) -> set[str]:
    """The terms that pages of the site name as theirs."""
    return {fact.value for fact in site.facts(rule) if fact.key.startswith("page:") and site.site_of(fact.path) == root}


def _finding(fact: Fact, profile: Profile, known: Counter[str], asked: set[str]) -> Finding | None:
    key, taxonomy, text, terms, _ = fact.value
    name = generator_for(profile).title
    splits = profile.generator == "jekyll" and key == taxonomy
    one = forms.singular(taxonomy)
    pieces = [piece for piece in _SEPARATOR.split(text) if piece]
    if len(pieces) > 1 and all(_WORDY.search(piece) for piece in pieces):
        # Where strings are split at blanks, a comma is never meant to be part of a term; elsewhere it may be.
        if not (splits and "," in text) and len(pieces) < 3 and not any(known[piece] for piece in pieces):
            return None
        read = f"the {taxonomy} {_quoted(terms)}" if len(terms) > 1 else f"one {one}, {_quoted(terms)}"
        why = "it splits at blanks, not at commas" if splits else f"a string is one {one} here"
        lost = [piece for piece in pieces if piece not in terms]
        return _unread(fact, f"{name} takes this as {read}: {why}", lost, pieces)
    if splits and len(terms) > 1 and (known[text] or text in asked):
        message = f"Jekyll splits this at the blanks into {_quoted(terms)}; elsewhere `{text}` is one {one}"
        return _unread(fact, message, [text], [text])
    words = text.split()
    if not splits and len(words) > 1 and terms == [text] and known[text] == 1 and all(known[w] > 1 for w in words):
        message = f"{name} takes this as one {one}, `{text}`; elsewhere {_quoted(words)} are {taxonomy} of their own"
        return _unread(fact, message, words, words)
    return None


def _unread(fact: Fact, message: str, lost: list[str], meant: list[str]) -> Finding:
    consequence = f"who looks under {_quoted(lost, 'or')} does not find this page"
    fix = _as_list(fact, meant)
    return Finding(fact.place.span, message, consequence, "" if fix is not None else "write a list", fix)


def _pages_in_vain(site: Site, rule: str) -> Iterator[SiteFinding]:
    """Pages of a Jekyll site that ask for a category with a blank in it, where posts write theirs as strings."""
    for fact in site.facts(rule, "page"):
        key, taxonomy, text, *_ = fact.value
        root = site.site_of(fact.path)
        if key == taxonomy or " " not in text or site.profile(fact.path).generator != "jekyll":
            continue
        folder = fact.path[: fact.path.rfind("/") + 1]
        known = _counts(site, root, taxonomy)
        neighbours = {
            other.value: other.path
            for other in site.facts(rule, f"page:{key}")
            if other.path.startswith(folder) and other.path != fact.path
        }
        if known[text] > 1 or sum(known[term] > 1 for term in neighbours) < term_pages.LEAST_TERMS - 1:
            continue
        one = forms.singular(taxonomy)
        yield SiteFinding(
            fact.path,
            Finding(
                fact.place.span,
                f"no post is in the {one} `{text}`: Jekyll splits `{taxonomy}: {text}` at the blank",
                "this page stays empty",
                f"name the {one} without a blank, here and in its posts",
            ),
        )


def _as_list(fact: Fact, terms: list[str]) -> Fix | None:
    written = fact.value[-1]
    if not written or not all(_FLOW_SAFE.fullmatch(term) for term in terms):
        return None
    items = ", ".join(term if written == "YAML" else f'"{term}"' for term in terms)
    return Fix(f"write [{items}]", (Edit(fact.place.span, f"[{items}]"),), Safety.UNSAFE)


def _quoted(terms: list[str], last: str = "and") -> str:
    shown = [f"`{term}`" for term in terms]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {last} {shown[-1]}"
