"""Where front matter starts and ends: each generator's own rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from postlint.parse.front_matter.model import Format
from postlint.regex import regex

if TYPE_CHECKING:
    from postlint.parse.dialect import FenceStyle

__all__ = ["Cut", "cut"]


class Cut(NamedTuple):
    """Front matter found: offsets into the document."""

    format: Format
    start: int
    """Of the opening fence, or of the text where there is none."""
    content_start: int
    content_end: int
    end: int
    """Where the body starts."""
    braceless: bool = False
    """JSON without its outer braces (Hexo's ``;;;``)."""


# Jekyll 4.3.1, document.rb: /\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)/m.
# (The blank lines that its \s* takes along change nothing.)
_JEKYLL_OPEN = regex(r"---[ \t\r\f\v]*+\n")
_JEKYLL_CLOSE = regex(r"\n(?:---|\.\.\.)[ \t\r\f\v]*+(?:\n|\Z)")
_TOML_OPEN = regex(r"\+\+\+[ \t\r\f\v]*+\n")
_TOML_CLOSE = regex(r"\n\+\+\+[ \t\r\f\v]*+(?:\n|\Z)")


def _between(content: str, opening: re.Pattern[str], closing: re.Pattern[str], form: Format) -> Cut | None:
    opener = opening.match(content)
    if opener is None:
        return None
    start = opener.end()
    # From the line end of the opening fence, so that the closing one may follow at once.
    closer = closing.search(content, start - 1)
    if closer is None:
        return None
    return Cut(form, 0, start, max(start, closer.start() + 1), closer.end())


def _jekyll(content: str) -> Cut | None:
    if not content.startswith("---"):
        return None
    return _between(content, _JEKYLL_OPEN, _JEKYLL_CLOSE, Format.YAML)


# Hugo, parser/pageparser/pagelexer_intro.go: blanks and empty lines may stand before the opening fence; a fence is
# three characters, whatever follows them; the closing one stands at the start of a line. (A second byte order mark is
# text to 0.168; 0.111 passed over it.)
_HUGO_LEAD = regex(r"[ \t\r\n]*+")
_HUGO_CLOSE = {"---": regex(r"[\r\n]---(?:\r?\n)?"), "+++": regex(r"[\r\n]\+\+\+(?:\r?\n)?")}
_LINE_END = regex(r"\r?\n")


def _hugo(content: str) -> Cut | None:
    lead = _HUGO_LEAD.match(content)
    start = lead.end() if lead else 0
    fence = content[start : start + 3]
    closing = _HUGO_CLOSE.get(fence)
    if closing is None:
        return _braces(content, start) if fence.startswith("{") else None
    line_end = _LINE_END.match(content, start + 3)
    inner = line_end.end() if line_end else start + 3
    closer = closing.search(content, inner - 1 if line_end else inner)
    if closer is None:
        return None
    form = Format.YAML if fence == "---" else Format.TOML
    return Cut(form, start, inner, max(inner, closer.start() + 1), closer.end())


_JSON_TOKEN = regex(r'[{}"]|\\.', re.DOTALL)


def _braces(content: str, start: int) -> Cut | None:
    """A JSON object: to the brace that closes the first one; braces in strings do not count."""
    level = 0
    quoted = False
    for token in _JSON_TOKEN.finditer(content, start):
        mark = token.group()
        if mark == '"':
            quoted = not quoted
        elif not quoted and mark == "{":
            level += 1
        elif not quoted and mark == "}":
            level -= 1
            if not level:
                line_end = _LINE_END.match(content, token.end())
                return Cut(Format.JSON, start, start, token.end(), line_end.end() if line_end else token.end())
    return None


# hexo-front-matter 4: a fence at the start that is found again at the start of a line, with anything after it; else,
# where the text does not start with a fence, all that stands before the first line that does.
_HEXO_OPEN = regex(r"(-{3,}|;{3,})\r?\n")
_HEXO_NEXT = regex(r"\r?\n(-{3,}|;{3,})\r?\n?")


def _hexo(content: str) -> Cut | None:
    opener = _HEXO_OPEN.match(content)
    if opener is not None:
        fence = opener.group(1)
        start = opener.end()
        # At least one character stands between the fences.
        at = content.find("\n" + fence, start + 1)
        if at < 0:
            return None
        inner_end = at - 1 if content[at - 1] == "\r" and at - 1 > start else at
        line_end = _LINE_END.match(content, at + 1 + len(fence))
        end = line_end.end() if line_end else at + 1 + len(fence)
        return _hexo_cut(fence, 0, start, inner_end, end)
    if content.startswith(("---", ";;;")):
        return None
    closer = _HEXO_NEXT.search(content, 1)
    if closer is None:
        return None
    return _hexo_cut(closer.group(1), 0, 0, closer.start(), closer.end())


def _hexo_cut(fence: str, start: int, inner: int, inner_end: int, end: int) -> Cut:
    as_json = fence[0] == ";"
    return Cut(Format.JSON if as_json else Format.YAML, start, inner, inner_end, end, braceless=as_json)


# Zola 0.19, components/content/src/front_matter/split.rs: white space may stand before; the closing fence ends its
# line but need not start it.
_ZOLA = regex(r"\s*+(?:\+\+\+(\r?\n.*?)\+\+\+|---(\r?\n.*?)---)[ \t\f\v\r]*(?:\n|\Z)", re.DOTALL)


def _zola(content: str) -> Cut | None:
    match = _ZOLA.match(content)
    if match is None:
        return None
    group = 1 if match.group(1) is not None else 2
    start, end = match.span(group)
    inner = start + (2 if content[start] == "\r" else 1)
    return Cut(Format.TOML if group == 1 else Format.YAML, start - 3, min(inner, end), end, match.end())


# gray-matter 4: three dashes and no fourth, then perhaps the name of a language; all up to the next line that begins
# with three dashes, or all there is.
_GRAY_OPEN = regex(r"---(?!-)[ \t]*+(?:(yaml|json)[ \t]*+)?\r?(?=\n|\Z)")


def _gray_matter(content: str) -> Cut | None:
    opener = _GRAY_OPEN.match(content)
    if opener is None:
        return None
    form = Format.JSON if opener[1] == "json" else Format.YAML
    inner = min(opener.end() + 1, len(content))
    closing = content.find("\n---", opener.end())
    if closing < 0:
        return Cut(form, 0, inner, len(content), len(content))
    line_end = _LINE_END.match(content, closing + 4)
    return Cut(form, 0, inner, max(inner, closing + 1), line_end.end() if line_end else closing + 4)


# MkDocs 1.6.1, utils/meta.py.
_MKDOCS = regex(r"---[ \t]*+\n(.*?\n)(?:\.{3}|-{3})[ \t]*+\n", re.DOTALL)


def _mkdocs(content: str) -> Cut | None:
    match = _MKDOCS.match(content)
    return Cut(Format.YAML, 0, match.start(1), match.end(1), match.end()) if match is not None else None


_KEY_LINE = regex(r"""[ \t]*+(?:\#.*+|[\w"'.-][^\n:]{0,80}:(?:\s|\Z)|\w[\w.-]*+[ \t]*+=|\[|\Z)""")
_BLANK_LINES = regex(r"(?:[ \t\r]*+\n)*+")


def _any(content: str) -> Cut | None:
    """No generator: what nearly all of them take, and nothing that may be a thematic break or a Liquid tag."""
    found: Cut | None = None
    if content.startswith("---"):
        found = _between(content, _JEKYLL_OPEN, _JEKYLL_CLOSE, Format.YAML)
    elif content.startswith("+++"):
        found = _between(content, _TOML_OPEN, _TOML_CLOSE, Format.TOML)
    elif content.startswith("{"):
        return _braces(content, 0) if _JSON_START.match(content) else None
    if found is None:
        return None
    blank = _BLANK_LINES.match(content, found.content_start, found.content_end)
    first = blank.end() if blank else found.content_start
    if first >= found.content_end or _KEY_LINE.match(content, first, found.content_end):
        return found
    return None


_JSON_START = regex(r'\{\s*+["}]')

_STYLES: dict[FenceStyle, Callable[[str], Cut | None]] = {
    "jekyll": _jekyll,
    "hugo": _hugo,
    "hexo": _hexo,
    "zola": _zola,
    "gray-matter": _gray_matter,
    "mkdocs": _mkdocs,
    "any": _any,
}


def cut(content: str, fences: FenceStyle) -> Cut | None:
    """Where the generator with these fences sees front matter in ``content``; None where it sees none."""
    return _STYLES[fences](content)
