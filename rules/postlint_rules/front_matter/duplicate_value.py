"""A value that is to be one file's alone, in two files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from postlint.api import Document, Fact, Finding, Place, Related, Site, SiteFinding, SiteRule, schema_for
from postlint_rules.front_matter import _effects as effects


class DuplicateValue(SiteRule):
    """The same value twice in the site, for a key that the schema calls unique."""

    def collect(self, doc: Document) -> Iterator[Fact]:
        schemas = doc.profile.schemas
        if not schemas or not doc.front_matter.entries:
            return
        schema = schema_for(schemas, doc.path)
        if schema is None or effects.is_template(doc):
            return
        wanted = schema.by_name
        lower = {key.lower(): key for key in wanted} if doc.profile.generator == "hugo" else {}
        for entry in doc.front_matter.entries:
            key = entry.key if entry.key in wanted else lower.get(entry.key.lower(), "")
            node = entry.node
            if key and wanted[key].unique and node.kind == "scalar" and node.value is not None and node.text.strip():
                span = node.span
                place = Place(span, doc.text.position(span.start), doc.text.position(span.end))
                yield Fact(doc.path, key, place, node.text.strip())

    def check(self, site: Site) -> Iterator[SiteFinding]:
        uses: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
        for fact in site.facts(self.id):
            uses[site.site_of(fact.path), fact.key, fact.value].append(fact)
        for (_, key, value), facts in uses.items():
            first = facts[0]
            for fact in facts[1:]:
                shown = value if len(value) <= 40 else value[:39] + "…"
                related = (Related(first.place.span, "the other file", first.path),)
                message = f"`{key}` is `{shown}` in {first.path} too, and no two files may have the same"
                yield SiteFinding(fact.path, Finding(fact.place.span, message, related=related))
