"""A key that stands twice in one mapping."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postlint.api import Document, DocumentRule, Edit, Entry, Finding, Fix, Format, Node, Related, Safety, Span
from postlint_rules.front_matter import _effects as effects


class DuplicateKey(DocumentRule):
    """Repeated keys at any depth; for Hugo also such as differ only in case."""

    def check(self, doc: Document) -> Iterator[Finding]:
        front_matter = doc.front_matter
        root = front_matter.root
        if root is None or front_matter.format is Format.TOML:  # tomllib refuses it: front-matter/unparsable
            return
        yield from _in_node(doc, root, folded=doc.profile.generator == "hugo")


def _in_node(doc: Document, node: Node, *, folded: bool) -> Iterator[Finding]:
    entries = node.entries
    if entries:
        names = [entry.key.lower() for entry in entries] if folded else [entry.key for entry in entries]
        if len(set(names)) < len(names):
            yield from _in_mapping(doc, entries, names)
        for entry in entries:
            if entry.node.kind != "scalar":
                yield from _in_node(doc, entry.node, folded=False)
    for item in node.items:
        if item.kind != "scalar":
            yield from _in_node(doc, item, folded=False)


def _in_mapping(doc: Document, entries: Sequence[Entry], names: Sequence[str]) -> Iterator[Finding]:
    seen: dict[str, Entry] = {}
    for entry, name in zip(entries, names, strict=True):
        before = seen.get(name)
        seen[name] = entry
        if before is not None and not entry.is_merge:
            yield _finding(doc, before, entry)


def _finding(doc: Document, before: Entry, again: Entry) -> Finding:
    line = doc.text.position(before.key_span.start).line
    message = f"`{again.key}` stands here again: it is in line {line} already"
    if before.key != again.key:
        message = f"`{again.key}` and `{before.key}` (line {line}) are one key for Hugo, which ignores case"
    related = (Related(before.key_span, "here first"),)
    help_ = "remove one" if before.node.value == again.node.value else "keep the one that is meant"
    return Finding(again.key_span, message, _winner(doc, before, again), help_, _fix(doc, before, again), related)


def _winner(doc: Document, first: Entry, again: Entry) -> str:
    """Which one counts.

    Measured with Jekyll 4.3.1, Hugo 0.147 (takes the last), 0.152 and 0.168 (stop), Hexo 8.1 (hexo-front-matter 4.2 and
    5.0); Zola's reader is serde_yaml, which refuses.
    """
    generator = doc.profile.generator
    as_json = doc.front_matter.format is Format.JSON
    equal = first.node.value == again.node.value
    match generator:
        case "jekyll":
            return "" if equal else f"Jekyll takes the last and drops {_shown(doc, first)} without a word"
        case "hugo" if as_json and first.key == again.key:
            return "" if equal else f"Hugo takes the last and drops {_shown(doc, first)} without a word"
        case "hugo" if first.key == again.key:
            if effects.is_old_hugo(doc):
                return "" if equal else f"Hugo takes the last and drops {_shown(doc, first)} without a word"
            return "Hugo 0.152 and later stop with an error: nothing at all is built"
        case "hugo" if first.key != again.key:
            return "Hugo takes one of them, not in every build the same"
        case "hexo" if not as_json:
            return "Hexo prints an error, exits 0 and leaves the file out"
        case "zola":
            return "Zola stops with an error: nothing at all is built"
    return "" if equal else f"the last one counts for most programs, and {_shown(doc, first)} is dropped"


def _shown(doc: Document, entry: Entry) -> str:
    text = doc.content[entry.node.span.start : entry.node.span.end]
    if entry.node.kind != "scalar" or "\n" in text or len(text) > 60 or not text:
        return "what the first one says"
    return text if text[:1] in "\"'" else f"`{text}`"


def _fix(doc: Document, first: Entry, again: Entry) -> Fix | None:
    """Remove the one that says nothing new: it is equal, or empty, or this generator drops it (unsafe)."""
    if doc.front_matter.format is not Format.YAML or first.key != again.key:
        return None
    if first.node.value == again.node.value:
        lines = _lines(doc, again)
        return Fix("remove the repetition", (Edit(lines, ""),), Safety.SAFE) if lines else None
    empty = next((entry for entry in (first, again) if entry.node.value is None), None)
    if empty is not None and doc.profile.generator in ("hugo", "hexo", "zola"):
        lines = _lines(doc, empty)
        return Fix("remove the empty one", (Edit(lines, ""),), Safety.UNSAFE) if lines else None
    if doc.profile.generator != "jekyll":
        return None
    lines = _lines(doc, first)
    return Fix("remove the one before, which does not count", (Edit(lines, ""),), Safety.UNSAFE) if lines else None


def _lines(doc: Document, entry: Entry) -> Span | None:
    """The whole lines of an entry that shares them with nothing else."""
    content = doc.content
    start = content.rfind("\n", 0, entry.key_span.start) + 1
    stop = content.find("\n", entry.span.end)
    end = len(content) if stop < 0 else stop + 1
    if content[start : entry.key_span.start].strip() or content[entry.span.end : end].strip(" \t\r\n:"):
        return None
    return Span(start, end)
