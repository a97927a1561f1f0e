"""Lines of YAML that break a rule, read as a person reads them: one at a time, from the top.

What a line is suspected of, :mod:`postlint.parse.front_matter.yaml_causes` puts to the test.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from typing import NamedTuple

from postlint.regex import regex

__all__ = ["Suspect", "suspects"]

_MOST_EDITS = 200
"""A mistake that takes more to mend is left to the writer."""

Edits = tuple[tuple[int, int, int, str], ...]
"""Line, first and last column, and new text of each."""

_DASHES = regex(r"(?:-[ \t]+)*+")
_DOUBLE = regex(r'"(?:[^"\\]|\\.)*+"')
_SINGLE = regex(r"'(?:[^']|'')*+'")
_BLOCK_HEADER = regex(r"[|>](?:[+-]?[1-9]?|[1-9][+-])[ \t]*(?:#.*)?$")
_PLAIN_KEY = regex(r"([^\s#\"'\[\]{},&*!|>%@`-](?:[^:#]|:(?=\S)|(?<=\S)#)*?)[ \t]*:(?=[ \t]|$)")
_GLUED_KEY = regex(r"([A-Za-z_][\w-]*):(?=[^\s/:\\])")
_COMMENT = regex(r"[ \t]#")
_ODD_SPACE = "\u00a0\u3000\u2003\u2002\u2009"
_TEXT = "title subtitle description summary excerpt linktitle deck headline caption name"
_TEXT_KEYS = frozenset(_TEXT.split())
_FIELD = regex(r"\b(?:title|date|layout|author|tags?|categor(?:y|ies)|description|permalink|slug|lang|draft)$", re.I)


class Suspect(NamedTuple):
    """A line that breaks a rule."""

    line: int
    column: int
    hint: str
    harmless: str
    """The line with the offence out of the way."""
    span: tuple[int, int] = (0, 0)
    """Columns of what it is about."""
    edits: Edits = ()
    """Line, columns and new text of each edit that may mend it."""
    meant: str | None = None
    """The value that the mended line must load with, where it is one."""


class _Line(NamedTuple):
    """A line that holds a key, taken apart; numbers are columns."""

    number: int
    text: str
    indent: int
    start: int
    """Of the key, behind the dashes of a list."""
    key_end: int
    """Before the colon."""
    value: int
    """Of the first character of the value; the line's length where there is none."""

    @property
    def key(self) -> str:
        return self.text[self.start : self.key_end].strip("\"'")

    def harmless(self) -> str:
        return self.text[: self.value] + "x"


def _key_line(number: int, text: str) -> _Line | None:
    indent = len(text) - len(text.lstrip(" \t"))
    dashes = _DASHES.match(text, indent)
    start = dashes.end() if dashes else indent
    first = text[start : start + 1]
    if first in ('"', "'"):
        quoted = (_DOUBLE if first == '"' else _SINGLE).match(text, start)
        if quoted is None:
            return None
        colon = re.compile(r"[ \t]*:(?=[ \t]|$)").match(text, quoted.end())
        if colon is None:
            return None
        key_end, after = quoted.end(), colon.end()
    else:
        plain = _PLAIN_KEY.match(text, start)
        if plain is None:
            return None
        key_end, after = plain.end(1), plain.end()
    value = len(text) - len(text[after:].lstrip(" \t"))
    return _Line(number, text, indent, start, key_end, value)


def _value_end(text: str, start: int) -> int:
    """Where a plain value ends: before a comment and the blanks at the end."""
    comment = _COMMENT.search(text, start)
    return start + len(text[start : comment.start() if comment else len(text)].rstrip())


