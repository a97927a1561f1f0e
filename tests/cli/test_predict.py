"""``postlint predict``: what it prints, and that the real Jekyll does so."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import postlint
from tests.generators.oracle import tool
from tests.sites import write_site

CONFIG = "timezone: Asia/Shanghai\npermalink: /:year/:month/:day/:title.html\nplugins: [jekyll-redirect-from]\n"
NOW = "2026-01-01"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(
        tmp_path,
        {
            "_config.yml": CONFIG,
            "_posts/2024-01-02-late.md": "---\ntitle: 夜\ndate: 2024-01-02 20:30:00\ntags: [b, 河 岸]\n---\nText.\n",
            "_posts/2024-01-03-moved.md": "---\ntitle: Moved\nredirect_from: /old/\ncategories: a b\n---\nText.\n",
            "_posts/2031-05-06-later.md": "---\ntitle: Later\n---\nText.\n",
            "_posts/2024_01_04-odd.md": "---\ntitle: Odd\n---\nText.\n",
            "_drafts/soon.md": "---\ntitle: Soon\ndate: whenever\n---\nText.\n",
            "about.md": "---\ntitle: About\n---\nText.\n",
            "about.html": "---\ntitle: About too\n---\nText.\n",
            "_layouts/default.html": "{{ content }}",
        },
    )


def predicted(root: Path, *arguments: str) -> dict[str, dict[str, Any]]:
    done = postlint(root, "predict", "--output-format", "json", "--now", NOW, *arguments)
    assert done.returncode == 0, done.stderr
    return {item.pop("path"): item for item in json.loads(done.stdout)}


def test_each_file_is_an_object(site: Path) -> None:
    found = predicted(site)
    assert found["_posts/2024-01-02-late.md"] == {
        "published": True,
        "reason": None,
        "url": "/2024/01/03/late.html",
        "date": "2024-01-03T04:30:00+08:00",
        "title": "夜",
        "terms": {"tags": ["b", "河 岸"]},
        "aliases": [],
    }
    assert found["_posts/2024-01-03-moved.md"]["aliases"] == ["/old/"]
    assert found["_posts/2024-01-03-moved.md"]["terms"] == {"categories": ["a", "b"]}
    reasons = {path: item["reason"] for path, item in found.items() if not item["published"]}
    assert reasons == {
        "_posts/2031-05-06-later.md": "future",
        "_posts/2024_01_04-odd.md": "ignored-name",
        "_drafts/soon.md": "draft",
    }
    assert "_layouts/default.html" not in found, "a layout becomes nothing by itself"


def test_the_clock_decides_what_is_future(site: Path) -> None:
    found = predicted(site, "--now", "2031-05-07")
    assert found["_posts/2031-05-06-later.md"]["published"]


def test_a_pipe_gets_whole_rows(site: Path) -> None:
    done = postlint(site, "predict", "--now", NOW)
    assert done.returncode == 0
    header, *rows, _, shared, _, sentence = done.stdout.splitlines()
    assert header.split() == ["file", "becomes", "date", "title", "terms"]
    (late,) = (row for row in rows if "late.md" in row)
    assert late.split("  ")[0] == "_posts/2024-01-02-late.md"
    assert late.endswith("2024-01-03 04:30 +0800  夜         tags: b, 河 岸")
    assert any("left out before 2031-05-06 00:00 +0800" in row for row in rows)
    assert shared == "/about is claimed by 2 files, and only one gets it: about.html, about.md"
    assert sentence == "7 files: 4 published, 3 not (1 draft, 1 ignored-name, 1 future)"


def test_paths_narrow_it_and_quiet_leaves_the_rows(site: Path) -> None:
    done = postlint(site, "predict", "-q", "about.md")
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [["file", "becomes"], ["about.md", "/about"]]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-f", "jsn"), "did you mean `json`?"),
        (("abuot.md",), "did you mean `about.md`?"),
        (("_layouts",), "there is nothing to check in `_layouts`"),
    ],
)
def test_mistakes_end_with_status_2(site: Path, arguments: tuple[str, ...], words: str) -> None:
    done = postlint(site, "predict", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert not done.stdout


@pytest.mark.generator
def test_jekyll_writes_the_pages_of_the_example_where_they_are_predicted(tmp_path: Path, repository: Path) -> None:
    root = shutil.copytree(
        repository / "examples" / "blog", tmp_path / "blog", ignore=shutil.ignore_patterns(".postlint_cache")
    )
    done = subprocess.run(
        [tool("jekyll"), "build", "--disable-disk-cache", "--quiet"],
        cwd=root,
        capture_output=True,
        text=True,
        env={"PATH": Path(tool("jekyll")).parent.as_posix() + ":/usr/bin:/bin", "TZ": "UTC", "LANG": "C.UTF-8"},
    )
    assert done.returncode == 0, done.stderr
    written = {f"/{page.relative_to(root / '_site')}" for page in (root / "_site").rglob("*.html")}
    found = predicted(root)
    addresses = {item["url"] for item in found.values() if item["published"] and item["url"]}
    pages = {url + "index.html" if url.endswith("/") else url.removesuffix(".html") + ".html" for url in addresses}
    dated_to_the_build = [path for path, item in found.items() if item["published"] and not item["url"]]
    assert pages <= written
    assert len(written - pages) == len(dated_to_the_build) > 0
