"""kramdown's tables and patterns.

From kramdown 2.4.0 (``lib/kramdown/parser/html.rb``, ``parser/kramdown/*.rb``) and kramdown-parser-gfm 1.1.0. Ruby's
``\\s``, ``\\d`` and ``\\w`` are ASCII, its POSIX classes and ``\\p{Word}`` are not; ``^`` in a Ruby ``StringScanner``
holds at the scan pointer, so these patterns, which are matched at a position, have none.
"""

from __future__ import annotations

from typing import Final

from postlint.regex import regex

__all__ = [
    "ANY",
    "BLANK",
    "BLOCK_ELEMENTS",
    "CLOSE_TAG",
    "CONTENT_MODEL",
    "END_LINE",
    "HARD_SPACE",
    "IAL_BLOCK",
    "ID_NAME",
    "KNOWN_ELEMENTS",
    "LAZY_HTML_END",
    "LAZY_HTML_START",
    "NAME",
    "OPEN_TAG",
    "SPACE",
    "SPAN_ELEMENTS",
    "VERBATIM_ELEMENTS",
    "VOID_ELEMENTS",
    "WS",
    "normalized",
]


def _words(names: str) -> list[str]:
    return names.split()


_CONTENT_BLOCK: Final = _words(
    """address applet article aside blockquote body dd details div dl fieldset figure figcaption footer
        form header hgroup iframe li main map menu nav noscript object section summary td"""
)
_CONTENT_SPAN: Final = _words(
    """a abbr acronym b bdo big button cite caption del dfn dt em h1 h2 h3 h4 h5 h6 i ins label legend
        optgroup p q rb rbc rp rt rtc ruby select small span strong sub sup th tt"""
)
_CONTENT_RAW: Final = _words("script style math option textarea pre code kbd samp var")

CONTENT_MODEL: Final[dict[str, str]] = (
    dict.fromkeys(_CONTENT_BLOCK, "block") | dict.fromkeys(_CONTENT_SPAN, "span") | dict.fromkeys(_CONTENT_RAW, "raw")
)
"""How an element's content is read where Markdown in it is switched on. Every other name: ``raw``."""

_SPAN_LIST: Final = _words(
    """a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark option q rb
        rbc rp rt rtc ruby samp select small span strong sub sup tt u var"""
)

SPAN_ELEMENTS: Final = frozenset(_SPAN_LIST)
"""Never read as a block."""

BLOCK_ELEMENTS: Final = frozenset(
    _words(
        """address article aside applet body blockquote caption col colgroup dd div dl dt fieldset figcaption
        footer form h1 h2 h3 h4 h5 h6 header hgroup hr html head iframe legend menu li main map nav ol
        optgroup p pre section summary table tbody td th thead tfoot tr ul"""
    )
)
"""Printed when met inside text. Not here: ``figure``, ``details``, ``object``, ``center``, ``video``, …"""

VOID_ELEMENTS: Final = frozenset(
    _words("area base br col command embed hr img input keygen link meta param source track wbr")
)
KNOWN_ELEMENTS: Final = SPAN_ELEMENTS | BLOCK_ELEMENTS | VOID_ELEMENTS | frozenset(CONTENT_MODEL)
"""Names that are compared without regard to case."""

VERBATIM_ELEMENTS: Final = frozenset(_words("script style math textarea pre code kbd samp xmp svg"))
"""Ours: where nobody expects Markdown to be rendered."""

# Fragments --------------------------------------------------------------------------------------------------------

SPACE: Final = r"[ \t\r\n\f\v]"
HARD_SPACE: Final = r"[ \t\r\f\v]"
WS: Final = " \t\r\n\f\v"
END_LINE: Final = HARD_SPACE + r"*+\n"
ANY: Final = r"(?:\\\}|[^}])"
ID_NAME: Final = r"[A-Za-z0-9_][A-Za-z0-9_-]*+"
# An attribute list may run over lines; the bound only keeps thousands of unclosed `{:` from costing seconds.
IAL_BLOCK: Final = r"\{:(?![:/])(?:\\\}|[^}]){1,1000}\}" + END_LINE
NAME: Final = r"(?:[^\W\d][-\w.]*+:)?[^\W\d][-\w.]*+"

_NOT_SPAN: Final = "(?!(?:" + "|".join([*_SPAN_LIST, "script"]) + r")(?![A-Za-z0-9_]))"
LAZY_HTML_START: Final = f"<{_NOT_SPAN}[^\\W\\d]"
LAZY_HTML_END: Final = f"</{_NOT_SPAN}{NAME}{SPACE}*+>"

_ATTRIBUTE: Final = rf"""{SPACE}++{NAME}(?:{SPACE}*+={SPACE}*+(?:\w++|"[^"]*+"|'[^']*+'))?"""
OPEN_TAG_TEXT: Final = rf"<((?>{NAME}))((?>{_ATTRIBUTE})*+){SPACE}*+(/)?>"

OPEN_TAG: Final = regex(OPEN_TAG_TEXT)
"""Groups: name, attributes, slash."""
CLOSE_TAG: Final = regex(rf"</({NAME}){SPACE}*+>")
ATTRIBUTE: Final = regex(rf"""{SPACE}*+({NAME})(?:{SPACE}*+={SPACE}*+(?:(\w++)|"([^"]*+)"|'([^']*+)'))?""")
BLANK: Final = regex(rf"{SPACE}*\n")
TRAILING_SPACE: Final = regex(r"[ \t]*+\n")
_SPACES: Final = regex(rf"{SPACE}+")


def normalized(label: str) -> str:
    """A link label as kramdown compares it."""
    return _SPACES.sub(" ", label).lower()
