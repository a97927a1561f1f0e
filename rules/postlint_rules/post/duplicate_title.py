"""Two posts with one title."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from postlint.api import (
    Document,
    Fact,
    Finding,
    PageFact,
    Place,
    Related,
    Severity,
    Site,
    SiteFinding,
    SiteRule,
    generator_for,
    regex,
    site_zone,
)

_ENOUGH = 60
"""Letters that two texts have in common by accident at most."""
_NUMBER = regex(r"\d+")
_YEAR_OR_MONTH = regex(r"/(?:\d{4}|\d\d?)(?=/|$)")
_EVENT = frozenset("end_date enddate start_date startdate event event_type location venue registration_url".split())  # noqa: SIM905
"""Keys of something that may take place again, with the same words said of it."""
_MOVED = ("redirect_to", "redirect", "redirect_url")


@dataclass(frozen=True, slots=True)
class Options:
    """
    Attributes:
        days: how many days apart two posts of one title may be to be taken for one post that stands there twice.
    """

    days: int = 0


class DuplicateTitle(SiteRule):
    """A title that another published page of the section has in the same language, on one day or over the same text.

    A title that comes again later ("Server maintenance", a monthly meeting) may be meant.
    """

    severity = Severity.WARNING
    Options = Options

    def collect(self, doc: Document) -> Iterator[Fact]:
        front_matter = doc.front_matter
        entry = front_matter.get("title")
        if entry is None or entry.node.kind != "scalar" or entry.value is None:
            return
        title = " ".join(entry.node.text.split())
        if not title or "{{" in title:
            return
        if any(key in front_matter for key in _MOVED):
            return
        span = entry.node.span
        place = Place(span, doc.text.position(span.start), doc.text.position(span.end))
        yield Fact(doc.path, title, place, _text(doc))

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for facts in site.repeated_facts(self.id):
            yield from self._of_title(site, facts[0].key, facts)

    def _of_title(self, site: Site, title: str, facts: Sequence[Fact]) -> Iterator[SiteFinding]:
        if all(not site.asked_for(fact.path) for fact in facts):
            return
        groups: dict[tuple[str, ...], list[tuple[Fact, PageFact]]] = defaultdict(list)
        for fact in facts:
            page = site.page(fact.path)
            if page is not None and page.published:
                groups[page.site, page.lang, _section(page)].append((fact, page))
        for group in groups.values():
            for index, (fact, page) in enumerate(group):
                for before, other in group[:index]:
                    if page.url != other.url and self._one(site, (fact, page), (before, other)):
                        yield SiteFinding(fact.path, _finding(title, fact, before, same=_same_text(fact, before)))
                        break

    def _one(self, site: Site, this: tuple[Fact, PageFact], that: tuple[Fact, PageFact]) -> bool:
        (fact, page), (before, other) = this, that
        if _same_text(fact, before):
            return True
        if _are_parts(page, other):
            return False
        day, other_day = _day(site, page), _day(site, other)
        return day is not None and other_day is not None and abs((day - other_day).days) <= self.options.days


def _text(doc: Document) -> str:
    """A mark of the body's text; "" where there is too little to tell texts by."""
    text = doc.content[doc.body.start :].strip()
    if len(text) < _ENOUGH or any(entry.key in _EVENT for entry in doc.front_matter.entries):
        return ""
    # Two texts of one title, length and beginning are one text.
    return f"{len(text)}-{crc32(text[:1000].encode('utf-8', 'surrogatepass')):x}"


def _same_text(fact: Fact, other: Fact) -> bool:
    return bool(fact.value) and bool(fact.value == other.value)


def _section(page: PageFact) -> str:
    """Where the page is listed: with all posts of its ``_posts``, or with the other pages of its folder (those of all
    years and months, where there is a folder for each)."""
    folder, _ = _place(page)
    above, posts, _ = f"/{folder}/".partition("/_posts/")
    if posts:
        return above + posts
    return _YEAR_OR_MONTH.sub("", f"/{folder}") if page.date is not None else folder


def _place(page: PageFact) -> tuple[str, str]:
    """The folder that the page lies in, and its name there: that of its own folder where it is an ``index``."""
    folder, _, name = page.path[len(page.site) :].rpartition("/")
    if name.startswith("index."):
        folder, _, name = folder.rpartition("/")
    return folder, name


def _are_parts(page: PageFact, other: PageFact) -> bool:
    """Whether the names differ in their numbers alone: parts of one thing."""
    return _NUMBER.sub("", _place(page)[1]) == _NUMBER.sub("", _place(other)[1])


def _day(site: Site, page: PageFact) -> dt.date | None:
    """The day of the page, in the site's zone; that of its name where it has no other."""
    profile = site.profile(page.path)
    if page.date is None:
        return generator_for(profile).file_name_date(page.path)
    return dt.datetime.fromtimestamp(page.date, site_zone(profile.zone)).date()


def _finding(title: str, fact: Fact, before: Fact, *, same: bool) -> Finding:
    shown = title if len(title) <= 40 else title[:39] + "…"
    return Finding(
        fact.place.span,
        f"“{shown}” is the title of {before.path} too" + (", and so is the text" if same else ""),
        "readers cannot tell them apart in lists, in feeds and in what search engines find",
        "delete the copy" if same else "say in the title what is different",
        related=(Related(before.place.span, "the other one", before.path),),
    )
