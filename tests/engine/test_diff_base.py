"""``--diff-base``: what the changes since a revision bring, wherever it shows."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from postlint.engine.changes import Changes
from postlint.engine.past import PastTree
from postlint.engine.project import Wishes
from postlint.engine.run import Outcome, Request
from postlint.engine.since import PastRun
from postlint.engine.survey import Survey
from postlint.finding import Diagnostic
from tests.engine.repositories import commit, edit, git, repository_with
from tests.sites import lines, run

CONFIG = "timezone: UTC\nurl: https://tea.example\npermalink: /:year/:title/\n"
A, B, C = (f"_posts/2024-01-0{n}-{name}.md" for n, name in enumerate(("assam", "black", "ceylon"), 1))
SITE: dict[str, str | bytes] = {
    "_config.yml": CONFIG,
    A: "---\ntitle: Assam\n---\n[b](/2024/black/)\n[old](/nowhere/)\n",
    B: "---\ntitle: Black\n---\n## Steeping\n\nText.\n",
    C: "---\ntitle: Ceylon\n---\n[s](/2024/black/#steeping)\n![cup](/cup.png)\n",
    "cup.png": b"\x89PNG",
    "about.md": "---\ntitle: About\n---\n[x]()\n",
}
WISHES = Wishes(select=("link", "html", "post", "taxonomy", "front-matter", "suppression"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository_with(tmp_path / "site", SITE)


def since(root: Path, rev: str = "HEAD", paths: tuple[str, ...] = (), **request: object) -> Outcome:
    with Changes(root, rev) as changes:
        return run(root, paths, WISHES, since=changes, **request)[1]


def new(root: Path, rev: str = "HEAD", paths: tuple[str, ...] = ()) -> list[str]:
    """What is new, the same without an index, with a cold one and with a warm one."""
    plain = since(root, rev, paths)
    for _ in range(2):
        kept = since(root, rev, paths, cache=True)
        assert (kept.diagnostics, kept.older) == (plain.diagnostics, plain.older)
    whole = run(root, paths, WISHES, cache=True)[1]
    assert len(whole.diagnostics) == len(plain.diagnostics) + plain.older, "the index is as the files are"
    return lines(plain)


def test_nothing_changed(root: Path) -> None:
    assert len(run(root, (), WISHES)[1].diagnostics) == 2
    outcome = since(root)
    assert (lines(outcome), outcome.older) == ([], 2)
    assert new(root) == []


def test_a_new_finding_beside_an_old_one(root: Path) -> None:
    edit(root, {A: str(SITE[A]).replace("[old]", "[new](/gone/)\n[old]")})
    assert new(root) == [f"{A}:5 link/missing-target"]


def test_lines_that_only_moved_are_old(root: Path) -> None:
    edit(root, {A: str(SITE[A]).replace("---\n[b]", "---\nOne.\n\nTwo.\n\n[b]")})
    assert new(root) == []


def test_an_old_finding_in_a_changed_line_is_new(root: Path) -> None:
    edit(root, {A: str(SITE[A]).replace("[old](/nowhere/)", "Look: [old](/nowhere/)")})
    assert new(root) == [f"{A}:5 link/missing-target"]


def test_of_equal_lines_the_added_one_is_new(root: Path) -> None:
    edit(root, {A: str(SITE[A]) + "\nMore.\n[old](/nowhere/)\n"})
    assert new(root) == [f"{A}:8 link/missing-target"]
    edit(root, {A: str(SITE[A]).replace("[b]", "[old](/nowhere/)\n\n[b]")})
    assert new(root) == [f"{A}:4 link/missing-target"]


def test_a_new_file_that_is_not_tracked(root: Path) -> None:
    edit(root, {"_posts/2024-01-04-new.md": "---\ntitle: New\n---\n[x]()\n"})
    assert new(root) == ["_posts/2024-01-04-new.md:4 link/empty"]


def test_a_renamed_file_keeps_its_old_findings(root: Path) -> None:
    git(root, "mv", A, "_posts/2024-01-01-assam-tea.md")
    assert new(root) == []
    edit(root, {"_posts/2024-01-01-assam-tea.md": str(SITE[A]) + "[x]()\n"})
    assert new(root) == ["_posts/2024-01-01-assam-tea.md:6 link/empty"]


def test_a_deleted_page_breaks_links_in_files_that_did_not_change(root: Path) -> None:
    (root / B).unlink()
    assert new(root) == [f"{A}:4 link/missing-target", f"{C}:4 link/missing-target"]
    assert new(root, paths=(C,)) == [f"{C}:4 link/missing-target"]


def test_a_renamed_page_breaks_links_too(root: Path) -> None:
    git(root, "mv", B, "_posts/2024-01-02-green.md")
    assert new(root) == [f"{A}:4 link/missing-target", f"{C}:4 link/missing-target"]


def test_a_message_that_names_a_renamed_file_is_no_other(root: Path) -> None:
    edit(root, {"other.md": "---\ntitle: Other\npermalink: /2024/black/\n---\nText.\n"})
    commit(root)
    assert any(B in d.finding.message or B in str(d.finding.related) for d in run(root, (), WISHES)[1].diagnostics)
    git(root, "mv", B, B.replace("01-02", "02-02"))
    assert new(root) == []


def test_a_name_that_differs_in_case_alone(root: Path) -> None:
    git(root, "mv", A, A.replace("assam", "Assam"))
    assert new(root) == []


def test_a_deleted_picture(root: Path) -> None:
    (root / "cup.png").unlink()
    assert new(root) == [f"{C}:5 link/missing-target"]


def test_a_renamed_heading_breaks_the_links_to_its_id(root: Path) -> None:
    edit(root, {B: str(SITE[B]).replace("## Steeping", "## How to steep")})
    assert new(root) == [f"{C}:4 link/missing-anchor"]


def test_a_changed_permalink_breaks_links_everywhere(root: Path) -> None:
    edit(root, {"_config.yml": CONFIG.replace("/:year/:title/", "/tea/:title/")})
    assert new(root) == [f"{A}:4 link/missing-target", f"{C}:4 link/missing-target"]


def test_a_configuration_that_is_new(tmp_path: Path) -> None:
    root = repository_with(
        tmp_path / "s", {k: v for k, v in SITE.items() if k != "_config.yml"} | {"Gemfile": 'gem "jekyll"'}
    )
    edit(root, {"_config.yml": CONFIG, A: str(SITE[A]).replace("[b](/2024/black/)", "[b](/2024/01/02/black.html)")})
    assert new(root) == [f"{A}:4 link/missing-target"]


def test_a_configuration_that_could_not_be_read_before(root: Path) -> None:
    edit(root, {"_config.yml": "a: [\n"})
    commit(root)
    edit(root, {"_config.yml": CONFIG, A: str(SITE[A]) + "[x]()\n"})
    assert new(root) == [f"{A}:6 link/empty"]


def test_a_term_that_becomes_a_variant_of_others(tmp_path: Path) -> None:
    posts = {f"_posts/2024-01-{n:02}-p.md": f"---\ntitle: P{n}\ntags: [matcha]\n---\nText {n}.\n" for n in range(1, 12)}
    root = repository_with(tmp_path / "s", {"_config.yml": CONFIG, **posts})
    changed = "_posts/2024-01-05-p.md"
    edit(root, {changed: posts[changed].replace("[matcha]", "[Matcha]")})
    assert new(root) == [f"{changed}:3 taxonomy/variant"]


def test_a_second_page_at_an_address(root: Path) -> None:
    edit(root, {"other.md": "---\ntitle: Other\npermalink: /2024/black/\n---\nText.\n"})
    assert "post/duplicate-url" in {line.partition(" ")[2] for line in new(root)}


def test_a_suppression_that_is_taken_away(root: Path) -> None:
    comment = "<!-- postlint-disable-next-line link/missing-target: it comes back in spring -->\n"
    with_it = str(SITE[A]).replace("[old]", comment + "[old]")
    edit(root, {A: with_it})
    commit(root)
    edit(root, {A: str(SITE[A])})
    assert new(root) == [f"{A}:5 link/missing-target"]
    edit(root, {A: with_it, "nowhere.md": "---\ntitle: N\npermalink: /nowhere/\n---\nText.\n"})
    assert new(root) == [f"{A}:5 suppression/unused"]


def test_a_finding_of_the_site_configuration(root: Path) -> None:
    edit(root, {"_config.yml": CONFIG + "relative_permalinks: true\n"})
    with Changes(root, "HEAD") as changes:
        outcome = run(root, (), Wishes(select=("site",)), since=changes)[1]
    assert lines(outcome) == ["_config.yml:4 site/removed-setting"]
    commit(root)
    edit(root, {"_config.yml": "title: Tea\n" + CONFIG + "relative_permalinks: true\n"})
    with Changes(root, "HEAD") as changes:
        assert lines(run(root, (), Wishes(select=("site",)), since=changes)[1]) == []


# Our own settings ------------------------------------------------------------------------------------------------


def test_a_rule_that_is_switched_on_shows_what_the_changes_bring_and_no_more(root: Path) -> None:
    edit(root, {"postlint.toml": '[rules]\n"html/obsolete-tag" = "error"\n', B: str(SITE[B]) + "<center>x</center>\n"})
    commit(root)
    first = git(root, "rev-parse", "HEAD").strip()
    edit(root, {"postlint.toml": '[rules]\n"html/obsolete-tag" = "off"\n'})
    commit(root)
    edit(root, {"postlint.toml": '[rules]\n"html/obsolete-tag" = "error"\n'})
    assert new(root) == []
    edit(root, {A: str(SITE[A]) + "<center>y</center>\n"})
    assert new(root) == new(root, first) == [f"{A}:6 html/obsolete-tag"]


def test_a_file_that_is_no_longer_excluded_is_no_new_one(root: Path) -> None:
    edit(root, {"postlint.toml": 'exclude = ["about.md"]\n'})
    commit(root)
    edit(root, {"postlint.toml": ""})
    assert new(root) == []
    (root / "postlint.toml").unlink()
    assert new(root) == []


def test_an_excluded_file_that_is_named(root: Path) -> None:
    edit(root, {"postlint.toml": 'exclude = ["about.md"]\n'})
    commit(root)
    edit(root, {"about.md": str(SITE["about.md"]) + "[y]()\n"})
    assert new(root, paths=("about.md",)) == ["about.md:5 link/empty"]


def test_a_file_that_git_comes_to_ignore_is_gone_for_others(root: Path) -> None:
    edit(root, {".gitignore": "cup.png\n"})
    git(root, "rm", "--quiet", "--cached", "cup.png")
    assert new(root) == [f"{C}:5 link/missing-target"]


def test_terms_in_a_file_are_the_sites(root: Path) -> None:
    edit(
        root,
        {
            "postlint.toml": '[taxonomies.tags]\nterms-from = "./_data/tags.yml"\n',
            "_data/tags.yml": "- green\n- black\n",
            B: "---\ntitle: Black\ntags: [black]\n---\n## Steeping\n",
        },
    )
    commit(root)
    edit(root, {"_data/tags.yml": "- green\n- brown\n"})
    assert new(root) == [f"{B}:3 taxonomy/unknown-term"]


# Places ----------------------------------------------------------------------------------------------------------


def test_a_project_below_the_root_of_its_repository(tmp_path: Path) -> None:
    top = repository_with(tmp_path / "top", {f"docs/{path}": text for path, text in SITE.items()} | {"a.md": "[x]()\n"})
    root = top / "docs"
    (root / "postlint.toml").write_text("", encoding="utf-8")
    edit(top, {"a.md": "[y]()\n", f"docs/{A}": str(SITE[A]) + "[x]()\n"})
    (root / B).unlink()
    assert new(root) == [f"{A}:4 link/missing-target", f"{A}:6 link/empty", f"{C}:4 link/missing-target"]


def test_several_sites(tmp_path: Path) -> None:
    root = repository_with(tmp_path / "s", {f"{s}/{p}": text for s in ("one", "two") for p, text in SITE.items()})
    (root / "one" / B).unlink()
    edit(root, {"two/_config.yml": CONFIG.replace(":year", ":month")})
    there = [(s, p) for s in ("one", "two") for p in (A, C)]
    assert new(root) == [f"{s}/{p}:4 link/missing-target" for s, p in there]


def test_a_site_that_came(root: Path) -> None:
    for path in (*SITE,):
        edit(root, {f"more/{path}": SITE[path]})
    expected = [f"more/{A}:5 link/missing-target", "more/about.md:4 link/empty"]
    assert new(root) == expected


def test_hugo_sections_and_bundles(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": 'baseURL = "https://tea.example/"\n',
        "content/posts/_index.md": "---\ntitle: Posts\n---\n",
        "content/posts/a/index.md": "---\ntitle: A\ndate: 2024-01-01\n---\n[b](/posts/b/)\n",
        "content/posts/b/index.md": "---\ntitle: B\ndate: 2024-01-02\n---\nText.\n",
        "content/posts/c/index.md": "---\ntitle: C\ndate: 2024-01-02\n---\n[n](/nowhere/)\n",
    }
    root = repository_with(tmp_path / "s", files)
    edit(root, {"content/posts/_index.md": "---\ntitle: Posts\ncascade:\n  url: /x/:slug/\n---\n"})
    edit(root, {"content/posts/_index.md": "---\ntitle: Posts\nslug: writings\n---\n"})
    assert new(root) == ["content/posts/a/index.md:5 link/missing-target"]
    git(root, "checkout", "--quiet", ".")
    shutil.rmtree(root / "content/posts/b")
    edit(root, {"content/posts/d/index.md": "---\ntitle: D\ndate: 2024-01-03\n---\n[x]()\n"})
    assert new(root) == ["content/posts/a/index.md:5 link/missing-target", "content/posts/d/index.md:5 link/empty"]


def test_a_theme_as_a_submodule(tmp_path: Path) -> None:
    theme = repository_with(tmp_path / "theme", {"static/leaf.svg": "<svg/>", "theme.toml": ""})
    root = repository_with(
        tmp_path / "site",
        {
            "hugo.toml": 'baseURL = "https://tea.example/"\n',
            "content/a.md": "---\ntitle: A\ndate: 2024-01-01\n---\n![l](/leaf.svg)\n",
        },
    )
    git(root, "submodule", "--quiet", "add", str(theme), "themes/tea")
    commit(root)
    assert new(root) == []
    (root / "themes/tea/static/leaf.svg").unlink()
    assert new(root) == ["content/a.md:5 link/missing-target"]
    commit(root / "themes/tea")
    assert new(root) == ["content/a.md:5 link/missing-target"]


def test_line_ends_alone_are_no_change(root: Path) -> None:
    edit(root, {A: str(SITE[A]).replace("\n", "\r\n")})
    assert new(root) == []


def test_standard_input_is_compared_with_the_past(root: Path) -> None:
    text = str(SITE[A]) + "[x]()\n"
    assert lines(since(root, paths=(A,), stdin=(A, text.encode()))) == [f"{A}:6 link/empty"]
    run(root, (), WISHES, cache=True)
    assert lines(since(root, paths=(A,), stdin=(A, text.encode()), cache=True)) == [f"{A}:6 link/empty"]
    edit(root, {A: text})
    assert lines(since(root, paths=(A,), stdin=(A, (text + "[z]()\n").encode()))) == [
        f"{A}:6 link/empty",
        f"{A}:7 link/empty",
    ]


def test_a_layout_that_is_named(root: Path) -> None:
    edit(root, {"_layouts/post.html": "<p><b>x</p></b>\n"})
    commit(root)
    edit(root, {"_layouts/post.html": "<p><b>x</p></b>\n<p><i>y</p></i>\n"})
    assert new(root, paths=("_layouts/post.html",)) == ["_layouts/post.html:2 html/misnested-tag"]


def test_the_baseline_goes_first(root: Path) -> None:
    from postlint.engine.baseline import Baseline, Key

    edit(
        root, {A: str(SITE[A]) + "[x]()\n", "known.toml": f'"{A}"."link/empty" = 1\n"{A}"."link/missing-target" = 1\n'}
    )
    known = Baseline.read(root / "known.toml")
    assert known.counts[Key(A, "link/empty")] == 1
    outcome = since(root, baseline=known)
    assert (lines(outcome), len(outcome.known), outcome.older) == ([], 2, 1)
    edit(root, {A: str(SITE[A]) + "[x]()\n[y]()\n"})
    outcome = since(root, baseline=known)
    assert lines(outcome) == [f"{A}:6 link/empty", f"{A}:7 link/empty"]
    edit(root, {A: str(SITE[A])})
    assert lines(since(root, baseline=known)) == ["known.toml:1 suppression/stale-baseline"]


def test_an_index_that_another_process_writes_to(root: Path) -> None:
    from postlint.site.index import Index

    run(root, (), WISHES, cache=True)
    edit(root, {A: str(SITE[A]) + "[x]()\n"})
    with Index.open(root / ".postlint_cache") as other:
        other.set_files(["busy"])
        assert lines(since(root, cache=True)) == [f"{A}:6 link/empty"]
        other.discard()
    assert new(root) == [f"{A}:6 link/empty"]


def test_the_files_of_the_past_are_those_of_a_walk_through_it(root: Path) -> None:
    """Only what differs is looked for, by the same rules as a walk looks for all."""
    more = {
        "postlint.toml": 'exclude = ["old/", "!old/keep.md"]\n',
        ".gitignore": "*.tmp\nbuild/\n",
        "old/a.md": "a\n",
        "notes/x/deep/b.md": "b\n",
        "notes/x/deep/b.txt": "b\n",
        "notes/.gitignore": "c.*\n",
        "one/_config.yml": CONFIG,
        "one/_posts/2024-01-01-a.md": "a\n",
    }
    edit(root, more)
    odd = ["build/x.md", "x.tmp", "node_modules/x.md", "_site/x.md", "notes/c.md", "one/_site/y.md", "public/z.md"]
    edit(root, dict.fromkeys(odd, "x\n"))
    kept = ["build/k.md", "node_modules/k.md", "_site/k.md", "public/k.md", "one/_posts/2024-01-02-k.md", "old/keep.md"]
    edit(root, dict.fromkeys(kept, "k\n"))
    git(root, "add", "--force", "--all")
    commit(root)
    for path in [*odd, "old/a.md", "notes/x/deep/b.md", "notes/x/deep/b.txt", "one/_posts/2024-01-01-a.md", "cup.png"]:
        (root / path).unlink()
    shutil.rmtree(root / "notes/x")
    git(root, "mv", A, "notes/assam.md")
    edit(root, {"notes/fresh/new.md": "n\n", "notes/fresh/new.txt": "n\n", B: str(SITE[B]) + "More.\n"})
    with Changes(root, "HEAD") as changes, PastTree(root, changes) as tree:
        assert tree.configured_alike
        now = run(root, (), WISHES)[0]
        quick = PastRun(now, changes, tree).survey.found
        walked = Survey(now.settings, Request(), tree).found
        assert quick == walked
        assert {A, B, "notes/x/deep/b.md", "one/_posts/2024-01-01-a.md"} <= {f.path for f in quick.content}
        assert "cup.png" in quick.others


# In general ------------------------------------------------------------------------------------------------------


def mark(root: Path, diagnostic: Diagnostic, names: Mapping[str, str]) -> tuple[str, str, str, int, str]:
    """By what a person would say that two findings are the same."""
    text = (root / diagnostic.path).read_text(encoding="utf-8").split("\n")
    line = text[diagnostic.start.line - 1] if diagnostic.start.line <= len(text) else ""
    words = diagnostic.finding.message
    for old, now in names.items():
        words = words.replace(old, f"\0{now}")  # none is renamed twice
    words, path = re.sub(r"\d+", "0", words.replace("\0", "")), names.get(diagnostic.path, diagnostic.path)
    return path, diagnostic.rule, line.strip(), diagnostic.start.column - (len(line) - len(line.lstrip())), words


class Gardener:
    """Changes a site at random, as people do."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.random = random.Random(seed)

    def posts(self) -> list[str]:
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.glob("_posts/*.md"))

    def line(self) -> str:
        targets = [f"/2024/p{n}/" for n in range(14)] + ["/nowhere/", "/cup.png", "/2024/p3/#steeping", "/2024/p1/#h4"]
        return self.random.choice(
            [
                f"[l]({self.random.choice(targets)})",
                f"[l]({self.random.choice(targets)})",
                "[x]()",
                "<p><b>x</p></b>",
                "</div>",
                f"## H{self.random.randrange(6)}",
                "Text.",
                "<!-- postlint-disable-next-line link: so -->",
                "",
            ]
        )

    def post(self) -> str:
        tag = self.random.choice(["matcha", "matcha", "matcha", "Matcha", "oolong"])
        head = f"---\ntitle: P{self.random.randrange(9)}\ntags: [{tag}]\n---\n"
        return head + "".join(self.line() + "\n" for _ in range(self.random.randrange(1, 9)))

    def step(self) -> None:
        kind, posts = self.random.randrange(10), self.posts()
        some = self.root / self.random.choice(posts)
        if kind < 5:
            text = some.read_text(encoding="utf-8").split("\n")
            at = self.random.randrange(4, len(text))
            text[at : at + self.random.randrange(3)] = [self.line() for _ in range(self.random.randrange(3))]
            some.write_text("\n".join(text), encoding="utf-8")
        elif kind == 5 and len(posts) > 3:
            some.unlink()
        elif kind == 6:
            some.rename(some.with_name(f"2024-01-0{self.random.randrange(1, 9)}-p{self.random.randrange(14)}.md"))
        elif kind == 7:
            edit(
                self.root,
                {f"_posts/2024-01-0{self.random.randrange(1, 9)}-p{self.random.randrange(14)}.md": self.post()},
            )
        elif kind == 8:
            style = self.random.choice(["/:year/:title/", "/:year/:title/", "/:title/", "/:year/:title.html"])
            edit(self.root, {"_config.yml": CONFIG.replace("/:year/:title/", style)})
        else:
            cup = self.root / "cup.png"
            cup.unlink() if cup.exists() else cup.write_bytes(b"\x89PNG")


