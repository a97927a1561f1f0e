"""Broken HTML of real projects, fixed by postlint and by people: a browser reads both the same.

Of 30 cases with the human fix, 26 are mended in the nesting of tags alone. In 23 of them `postlint fix --unsafe-fixes`
gives what people made, to a browser.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from postlint.document import Document
from postlint.finding import Safety
from postlint.fix.loop import Found, fix_document
from postlint.fix.safety import check_body
from tests.html_documents import CORPORA, document

CASES = CORPORA / "history-cases"

pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not CASES.is_dir(), reason="no real posts beside the project")]

REWRITTEN = {
    181: "the link became a Markdown link",
    183: "the table's rows were taken out",
    184: "the paragraph was written anew",
    196: "the tag was put into a code span",
}
"""Case number → how people mended it otherwise than by its tags."""

OTHERWISE = {
    147: "people took the formatting out, postlint closes it",
    160: "people added the start tag, postlint takes the end tag out",
    164: "people added a line break in the same line",
}
"""Case number → what postlint makes of it instead."""


@cache
def cases() -> list[dict[str, Any]]:
    if not CASES.is_dir():
        return []
    rows = map(json.loads, (CASES / "index.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        row for row in rows if row["expected_rule"].startswith("html/") and (CASES / row["dir"] / "after.md").is_file()
    ]


def concerned(doc: Document, line: int) -> set[int]:
    """The lines of the problem nearest to ``line``, each with its neighbours."""
    lines = [{doc.text.position(tag.start).line for tag in problem.tags} for problem in doc.nesting.problems]
    nearest = min(lines, key=lambda found: min(abs(at - line) for at in found))
    return {near for at in nearest for near in (at - 1, at, at + 1)}


def by_people(before: str, after: str, lines: set[int]) -> str:
    """``before`` with what people changed in ``lines`` and nowhere else."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    made: list[str] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        here = what != "equal" and not lines.isdisjoint(range(i + 1, max(j, i + 1) + 1))
        made += new[k:m] if here else old[i:j]
    return "".join(made)


def by_postlint(doc: Document, lines: set[int]) -> tuple[str, int]:
    """The text after all fixes in ``lines``, and how many that were."""

    def find(doc: Document) -> Iterator[Found]:
        for problem in doc.nesting.problems:
            if lines.intersection(doc.text.position(tag.start).line for tag in problem.tags):
                yield Found(problem.kind, problem.message, problem.fix)

    fixed = fix_document(doc, lambda doc: list(find(doc)), least=Safety.UNSAFE)
    return fixed.content, len(fixed.applied)


def alike(case: dict[str, Any]) -> bool:
    folder: Path = CASES / case["dir"]
    doc = document((folder / "before.md").read_bytes(), case["generator"])
    after = document((folder / "after.md").read_bytes(), case["generator"])
    lines = concerned(doc, case["line"])
    people = by_people(doc.content, after.content, lines)
    assert people != doc.content, "people changed nothing here"
    ours, count = by_postlint(doc, lines)
    return count > 0 and check_body(doc.with_content(ours), doc.with_content(people)) is None


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case["dir"]))
def test_a_browser_reads_our_fix_as_it_reads_the_human_one(case: dict[str, Any]) -> None:
    assert alike(case) == (case["id"] not in REWRITTEN and case["id"] not in OTHERWISE)


def test_eight_of_ten_are_alike() -> None:
    by_their_tags = len(cases()) - len(REWRITTEN)
    assert by_their_tags >= 20
    assert by_their_tags - len(OTHERWISE) >= 0.8 * by_their_tags
