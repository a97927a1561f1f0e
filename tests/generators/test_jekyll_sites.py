"""Generated Jekyll sites: what postlint says of each file, and what Jekyll's own reader knows of it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from postlint.document import Document
from postlint.generators import Fate, Hidden, generator_for, load_site
from postlint.text import Text
from tests.generators.oracle import read_sites, write

NOW = 1_900_000_000
"""Far enough that no date is in the future, and a moment that no date states."""

SITES = 20

CONFIGS = (
    "timezone: UTC\n",
    "timezone: Asia/Shanghai\npermalink: pretty\n",
    "timezone: America/New_York\npermalink: /:categories/:year-:i_month-:short_day/:slug\n",
    "timezone: Europe/Berlin\npermalink: ordinal\nunpublished: true\n",
    "timezone: Asia/Tokyo\npermalink: weekdate\nshow_drafts: true\n",
    "timezone: UTC\npermalink: none\ncollections:\n  notes:\n    output: true\n  hidden: {}\n"
    "  talks:\n    output: true\n    permalink: /t/:collection/:year/:title:output_ext\n",
    "timezone: UTC\npermalink: /:slugified_categories/:w_year/:week/:y_day/:hour:minute/:name/\n",
    "timezone: UTC\nexclude: [docs, '*.tmp.md', vendor/bundle/]\ninclude: [_extra, .well-known]\n"
    "permalink: /b/:title\n",
    "timezone: UTC\ndefaults:\n- scope: {path: ''}\n  values: {title: Site title, tags: site tag}\n"
    "- scope: {path: _posts, type: posts}\n  values: {categories: [from, defaults], published: true}\n"
    "- scope: {path: 'news/*/_posts'}\n  values: {permalink: /n/:title/}\n"
    "- scope: {path: news, type: posts}\n  values: {category: News item, date: 2001-02-03 04:05:06}\n",
    "timezone: UTC\ncollections_dir: stuff\ncollections:\n  notes:\n    output: true\npermalink: /:year/:title.html\n",
)

FILE_NAMES = (
    "2020-01-05-plain.md", "2020-1-5-short.md", "20-1-5-two.md", "2020-02-30-rolled.md", "2020_01_06-under.md",
    "2020-01-07.md", "nodate.md", "2020-01-08-UPPER Case.md", "2020-01-09-dots...md", "2020-01-10-a.b.c.markdown",
    "2020-01-11-über-näh.md", "2020-01-12-日本 語.md", "2020-01-13-.md", "2020-01-14--lead-.md", "2020-01-15-x.txt",
    "2020-01-16-y.html", "2020-01-17-c++_&_d.MD", "_2020-01-18-z.md", ".2020-01-19-z.md", "2020-01-20-z.md~",
    "a/2020-01-21-in.md", "_a/2020-01-22-in.md", "a/_b/2020-01-23-in.md", "x2020-01-24-x.md", "2020-13-01-month.md",
    "2020-01-25-noext", "#2020-01-26-h.md", "2020-01-27-a%41b.md", "2020-01-28-(a,b;c=d@e).md",
)  # fmt: skip
DATES = (
    "", "date: 2021-03-04", "date: 2021-03-04 20:30:00", 'date: "2021-03-04 20:30:00"', "date: 2021-03-04 20:30",
    "date: 2021-03-04 20:30:00 +0800", "date: 2021-03-04T20:30:00Z", "date: 2021-03-04 23:59:59 -0500",
    "date: 2021-02-30", "date: 2021-03-04 25:00:00 +0800", "date: 2021-13-01", "date:", "date: ''", "date:  +0800",
    "date: 04/03/2021", "date: March 4, 2021 8pm", "date: 20210304", "date: 2021-03-04 20:30:00 EST", "date: ~",
    "date: 2021-03-04 20：30：00", "date: [2021]", "date: 2021-3-4 1:02:03",
    "date: 2021-12-27", "date: 2021-01-02 00:30",
)  # fmt: skip
TITLES = (
    "title: Plain", "", "title:", "title: 2024", "title: 2024-01-02", "title: false", "title: yes", 'title: "a: b"',
    "title: 1.50", "title: ''", "title: null",
)  # fmt: skip
PUBLISHED = ("", "", "", "published: false", "published: no", 'published: "false"', "published:", "published: true")
CATEGORIES = (
    "", "", "categories: a b", "categories: [X y, b]", "category: One Two", "categories: a\ncategory: a",
    "categories: 'C++ C#'", "categories: []", "categories:", "categories: a,b c", "category: [p, q]", "categories: 5",
    "categories: [Foo Bar, foo bar]",
)  # fmt: skip
TAGS = (
    "", "", "tags: a b,c", "tags: [one, 2, ~, 'three four']", "tag: z\ntags: a b", "tag:\ntags: q", "tags: 2020-01-01",
    "tags:", "tag: a b",
)  # fmt: skip
EXTRAS = (
    "", "", "", "", "permalink: /p/:year/:title/", "permalink: /fixed", "permalink: /x.json", "slug: My Own",
    "slug: ''", "permalink: a//b/../c%20d", "lang: zh", "redirect_from: /old/", "draft: true",
)  # fmt: skip
BROKEN: tuple[str | bytes, ...] = (
    "---\ntitle: a: b\n---\nBody\n", "---\n- a\n- b\n---\nBody\n", "---\njust text\n---\nBody\n", "No front matter\n",
    "---\n---\nBody\n", "\n---\ntitle: late\n---\nBody\n", "----\ntitle: four\n---\nBody\n",
    "---\ntitle: open\nBody\n",
    "---\r\ntitle: crlf\r\n---\r\nBody\r\n", b"\xef\xbb\xbf---\ntitle: bom\n---\nBody\n",
    b"---\ntitle: bytes \xff\n---\nBody\n", "--- \ntitle: blank\n...\nBody\n", "---\ntitle: \tx\n\ttab: 1\n---\nB\n",
    "", "---\n", "---",
)  # fmt: skip
FOLDERS = ("_posts", "_posts", "_posts", "news/_posts", "news/Deep Dir/_posts", "_drafts", "news/_drafts")
PAGES = (
    "about.md", "index.html", "sub/index.md", "sub/page.html", "sub/Ünï.md", "docs/x.md", "docs2/y.md", "a.tmp.md",
    "vendor/bundle/x.md", "vendor/y.md", "_extra/e.md", ".well-known/w.md", "_no/n.md", "README.markdown", "a.b.md",
    "_notes/one.md", "_notes/Two Words.md", "_notes/2020-05-06-dated.md", "_notes/in/three.html", "_notes/_u.md",
    "_hidden/h.md", "_talks/2020-07-08-talk.md", "_talks/free.md", "sub.d/z.xhtml", "x.md~", "stuff/_notes/n.md",
    "stuff/_posts/2020-01-05-s.md", "stuff/in/_posts/2020-01-06-s.md", "stuff/page.md", "news/_posts/page/_posts/q.md",
    "node_modules/m.md", "_site/s.md", "dots...md", "_data/d.md", "#h.md", "docs.md", "style.css", "feed.xml",
)  # fmt: skip


def _front(random: random.Random) -> str:
    lines = [
        random.choice(choices)
        for choices in (DATES, TITLES, PUBLISHED, CATEGORIES, TAGS, EXTRAS)
        if random.random() < 0.8
    ]
    return "---\n" + "".join(f"{line}\n" for line in lines if line) + "---\nBody\n"


def _maybe_broken(random: random.Random, chance: float) -> str | bytes:
    broken = random.choice(BROKEN)
    return broken if random.random() < chance else _front(random)


def _site(random: random.Random, number: int) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {"_config.yml": CONFIGS[number % len(CONFIGS)]}
    for name in FILE_NAMES:
        folder = random.choice(FOLDERS)
        if number % len(CONFIGS) == len(CONFIGS) - 1:
            folder = f"stuff/{folder}"
        files[f"{folder}/{name}"] = _maybe_broken(random, 0.12)
    for index in range(12):
        files[f"_posts/2020-03-{index + 1:02}-more-{index}.md"] = _front(random)
    for name in PAGES:
        files[name] = _maybe_broken(random, 0.2)
    for index, content in enumerate(BROKEN):
        files[f"_posts/2020-04-{index + 1:02}-broken-{index}.md"] = content
    return files


def _ours(root: Path, files: dict[str, str | bytes]) -> dict[str, tuple[str, Fate]]:
    """By the path that Jekyll uses: our path and fate."""
    profile = load_site(root, "", "jekyll")
    generator = generator_for(profile)
    fates = {}
    for path, content in files.items():
        if path == "_config.yml":
            continue
        data = content if isinstance(content, bytes) else content.encode()
        document = Document(path, Text.decode(data), profile)
        fates[generator.classify(path).path] = (path, generator.fate(document))  # type: ignore[attr-defined]
    return fates


def differences(fate: Fate, path: str, theirs: dict[str, Any] | None, stops: dict[str, str], key: str) -> list[str]:
    if key in stops:
        return [] if fate.reason is Hidden.ABORTS else [f"Jekyll stops ({stops[key]}), we say {fate}"]
    if theirs is None or not theirs["written"]:
        return [f"Jekyll leaves it out, we say {fate}"] if fate.published else []
    if theirs["url"].startswith("stops"):
        return [] if fate.reason is Hidden.ABORTS else [f"Jekyll stops, we say {fate}"]
    if not fate.published:
        return [f"Jekyll publishes it as {theirs}, we say {fate}"]
    found = []
    built_now = theirs.get("date") is not None and theirs["date"][0] == NOW
    if theirs["url"] != fate.url and not (built_now and fate.url == "" and fate.date is None):
        found.append(f"address: Jekyll {theirs['url']!r}, we {fate.url!r}")
    if theirs["kind"] == "static":
        return found
    if theirs["title"] != fate.title:
        found.append(f"title: Jekyll {theirs['title']!r}, we {fate.title!r}")
    if theirs["kind"] == "document":
        offset = None if fate.date is None else fate.date.utcoffset()
        date = (
            None if fate.date is None or offset is None else [int(fate.date.timestamp()), int(offset.total_seconds())]
        )
        if theirs["date"] != date and not (date is None and (built_now or theirs["date"] is None)):
            found.append(f"date: Jekyll {theirs['date']}, we {date}")
        for taxonomy in ("categories", "tags"):
            if theirs[taxonomy] != list(fate.terms.get(taxonomy, ())):
                found.append(f"{taxonomy}: Jekyll {theirs[taxonomy]}, we {fate.terms.get(taxonomy)}")
    return found


@pytest.mark.generator
def test_every_file_of_generated_sites_has_the_fate_that_jekyll_gives_it(tmp_path: Path) -> None:
    sites = []
    for number in range(SITES):
        root = tmp_path / str(number)
        files = _site(random.Random(number), number)
        write(root, files, NOW)
        sites.append((root, files))
    answers = read_sites([(root, NOW) for root, _ in sites])
    compared = 0
    wrong = []
    for (root, files), answer in zip(sites, answers, strict=True):
        for key, (path, fate) in _ours(root, files).items():
            compared += 1
            content = files[path]
            if isinstance(content, bytes) and b"\xff" in content and fate.reason is Hidden.ABORTS:
                continue  # that comes when it is rendered, and here sites are only read
            for difference in differences(fate, path, answer["found"].get(key), answer["stops"], key):
                wrong.append(f"{root.name}/{path}: {difference}\n{files[path]!r}")
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(wrong)
    assert compared > 1_500
