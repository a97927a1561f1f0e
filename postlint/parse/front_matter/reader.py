"""From a document's text to its front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postlint.parse.front_matter.fences import cut
from postlint.parse.front_matter.model import Format, FrontMatter, Node, SyntaxProblem
from postlint.parse.front_matter.yaml_reader import read_yaml
from postlint.text import Span

if TYPE_CHECKING:
    from postlint.parse.dialect import FenceStyle

__all__ = ["MAX_LENGTH", "read_front_matter"]

MAX_LENGTH = 1_000_000
"""Front matter longer than this, in characters, is not parsed. (The longest in 11,000 real files, which Hugo reads, has
114,194.)"""


def read_front_matter(content: str, fences: FenceStyle) -> FrontMatter:
    """Find and read the front matter at the start of ``content`` as the generator with these fences does.

    Never raises: what is wrong is in :attr:`FrontMatter.error` and :attr:`FrontMatter.defect`.
    """
    found = cut(content, fences)
    if found is None:
        return FrontMatter()
    form, start, inner, inner_end, end, braceless = found
    front_matter = FrontMatter(form, Span(start, end), Span(inner, inner_end), end)
    if inner_end - inner > MAX_LENGTH:
        size = inner_end - inner
        front_matter.error = SyntaxProblem(inner, f"{size:,} characters of front matter", "too-large")
        return front_matter
    root: Node | None
    error: SyntaxProblem | None
    if form is Format.YAML:
        root, error = read_yaml(content[inner:inner_end], inner, tabs=fences == "hexo")
    elif form is Format.TOML:
        from postlint.parse.front_matter.toml_reader import read_toml

        root, error = read_toml(content[inner:inner_end], inner)
    else:
        from postlint.parse.front_matter.json_reader import read_json

        root, error = read_json(content, inner, inner_end, braceless=braceless)
    front_matter.root = root
    front_matter.error = error
    if root is not None:
        front_matter.entries = root.entries
    return front_matter
