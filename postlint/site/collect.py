"""From a document to its facts: the map step. A pure function, run in any process."""

from __future__ import annotations

import datetime as dt
import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Protocol

from postlint.document import Document, Profile
from postlint.generators import Generator, generator_for
from postlint.generators.terms import term_uses
from postlint.parse.headings import anchors
from postlint.parse.kramdown import scan
from postlint.parse.links import REWRITTEN_KINDS, SOURCE_KINDS
from postlint.parse.ranges import Ranges
from postlint.site.address import address_key, squeeze
from postlint.site.facts import DocumentFacts, Fact, FactRow, LinkRow, PlaceRow, TermRow
from postlint.site.resolve import Home, home_of, resolve
from postlint.text import Span, Text, within

__all__ = ["Collector", "collect"]


class Collector(Protocol):
    """What this step needs of a site rule."""

    id: ClassVar[str]

    def collect(self, doc: Document) -> Iterator[Fact]: ...


_last: tuple[Profile, Generator, Home] | None = None


def _site_of(profile: Profile) -> tuple[Generator, Home]:
    """Files come site by site, and hashing a profile costs more than reading a small post's links."""
    global _last
    if _last is None or _last[0] is not profile:
        _last = (profile, generator_for(profile), home_of(profile))
    return _last[1], _last[2]


def collect(doc: Document, site_rules: Sequence[Collector]) -> DocumentFacts:
    """Everything that the site needs to know of ``doc``."""
    generator, home = _site_of(doc.profile)
    fate = generator.fate(doc)
    text = doc.text
    links = tuple(_links(doc, fate.url, home, generator))
    ids = anchors(doc, generator.removed(doc))
    terms: list[TermRow] = [(*_place(text, use.span), use.taxonomy, use.term) for use in term_uses(doc)]
    aliases = []
    for alias in dict.fromkeys(fate.aliases):
        url = squeeze(alias)
        aliases.append((url, address_key(url)))
    facts: list[FactRow] = []
    for rule in site_rules:
        for fact in rule.collect(doc):
            span, start, end = fact.place
            place = (span.start, span.end, start.line, start.column, end.line, end.column)
            facts.append((*place, rule.id, fact.key, json.dumps(fact.value, ensure_ascii=False)))
    url = fate.url
    page = (
        int(fate.published),
        str(fate.reason or ""),
        url,
        address_key(url) if url else None,
        fate.title,
        _seconds(fate.date),
        fate.lang,
        _seconds(fate.appears),
        _seconds(fate.expires),
        int(not ids.complete),
        None if fate.date is None else fate.date.isoformat(),
    )
    return DocumentFacts(page, links, ids.ids, tuple(aliases), tuple(terms), tuple(facts))


def _seconds(instant: dt.datetime | None) -> float | None:
    return None if instant is None else instant.timestamp()


def _links(doc: Document, page_url: str, home: Home, generator: Generator) -> Iterator[LinkRow]:
    starts = doc.text.line_starts
    uses = doc.links
    shown = _shown(doc) if uses else {}
    for use in uses:
        status, url, fragment = resolve(use, page_url, home)
        kind = use.kind
        if fragment and kind in SOURCE_KINDS and _is_code(doc, use.span.start, shown):
            fragment = ""  # in code the file is looked for, but there is no link to an id in it
        if kind in shown and shown[kind].hold(use.span.start):
            status, url, fragment = "shown", "", ""
        elif generator.rewrites_links and kind in REWRITTEN_KINDS and "{" not in use.raw:
            source = generator.source_link(doc.path, use.raw.partition("#")[0])
            if source is not None:
                kind, status, url = "relative", "source", source
        key = ""
        if status == "internal":
            key = address_key(url)
        elif status == "external" and use.address != use.raw:
            url = use.address or ""  # escapes and entities worked out: what must be asked for
        start = use.target.start
        line = bisect_right(starts, start)  # Text.position without making a Position for each link of a site
        yield (start, line, start - starts[line - 1] + 1, use.raw, kind, status, url, key, fragment)


def _is_code(doc: Document, at: int, shown: Mapping[str, Ranges]) -> bool:
    if not doc.is_markdown:
        return False
    return within(at, doc.outline.code) or ("html" in shown and shown["html"].hold(at))


_AS_MARKDOWN = frozenset({"markdown", "image", "autolink"})


def _shown(doc: Document) -> Mapping[str, Ranges]:
    """By kind of link, where kramdown shows to readers what CommonMark takes for one: Markdown in a raw element, tags
    that it prints, and all that stands in its own kinds of code."""
    scanned = doc.kramdown
    if scanned is None and doc.is_markdown and doc.profile.dialect.markdown == "kramdown":
        start = doc.body.start
        if doc.content.find("{::", start) >= 0 or doc.content.find("$$", start) >= 0:
            scanned = scan(doc.masked.content, doc.body, doc.profile.dialect.kramdown)
    if scanned is None or not (scanned.raw or scanned.code or scanned.printed):
        return {}
    code = [each.span for each in scanned.code]
    markdown = Ranges([*code, *scanned.hidden, *(region.span for region in scanned.raw)])
    code = [span for span in code if not doc.content.startswith("{::nomarkdown", span.start)]  # which is HTML
    return {**dict.fromkeys(_AS_MARKDOWN, markdown), "html": Ranges([*code, *(tag.span for tag in scanned.printed)])}


def _place(text: Text, span: Span) -> PlaceRow:
    line, column = text.position(span.start)
    end_line, end_column = text.position(span.end)
    return (span.start, span.end, line, column, end_line, end_column)
