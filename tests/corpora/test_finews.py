"""The site this tool was made for: its seed post, built with Jekyll before and after the fix; its known defects."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from postlint.engine.project import Wishes
from tests.sites import run, write_site
from tests.taxonomy import script_site as script

pytestmark = pytest.mark.corpus

SEED = "_posts/2021-12-21-NW202112212220780613.md"


@pytest.fixture
def finews(corpora: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(corpora / "finews", tmp_path / "finews"))


def test_the_seed_has_three_misnestings_and_nothing_else(finews: Path) -> None:
    _, outcome = run(finews, [SEED])
    found = outcome.diagnostics
    assert [(d.rule, d.start.line) for d in found] == [("html/misnested-tag", line) for line in (10, 13, 16)]
    for diagnostic in found:
        assert any(
            outcome_line(finews, related.span.start) == diagnostic.start.line + 1
            for related in diagnostic.finding.related
        )
        assert "Jekyll prints </p> and </strong> as text" in diagnostic.finding.consequence
        assert "3 links are dead" in diagnostic.finding.consequence


def outcome_line(finews: Path, offset: int) -> int:
    return (finews / SEED).read_bytes().decode().count("\n", 0, offset) + 1


def fix(finews: Path) -> subprocess.CompletedProcess[str]:
    import sys

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "postlint", "fix", "--no-cache", SEED]
    return subprocess.run(command, cwd=finews, env=environment, capture_output=True, text=True, encoding="utf-8")


def test_the_fix_moves_the_end_tags_and_nothing_else(finews: Path) -> None:
    before = (finews / SEED).read_bytes()
    result = fix(finews)
    assert result.returncode == 0, result.stdout
    after = (finews / SEED).read_bytes()
    assert after == re.sub(rb"</p>(\n <p>)</strong>", rb"</strong></p>\1", before)
    assert after != before
    assert not after.endswith(b"\n")
    assert "nothing to report" in fix(finews).stdout
    assert (finews / SEED).read_bytes() == after


@pytest.mark.generator
def test_jekyll_renders_the_three_links_after_the_fix(finews: Path) -> None:
    if shutil.which("jekyll") is None:
        assert not os.environ.get("CI"), "CI must have jekyll"
        pytest.skip("jekyll is not installed")
    for post in (finews / "_posts").iterdir():
        if post.name != Path(SEED).name:
            post.unlink()
    shutil.rmtree(finews / "_layouts")
    (finews / "_config.yml").write_text("timezone: Asia/Shanghai\n", encoding="utf-8")

    def build() -> str:
        subprocess.run(["jekyll", "build", "-q", "-d", "out"], cwd=finews, check=True, capture_output=True)
        [page] = (finews / "out" / "renminyoudianbao").rglob("*.html")
        return page.read_text(encoding="utf-8")

    before = build()
    assert before.count("<a href") == 0
    assert "&lt;/strong&gt;" in before
    assert "&lt;/p&gt;" in before
    fix(finews)
    after = build()
    assert after.count("<a href") == 3
    assert "&lt;/" not in after


Found = tuple[str, int, str]
UNNAMED = "_posts/-202205262391921712.md"
TAXONOMY: set[Found] = {
    # Titles that are another page's.
    ("category/renminyoudianbao.html", 3, "taxonomy/page-mismatch"),
    ("category/sitenews.html", 3, "taxonomy/page-mismatch"),
    ("category/TechWeb.html", 3, "taxonomy/page-mismatch"),
    ("category/Techweb.html", 3, "taxonomy/page-mismatch"),
    ("category/21shijijingjibaodao 21caijingAPP.html", 3, "taxonomy/page-mismatch"),
    ("category/anxinguojizhengquan(xianggang).html", 3, "taxonomy/page-mismatch"),
    # A category with a blank, which no post can have; a category without a page.
    ("category/21shijijingjibaodao 21caijingAPP.html", 4, "taxonomy/split-term"),
    ("_posts/2022-05-25-NW202205252390829633.md", 5, "taxonomy/missing-page"),
}
"""All that there is to say of terms: each was looked at."""
DEFECTS: set[Found] = TAXONOMY | {
    (SEED, 10, "html/misnested-tag"),
    (SEED, 13, "html/misnested-tag"),
    (SEED, 16, "html/misnested-tag"),
    # No day in its name, no date, nothing between angle brackets.
    (UNNAMED, 1, "post/ignored-file-name"),
    (UNNAMED, 4, "date/unparsable"),
    (UNNAMED, 12, "link/empty"),
    ("_posts/2021-12-01-init.md", 4, "date/missing-timezone"),
    # A blank line above the front matter: the category is lost.
    ("_posts/2021-12-08-202112082206703990.md", 1, "front-matter/bad-fence"),
    ("_versions/cfbae48__posts__2021-12-08-202112082206672930.md", 1, "front-matter/bad-fence"),
    # Two names that are one on a disk that does not mind case.
    ("category/Techweb.html", 1, "post/duplicate-url"),
    # Attributes that an element does not have; elements that HTML no longer has.
    (UNNAMED, 10, "html/misplaced-attribute"),
    ("_posts/2022-05-31-202205312398034850.md", 10, "html/misplaced-attribute"),
    ("old_post/2022-01-07-202201072239307540.md", 10, "html/misplaced-attribute"),
    (UNNAMED, 10, "html/obsolete-tag"),
    ("_posts/2022-05-31-202205312398034850.md", 10, "html/obsolete-tag"),
    ("_posts/2022-05-31-NW202205312398034850.md", 8, "html/obsolete-tag"),
    # Articles that stand twice.
    ("_posts/2022-05-31-NW202205312398034850.md", 3, "post/duplicate-title"),
    ("old_post/2022-01-07-NW202201072239307540.md", 3, "post/duplicate-title"),
    ("old_post/2022-04-21-NW202204212352227421.md", 3, "post/duplicate-title"),
    ("old_post/2022-04-21-NW202204212352230938.md", 3, "post/duplicate-title"),
    # Its empty title, which only a schema can ask for: Jekyll does not read the file.
    (UNNAMED, 3, "front-matter/invalid-value"),
}
SCHEMA = """\
[rules]
"html/obsolete-tag" = true

