"""The ids that Hexo gives to headings: hexo-renderer-marked 7.0.1 ``lib/renderer.js``, with marked 15 and hexo-util.

An id comes of the heading's HTML: eight entities undone, tags taken out (also what looks like one in code:
``Array<T>`` leaves ``Array``), and the rest as :func:`postlint.parse.slugize.slugize` makes it. Compared with Hexo 8.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import quote, unquote

import pyromark

from postlint.parse.options import MarkedOptions
from postlint.parse.slugize import slugize
from postlint.regex import regex

__all__ = ["marked_base", "marked_ids"]

_PLAIN = regex(r"[^\n*_`\[\]<>&\\~!'\"\-.]*+")
_parser = pyromark.Markdown(options=pyromark.Options.ENABLE_STRIKETHROUGH)
_ENTITIES = {
    "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&#96;": "`", "&#x2F;": "/", "&#x3D;": "=",
}  # fmt: skip
_ENTITY = regex("|".join(_ENTITIES))
_ALIAS = regex(r"#([^<>\"']+)")
_OF_OBJECTS = frozenset(
    ("constructor", "toString", "valueOf", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString")
)
"""What every object of JavaScript has: the renderer takes such an id for one that was given already."""


def marked_ids(bases: Iterable[str]) -> list[str]:
    """The ids of headings in order, of what :func:`marked_base` made of each."""
    counts: dict[str, int] = {}
    found: list[str] = []
    for base in bases:
        count = counts.get(base)
        if count is None and base in _OF_OBJECTS:
            counts[base] = 0
            found.append(f"{base}-NaN")
        elif not count:
            counts[base] = 1
            found.append(base)
        else:
            counts[base] = count + 1
            found.append(f"{base}-{count}")
    return found


def marked_base(source: str, options: MarkedOptions, labels: Sequence[str] = ()) -> str:
    """The id of a heading, before it is numbered.

    Args:
        source: the heading without marks.
        labels: those of the document's link references that it uses.
    """
    if _PLAIN.fullmatch(source):
        return slugize(source, options.case)
    setext = "\n" in source
    head = "" if setext else "# "
    text = head + source + ("\n===" if setext else "") + "\n\n" + "".join(f"[{label}]: x\n" for label in labels)
    html, alias = _html(text, len(head) + len(source), options)
    if options.alias and alias and (match := _ALIAS.match(alias)) is not None:
        html = match[1]
    return slugize("".join(_outside(html)), options.case)


def _html(text: str, end: int, options: MarkedOptions) -> tuple[str, str]:
    """The HTML of the heading that ``text`` begins with, but for the tags of Markdown's own; the address of the link
    that it begins with.
    """
    data = text.encode()
    limit = len(text[:end].encode())
    out: list[str] = []
    alias = ""
    images = 0
    run = (0, 0)

    def close_run() -> None:
        nonlocal run
        if run[0] < run[1]:
            words = data[run[0] : run[1]].decode()
            words = _set(words, options) if options.smartypants else words
            out.append(_ENTITY.sub(lambda match: _ENTITIES[match[0]], words))
        run = (0, 0)

    events: Any = _parser.events_with_range(text)
    for event, range_ in events:
        start, stop = range_["start"], range_["end"]
        if start >= limit:
            break
        kind, value = (event, None) if event.__class__ is str else next(iter(event.items()))
        if kind == "Text":
            if images:
                continue
            if run[1] != start or run[0] == run[1]:
                close_run()
                if data[start - 1 : start] == b"\\":  # what is escaped stays as it is
                    out.append(data[start : start + 1].decode())
                    start += 1
                run = (start, start)
            run = (run[0], stop)
            continue
        close_run()
        if kind in ("Code", "InlineHtml") and not images:
            out.append(str(value))
        elif kind == "SoftBreak" and not options.breaks:
            out.append("\n")
        elif kind == "Start" and value.__class__ is dict:
            if "Image" in value:
                images += 1
            elif "Link" in value and not out and not alias:
                alias = quote(unquote(str(value["Link"]["dest_url"])), safe="#;,/?:@&=+$-_.!~*'()")
        elif kind == "End" and value == "Image":
            images -= 1
    close_run()
    return "".join(out), alias


def _set(text: str, options: MarkedOptions) -> str:
    """As the renderer's smartypants sets it: each of marked's tokens by itself."""
    if not any(sign in text for sign in ("'", '"', "--", "...")):
        return text
    double, double_end, single, single_end = tuple(options.quotes if len(options.quotes) == 4 else "“”‘’")
    out = []
    for token in _tokens(text):
        token = token.replace("---", "—").replace("--", "–")
        token = re.sub(r"(^|[-—/(\[{\"\s])'", rf"\g<1>{single}", token).replace("'", single_end)
        token = re.sub(r"(^|[-—/(\[{‘\s])\"", rf"\g<1>{double}", token).replace('"', double_end)
        out.append(token.replace("...", "…"))
    return "".join(out)


def _tokens(text: str) -> list[str]:
    """Runs of text as marked cuts them: before each sign that may mean something."""
    cuts = [0, *(match.start() for match in re.finditer(r"[\\<!\[`*~_]", text) if match.start()), len(text)]
    return [text[begin:end] for begin, end in pairwise(cuts)]


def _outside(html: str) -> Iterable[str]:
    """The pieces that hexo-util's ``stripHTML`` leaves."""
    at = 0
    while (tag := html.find("<", at)) >= 0:
        yield html[at:tag]
        if html[tag + 1 : tag + 2] in (" ", "\n"):
            yield "< "
            at = tag + 2
            continue
        at = _end_of_tag(html, tag)
        if at < 0:
            return
    yield html[at:]


def _end_of_tag(html: str, tag: int) -> int:
    """Behind the tag or comment that begins there; -1 where it does not end."""
    if html.startswith("<!--", tag):
        end = html.find("-->", tag)
        return end + 3 if end >= 0 else -1
    depth = 0
    quoted = ""
    for at in range(tag + 1, len(html)):
        char = html[at]
        if char in "\"'":
            if char == quoted:
                quoted = ""
            else:
                quoted = quoted or char
        elif char == "<" and not quoted:
            depth += 1
        elif char == ">" and not quoted:
            if not depth:
                return at + 1
            depth -= 1
    return -1
