"""Posts with too few or too many terms."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import (
    Document,
    DocumentRule,
    Finding,
    Kind,
    Related,
    Severity,
    Span,
    Taxonomy,
    generator_for,
    term_uses,
)
from postlint_rules.taxonomy import _forms as forms


class Count(DocumentRule):
    """Posts that have fewer or more terms of a taxonomy than the site's settings allow (``min``, ``max``).

    Without such settings there is nothing to report. A term that stands twice counts once.
    """

    severity = Severity.WARNING

    def check(self, doc: Document) -> Iterator[Finding]:
        for setting in doc.profile.taxonomies:
            if setting.min is None and setting.max is None:
                continue
            uses = [use for use in term_uses(doc) if use.taxonomy == setting.name]
            found = {use.term: use.span for use in reversed(uses)}
            if setting.max is not None and len(found) > setting.max:
                yield _too_many(setting, dict(reversed(found.items())), setting.max)
            elif setting.min is not None and len(found) < setting.min and _is_post(doc):
                # Folders and the site's defaults give terms too.
                count = max(len(found), len(generator_for(doc.profile).fate(doc).terms.get(setting.name, ())))
                if count < setting.min:
                    yield _too_few(doc, setting, list(found.values()), count, setting.min)


def _is_post(doc: Document) -> bool:
    """Whether the document is one that has terms: a post where the generator knows posts, else a page in a section."""
    if not doc.front_matter.present:
        return False
    generator = generator_for(doc.profile)
    kind = generator.kind(doc.path)
    if generator.name in ("jekyll", "hexo"):
        return kind in (Kind.POST, Kind.DRAFT)
    return kind in (Kind.POST, Kind.PAGE) and not doc.name.startswith(("_index.", "index.")) and "/" in doc.site_path


def _too_many(setting: Taxonomy, found: dict[str, Span], most: int) -> Finding:
    spans = list(found.values())
    return Finding(
        spans[most],
        f"this post has {_number(len(found), setting.name)}; the site allows {most}",
        help="keep those that readers would look under",
        related=(Related(spans[0], "the first one"),),
    )


def _too_few(doc: Document, setting: Taxonomy, found: list[Span], count: int, least: int) -> Finding:
    front = doc.front_matter
    keys = (*setting.fields, setting.name, forms.singular(setting.name))
    entry = next((entry for entry in front.entries if entry.key in keys), None)
    where = found[-1] if found else entry.key_span if entry is not None else None
    if where is None:
        start = front.span.start
        where = Span(start, start + len(doc.content[start : front.span.end].splitlines()[0]))
    message = f"this post has {_number(count, setting.name)}; the site asks for at least {least}"
    return Finding(where, message, help=f"add {'one' if least - count == 1 else 'some'}")


def _number(count: int, name: str) -> str:
    one = forms.singular(name)
    return f"no {one}" if not count else f"one {one}" if count == 1 else f"{count} {name}"
