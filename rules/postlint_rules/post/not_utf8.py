"""Files whose bytes are not UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from postlint.api import Document, DocumentRule, Finding, Kind, Related, Span, generator_for, regex

_RUN = regex("[\udc80-\udcff]+")
_NUL = regex("\0+")
_MORE_PLACES = 4
_WIDE_MARKS = {b"\xff\xfe\0\0": "UTF-32", b"\0\0\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
"""Byte order marks; the longer ones first, since one begins with another."""
_SHARES = (("UTF-32", 0.6), ("UTF-16", 0.3))
"""Without a mark: from this share of NUL bytes on (of plain ASCII text three in four, or half, of the bytes are)."""
_HIGH = bytes(range(0x80, 0x100))
_WIDE_RUN = regex(r"[^\x00-\x7f]+")
_HAN = regex("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


class NotUtf8(DocumentRule):
    """Bytes that are not UTF-8, and NUL characters: one finding a file, with the first places.

    What the bytes probably are is guessed from the bytes alone. What the generators do was measured with Jekyll 4.3.1
    and Hugo 0.168.
    """

    def check(self, doc: Document) -> Iterator[Finding]:
        raw = doc.text.content
        if "\0" not in raw and not doc.text.undecodable:
            return
        data = doc.text.encode()
        wide = _wide(data)
        pattern = _RUN if doc.text.undecodable else _NUL
        places = pattern.finditer(raw)
        first = next(places)
        span = Span(*first.span())
        if wide:
            span = Span(0, min(1, len(raw)))
            message, help_ = f"this file is {wide[:6]}, not UTF-8", _convert(wide)
        elif pattern is _NUL:
            message, help_ = (
                "a NUL character, which no text holds",
                "delete it, or write the file again from its source",
            )
        else:
            message, help_ = _guess(data, raw, first)
        related: tuple[Related, ...] = ()
        if not wide:
            count = sum(1 for _ in pattern.finditer(raw))
            if count > 1:
                message += f" ({count} such places)"
            related = tuple(Related(Span(*match.span()), "another one") for match in islice(places, _MORE_PLACES))
        yield Finding(span, message, _consequence(doc, wide=bool(wide), nul=pattern is _NUL), help_, related=related)


def _wide(data: bytes) -> str:
    """What ``data`` is, in iconv's words, if it is UTF-16 or UTF-32; else empty."""
    for mark, charset in _WIDE_MARKS.items():
        if data.startswith(mark):
            return charset
    nuls = data.count(0)
    for charset, share in _SHARES:
        if nuls >= len(data) * share:
            return charset + ("BE" if data[0] == 0 else "LE")
    return ""


def _convert(charset: str) -> str:
    return f"save the file as UTF-8: `iconv -f {charset} -t UTF-8`"


def _guess(data: bytes, raw: str, first: re.Match[str]) -> tuple[str, str]:
    """Message and help: what the bytes at ``first`` probably are."""
    run = first.group().encode("ascii", "surrogateescape")
    shown = " ".join(f"{byte:02X}" for byte in run[:4]) + (" …" if len(run) > 4 else "")
    subject = f"the byte {shown} is" if len(run) == 1 else f"the bytes {shown} are"
    if _is_half(run):
        return f"{subject} not UTF-8: only a part of a character is left", "write the character again"
    if (phrase := _as_gbk(data)) is not None:
        return f"{subject} not UTF-8; as GBK it would begin “{phrase[:12]}”", _convert("GBK")
    char = run[:1].decode("cp1252", "ignore")
    if char:
        charset = "Windows-1252" if run[0] < 0xA0 else "Latin-1"
        return f"{subject} not UTF-8; in {charset} {'it' if len(run) == 1 else shown[:2]} is “{char}”", _convert(
            "WINDOWS-1252"
        )
    return f"{subject} not UTF-8", "save the file as UTF-8"


def _is_half(run: bytes) -> bool:
    """Whether ``run`` is the beginning of one UTF-8 character, cut short, or C2/C3, whose second byte was lost."""
    if run in (b"\xc2", b"\xc3"):
        return True
    lead, rest = run[0], run[1:]
    wanted = 2 if 0xE0 <= lead < 0xF0 else 3 if 0xF0 <= lead < 0xF5 else 0
    return 0 < len(rest) < wanted and all(0x80 <= byte < 0xC0 for byte in rest)


def _as_gbk(data: bytes) -> str | None:
    """The first phrase that is not ASCII, where the whole file reads as Chinese in GBK.

    Nearly any two bytes are some character there, so it must be mostly Han, and of pairs of bytes beyond ASCII: in a
    Latin-1 text the second of such a pair is a letter.
    """
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    phrases = _WIDE_RUN.findall(text)
    wide = sum(map(len, phrases))
    high = len(data) - len(data.translate(None, _HIGH))
    return phrases[0] if high >= wide * 1.9 and len(_HAN.findall(text)) >= wide * 0.8 else None


def _consequence(doc: Document, *, wide: bool, nul: bool) -> str:
    generator = generator_for(doc.profile)
    kind = generator.kind(doc.path)
    in_front_matter = doc.front_matter.present and "\0" in doc.content[: doc.body.start]
    if generator.name == "jekyll":
        if nul and not wide:
            return "Jekyll cannot read the front matter: the page has no title and no layout" if in_front_matter else ""
        if kind in (Kind.POST, Kind.DRAFT):
            return "Jekyll prints an error and leaves the post out; the build still succeeds"
        if kind is Kind.PAGE and doc.is_markdown:
            return (
                "Jekyll takes it for no page and copies it as it is"
                if wide
                else "Jekyll stops: nothing at all is built"
            )
        if kind is Kind.PAGE:
            return "Jekyll prints an error and publishes the file unrendered, front matter and all"
        return ""
    if wide:
        return (
            f"{generator.title} finds no front matter, and readers see it as text full of �"
            if generator.name == "hugo"
            else ""
        )
    return "" if generator.name == "zola" else "readers see � in its place"
