"""Files that lie among the posts and will be skipped for their name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from postlint.api import Document, DocumentRule, Finding, Generator, Hidden, Span, generator_for, regex

_NOT_POSTS = ("readme", "license", "licence", "contributing", "template", "sample", "example", "todo")
_STARTS_LIKE_A_DATE = regex(r"(\d{2,4})[-_. ]?(\d{1,2})[-_. ]?(\d{1,2})(?:[-_. ]+(.*))?$", re.A | re.S)


@dataclass(frozen=True, slots=True)
class Options:
    """Options of post/ignored-file-name.

    Attributes:
        allow: names without suffix, in lower case, that are not meant to be posts; "template" also allows
            ``template-long.md``.
    """

    allow: tuple[str, ...] = _NOT_POSTS


class IgnoredFileName(DocumentRule):
    """A file among the posts whose name is none that the generator takes for a post's, so it is left out."""

    Options = Options

    def check(self, doc: Document) -> Iterator[Finding]:
        generator = generator_for(doc.profile)
        if generator.name != "jekyll" or "_posts/" not in doc.path:
            return
        if generator.hidden(doc.path) is not Hidden.IGNORED_NAME:
            return
        stem = doc.name[: doc.name.rfind(".")] if "." in doc.name else doc.name
        lower = stem.lower()
        if any(lower == name or lower.startswith((f"{name}-", f"{name}_", f"{name}.")) for name in self.options.allow):
            return
        yield Finding(
            Span(0, 0),
            f"Jekyll does not take this file for a post: {_reason(stem)}",
            "it is left out of the site, without a warning",
            _help(doc, generator, stem),
        )


def _reason(stem: str) -> str:
    match = _STARTS_LIKE_A_DATE.match(stem)
    if match is None:
        return "its name does not begin with a date"
    if not match[4]:
        return "its name is a date and nothing else"
    return "the date in its name is not written YYYY-MM-DD-"


def _help(doc: Document, generator: Generator, stem: str) -> str:
    """A name that would do, where file name or front matter say the day."""
    suffix = doc.name[len(stem) :]
    match = _STARTS_LIKE_A_DATE.match(stem)
    words = stem.strip("-_. ")
    day: dt.date | None = None
    if match is not None and len(match[1]) == 4:
        try:
            day = dt.date(int(match[1]), int(match[2]), int(match[3]))
            words = (match[4] or "").strip("-_. ")
        except ValueError:
            day = None
    if day is None:
        entry = doc.front_matter.get("date")
        instant = generator.read_date(doc, entry).instant if entry is not None else None
        day = instant.date() if instant is not None else None
    if day is None:
        return "name it YYYY-MM-DD-words" + suffix
    return f"name it {day:%Y-%m-%d}-{words or 'words'}{suffix}"