[[schemas]]
paths = ["_posts/**"]
fields = { title = { type = "string", non-empty = true } }
"""


def findings(root: Path, wishes: Wishes | None = None) -> set[Found]:
    _, outcome = run(root, wishes=wishes)
    assert not outcome.crashes
    return {(d.path, d.start.line, d.rule) for d in outcome.diagnostics}


def test_all_known_defects(finews: Path) -> None:
    (finews / "postlint.toml").write_text(SCHEMA, encoding="utf-8")
    footers = {
        (str(post.relative_to(finews)), number, "link/missing-target")
        for post in (finews / "_posts").glob("*.md")
        for number, line in enumerate(post.read_text(encoding="utf-8").split("\n"), 1)
        if "(../emnews/)" in line
    }
    assert len(footers) == 9
    assert (DEFECTS | footers) - findings(finews) == set()


def test_nothing_else_is_said_of_terms(finews: Path) -> None:
    assert findings(finews, Wishes(select=("taxonomy",))) == TAXONOMY


def test_what_is_lost_with_the_front_matter_is_said(finews: Path) -> None:
    _, outcome = run(finews, ["_posts/2021-12-08-202112082206703990.md"])
    [found] = [d.finding for d in outcome.diagnostics if d.rule == "front-matter/bad-fence"]
    assert found.consequence == "Jekyll prints the keys on the page and heeds none of them"


@pytest.mark.parametrize("seed", range(3))
def test_ten_slips_among_two_hundred_posts_more(finews: Path, seed: int) -> None:
    """Posts by the same script, with texts of our own, beside those that are there.

    From so many it is learned that a post which is kept in its first version had another's category: that was mended.
    """
    before = findings(finews) | {("_versions/5e7a196__posts__2021-12-01-init.md", 6, "taxonomy/pair-mismatch")}
    made = script.posts(seed)
    write_site(finews, {**script.pages(), **{post.path: post.text for post in made}})
    assert findings(finews) == before
    wrong, expected = script.planted(seed, made)
    write_site(finews, {path: text for path, text in wrong.items() if text is not None})
    assert findings(finews) - before == expected
    assert before - findings(finews) == set()


def test_the_zoneless_dates_are_all_found(finews: Path) -> None:
    unread = "_posts/2021-12-08-202112082206703990.md"  # a blank line before its front matter: no date is read
    zoneless = {
        str(post.relative_to(finews))
        for post in (finews / "_posts").glob("*.md")
        if re.search(rb"^date: \d+-\d+-\d+ \d+:\d+:\d+$", post.read_bytes(), re.M)
    }
    _, outcome = run(finews)
    assert {d.path for d in outcome.diagnostics if d.rule == "date/missing-timezone"} == zoneless - {unread}
    assert len(zoneless) == 16
