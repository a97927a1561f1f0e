"""Zola's own documentation: Zola stops at an ``@/`` link to a page or an id that is not there, and it was built."""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.engine.project import Wishes
from tests.sites import run

pytestmark = pytest.mark.corpus


def test_what_every_internal_link_names_is_there(corpora: Path) -> None:
    root = corpora / "zola" / "docs"
    engine, outcome = run(root, wishes=Wishes(select=("link/missing-target", "link/missing-anchor")))
    assert {profile.generator for profile in engine.survey.profiles.values()} == {"zola"}
    written = {}
    for diagnostic in outcome.diagnostics:
        text = (root / diagnostic.path).read_bytes().decode("utf-8").removeprefix("\ufeff")
        written[f"{diagnostic.path}:{diagnostic.start.line}"] = text[slice(*diagnostic.finding.span)]
    assert [place for place, raw in written.items() if "@/" in raw] == []
    links = [path for path in sorted((root / "content").rglob("*.md")) if "](@/" in path.read_text(encoding="utf-8")]
    assert len(links) > 15


def test_an_internal_link_to_nothing_is_found(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('base_url = "https://tea.example.net"\n', encoding="utf-8")
    (tmp_path / "content").mkdir()
    head = '+++\ntitle = "A"\n+++\n'
    (tmp_path / "content/a.md").write_text(
        head + "# One\n[x](@/a.md#one) [y](@/a.md#two) [z](@/b.md)\n", encoding="utf-8"
    )
    _, outcome = run(tmp_path, wishes=Wishes(select=("link",)))
    assert [(d.rule, d.start.column) for d in outcome.diagnostics] == [
        ("link/missing-anchor", 21),
        ("link/missing-target", 37),
    ]
