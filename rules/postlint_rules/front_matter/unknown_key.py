"""A key that nobody reads."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Edit, Entry, Finding, Fix, Safety, Schema, Severity, schema_for
from postlint_rules.front_matter import _effects as effects
from postlint_rules.front_matter._keys import misspelt

_NAMES = {"jekyll": "Jekyll", "hugo": "Hugo", "hexo": "Hexo", "zola": "Zola"}
_OURS = "postlint"
"""Keys that are for this program."""


class UnknownKey(DocumentRule):
    """Keys outside the site's schema; without one, keys one letter away from a key that the generator reads."""

    severity = Severity.WARNING

    def check(self, doc: Document) -> Iterator[Finding]:
        entries = doc.front_matter.entries
        if not entries:
            return
        schema = schema_for(doc.profile.schemas, doc.path) if doc.profile.schemas else None
        if schema is not None and schema.forbids_unknown:
            for entry in entries:
                if entry.key in schema.by_name or entry.is_merge or entry.key.startswith(_OURS):
                    continue
                if (found := _outside(doc, entry, schema)) is not None:
                    yield found
            return
        for entry in entries:
            right = misspelt(entry.key, doc.profile.generator)
            if not right or (schema is not None and entry.key in schema.by_name):
                continue
            if any(other.key.lower() == right for other in entries) or effects.is_template(doc):
                continue
            yield _slip(doc, entry, right)


def _outside(doc: Document, entry: Entry, schema: Schema) -> Finding | None:
    key = entry.key
    folded = _folded(key)
    same = next((name for name in schema.by_name if _folded(name) == folded), None)
    if same is not None and same.lower() == key.lower() and doc.profile.generator == "hugo":
        return None  # Hugo ignores case
    fix = None
    help_ = ""
    if same is not None:
        if same.lower() == key.lower() and same not in doc.front_matter and _is_bare(doc, entry):
            fix = Fix(f"write {same}", (Edit(entry.key_span, same),), Safety.SAFE)
        else:
            help_ = f"did you mean `{same}`?"
    elif (near := _nearest(key, schema)) is not None:
        help_ = f"did you mean `{near}`?"
    return Finding(entry.key_span, f"`{key}` is none of the keys that this file may have", help=help_, fix=fix)


def _is_bare(doc: Document, entry: Entry) -> bool:
    return doc.content[entry.key_span.start : entry.key_span.end] == entry.key


def _folded(key: str) -> str:
    return key.lower().replace("_", "").replace("-", "")


def _nearest(key: str, schema: Schema) -> str | None:
    from difflib import get_close_matches  # only for a file that has such a key

    close = get_close_matches(key.lower(), list(schema.by_name), n=1, cutoff=0.75)
    return close[0] if close else None


def _slip(doc: Document, entry: Entry, right: str) -> Finding:
    name = _NAMES.get(doc.profile.generator)
    consequence = f"{name} does not read it, and `{right}` is not set" if name else f"`{right}` is not set"
    fix = None
    if _is_bare(doc, entry):
        fix = Fix(f"write {right}", (Edit(entry.key_span, right),), Safety.UNSAFE)
    return Finding(entry.key_span, f"`{entry.key}` looks like a slip of the pen for `{right}`", consequence, fix=fix)
