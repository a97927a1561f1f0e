"""Addresses from permalink templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from postlint.generators.jekyll.slugs import pretty_slug, slugify
from postlint.regex import regex

__all__ = ["Names", "TemplateError", "document_url", "file_url", "names_slug", "page_url"]

_KEY = regex(r":(year/:month/:day(?![a-z_])|[a-z_]+)")
"""A placeholder; the usual three of the date in one."""
_SLUG = regex(":(?:title|slug)(?![a-z])")
_SLASHES = regex(r"/{2,}")

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class TemplateError(ValueError):
    """The template has a placeholder that Jekyll does not know: it stops there."""


@dataclass(slots=True)
class Names:
    """What the placeholders of a document's template stand for.

    ``slug`` is the front matter's or the file name's; None where Jekyll never came to set it (front matter that does
    not load), and then ``basename`` stands in. ``stem`` is the relative path without suffix.
    """

    collection: str
    stem: str
    basename: str
    slug: str | None
    categories: tuple[str, ...]
    output_ext: str
    date: dt.datetime | None


@lru_cache(maxsize=4096)
def _downcased(categories: tuple[str, ...]) -> str:
    return "/".join(dict.fromkeys(category.lower() for category in categories))


@lru_cache(maxsize=4096)
def _slugified(categories: tuple[str, ...]) -> str:
    return "/".join(dict.fromkeys(slugify(category) for category in categories))


_OF_NAMES: dict[str, Callable[[Names], str]] = {
    "collection": lambda names: names.collection,
    "path": lambda names: names.stem.replace(f"_{names.collection}", "", 1).rstrip("."),
    "output_ext": lambda names: names.output_ext,
    "name": lambda names: slugify(names.basename),
    "title": lambda names: pretty_slug(names.basename if names.slug is None else names.slug),
    "slug": lambda names: slugify(names.basename if names.slug is None else names.slug),
    "categories": lambda names: _downcased(names.categories),
    "slugified_categories": lambda names: _slugified(names.categories),
}
_OF_DATE: dict[str, Callable[[dt.datetime], str]] = {
    "year/:month/:day": lambda date: f"{date.year:04}/{date.month:02}/{date.day:02}",
    "year": lambda date: f"{date.year:04}",
    "month": lambda date: f"{date.month:02}",
    "day": lambda date: f"{date.day:02}",
    "hour": lambda date: f"{date.hour:02}",
    "minute": lambda date: f"{date.minute:02}",
    "second": lambda date: f"{date.second:02}",
    "i_day": lambda date: str(date.day),
    "i_month": lambda date: str(date.month),
    "short_month": lambda date: _MONTHS[date.month - 1][:3],
    "long_month": lambda date: _MONTHS[date.month - 1],
    "short_year": lambda date: f"{date.year % 100:02}",
    "w_year": lambda date: f"{date.isocalendar().year:04}",
    "week": lambda date: f"{date.isocalendar().week:02}",
    "w_day": lambda date: str(date.isoweekday()),
    "short_day": lambda date: _DAYS[date.weekday()][:3],
    "long_day": lambda date: _DAYS[date.weekday()],
    "y_day": lambda date: f"{date.timetuple().tm_yday:03}",
}


class _Compiled(NamedTuple):
    """A template: a pattern for ``%``, the placeholders' functions in its order, whether any asks for the date."""

    pattern: str
    functions: tuple[Callable[[Names], str], ...]
    needs_date: bool


def _of_date(function: Callable[[dt.datetime], str]) -> Callable[[Names], str]:
    return lambda names: function(names.date)  # type: ignore[arg-type]


@lru_cache(maxsize=4096)
def _compiled(template: str) -> _Compiled:
    pattern: list[str] = []
    functions: list[Callable[[Names], str]] = []
    needs_date = False
    at = 0
    for match in _KEY.finditer(template):
        pattern.append(unquote(template[at : match.start()]).replace("%", "%%"))
        at = match.end()
        key = match[1]
        rest = ""
        if key not in _OF_NAMES and key not in _OF_DATE and key.endswith("_"):
            key, rest = key[:-1], "_"
        if key in _OF_NAMES:
            functions.append(_OF_NAMES[key])
        elif key in _OF_DATE:
            functions.append(_of_date(_OF_DATE[key]))
            needs_date = True
        else:
            raise TemplateError(match[0])
        pattern.append("%s" + rest)
    pattern.append(unquote(template[at:]).replace("%", "%%"))
    return _Compiled("/" + "".join(pattern), tuple(functions), needs_date)


def document_url(template: str, names: Names) -> str:
    """The address of a post or a document of a collection; "" where it depends on the day of the build.

    Raises:
        TemplateError: the template holds a placeholder that Jekyll does not know.
    """
    compiled = _compiled(template)
    if compiled.needs_date and names.date is None:
        return ""
    return _clean(compiled.pattern % tuple([function(names) for function in compiled.functions]))


def names_slug(template: str) -> bool:
    """Whether the address depends on the post's ``slug``."""
    return _SLUG.search(template) is not None


def page_url(template: str, folder: str, basename: str, output_ext: str) -> str:
    """The address of a page. Its templates know three placeholders and leave any other as it is."""
    url = unquote(template) if "%" in template else template
    if ":" in url:
        url = url.replace(":path", folder).replace(":basename", basename).replace(":output_ext", output_ext)
    return _clean("/" + url)


def file_url(template: str, collection: str, stem: str) -> str:
    """The address of a collection's plain file, without its suffix. Any other placeholder stays as it is written."""
    values = {":collection": collection, ":path": f"/{stem}", ":output_ext": "", ":name": stem.rpartition("/")[2]}
    url = template
    for placeholder, value in (*values.items(), (":title", "")):
        url = url.replace(placeholder, value)
    return _clean("/" + url).removesuffix("/")


def _clean(url: str) -> str:
    if ".." in url or "./" in url:
        url = url.replace("..", "/").replace("./", "")
    return _SLASHES.sub("/", url) if "//" in url else url
