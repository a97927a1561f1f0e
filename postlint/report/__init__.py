"""From a finished run to something to read: on a screen, in an editor, on GitHub, in a program.

A format's module is imported when the format is asked for, so that a run pays for its own only.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from postlint.report.model import DiffBase, Problem, Reporter, ReportOptions, RuleInfo, RunReport

__all__ = ["FORMATS", "DiffBase", "Problem", "ReportOptions", "Reporter", "RuleInfo", "RunReport", "reporter"]

_WHERE = {
    "full": ("postlint.report.text", "write_full"),
    "concise": ("postlint.report.text", "write_concise"),
    "json": ("postlint.report.json", "write"),
    "sarif": ("postlint.report.sarif", "write"),
    "github": ("postlint.report.github", "write"),
}

FORMATS = tuple(_WHERE)
"""The names that :func:`reporter` takes, the default first."""


def reporter(name: str) -> Reporter:
    """The reporter of a format.

    Raises:
        ValueError: there is no such format.
    """
    try:
        module, function = _WHERE[name]
    except KeyError:
        raise ValueError(f"no output format {name!r}; there are {', '.join(FORMATS)}") from None
    return cast("Reporter", getattr(import_module(module), function))
