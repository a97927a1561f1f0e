"""The kramdown options that change what is read from a text (not how it is written out)."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["KramdownOptions"]


@dataclass(frozen=True, slots=True)
class KramdownOptions:
    """Defaults are Jekyll's: kramdown 2.4.0 with its GFM parser 1.1.0 and nothing set in ``_config.yml``.

    Attributes:
        gfm: ``input: GFM``; False is plain kramdown (``input: kramdown``).
        hard_wrap: line ends in paragraphs become ``<br>``. Does not move any tag or link.
        parse_block_html: block HTML holds Markdown unless ``markdown="0"`` says otherwise.
        parse_span_html: HTML inside a paragraph holds Markdown unless ``markdown="0"`` says otherwise.
        paragraph_end: ``gfm_quirks`` contains ``paragraph_end``: lists, headings, quotes and fences end a paragraph
            without a blank line between. Only looked at when ``gfm`` is True.
        typographic: ``<<`` becomes «; False when ``gfm_quirks`` contains ``no_auto_typographic``.
        auto_ids: headings get an id from their text.
        auto_id_prefix: stands before each such id.
        transliterated: in such ids letters beyond ASCII are spelt in it. (The GFM parser does not heed the option.)
    """

    gfm: bool = True
    hard_wrap: bool = False
    parse_block_html: bool = False
    parse_span_html: bool = True
    paragraph_end: bool = True
    typographic: bool = True
    auto_ids: bool = True
    auto_id_prefix: str = ""
    transliterated: bool = False
