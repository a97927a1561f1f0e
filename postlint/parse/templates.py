"""Template syntax in a text (Liquid, Hugo shortcodes, Nunjucks, Tera), masked without moving a character.

Parsers of Markdown and HTML must not read ``{% if a < b %}`` as markup. Each construct is replaced by filler of the
same length, chosen so that what stands around it keeps its meaning (blanks in the place of ``{{ url }}`` would turn
``[a]({{ url }})`` into an empty link and ``**{{ x }}**`` into a rule). The spans of all masked constructs travel with
the document: a value that overlaps one is unknown, never wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from postlint.parse.dialect import TemplateLanguage
from postlint.regex import regex
from postlint.text import Span, within

__all__ = ["Masked", "mask"]

_LINE = regex(r"[^\r\n]++")

_LIQUID_CLOSERS = {"{%": "%}", "{{": "}}", "{#": "#}"}
_CLOSERS = {
    "liquid": {"{%": "%}", "{{": "}}"},  # {#id} is kramdown's, not Liquid's
    "nunjucks": _LIQUID_CLOSERS,
    "tera": _LIQUID_CLOSERS,
    "hugo": {"{{<": ">}}", "{{%": "%}}"},
}
_OPENERS = {language: regex("|".join(map(re.escape, closers))) for language, closers in _CLOSERS.items()}
_VERBATIM = {
    "{%": regex(r"\{%-?\s*+(raw|highlight|comment|verbatim|codeblock|code)\b"),
    "{{<": regex(r"\{\{<\s*+(highlight)\b"),
}
"""Constructs whose content, up to the end tag, is not markup of this file. (Nunjucks' ``raw`` is: Hexo puts it back as
it stands when Markdown is done.)"""
_LIQUID_RAW = regex(r"\{%-?\s*+raw\s*+-?%\}")
_LIQUID_END_RAW = regex(r"\{%-?\s*+endraw\s*+-?%\}")
"""What stands between these is no Liquid, so Markdown reads it as written: Liquid goes over the text first."""
_END = {"{%": r"\{%%-?\s*+end%s\s*+-?%%\}", "{{<": r"\{\{<\s*+/\s*+%s\s*+>\}\}"}


class Masked(NamedTuple):
    """A text of the same length with its template constructs masked, and where they stand."""

    content: str
    spans: tuple[Span, ...] = ()

    def overlaps(self, span: Span) -> bool:
        """Whether ``span`` touches a masked construct: what it holds is then only known at build time."""
        spans = self.spans
        if not spans:
            return False
        start, end = span
        at = bisect_left(spans, (end, end))
        return at > 0 and spans[at - 1].end > start  # they stand in order: the last that begins before is enough


def _blank(text: str) -> str:
    return _filled(text, " ")


def _word(text: str) -> str:
    return _filled(text, "x")


def _filled(text: str, char: str) -> str:
    if "\n" not in text and "\r" not in text:
        return char * len(text)
    return _LINE.sub(lambda line: char * (line.end() - line.start()), text)


_ADDRESS = regex(r"\{%-?\s*+(?:link|post_url)\s")
"""Tags that print an address."""
_TEXT_FOLLOWS = regex(
    r"(?:[ \t]*+\{%(?:[^%\n]|%(?!\}))*+%\})*+[ \t]*+(?![\s<#>+=~|:\-]|\{(?!\{)|\*[ \t]|\d++[.)][ \t]|```)(?=.)"
)
"""Behind a tag at the beginning of a line, and further tags: text that no mark of a block begins with."""


def _out_of_sight(content: str, begin: int, end: int) -> str:
    """Filler for what leaves nothing in the page: blanks, but for those at which a line of code would begin."""
    at = begin
    while content[at - 1 : at] in (" ", "\t"):
        at -= 1
    if content[at - 1 : at] in ("", "\n", "\r") and _TEXT_FOLLOWS.match(content, end) is not None:
        return _filled(content[begin:end], ".")
    return _blank(content[begin:end])


def mask(content: str, language: TemplateLanguage, start: int = 0, *, verbatim: bool = True) -> Masked:
    """``content`` with all template constructs from ``start`` on masked. Linear in the length of the text.

    ``verbatim``: there are tags whose content is not markup.
    """
    if language == "mdx":
        return _mask_mdx(content, start)
    closers = _CLOSERS.get(language)
    if closers is None or ("{{" not in content and "{%" not in content and "{#" not in content):
        return Masked(content)
    next_opener = _OPENERS[language].search
    pieces: list[str] = []
    spans: list[Span] = []
    done = at = start
    pieces.append(content[:start])
    hopeless: set[str] = set()  # closers that do not come again: looked for once, not once per opener
    while (match := next_opener(content, at)) is not None:
        begin, opener = match.start(), match.group()
        end = -1 if opener in hopeless else content.find(closers[opener], match.end())
        if end < 0:
            hopeless.add(opener)
            at = match.end()
            continue
        end += len(closers[opener])
        if language == "liquid" and _LIQUID_RAW.fullmatch(content, begin, end):
            closing = None if "raw" in hopeless else _LIQUID_END_RAW.search(content, end)
            if closing is None:
                hopeless.add("raw")
            else:
                pieces += (content[done:begin], _out_of_sight(content, begin, end))
                pieces += (content[end : closing.start()], _blank(closing.group()))
                spans += (Span(begin, end), Span(*closing.span()))
                done = at = closing.end()
                continue
        if verbatim:
            end = _verbatim_end(content, opener, begin, end, hopeless)
        found = content[begin:end]
        if opener == "{{":
            if content[begin - 1 : begin] == "<" and content[end : end + 1] == ">" and len(found) > 6:
                # <{{ url }}> is an autolink once it is rendered. (kramdown knows only these: ftp, http, https, mailto;
                # without the slashes it takes the first in a block for a tag.)
                filler = "ftp://" + _word(found[6:])
            else:
                filler = _word(found)
        elif language == "hugo":
            filler = _word(found)
        else:
            filler = _blank(found)
            if language == "liquid":
                filler = _word(found) if _ADDRESS.match(found) else _out_of_sight(content, begin, end)
        pieces += (content[done:begin], filler)
        spans.append(Span(begin, end))
        done = at = end
    if not spans:
        return Masked(content)
    pieces.append(content[done:])
    return Masked("".join(pieces), tuple(spans))


# MDX: lines of `import` and `export`, and expressions in braces. Those in a fence are code; of the others only those
# count that close again before the paragraph ends; `{#id}` is a heading's.
_FENCED = regex(
    r"^[ \t>]*+(?:[-*+][ \t]++|[0-9]{1,9}[.)][ \t]++)*+(?P<fence>(?P<sign>[`~])(?P=sign){2,})[^`\n]*+"
    r"(?:\n(?![ \t>]*+(?P=fence)(?P=sign)*+[ \t]*+$)[^\n]*+)*+",
    re.MULTILINE,
)
_MDX = regex(
    r"^(?:import|export)[ \t{*][^\n]*+(?:\n(?![ \t]*+\n)[^\n]*+)*+"
    r"|\{(?!\#)(?:[^{}\n`]|\n(?![ \t]*+(?:\n|```|~~~))|`[^`\n]*+`|\{(?:[^{}\n]|\n(?![ \t]*+\n)|\{[^{}\n]*+\})*+\})*+\}",
    re.MULTILINE,
)


def _mask_mdx(content: str, start: int) -> Masked:
    fences = [Span(*match.span()) for match in _FENCED.finditer(content, start)] if "{" in content else []
    spans = [span for match in _MDX.finditer(content, start) if not within((span := Span(*match.span())).start, fences)]
    if not spans:
        return Masked(content)
    pieces: list[str] = []
    done = 0
    for begin, end in spans:
        found = content[begin:end]
        pieces += (content[done:begin], _blank(found) if found[0] != "{" or found[1:2] == "/" else _word(found))
        done = end
    pieces.append(content[done:])
    return Masked("".join(pieces), tuple(spans))


def _verbatim_end(content: str, opener: str, begin: int, end: int, hopeless: set[str]) -> int:
    """Where a construct ends whose content is not markup; ``end`` for any other, or where it is never closed."""
    pattern = _VERBATIM.get(opener)
    name = pattern.match(content, begin, end) if pattern is not None else None
    if name is None or name[1] in hopeless:
        return end
    closing = re.compile(_END[opener] % name[1]).search(content, end)
    if closing is None:
        hopeless.add(name[1])
        return end
    return closing.end()
