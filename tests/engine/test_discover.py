"""Which files are found, and which of them are content."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from postlint.engine.discover import Discovery, FileStat, GitIgnore, discover, within
from postlint.engine.tree import Tree
from tests.sites import write_site

SUFFIXES = frozenset({".md", ".html"})


def found(root: Path, **options: object) -> Discovery:
    tree = Tree(root)
    return discover(tree, suffixes=SUFFIXES, ignore=GitIgnore(tree, **options))  # type: ignore[arg-type]


def content(root: Path, **options: object) -> list[str]:
    return [file.path for file in found(root, **options).content]


def test_content_and_other_files_are_told_apart(tmp_path: Path) -> None:
    write_site(tmp_path, {"b.md": "", "a/c.HTML": "", "img/x.png": "", "notes.txt": ""})
    result = found(tmp_path)
    assert [file.path for file in result.content] == ["a/c.HTML", "b.md"]
    assert result.others == ["img/x.png", "notes.txt", "postlint.toml"]


def test_folders_of_tools_are_not_entered(tmp_path: Path) -> None:
    write_site(tmp_path, {".git/a.md": "", "node_modules/x/readme.md": "", ".postlint_cache/b.md": "", "c.md": ""})
    assert content(tmp_path) == ["c.md"]


def test_build_output_is_skipped_beside_a_site_configuration_only(tmp_path: Path) -> None:
    write_site(tmp_path, {"blog/_config.yml": "", "blog/_site/a.html": "", "notes/public/b.md": ""})
    assert content(tmp_path) == ["notes/public/b.md"]


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        ("drafts/\n", ["a.md", "sub/a.md", "sub/keep.md"]),
        ("*.md\n!keep.md\n", ["sub/keep.md"]),
        ("/a.md\n", ["drafts/d.md", "sub/a.md", "sub/keep.md"]),
        ("# only a comment\n\n", ["a.md", "drafts/d.md", "sub/a.md", "sub/keep.md"]),
    ],
)
def test_gitignore_is_honoured(tmp_path: Path, patterns: str, expected: list[str]) -> None:
    write_site(tmp_path, {"a.md": "", "sub/a.md": "", "sub/keep.md": "", "drafts/d.md": "", ".gitignore": patterns})
    assert content(tmp_path) == expected
    assert len(content(tmp_path, gitignore=False)) == 4


def test_gitignore_of_a_subfolder_counts_from_there(tmp_path: Path) -> None:
    write_site(tmp_path, {"a.md": "", "sub/a.md": "", "sub/.gitignore": "/a.md\n"})
    assert content(tmp_path) == ["a.md"]


def test_gitignore_of_the_repository_counts_in_a_project_below_it(tmp_path: Path) -> None:
    write_site(
        tmp_path, {".git/HEAD": "", ".gitignore": "blog/generated/\n", "blog/generated/a.md": "", "blog/b.md": ""}
    )
    assert content(tmp_path / "blog") == ["b.md"]


def test_exclude_and_include(tmp_path: Path) -> None:
    write_site(tmp_path, {"a.md": "", "old/b.md": "", "new/c.md": ""})
    assert content(tmp_path, exclude=["old/"]) == ["a.md", "new/c.md"]
    assert content(tmp_path, include=["new/**"]) == ["new/c.md"]


def test_a_dangling_link_is_a_problem_and_a_link_upward_ends(tmp_path: Path) -> None:
    write_site(tmp_path, {"a/b.md": ""})
    os.symlink(tmp_path / "gone.md", tmp_path / "dangling.md")
    os.symlink(tmp_path, tmp_path / "a" / "up")
    os.symlink("loop.md", tmp_path / "loop.md")
    result = found(tmp_path)
    assert [file.path for file in result.content] == ["a/b.md"]
    assert sorted(path for path, _ in result.problems) == ["dangling.md", "loop.md"]


def test_a_folder_named_like_a_post_is_a_folder(tmp_path: Path) -> None:
    write_site(tmp_path, {"folder.md/inner.md": ""})
    assert content(tmp_path) == ["folder.md/inner.md"]


def test_within() -> None:
    files = [FileStat(path, 0, 0) for path in ("a.md", "ab/c.md", "a/b.md", "a/b/c.md")]
    assert list(within(["a"], files)) == ["a/b.md", "a/b/c.md"]
    assert list(within(["a/b.md", "ab"], files)) == ["ab/c.md", "a/b.md"]
    assert len(list(within([""], files))) == 4
