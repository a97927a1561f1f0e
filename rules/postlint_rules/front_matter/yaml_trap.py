"""A value that is meant as text and read as something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from postlint.api import Document, DocumentRule, Edit, Entry, Finding, Fix, Format, Node, Safety, Severity, Span, regex
from postlint_rules.front_matter import _effects as effects
from postlint_rules.front_matter._yaml_readings import Reading, reading

_TEXT = frozenset({"title", "subtitle", "linktitle", "description", "summary", "excerpt"})
_TERMS = frozenset({"tag", "tags", "category", "categories", "keywords", "slug"})
_VERSION = regex(r"(?:^|[_-])(?:version|release)$", re.IGNORECASE)
_COMMENT = regex(r"[ \t]+#(?=[^\s#!])[^\r\n]*")
_NAMES = {"jekyll": "Jekyll", "hugo": "Hugo", "hexo": "Hexo"}


@dataclass(frozen=True, slots=True)
class Options:
    """``keys``: further keys whose values are text."""

    keys: tuple[str, ...] = ()


class YamlTrap(DocumentRule):
    """Numbers, booleans, dates, comments and tags that YAML sees in a title, a term or a version."""

    severity = Severity.WARNING
    Options = Options

    def check(self, doc: Document) -> Iterator[Finding]:
        generator = doc.profile.generator
        if doc.front_matter.format is not Format.YAML or generator not in _NAMES:
            return
        old = bool(doc.profile.version) and effects.is_old_hugo(doc)
        for entry in doc.front_matter.entries:
            if not _is_text(entry.key) and entry.key not in self.options.keys:
                continue
            node = entry.node
            for scalar in node.items if node.kind == "list" else (node,):
                if scalar.style != "plain" or scalar.kind != "scalar":
                    continue
                if (found := reading(scalar, generator, old=old)) is not None:
                    if not effects.is_template(doc):
                        yield _finding(doc, entry, scalar, found)
                elif scalar is node and entry.key.lower() in _TEXT and not effects.is_template(doc):
                    yield from _cut(doc, node)


@lru_cache(maxsize=1024)
def _is_text(key: str) -> bool:
    lower = key.lower()
    return lower in _TEXT or lower in _TERMS or _VERSION.search(lower) is not None


def _finding(doc: Document, entry: Entry, node: Node, found: Reading) -> Finding:
    name = _NAMES[doc.profile.generator]
    key = entry.key.lower()
    if key == "title" and found.printed in ("", "false") and name == "Jekyll":
        consequence = "Jekyll makes a title of the file's name instead"
    elif not found.printed:
        consequence = f"{name} leaves it empty"
    else:
        consequence = f"{name} prints {found.printed}"
    safety = Safety.SAFE if key in _TEXT else Safety.UNSAFE
    written = doc.content[node.span.start : node.span.end]
    fix = Fix("put it in quotes", _quotes(node.span), safety) if written == node.text else None
    return Finding(node.span, f"`{node.text}` without quotes is {found.what} in YAML, not text", consequence, fix=fix)


def _quotes(span: Span) -> tuple[Edit, ...]:
    return Edit(Span(span.start, span.start), '"'), Edit(Span(span.end, span.end), '"')


def _cut(doc: Document, node: Node) -> Iterator[Finding]:
    """Text that YAML takes for a comment, a tag or an anchor."""
    content = doc.content
    name = _NAMES[doc.profile.generator]
    start, end = node.span
    first = content[start : start + 1]
    if first in "!&" and content[start : start + 2] != "!!":
        mark = re.compile(r"[!&][^\s,\[\]{}]*").match(content, start)
        if mark is None:
            return
        front = doc.front_matter.content
        if first == "&" and f"*{mark.group()[1:]}" in content[front.start : front.end]:
            return
        what = "a tag" if first == "!" else "a name for the value"
        shown = f"{name} prints only `{node.text}`" if node.text else f"{name} leaves it empty"
        whole = content[start:end]
        fix = Fix("put it in quotes", _quotes(node.span), Safety.UNSAFE) if _plain(whole) else None
        yield Finding(Span(*mark.span()), f"`{mark.group()}` is {what} in YAML, not text", shown, fix=fix)
        return
    comment = _COMMENT.match(content, end)
    if comment is None:
        return
    lost = comment.group().strip()
    all_of_it = Span(start, start + len(content[start : comment.end()].rstrip()))
    sure = _plain(content[all_of_it.start : all_of_it.end])
    fix = Fix("put it in quotes", _quotes(all_of_it), Safety.UNSAFE) if sure else None
    span = Span(comment.end() - len(comment.group().lstrip()), all_of_it.end)
    shown = lost if len(lost) <= 40 else lost[:39] + "…"
    yield Finding(
        span,
        f"`{shown}` is a comment in YAML, since a blank and # come before it and there are no quotes",
        f"{name} prints only what stands before it",
        fix=fix,
    )


def _plain(text: str) -> bool:
    return '"' not in text and "\\" not in text and "\n" not in text
