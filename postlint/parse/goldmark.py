"""The ids that Hugo gives to headings, which goldmark and Hugo's own extension of it make.

Sources: Hugo ``markup/goldmark/autoid.go``, ``internal/extensions/attributes`` and ``internal/render``; goldmark 1.8
``parser/attribute.go``, ``parser/atx_heading.go`` and ``extension/linkify.go``. Measured with Hugo 0.111.3, 0.150 and
0.168.

From 0.144 on an id comes of what readers see: no addresses, no marks of emphasis, no dashes that are set as such; and
of what is emphasised or linked, the beginning alone: ``**Don't** stop`` gives ``don-stop``. Before, it came of the last
line as it is written. Where the release is not known, both count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache
from html.entities import html5
from typing import Any, Literal, NamedTuple, TypeAlias

import pyromark

from postlint.parse.options import GoldmarkOptions
from postlint.regex import regex

__all__ = ["GoldmarkHeading", "IdType", "block_ids", "goldmark_ids", "goldmark_text", "readings", "split_attributes"]

IdType = Literal["goldmark-github", "goldmark-ascii", "goldmark-blackfriday"]


class GoldmarkHeading(NamedTuple):
    """A heading: the text that its id is made of, or the id that its attributes give."""

    text: str
    given: str | None = None


# Attributes --------------------------------------------------------------------------------------------------

_NAME = r"[a-zA-Z_:][a-zA-Z0-9_:.\-]*+"
_VALUE = r'"(?:[^"\\\n]|\\.)*+"|[a-zA-Z_:]++|[-+]?[0-9.eE]++|\[[^\[\]{}\n]*+\]'
_SIGNED = r"[#.](?:[\w\-:.]|[^\x00-\x7f\s])++"
_LIST = regex(rf"\{{[ \t]*+(?:(?:{_SIGNED}|{_NAME}[ \t]*+=[ \t]*+(?:{_VALUE}))[ \t,]*+)*+\}}[ \t]*+\Z")
_ITEM = regex(rf"#(?P<signed>(?:[\w\-:.]|[^\x00-\x7f\s])++)|(?P<name>{_NAME})[ \t]*+=[ \t]*+(?P<value>{_VALUE})|\.\S")
_CLOSING = regex(r"[ \t](#++)(?=[ \t]*+\{)")
_FENCE = regex(r"(?:\A|(?<=\n))[ \t>]*+(?:```+|~~~+)[^\n`{}]*+(\{[^{}\n]*+\})[ \t]*+(?=\n|\Z)")
_BLOCK = regex(r"(?<=\n)[ \t>]*+(\{[^{}\n]*+\})[ \t]*+(?=\n|\Z)")


def split_attributes(source: str) -> tuple[str, str | None]:
    """A heading's source without the attributes at its end, and the id that they give."""
    if not source.rstrip().endswith("}"):
        return source, None
    at = source.rfind("{")
    backslashes = len(source[:at]) - len(source[:at].rstrip("\\"))
    if at < 0 or backslashes % 2:
        return source, None
    line = source.rfind("\n") + 1
    if at < line or (attributes := _LIST.match(source, at)) is None:
        return source, None
    closing = _CLOSING.search(source, line)
    end = closing.start() if closing is not None and not source[closing.end() : at].strip() else at
    return source[:end].rstrip(" \t"), _id_in(attributes[0])


def _id_in(attributes: str) -> str | None:
    for item in _ITEM.finditer(attributes):
        if item["signed"] is not None:
            return item["signed"]
        if item["name"] == "id":
            return item["value"].strip('"')
    return None


def block_ids(content: str, start: int, options: GoldmarkOptions) -> set[str]:
    """The ids that attributes give to fences and, where they are read there, to the blocks above them."""
    ids = set()
    for pattern in (_FENCE, _BLOCK) if options.block_attributes else (_FENCE,):
        for match in pattern.finditer(content, start):
            if _LIST.match(match[1]) and (id_ := _id_in(match[1])) is not None:
                ids.add(id_)
    return ids


# Text --------------------------------------------------------------------------------------------------------

_PLAIN = regex(r"[^\n*_`\[\]<>&\\~{!|@]*+")
_parser = pyromark.Markdown(options=pyromark.Options.ENABLE_STRIKETHROUGH)
_ENTITY = regex(r"&[A-Za-z0-9]++;")
_NOTE = regex(r"(?<!\\)\[\^([^\[\]\n]++)\]")
_LONGEST = 2_000
"""In longer headings no address is looked for: that takes time as the square of their length."""
_TRAILING = regex(r"(?:&[A-Za-z0-9]+;|[?!.,:*_~'\"]+)\Z")
_SILENT = "<aa:>"
"""An address in angle brackets, which leaves nothing in an id, in the place of what leaves nothing either."""
_WORD_END = regex(r"(?![A-Za-z0-9])")
_DASHES = regex(r"(?<!\\)---?")
_MARK = regex(r"(?<!\\)(?:[_*~]++|!?\[|`)")
_SET = regex(r"(?<!\\)(?:['\"]|--|\.\.\.|<<|>>)")
_EMOJI = regex(r":[a-z0-9_+-]++:")
_ADDRESS = regex(
    r"(?:(?:https?|ftp)://|www\.)[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+(?::[0-9]+)?"
    r"(?:[/#?][-a-zA-Z0-9@:%_+.~#$!?&/=();,'\">^{}\[\]`]*)?"
    r"|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]++@[A-Za-z0-9]++(?:-++[A-Za-z0-9]++)*+(?:\.[A-Za-z0-9]++(?:-++[A-Za-z0-9]++)*+)++(?![-_])"
)


