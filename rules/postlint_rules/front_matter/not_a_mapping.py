"""Front matter that loads and holds no keys."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Edit, Finding, Fix, Format, Span, regex
from postlint_rules.front_matter import _effects as effects

_GLUED = regex(r"([A-Za-z_][\w-]*):(?=[^\s/:])")


class NotAMapping(DocumentRule):
    """A list or a single text between the fences."""

    def check(self, doc: Document) -> Iterator[Finding]:
        root = doc.front_matter.root
        if root is None or root.kind == "mapping" or effects.is_template(doc):
            return
        if (
            doc.profile.generator == "jekyll"
            and not root.quoted
            and root.kind == "scalar"
            and root.value in (None, False)
        ):
            return  # to Jekyll ``null`` and ``false`` are as good as nothing
        span = Span(root.span.start, min(root.span.end, _line_end(doc.content, root.span.start)))
        consequence = effects.unread(doc)
        if root.kind == "list":
            yield Finding(span, "this front matter is a list and has no keys", consequence, "write key: value")
            return
        glued = _glued(doc)
        if glued:
            fix = Fix("add a blank after the colon", tuple(Edit(Span(at, at), " ") for at in glued))
            message = "there is no blank after the colon, so this front matter has no keys"
            yield Finding(span, message, consequence, fix=fix)
            return
        yield Finding(
            span,
            "what stands between these lines is text and no front matter",
            consequence,
            "write key: value, or *** for a line across the page",
        )


def _line_end(content: str, at: int) -> int:
    end = content.find("\n", at)
    return len(content) if end < 0 else end


def _glued(doc: Document) -> list[int]:
    """Where the blanks are missing, if every line is ``key:value``."""
    front_matter = doc.front_matter
    if front_matter.format is not Format.YAML:
        return []
    places: list[int] = []
    at, end = front_matter.content
    while at < end:
        stop = min(_line_end(doc.content, at), end)
        line = doc.content[at:stop].strip()
        if line and not line.startswith("#"):
            match = _GLUED.match(doc.content, at, stop)
            if match is None or ": " in line or " #" in line:
                return []
            places.append(match.end())
        at = stop + 1
    return places