def suspects(lines: Sequence[str], limit: int) -> Iterator[Suspect]:
    """Each line up to ``limit`` (and the one after it) that breaks a rule, from the top."""
    number = 0
    last: _Line | None = None  # the last line with a key
    count = len(lines)
    while number < count and number <= limit + 1:
        text = lines[number]
        bare = text.strip()
        if not bare or bare.startswith("#"):
            number += 1
            continue
        tab = re.match(r" *\t[ \t]*", text)
        if tab:
            yield _tab(lines, number, tab.end())
        for column, character in enumerate(text[: len(text) - len(text.lstrip())]):
            if character in _ODD_SPACE:
                fixed = " " * (len(text) - len(text.lstrip())) + text.lstrip()
                yield Suspect(number, column, "odd-space", fixed, (column, column + 1))
                break
        line = _key_line(number, text)
        if line is None:
            yield from _not_a_key(lines, number, last)
            number += 1
            continue
        if last is not None and line.indent > last.indent and last.value < len(last.text) and line.start == line.indent:
            header = _BLOCK_HEADER.match(last.text, last.value)
            if not header:
                harmless = " " * last.indent + text.lstrip()
                yield Suspect(number, line.indent, "indentation", harmless, (line.start, line.key_end))
        last = line
        first = text[line.value : line.value + 1]
        if not first or first == "#":
            number += 1
            continue
        if first in "|>" and _BLOCK_HEADER.match(text, line.value):
            number = yield from _block(lines, line)
            continue
        if first in "\"'":
            number = yield from _quoted(lines, line)
            continue
        if first in "[{":
            number = yield from _bracketed(lines, line)
            continue
        yield from _plain(lines, line)
        number += 1


def _tab(lines: Sequence[str], number: int, end: int) -> Suspect:
    text = lines[number]
    harmless = text[:end].replace("\t", "  ") + text[end:]
    edits: list[tuple[int, int, int, str]] = []
    # All of them at once, with the first line; the others are not reported again.
    if number == 0 or not any(re.match(r" *\t", line) for line in lines[:number]):
        for other, line in enumerate(lines[number : number + _MOST_EDITS], number):
            lead = re.match(r"[ \t]+", line)
            if lead and "\t" in lead.group():
                edits.append((other, 0, lead.end(), lead.group().replace("\t", "  ")))
    column = text.index("\t")
    return Suspect(number, column, "tab", harmless, (column, end), tuple(edits))


def _not_a_key(lines: Sequence[str], number: int, last: _Line | None) -> Iterator[Suspect]:
    """A line without ``key:``: an item of a list, more of the value before it, or a mistake."""
    text = lines[number]
    indent = len(text) - len(text.lstrip(" \t"))
    end = len(text.rstrip())
    dashes = _DASHES.match(text, indent)
    start = dashes.end() if dashes else indent
    body = text[start:end]
    if dashes is not None and start > indent and body:
        yield from _item(text, number, start, end)
        return
    stray = re.match(r"[\"']([A-Za-z_][\w-]*:[ \t].*)$", body)
    if stray:
        fixed = text[:start] + text[start + 1 :]
        without: Edits = ((number, start, start + 1, ""),)
        yield Suspect(
            number,
            start,
            "quote-before-key",
            text[:start] + "x: x",
            (start, start + 1),
            without if _key_line(0, fixed) else (),
        )
    edits: Edits
    dash = re.match(r"-+(?=[^\s-])", body)
    if dash and dash.end() == 1:
        run = [number]
        while run[-1] + 1 < len(lines) and re.match(rf"[ \t]{{{indent}}}-[^\s-]", lines[run[-1] + 1]):
            run.append(run[-1] + 1)
        before = number > 0 and re.match(rf"[ \t]{{{indent}}}-[^\s-]", lines[number - 1])
        edits = () if before else tuple((n, indent + 1, indent + 1, " ") for n in run)
        yield Suspect(number, indent, "no-space-after-dash", text[:indent] + "- x", (indent, end), edits)
    glued = _GLUED_KEY.match(body)
    if glued:
        colon = start + glued.end()
        value = text[colon:end]
        edits = ((number, colon, colon, " "),)
        plain = value[:1] not in "\"'[{|>&*!%@`" and not _COMMENT.search(value)
        yield Suspect(
            number,
            colon - 1,
            "no-space-after-colon",
            text[:colon] + " x",
            (start, colon),
            edits,
            value if plain else None,
        )
    wide = re.match(r"([A-Za-z_][\w-]*)[ \t]*：", body)
    if wide:
        colon = start + wide.end()
        edits = ((number, colon - 1, colon, ": " if text[colon : colon + 1] not in (" ", "") else ":"),)
        yield Suspect(number, colon - 1, "wide-colon", text[: colon - 1] + ": x", (start, colon), edits)
    if last is not None and _BLOCK_HEADER.match(last.text, last.value) and last.value < len(last.text):
        yield Suspect(number, indent, "block-not-indented", "#", (indent, end))
    yield Suspect(number, indent, "stray-line", "#", (indent, end))


def _item(text: str, number: int, start: int, end: int) -> Iterator[Suspect]:
    """An item of a list that is no mapping."""
    line = _Line(number, text, start, start, start, start)
    first = text[start]
    if first in "\"'":
        yield from _after_quote(line, (_DOUBLE if first == '"' else _SINGLE).match(text, start), alone=True)
    elif first in "@`%*|>":
        yield _reserved(line, end)


