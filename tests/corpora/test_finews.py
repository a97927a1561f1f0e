"""The site this tool was made for: its seed post, built with Jekyll before and after the fix; its known defects."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.sites import run

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


@pytest.mark.parametrize(
    ("path", "line", "rule"),
    [
        ("_posts/-202205262391921712.md", 1, "post/ignored-file-name"),
        ("_posts/-202205262391921712.md", 4, "date/unparsable"),
        ("_posts/-202205262391921712.md", 12, "link/empty"),
        ("_posts/2021-12-01-init.md", 4, "date/missing-timezone"),
        ("_posts/2021-12-08-202112082206703990.md", 1, "front-matter/bad-fence"),
        ("category/21shijijingjibaodao 21caijingAPP.html", 4, "taxonomy/split-term"),
        ("category/Techweb.html", 1, "post/duplicate-url"),
        ("_posts/2021-12-08-202112082206735975.md", 13, "link/missing-target"),
    ],
)
def test_known_defects(finews: Path, path: str, line: int, rule: str) -> None:
    _, outcome = run(finews)
    assert (path, line, rule) in {(d.path, d.start.line, d.rule) for d in outcome.diagnostics}


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
