"""Broken posts of real projects and what their authors made of them. Read from beside the project, where they are."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.html_documents import CORPORA, document

CASES = CORPORA / "history-cases"

pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not CASES.is_dir(), reason="no real posts beside the project")]

STILL_BROKEN = {
    # The author closed the <div>; the quotes inside the alt text of the same line do not match to this day.
    "148-html-unclosed-18f",
}
REPORTED = {"misnested", "unclosed", "stray-end", "printed", "end-tag-of-void", "malformed", "crosses-markdown"}


@cache
def cases() -> list[dict[str, Any]]:
    if not CASES.is_dir():
        return []
    rows = (json.loads(line) for line in (CASES / "index.jsonl").read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row["expected_rule"].startswith("html/")]


def lines_with_problems(path: Path, generator: str) -> set[int]:
    """The lines that findings name, related places among them."""
    doc = document(path.read_bytes(), generator)
    problems = [problem for problem in doc.nesting.problems if problem.kind in REPORTED]
    places = [span for p in problems for span in (p.span, *(related.span for related in p.related))]
    return {doc.text.position(place.start).line for place in places}


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case["dir"]))
def test_found_where_it_was_and_not_where_it_was_mended(case: dict[str, Any]) -> None:
    folder = CASES / case["dir"]
    near = range(case["line"] - 1, case["line"] + 2)
    found = lines_with_problems(folder / "before.md", case["generator"])
    assert found, "nothing was found at all"
    assert found.intersection(near)
    after = folder / "after.md"
    if after.exists():
        left = lines_with_problems(after, case["generator"]).intersection(near)
        assert bool(left) == (case["dir"] in STILL_BROKEN)
