"""Dates in numbers alone, as the rule says that they are taken, and as Ruby and JavaScript take them."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
from pathlib import Path

import pytest

from postlint.document import Document
from postlint.generators import load_site
from postlint.text import Text
from postlint_rules.date.ambiguous import Ambiguous
from tests.generators.oracle import ruby, tool

VALUES = tuple(
    f"{first}{separator}{second}{separator}{year}"
    for separator in "/-."
    for first, second in (
        ("03", "04"),
        ("3", "4"),
        ("12", "11"),
        ("25", "12"),
        ("12", "25"),
        ("01", "02"),
        ("31", "04"),
    )
    for year in ("2024", "1999", "24", "68", "69", "99", "05")
)


def _taken(root: Path, generator: str, path: str, value: str) -> str | None:
    """The day that the rule names, as Python writes it; None where it is silent."""
    document = Document(path, Text(f'---\ntitle: A\ndate: "{value}"\n---\n'), load_site(root, "", generator))
    findings = list(Ambiguous().check(document))
    if not findings:
        return None
    match = re.fullmatch(r"\w+ takes (\d+ \w+ \d+)", findings[0].consequence)
    assert match is not None
    return match[1]


@pytest.mark.generator
def test_jekyll_takes_the_day_that_is_named(tmp_path: Path) -> None:
    questions = [["UTC", f'"{value}"'] for value in VALUES]
    answers = ruby("dates.rb", questions, needs="jekyll")
    assert _wrong(tmp_path, "jekyll", "_posts/2024-01-02-a.md", answers) == []


@pytest.mark.generator
def test_hexo_takes_the_day_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("title: A\n", encoding="utf-8")
    script = (
        "const day = d => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate()) / 1000;"
        "console.log(JSON.stringify(JSON.parse(process.argv[1]).map(v => [day(new Date(v))])))"
    )
    run = subprocess.run(
        [tool("node"), "-e", script, json.dumps(VALUES)], capture_output=True, text=True, timeout=60, check=True
    )
    answers = json.loads(run.stdout)
    assert _wrong(tmp_path, "hexo", "source/_posts/a.md", answers) == []


def _wrong(root: Path, generator: str, path: str, answers: list[object]) -> list[str]:
    """Where the rule names another day than the program's, in seconds since 1970."""
    wrong, named = [], 0
    for value, theirs in zip(VALUES, answers, strict=True):
        ours = _taken(root, generator, path, value)
        if ours is None:
            continue
        named += 1
        seconds = theirs[0] if isinstance(theirs, list) else None
        day = dt.datetime.fromtimestamp(seconds, dt.UTC) if isinstance(seconds, int) else None
        if day is None or ours != f"{day.day} {day:%B} {day.year}":
            wrong.append(f"{value}: {generator} {day or theirs}, we {ours}")
    assert named > 30
    return wrong
