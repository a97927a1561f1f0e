"""Hexo's templates with ``:words``: taking file names apart by one, and making addresses of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from posixpath import splitext

from postlint.parse.slugize import slugize
from postlint.regex import regex

__all__ = ["WORD", "filled", "parts_of_name"]

WORD = regex(r":(\w*[^_\W])", re.A)
_SEGMENTS = {
    "year": r"(\d{4})", "month": r"(\d{2})", "day": r"(\d{2})", "i_month": r"(\d{1,2})", "i_day": r"(\d{1,2})",
    "hash": "([0-9a-f]{12})",
}  # fmt: skip


@lru_cache(maxsize=32)
def _pattern(template: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    bare = splitext(template)[0]
    source, at = [], 0
    for match in WORD.finditer(bare):
        source += [re.escape(bare[at : match.start()]), _SEGMENTS.get(match[1], "(.+?)")]
        at = match.end()
    return re.compile("".join([*source, re.escape(bare[at:])]), re.A), tuple(WORD.findall(bare))


def parts_of_name(template: str, path: str) -> dict[str, str]:
    """What ``new_post_name`` finds in a post's path below its folder; ``title`` is the slug, and always there."""
    stem = splitext(path)[0]
    pattern, words = _pattern(template)
    match = pattern.fullmatch(stem)
    found = dict(zip(words, match.groups(), strict=True)) if match is not None else {}
    found.setdefault("title", slugize(stem))
    return found


def filled(template: str, values: Mapping[str, str | None]) -> str | None:
    """The template with its words; None where one of them is (it cannot be known). A word of none is "undefined"."""
    if any(values.get(word, "") is None for word in WORD.findall(template)):
        return None
    return WORD.sub(lambda match: str(values.get(match[1], "undefined")), template)
