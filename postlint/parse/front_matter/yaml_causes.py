"""Why YAML does not load: the line at fault, which is often not the line where the parser gave up.

The lines are read from the top as a person reads them, and each that breaks a rule of YAML is a suspect. A suspect is
guilty when the parser gets further without it: it is replaced by something harmless and the text is parsed again. So a
wrong guess costs time and nothing else. With a cause found and out of the way the search goes on, since a post whose
quotes are wrong in one line often has them wrong in the next.

Hints: ``conflict-marker``, ``tab``, ``inner-quote``, ``text-after-quote``, ``quote-before-key``, ``unclosed-quote``,
``missing-opening-quote``, ``colon-in-value``, ``no-space-after-colon``, ``no-space-after-dash``, ``reserved-start``,
``wide-colon``, ``odd-space``, ``text-after-bracket``, ``unclosed-bracket``, ``list-without-brackets``,
``block-not-indented``, ``stray-line``, ``indentation``, ``control-character``, ``undefined-alias``, ``escape``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from postlint.finding import Edit
from postlint.parse.front_matter.model import SyntaxProblem
from postlint.parse.front_matter.yaml_reader import read_yaml
from postlint.parse.front_matter.yaml_suspects import Suspect, suspects
from postlint.regex import regex
from postlint.text import Span

__all__ = ["MAX_CAUSES", "causes"]

MAX_CAUSES = 8
"""More are not looked for: the text is not front matter then."""
_MAX_TRIES = 60
"""Parses in one search, of front matter of an ordinary size."""
_MAX_PARSED = 200_000
"""Characters parsed in one search."""

_CONFLICT = regex(r"(?:<{7}|>{7})(?: |$)|={7}$|\|{7}(?: |$)")
_SWALLOWING = frozenset({"unclosed-quote", "inner-quote", "text-after-quote", "unclosed-bracket"})
"""What such a line hides may stand in any line after it."""
_RUNNING = frozenset({"stray-line", "no-space-after-dash", "tab"})
"""Told once for lines that follow each other."""


def causes(source: str, base: int, error: SyntaxProblem, *, tabs: bool = False) -> Sequence[SyntaxProblem]:
    """What keeps ``source`` (which starts at ``base``) from loading, first to last; at least ``error`` itself."""
    return _Search(source, base, tabs).run(error)


class _Search:
    def __init__(self, source: str, base: int, tabs: bool) -> None:
        self.source = source
        self.base = base
        self.tabs = tabs
        self.starts = [0, *(m.end() for m in re.finditer(r"\r\n|\n|\r", source))]
        self.lines = [
            re.sub(r"[\r\n]+$", "", source[a:b]) for a, b in zip(self.starts, [*self.starts[1:], None], strict=True)
        ]
        self.tries = min(_MAX_TRIES, max(4, _MAX_PARSED // max(len(source), 1)))

    def run(self, error: SyntaxProblem) -> Sequence[SyntaxProblem]:
        found: list[SyntaxProblem] = []
        lines = list(self.lines)
        current: SyntaxProblem | None = SyntaxProblem(error.offset - self.base, error.problem, error.hint)
        line = self.line_of(current.offset, lines) if current else 0
        conflict = next((n for n, text in enumerate(lines) if _CONFLICT.match(text)), None)
        if conflict is not None and conflict <= line + 1:
            at = self.at(conflict, 0)
            return (SyntaxProblem(at, error.problem, "conflict-marker", Span(at, at + len(lines[conflict]))),)
        last = -1
        while current is not None and len(found) < MAX_CAUSES:
            line = self.line_of(current.offset, lines)
            guilty = self.guilty(lines, current, line, last)
            if guilty is None:
                found.append(self.unexplained(lines, current, line))
                break
            suspect, after = guilty
            run_on = suspect.line == last + 1 and found and suspect.hint in _RUNNING
            if not run_on or (suspect.hint != "stray-line" and found[-1].hint != suspect.hint):
                found.append(self.problem(suspect, current))
            lines[suspect.line] = suspect.harmless
            last = suspect.line
            current = after
        return self.with_repairs(found)

    # Places -------------------------------------------------------------------------------------------------------

    def line_of(self, offset: int, lines: Sequence[str]) -> int:
        """The line of an offset into ``lines`` joined."""
        at = 0
        for number, text in enumerate(lines):
            at += len(text) + 1
            if offset < at:
                return number
        return len(lines) - 1

    def column_of(self, offset: int, lines: Sequence[str]) -> int:
        return offset - sum(len(text) + 1 for text in lines[: self.line_of(offset, lines)])

    def at(self, line: int, column: int) -> int:
        return self.base + self.starts[line] + min(column, len(self.lines[line]))

    def parse(self, lines: Sequence[str]) -> SyntaxProblem | None:
        """The error in ``lines``, its offset into them joined by line feeds."""
        self.tries -= 1
        return read_yaml("\n".join(lines), 0, tabs=self.tabs)[1]

    # The search ---------------------------------------------------------------------------------------------------

    def guilty(
        self, lines: list[str], error: SyntaxProblem, line: int, last: int
    ) -> tuple[Suspect, SyntaxProblem | None] | None:
        for suspect in suspects(lines, line):
            if suspect.line <= last or self.tries <= 0:
                continue
            mended = list(lines)
            mended[suspect.line] = suspect.harmless
            after = self.parse(mended)
            if after is None:
                return suspect, None
            reached = self.line_of(after.offset, mended)
            if reached > line or (suspect.hint in _SWALLOWING and reached > suspect.line):
                return suspect, after
            if reached == line and after.problem != error.problem and suspect.line == line:
                return suspect, after
            if reached == line and self.column_of(after.offset, mended) > self.column_of(error.offset, lines):
                return suspect, after
        return None

    def unexplained(self, lines: Sequence[str], error: SyntaxProblem, line: int) -> SyntaxProblem:
        """No line is known to be at fault: the parser's place and words, and what they allow to say."""
        problem = error.problem
        hint = ""
        if "control characters" in problem or ("not allowed" in problem and "character" in problem):
            hint = "control-character"
        elif "undefined alias" in problem:
            hint = "undefined-alias"
        elif "escape" in problem:
            hint = "escape"
        elif "end of stream" in problem and "quoted" in problem:
            hint = "unclosed-quote"
        elif "tab character" in problem:
            hint = "tab"
        elif ("','" in problem and "]" in problem) or "'}'" in problem:
            hint = "unclosed-bracket"
        start = sum(len(text) + 1 for text in lines[:line])
        column = min(error.offset - start, len(lines[line]))
        if lines[line] != self.lines[line]:
            column = 0
        return SyntaxProblem(self.at(line, max(column, 0)), problem, hint)

    def problem(self, suspect: Suspect, error: SyntaxProblem) -> SyntaxProblem:
        start, end = suspect.span
        related = Span(self.at(suspect.line, start), self.at(suspect.line, end)) if end else None
        repair = tuple(Edit(Span(self.at(n, a), self.at(n, b)), text) for n, a, b, text in suspect.edits)
        if repair and suspect.meant is not None and not self.reads(suspect):
            repair = ()
        return SyntaxProblem(self.at(suspect.line, suspect.column), error.problem, suspect.hint, related, repair)

    def reads(self, suspect: Suspect) -> bool:
        """Whether the mended line by itself loads with exactly the text that is meant."""
        text = self.lines[suspect.line]
        for number, start, end, new in sorted(suspect.edits, reverse=True):
            if number != suspect.line:
                return False
            text = text[:start] + new + text[end:]
        root, _ = read_yaml(text.strip(), 0)
        while root is not None and root.kind != "scalar":
            parts = root.items or tuple(entry.node for entry in root.entries)
            if len(parts) != 1:
                return False
            root = parts[0]
        return root is not None and root.value == suspect.meant

    def with_repairs(self, found: list[SyntaxProblem]) -> Sequence[SyntaxProblem]:
        """``found``, with repairs only where they lead to a text that loads, or would but for what has no repair."""
        edits = [edit for problem in found for edit in problem.repair]
        if not edits:
            return found
        changed = self.source
        for edit in sorted(edits, reverse=True):
            start, end = edit.span.start - self.base, edit.span.end - self.base
            changed = changed[:start] + edit.text + changed[end:]
        root, error = read_yaml(changed, 0, tabs=self.tabs)
        unmended = [problem for problem in found if not problem.repair]
        if error is None and root is not None and root.kind == "mapping" and not _repeats(root.entries):
            return found
        if error is not None and unmended:
            return found
        return [SyntaxProblem(p.offset, p.problem, p.hint, p.related) for p in found]


def _repeats(entries: Sequence[object]) -> bool:
    keys = [getattr(entry, "key", "") for entry in entries]
    return len(set(keys)) < len(keys)
