"""Three headings that run into the next paragraph: what is said of them, and what the real Jekyll makes of the fix."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.html_documents import CORPORA, apply, document, short

POST = """---
title: "Three engineers"
date: 2021-12-21 11:09:46 +0800
---
<p>First there was a meeting.</p>
 <p><strong>“The first of them”</p>
 <p></strong>She repairs what others break.</p>
 <p>More about her.</p>
 <p><strong>“The second”</p>
 <p></strong>He asks twice and measures once.</p>
 <p><strong>“The third”</p>
 <p></strong>In 2020 she was there.</p>
 <p>The end.</p>

<https://example.org/html_News/NewsShare.html?infoCode=NW1>

[Back to the news](//example.org/category/news.html)｜[Home](//example.org/)"""

SEED = CORPORA / "finews" / "_posts" / "2021-12-21-NW202112212220780613.md"

CONSEQUENCE = "Jekyll prints </p> and </strong> as text here and leaves all that follows unrendered: 3 links are dead"


def test_three_problems_each_with_what_jekyll_does() -> None:
    doc = document(POST, "jekyll")
    assert short(doc) == ["6:5 misnested", "9:5 misnested", "11:5 misnested"]
    assert {problem.consequence for problem in doc.nesting.problems} == {CONSEQUENCE}
    assert doc.nesting.problems[0].message == (
        "<strong> is still open where </p> ends its paragraph; it is closed in the next one, at 7:5"
    )


def test_the_fix_moves_the_end_tags_and_nothing_else() -> None:
    doc = document(POST, "jekyll")
    fixed = apply(doc, *doc.nesting.problems)
    assert fixed == POST.replace("</p>\n <p></strong>", "</strong></p>\n <p>")
    assert short(document(fixed, "jekyll")) == []


def test_one_mended_the_others_stay_true() -> None:
    doc = document(POST, "jekyll")
    rest = document(apply(doc, doc.nesting.problems[0]), "jekyll")
    assert short(rest) == ["9:5 misnested", "11:5 misnested"]
    assert {problem.consequence for problem in rest.nesting.problems} == {CONSEQUENCE}


@pytest.mark.corpus
@pytest.mark.skipif(not SEED.exists(), reason="no real posts beside the project")
def test_the_post_it_all_began_with() -> None:
    doc = document(SEED.read_bytes(), "jekyll")
    assert short(doc) == ["10:5 misnested", "13:5 misnested", "16:5 misnested"]
    assert {problem.consequence for problem in doc.nesting.problems} == {CONSEQUENCE}
    fixed = apply(doc, *doc.nesting.problems)
    assert fixed == doc.content.replace("</p>\n <p></strong>", "</strong></p>\n <p>")
    assert not fixed.endswith("\n")
    assert short(document(fixed, "jekyll")) == []


@pytest.mark.generator
@pytest.mark.skipif(shutil.which("jekyll") is None, reason="no jekyll")
def test_jekyll_itself_prints_the_tags_and_after_the_fix_links(tmp_path: Path) -> None:
    doc = document(POST, "jekyll")
    posts = tmp_path / "_posts"
    posts.mkdir()
    (tmp_path / "_config.yml").write_text("timezone: Asia/Shanghai\n", encoding="utf-8")
    (posts / "2021-12-21-before.md").write_text(POST, encoding="utf-8")
    (posts / "2021-12-21-after.md").write_text(apply(doc, *doc.nesting.problems), encoding="utf-8")
    subprocess.run(["jekyll", "build", "--quiet"], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    pages = {page.stem: page.read_text(encoding="utf-8") for page in (tmp_path / "_site").rglob("*.html")}
    assert pages["before"].count("&lt;/p&gt;") == 3
    assert pages["before"].count("&lt;/strong&gt;") == 3
    assert pages["before"].count("<a href") == 0
    assert "&lt;" not in pages["after"]
    assert pages["after"].count("<a href") == 3
