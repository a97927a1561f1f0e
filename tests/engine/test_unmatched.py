"""Settings that a slip of the pen makes speak of nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import run, write_site

SITE = {
    "_config.yml": "timezone: UTC\n",
    "_posts/2024-01-02-a.md": "---\ntitle: A\ntags: [a]\n---\n",
    "notes/deep/b.md": "---\ntitle: B\n---\n",
}


def notices(root: Path, settings: str) -> list[str]:
    write_site(root, {**SITE, "postlint.toml": settings})
    return [notice.replace(f"{root}/", "") for notice in run(root)[1].notices]


@pytest.mark.parametrize(
    ("pattern", "meant"),
    [
        ("_post/**", "_posts/**"),
        ("/_post/*.md", "/_posts/*.md"),
        ("notes/dep/**", "notes/deep/**"),
        ("Notes/**", "notes/**"),
        ("_posts/**", ""),
        ("_posts/", ""),
        ("*.md", ""),
        ("deep", ""),
        ("_drafts/**", ""),
        ("!_post/**", ""),
    ],
)
def test_patterns(tmp_path: Path, pattern: str, meant: str) -> None:
    said = [f"postlint.toml:2: no file matches `{pattern}`; did you mean `{meant}`?"] if meant else []
    schema = f'\n[[schemas]]\npaths = ["{pattern}"]\n'
    assert notices(tmp_path, schema) == said
    override = f'\n[[overrides]]\npaths = ["{pattern}"]\nrules = {{ date = "off" }}\n'
    assert notices(tmp_path, override) == said


def test_an_override_may_speak_of_files_that_are_no_documents(tmp_path: Path) -> None:
    assert notices(tmp_path, '[[overrides]]\npaths = ["_config.yml"]\nrules = { site = "off" }\n') == []


def test_taxonomies(tmp_path: Path) -> None:
    said = "postlint.toml:1: no document has terms of `tag`; did you mean `tags`?"
    assert notices(tmp_path, "[taxonomies.tag]\nmin = 0\n") == [said]
    assert notices(tmp_path, "[taxonomies.tags]\nmin = 1\n[taxonomies.series]\nmin = 0\n") == []
