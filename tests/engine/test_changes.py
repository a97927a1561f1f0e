"""What changed since a revision, asked of real repositories."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from postlint.engine.changes import Changes, changed_lines
from postlint.engine.project import UsageError
from tests.engine.repositories import commit, edit, git, repository_with
from tests.sites import write_site

LONG = "".join(f"line {number} of a post about tea\n" for number in range(1, 21))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {
        "_posts/a.md": LONG,
        "_posts/b.md": "b\n",
        "_config.yml": "url: x\n",
        "tea.png": b"\x89PNG\r\n" * 50,
    }
    return repository_with(tmp_path / "site", files)


def then(changes: Changes, path: str) -> str:
    return (changes.folder / path).read_text(encoding="utf-8")


def test_nothing_changed(root: Path) -> None:
    with Changes(root, "HEAD") as changes:
        assert not changes
        assert changes.path_before("_posts/a.md") == "_posts/a.md"
        assert not changes.touches("_posts/a.md", 1, 20)


def test_edited_added_deleted_renamed_and_untracked(root: Path) -> None:
    first = git(root, "rev-parse", "HEAD").strip()
    git(root, "mv", "_posts/a.md", "_posts/c.md")
    edit(root, {"_posts/c.md": LONG.replace("line 7 ", "line seven "), "_posts/new.md": "new\n"})
    (root / "_posts/b.md").unlink()
    commit(root)
    edit(root, {"loose.md": "not tracked\n", "_config.yml": "url: y\n"})
    with Changes(root, first) as changes:
        assert changes.commit == first
        assert changes.before == {"_posts/c.md": "_posts/a.md", "_config.yml": "_config.yml"}
        assert changes.added == {"_posts/c.md", "_posts/new.md", "loose.md"}
        assert changes.old == {"_posts/a.md", "_posts/b.md", "_config.yml"}
        assert then(changes, "_posts/a.md") == LONG
        assert then(changes, "_posts/b.md") == "b\n"
        assert then(changes, "_config.yml") == "url: x\n"
        assert not changes.is_new("_posts/c.md")
        assert changes.is_new("loose.md") and changes.path_before("loose.md") is None
        assert changes.touches("_posts/c.md", 7) and changes.touches("_posts/c.md", 3, 12)
        assert not changes.touches("_posts/c.md", 6) and not changes.touches("_posts/c.md", 8, 20)
        assert changes.touches("loose.md", 1) and not changes.touches("tea.png", 1)
        folder = changes.folder
    assert not folder.exists()


def test_the_commit_is_the_one_where_the_branches_parted(root: Path) -> None:
    fork = git(root, "rev-parse", "HEAD").strip()
    git(root, "switch", "--quiet", "--create", "work")
    edit(root, {"_posts/work.md": "mine\n"})
    commit(root)
    git(root, "switch", "--quiet", "main")
    edit(root, {"_posts/b.md": "of others\n"})
    commit(root)
    git(root, "switch", "--quiet", "work")
    with Changes(root, "main") as changes:
        assert changes.commit == fork
        assert changes.added == {"_posts/work.md"}
        assert not changes.before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names")
def test_names_of_every_kind(root: Path) -> None:
    names = [
        "_posts/två ord.md",
        "_posts/line\nbreak.md",
        '_posts/"quoted".md',
        "_posts/\ttab.md",
        "_posts/黑麦.md",
        "-x.md",
    ]
    edit(root, dict.fromkeys(names, "old\n"))
    git(root, "config", "core.quotepath", "true")
    first = commit(root)
    edit(root, dict.fromkeys(names, "new\n"))
    with Changes(root, first) as changes:
        assert changes.before.keys() == set(names)
        assert {then(changes, name) for name in names} == {"old\n"}


def test_a_project_below_the_root_of_its_repository(tmp_path: Path) -> None:
    top = repository_with(tmp_path / "top", {"docs/_posts/a.md": LONG, "docs/b.md": "b\n", "readme.md": "top\n"})
    edit(top, {"docs/_posts/a.md": LONG + "more\n", "readme.md": "other\n", "docs/new.md": "n\n"})
    git(top, "mv", "docs/b.md", "b.md")
    with Changes(top / "docs", "HEAD") as changes:
        assert changes.before == {"_posts/a.md": "_posts/a.md"}
        assert changes.added == {"new.md"}
        assert changes.old == {"_posts/a.md", "b.md"}
        assert (then(changes, "_posts/a.md"), then(changes, "b.md")) == (LONG, "b\n")


def test_a_worktree_is_its_own(root: Path) -> None:
    git(root, "worktree", "add", "--quiet", "../beside")
    edit(root.parent / "beside", {"_posts/b.md": "beside\n"})
    with Changes(root.parent / "beside", "main") as changes:
        assert changes.before == {"_posts/b.md": "_posts/b.md"}
    with Changes(root, "main") as changes:
        assert not changes


def test_a_name_that_differs_in_case_alone(root: Path) -> None:
    git(root, "mv", "_posts/a.md", "_posts/A.md")
    with Changes(root, "HEAD") as changes:
        assert changes.before == {"_posts/A.md": "_posts/a.md"}
        assert then(changes, "_posts/a.md") == LONG


def test_line_ends_are_those_of_a_checkout(tmp_path: Path) -> None:
    root = repository_with(tmp_path / "site", {".gitattributes": "*.md text eol=crlf\n", "a.md": "one\r\ntwo\r\n"})
    assert git(root, "cat-file", "blob", "HEAD:a.md") == "one\ntwo\n"
    (root / "a.md").write_bytes(b"one\r\n2\r\n")
    with Changes(root, "HEAD") as changes:
        assert (changes.folder / "a.md").read_bytes() == b"one\r\ntwo\r\n"


def test_an_unset_filter_and_large_files_kept_elsewhere_do_not_matter(tmp_path: Path) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    root = repository_with(tmp_path / "site", {"a.md": pointer})
    for name, value in (("clean", "cat"), ("smudge", "no-such-program"), ("required", "true")):
        git(root, "config", f"filter.lfs.{name}", value)
    edit(root, {".gitattributes": "*.md filter=lfs diff=lfs merge=lfs -text\n", "a.md": "# Now\n"})
    with Changes(root, "HEAD") as changes:
        assert then(changes, "a.md") == pointer


def test_nothing_is_left_in_the_repository(root: Path) -> None:
    git(root, "config", "core.splitIndex", "true")
    edit(root, {"_posts/a.md": "changed\n"})
    before = sorted(path.name for path in (root / ".git").iterdir())
    with Changes(root, "HEAD") as changes:
        assert then(changes, "_posts/a.md") == LONG
    assert sorted(path.name for path in (root / ".git").iterdir()) == before


def test_of_pictures_only_the_names_are_kept(root: Path) -> None:
    (root / "tea.png").unlink()
    with Changes(root, "HEAD") as changes:
        assert (changes.folder / "tea.png").read_bytes() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there that few have")
def test_a_link_of_the_past_is_what_it_led_to(root: Path) -> None:
    (root / "_posts" / "link.md").symlink_to("a.md")
    first = commit(root)
    (root / "_posts" / "link.md").unlink()
    edit(root, {"_posts/a.md": "changed\n"})
    with Changes(root, first) as changes:
        assert then(changes, "_posts/link.md") == LONG


def test_a_file_that_is_no_longer_tracked_is_no_new_one(root: Path) -> None:
    git(root, "rm", "--quiet", "--cached", "_posts/a.md")
    with Changes(root, "HEAD") as changes:
        assert changes.path_before("_posts/a.md") == "_posts/a.md"
        assert not changes.touches("_posts/a.md", 1, 20)
        assert not changes.added


def test_a_file_only_announced_is_an_addition(root: Path) -> None:
    edit(root, {"later.md": "x\n"})
    git(root, "add", "--intent-to-add", "later.md")
    with Changes(root, "HEAD") as changes:
        assert changes.added == {"later.md"}


def test_a_submodule_is_compared_from_within(tmp_path: Path) -> None:
    theme = repository_with(tmp_path / "theme", {"layout.html": "<p>old\n", "same.html": "s\n"})
    root = repository_with(tmp_path / "site", {"a.md": "a\n"})
    git(root, "submodule", "--quiet", "add", str(theme), "themes/x")
    first = commit(root)
    edit(root / "themes/x", {"layout.html": "<p>new\n", "more.html": "m\n"})
    commit(root / "themes/x")
    with Changes(root, first) as changes:
        assert changes.before == {"themes/x/layout.html": "themes/x/layout.html"}
        assert changes.is_new("themes/x/more.html")
        assert then(changes, "themes/x/layout.html") == "<p>old\n"
        assert changes.notices == []
    before_it = git(root, "rev-parse", "HEAD~1").strip()
    with Changes(root, before_it) as changes:
        assert changes.is_new("themes/x/layout.html") and changes.is_new("themes/x/same.html")
    shutil.rmtree(root / "themes/x")
    with Changes(root, first) as changes:
        assert changes.notices == ["the submodule themes/x is gone: its files are left out of the comparison"]


def test_a_merge_under_way(root: Path) -> None:
    git(root, "switch", "--quiet", "--create", "work")
    edit(root, {"_posts/b.md": "mine\n"})
    commit(root)
    git(root, "switch", "--quiet", "main")
    edit(root, {"_posts/b.md": "theirs\n"})
    commit(root)
    with pytest.raises(Exception, match="returned non-zero"):
        git(root, "merge", "work")
    with Changes(root, "HEAD") as changes:
        assert changes.before == {"_posts/b.md": "_posts/b.md"}
        assert then(changes, "_posts/b.md") == "theirs\n"


def test_what_a_hook_sets_for_its_own_repository_does_not_count(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/none")
    monkeypatch.chdir(root.parent)
    with Changes(root, "main") as changes:
        assert not changes


# What cannot be answered -----------------------------------------------------------------------------------------


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is in no git repository"):
        Changes(write_site(tmp_path, {"a.md": ""}), "main")


def test_inside_gits_own_folder(root: Path) -> None:
    with pytest.raises(UsageError, match="repository's own data"):
        Changes(root / ".git", "main")


def test_git_is_missing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(UsageError, match="git is not installed"):
        Changes(root, "main")


@pytest.mark.parametrize("rev", ["mian", "origin/main", "--output=x", " ", "HEAD~7"])
def test_a_revision_that_is_not_there(root: Path, rev: str) -> None:
    with pytest.raises(UsageError, match="no revision"):
        Changes(root, rev)
    assert not (root / "x").exists()


def test_no_commit_yet(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", ".")
    with pytest.raises(UsageError, match="no revision `HEAD`"):
        Changes(write_site(tmp_path, {"a.md": ""}), "HEAD")


def test_histories_that_never_met(root: Path) -> None:
    git(root, "switch", "--quiet", "--orphan", "other")
    commit(root)
    with pytest.raises(UsageError, match="no commit in common"):
        Changes(root, "main")


def test_the_command_that_mends_a_shallow_clone_does(root: Path) -> None:
    git(root, "switch", "--quiet", "--create", "work")
    for number in range(3):
        edit(root, {"_posts/w.md": f"{number}\n"})
        commit(root)
    git(root, "switch", "--quiet", "main")
    edit(root, {"_posts/m.md": "m\n"})
    commit(root)
    clone = root.parent / "clone"
    git(root.parent, "clone", "--quiet", "--depth=1", "--branch=work", f"file://{root}", "clone")

    def answer() -> str:
        try:
            with Changes(clone, "origin/main") as changes:
                return " ".join(sorted(changes.added))
        except UsageError as error:
            return str(error)

    first = answer()
    assert first.startswith("git knows no revision `origin/main` here; if the remote has it: git fetch --unshallow ")
    git(clone, "fetch", "--quiet", "--depth=1", "origin", "+refs/heads/main:refs/remotes/origin/main")
    second = answer()
    assert second.startswith("this clone is shallow")
    command = second.partition("fetch the history: git ")[2].partition("  (")[0]
    git(clone, *command.split())
    assert answer() == "_posts/w.md"
    again = root.parent / "again"
    git(root.parent, "clone", "--quiet", "--depth=1", "--branch=work", f"file://{root}", "again")
    git(again, *first.partition("has it: git ")[2].split())
    clone = again
    assert answer() == "_posts/w.md"


# Lines -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "ranges"),
    [
        ("a b c", "a b c", []),
        ("a b c", "a x c", [(2, 3)]),
        ("a b c", "a b c d e", [(4, 6)]),
        ("a b c", "a c", []),
        ("", "a b", [(1, 3)]),
        ("a b c d e", "x b c y e", [(1, 2), (4, 5)]),
        ("a a a", "a a a a", [(4, 5)]),
    ],
)
def test_the_lines_of_a_change(before: str, after: str, ranges: list[tuple[int, int]]) -> None:
    assert list(changed_lines(before.encode().split(), after.encode().split())) == ranges


def test_many_lines_take_no_time_that_grows_with_their_square() -> None:
    before, after = ([word + b"%d" % n for n in range(20_000)] for word in (b"a", b"b"))
    assert list(changed_lines(before, after)) == [(1, 20_001)]
