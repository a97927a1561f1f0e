"""What the stream behind a report is: how wide, how colourful, and with which characters to draw."""

from __future__ import annotations

import os
from typing import Literal, TextIO

from postlint.report.cells import EVERYTHING, Screen, width
from postlint.report.model import ReportOptions

__all__ = ["Style", "Terminal", "wrap"]

Style = Literal["error", "warning", "info", "path", "strong", "dim", "good", "related"]

_SGR: dict[Style, str] = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "path": "1;4",
    "strong": "1",
    "dim": "2",
    "good": "32",
    "related": "34",
}

_WIDTH_WITHOUT_TERMINAL = 100
_NARROWEST = 40

# A line does not begin with the first of these, nor end with the second (the gist of 禁则 rules).
_NO_START = frozenset("，。、；：？！）》〉」』】〕”’…—·,.;:?!)]}>%'\"")
_NO_END = frozenset("（《〈「『【〔“‘([{<")


class Terminal:
    """A stream with what :class:`ReportOptions` and the environment say about it.

    Attributes:
        columns: the width to fill.
        screen: which characters it takes.
        bar, cut: ``│`` and ``…``, or their ASCII stand-ins.
        interactive: a person looks at it as it is written.
    """

    def __init__(self, out: TextIO, options: ReportOptions) -> None:
        self.interactive = _is_terminal(out)
        self.screen = Screen(getattr(out, "encoding", None))
        self.bar = "│" if self.screen.can_show("│") else "|"
        self.cut = "…" if self.screen.can_show("…") else "..."
        self.columns = max(_NARROWEST, options.width or _width(out, options, self.interactive))
        self.colored = _wants_color(options, self.interactive)

    def paint(self, style: Style, text: str) -> str:
        """``text`` in a style, where the stream is to have colours."""
        return f"\x1b[{_SGR[style]}m{text}\x1b[0m" if self.colored and text else text

    def show(self, text: str) -> str:
        """Text from outside, as one line that is safe to print."""
        return self.screen.visible(text)


def _is_terminal(out: TextIO) -> bool:
    try:
        return out.isatty()
    except (AttributeError, ValueError):
        return False


def _wants_color(options: ReportOptions, interactive: bool) -> bool:
    if options.color != "auto":
        return options.color == "always"
    environ = options.environ
    if environ.get("NO_COLOR"):  # no-color.org: "when present and not an empty string"
        return False
    if forced := environ.get("FORCE_COLOR"):  # force-color.org
        return forced != "0"
    return interactive and environ.get("TERM") != "dumb"


def _width(out: TextIO, options: ReportOptions, interactive: bool) -> int:
    columns = options.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 0:
        return int(columns)
    if interactive:
        try:
            return os.get_terminal_size(out.fileno()).columns or _WIDTH_WITHOUT_TERMINAL
        except (OSError, ValueError, AttributeError):
            pass
    return _WIDTH_WITHOUT_TERMINAL


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most ``columns`` columns (a printable text, as :meth:`Terminal.show` gives it).

    Breaks at blanks, and beside characters that are two columns wide, where Chinese and Japanese may break. A word
    that is longer than a line is cut.
    """
    if width(text) <= columns:
        return [text]
    widths = [cell.width for cell in EVERYTHING.cells(text)]
    lines: list[str] = []
    start = 0
    while start < len(text):
        end, used, good = start, 0, start
        while end < len(text) and used + widths[end] <= columns:
            used += widths[end]
            end += 1
            if end < len(text) and _may_break(text, widths, end):
                good = end
        if end == len(text) or text[end] == " ":
            good = end
        elif good == start:
            good = max(end, start + 1)
        lines.append(text[start:good].rstrip(" "))
        start = good
        while start < len(text) and text[start] == " ":
            start += 1
    return lines


def _may_break(text: str, widths: list[int], at: int) -> bool:
    before, after = text[at - 1], text[at]
    if before == " ":
        return True
    if widths[at] == 0 or before in _NO_END or after in _NO_START or after == " ":
        return False
    return widths[at - 1] == 2 or widths[at] == 2
