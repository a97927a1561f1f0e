"""The baseline: what it keeps away, when it is out of date, and that git merges it."""

from __future__ import annotations

import datetime as dt
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.config.errors import ConfigError
from postlint.engine.baseline import Baseline, Key
from postlint.engine.known import pruned, updated
from postlint.engine.project import Wishes
from postlint.engine.run import Outcome
from postlint.finding import Severity
from postlint.fix.baseline import write_baseline
from tests.engine.repositories import commit, edit, git, repository_with
from tests.sites import lines, run, write_site

BAD = "<p><b>x</p></b>\n"
POSTS = {f"_posts/2024-01-0{n}-{n}.md": f"---\ntitle: Post {n}\n---\nText {n}.\n" + BAD * n for n in range(1, 6)}
FILE = ".postlint-baseline.toml"
ONE, TWO, THREE, FOUR, FIVE = POSTS
RULE = "html/misnested-tag"
STALE = f"{FILE}:{{}} suppression/stale-baseline"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", {"_config.yml": "timezone: UTC\n", **POSTS})


def adopt(root: Path, paths: tuple[str, ...] = (), *, prune: bool = False, **request: object) -> Baseline:
    """Write the baseline as ``postlint baseline`` does."""
    file = root / FILE
    known = Baseline.read(file, merging=True) if file.exists() else Baseline(file)
    engine, _ = run(root, paths, None, **request)
    write_baseline(known, pruned(engine, known) if prune else updated(engine, known))
    return Baseline.read(file)


def check(root: Path, paths: tuple[str, ...] = (), wishes: Wishes | None = None, **request: object) -> Outcome:
    return run(root, paths, wishes, baseline=Baseline.read(root / FILE), **request)[1]


def counts(root: Path) -> dict[str, int]:
    return {key.path: count for key, count in Baseline.read(root / FILE).counts.items()}


# What it keeps away ----------------------------------------------------------------------------------------------


def test_what_is_known_is_not_shown(site: Path) -> None:
    assert len(run(site)[1].diagnostics) == 15
    baseline = adopt(site)
    assert baseline.counts == {Key(path, RULE): n for n, path in enumerate(POSTS, 1)}
    outcome = check(site)
    assert lines(outcome) == [] and outcome.notices == []
    assert len(outcome.known) == 15


def test_the_file_is_toml_sorted_one_entry_a_line(site: Path) -> None:
    adopt(site)
    text = (site / FILE).read_text(encoding="utf-8")
    entries = [line for line in text.splitlines() if not line.startswith("#")]
    assert entries == [f'"{path}"."{RULE}" = {n}' for n, path in enumerate(POSTS, 1)]
    assert tomllib.loads(text) == {path: {RULE: n} for n, path in enumerate(POSTS, 1)}


def test_lines_that_move_change_nothing(site: Path) -> None:
    adopt(site)
    edit(site, {THREE: POSTS[THREE].replace("Text 3.\n", "Text 3.\n\nMore text.\n\nAnd more.\n")})
    assert lines(check(site)) == []


def test_all_of_a_file_and_rule_are_shown_where_there_are_more(site: Path) -> None:
    adopt(site)
    edit(site, {TWO: POSTS[TWO] + BAD})
    outcome = check(site)
    assert lines(outcome) == [f"{TWO}:{line} {RULE}" for line in (5, 6, 7)]
    assert outcome.notices == [
        f"{TWO}: of 3 findings of {RULE} the baseline knows 2; all are shown, because nothing tells which are new"
    ]
    assert len(outcome.known) == 13


def test_many_files_with_more_are_counted(site: Path) -> None:
    posts = {f"_posts/2024-02-{n:02}-x.md": f"---\ntitle: X{n}\n---\n{BAD}" for n in range(1, 9)}
    write_site(site, posts)
    adopt(site)
    edit(site, {path: text + BAD for path, text in posts.items()})
    notices = check(site).notices
    assert len(notices) == 6
    assert notices[-1] == "the same of 3 more pairs of file and rule"


