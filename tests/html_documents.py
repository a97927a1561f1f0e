"""Documents for the tests of HTML: a text, read as a generator reads it."""

from __future__ import annotations

from dataclasses import replace

from postlint.document import Document, Profile
from postlint.parse.dialect import Dialect
from postlint.parse.nesting import Problem
from postlint.text import Text

__all__ = ["CORPORA", "apply", "document", "short"]

from pathlib import Path

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"

_DIALECTS = {
    "jekyll": Dialect(markdown="kramdown", templates="liquid", fences="jekyll"),
    "hugo": Dialect(markdown="goldmark", templates="hugo", fences="hugo"),
    "plain": Dialect(),
}


def document(text: str | bytes, generator: str = "plain", path: str = "a.md", *, raw_html: bool = True) -> Document:
    """``text`` as a file of a site of ``generator``."""
    data = text.encode() if isinstance(text, str) else text
    dialect = replace(_DIALECTS[generator], raw_html=raw_html)
    return Document(path, Text.decode(data), Profile(generator=generator, dialect=dialect))


def short(doc: Document) -> list[str]:
    """Each problem as ``line:column kind``."""
    return ["{}:{} {}".format(*doc.text.position(problem.span.start), problem.kind) for problem in doc.nesting.problems]


def apply(doc: Document, *problems: Problem) -> str:
    """The text after the fixes of ``problems``."""
    content = doc.content
    edits = [edit for problem in problems if problem.fix is not None for edit in problem.fix.edits]
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        content = content[: edit.span.start] + edit.text + content[edit.span.end :]
    return content
