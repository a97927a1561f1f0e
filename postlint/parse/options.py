"""What of a site's settings for its Markdown program decides about the ids of headings."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["GoldmarkOptions", "MarkedOptions"]


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


@dataclass(frozen=True, slots=True)
class MarkedOptions:
    """Hexo's ``marked``. Defaults are those of hexo-renderer-marked.

    Attributes:
        ids: headings get an id (``headerIds``).
        case: 1 lowers the letters of ids, 2 raises them (``modifyAnchors``).
        smartypants: quotes, dashes and three dots are set; quotes then stay in ids.
        quotes: the four that are set: opening and closing double ones, then single ones.
        breaks: the end of a line is a ``<br>``.
        alias: a heading that begins with a link to ``#name`` has that id (``anchorAlias``).
        autolink: an address in the text becomes a link.
        images_from_root: addresses of images in Markdown begin at the site's root (``prependRoot``).
    """

    ids: bool = True
    case: int = 0
    smartypants: bool = True
    quotes: str = "“”‘’"
    breaks: bool = True
    alias: bool = False
    autolink: bool = True
    images_from_root: bool = True
