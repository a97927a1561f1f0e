"""How a generator reads a file's text: which Markdown, which front matter, which template language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from postlint.parse.kramdown.options import KramdownOptions
from postlint.parse.options import GoldmarkOptions, MarkedOptions

__all__ = ["Dialect", "FenceStyle", "HeadingIds", "MarkdownFlavour", "TemplateLanguage"]

MarkdownFlavour = Literal["kramdown", "goldmark", "commonmark", "marked", "python-markdown"]
"""Which Markdown program reads the body. ``kramdown`` covers its GFM parser too: see ``Dialect.kramdown.gfm``."""

TemplateLanguage = Literal["none", "liquid", "hugo", "nunjucks", "tera", "mdx"]
"""``mdx``: expressions in braces, and what looks like HTML is JSX."""

FenceStyle = Literal["jekyll", "hugo", "hexo", "zola", "gray-matter", "mkdocs", "any"]
"""Whose rules say where front matter starts and ends, and in which formats it may be."""

HeadingIds = Literal[
    "kramdown", "kramdown-gfm", "github", "goldmark-github", "goldmark-ascii", "goldmark-blackfriday", "hexo", "zola",
    "zola-safe", "github-smart", "python-markdown", "none", "unknown",
]  # fmt: skip
"""``none``: headings get none but those that are written; ``unknown``: they may get any."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What steers the parsers. Two files with one dialect and one text give the same views."""

    markdown: MarkdownFlavour = "commonmark"
    templates: TemplateLanguage = "none"
    fences: FenceStyle = "any"
    heading_ids: HeadingIds = "github"
    written_ids: bool = True
    """Whether ``{#id}`` behind a heading is its id, rather than text of it."""
    raw_html: bool = True
    """False where the renderer drops raw HTML (Hugo's default)."""
    kramdown: KramdownOptions = field(default_factory=KramdownOptions)
    """Only looked at when ``markdown`` is ``kramdown``."""
    goldmark: GoldmarkOptions = field(default_factory=GoldmarkOptions)
    """Only looked at when ``markdown`` is ``goldmark``."""
    marked: MarkedOptions = field(default_factory=MarkedOptions)
    """Only looked at when ``markdown`` is ``marked``."""
    variables: tuple[tuple[str, str], ...] = ()
    """What templates may print by name that is an address or the beginning of one: ``site.repository``."""
    shortcodes: tuple[tuple[str, str], ...] = ()
    """The site's own shortcodes by name with marks: ``<`` where ``{{< >}}`` adds no id but such as begin with one of
    ``shortcode_ids``, ``%`` where ``{{% %}}`` does not either, ``h`` where HTML between its tags stays as it is."""
    shortcode_ids: tuple[str, ...] = ()