def _block(lines: Sequence[str], line: _Line) -> Generator[Suspect, None, int]:
    """Past a block scalar (``key: |`` and the indented lines under it)."""
    number = line.number + 1
    seen = False
    while number < len(lines):
        text = lines[number]
        if text.strip():
            if len(text) - len(text.lstrip(" ")) <= line.indent:
                break
            seen = True
        number += 1
    if not seen and number < len(lines):
        text = lines[number]
        if text.strip() and _key_line(number, text) is None and not re.match(r"[ \t]*- ", text):
            indent = len(text) - len(text.lstrip())
            yield Suspect(number, indent, "block-not-indented", "#", (indent, len(text.rstrip())))
            number += 1
    return number


def _quoted(lines: Sequence[str], line: _Line) -> Generator[Suspect, None, int]:
    """A value that starts with a quote; past its last line."""
    text = line.text
    pattern = _DOUBLE if text[line.value] == '"' else _SINGLE
    match = pattern.match(text, line.value)
    if match is not None:
        below = lines[line.number + 1] if line.number + 1 < len(lines) else ""
        alone = not below.strip() or bool(re.match(r"[ \t]*(?:-[ \t]|#)", below))
        alone = alone or _key_line(line.number + 1, below) is not None
        yield from _after_quote(line, match, alone=alone)
        return line.number + 1
    # Not closed in its line: that is allowed, and seldom meant.
    following = next((n for n in range(line.number + 1, len(lines)) if lines[n].strip()), None)
    keyed = following is None or _key_line(following, lines[following]) is not None
    if keyed or (following is not None and lines[following].lstrip().startswith(("- ", '"', "#"))):
        end = len(text.rstrip())
        quote = text[line.value]
        closes = text[line.value + 1 : end]
        edits = () if "\\" in closes or _COMMENT.search(closes) else ((line.number, end, end, quote),)
        meant = closes.replace("''", "'") if quote == "'" else closes
        yield Suspect(line.number, line.value, "unclosed-quote", line.harmless(), (line.value, end), edits, meant)
    whole = "\n".join(lines[line.number :])
    closed = pattern.match(whole, line.value)
    if closed is None:
        end = len(text.rstrip())
        yield Suspect(line.number, line.value, "unclosed-quote", line.harmless(), (line.value, end))
        return line.number + 1
    return line.number + 1 if keyed else line.number + whole[: closed.end()].count("\n") + 1


def _after_quote(line: _Line, match: re.Match[str] | None, *, alone: bool) -> Iterator[Suspect]:
    """What stands behind the quote that closes a value; ``alone``: the value does not go on in the next line."""
    text, number = line.text, line.number
    if match is None:
        return
    end = len(text.rstrip())
    rest = text[match.end() : end]
    if not rest.strip() or re.match(r"[ \t]+#", rest):
        return
    quote = text[line.value]
    harmless = line.harmless()
    if re.match(r"[ \t]*,[ \t]*[\"'\w]", rest):
        yield Suspect(number, match.end(), "list-without-brackets", harmless, (line.value, end))
        return
    inner = text[line.value + 1 : end - 1]
    closing = match.end() - 1
    edits: Edits = ()
    if text[end - 1] == quote and end - 1 > closing:
        marks = [line.value + 1 + m.start() for m in re.finditer(rf"(?<!\\){re.escape(quote)}", inner)]
        two_keys = re.search(rf"{quote}[ \t,]+[\w-]+:[ \t]+{quote}", inner)
        if quote == '"':
            sure = inner.count('"') % 2 == 0 and "\\" not in inner.replace('\\"', "")
            new = '\\"'
            meant = inner.replace('\\"', '"')
        else:
            apostrophe = [re.match(r"\w'\w", text[m - 1 : m + 2]) is not None for m in marks]
            sure = "''" not in inner and (len(marks) % 2 == 0 or all(apostrophe))
            new = "''"
            meant = inner
        if sure and alone and len(marks) <= _MOST_EDITS and not two_keys and not _COMMENT.search(inner):
            edits = tuple((number, m, m + 1, new) for m in marks)
        yield Suspect(number, closing, "inner-quote", harmless, (line.value, end), edits, meant)
        return
    whole = text[line.value : end]
    other = "'" if quote == '"' else '"'
    if alone and other not in whole and "\\" not in whole and not _COMMENT.search(whole) and ": " not in rest:
        edits = ((number, line.value, line.value, other), (number, end, end, other))
    yield Suspect(number, match.end(), "text-after-quote", harmless, (line.value, end), edits, whole)


