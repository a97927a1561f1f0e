"""The baseline: how many findings of which rule are known in which file, so that only more than these are reported.

It is kept by people together with the posts, so it is a text file that git merges: one entry a line, sorted, no places
in it (a line that moves changes nothing). Each line is TOML::

    "_posts/2019-03-04-tea.md"."html/misnested-tag" = 3

It is read line by line all the same, because two branches that are merged by union may leave one entry twice; then the
greater number counts, and the next ``postlint baseline --prune`` puts it right.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from postlint.config.errors import ConfigError, Problem
from postlint.config.toml import shown
from postlint.regex import regex
from postlint.text import Span, Text

__all__ = ["Baseline", "Key", "relative"]

_HEADER = """\
# Findings that postlint knows of and does not report: file, rule, how many of them.
# `postlint baseline --prune` takes out what was mended, `postlint baseline` takes in what is there now.
"""
_TEXT = r'("(?:[^"\\]|\\.)*")'
_ENTRY = regex(rf"[ \t]*{_TEXT}[ \t]*\.[ \t]*{_TEXT}[ \t]*=[ \t]*(\d{{1,9}})[ \t]*(?:#.*)?")
_CONFLICT = regex(r"(<{7}|\|{7}|={7}|>{7})(?: |$)")


class Key(NamedTuple):
    """The path of a file (relative to the project root, with ``/``) and the id of a rule."""

    path: str
    rule: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """A baseline file as it was read.

    Attributes:
        file: where it is.
        text: what is in it; None where there is no file yet.
        counts: how many findings are known.
        spans: the line of each entry.
    """

    file: Path
    text: Text | None = None
    counts: Mapping[Key, int] = field(default_factory=dict)
    spans: Mapping[Key, Span] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path, *, merging: bool = False) -> Baseline:
        """
        Args:
            file: where it is.
            merging: take both sides of a conflict that a merge left in it.

        Raises:
            ConfigError: it cannot be read, or is no baseline; with the lines.
        """
        source = shown(file)
        try:
            text = Text.decode(file.read_bytes())
        except OSError as error:
            what = "the baseline cannot be read" if file.exists() else "there is no such baseline"
            hint = "" if file.exists() else "`postlint baseline` writes it"
            raise ConfigError([Problem(source, 0, 0, f"{what}: {error.strerror}", hint)]) from error
        counts: dict[Key, int] = {}
        spans: dict[Key, Span] = {}
        problems: list[Problem] = []
        of_ancestor = False
        for number in range(1, len(text.line_starts) + 1):
            line = text.line(number)
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            if conflict := _CONFLICT.match(line):
                of_ancestor = conflict[1][0] == "|"
                if merging:
                    continue
                how = "`postlint baseline --prune` puts both sides together"
                raise ConfigError([Problem(source, number, 1, "a merge left a conflict here", how)])
            if of_ancestor:
                continue
            key, count = _entry(line)
            if key is None:
                message = 'this is no entry of a baseline: they are written "file"."rule" = number'
                problems.append(Problem(source, number, 1, message))
            elif count > counts.get(key, -1):
                counts[key], spans[key] = count, text.line_span(number)
        if problems:
            more = [Problem(source, 0, 0, f"{len(problems) - 5} more lines are none either")] if problems[5:] else []
            raise ConfigError([*problems[:5], *more])
        return cls(file, text, counts, spans)

    def rewritten(self, counts: Mapping[Key, int]) -> bytes:
        """The file with other counts. Comments above the first entry stay, and so do line ends; the same counts leave
        the file as it is, but for entries that stand twice or out of order."""
        entries = [_line(key, count) for key, count in sorted(counts.items()) if count > 0]
        if self.text is None:
            return (_HEADER + "".join(f"{entry}\n" for entry in entries)).encode()
        lines = [self.text.line(number) for number in range(1, len(self.text.line_starts) + 1)]
        if [line for line in lines if line.strip() and not line.lstrip().startswith("#")] == entries:
            return self.text.encode()
        above = list(takewhile(lambda line: not line.strip() or line.lstrip().startswith("#"), lines))
        end = "\r\n" if "\r\n" in self.text.content else "\n"
        head = "\n".join(above).rstrip() if entries and above != lines else ""
        head = head or _HEADER.rstrip()
        return "".join(line + end for line in [*head.split("\n"), *entries]).encode()


def _entry(line: str) -> tuple[Key | None, int]:
    match = _ENTRY.fullmatch(line)
    if match is None:
        return None, 0
    try:
        return Key(json.loads(match[1], strict=False), json.loads(match[2], strict=False)), int(match[3])
    except ValueError:
        return None, 0


def _line(key: Key, count: int) -> str:
    return f"{_quoted(key.path)}.{_quoted(key.rule)} = {count}"


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's, but that TOML wants one for DEL too.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def relative(file: Path, root: Path) -> str:
    """A baseline's path as paths of the project are written."""
    return os.path.relpath(file, root).replace(os.sep, "/")
