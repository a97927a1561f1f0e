"""Front matter that its generator does not see: what was meant as a fence, and why it is none.

Only where keys that front matter has stand where front matter stands is anything reported: a document may begin with a
thematic break, a heading underlined with ``---`` or a list, and mean nothing by it.

Kinds: ``blank-line`` and ``bom`` before the fence; ``dashes`` (``----``, ``—-``, ``- - -``), ``plus`` (``++++++``),
``indented``, ``toml`` (a generator that has no TOML) and ``text-on-fence`` of the opening fence; ``no-opening``,
``key-above`` (the fence stands between the keys), ``no-fences``; ``no-closing`` and ``closing`` (one that does not
count); ``long-closing`` (it counts, and leaves a rest on the page); ``not-front-matter`` (a first line that Hugo takes
for a fence).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from postlint.finding import Edit
from postlint.parse.front_matter.fences import Cut, cut
from postlint.parse.front_matter.model import FenceDefect
from postlint.parse.line_ends import line_end_edits
from postlint.regex import regex
from postlint.text import Span, Text

if TYPE_CHECKING:
    from postlint.parse.dialect import FenceStyle

__all__ = ["closing_defect", "find_defect"]

_KEYS = """
title subtitle date layout author authors tag tags category categories description summary excerpt slug permalink draft
published lang language weight image cover aliases type updated lastmod expirydate publishdate url toc comments
redirect_from keywords id linktitle
"""
_KNOWN = frozenset(_KEYS.split())
"""Keys that say "this is front matter", in lower case."""

_DASHES = "\\-\u2010-\u2015\u2212\u00ad\ufe58\ufe63\uff0d"
_LEAD = regex(r"[ \t\r\n\ufeff]*+")
_FENCE = regex(
    rf"[ \t\u00a0]*+(?:[{_DASHES}]{{2,}}+|(?:-[ \t]+){{2,}}-|\+{{2,}}+|;{{3,}}+|\.\.\.)[ \t\r\u00a0]*+(?=\n|\Z)"
)
_KEY = regex(r"""(?:["']?)([A-Za-z_][\w.-]{0,40})(?:["']?)[ \t]*+:(?=[ \t\r\n]|\Z)""")
_TOML_KEY = regex(r"""(?:["']?)([A-Za-z_][\w.-]{0,40})(?:["']?)[ \t]*+=""")
_ITEM = regex(r"[ \t]+\S|-[ \t]")
_GLUED = regex(r"(---|\+\+\+)[ \t]*+(?=[A-Za-z_\"'][\w.-]{0,40}[\"']?[ \t]*+[:=])")
_MAX_LINES = 400
_MAX_LOOSE = 40


class _Keys(NamedTuple):
    """Lines that look like front matter."""

    keys: int
    known: int
    first: int
    end: int
    """Of the last line that belongs to them, without its line end."""
    first_key: str
    strict: bool
    """No line among them is anything but a key, an item, a comment or blank."""
    fence: Span | None
    """The line that ends them, if it looks like a fence; without its line end."""
    after_blank: bool
    """They end at a blank line or the end of the text."""


def find_defect(content: str, fences: FenceStyle, found: Cut | None = None) -> FenceDefect | None:
    """What is wrong with the fences of ``content``, in which the generator sees no front matter.

    ``found`` is what it does see, where the opening fence itself is in doubt.
    """
    lead = _LEAD.match(content)
    at = lead.end() if lead else 0
    if at == len(content) or (found is not None and content.startswith("\ufeff")):
        return None  # Hexo hands a second mark to its YAML reader, which passes over it
    if "\r" in content:
        defect = _carriage_returns(content, fences)
        if defect is not None:
            return defect
    fence = _FENCE.match(content, max(content.rfind("\n", 0, at), content.rfind("\ufeff", 0, at)) + 1)
    if fence is not None:
        return _wrong_fence(content, fences, Span(*fence.span()))
    if _GLUED.match(content, at):
        return _glued(content, fences, at)
    if _KEY.match(content, at):
        return _no_opening(content, fences, at, found)
    if fences == "hugo" and found is None and content[at] in "+-":
        # Hugo takes the first character for the start of a fence and stops when it is none.
        return FenceDefect("not-front-matter", Span(at, at + 1), content[at])
    return None


_LINE_END = regex(r"\r\n?|\n")
_LONE_CR = regex(r"\r(?!\n)")


def _carriage_returns(content: str, fences: FenceStyle) -> FenceDefect | None:
    """A fence that would be one if a CR alone ended lines, as it does to editors and to nearly all Markdown."""
    found = cut(_LONE_CR.sub("\n", content), fences)
    if found is None:
        return None
    opening = _LONE_CR.search(content, found.start, found.content_start)
    if opening is not None:
        span = Span(found.start, opening.start())
    elif _LONE_CR.search(content, max(found.content_end - 1, 0), found.end):
        span = Span(found.content_end, found.content_end + len(content[found.content_end : found.end].rstrip("\r\n")))
    else:
        return None
    from postlint.parse.front_matter.reader import read_front_matter

    usual = Text(content).line_ends.usual
    repair = line_end_edits(content, usual)
    if repair:
        after = read_front_matter(_LINE_END.sub(usual, content), fences)
        if not after.present or after.error is not None or after.defect is not None:
            repair = ()
    return FenceDefect("carriage-returns", span, repair=repair)


def closing_defect(content: str, found: Cut) -> FenceDefect | None:
    """A closing fence that counts and is longer than the generator reads: the rest is printed (Hugo, Hexo)."""
    if content[found.end - 1] == "\n" or found.end >= len(content):
        return None
    stop = content.find("\n", found.end)
    rest = content[found.end : stop if stop >= 0 else len(content)].strip()
    start = content.rfind("\n", 0, found.end) + 1
    fence = content[start : found.end]
    if not rest or rest.strip(fence[:1]) or fence.strip("-+;"):
        return None
    end = found.end + len(rest)
    return FenceDefect("long-closing", Span(start, end), content[start:end], repair=(Edit(Span(found.end, end), ""),))


def _line_end(content: str, at: int) -> int:
    end = content.find("\n", at)
    return len(content) if end < 0 else end


def _scan(content: str, at: int, *, toml: bool = False) -> _Keys:
    """The keys from the start of a line on, to a fence or to what no longer looks like them."""
    key_pattern = _TOML_KEY if toml else _KEY
    count = known = loose = 0
    first = end = at
    first_key = ""
    blank = comment = False
    for _ in range(_MAX_LINES):
        if at >= len(content):
            return _Keys(count, known, first, end, first_key, not loose, None, True)
        stop = _line_end(content, at)
        line = content[at:stop].rstrip("\r")
        key = key_pattern.match(content, at)
        if not line.strip():
            blank = True
        elif _FENCE.match(content, at):
            return _Keys(count, known, first, end, first_key, not loose, Span(at, at + len(line)), blank)
        elif key is not None or (toml and line.startswith("[") and line.rstrip().endswith("]")):
            if not count:
                first = at
                first_key = key.group(1) if key else line
            count += 1
            known += key is not None and key.group(1).lower() in _KNOWN
            end = at + len(line)
            blank = comment = False
        elif line.startswith("#") and (not line.startswith("##")):
            comment = True
        elif count and not comment and _ITEM.match(line) and not (blank and line.startswith("-")):
            end = at + len(line)
            blank = False
        elif count and not blank and not comment and loose < _MAX_LOOSE:
            loose += 1
            end = at + len(line)
        else:
            break
        at = stop + 1
    return _Keys(count, known, first, end, first_key, not loose, None, blank)


_NO_TOML = ("jekyll", "hexo", "gray-matter", "mkdocs")


def _kind_of(mark: str) -> str:
    """The fence that was meant by ``mark``."""
    text = mark.strip()
    return text[0] * 3 if text[:1] in ("+", ";") else "..." if text == "..." else "---"


def _closes(mark: str, opener: str, fences: FenceStyle) -> bool:
    """Whether this line closes front matter that ``opener`` (a right fence) opened."""
    text = mark.rstrip()
    if text == opener:
        return True
    return text == "..." and opener == "---" and fences in ("jekyll", "mkdocs", "any")


def _wrong_fence(content: str, fences: FenceStyle, fence: Span) -> FenceDefect | None:
    """The document starts with something like a fence, and there is no front matter."""
    mark = content[fence.start : fence.end].rstrip("\r")
    meant = _kind_of(mark)
    if meant == "...":
        return None
    if fences == "hexo" and meant == "---" and len(mark.strip()) > 3 and not mark.strip().strip("-"):
        meant = mark.strip()  # any length opens, and the same must close
    toml = meant == "+++"
    keys = _scan(content, _line_end(content, fence.start) + 1, toml=toml)
    if not keys.known and not (keys.strict and keys.keys > 1 and keys.first_key.islower()):
        return None
    if meant == ";;;" and fences != "hexo":
        return None
    span = Span(fence.start, fence.start + len(mark))
    if toml and fences in _NO_TOML:
        return FenceDefect("toml", span, mark.strip(), Span(keys.first, keys.end))
    kind = _opening_problem(content, fences, span, mark, meant)
    edits: list[Edit] = []
    if kind is not None:
        edits.append(Edit(Span(0, span.end), meant))
    closes = keys.fence is not None and _closes(content[keys.fence.start : keys.fence.end], meant, fences)
    if not closes:
        edits += _closing_edits(content, keys, meant)
    where = span if kind in ("dashes", "plus", "indented", None) else Span(0, span.start)
    if kind is None:
        if keys.fence is not None:
            kind = "closing"
            where = keys.fence
        else:
            kind = "no-closing"
    detail = content[where.start : where.end].strip() if kind == "closing" else mark.strip()
    related = Span(keys.end, keys.end) if kind == "no-closing" else None
    block = Span(keys.first, keys.end)
    return FenceDefect(kind, where, detail, block, _proved(content, fences, edits, keys), related)


def _opening_problem(content: str, fences: FenceStyle, span: Span, mark: str, meant: str) -> str | None:
    before = content[: span.start]
    loose = fences in ("hugo", "zola")  # white space before the fence does not matter to them
    if "\ufeff" in before:
        return "bom"
    if mark.strip() != meant:
        return "plus" if meant == "+++" else "dashes"
    if mark[:1] in " \t\u00a0" and not loose:
        return "indented"
    if mark.rstrip(" \t") != mark.rstrip() or (fences == "hexo" and mark != mark.rstrip()):
        return "dashes"
    if before.strip("\ufeff") and not loose:
        return "blank-line"
    return None


def _closing_edits(content: str, keys: _Keys, meant: str) -> list[Edit]:
    """A closing fence after the keys: in place of the false one, or after the last key; none where that is not sure."""
    if keys.fence is not None:
        return [Edit(keys.fence, meant)]
    if not keys.after_blank or not keys.strict:
        return []
    newline = "\r\n" if "\r\n" in content[:4096] else "\n"
    at = _line_end(content, keys.end)
    if at >= len(content):
        return [Edit(Span(at, at), newline + meant + newline)]
    return [Edit(Span(at + 1, at + 1), meant + newline)]


def _glued(content: str, fences: FenceStyle, at: int) -> FenceDefect | None:
    """``---title: x``."""
    glued = _GLUED.match(content, at)
    if glued is None:
        return None
    toml = glued.group(1) == "+++"
    keys = _scan(content, glued.end(), toml=toml)
    if not keys.known or (toml and fences in _NO_TOML):
        return None
    newline = "\r\n" if "\r\n" in content[:4096] else "\n"
    edits = [Edit(Span(0, glued.end()), glued.group(1) + newline)]
    if keys.fence is None or not _closes(content[keys.fence.start : keys.fence.end], glued.group(1), fences):
        edits += _closing_edits(content, keys, glued.group(1))
    repair = _proved(content, fences, edits, keys)
    return FenceDefect("text-on-fence", Span(at, glued.end()), keys.first_key, Span(keys.first, keys.end), repair)


def _no_opening(content: str, fences: FenceStyle, at: int, found: Cut | None) -> FenceDefect | None:
    """The document starts with a key."""
    keys = _scan(content, at)
    first_key = keys.first_key
    if first_key.lower() not in _KNOWN and keys.known < 2:
        return None
    if first_key[:1].isupper() and keys.known < 2:
        return None
    newline = "\r\n" if "\r\n" in content[:4096] else "\n"
    start = Edit(Span(0, at), "---" + newline)
    block = Span(keys.first, keys.end)
    if keys.fence is None:
        # No fence at all. Prose may begin with "date: ", but not with three such lines.
        if keys.keys < 3 or keys.known < 2 or not keys.strict or not keys.after_blank or first_key[:1].isupper():
            return None
        edits = [start, *_closing_edits(content, keys, "---")]
        return FenceDefect("no-fences", Span(at, at), first_key, block, _proved(content, fences, edits, keys), None)
    mark = content[keys.fence.start : keys.fence.end]
    if _kind_of(mark) not in ("---", "...") or mark.strip() == "- - -":
        return None
    if keys.keys == 1 and (first_key != first_key.lower() or keys.after_blank):
        return None
    below = _scan(content, _line_end(content, keys.fence.start) + 1)
    if below.known and below.fence is not None and not below.after_blank:
        # The fence stands between the keys.
        edits = [start, Edit(Span(keys.fence.start, min(_line_end(content, keys.fence.start) + 1, len(content))), "")]
        if not _closes(content[below.fence.start : below.fence.end], "---", fences):
            edits += _closing_edits(content, below, "---")
        both = below._replace(keys=keys.keys + below.keys)
        repair = _proved(content, fences, edits, both)
        return FenceDefect("key-above", Span(keys.first, keys.end), first_key, Span(keys.first, below.end), repair)
    if found is not None:
        return None  # Hexo: front matter without an opening line
    edits = [start]
    if not _closes(mark, "---", fences):
        edits += _closing_edits(content, keys, "---")
    return FenceDefect("no-opening", Span(at, at), first_key, block, _proved(content, fences, edits, keys))


def _proved(content: str, fences: FenceStyle, edits: list[Edit], keys: _Keys) -> tuple[Edit, ...]:
    """``edits``, if the generator then reads as many keys as stand there."""
    from postlint.parse.front_matter.reader import read_front_matter

    changed = content
    for edit in sorted(edits, reverse=True):
        changed = changed[: edit.span.start] + edit.text + changed[edit.span.end :]
    if cut(changed, fences) is None:
        return ()
    after = read_front_matter(changed, fences)
    if after.error is not None or after.defect is not None or len(after.entries) != keys.keys:
        return ()
    seen = {entry.key for entry in after.entries}
    return tuple(edits) if len(seen) == len(after.entries) else ()
