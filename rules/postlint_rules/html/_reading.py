"""A document as the program that shows it reads its HTML."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from postlint.api import Dialect, Document, generator_for

__all__ = ["as_read"]


@lru_cache(maxsize=1)
def as_read(doc: Document) -> Document:
    """``doc``; where the generator does not render it, the same as everyone else reads it.

    A README, or a page that Jekyll copies because it has no front matter: browsers and code hosts show these, so of
    what kramdown or Hugo would make of them nothing can be said.
    """
    profile = doc.profile
    if profile.generator == "plain" or generator_for(profile).renders(doc):
        return doc
    dialect = replace(Dialect(), fences=profile.dialect.fences, templates=profile.dialect.templates)
    return Document(doc.path, doc.text, replace(profile, generator="plain", dialect=dialect))