@pytest.mark.parametrize("seed", range(12))
def test_exactly_what_a_run_before_did_not_find(tmp_path: Path, seed: int) -> None:
    root = repository_with(tmp_path / "site", SITE)
    gardener = Gardener(root, seed)
    for number in range(6):
        edit(root, {f"_posts/2024-01-0{number + 1}-p{number}.md": gardener.post()})
    first = commit(root)
    for _ in range(3):
        for _ in range(gardener.random.randrange(1, 5)):
            gardener.step()
        if gardener.random.random() < 0.5:
            commit(root)
        with Changes(root, first) as changes:
            shown = run(root, (), WISHES, since=changes, cache=True)[1]
            names = dict(changes.before)
            gone = {path: now for now, path in names.items()}
        before = root.parent / "before"
        git(root, "worktree", "add", "--quiet", "--force", "--detach", str(before), first)
        then = Counter(mark(before, d, gone) for d in run(before, (), WISHES)[1].diagnostics)
        now = Counter(mark(root, d, {}) for d in run(root, (), WISHES)[1].diagnostics)
        # A file at a path that another left is not that other.
        then = Counter({key: n for key, n in then.items() if key[0] not in changes.added or key[0] in names})
        assert Counter(mark(root, d, {}) for d in shown.diagnostics) == now - then
        assert shown.older == now.total() - (now - then).total()
        git(root, "worktree", "remove", "--force", str(before))