def _bracketed(lines: Sequence[str], line: _Line) -> Generator[Suspect, None, int]:
    """A value that starts with ``[`` or ``{``; past its last line."""
    text = line.text
    number, column, depth = line.number, line.value, 0
    while number < len(lines):
        current = lines[number]
        while column < len(current):
            mark = current[column]
            if mark in "\"'" and (column == 0 or current[column - 1] in " \t,[{:"):
                match = (_DOUBLE if mark == '"' else _SINGLE).match(current, column)
                column = match.end() if match else column + 1
                continue
            if mark in "[{":
                depth += 1
            elif mark in "]}":
                depth -= 1
            elif mark == "#" and column and current[column - 1] in " \t":
                break
            column += 1
            if not depth:
                yield from _after_bracket(line, number, current, column)
                return number + 1
        number += 1
        column = 0
        if number < len(lines) and _key_line(number, lines[number]) and text[line.value] == "[":
            break
    end = _value_end(text, line.value)
    closing = "]" if text[line.value] == "[" else "}"
    edits = ((line.number, end, end, closing),) if depth == 1 and number == line.number + 1 else ()
    yield Suspect(line.number, line.value, "unclosed-bracket", line.harmless(), (line.value, end), edits)
    return line.number + 1


def _after_bracket(line: _Line, number: int, text: str, column: int) -> Iterator[Suspect]:
    end = len(text.rstrip())
    rest = text[column:end]
    if not rest.strip() or re.match(r"[ \t]+#", rest):
        return
    edits: Edits = ()
    whole = text[line.value : end]
    if number == line.number and line.key.lower() in _TEXT_KEYS:
        edits = _wrapped(number, line.value, end, whole)
    harmless = line.harmless() if number == line.number else text[:column]
    yield Suspect(
        number, column, "text-after-bracket", harmless, (line.value if number == line.number else 0, end), edits, whole
    )


def _wrapped(number: int, start: int, end: int, text: str) -> Edits:
    """Edits that put quotes round ``text``; none where it holds what quotes would change."""
    if _COMMENT.search(text):
        return ()
    if '"' not in text and "\\" not in text:
        quote = '"'
    elif "'" not in text:
        quote = "'"
    else:
        return ()
    return (number, start, start, quote), (number, end, end, quote)


def _reserved(line: _Line, end: int) -> Suspect:
    whole = line.text[line.value : end]
    return Suspect(
        line.number,
        line.value,
        "reserved-start",
        line.harmless(),
        (line.value, end),
        _wrapped(line.number, line.value, end, whole),
        whole,
    )


def _plain(lines: Sequence[str], line: _Line) -> Iterator[Suspect]:
    """A value without quotes."""
    text, number = line.text, line.number
    end = _value_end(text, line.value)
    whole = text[line.value : end]
    continues = (
        number + 1 < len(lines)
        and lines[number + 1].strip()
        and (len(lines[number + 1]) - len(lines[number + 1].lstrip()) > line.indent)
        and _key_line(number + 1, lines[number + 1]) is None
    )
    if whole[0] in "@`%|>*,]}" or re.match(r"[-?](?:[ \t]|$)|&[^\w]", whole):
        suspect = _reserved(line, end)
        sure = not continues and whole[0] not in ",]}-?" and not _COMMENT.search(text, line.value)
        yield suspect if sure else suspect._replace(edits=())
        return
    colon = re.search(r":(?=[ \t]|$)", whole)
    if colon is None:
        return
    at = line.value + colon.start()
    edits: Edits = ()
    hint, meant = "colon-in-value", whole
    if whole.endswith('"') and whole.count('"') == 1:
        hint, meant = "missing-opening-quote", whole[:-1]
        if not _COMMENT.search(text[line.value :]) and "\\" not in whole:
            edits = ((number, line.value, line.value, '"'),)
    elif (
        not _COMMENT.search(text[line.value :])
        and not _FIELD.search(whole[: colon.start()])
        and not whole[:4].isdigit()
    ):
        edits = _wrapped(number, line.value, end, whole)
    if continues or "date" in line.key.lower():
        edits = ()
    yield Suspect(number, at, hint, line.harmless(), (line.value, end), edits, meant)
