"""The patterns of the block level (kramdown 2.4.0 ``parser/kramdown/*.rb``; GFM parser 1.1.0 ``parser/gfm.rb``).

They are matched at a position, so Ruby's leading ``^`` is left out. Those that end a text are searched from the newline
before, which is several times faster than a multi-line ``^``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from postlint.parse.kramdown import grammar as g
from postlint.regex import regex

_OPT: Final = " {0,3}"
_TAIL: Final = r"[\t| ][^\n]*\n"
_INDENT: Final = r"(?:\t| {4})"
_NOT_BLANK_LINE: Final = rf"{g.HARD_SPACE}*+[^ \t\r\n\f\v][^\n]*+\n"
_EOB: Final = rf"\^{g.END_LINE}"
_LAZY_END: Final = rf"{g.END_LINE}|{_OPT}{g.IAL_BLOCK}|{_EOB}|{_OPT}{g.LAZY_HTML_END}|{_OPT}{g.LAZY_HTML_START}|\Z"
_LIST_START: Final = rf"{_OPT}(?:[+*-]|[0-9]++\.){_TAIL}"
_DEFINITION_START: Final = rf"{_OPT}:{_TAIL}"
_FENCE_START_GFM: Final = rf"{_OPT}[~`]{{3}}"
_ATX_START_GFM: Final = r"\#{1,6}[\t ]"

LAZY_END: Final = regex(rf"\n(?={_LAZY_END})")
PARAGRAPH_END: Final = regex(rf"\n(?={_LAZY_END}|{_DEFINITION_START})")
PARAGRAPH_END_GFM: Final = regex(
    rf"\n(?={_LAZY_END}|{_LIST_START}|{_ATX_START_GFM}|{_DEFINITION_START}|{_OPT}>|{_FENCE_START_GFM})"
)
BOUNDARY: Final = regex(rf"{g.END_LINE}|{_EOB}|{_OPT}{g.IAL_BLOCK}|\Z")
CODE_LINES: Final = (
    rf"(?:(?:{g.SPACE}*\n)?+(?:{_INDENT}{_NOT_BLANK_LINE})++"
    rf"(?:(?!{_OPT}{g.IAL_BLOCK}|{_EOB}|{_OPT}{g.LAZY_HTML_END}|{_OPT}{g.LAZY_HTML_START}){_NOT_BLANK_LINE})*+)*+"
)
CODE_BLOCK: Final = regex(CODE_LINES)
FENCE_GFM: Final = regex(r" {0,3}([~`]{3,})([^\n]*)\n")
FENCE: Final = regex(r"(~{3,})([^\n]*)\n")
FENCE_INFO: Final = regex(rf"{g.HARD_SPACE}*+[^ \t\r\n\f\v]*+{g.HARD_SPACE}*+\Z")
QUOTE_START: Final = regex(r" {0,3}> ?")
ATX: Final = regex(r"(?P<level>\#{1,6})[\t ]*(?P<contents>[^ \t\n][^\n]*)\n")
ATX_GFM: Final = regex(r"(?P<level>\#{1,6})[\t ]+(?P<contents>[^\n]*)\n")
ATX_CLOSE: Final = regex(r"(?<!\\)#+\Z")
ATX_CLOSE_GFM: Final = regex(r"[\t ]#+\Z")
SETEXT: Final = regex(rf"{_OPT}(?P<contents>[^ \t\n][^\n]*)\n(?P<level>[-=])[-=]*+{g.END_LINE}")
_XML_START: Final = (
    r":A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
HEADER_ID: Final = regex(r"[\t ]\{#([^ \t{}]+)\}\Z")
"""Candidates only: :func:`is_xml_name` decides. (The whole pattern takes 6 ms to compile.)"""


@cache
def _xml_name() -> re.Pattern[str]:
    return re.compile(rf"[{_XML_START}][{_XML_START}\-.0-9\u00B7\u0300-\u036F\u203F-\u2040]*")


def is_xml_name(name: str) -> bool:
    """Whether kramdown takes ``name`` for an id in ``{#name}``."""
    return _PLAIN_NAME.fullmatch(name) is not None or _xml_name().fullmatch(name) is not None


_PLAIN_NAME: Final = regex(r"[A-Za-z_:][A-Za-z_:0-9.-]*")
RULE: Final = regex(r" {0,3}([*_-])[ \t]*\1[ \t]*\1(?:\1|[ \t])*+\n")
LIST_START: Final = regex(_LIST_START)
DEFINITION_START: Final = regex(rf"( {{0,3}}:)({_TAIL})")
EOB: Final = regex(_EOB)
HTML_START: Final = regex(r" {0,3}<(?:[^\W\d]|!--|/)")
HTML_OPEN: Final = regex(_OPT + g.OPEN_TAG_TEXT)
HTML_CLOSE: Final = regex(rf"{_OPT}</({g.NAME}){g.SPACE}*+>")
MATH: Final = regex(r" {0,3}(\\)?\$\$")
FOOTNOTE: Final = regex(rf" {{0,3}}\[\^({g.ID_NAME})\]:([^\n]*\n{CODE_LINES})")
LINK_DEFINITION: Final = regex(r" {0,3}\[([^\n\]]+)\]:[ \t]*+")
_TITLE: Final = r"""(?:(?:[ \t]*\n|[ \t]+)[ \t]*(["'])[^\n]+?\2)?[ \t]*\n"""
LINK_ANGLE: Final = regex(r"<([^\n]*?)>" + _TITLE)
TITLE_LINE: Final = regex(r"""[ \t]*(["'])[^\n]+\1[ \t]*\n""")
ABBREVIATION: Final = regex(r" {0,3}\*\[([^\n]+?)\]:[^\n]*\n")
ALD: Final = regex(rf" {{0,3}}\{{:({g.ID_NAME}):{g.ANY}+\}}{g.END_LINE}")
EXTENSION_TEXT: Final = rf"\{{::([A-Za-z0-9_]+)(?:{g.SPACE}({g.ANY}{{0,2000}}?)|)(/)?\}}|\{{:/({g.ID_NAME})?\}}"
EXTENSION: Final = regex(rf" {{0,3}}(?:{EXTENSION_TEXT}){g.END_LINE}")
IAL: Final = regex(rf" {{0,3}}{g.IAL_BLOCK}")
IAL_ID: Final = regex(r"(?:\A|[ \t\r\n\f\v])(?:\.[^ \t\r\n\f\v.#]+)*#([A-Za-z][A-Za-z0-9_:-]*)|\bid=(\"|')(.*?)\2")
OPTION: Final = regex(r"""([A-Za-z0-9_][\w-]*)=(["'])(.*?)\2""")
