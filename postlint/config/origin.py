"""Where a setting comes from."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["COMMAND_LINE", "DEFAULT", "Origin"]


class Origin(NamedTuple):
    """The file and place that set something; line 0 for what no file has set."""

    source: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.source}:{self.line}" if self.line else self.source


DEFAULT = Origin("default")
COMMAND_LINE = Origin("command line")
