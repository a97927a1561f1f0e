"""From a document's text to its front matter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from postlint.parse.front_matter.fences import Cut, cut
from postlint.parse.front_matter.model import FenceDefect, Format, FrontMatter, Node, SyntaxProblem
from postlint.parse.front_matter.yaml_reader import first_document, read_yaml
from postlint.regex import regex
from postlint.text import Span

if TYPE_CHECKING:
    from postlint.parse.dialect import FenceStyle

__all__ = ["MAX_LENGTH", "read_front_matter"]

MAX_LENGTH = 1_000_000
"""Front matter longer than this, in characters, is not parsed. (The longest in 11,000 real files, which Hugo reads, has
114,194.)"""

_MAY_BE_MEANT = regex(r"[\s\ufeff]*+[-+;\w\u2010-\u2015\u2212\u00ad\ufe58\ufe63\uff0d]")
"""What a document starts with that means to have front matter: a dash, or a letter of a key."""

_MULTIMARKDOWN = regex(r"[ ]{0,3}[A-Za-z0-9_-]+:")
"""MkDocs takes such lines at the start of a file for metadata, without any fence."""

_KEY_START = regex(r"\s*+[\"']?[\w-]+[\"']?[ \t]*+[:：]")
_JSON_START = regex(r"\{\s*+[\"'}\n]")


def read_front_matter(content: str, fences: FenceStyle) -> FrontMatter:
    """Find and read the front matter at the start of ``content`` as the generator with these fences does.

    Never raises: what is wrong is in :attr:`FrontMatter.error` and :attr:`FrontMatter.defect`.
    """
    found = cut(content, fences)
    if found is None:
        return _none(content, fences)
    front_matter = _read(content, fences, found)
    if fences == "hexo":
        return _as_hexo(content, found, front_matter)
    if fences == "hugo":
        if front_matter.format is not Format.JSON:
            _long_fences(content, found, front_matter)
        elif front_matter.error is not None and not _JSON_START.match(content, found.start):
            # A template tag or a brace in the text: Hugo takes it for JSON all the same.
            return FrontMatter(defect=FenceDefect("not-front-matter", Span(found.start, found.start + 1), "{"))
    return front_matter


def _none(content: str, fences: FenceStyle) -> FrontMatter:
    """The generator sees no front matter: is there some all the same?"""
    if not _MAY_BE_MEANT.match(content) or (fences == "mkdocs" and _MULTIMARKDOWN.match(content)):
        return FrontMatter()
    from postlint.parse.front_matter.defects import find_defect

    front_matter = FrontMatter(defect=find_defect(content, fences))
    defect = front_matter.defect
    if defect is not None and not defect.repair and defect.keys.end and defect.kind != "toml":
        # Mending the fence would not do: say at once what else is wrong.
        start, end = defect.keys
        _, problems = _yaml(content, start, end, fences)
        if problems:
            front_matter.error, *further = problems
            front_matter.further = tuple(further)
    return front_matter


def _read(content: str, fences: FenceStyle, found: Cut) -> FrontMatter:
    form, start, inner, inner_end, end, braceless = found
    front_matter = FrontMatter(form, Span(start, end), Span(inner, inner_end), end)
    if inner_end - inner > MAX_LENGTH:
        size = inner_end - inner
        front_matter.error = SyntaxProblem(inner, f"{size:,} characters of front matter", "too-large")
        return front_matter
    root: Node | None
    problems: Sequence[SyntaxProblem] = ()
    if form is Format.YAML:
        root, problems = _yaml(content, inner, inner_end, fences)
    else:
        error: SyntaxProblem | None
        if form is Format.TOML:
            from postlint.parse.front_matter.toml_reader import read_toml

            root, error = read_toml(content[inner:inner_end], inner)
        else:
            from postlint.parse.front_matter.json_reader import read_json

            root, error = read_json(content, inner, inner_end, braceless=braceless)
        if error is not None:
            problems = (error,)
    front_matter.root = root
    if problems:
        front_matter.error, *further = problems
        front_matter.further = tuple(further)
    if root is not None:
        front_matter.entries = root.entries
    return front_matter


def _yaml(content: str, start: int, end: int, fences: FenceStyle) -> tuple[Node | None, Sequence[SyntaxProblem]]:
    source = content[start:end]
    root, error = read_yaml(source, start, tabs=fences == "hexo")
    if error is None:
        return root, ()
    if error.hint:
        return None, (error,)
    if fences == "jekyll" and (first := first_document(source, start, error)) is not None:
        return first, (SyntaxProblem(error.offset, error.problem, "ended-early", first.span),)
    from postlint.parse.front_matter.yaml_causes import causes

    return None, causes(source, start, error, tabs=fences == "hexo")


def _as_hexo(content: str, found: Cut, front_matter: FrontMatter) -> FrontMatter:
    """Hexo prints the whole file where what it found is no mapping (or no JSON), without a word."""
    from postlint.parse.front_matter.defects import closing_defect, find_defect

    root = front_matter.root
    unread = front_matter.error is not None and front_matter.format is Format.JSON
    if not unread and front_matter.error is None and (root is None or root.kind == "scalar"):
        return _none(content, "hexo")
    if found.start == found.content_start and not found.braceless:
        if front_matter.error is not None and not _KEY_START.match(content):
            # No front matter is meant, and Hexo takes all text above a line of dashes for some.
            fence = content.index(content[found.content_end : found.end].strip(), found.content_end)
            words = front_matter.error.problem
            front_matter.error = SyntaxProblem(fence, words, "text-above", Span(fence, found.end))
            front_matter.further = ()
            return front_matter
        front_matter.defect = find_defect(content, "hexo", found)
    else:
        front_matter.defect = closing_defect(content, found)
    return front_matter


def _long_fences(content: str, found: Cut, front_matter: FrontMatter) -> None:
    """Hugo reads three characters of a fence, whatever follows them."""
    from postlint.parse.front_matter.defects import closing_defect, find_defect

    if content[found.start + 3] in "-+":
        front_matter.defect = find_defect(content, "hugo", found)
        if front_matter.defect is not None:
            front_matter.error = None
            return
    if not content.startswith(("\n", "\r"), found.end - 1):
        front_matter.defect = closing_defect(content, found)
