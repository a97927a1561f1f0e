"""What is wrong with a configuration, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["ConfigError", "Problem"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a configuration.

    Attributes:
        source: the file as it is to be shown, or "command line".
        line, column: from 1, columns in code points; 0 where there is no place (a file that cannot be read).
        message: what is wrong, without a full stop.
        suggestion: what was probably meant or what to write instead; may be empty.
    """

    source: str
    line: int
    column: int
    message: str
    suggestion: str = ""

    def __str__(self) -> str:
        place = f"{self.source}:{self.line}:{self.column}" if self.line else self.source
        return f"{place}: {self.message}" + (f"; {self.suggestion}" if self.suggestion else "")


class ConfigError(Exception):
    """The configuration cannot be used: all that is wrong with it, in the order of the file. Exit status 2."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.source, p.line, p.column)))
        super().__init__(self.problems)

    def __reduce__(self) -> tuple[type[ConfigError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))
