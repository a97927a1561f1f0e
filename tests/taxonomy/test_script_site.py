"""Ten slips of different kinds among 200 posts that a script made: each is found, and nothing else is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import run, write_site
from tests.taxonomy import script_site as script


def findings(root: Path) -> set[script.Finding]:
    _, outcome = run(root)
    assert not outcome.crashes
    return {(found.path, found.start.line, found.rule) for found in outcome.diagnostics}


@pytest.mark.parametrize("seed", range(12))
def test_all_slips_and_nothing_else(tmp_path: Path, seed: int) -> None:
    made = script.posts(seed)
    files = {**script.site(), **script.pages(), **{post.path: post.text for post in made}}
    write_site(tmp_path, files)
    assert findings(tmp_path) == set()
    wrong, expected = script.planted(seed, made)
    write_site(tmp_path, {path: text for path, text in wrong.items() if text is not None})
    assert findings(tmp_path) == expected
