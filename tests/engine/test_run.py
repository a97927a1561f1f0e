"""The run as a whole: cold = warm, one process = several, crashes, suppressions, what is asked = what is reported."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from postlint.engine import pool
from postlint.engine.project import UsageError, Wishes, open_project
from postlint.engine.run import CACHE_FOLDER, Outcome
from postlint.generators.jekyll import Jekyll
from tests.sites import lines, run, write_site

MISNESTED = "---\ntitle: A\n---\n<p><strong>Head</p>\n<p></strong>Body</p>\n"
CLEAN = "---\ntitle: B\n---\nText.\n"

PACK = """
import os, time
from postlint.api import DocumentRule, Finding, Span

class {name}(DocumentRule):
    def check(self, doc):
        {body}
        yield Finding(Span(0, 0), "seen")
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {f"_posts/2024-01-{day:02}-post.md": MISNESTED if day % 3 == 0 else CLEAN for day in range(1, 29)}
    return write_site(tmp_path / "site", {"_config.yml": "timezone: UTC\n", **files})


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path for a test's own pack ``house``."""
    monkeypatch.syspath_prepend(str(tmp_path / "packs"))
    folder = tmp_path / "packs" / "house_rules"
    (folder / "own").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "own" / "__init__.py").write_text("")
    yield folder
    from postlint.packs import _pack_entries, source_digest

    _pack_entries.cache_clear()
    source_digest.cache_clear()
    for name in [name for name in sys.modules if name.startswith("house_rules")]:
        del sys.modules[name]


def rule(pack: Path, name: str, body: str) -> None:
    (pack / "own" / f"{name}.py").write_text(PACK.format(name=name.title().replace("_", ""), body=body))


def told(outcome: Outcome) -> object:
    return (outcome.diagnostics, outcome.suppressed, outcome.checked, outcome.crashes, outcome.problems)


def test_a_fix_of_the_byte_order_mark_is_kept(tmp_path: Path) -> None:
    root = write_site(tmp_path, {"_config.yml": "", "about.md": b"\xef\xbb\xbf---\ntitle: A\n---\n"})
    cold, warm = (run(root, cache=True)[1] for _ in range(2))
    assert warm.analysed == 0
    for outcome in (cold, warm):
        [fix] = [d.finding.fix for d in outcome.diagnostics if d.rule == "post/byte-order-mark"]
        assert fix is not None and fix.drop_byte_order_mark and not fix.edits


def test_cold_warm_and_several_processes_agree(site: Path) -> None:
    _, cold = run(site)
    assert [line for line in lines(cold) if line.endswith("html/misnested-tag")]
    _, first = run(site, cache=True)
    _, warm = run(site, cache=True)
    _, several = run(site, jobs=2)
    assert (first.analysed, warm.analysed) == (28, 0)
    assert told(cold) == told(first) == told(warm) == told(several)


def test_only_what_changed_is_read_again(site: Path) -> None:
    run(site, cache=True)
    (site / "_posts/2024-01-03-post.md").write_text(CLEAN + "More.\n", encoding="utf-8")
    (site / "_posts/2024-01-06-post.md").unlink()
    _, warm = run(site, cache=True)
    _, cold = run(site)
    assert warm.analysed == 1
    assert told(warm) == told(cold)