def test_another_rule_in_a_known_file_is_new(site: Path) -> None:
    adopt(site)
    edit(site, {ONE: POSTS[ONE] + "\n[x]()\n"})
    assert lines(check(site)) == [f"{ONE}:7 link/empty"]


def test_a_severity_counts_for_nothing(site: Path) -> None:
    """What is adopted stays adopted when a rule is graded otherwise."""
    adopt(site)
    edit(site, {"postlint.toml": f'[rules]\n"{RULE}" = "warning"\n'})
    assert lines(check(site)) == []


def test_standard_input_is_held_against_it_and_judges_no_entry(site: Path) -> None:
    adopt(site)
    text = POSTS[TWO].encode()
    assert lines(check(site, (TWO,), stdin=(TWO, text))) == []
    assert lines(check(site, (TWO,), stdin=(TWO, text.replace(BAD.encode(), b"", 1)))) == []
    assert len(check(site, (TWO,), stdin=(TWO, text + BAD.encode())).diagnostics) == 3


@pytest.mark.parametrize(("cache", "jobs"), [(True, 1), (False, 2)])
def test_a_warm_run_and_several_processes_agree(site: Path, cache: bool, jobs: int) -> None:
    adopt(site)
    edit(site, {TWO: POSTS[TWO] + BAD, FIVE: "---\ntitle: Five\n---\nText.\n"})
    plain = check(site)
    for _ in range(2):
        outcome = check(site, cache=cache, jobs=jobs)
        assert (outcome.diagnostics, outcome.known) == (plain.diagnostics, plain.known)


def test_several_sites_have_one_baseline(tmp_path: Path) -> None:
    root = write_site(
        tmp_path, {"a/_config.yml": "", "a/x.md": "---\n---\n" + BAD, "b/hugo.toml": "", "b/content/y.md": BAD}
    )
    adopt(root)
    assert counts(root).keys() == {"a/x.md", "b/content/y.md"}
    assert lines(check(root)) == lines(check(root, ("b",))) == []


# When it is out of date ------------------------------------------------------------------------------------------


def test_fewer_findings_make_an_entry_stale_until_it_is_pruned(site: Path) -> None:
    adopt(site)
    edit(site, {THREE: POSTS[THREE].replace(BAD, "", 1), FIVE: "---\ntitle: Five\n---\nText.\n"})
    outcome = check(site)
    assert lines(outcome) == [STALE.format(5), STALE.format(7)]
    assert [d.severity for d in outcome.diagnostics] == [Severity.ERROR] * 2
    assert [d.finding.message.partition(", and ")[2] for d in outcome.diagnostics] == ["there are 2", "there is none"]
    adopt(site, prune=True)
    assert counts(site) == {ONE: 1, TWO: 2, THREE: 2, FOUR: 4}
    assert lines(check(site)) == []


def test_an_entry_without_its_file(site: Path) -> None:
    adopt(site)
    (site / FOUR).unlink()
    (site / FIVE).rename(site / "_posts/2024-01-05-renamed.md")
    outcome = check(site)
    assert lines(outcome)[:2] == [STALE.format(6), STALE.format(7)]
    assert len(outcome.diagnostics) == 7, "and what the renamed file has is new"
    adopt(site, prune=True)
    assert counts(site).keys() == {ONE, TWO, THREE}
    adopt(site)
    assert lines(check(site)) == []


def test_an_excluded_file_and_a_file_that_is_no_content(site: Path) -> None:
    adopt(site)
    edit(site, {"postlint.toml": 'exclude = ["_posts/2024-01-04*"]\n'})
    assert lines(check(site)) == [STALE.format(6)]
    adopt(site, prune=True)
    assert FOUR not in counts(site)


