"""Files as they were broken in real repositories, and as people mended them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from postlint.engine.project import Wishes
from tests.sites import run, write_site

pytestmark = pytest.mark.corpus

ELSEWHERE = {
    22: "the mended file is still broken there: real Jekyll and Hugo cannot load it either",
    78: "the mended file is still broken there: a value may not begin with `|` and go on",
    119: "the index names the front matter's first line, postlint the line of the broken table header, 9",
    148: "the mended file still has an attribute whose quotes do not match, on that line",
    173: "the mended address is still not seen: it stands in a block of HTML, where browsers take it for a tag",
    178: r"postlint names the cause, `<\/strong>` in line 105; the index the end tag that it makes wrong, in line 110",
}
"""Case number → why it does not pass as the index has it. An entry that no longer holds fails the test."""


class Verdict(NamedTuple):
    """Whether the defect is found in the broken file, and what is said at that place of the mended one."""

    found: bool
    still: list[str]
    said: list[str]


def cases(corpora: Path) -> Iterator[dict[str, Any]]:
    with (corpora / "history-cases" / "index.jsonl").open(encoding="utf-8") as index:
        yield from map(json.loads, index)


def findings(root: Path, case: dict[str, Any], content: bytes) -> list[tuple[str, int, int, str]]:
    name = case["path"] if case["path"].endswith((".md", ".html", ".markdown")) else case["path"] + ".md"
    files: dict[str, str | bytes] = {name: content, "postlint.toml": ""}
    if case["generator"] == "hugo" and case["expected_rule"].startswith("html/"):
        files["hugo.toml"] = "[markup.goldmark.renderer]\nunsafe = true\n"  # as their own sites have it
    write_site(root, files)
    _, outcome = run(root, wishes=Wishes(generator=case["generator"]))
    assert not outcome.crashes
    return [(d.rule, d.start.line, d.end.line, d.finding.message) for d in outcome.diagnostics]


def judge(corpora: Path, case: dict[str, Any], tmp_path: Path) -> Verdict:
    """A case is found if its rule (or one of its family, where the index names the family) stands within a line of
    the place where people mended it."""
    expected = case["expected_rule"]
    family = expected.partition("/")[0]

    def is_it(rule: str) -> bool:
        return rule == expected or (expected.endswith("/*") and rule.startswith(family + "/"))

    folder = corpora / "history-cases" / case["dir"]
    before = findings(tmp_path / "before", case, (folder / "before.md").read_bytes())
    found = any(is_it(rule) and abs(line - case["line"]) <= 1 for rule, line, _, _ in before)
    still: list[str] = []
    if (folder / "after.md").is_file():
        after = findings(tmp_path / "after", case, (folder / "after.md").read_bytes())
        still = [
            f"{line} {rule}: {text}" for rule, line, _, text in after if is_it(rule) and abs(line - case["line"]) <= 1
        ]
    return Verdict(found, still, [f"{line} {rule}: {text}" for rule, line, _, text in before])


def test_every_case_is_found_and_gone_when_mended(corpora: Path, tmp_path: Path) -> None:
    wrong: list[str] = []
    total = 0
    for case in cases(corpora):
        total += 1
        verdict = judge(corpora, case, tmp_path / str(case["id"]))
        fine = verdict.found and not verdict.still
        if fine == (case["id"] in ELSEWHERE):
            said = "\n    ".join(verdict.said[:6])
            wrong.append(
                f"{case['dir']} ({case['expected_rule']}, line {case['line']}, {case['generator']}): "
                f"found {verdict.found}, still there {verdict.still}\n    {said}"
            )
    assert not wrong, f"{len(wrong)} of {total}:\n" + "\n".join(wrong)
