"""Categories and tags as Jekyll merges and splits them (lib/jekyll/document.rb, populate_categories and populate_tags).

* Folders *above* ``_posts`` are categories; folders inside it are not.
* ``categories`` as a string is split at white space, never at commas; ``category`` as a string stays whole. Both count.
* ``tag`` wins over ``tags``; ``tags`` as a string is split like ``categories``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from postlint.generators.base import TermUse
from postlint.generators.jekyll.scalars import is_null
from postlint.parse.front_matter import Entry, Node
from postlint.regex import regex
from postlint.text import Span

__all__ = [
    "categories",
    "category_uses",
    "folder_categories",
    "tag_uses",
    "tags",
    "text_of",
    "unusable_categories",
    "words",
]

_WORD = regex(r"[^ \t\n\v\f\r\0]+")


@lru_cache(maxsize=4096)
def folder_categories(folder: str, special: str) -> tuple[str, ...]:
    """The categories that a post's folder gives it: the names above ``special``, its "_posts"."""
    if folder.startswith(special):
        return ()
    at = folder.find(special)
    above = folder[:at] if at >= 0 else folder
    return tuple(part for part in above.split("/") if part and part != special)


def unusable_categories(keys: Mapping[str, Entry]) -> bool:
    """A number, a boolean, a mapping: Jekyll fails to merge it, logs that, and goes on without the front matter."""
    entry = keys.get("categories")
    if entry is None or entry.node.kind == "list" or entry.node.quoted:
        return False
    return entry.node.kind == "mapping" or not (isinstance(entry.value, str) or is_null(entry.node.text))


def text_of(node: Node) -> str | None:
    """A scalar as Ruby would print it; None for nothing."""
    if not node.quoted and is_null(node.text):
        return None
    if not node.quoted and isinstance(node.value, bool):
        return "true" if node.value else "false"
    return str(node.value) if isinstance(node.value, (int, float)) and not isinstance(node.value, bool) else node.text


def _whole(node: Node | None) -> Iterator[tuple[str | None, Span]]:
    """Every scalar in a value, however deep lists are nested."""
    if node is None or node.kind == "mapping":
        return
    if node.kind == "list":
        for item in node.items:
            yield from _whole(item)
    else:
        yield text_of(node), node.span


def _split(node: Node, content: str) -> Iterator[tuple[str | None, Span]]:
    """The words of a string, the items of a list."""
    if node.kind != "scalar":
        yield from _whole(node)
        return
    text = text_of(node)
    if text is None or (not node.quoted and not isinstance(node.value, str)):
        # Numbers and dates are no strings, and Jekyll does not split or keep them here.
        return
    at, end = node.span
    for match in _WORD.finditer(text):
        word = match[0]
        found = content.find(word, at, end)
        if found < 0:
            yield word, node.span
        else:
            at = found + len(word)
            yield word, Span(found, at)


def category_uses(keys: Mapping[str, Entry], content: str) -> list[TermUse]:
    plural, singular = keys.get("categories"), keys.get("category")
    uses: list[TermUse] = []
    if plural is not None:
        uses.extend(TermUse("categories", term or "", span) for term, span in _split(plural.node, content))
    if singular is not None:
        uses.extend(TermUse("categories", term, span) for term, span in _whole(singular.node) if term is not None)
    return uses


def tag_uses(keys: Mapping[str, Entry], content: str) -> list[TermUse]:
    singular, plural = keys.get("tag"), keys.get("tags")
    if singular is not None and _counts(singular.node):
        return [TermUse("tags", term, span) for term, span in _whole(singular.node) if term is not None]
    if plural is not None:
        return [TermUse("tags", term, span) for term, span in _split(plural.node, content) if term is not None]
    return []


def _counts(node: Node) -> bool:
    """Neither nothing nor false: those let ``tags`` speak."""
    return node.kind != "scalar" or node.quoted or not (is_null(node.text) or node.value is False)


def categories(
    folders: tuple[str, ...], from_defaults: object, singular: object, uses: list[TermUse]
) -> tuple[str, ...]:
    """All categories in order, each once. ``from_defaults``, ``singular``: the values of the site's defaults."""
    if not uses and from_defaults is None and singular is None:
        return folders
    found = dict.fromkeys(folders)
    found.update(dict.fromkeys(words(from_defaults, split=True)))
    found.update(dict.fromkeys(use.term for use in uses))
    if singular is not None:
        found.update(dict.fromkeys(words(singular, split=False)))
    return tuple(found)


def tags(from_defaults: object, singular: object, uses: list[TermUse], *, written: bool) -> tuple[str, ...]:
    if written:
        return tuple(use.term for use in uses)
    if singular is not None and singular is not False:
        return words(singular, split=False)
    return words(from_defaults, split=True)


def words(value: object, *, split: bool) -> tuple[str, ...]:
    """The terms of a value from the site's defaults."""
    if isinstance(value, str):
        return tuple(_WORD.findall(value)) if split else (value,)
    if isinstance(value, tuple):
        return tuple(str(item) for item in value if item is not None)
    return () if value is None else (str(value),)
