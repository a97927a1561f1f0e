"""Markdown as kramdown reads it: which HTML it recognises, which tags it prints as text, which links it renders.

kramdown does not repair HTML as browsers do: an end tag that does not fit is printed, and what follows stays
unrendered. No CommonMark parser can tell where, so this package reads the text the way kramdown 2.4.0 and its GFM
parser 1.1.0 (what Jekyll 4.3 uses) do, and is compared with them in the tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from postlint.parse.kramdown.options import KramdownOptions

if TYPE_CHECKING:
    from postlint.parse.kramdown.model import KramdownScan, Link
    from postlint.text import Span

__all__ = ["KramdownOptions", "dead_links", "scan"]


def scan(text: str, span: Span, options: KramdownOptions, *, html_only: bool = False) -> KramdownScan:
    """What kramdown finds in ``text[span]``, the body of a document.

    Args:
        text: the whole document, template language masked by filler of the same length.
        span: the body after the front matter.
        options: the site's kramdown options.
        html_only: pass over list items and texts without HTML, which are most of a body: what is said of elements,
            printed tags and raw regions is complete, all else only where these are.
    """
    from postlint.parse.kramdown.reader import read  # the regular expressions cost some milliseconds to compile

    return read(text, span, options, html_only=html_only)


def dead_links(text: str, scanned: KramdownScan) -> tuple[Link, ...]:
    """Inline links, images and autolinks in the raw regions of ``scanned``: the reader sees their source."""
    from postlint.parse.kramdown.dead import dead_links as find

    return find(text, scanned)
