"""Every case of every rule page holds: its findings, its consequences, its fixes; and its fixes harm nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from postlint.finding import Safety
from postlint.packs import load_packs
from tests.pages import Block, Case, Result, cases_of, fixed_path, run_case, updated

RULES = Path(__file__).resolve().parent.parent / "rules" / "postlint_rules"
PAGES = sorted(RULES.glob("*/*.md"))
CASES = [case for page in PAGES for case in cases_of(page)]


@pytest.fixture(scope="session")
def results(request: pytest.FixtureRequest) -> dict[Path, list[tuple[Case, Result]]]:
    return {}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    result = run_case(case, tmp_path)
    if request.config.getoption("--update-pages"):
        case.page.write_text(updated(case.page, [(_fresh(case), result)]), encoding="utf-8")
        return
    assert not result.outcome.crashes
    assert result.findings == (case.expected.body if case.expected is not None else "")
    shown = {(fixed_path(case, block), "unsafe" in block.flags): block.data() for block in case.fixed}
    _check_fixes(case, result, shown)


def _fresh(case: Case) -> Case:
    """The case with the places its blocks have now: an update of one before it may have moved them."""
    return next(c for c in cases_of(case.page) if c.name == case.name)


def _check_fixes(case: Case, result: Result, shown: dict[tuple[str, bool], bytes]) -> None:
    assert not result.refused, "a safe fix failed its own check"
    for (path, unsafe), data in result.fixed.items():
        if (path, unsafe) in shown:
            assert data == shown[path, unsafe]
        else:
            # A safe fix is applied by --unsafe-fixes as well and need not be shown twice.
            assert unsafe and data == shown.get((path, False)), f"the page does not show the fix of {path}"
    for path, unsafe in shown:
        assert (path, unsafe) in result.fixed, f"the page shows a fix of {path}, and there is none"


@pytest.mark.parametrize("case", [case for case in CASES if case.fixed], ids=str)
def test_fixing_is_done_after_one_run(case: Case, tmp_path: Path) -> None:
    """A fixed file has nothing that can be fixed, and lies in the same project without the fixed findings."""
    (tmp_path / "first").mkdir()
    first = run_case(case, tmp_path / "first")
    for unsafe in {unsafe for _, unsafe in first.fixed}:
        root = tmp_path / f"second-{unsafe}"
        root.mkdir()
        files = tuple(_with_data(block, first.fixed.get((block.path, unsafe))) for block in case.files)
        again = run_case(replace(case, files=files), root)
        assert not {path for path, was_unsafe in again.fixed if was_unsafe <= unsafe}
        least = Safety.UNSAFE if unsafe else Safety.SAFE
        left = [d for d in again.outcome.diagnostics if d.finding.fix is not None and d.finding.fix.safety >= least]
        assert not left
        assert len(again.outcome.diagnostics) < len(first.outcome.diagnostics)


def _with_data(block: Block, data: bytes | None) -> Block:
    """The block with other bytes in it."""
    if data is None:
        return block
    body = "".join(_spelled(char) for char in data.decode())
    return replace(block, body=body, flags=frozenset({"escaped"}))


def _spelled(char: str) -> str:
    plain = char == "\n" or (" " <= char <= "~" and char != "\\")
    return char if plain else f"\\U{ord(char):08x}"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_spans_lie_in_the_text(case: Case, tmp_path: Path) -> None:
    result = run_case(case, tmp_path)
    for found in result.outcome.diagnostics:
        text = result.run.survey.document(found.path).text
        assert 0 <= found.finding.span.start <= found.finding.span.end <= len(text)
        for edit in found.finding.fix.edits if found.finding.fix is not None else ():
            assert 0 <= edit.span.start <= edit.span.end <= len(text)


def test_every_rule_has_a_page_with_cases_of_both_kinds() -> None:
    for rule_id, entry in load_packs().items():
        assert entry.page.startswith(f"# {rule_id}\n"), rule_id
        assert entry.summary, rule_id
        kinds = {case.reports for case in CASES if case.rule == rule_id}
        assert kinds == {True, False}, f"{rule_id} needs cases that are reported and cases that are not"


def test_a_page_that_says_what_a_generator_does_names_the_version_that_was_measured() -> None:
    claim = re.compile(r"^  = .*\b(?:Jekyll|Hugo|Hexo|Zola)\b", re.MULTILINE)
    version = re.compile(r"(?:Jekyll|Hugo|Hexo|Zola|kramdown)\)?\*{0,2} \(?v?\d")
    without = [
        rule for rule, entry in load_packs().items() if claim.search(entry.page) and not version.search(entry.page)
    ]
    assert not without


def test_every_page_has_a_rule() -> None:
    assert {case.rule for case in CASES} <= set(load_packs())
