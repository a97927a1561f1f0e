"""Markdown that stands where nothing reads it: what of a stretch of raw text would have been markup elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from postlint.regex import regex
from postlint.text import Span

__all__ = ["LiteralMarkdown", "MarkdownKind", "literal_markdown"]

MarkdownKind = Literal["link", "image", "address", "bold", "emphasis", "code", "fence", "heading", "list", "table"]


class LiteralMarkdown(NamedTuple):
    """One piece of Markdown, with its marks. Of a list or a table: the line by which it was known."""

    span: Span
    kind: MarkdownKind


# What is no markup, or belongs to something else, comes first: escapes, comments, tags, mathematics, addresses.
_MARKUP = r"""
      \\[!-/:-@\[-`{-~]
    | <!--(?:(?!-->)[\s\S]){0,20000}+(?:-->)?+
    | (?P<address><(?:https?|ftp)://[^\s<>]++>|<[\w.+-]++@[\w-]++\.[\w.-]++>)
    | </?[A-Za-z](?:[^<>"']++|"[^"<>]*+"|'[^'<>]*+'|["'])*+>
    | \$\$[^$]{1,2000}+\$\$
    | \$(?![\s$])[^$\n]{1,300}+\$
    | (?<![\w/])(?:https?|ftp)://[^\s<>()\[\]`]++
    | ^[ \t]*+(?P<fence>`{3,}|~{3,})[^`\n]*+$
    | ``[^`\n]++``
    | (?P<code>(?<![`\w])`(?![\s`'])[^`\n]*[^\s`]`(?![`\w]))
    | (?P<link>!?\[(?:[^\[\]\n]|\[[^\[\]\n]*+\](?:\([^()\n]*+\))?)++\]
        \((?:<[^<>\n]*+>|(?:[^\s()<>]|\([^\s()]{0,500}+\)){1,2000}+)(?:[ \t]++(?:"[^"\n]*+"|'[^'\n]*+'))?[ \t]*+\))
    | (?P<bold>(?<![*\d])\*\*(?![\s*])[^*\n<>]{0,300}[^\s*<>]\*\*(?![*\d]))
    | (?P<emphasis>(?<![\w*])\*(?![\s*])[^*\n<>]{0,300}[^\s*<>]\*(?![\w*]))
    | (?P<underscore>(?<![\w*/.])_(?![\s_])[^_\n<>]{0,300}[^\s_<>]_(?![\w/.]))
    | (?P<heading>^[ \t]*+\#{1,6}[ \t]++[^\s\#][^\n]*+)
    | (?P<table>^[ \t]*+\|?[ \t]*+:?-{2,}+:?[ \t]*+(?:\|[ \t]*+:?-*+:?[ \t]*+)++$)
    | (?P<list>^[ \t]*+(?P<mark>[-*+]|\d{1,3}+[.)])[ \t]++\S[^\n]*+(?=\n[ \t]*+(?:(?P=mark)|\d{1,3}+[.)])[ \t]++\S))
    """


_HINT = regex(
    r"""[*`]\S|\]\(|(?<![\w"'/])_\w|~~~|<(?:https?|ftp):|<[\w.+-]++@|-\|-|- ?\|"""
    r"|^[ \t]*+(?:#{1,6}|[-+*]|\d{1,3}+[.)])[ \t]",
    re.MULTILINE,
)
"""Without one of these there is no Markdown: the quick answer for most of HTML."""


@cache
def _markup() -> re.Pattern[str]:
    """Compiled when first asked for: it takes as long as a post."""
    return re.compile(_MARKUP, re.VERBOSE | re.MULTILINE)


_LETTER = regex(r"[^\W\d_]")
_WORD = regex(r"[A-Za-z0-9_)\]]")
_PLACE = regex(r"[/.#:]")
_FORMULA = regex(r"&[lg]t;|[\[\]\\^|=]")
"""What stands between two stars of a regular expression or a calculation."""
_KINDS: dict[str, MarkdownKind] = {"underscore": "emphasis"}


def literal_markdown(content: str, start: int, end: int) -> Iterator[LiteralMarkdown]:
    """What Markdown would have made of ``content[start:end]``, in order; where it may be anything else, nothing.

    Of HTML in that stretch only the text between the tags is looked at.
    """
    if _HINT.search(content, start, end) is None:
        return
    fenced_until = start
    for match in _markup().finditer(content, start, end):
        name = match.lastgroup
        if name is None or match.start() < fenced_until:
            continue
        if name == "mark":
            name = "list"
        text = match.group()
        if name != "table" and name != "fence" and not _LETTER.search(text):
            continue
        if name in ("emphasis", "underscore") and _FORMULA.search(text):
            continue
        if name == "list" and text.rstrip().lower().endswith(("<br>", "<br/>", "<br />", "</p>")):
            continue
        if name == "link" and _WORD.match(content, match.start() - 1) and _PLACE.search(text, text.rfind("](")) is None:
            continue  # `array[i](x)`
        if name == "fence":
            closing = content.find("\n" + match["fence"], match.end(), end)
            fenced_until = end if closing < 0 else closing + 1 + len(match["fence"])
        at = match.start() + len(text) - len(text.lstrip())
        kind: MarkdownKind = _KINDS.get(name) or name  # type: ignore[assignment]
        if name == "link" and text[0] == "!":
            kind = "image"
        yield LiteralMarkdown(Span(at, match.end()), kind)
