"""``postlint baseline`` and ``--diff-base`` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import MISNESTED, POST, postlint
from tests.engine.repositories import commit, edit, git, repository_with

FILE = ".postlint-baseline.toml"
OTHER = "_posts/2024-01-03-b.md"
NOTHING = "---\ntitle: A\n---\nText.\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {
        "_config.yml": "timezone: UTC\n",
        POST: MISNESTED,
        OTHER: "---\ntitle: B\n---\n[x]()\n[y]()\n",
    }
    return repository_with(tmp_path / "site", files)


def adopt(site: Path) -> None:
    assert postlint(site, "baseline").returncode == 0


def test_adopting_an_old_site(site: Path) -> None:
    written = postlint(site, "baseline")
    assert (written.returncode, written.stderr) == (0, "")
    assert written.stdout.splitlines() == [
        f"{FILE}: 3 known findings in 2 files",
        "commit it; `postlint check` reports what is found beyond that",
    ]
    checked = postlint(site, "check")
    assert checked.returncode == 0
    assert checked.stdout == "3 files: nothing to report; 3 known findings not shown (baseline)\n"
    assert postlint(site, "check", "--no-baseline").returncode == 1
    edit(site, {OTHER: "---\ntitle: B\n---\n[x]()\n[y]()\n[z]()\n"})
    more = postlint(site, "check", "-f", "concise")
    assert more.returncode == 1
    assert more.stdout.count("link/empty") == 4, "three findings and the note"
    assert "of 3 findings of link/empty the baseline knows 2" in more.stdout
    again = postlint(site, "baseline")
    assert again.stdout == f"{FILE}: 4 known findings in 2 files (1 more)\n"
    assert postlint(site, "check").returncode == 0


def test_a_stale_entry_fails_until_it_is_pruned(site: Path) -> None:
    adopt(site)
    edit(site, {OTHER: "---\ntitle: B\n---\n[x]()\n"})
    stale = postlint(site, "check")
    assert stale.returncode == 1
    assert "suppression/stale-baseline" in stale.stdout
    assert "`postlint baseline --prune`" in stale.stdout
    asked = postlint(site, "baseline", "--prune", "--check")
    assert asked.returncode == 1
    assert asked.stdout == f"{FILE} is not up to date: 1 fewer\n`postlint baseline --prune` writes it\n"
    assert postlint(site, "baseline", "--prune").stdout == f"{FILE}: 2 known findings in 2 files (1 fewer)\n"
    assert postlint(site, "baseline", "--prune", "--check").returncode == 0
    assert postlint(site, "check").returncode == 0
    edit(site, {OTHER: NOTHING, POST: NOTHING.replace("A", "C")})
    last = postlint(site, "baseline", "--prune")
    assert last.stdout.splitlines()[-1] == "all known findings are mended: the file may be deleted"
    assert postlint(site, "check").returncode == 0


def test_fixing_strikes_what_is_mended_off_the_baseline(site: Path) -> None:
    adopt(site)
    diff = postlint(site, "fix", "--diff")
    assert "+<p><strong>Head</strong></p>" in diff.stdout
    fixed = postlint(site, "fix")
    assert fixed.returncode == 0
    assert fixed.stdout.splitlines() == [
        "made 1 fix in 1 file",
        "took 1 known finding out of the baseline",
        "3 files: nothing to report; 2 known findings not shown (baseline)",
    ]
    assert "misnested" not in (site / FILE).read_text(encoding="utf-8")
    assert postlint(site, "check").returncode == 0


def test_fixing_some_rules_leaves_the_entries_of_others(site: Path) -> None:
    adopt(site)
    assert postlint(site, "fix", "--select", "html").returncode == 0
    assert '"link/empty" = 2' in (site / FILE).read_text(encoding="utf-8")


def test_a_hook_that_names_files(site: Path) -> None:
    adopt(site)
    (site / OTHER).unlink()
    assert postlint(site, "check", "--force-exclude", POST).returncode == 0
    assert postlint(site, "check").returncode == 1


def test_a_named_baseline(site: Path) -> None:
    assert postlint(site, "baseline", "--baseline", "lint.toml").returncode == 0
    assert not (site / FILE).exists()
    assert postlint(site, "check").returncode == 1
    assert postlint(site, "check", "--baseline", "lint.toml").returncode == 0
    edit(site, {"postlint.toml": 'baseline = "lint.toml"\n'})
    assert postlint(site, "check").returncode == 0
    assert postlint(site / "_posts", "check").returncode == 0
    both = postlint(site, "check", "--baseline", "lint.toml", "--no-baseline")
    assert (both.returncode, both.stdout) == (2, "")
    assert "give one of the two" in both.stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "there is no such baseline"),
        ('"a.md" = 3\n', "1:1: this is no entry of a baseline"),
        ("<<<<<<< HEAD\n", "1:1: a merge left a conflict here; `postlint baseline --prune` puts both sides together"),
    ],
)
def test_a_baseline_that_cannot_be_used_ends_the_run(site: Path, text: str | None, words: str) -> None:
    if text is not None:
        edit(site, {"lint.toml": text})
    for command in ("check", "fix"):
        failed = postlint(site, command, "--baseline", "lint.toml")
        assert failed.returncode == 2
        assert words in failed.stderr


def test_nothing_to_adopt(site: Path) -> None:
    edit(site, {OTHER: NOTHING, POST: NOTHING.replace("A", "C")})
    result = postlint(site, "baseline")
    assert (result.returncode, result.stdout) == (0, "there are no findings, so no baseline is needed\n")
    assert not (site / FILE).exists()
    assert postlint(site, "baseline", "--prune").returncode == 2


def test_json_counts_what_is_known(site: Path) -> None:
    adopt(site)
    report = json.loads(postlint(site, "check", "-f", "json").stdout)
    assert (report["summary"]["baselined"], report["diagnostics"]) == (3, [])
    listed = json.loads(postlint(site, "check", "-f", "json", "--report-known").stdout)
    assert len(listed["known"]) == 3


# --diff-base -----------------------------------------------------------------------------------------------------


def test_only_what_changed_fails_a_pull_request(site: Path) -> None:
    git(site, "switch", "--quiet", "--create", "work")
    edit(site, {OTHER: "---\ntitle: B\n---\n[x]()\n[y]()\nMore.\n"})
    commit(site)
    clean = postlint(site, "check", "--diff-base", "main")
    assert clean.returncode == 0
    assert clean.stdout == "3 files: nothing new to report; 3 older findings not shown (since main)\n"
    edit(site, {OTHER: "---\ntitle: B\n---\n[x]()\n[y]()\nMore: [z]().\n"})
    commit(site)
    shown = postlint(site, "check", "--diff-base", "main")
    assert shown.returncode == 1
    assert "6:7" in shown.stdout and shown.stdout.count("link/empty") == 1
    github = postlint(site, "check", "--diff-base", "main", "-f", "github")
    assert github.stdout.count("::error ") == 1 and "line=6" in github.stdout
    sarif = json.loads(postlint(site, "check", "--diff-base", "main", "-f", "sarif").stdout)
    assert [result["baselineState"] for result in sarif["runs"][0]["results"]] == ["new"]
    report = json.loads(postlint(site, "check", "--diff-base", "main", "-f", "json").stdout)
    assert report["diff_base"] == {"rev": "main", "commit": git(site, "rev-parse", "main").strip()}
    assert report["summary"]["older"] == 3


def test_a_revision_that_is_not_there(site: Path) -> None:
    failed = postlint(site, "check", "--diff-base", "mian")
    assert (failed.returncode, failed.stdout) == (2, "")
    assert failed.stderr == "postlint: git knows no revision `mian` here\n"
    sarif = json.loads(postlint(site, "check", "--diff-base", "mian", "-f", "sarif").stdout)
    assert sarif["runs"][0]["invocations"][0]["executionSuccessful"] is False


def test_no_files_are_left_behind(site: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    edit(site, {OTHER: "---\ntitle: B\n---\n[x]()\n", "_config.yml": "timezone: Asia/Tokyo\n"})
    assert postlint(site, "check", "--diff-base", "HEAD", TMPDIR=str(temporary)).returncode == 0
    assert list(temporary.iterdir()) == []
    status = git(site, "status", "--porcelain").split("\n")
    assert [line[3:] for line in status if line] == ["_config.yml", OTHER]