def test_a_rule_that_is_unknown_or_renamed(site: Path) -> None:
    write_site(site, {"about.md": "---\ntitle: About\n---\nLook (here)[/x/].\n"})
    adopt(site)
    text = (site / FILE).read_text(encoding="utf-8")
    text = text.replace(f'"{ONE}"."{RULE}"', f'"{ONE}"."html/x"').replace("link/printed-link", "link/reversed")
    edit(site, {FILE: text})
    outcome = check(site)
    assert lines(outcome) == [STALE.format(3), STALE.format(8), f"{ONE}:5 {RULE}"]
    assert "no rule is called that" in outcome.diagnostics[0].finding.message
    assert "is now called link/printed-link" in outcome.diagnostics[1].finding.message
    adopt(site, prune=True)
    expected = {Key(p, RULE): n for n, p in enumerate(POSTS, 1) if n > 1}
    assert Baseline.read(site / FILE).counts == expected | {Key("about.md", "link/printed-link"): 1}


def test_some_paths_are_judged_by_their_entries(site: Path) -> None:
    adopt(site)
    clean = "---\ntitle: Clean\n---\nText.\n"
    edit(site, {TWO: clean, THREE: clean.replace("Clean", "Too")})
    (site / FIVE).unlink()
    assert lines(check(site, (ONE, TWO), force_exclude=True)) == [STALE.format(4)]
    assert lines(check(site, (ONE,))) == []
    assert lines(check(site, ("_posts",))) == [STALE.format(n) for n in (4, 5, 7)]
    adopt(site, (TWO,), prune=True)
    assert counts(site).keys() == {ONE, THREE, FOUR, FIVE}


def test_rules_that_do_not_run_are_not_judged(site: Path) -> None:
    adopt(site)
    edit(site, {FIVE: "---\ntitle: Five\n---\nText.\n"})
    only = Wishes(select=("link", "suppression"))
    assert lines(check(site, wishes=only)) == []
    edit(site, {"postlint.toml": f'[[overrides]]\npaths = ["{FIVE}"]\nrules = {{ "{RULE}" = "off" }}\n'})
    assert lines(check(site)) == []
    adopt(site, prune=True)
    assert FIVE not in counts(site), "but a rule that is off needs no entry"


def test_an_entry_of_warnings_is_a_warning_when_it_is_stale(site: Path) -> None:
    adopt(site)
    edit(site, {FIVE: "---\ntitle: Five\n---\nText.\n", "postlint.toml": f'[rules]\n"{RULE}" = "warning"\n'})
    assert [d.severity for d in check(site).diagnostics] == [Severity.WARNING]


def test_it_may_be_switched_off(site: Path) -> None:
    adopt(site)
    edit(
        site,
        {FIVE: "---\ntitle: Five\n---\nText.\n", "postlint.toml": '[rules]\n"suppression/stale-baseline" = "off"\n'},
    )
    assert lines(check(site)) == []


def test_what_the_clock_mends_makes_no_entry_stale(tmp_path: Path) -> None:
    files = {"_config.yml": "timezone: UTC\n", "_posts/2026-03-01-a.md": "---\ntitle: A\n---\nText.\n"}
    root = write_site(tmp_path, {**files, "postlint.toml": '[rules]\n"date/future" = "error"\n'})
    assert len(adopt(root).counts) == 1
    assert lines(check(root)) == []
    later = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
    assert lines(check(root, now=later)) == []
    adopt(root, prune=True, now=later)
    assert counts(root) == {}


