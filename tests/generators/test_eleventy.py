"""Eleventy: what postlint says of each file, compared with what Eleventy makes of it.

A file at which Eleventy stops ends the whole build, so each that postlint says this of is built alone.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from postlint.document import Document
from postlint.generators import Fate, Hidden, generator_for, load_site
from postlint.text import Text
from tests.generators.oracle import tool, write

WRITTEN = 1_600_000_000
MODERN = 1_700_000_000
"""A date later than this is the time at which Eleventy found the file made."""

CONFIGS: tuple[dict[str, str | bytes], ...] = (
    {".eleventy.js": "module.exports = function (config) {};\n"},
    {
        "eleventy.config.mjs": "// input: 'no'\nexport default function (config) {}\n"
        "export const config = { dir: { input: 'src', output: 'out' }, pathPrefix: '/p/' };\n",
        "src/posts/posts.json": '{"permalink": "all/{{ page.fileSlug }}/", "title": "Given"}',
        "src/in/in.json": '{"date": "2001-02-03", "title": "In"}',
        "src/a/2.json": '{"permalink": "/two.html"}',
        "src/_data/site.json": "{}",
    },
    {
        ".eleventy.js": "module.exports = function (config) {\n  config.setInputDirectory('src');\n"
        "  config.addPreprocessor('drafts', '*', (data) => (data.draft ? false : undefined));\n};\n",
        ".eleventyignore": "# what is not read\nsrc/in\n./src/plain-1.md\n",
        "src/_includes/base.html": "{{ content }}",
        "src/posts/posts.11tydata.js": "module.exports = { title: 'By a program' };\n",
    },
    {
        ".eleventy.js": "module.exports = function (config) {\n"
        "  return { markdownTemplateEngine: false, dir: { input: '.' } };\n};\n",
    },
)  # fmt: skip
NAMES = (
    "plain-{}.md", "posts/2020-01-05-dated-{}.md", "2020-13-41-odd-{}.md", "in/deep {}.md", "2019-02-03/in-{}.md",
    "Über {}.md", "日本 {}.md", "a.b.{}.md", "{}.html", "{}.MD", "a/{}.md", "d{}/index.md", "e{}/e{}.md", "x{}.txt",
    "posts/b-{}.md", "_under{}.md", ".hidden{}.md", "node_modules/{}.md", "_includes/{}.md", "c++ & {}.md",
)  # fmt: skip
DATES = (
    "date:", "date: ''", "date: 2021-03-04", "date: 2021-03-04 20:30:00", "date: '2021-03-04 20:30:00'",
    "date: 2021-03-04 20:30:00 +08:00", "date: 2021-03-04 20:30:00 +0800", "date: 2021-03-04T20:30:00Z",
    "date: '2021-03-04'", "date: '2021-3-4'", "date: 2021-3-4", "date: 2021-13-01", "date: '2021-13-01'",
    "date: 2021-02-30", "date: '2021-02-30'", "date: 2021-03-04 20:30", "date: '2021-03-04T20:30'", "date: 20210304",
    "date: soon", "date: '2021-03-04T23:59:59-05:00'", "date: 2021-03-04T20:30:00.250+05:30", "date: Last Modified",
    "date: 0", "date: false", "date: '2021'", "date: '20210304'", "date: Created", "date: '2021-03-04T20:30:00+0800'",
)  # fmt: skip
TITLES = ("title: Plain", "title: 'a: b'", "title: 标题 Über", "title: ''", 'title: "x # y"', "title: two  blanks")
TAGS = (
    "tags: a b", "tags: a,b, c", "tags: [one, two words, one]", "tags:", "tags: []", "tags: ''", "tags:\n  - x\n  - y",
    "tags: [2, x]", "tag: z", "tags: {a: b}",
)  # fmt: skip
PERMALINKS = (
    "", "", "permalink: /own/page-{}/", "permalink: own-{}/", "permalink: own-{}.html", "permalink: false",
    "permalink: true", "permalink: ''", "permalink:", "permalink: /n{}", "permalink: '/{{{{ title }}}}/{}/'",
    "permalink: /i{}/index.html", "permalink: ./dot-{}/", "permalink: /a//b{}/", "permalink: /x.y{}/", "permalink: 5",
    "permalink: /f{}.txt", "permalink: 'false'",
)  # fmt: skip
EXTRAS = (
    "",
    "",
    "",
    "",
    "draft: true",
    "draft: false",
    "published: false",
    "layout: false",
    "eleventyExcludeFromCollections: false",
)
OTHERS = (
    "No front matter\n", "---\n- a\n---\nBody\n", "---\njust text\n---\nBody\n", "---\ntitle: a: b\n---\nBody\n",
    "---\n---\nBody\n", "---\ntitle: open\n", "----\ntitle: four\n----\nBody\n",
    '---json\n{{"title": "JSON"}}\n---\nBody\n', "---\n# note\n---\nBody\n",
    "\n---\ntitle: late\n---\nBody\n", "", "---\ntitle: closed\n----\nBody\n", "+++\ntitle = 'no'\n+++\n",
    "---yaml\ntitle: named\n---\nBody\n", "---\ntitle: one\ntitle: two\n---\nBody\n",
)  # fmt: skip


def build(roots: list[Path]) -> list[dict[str, Any]]:
    """What Eleventy makes of the files of each site, by their paths; or that it stops."""
    node = tool("node")
    where = "console.log(require('path').resolve(require.resolve('@11ty/eleventy'), '../../../..'))"
    asked = subprocess.run([node, "-e", where], capture_output=True, text=True, timeout=60)
    if asked.returncode:
        if os.environ.get("CI") == "true":
            pytest.fail(f"Node finds no @11ty/eleventy, and CI must compare with it: {asked.stderr[-400:]}")
        pytest.skip("Node finds no @11ty/eleventy")
    run = subprocess.run(
        [node, str(Path(__file__).with_name("eleventy_site.mjs")), asked.stdout.strip()],
        input=json.dumps(list(map(str, roots))), capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-3000:]
    answers: list[dict[str, Any]] = json.loads(run.stdout)
    return answers


def _content(chance: random.Random, number: int) -> str:
    if chance.random() < 0.1:
        return chance.choice(OTHERS).replace("{{", "{").replace("}}", "}")
    lines = [chance.choice(DATES) if chance.random() < 0.6 else "", chance.choice(TITLES)]
    lines += [chance.choice(TAGS) if chance.random() < 0.6 else "", chance.choice(PERMALINKS).format(number)]
    lines.append(chance.choice(EXTRAS))
    return "---\n" + "".join(f"{line}\n" for line in lines if line) + "---\nBody\n"


def _differences(fate: Fate, theirs: dict[str, Any] | None) -> list[str]:
    if theirs is None or theirs["url"] is False:
        return [f"Eleventy leaves it out, we say {fate}"] if fate.published else []
    if not fate.published:
        return [f"Eleventy writes {theirs['url']}, we say {fate.reason}"]
    found = []
    if fate.url and theirs["url"] != fate.url:
        found.append(f"address: Eleventy {theirs['url']!r}, we {fate.url!r}")
    if str(theirs["title"] or "") != fate.title:
        found.append(f"title: Eleventy {theirs['title']!r}, we {fate.title!r}")
    date = fate.date.timestamp() if fate.date is not None else None
    if theirs["date"] != date and not (date is None and (theirs["date"] or 0) > MODERN):
        found.append(f"date: Eleventy {theirs['date']}, we {fate.date}")
    if tuple(theirs["tags"]) != fate.terms.get("tags", ()):
        found.append(f"tags: Eleventy {theirs['tags']}, we {fate.terms.get('tags')}")
    return found


@pytest.mark.generator
def test_every_file_of_generated_sites_has_the_fate_that_eleventy_gives_it(tmp_path: Path) -> None:
    sites: list[tuple[Path, dict[str, str | bytes], dict[str, Fate]]] = []
    alone: list[tuple[Path, str]] = []
    without_address = 0
    for number, config in enumerate(CONFIGS):
        root = tmp_path / str(number)
        chance = random.Random(number)
        source = "src/" if any(path.startswith("src/") for path in config) else ""
        files = {source + chance.choice(NAMES).format(index, index): _content(chance, index) for index in range(120)}
        write(root, config, WRITTEN)
        profile = load_site(root, "", "eleventy")
        generator = generator_for(profile)
        kept: dict[str, str | bytes] = {}
        fates = {}
        for path, content in files.items():
            fate = generator.fate(Document(path, Text(content), profile))
            if fate.reason is Hidden.ABORTS:
                lonely = tmp_path / f"alone-{number}-{len(alone)}"
                write(lonely, {**config, path: content}, WRITTEN)
                alone.append((lonely, f"{number}/{path}\n{content!r}"))
            else:
                kept[path] = content
                fates[path] = fate
                without_address += fate.published and not fate.url
        write(root, kept, WRITTEN)
        sites.append((root, kept, fates))
    answers = build([*(root for root, *_ in sites), *(root for root, _ in alone)])
    wrong = [
        f"{what}\nEleventy does not stop at it: {answer}"
        for answer, (_, what) in zip(answers[len(sites) :], alone, strict=True)
        if "stops" not in answer
    ]
    for answer, (root, kept, fates) in zip(answers, sites, strict=False):
        if "stops" in answer:
            wrong.append(f"{root.name}: Eleventy stops, we do not say so: {answer['stops']}")
            continue
        for path, text in kept.items():
            theirs = answer["pages"].get(f"./{path}", [None])[0]
            wrong += [f"{root.name}/{path}: {each}\n{text!r}" for each in _differences(fates[path], theirs)]
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(wrong)
    assert len(alone) > 40
    assert sum(len(kept) for _, kept, _ in sites) > 250
    assert without_address < 60
