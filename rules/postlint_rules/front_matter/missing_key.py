"""A key that the site wants and the file has not."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding, Span, generator_for, schema_for
from postlint_rules.front_matter import _effects as effects


class MissingKey(DocumentRule):
    """Required keys of the site's schema."""

    def check(self, doc: Document) -> Iterator[Finding]:
        schemas = doc.profile.schemas
        if not schemas:
            return
        schema = schema_for(schemas, doc.path)
        if schema is None or not schema.required:
            return
        front_matter = doc.front_matter
        if front_matter.error is not None or front_matter.defect is not None or effects.is_template(doc):
            return
        if front_matter.root is not None and front_matter.root.kind != "mapping":
            return
        present = front_matter.values
        if doc.profile.generator == "hugo":
            lower = {key.lower() for key in present}
            missing = [key for key in schema.required if key.lower() not in lower]
        else:
            missing = [key for key in schema.required if key not in present]
        if not missing:
            return
        if not front_matter.present:
            if not schema.paths and not generator_for(doc.profile).is_content(doc.path):
                return
            keys = ", ".join(f"`{key}`" for key in missing)
            yield Finding(Span(0, 0), f"there is no front matter; it must have {keys}")
            return
        fence = Span(front_matter.span.start, max(front_matter.content.start, front_matter.span.start))
        text = doc.content[fence.start : fence.end].rstrip()
        span = Span(fence.start, fence.start + len(text))
        for key in missing:
            other = next((name for name in present if name.lower() == key.lower()), None)
            help_ = f"`{other}` is another key: case counts" if other else ""
            yield Finding(span, f"the front matter has no `{key}`", help=help_)