def goldmark_text(
    source: str, options: GoldmarkOptions, labels: Sequence[str] = (), notes: Collection[str] = ()
) -> str:
    """The text of a heading of which new releases of Hugo make its id.

    Args:
        source: the heading without marks and attributes.
        labels: those of the document's link references that it uses.
        notes: the labels of the document's footnotes.
    """
    plain = _PLAIN.fullmatch(source) is not None and (
        not options.linkify or ("://" not in source and "www." not in source)
    )
    if plain:
        return _dashed(source) if options.typographer else source
    if notes and "[^" in source:
        source = _NOTE.sub(lambda match: _SILENT if match[1] in notes else match[0], source)
    setext = "\n" in source
    head = "" if setext else "# "
    tail = ("\n===" if setext else "") + "\n\n" + "".join(f"[{label}]: x\n" for label in labels)
    if options.linkify and "." in source and len(source) < _LONGEST and _ADDRESS.search(source):
        source = _without_addresses(source, options, _nodes(head + source + tail, len(head)))
    text = head + source + tail
    whole = "".join(_written(child, options) for child in _children(text, len(head) + len(source)))
    if "&" in whole:
        whole = _ENTITY.sub(lambda match: html5.get(match[0][1:], match[0]), whole)
    return whole.rpartition("\n")[2]


def _without_addresses(source: str, options: GoldmarkOptions, nodes: Sequence[tuple[int, int]]) -> str:
    """``source`` with each bare address that goldmark makes a link of as one in angle brackets."""
    out: list[str] = []
    at = 0
    while (match := _ADDRESS.search(source, at)) is not None:
        start = match.start()
        within = next((end for begin, end in nodes if begin <= start < end), None)
        if within is not None or not _may_begin(source, start, options, nodes):
            stop = within if within is not None else _WORD_END.search(source, start + 1).start()  # type: ignore[union-attr]
            out.append(source[at:stop])
            at = stop
            continue
        kept = _TRAILING.sub("", match[0])
        out += (source[at:start], _SILENT)
        at = start + len(kept)
    return "".join(out) + source[at:]


def _may_begin(source: str, at: int, options: GoldmarkOptions, nodes: Sequence[tuple[int, int]]) -> bool:
    """goldmark looks for an address behind these signs, and wherever another node has ended."""
    before = source[:at]
    if before.rfind("[") > before.rfind("]"):
        return False  # it may be the text of a link
    if not before or any(end == at for _, end in nodes):
        return True
    if options.typographer and before.endswith(("'", '"', "--", "...", "<<", ">>")):
        return True
    return before[-1] in " \n" or (before[-1] in "*_~(" and before[-2:-1] != "\\")


def _nodes(text: str, offset: int) -> list[tuple[int, int]]:
    """The places, counted from ``offset``, in which nothing is made a link: code, links and images, tags."""
    data = text.encode()
    found = []
    events: Any = _parser.events_with_range(text)
    for event, range_ in events:
        kind, value = (event, None) if event.__class__ is str else next(iter(event.items()))
        if kind in ("Code", "InlineHtml") or (kind == "Start" and value.__class__ is dict and "Heading" not in value):
            start = len(data[: range_["start"]].decode())
            found.append((start - offset, start + len(data[range_["start"] : range_["end"]].decode()) - offset))
    return found


class _Text(NamedTuple):
    """A run of text as it stands in the source; ``verbatim``: of code, or a line's end."""

    text: str
    verbatim: bool = False


class _Element(NamedTuple):
    """Emphasis, a link, an image; ``silent``: an address in angle brackets, which Hugo leaves out."""

    children: list[_Node]
    silent: bool


_Node: TypeAlias = "_Text | _Element"