def test_a_file_is_read_again_when_its_surroundings_change(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def beside(generator: Jekyll, path: str, there: Callable[[str], bool]) -> str:
        return "beside an index" if path.endswith("-05-post.md") and there("_posts/index.png") else ""

    monkeypatch.setattr(Jekyll, "surroundings", beside)
    run(site, cache=True)
    (site / "_posts" / "index.png").write_bytes(b"")
    engine, changed = run(site, cache=True)
    assert changed.analysed == 1
    assert engine.survey.document("_posts/2024-01-05-post.md").surroundings == "beside an index"
    assert run(site, cache=True)[1].analysed == 0
    (site / "_posts" / "index.png").unlink()
    assert run(site, cache=True)[1].analysed == 1


def test_a_touched_file_is_read_but_not_parsed(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(site, cache=True)
    post = site / "_posts/2024-01-03-post.md"
    post.touch()
    with monkeypatch.context() as patch:
        patch.setattr("postlint.engine.analyse.collect", lambda *_: pytest.fail("it was parsed"))
        _, warm = run(site, cache=True)
    assert warm.analysed == 1
    assert told(warm) == told(run(site)[1])


def test_what_site_rules_said_is_kept_until_something_changes(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also a file that is not content counts: links may point to it."""
    (site / "_posts/2024-01-03-post.md").write_text("---\ntitle: A\n---\n[a](/x.png) [b](/y.png)\n", encoding="utf-8")
    targets = [run(site, cache=True)[1] for _ in range(2)]
    assert told(targets[0]) == told(targets[1])
    assert sum(d.rule == "link/missing-target" for d in targets[0].diagnostics) == 2
    (site / "x.png").write_bytes(b"")
    _, after = run(site, cache=True)
    assert sum(d.rule == "link/missing-target" for d in after.diagnostics) == 1
    assert told(after) == told(run(site)[1])


def test_the_clock_is_never_kept(site: Path) -> None:
    import datetime as dt

    (site / "_posts/2026-06-01-later.md").write_text("---\ntitle: A\ndate: 2026-06-01\n---\n", encoding="utf-8")
    wishes = Wishes(select=("date/future",))
    early, late = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
    assert [len(run(site, wishes=wishes, cache=True, now=now)[1].diagnostics) for now in (early, early, late)] == [
        1,
        1,
        0,
    ]


def test_changed_settings_are_no_old_answers(site: Path) -> None:
    run(site, cache=True)
    (site / "_config.yml").write_text("timezone: Asia/Tokyo\n", encoding="utf-8")
    assert run(site, cache=True)[1].analysed == 28


def test_a_severity_changes_nothing_in_the_index(site: Path) -> None:
    run(site, cache=True)
    (site / "postlint.toml").write_text('[rules]\n"html/misnested-tag" = "warning"\n', encoding="utf-8")
    _, warm = run(site, cache=True)
    assert warm.analysed == 0
    assert {d.severity.label for d in warm.diagnostics if d.rule == "html/misnested-tag"} == {"warning"}


def test_select_on_the_command_line_keeps_the_index(site: Path) -> None:
    run(site, cache=True)
    _, some = run(site, wishes=Wishes(select=("html",)), cache=True)
    assert some.analysed == 0
    assert {d.rule.partition("/")[0] for d in some.diagnostics} == {"html"}


def test_the_site_is_indexed_and_the_paths_are_reported(site: Path) -> None:
    _, outcome = run(site, ["_posts/2024-01-03-post.md", "_posts/2024-01-04-post.md"])
    assert {d.path for d in outcome.diagnostics} == {"_posts/2024-01-03-post.md"}
    assert outcome.indexed == 28
    assert outcome.checked == ["_posts/2024-01-03-post.md", "_posts/2024-01-04-post.md"]


def test_standard_input_stands_for_a_file_and_is_forgotten(site: Path) -> None:
    path = "_posts/2024-01-01-post.md"
    run(site, cache=True)
    _, outcome = run(site, [path], stdin=(path, MISNESTED.encode()), cache=True)
    assert lines(outcome) == [f"{path}:4 html/misnested-tag"]
    assert told(run(site, cache=True)[1]) == told(run(site)[1])


def test_a_damaged_index_is_rebuilt(site: Path) -> None:
    _, before = run(site, cache=True)
    for file in (site / CACHE_FOLDER).glob("index*"):
        file.write_bytes(b"not a database" * 100)
    _, after = run(site, cache=True)
    assert told(before) == told(after)
    assert after.analysed == 28


def test_the_cache_folder_keeps_itself_out_of_git_and_backups(site: Path) -> None:
    run(site, cache=True)
    assert (site / CACHE_FOLDER / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert (site / CACHE_FOLDER / ".gitignore").read_text().strip().endswith("*")


# Rules that fail --------------------------------------------------------------------------------------------------


def test_an_exception_in_a_rule_is_said_and_the_others_go_on(site: Path, pack: Path) -> None:
    rule(pack, "broken_rule", 'raise RuntimeError("oh no")')
    rule(pack, "good_rule", "pass")
    (site / "postlint.toml").write_text('packs = ["house_rules"]\n', encoding="utf-8")
    _, outcome = run(site)
    assert {(c.rule, c.error.split(" (")[0]) for c in outcome.crashes} == {("own/broken-rule", "RuntimeError: oh no")}
    assert len(outcome.crashes) == 28
    assert sum(d.rule == "own/good-rule" for d in outcome.diagnostics) == 28
    assert any(d.rule == "html/misnested-tag" for d in outcome.diagnostics)


def test_a_span_outside_the_text_is_the_rules_fault(site: Path, pack: Path) -> None:
    rule(pack, "wide_rule", 'yield Finding(Span(0, 10_000), "too far")')
    (site / "postlint.toml").write_text('packs = ["house_rules"]\n', encoding="utf-8")
    _, outcome = run(site)
    assert {c.rule for c in outcome.crashes} == {"own/wide-rule"}


def test_a_crashed_answer_is_not_kept(site: Path, pack: Path) -> None:
    rule(pack, "broken_rule", 'raise RuntimeError("oh no")')
    (site / "postlint.toml").write_text('packs = ["house_rules"]\n', encoding="utf-8")
    run(site, cache=True)
    assert len(run(site, cache=True)[1].crashes) == 28


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_worker_that_dies_costs_its_file_only(
    site: Path, pack: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    if method == "fork" and sys.platform != "linux":
        pytest.skip("fork is used on Linux only")
    monkeypatch.setattr(pool, "_start_method", lambda: method)
    rule(pack, "deadly_rule", 'os._exit(7) if doc.path.endswith("01-05-post.md") else None')
    (site / "postlint.toml").write_text('packs = ["house_rules"]\n', encoding="utf-8")
    _, outcome = run(site, jobs=2)
    assert [c.path for c in outcome.crashes] == ["_posts/2024-01-05-post.md"]
    assert sum(d.rule == "own/deadly-rule" for d in outcome.diagnostics) == 27


def test_a_pack_that_does_not_load_stops_the_run(site: Path, pack: Path) -> None:
    (pack / "own" / "bad.py").write_text("import no_such_module\n")
    (site / "postlint.toml").write_text('packs = ["house_rules"]\n', encoding="utf-8")
    with pytest.raises(UsageError, match="own/bad cannot be loaded: ModuleNotFoundError"):
        run(site)
    (site / "postlint.toml").write_text('packs = ["no_such_pack"]\n', encoding="utf-8")
    with pytest.raises(UsageError, match="no_such_pack"):
        run(site)


# Suppressions and severities --------------------------------------------------------------------------------------


def test_a_suppressed_finding_is_not_reported_and_counts(tmp_path: Path) -> None:
    comment = "<!-- postlint-disable-next-line html/misnested-tag: the sender's markup -->\n"
    post = MISNESTED.replace("<p><strong>", comment + "<p><strong>")
    write_site(tmp_path, {"_config.yml": "", "_posts/2024-01-02-a.md": post})
    _, outcome = run(tmp_path)
    assert lines(outcome) == []
    assert outcome.suppressed == 1


def test_an_override_grades_by_path(site: Path) -> None:
    toml = '[[overrides]]\npaths = ["_posts/2024-01-03*"]\n[overrides.rules]\n"html/misnested-tag" = "off"\n'
    (site / "postlint.toml").write_text(toml, encoding="utf-8")
    _, outcome = run(site)
    assert not [line for line in lines(outcome) if line.startswith("_posts/2024-01-03")]
    assert [line for line in lines(outcome) if line.startswith("_posts/2024-01-06")]


# Paths ------------------------------------------------------------------------------------------------------------


def test_a_path_that_is_not_there_names_the_nearest(site: Path) -> None:
    with pytest.raises(UsageError, match=r"2024-01-03-pots\.md.*did you mean `2024-01-03-post\.md`"):
        open_project([str(site / "_posts/2024-01-03-pots.md")], Wishes())


def test_an_explicit_file_is_read_though_excluded_unless_forced(site: Path) -> None:
    (site / "postlint.toml").write_text('exclude = ["_posts/2024-01-03*"]\n', encoding="utf-8")
    path = "_posts/2024-01-03-post.md"
    assert run(site, [path])[1].checked == [path]
    assert run(site, [path], force_exclude=True)[1].checked == []
    assert path not in run(site)[1].checked


def test_a_hook_that_names_a_layout_does_not_ask_to_read_it_as_a_page(site: Path) -> None:
    (site / "_layouts").mkdir()
    (site / "_layouts" / "default.html").write_text("<p><b>x</p></html>\n", encoding="utf-8")
    path = "_layouts/default.html"
    assert run(site, [path])[1].checked == [path]
    assert run(site, [path], force_exclude=True)[1].checked == []


def test_progress_counts_every_file_once(site: Path) -> None:
    for jobs in (1, 2):
        seen: list[tuple[int, int]] = []
        run(site, jobs=jobs, progress=lambda total, advance, seen=seen: seen.append((total, advance)))
        assert {total for total, _ in seen} == {28}
        assert sum(advance for _, advance in seen) == 28


def test_layouts_and_includes_are_reported_on_only_where_they_are_named(site: Path) -> None:
    write_site(site, {"_includes/foot.html": "</div>\n", "_layouts/post.html": "<p><b>x</p></b>\n"})
    _, everything = run(site)
    assert not {"_includes/foot.html", "_layouts/post.html"}.intersection(everything.checked)
    assert not [line for line in lines(everything) if line.startswith(("_includes", "_layouts"))]
    _, named = run(site, ["_includes/foot.html"])
    assert lines(named) == ["_includes/foot.html:1 html/stray-end-tag"]


def test_what_was_kept_of_the_whole_site_is_told_of_a_layout_that_is_named_later(site: Path) -> None:
    write_site(site, {"_layouts/post.html": "<p><b>x</p></b>\n"})
    run(site, cache=True)
    _, named = run(site, ["_layouts/post.html"], cache=True)
    assert lines(named) == ["_layouts/post.html:1 html/misnested-tag"]


def test_a_site_configuration_is_asked_for_with_its_site_or_by_its_name(tmp_path: Path) -> None:
    root = write_site(
        tmp_path,
        {
            "a/_config.yml": "relative_permalinks: yes\n",
            "a/index.md": "---\n---\n",
            "a/posts/b.md": "---\n---\n",
            "c.md": "C",
        },
    )

    def told(*paths: str) -> tuple[list[str], list[str]]:
        _, outcome = run(root, paths)
        return [d.path for d in outcome.diagnostics if d.rule == "site/removed-setting"], outcome.checked

    config = "a/_config.yml"
    assert told() == ([config], [config, "a/index.md", "a/posts/b.md", "c.md"])
    assert told("a") == ([config], [config, "a/index.md", "a/posts/b.md"])
    assert told(config) == ([config], [config])
    assert told(config, "c.md") == ([config], [config, "c.md"])
    assert told("a/posts") == ([], ["a/posts/b.md"])
    assert told("a/index.md") == ([], ["a/index.md"])


def test_what_is_said_of_a_configuration_moves_with_its_lines(tmp_path: Path) -> None:
    root = write_site(tmp_path, {"_config.yml": "url: rye.example\n", "index.md": "---\n---\n"})

    def places() -> list[tuple[int, int]]:
        _, outcome = run(root, cache=True)
        return [(d.start.line, d.start.column) for d in outcome.diagnostics]

    assert places() == places() == [(1, 6)]
    write_site(root, {"_config.yml": "# 黑麦\r\ntitle: 黑麦\r\nurl:  rye.example\r\n"})
    assert places() == [(3, 7)]


@pytest.mark.parametrize(
    ("files", "outside"),
    [
        ({"hugo.toml": 'contentDir = "src/content"\nlayoutDir = "src/layouts"\n'}, "src/layouts/list.html"),
        ({"mkdocs.yml": "site_name: Tea\n"}, "tea/themes/base.html"),
        ({"config.toml": 'base_url = "https://tea.example"\n', "content/_index.md": ""}, "parts/head.html"),
        ({"_config.yml": "exclude: [vendor]\n"}, "vendor/theme/head.html"),
    ],
)
def test_html_that_is_no_page_is_read_only_where_it_is_named(
    files: dict[str, str], outside: str, tmp_path: Path
) -> None:
    write_site(tmp_path, {**files, outside: "<p><b>x</p>\n", "docs/a.md": "a\n", "index.md": "a\n"})
    assert outside not in run(tmp_path)[1].checked
    assert lines(run(tmp_path, [outside])[1]) == [f"{outside}:1 html/unclosed-tag"]


def test_a_comment_with_the_former_name_of_a_rule_means_it(tmp_path: Path) -> None:
    post = "---\ntitle: A\n---\n<!-- postlint-disable-next-line link/reversed: so -->\nLook (here)[/x/].\n"
    write_site(tmp_path, {"_config.yml": "", "_posts/2024-01-02-a.md": post})
    _, outcome = run(tmp_path)
    assert lines(outcome) == []
    assert outcome.suppressed == 1
    write_site(tmp_path, {"_posts/2024-01-02-a.md": post.replace("(here)[/x/]", "here")})
    assert lines(run(tmp_path)[1]) == ["_posts/2024-01-02-a.md:4 suppression/unused"]


def test_a_comment_of_no_kind_is_one_finding(tmp_path: Path) -> None:
    post = "---\ntitle: A\n---\n<!-- postlint-disable-nextline link/empty: so -->\nText.\n"
    write_site(tmp_path, {"_config.yml": "", "_posts/2024-01-02-a.md": post})
    assert lines(run(tmp_path)[1]) == ["_posts/2024-01-02-a.md:4 suppression/unknown-rule"]
