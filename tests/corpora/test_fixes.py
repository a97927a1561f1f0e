"""Fixing real sites: done after one run, and every changed file stays what it was to its readers."""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.engine.crash import Crash
from postlint.finding import Safety
from postlint.fix.project import fix_all
from tests.sites import run

pytestmark = pytest.mark.corpus


@pytest.mark.parametrize("site", ["finews", "digitalgov", "barretlee"])
@pytest.mark.parametrize("least", [Safety.SAFE, Safety.UNSAFE])
def test_one_run_fixes_all_that_it_can(corpora: Path, site: str, least: Safety) -> None:
    engine, outcome = run(corpora / site)
    document_rules = {rule.id for rule in engine.selection.document_rules}
    changed = 0
    for file in fix_all(engine, outcome, least):
        assert not file.crashes
        if not file.changed:
            continue
        changed += 1
        after = file.after
        crashes: list[Crash] = []
        found = engine.findings(after, crashes)
        assert not crashes
        refused = {(rule, title) for rule, title, _ in file.result.refused}
        left = [
            (f.rule, f.finding.fix.title)
            for f in found
            if f.finding.fix is not None and f.finding.fix.safety >= least and f.rule in document_rules
        ]
        assert not set(left) - refused, file.path
        if "post/mixed-line-endings" in {rule for rule, _ in file.result.applied}:
            assert not after.text.line_ends.mixed
        else:
            assert after.text.encode().count(b"\r") == file.before.text.encode().count(b"\r")
        if least == Safety.SAFE and file.before.front_matter.error is None:
            # Bytes that no fix is about: the end of the file, with its final newline or without.
            assert file.result.content[-1:] == file.before.content[-1:]
    assert changed > 0
