"""The example blog holds just the defects that its README lists: the first thing that a newcomer sees is right."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.sites import run

ROW = re.compile(r"^\| `([^`]+):(\d+)` \| `([^`]+)` \|", re.MULTILINE)


@pytest.fixture
def blog(repository: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(repository / "examples" / "blog", tmp_path / "blog"))


def test_what_is_found_is_what_is_listed(blog: Path) -> None:
    listed = [(path, int(line), rule) for path, line, rule in ROW.findall((blog / "README.md").read_text("utf-8"))]
    _, outcome = run(blog)
    assert not outcome.crashes
    found = [(d.path, d.start.line, d.rule) for d in outcome.diagnostics]
    assert sorted(found) == sorted(listed)
    assert len(listed) > 25


def test_the_misnested_strong_comes_first(blog: Path) -> None:
    _, outcome = run(blog)
    first = outcome.diagnostics[0]
    assert first.rule == "html/misnested-tag"
    assert "Jekyll prints </p> and </strong> as text" in first.finding.consequence
