"""Where a text is being read for spans: its position, the open frames, what has been found."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from postlint.parse.kramdown import grammar as g
from postlint.parse.kramdown.frames import ElementFrame, EmphasisFrame, Frame, LinkFrame
from postlint.parse.kramdown.model import CodeKind, CodeSpan, KramdownWarning
from postlint.parse.kramdown.options import KramdownOptions
from postlint.parse.kramdown.source import Source
from postlint.parse.kramdown.tree import Definition, Fuel, Results
from postlint.regex import regex
from postlint.text import Span

__all__ = ["SpanState"]

_ENTITY: Final = r"&(?=[\w:][-\w.:]*+;)"
_FULL: Final = rf"[*_`<\\]|!?\[|\$\$|\{{:|{_ENTITY}"
SEARCH: Final = regex(_FULL)
SEARCH_GFM: Final = regex(_FULL + "|~~")
SEARCH_HTML: Final = regex(r"[<`]|\$\$|\[\^|\{:")
"""HTML, and what decides where it is none: code and math. And footnotes: read only if something refers to them."""
SEARCH_LINK: Final = regex(_FULL + r"|\]")
SEARCH_LINK_GFM: Final = regex(_FULL + r"|\]|~~")
CLOSERS: Final[dict[str, re.Pattern[str]]] = {
    "*": regex(r"(?<![ \t\r\n\f\v])\*(?!\*(?!\*))"),
    "**": regex(r"(?<![ \t\r\n\f\v])\*\*"),
    "_": regex(r"(?<![ \t\r\n\f\v])_(?!_(?!_))(?![^\W_])"),
    "__": regex(r"(?<![ \t\r\n\f\v])__(?![^\W_])"),
    "~~": regex(r"[^ \t\r\n\f\v~]~~"),
    '"': regex(rf'"{g.SPACE}*+\)'),
    "'": regex(rf"'{g.SPACE}*+\)"),
}
"""Where an emphasis, a struck text, a link's title may end, as far as the characters round that place tell."""


class SpanState:
    """What the readers of the span level share."""

    def __init__(
        self,
        options: KramdownOptions,
        fuel: Fuel,
        definitions: dict[str, Definition],
        footnotes: dict[str, Results],
        *,
        html_only: bool = False,
    ) -> None:
        self.options = options
        self.fuel = fuel
        self.definitions = definitions
        self.footnotes = footnotes
        gfm = options.gfm
        self.search_full = SEARCH_GFM if gfm else SEARCH
        self.search_first = SEARCH_HTML if html_only else self.search_full
        """What a text must hold to be worth reading."""
        self.search_link = SEARCH_LINK_GFM if gfm else SEARCH_LINK
        self.nodes: list[tuple[int, int, bool]] = []
        self.steps = 0

    def begin(self, source: Source, start: int, end: int, results: Results) -> None:
        self.source = source
        self.text = source.text
        self.low = start
        self.high = end
        self.pos = start
        self.results = results
        self.stack: list[Frame] = []
        self.emphasis: Counter[int] = Counter()
        self.links = 0
        self.undefined_until = start
        self.names: Counter[str] = Counter()
        self.found: dict[str, tuple[int, int]] = {}
        self.closers: dict[str, tuple[int, int]] = {}

    # Looking ahead, each thing at most once -----------------------------------------------------------------------

    def find(self, needle: str, start: int) -> int:
        """``text.find``, remembering the last answer."""
        searched, at = self.found.get(needle, (0, 0))
        if searched <= start <= at:
            return at if at < self.high else -1
        at = self.text.find(needle, start, self.high)
        self.found[needle] = (start, at if at >= 0 else self.high)
        return at

    def may_close(self, delimiter: str, start: int) -> bool:
        """Some place from ``start`` on looks like the end of what ``delimiter`` begins."""
        searched, known = self.closers.get(delimiter, (0, -1))
        if known < start or start < searched:
            match = CLOSERS[delimiter].search(self.text, start, self.high)
            known = self.high if match is None else match.start()
            self.closers[delimiter] = (start, known)
        return known < self.high

    # Results ------------------------------------------------------------------------------------------------------

    def marks(self) -> tuple[int, ...]:
        """How much has been found so far, for :meth:`_drop`."""
        r = self.results
        return (
            len(r.elements), len(r.printed), len(r.raw), len(r.links), len(r.code), len(r.undefined),
            len(r.footnotes), len(r.warnings),
        )  # fmt: skip

    def drop(self, marks: tuple[int, ...]) -> None:
        """Forget what has been found since ``marks``; warnings stay, as tentative ones."""
        r = self.results
        del r.elements[marks[0] :]
        del r.printed[marks[1] :]
        del r.raw[marks[2] :]
        del r.links[marks[3] :]
        del r.code[marks[4] :]
        del r.undefined[marks[5] :]
        del r.footnotes[marks[6] :]
        if len(r.warnings) > marks[7]:
            r.tentative.update((warning.offset, warning.text) for warning in r.warnings[marks[7] :])
            del r.warnings[marks[7] :]

    def abandon(self, frame: EmphasisFrame | LinkFrame, back: int) -> bool:
        """Read on from ``back`` without ``frame``, whose content is read again as part of what is round it.

        False when that has been done too often in this text: then what has been read stays read.
        """
        if not self.fuel.burn(self.steps - frame.steps):
            return False
        self.drop(frame.marks)
        self.pos = back
        return True

    def warn(self, at: int, text: str) -> None:
        self.results.warnings.append(KramdownWarning(self.source.at(at), text, tentative=False))

    def code(self, start: int, end: int, kind: CodeKind) -> None:
        self.results.code.append(CodeSpan(self.source.span(start, end), kind))

    def inside(self) -> Span | None:
        for frame in reversed(self.stack):
            if isinstance(frame, ElementFrame):
                return frame.span
        return None
