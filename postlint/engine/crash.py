"""What is kept of an exception in a rule or a parser."""

from __future__ import annotations

import os
from typing import NamedTuple

__all__ = ["Crash", "describe"]


class Crash(NamedTuple):
    """An exception in a rule or a parser: the run goes on without it, and says so."""

    path: str
    rule: str
    error: str


def describe(error: BaseException) -> str:
    """An exception with the place it came from, in one line, for a report to the maintainers."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = ""
    if trace is not None:
        folder, name = os.path.split(trace.tb_frame.f_code.co_filename)
        where = f" ({os.path.basename(folder)}/{name}:{trace.tb_lineno})"
    return f"{type(error).__name__}: {error}{where}"
