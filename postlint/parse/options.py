"""What of a site's settings for its Markdown program decides about the ids of headings."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["GoldmarkOptions"]


@dataclass(frozen=True, slots=True)
class GoldmarkOptions:
    """Hugo's ``markup.goldmark``. Defaults are Hugo's.

    Attributes:
        auto_ids: headings get an id from their text (``parser.autoHeadingID``).
        term_ids: so do the terms of definition lists (``parser.autoDefinitionTermID``).
        title_attributes: ``{#id}`` at a heading's end is read (``parser.attribute.title``).
        block_attributes: so is it on the line below a block (``parser.attribute.block``).
        typographer: ``--`` is set as a dash.
        linkify: a bare address is a link.
        emoji: ``:smile:`` is one (``enableEmoji``).
    """

    auto_ids: bool = True
    term_ids: bool = False
    title_attributes: bool = True
    block_attributes: bool = False
    typographer: bool = True
    linkify: bool = True
    emoji: bool = False
