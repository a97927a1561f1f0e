"""Hexo: thin, for its ordinary cases. Dates as JavaScript reads them (measured with Node's ``Date``)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from postlint.document import HTML_SUFFIXES, MARKDOWN_SUFFIXES, Document, Profile
from postlint.generators.base import DateOutcome, DateReading, Fate, Generator, Hidden, Kind, TermUse
from postlint.generators.loading import SiteOptions, boolean, load_first, string
from postlint.generators.zones import in_zone, site_zone
from postlint.parse.dialect import Dialect
from postlint.parse.front_matter import Entry, Node

__all__ = ["Hexo", "HexoOptions", "load"]

_STAMP = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]|[ \t]+)(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d*)?)?"
    r"(?:[ \t]*(Z|[-+]\d{1,2}(?::?\d\d)?))?)?",
    re.A,
)
_NUMERIC = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d+):(\d+)(?::(\d+))?)?", re.A)
_LONGEST = 200
_FALLS_BACK = "Hexo ignores it and takes the time at which the file was made, so the post moves with every checkout"
_TOKEN = re.compile(r":([a-z_]+)")


@dataclass(frozen=True, slots=True)
class HexoOptions:
    source_dir: str = "source/"
    permalink: str = ":year/:month/:day/:title/"
    default_category: str = "uncategorized"
    future: bool = True
    render_drafts: bool = False
    root: str = "/"
    category_dir: str = "categories"
    tag_dir: str = "tags"
    dated_names: bool = False
    """``new_post_name`` puts year, month and day before the title, so Hexo takes them from names too."""


def load(folder: Path, shown: str) -> SiteOptions:
    config, found = load_first(folder, ("_config.yml", "_config.yaml", "_config.json"), shown)
    dialect = Dialect(markdown="marked", templates="nunjucks", fences="hexo", heading_ids="hexo")
    known = _options(config)
    if not found and not (folder / known.source_dir).is_dir():
        # No site to be seen, only files and the word that Hexo will build them: then all of them are its sources.
        known = replace(known, source_dir="")
    return SiteOptions(dialect, string(config, "timezone") or None, known)


def _options(config: dict[str, Any]) -> HexoOptions:
    usual = HexoOptions()
    return HexoOptions(
        source_dir=string(config, "source_dir", "source").strip("./") + "/",
        permalink=string(config, "permalink") or usual.permalink,
        default_category=string(config, "default_category", usual.default_category),
        future=boolean(config, "future", True),
        render_drafts=boolean(config, "render_drafts"),
        root=string(config, "root") or "/",
        category_dir=string(config, "category_dir", usual.category_dir).strip("/"),
        tag_dir=string(config, "tag_dir", usual.tag_dir).strip("/"),
        dated_names=string(config, "new_post_name").startswith(":year-:month-:day-:title"),
    )


class Hexo(Generator):
    name = "hexo"
    title = "Hexo"

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.options: HexoOptions = profile.options if isinstance(profile.options, HexoOptions) else HexoOptions()
        self._source = profile.site_root + self.options.source_dir
        self.template_folders = (profile.site_root + "scaffolds/", profile.site_root + "themes/")

    def kind(self, path: str) -> Kind:
        if not path.startswith(self._source):
            return Kind.NONE
        parts = path[len(self._source) :].split("/")
        special = parts[0]
        rest = parts[1:] if special in ("_posts", "_drafts") else parts
        if any(part.startswith((".", "_")) or part.endswith(("~", "%")) for part in rest):
            return Kind.NONE
        name = parts[-1]
        suffix = name[name.rfind(".") :].lower() if "." in name else ""
        text = suffix in MARKDOWN_SUFFIXES or suffix in HTML_SUFFIXES
        if special == "_posts":
            return Kind.POST if text else Kind.NONE
        if special == "_drafts":
            return Kind.DRAFT if text else Kind.NONE
        return Kind.PAGE if text else Kind.STATIC

    def static_url(self, path: str) -> str:
        return "/" + path[len(self._source) :] if self.kind(path) is Kind.STATIC else ""

    def shows_future(self) -> bool:
        return self.options.future

    def date_keys(self, doc: Document) -> tuple[str, ...]:
        if self.kind(doc.path) is Kind.NONE:
            return ()
        return tuple(key for key in ("date", "updated") if key in doc.front_matter)

    def file_name_date(self, path: str) -> dt.date | None:
        match = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", path[path.rfind("/") + 1 :], re.A)
        try:
            return dt.date(int(match[1]), int(match[2]), int(match[3])) if match is not None else None
        except ValueError:
            return None

    def read_date(self, doc: Document, entry: Entry) -> DateReading:
        node = entry.node
        text = node.text.strip()
        if node.kind != "scalar" or not text or (not node.quoted and node.value is None):
            return DateReading(None, DateOutcome.NONE)
        if len(text) > _LONGEST:
            return DateReading(None, DateOutcome.NONE)
        match = _STAMP.fullmatch(text)
        if match is None:
            return self._lenient(text)
        year, month, day, hour, minute, second = (int(group or 0) for group in match.groups()[:6])
        zone = match[7]
        if not 2 <= year <= 9998:
            return DateReading(None, DateOutcome.NONE)
        # 30 February rolls over in JavaScript; a 13th month or a 25th hour is an invalid date.
        if not (1 <= month <= 12 and 1 <= day <= 31 and hour <= 24 and minute <= 59 and second <= 59):
            return DateReading(None, DateOutcome.IMPOSSIBLE, effect=_FALLS_BACK)
        written = dt.datetime(year, month, 1) + dt.timedelta(days=day - 1, hours=hour, minutes=minute, seconds=second)
        rolled = written.month != month or hour == 24
        if zone is not None and zone != "Z":
            digits = re.findall(r"\d+", zone)
            hours, minutes = (int(digits[0][:2]), int(digits[-1][-2:]) if len(zone) > 3 else 0)
            offset = dt.timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)
            instant = (written - offset).replace(tzinfo=dt.UTC).astimezone(site_zone(self.profile.zone))
        elif zone == "Z":
            instant = written.replace(tzinfo=dt.UTC).astimezone(site_zone(self.profile.zone))
        else:
            instant = in_zone(written, site_zone(self.profile.zone))
        source = "value" if zone is not None else "site" if self.profile.zone else "machine"
        outcome = DateOutcome.ROLLED_OVER if rolled else DateOutcome.READ
        effect = f"Hexo takes {instant:%Y-%m-%d %H:%M} instead" if rolled else ""
        return DateReading(instant, outcome, source, effect, written, match[4] is not None)  # type: ignore[arg-type]

    def _lenient(self, text: str) -> DateReading:
        """What ``new Date(text)`` refuses for sure; of the rest nothing is claimed."""
        match = _NUMERIC.match(text)
        if match is not None:
            numbers = [int(group or 0) for group in match.groups()]
            if not (1 <= numbers[1] <= 12 and 1 <= numbers[2] <= 31 and numbers[3] <= 24 and numbers[4] <= 59):
                return DateReading(None, DateOutcome.IMPOSSIBLE, effect=_FALLS_BACK)
        if any(not character.isascii() for character in text) or not any(character.isdigit() for character in text):
            return DateReading(None, DateOutcome.UNPARSABLE, effect=_FALLS_BACK)
        return DateReading(None, DateOutcome.NONE)

    def term_uses(self, doc: Document) -> Iterable[TermUse]:
        """Strings stay whole; nested lists of categories are a hierarchy, each level a term."""
        for taxonomy, singular in (("categories", "category"), ("tags", "tag")):
            entry = doc.front_matter.get(taxonomy) or doc.front_matter.get(singular)
            if entry is not None:
                for node in _scalars(entry.node):
                    yield TermUse(taxonomy, node.text, node.span)

    def fate(self, doc: Document) -> Fate:
        kind = self.kind(doc.path)
        if kind is Kind.NONE:
            return Fate(False, Hidden.SPECIAL_NAME if doc.path.startswith(self._source) else Hidden.NOT_OUTPUT)
        front = doc.front_matter
        entry = front.get("date")
        date = self.read_date(doc, entry).instant if entry is not None else None
        if entry is None and self.options.dated_names and (day := self.file_name_date(doc.path)) is not None:
            date = in_zone(dt.datetime(day.year, day.month, day.day), site_zone(self.profile.zone))
        terms: dict[str, tuple[str, ...]] = {}
        for use in self.term_uses(doc):
            terms[use.taxonomy] = (*terms.get(use.taxonomy, ()), use.term)
        reason = None
        published = front.get("published")
        if kind is Kind.DRAFT and not self.options.render_drafts:
            reason = Hidden.DRAFT
        elif published is not None and published.value is False:
            reason = Hidden.UNPUBLISHED
        url = self._post_url(doc, date, terms) if kind in (Kind.POST, Kind.DRAFT) else self._page_url(doc)
        return Fate(reason is None, reason, url, _text(doc, "title"), date, terms, (), _text(doc, "lang"))

    def _page_url(self, doc: Document) -> str:
        own = _text(doc, "permalink")
        if own:
            return "/" + own.lstrip("/")
        path = "/" + doc.path[len(self._source) :]
        stem = path[: path.rfind(".")]
        return stem.removesuffix("index") if stem.endswith("/index") else stem + ".html"

    def _post_url(self, doc: Document, date: dt.datetime | None, terms: dict[str, tuple[str, ...]]) -> str:
        """By the site's template; "" where it asks for what is not known here (a hash, the time of the checkout)."""
        own = _text(doc, "permalink")
        if own:
            return "/" + own.lstrip("/")
        below = doc.path[len(self._source) :].partition("/")[2]
        name = below[: below.rfind(".")]
        if self.options.dated_names:
            name = re.sub(r"(^|/)\d{4}-\d{1,2}-\d{1,2}-", r"\1", name)
        categories = terms.get("categories", ())
        values = {
            "title": name,
            "name": name.rpartition("/")[2],
            "post_title": "",
            "category": "/".join(categories) or self.options.default_category,
            "lang": _text(doc, "lang"),
        }
        if date is not None:
            values |= {
                "year": f"{date.year:04}",
                "month": f"{date.month:02}",
                "i_month": str(date.month),
                "day": f"{date.day:02}",
                "i_day": str(date.day),
                "hour": f"{date.hour:02}",
                "minute": f"{date.minute:02}",
                "second": f"{date.second:02}",
            }
        out = []
        at = 0
        for match in _TOKEN.finditer(self.options.permalink):
            value = values.get(match[1], "")
            if not value:
                return ""
            out += [self.options.permalink[at : match.start()], value]
            at = match.end()
        return "/" + "".join([*out, self.options.permalink[at:]]).lstrip("/")


def _scalars(node: Node) -> Iterable[Node]:
    if node.kind == "list":
        for item in node.items:
            yield from _scalars(item)
    elif node.kind == "scalar" and node.text and node.value is not None:
        yield node


def _text(doc: Document, key: str) -> str:
    entry = doc.front_matter.get(key)
    return entry.node.text if entry is not None and entry.node.kind == "scalar" and entry.value is not None else ""
