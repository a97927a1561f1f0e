"""Formats by name, each loaded when it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from postlint.report import FORMATS, reporter
from postlint.text import Text
from tests.report.runs import diagnostic, make_report, span_of, written

HEAVY = {"pydantic", "lxml", "rich", "typer", "yaml", "selectolax", "pyromark"}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_a_large_run_whole(name: str) -> None:
    text = Text("a 中 here\n")
    found = [diagnostic(text, span_of(text, "here"), f"number {n}", path=f"{n:04}.md") for n in range(2_000)]
    out = written(reporter(name), make_report({d.path: text for d in found}, found))
    assert out.endswith("\n")
    if name != "github":
        assert out.count("number 1999") >= 1
        assert len(out) > 65_536


def test_an_unknown_format() -> None:
    with pytest.raises(ValueError, match="no output format 'xml'; there are full, concise, json, sarif, github"):
        reporter("xml")


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_loads_no_other_and_nothing_heavy(name: str) -> None:
    code = f"import sys; from postlint.report import reporter; reporter({name!r}); print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not HEAVY & loaded
    module = reporter(name).__module__
    others = {reporter(other).__module__ for other in FORMATS} - {module}
    assert module in loaded
    assert not others & loaded