def test_a_crash_is_no_proof_that_findings_are_gone(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from postlint_rules.html.misnested_tag import MisnestedTag

    adopt(site)

    def broken(*_: object) -> Iterator[object]:
        raise RuntimeError("oh no")

    monkeypatch.setattr(MisnestedTag, "check", broken)
    outcome = check(site)
    assert len(outcome.crashes) == 5 and lines(outcome) == []
    before = (site / FILE).read_bytes()
    adopt(site, prune=True)
    assert (site / FILE).read_bytes() == before


def test_a_file_that_cannot_be_read_is_no_proof_either(site: Path) -> None:
    adopt(site)
    (site / FIVE).unlink()
    (site / FIVE).symlink_to("nowhere")
    outcome = check(site)
    assert outcome.problems and lines(outcome) == []


def test_prune_takes_nothing_in_and_update_does(site: Path) -> None:
    adopt(site)
    edit(site, {ONE: POSTS[ONE] + BAD + "\n[x]()\n", TWO: POSTS[TWO].replace(BAD, "", 1)})
    adopt(site, prune=True)
    assert counts(site) == {ONE: 1, TWO: 1, THREE: 3, FOUR: 4, FIVE: 5}
    adopt(site)
    assert Baseline.read(site / FILE).counts[Key(ONE, "link/empty")] == 1
    assert counts(site)[TWO] == 1
    assert lines(check(site)) == []


# The file --------------------------------------------------------------------------------------------------------


@given(
    st.dictionaries(
        st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.text(min_size=1)), st.integers(1, 999_999)
    )
)
def test_every_name_comes_back_and_is_toml(
    tmp_path_factory: pytest.TempPathFactory, entries: dict[tuple[str, str], int]
) -> None:
    entries = {(path, rule.encode("utf-8", "replace").decode()): n for (path, rule), n in entries.items()}
    file = tmp_path_factory.mktemp("b") / FILE
    wanted = {Key(*key): count for key, count in entries.items()}
    write_baseline(Baseline(file), wanted)
    assert Baseline.read(file).counts == wanted
    loaded = tomllib.loads(file.read_bytes().decode())
    assert {(p, r): n for p, rules in loaded.items() for r, n in rules.items()} == entries


