"""Generated Hexo sites, and a real one: what postlint says of each post, and what Hexo's own reader knows of it."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from postlint.document import Document
from postlint.generators import Fate, Kind, generator_for, load_site
from postlint.text import Text
from tests.generators.oracle import tool, write

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
PACKAGE = '{"hexo": {"version": "8.1.2"}, "dependencies": {"hexo-renderer-marked": "7.0.1"}}'
WRITTEN = 1_600_000_000

CONFIGS = (
    ("UTC", ""),
    ("Asia/Shanghai", "permalink: :category/:year/:i_month/:i_day/:title.html\ndefault_category: none\n"),
    ("America/New_York", "permalink: :year:month:day/:hour-:minute-:second/:name/\nfuture: false\n"),
    ("Europe/Berlin", "new_post_name: :year-:month-:day-:title.md\npermalink: b/:post_title/:hash/\n"),
    ("Asia/Tokyo", "render_drafts: true\nuse_slug_as_post_title: true\npermalink: :timestamp/:lang/:title\n"
     "permalink_defaults: {lang: en}\n"),
    ("UTC", "post_asset_folder: true\nnew_post_name: :i_day/:year-:i_month-:title.md\npermalink: :year/:title\n"),
    ("Asia/Kathmandu", "permalink: :category/:layout/:nothing/:title/\n"
     "category_map: {One Two: 1-2}\nfilename_case: 1\n"),
)  # fmt: skip
NAMES = (
    "plain-{}.md", "{}.markdown", "2020-01-05-dated-{}.md", "2020-13-41-odd-{}.md", "in/deep {}.md", "5/2020-3-x{}.md",
    "Über {} näh.md", "日本 {}.md", "a.b.{}.md", "{}.MD", "{}.html", "_hidden{}.md", "_a/{}.md", "a/.{}.md", "{}.md~",
    "c++_&_{}.md", "x{}.txt", "-{}-.md",
)  # fmt: skip
DATES = (
    "", "date:", "date: ''", "date: 2021-03-04", "date: 2021-03-04 20:30:00", "date: '2021-03-04 20:30:00'",
    "date: 2021-03-04 20:30:00 +08:00", "date: '2021-03-04 20:30:00 +08:00'", "date: 2021-03-04 20:30:00 +0800",
    "date: 2021-03-04T20:30:00Z", "date: '2021-03-04'", "date: '2021-3-4'", "date: 2021-13-01", "date: '2021-13-01'",
    "date: 2021-02-30", "date: 2021-03-04 25:00:00", "date: '2021-03-04 25:00:00'", "date: 2021-03-04 20:30",
    "date: 2021-3-4 1:02:03", "date: 20210304", "date: soon", "date: 2021-03-04 23：05：58", "date: 2221-03-04",
    "date: 2021-03-04T23:59:59-05:00", "date: '2021-03-04T20:30:00'", "date: 2021-11-07 01:30:00", "date: 0",
    "date: false", "date: '2021-03-04 20:30:00Z'", "date: March 4, 2021 8pm", "date: 04/03/2021",
)  # fmt: skip
TITLES = (
    "title: Plain", "", "title:", "title: 2024", "title: false", "title: yes", "title: 'a: b'", "title: 1.50",
    "title: ''", "title: 标题 Über", "title: [a, b]", "title: {a: b}", "title: 012", "title: 2024-01-02",
)  # fmt: skip
PUBLISHED = (
    "", "", "", "published: true", "published: false", "published: no", "published: 'false'", "published:",
    "published: 0", "published: ''", "published: '0'", "published: False",
)  # fmt: skip
CATEGORIES = (
    "", "categories: One Two", "categories: [X y, b]", "category: One Two", "categories: [[a, b], c]",
    "categories: [[a], [a, b]]", "categories:", "categories: []", "categories: 5", "categories: [a, ~, '', b]",
    "categories: {a: b}", "categories: ''\ncategory: q", "categories: []\ncategory: q", "categories: [x, [y, [z, w]]]",
    "categories: false", "categories: [C++, C#]",
)  # fmt: skip
TAGS = (
    "", "tags: a b", "tags: [one, 2, ~, '', 'three four']", "tag: z", "tag: z\ntags: y", "tags: [a, [b, c], {d: e}]",
    "tags:", "tags: [1.50, no, false, 0]", "tags: [a, a]", "tags: a,b",
)  # fmt: skip
EXTRAS = (
    "", "", "", "", "permalink: /own/page", "permalink: own/", "permalink: own.html", "permalink: 5", "permalink: ''",
    "lang: zh", "lang: ~", "layout: page", "layout: false", "slug: other", "id: 7", "title: twice\ntitle: twice",
    "_id: x", "hash: abc", "year: 1999", "a: {b: 1, b: 2}", "permalink: true",
)  # fmt: skip
BROKEN = (
    "No front matter\n", "---\n- a\n---\nBody\n", "---\njust text\n---\nBody\n", "title: a: b\n---\nBody\n",
    "---\n---\nBody\n", "title: new\ndate: 2021-03-04\n---\nBody\n", "---\ntitle: open\nBody\n",
    '"title": "JSON",\n"date": "2021-03-04 20:30:00"\n;;;\nBody\n', '"title": oops\n;;;\nBody\n', "",
)  # fmt: skip

KNOWN = {
    "date: March 4, 2021 8pm": "forms that each JavaScript engine reads in its own way are not read",
    "date: 04/03/2021": "forms that each JavaScript engine reads in its own way are not read",
    "title: 2024-01-02": "the title is Node's words for that moment, with the machine's zone in them",
}
"""Lines of front matter of which postlint does not say what Hexo makes, and why; files with one are not compared."""


def read(sites: list[tuple[Path, str]], *, rendered: bool = False) -> list[dict[str, Any]]:
    """What Hexo knows of each folder on a machine in a zone; the HTML of Markdown files too, where it is asked for."""
    found = "require('path').dirname(require('path').dirname(require.resolve('hexo-renderer-marked/package.json')))"
    modules = subprocess.run([tool("node"), "-p", found], capture_output=True, text=True, timeout=60).stdout.strip()
    for root, _ in sites if modules else ():
        (root / "node_modules").symlink_to(modules)
    run = subprocess.run(
        [tool("node"), str(Path(__file__).with_name("hexo_site.js"))],
        input=json.dumps([[f"{root}/", zone, rendered] for root, zone in sites]),
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    if run.returncode:
        if os.environ.get("CI") == "true":
            pytest.fail(f"Hexo does not run, and CI must compare with it: {run.stderr[-600:]}")
        pytest.skip("Node finds no Hexo")
    answers: list[dict[str, Any]] = json.loads(run.stdout)
    return answers


def differences(fate: Fate, theirs: dict[str, Any] | None, made: set[float], post: bool) -> list[str]:
    """In words; none where the two say the same. ``made``: the times of the file that Hexo takes for want of a date."""
    if theirs is None or not isinstance(theirs["path"], str):
        return [f"Hexo leaves it out, we say {fate}"] if fate.published else []
    if not fate.published:
        return [f"Hexo publishes it as {theirs}, we say {fate.reason}"]
    found = []
    url = fate.url.lstrip("/") + ("index.html" if fate.url.endswith("/") else "")
    of_the_file = theirs["date"] in made
    branches = len(theirs.get("categories", ())) > 1
    unknown = of_the_file or branches
    if (not fate.url and not unknown) or (fate.url and url != theirs["path"]):
        found.append(f"address: Hexo {theirs['path']!r}, we {fate.url!r}")
    if theirs["title"] != fate.title:
        found.append(f"title: Hexo {theirs['title']!r}, we {fate.title!r}")
    date = fate.date.timestamp() if fate.date is not None else None
    if theirs["date"] != date and not (date is None and of_the_file):
        found.append(f"date: Hexo {theirs['date']}, we {fate.date}")
    for taxonomy in ("categories", "tags") if post else ():
        names = {name for name, _ in theirs[taxonomy]}
        if names != set(fate.terms.get(taxonomy, ())):
            found.append(f"{taxonomy}: Hexo {names}, we {fate.terms.get(taxonomy)}")
    return found


def _content(chance: random.Random) -> str:
    if chance.random() < 0.06:
        return chance.choice(BROKEN)
    parts = (DATES, TITLES, PUBLISHED, CATEGORIES, TAGS, EXTRAS)
    lines = [chance.choice(choices) for choices in parts if chance.random() < 0.8]
    return "---\n" + "".join(f"{line}\n" for line in lines if line) + "---\nBody\n"


def _compare(root: Path, path: str, answer: dict[str, Any], content: str | bytes) -> list[str]:
    profile = load_site(root, "", "hexo")
    if generator_for(profile).kind(path) is Kind.STATIC:
        return [] if path in answer["files"] else [f"{root.name}/{path}: Hexo does not copy it"]
    data = content.encode() if isinstance(content, str) else content
    fate = generator_for(profile).fate(Document(path, Text.decode(data), profile)).at(dt.datetime.now(dt.UTC))
    source = path[len(generator_for(profile)._source) :]  # type: ignore[attr-defined]
    post = source.startswith(("_posts/", "_drafts/"))
    theirs = next((item for item in answer["posts" if post else "pages"] if item["source"] == source), None)
    stat = (root / path).stat()
    made = {theirs["date"]} if theirs is not None and abs(theirs["date"] - stat.st_ctime) < 600 else set()
    found = differences(fate, theirs, made, post)
    return [f"{root.name}/{path}: {difference}" for difference in found]


@pytest.mark.generator
def test_every_post_of_generated_sites_has_the_fate_that_hexo_gives_it(tmp_path: Path) -> None:
    sites = []
    for number, (zone, config) in enumerate(CONFIGS):
        chance = random.Random(number)
        files: dict[str, str | bytes] = {"_config.yml": f"timezone: {zone}\n{config}", "package.json": PACKAGE}
        for index in range(110):
            folder = "source/" + chance.choice(("_posts/", "_posts/", "_posts/", "_posts/", "_drafts/", "pages/"))
            files[folder + chance.choice(NAMES).format(index)] = _content(chance)
        root = tmp_path / str(number)
        write(root, files, WRITTEN)
        sites.append((root, zone, files))
    answers = read([(root, zone) for root, zone, _ in sites])
    compared = 0
    wrong = []
    for (root, _, files), answer in zip(sites, answers, strict=True):
        for path, content in files.items():
            if path.startswith("source/"):
                compared += 1
                found = _compare(root, path, answer, content)
                assert isinstance(content, str)
                if not any(line in content for line in KNOWN):
                    wrong += [f"{difference}\n{content!r}" for difference in found]
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(wrong)
    assert compared >= 700


@pytest.mark.corpus
@pytest.mark.generator
@pytest.mark.parametrize(("site", "zone"), [("hexo-site", "UTC"), ("barretlee/blog", "Asia/Shanghai")])
def test_every_file_of_a_real_site_has_the_fate_that_hexo_gives_it(site: str, zone: str, tmp_path: Path) -> None:
    if not CORPORA.is_dir():
        pytest.skip("the real sites (shared/corpora beside the project) are not there")
    root = tmp_path / "site"
    shutil.copytree(CORPORA / site, root, ignore=shutil.ignore_patterns("themes", "scripts", "package.json"))
    (root / "package.json").write_text(PACKAGE)
    (answer,) = read([(root, zone)])
    wrong = []
    for file in sorted(root.rglob("*.md")):
        path = file.relative_to(root).as_posix()
        if path.startswith(("source/", "src/")):
            wrong += _compare(root, path, answer, file.read_bytes())
    assert answer["posts"]
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(wrong)