def _children(text: str, end: int) -> list[_Node]:
    """What the heading consists of that ``text``, whose first ``end`` characters it is, begins with."""
    data = text.encode()
    limit = len(text[:end].encode())
    stack: list[_Element] = [_Element([], False)]
    run = (0, 0)

    def close_run() -> None:
        nonlocal run
        if run[0] < run[1]:
            stack[-1].children.append(_Text(data[run[0] : run[1]].decode()))
        run = (0, 0)

    events: Any = _parser.events_with_range(text)
    for event, range_ in events:
        start, stop = range_["start"], range_["end"]
        if start >= limit:
            break
        kind, value = (event, None) if event.__class__ is str else next(iter(event.items()))
        if kind == "Text":
            # Between the two stands nothing, or the backslash of an escape.
            joined = run[0] < run[1] and data[run[1] : start] in (b"", b"\\")
            if not joined:
                close_run()
            run = (run[0] if joined else start, stop)
            continue
        close_run()
        if kind == "Code":
            lines = data[start:stop].count(b"\n")
            code = str(value)
            stack[-1].children.append(_Text(code.partition(" ")[0] + "\n" if lines else code, True))
        elif kind == "SoftBreak" or kind == "HardBreak":
            stack[-1].children.append(_Text("\n", True))
        elif kind == "InlineHtml":
            stack[-1].children.append(_Text("", True))
        elif kind == "Start" and not (value.__class__ is dict and "Heading" in value):
            link = value["Link"] if value.__class__ is dict and "Link" in value else None
            silent = link is not None and link["link_type"] in ("Autolink", "Email")
            element = _Element([], silent)
            stack[-1].children.append(element)
            stack.append(element)
        elif kind == "End" and len(stack) > 1:
            stack.pop()
    close_run()
    return stack[0].children


def _written(node: _Node, options: GoldmarkOptions) -> str:
    """A child of the heading as Hugo writes it out."""
    if isinstance(node, _Text):
        if node.verbatim:
            return node.text
        return _dashed(node.text) if options.typographer else node.text
    # Measured with 0.150 to 0.168: of what stands inside emphasis or a link, Hugo takes the first piece alone.
    while isinstance(node, _Element):
        if node.silent or not node.children:
            return ""
        parent, node = node, node.children[0]
    if node.verbatim:
        return node.text
    piece = _first_piece(node.text, options)
    breaks = len(piece) == len(node.text) and parent.children[1:2] == [_Text("\n", True)]
    return piece + "\n" if breaks else piece


def _first_piece(text: str, options: GoldmarkOptions) -> str:
    """A run of text up to where goldmark begins another node: a sign that may open or close something, a set quote."""
    end = len(text)
    if (mark := _MARK.search(text)) is not None:
        end = mark.end() if mark[0][0] in "_*~" else mark.start()
    if options.typographer and (sign := _SET.search(text, 0, end)) is not None:
        end = sign.start()
    if options.emoji and (sign := _EMOJI.search(text, 0, end)) is not None:
        end = sign.start()
    return text[:end]


def _dashed(text: str) -> str:
    """The text with its dashes set."""
    return _DASHES.sub("–", text) if "--" in text else text


# Ids ---------------------------------------------------------------------------------------------------------

_RELEASE = regex(r"v?0\.(\d+)", re.A)
_PLAIN_TEXT = 144
"""The release that made ids of plain text."""


def readings(version: str) -> tuple[bool, ...]:
    """Whether a release makes ids of plain text; of an unknown one ("") both may be."""
    release = _RELEASE.match(version)
    return (True, False) if not version else (release is None or int(release[1]) >= _PLAIN_TEXT,)


def goldmark_ids(id_type: IdType, headings: Sequence[GoldmarkHeading]) -> list[str]:
    """The ids of a document's headings, which stand in order."""
    used: set[str] = set()
    last: dict[str, int] = {}
    found: list[str] = []
    for heading in headings:
        if heading.given is not None:
            used.add(heading.given)
            found.append(heading.given)
            continue
        chosen = base = _sanitized(heading.text, id_type) or "heading"
        number = last.get(base, 0)
        while chosen in used:
            number += 1
            chosen = f"{base}-{number}"
        last[base] = number
        used.add(chosen)
        found.append(chosen)
    return found


def _sanitized(text: str, id_type: IdType) -> str:
    if id_type == "goldmark-blackfriday":
        return _blackfriday(text)
    text = text.strip()
    if id_type == "goldmark-ascii" and not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFD", text) if char.isascii())
    if text.isascii():
        return "".join("-" if char in " -" else char.lower() if char.isalnum() or char == "_" else "" for char in text)
    return "".join("-" if char in " -" else _lowered(char) if _is_alphanumeric(char) else "" for char in text)


def _blackfriday(text: str) -> str:
    pieces: list[str] = []
    dash = False
    for char in text:
        if unicodedata.category(char)[0] in "LN":
            pieces.append(("-" if dash and pieces else "") + _lowered(char))
            dash = False
        else:
            dash = True
    return "".join(pieces)


def _lowered(char: str) -> str:
    """One letter for one, as Go has it: İ becomes i."""
    return char.lower()[0]


@lru_cache(maxsize=4096)
def _is_alphanumeric(char: str) -> bool:
    category = unicodedata.category(char)
    return char == "_" or category[0] == "L" or category == "Nd"