def test_comments_above_and_line_ends_stay(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_bytes(b'\xef\xbb\xbf# ours\r\n\r\n"a.md"."x/y" = 2\r\n"b.md"."x/y" = 1\r\n')
    baseline = Baseline.read(file)
    assert not write_baseline(baseline, baseline.counts)
    write_baseline(baseline, {Key("b.md", "x/y"): 1})
    assert file.read_bytes() == b'# ours\r\n"b.md"."x/y" = 1\r\n'


@pytest.mark.parametrize(
    "line", ['"a.md" = 1', '"a.md"."x" = -1', '"a.md"."x" = 1.5', "[a]", '"a\\q"."x" = 1', "a.x = 1"]
)
def test_a_line_that_is_no_entry_is_an_error_with_its_place(tmp_path: Path, line: str) -> None:
    file = tmp_path / FILE
    file.write_text(f'# c\n"a.md"."x" = 1\n{line}\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"baseline\.toml:3:1: this is no entry of a baseline"):
        Baseline.read(file)


def test_a_file_of_something_else_gives_a_few_errors(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_text("what is this\n" * 1000, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        Baseline.read(file)
    assert len(str(caught.value).splitlines()) == 6


def test_a_baseline_that_is_not_there_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"there is no such baseline: .*; `postlint baseline` writes it"):
        Baseline.read(tmp_path / FILE)


def test_which_baseline_counts(site: Path) -> None:
    engine, _ = run(site)
    assert engine.settings.baseline_in_use() is None
    adopt(site)
    assert engine.settings.baseline_in_use() == site / FILE
    edit(site, {"postlint.toml": 'baseline = "lint/known.toml"\n'})
    assert run(site)[0].settings.baseline_in_use() == site / "lint/known.toml"


def test_ten_thousand_entries_are_read_quickly(tmp_path: Path) -> None:
    file = tmp_path / FILE
    write_baseline(Baseline(file), {Key(f"_posts/{n}.md", RULE): 1 for n in range(10_000)})
    assert len(Baseline.read(file).counts) == 10_000


# Merging ---------------------------------------------------------------------------------------------------------


def branches(tmp_path: Path, ours: dict[str, str], theirs: dict[str, str], *, attributes: str = "") -> Path:
    """A repository in which two branches changed posts, each with its baseline, just before they are merged."""
    root = repository_with(tmp_path / "site", {"_config.yml": "timezone: UTC\n", ".gitattributes": attributes, **POSTS})
    adopt(root)
    commit(root)
    git(root, "switch", "--quiet", "--create", "theirs")
    for files, branch in ((theirs, "theirs"), (ours, "main")):
        git(root, "switch", "--quiet", branch)
        edit(root, files)
        adopt(root)
        commit(root)
    return root


def clean(path: str) -> dict[str, str]:
    return {path: POSTS[path].replace(BAD, "")}


def new(name: str) -> dict[str, str]:
    return {f"_posts/{name}.md": f"---\ntitle: {name}\n---\n{BAD}"}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (clean(ONE), clean(THREE)),
        (clean(TWO), {FIVE: POSTS[FIVE].replace(BAD, "", 2)}),
        (clean(FIVE), new("2023-01-01-first")),
        (new("2023-01-01-first"), new("2025-01-01-last")),
        (clean(ONE), clean(ONE)),
    ],
)
def test_git_merges_what_two_branches_did_to_different_places(
    tmp_path: Path, ours: dict[str, str], theirs: dict[str, str]
) -> None:
    root = branches(tmp_path, ours, theirs)
    git(root, "merge", "--quiet", "--no-edit", "theirs")
    before = (root / FILE).read_bytes()
    assert lines(check(root)) == []
    adopt(root)
    assert (root / FILE).read_bytes() == before


NEIGHBOURS = [
    (clean(TWO), clean(THREE)),
    ({TWO: POSTS[TWO].replace(BAD, "", 1)}, clean(TWO)),
    (new("2025-01-01-a"), new("2025-01-01-b")),
]


@pytest.mark.parametrize(("ours", "theirs"), NEIGHBOURS)
@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_pruning_puts_a_conflict_between_neighbours_right(
    tmp_path: Path, ours: dict[str, str], theirs: dict[str, str], style: str
) -> None:
    root = branches(tmp_path, ours, theirs)
    git(root, "config", "merge.conflictStyle", style)
    with pytest.raises(subprocess.CalledProcessError):
        git(root, "merge", "--quiet", "--no-edit", "theirs")
    for path in ours.keys() & theirs.keys():
        git(root, "checkout", "--quiet", "--theirs", path)
    with pytest.raises(ConfigError, match=r":\d+:1: a merge left a conflict here; `postlint baseline --prune` puts"):
        Baseline.read(root / FILE)
    adopt(root, prune=True)
    assert lines(check(root)) == []
    before = (root / FILE).read_bytes()
    adopt(root)
    assert (root / FILE).read_bytes() == before


@pytest.mark.parametrize(("ours", "theirs"), [NEIGHBOURS[0], NEIGHBOURS[2]])
def test_with_a_union_there_is_no_conflict_at_all(tmp_path: Path, ours: dict[str, str], theirs: dict[str, str]) -> None:
    root = branches(tmp_path, ours, theirs, attributes=f"{FILE} merge=union\n")
    git(root, "merge", "--quiet", "--no-edit", "theirs")
    assert {d.rule for d in check(root).diagnostics} <= {"suppression/stale-baseline"}
    adopt(root, prune=True)
    assert lines(check(root)) == []


def test_an_entry_that_stands_twice_counts_with_the_greater_number(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_text('"a.md"."x" = 1\n"a.md"."x" = 3\n"a.md"."x" = 2\n', encoding="utf-8")
    baseline = Baseline.read(file)
    assert baseline.counts == {Key("a.md", "x"): 3}
    assert write_baseline(baseline, baseline.counts)
    assert file.read_text(encoding="utf-8").count("a.md") == 1
