"""MkDocs: what postlint says of each file, compared with what MkDocs builds."""

from __future__ import annotations

import html
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from postlint.document import Document
from postlint.generators import Fate, generator_for, load_site
from postlint.parse.headings import anchors
from postlint.text import Text
from tests.generators.oracle import write

WRITTEN = 1_600_000_000
CONFIGS = (
    "site_name: A\n",
    "site_name: A\nuse_directory_urls: false\n",
    "site_name: A\ndocs_dir: pages\nexclude_docs: |\n  draft*\n  /in/x*.md\n  !.well\n"
    "nav:\n  - index.md\n  - Called otherwise: plain0.md\n"
    "  - More: [plain1.md, {Third: 'in/deep 2.md'}]\n",
    "site_name: A\ndraft_docs: |\n  in/\nmarkdown_extensions: [attr_list, {toc: {permalink: true}}]\n",
)  # fmt: skip
NAMES = (
    "plain{}.md", "{}.markdown", "{}.mdown", "in/deep {}.md", "in/x{}.md", "draft{}.md", "Über {}.md", "日本 {}.md",
    ".hidden{}.md", ".well/{}.md", "templates/{}.md", "in/templates/{}.md", "a.b.{}.md", "{}.html", "{}.MD",
    "x_{}-y.md", "Case{}.md", "c{}/index.md", "r{}/README.md", "d{}/readme.md", "_under{}.md", "in/c++ & {}.md",
)  # fmt: skip
PAIRS = (
    ("p/README.md", "p/index.md"), ("q.md", "q/index.md"), ("s/a.md", "s/a/README.md"), ("t/a.md", "t/a.mkd"),
    ("u/index.md", "u/index.markdown"), ("v/.index.md", "v/index.md"),
)  # fmt: skip
TITLES = (
    "", "title: Plain", "title: 'a: b'", "title: 标题 Über", "title: 2024", "title: ''", "Title: Capital", "other: 1",
)  # fmt: skip
BODIES = (
    "Text\n", "# First\n\nText\n", "Text\n\n# Second\n", "First `code` *it*\n=====\n\nText\n",
    "## Two\n\n# One\n", "# A [link](x) & <b>b</b>\n",
    "\n\n# Late {#own}\n", "",
)  # fmt: skip
OTHERS = (
    "No front matter\n", "title: Multi\nother: x\n\nBody\n", "title: a: b\n---\nBody\n", "---\ntitle: open\n\nBody\n",
    "---\n- a\n---\nBody\n", "---\ntitle: a: b\n---\n\nBody\n", "Title: One\n    more\nTitle: two\n\n# Head\n",
    "---\ntitle: dots\n...\nBody\n", "Note: this is text\nand more of it\n\n# Head\n", "---\ntitle: end\n---",
    "\ntitle: late\n",
)  # fmt: skip
HEADINGS = (
    "Plain words", "Twice", "Twice", "Twice_1", "`code()` and *stress*", "日本語", "日本語", "Über das Maß", "C++ & C#",
    "1. First", "a -- b --- c", "it's \\\"quoted\\\"", "![alt](i.png) image", "[link](https://example.org) here",
    "Own {#mine}", "trailing  ##",
    "under_score -dash-", "a.b/c", "emoji 🎉 x", "&amp; entity &lt;", "ﬁ ligature ½",
)  # fmt: skip

ORACLE = """
import json, logging, sys
logging.disable(logging.CRITICAL)
from mkdocs.config import load_config
from mkdocs.commands import build as command
from mkdocs.structure.files import get_files
from mkdocs.structure.nav import get_navigation
answers = []
for root in json.load(sys.stdin):
    config = load_config(root + "/mkdocs.yml")
    pages = {}
    def keep(output, page, config, pages=pages):
        pages[page.file.src_uri] = {"url": page.file.dest_uri, "title": page.title, "html": page.content}
        return output
    config.plugins.events["post_page"].append(keep)
    command.build(config)
    answers.append(pages)
json.dump(answers, sys.stdout)
"""


def build(roots: list[Path]) -> list[dict[str, Any]]:
    """The pages that MkDocs writes of each site, by their path in ``docs_dir``."""
    asked = subprocess.run([sys.executable, "-c", "import mkdocs"], capture_output=True)
    if asked.returncode:
        if os.environ.get("CI") == "true":
            pytest.fail("MkDocs is not installed beside this Python, and CI must compare with it")
        pytest.skip("MkDocs is not installed beside this Python")
    run = subprocess.run(
        [sys.executable, "-c", ORACLE],
        input=json.dumps(list(map(str, roots))),
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    answers: list[dict[str, Any]] = json.loads(run.stdout)
    return answers


def _content(chance: random.Random) -> str:
    if chance.random() < 0.25:
        return chance.choice(OTHERS)
    title = chance.choice(TITLES)
    return (f"---\n{title}\n---\n" if title or chance.random() < 0.2 else "") + chance.choice(BODIES)


def _differences(fate: Fate, theirs: dict[str, Any] | None) -> list[str]:
    if theirs is None:
        return [f"MkDocs leaves it out, we say {fate}"] if fate.published else []
    if not fate.published:
        return [f"MkDocs writes {theirs['url']}, we say {fate.reason}"]
    found = []
    url = fate.url.lstrip("/") + ("index.html" if fate.url.endswith("/") else "")
    if url != theirs["url"]:
        found.append(f"address: MkDocs {theirs['url']!r}, we {fate.url!r}")
    if html.unescape(str(theirs["title"])) != fate.title:  # of a heading it takes the HTML
        found.append(f"title: MkDocs {theirs['title']!r}, we {fate.title!r}")
    return found


@pytest.mark.generator
def test_every_file_of_generated_sites_has_the_fate_that_mkdocs_gives_it(tmp_path: Path) -> None:
    sites = []
    for number, config in enumerate(CONFIGS):
        chance = random.Random(number)
        docs = "pages/" if "docs_dir" in config else "docs/"
        files: dict[str, str | bytes] = {"mkdocs.yml": config, docs + "index.md": chance.choice(BODIES)}
        for index in range(90):
            files[docs + chance.choice(NAMES).format(index)] = _content(chance)
        for index in range(3):
            files[f"{docs}plain{index}.md"] = f"---\ntitle: P{index}\n---\n"
        for pair in PAIRS:
            files |= {docs + path: "Text\n" for path in pair}
        write(tmp_path / str(number), files, WRITTEN)
        sites.append((tmp_path / str(number), docs, files))
    wrong = []
    compared = 0
    for (root, docs, files), theirs in zip(sites, build([root for root, _, _ in sites]), strict=True):
        profile = load_site(root, "", "mkdocs")
        generator = generator_for(profile)
        for path, content in files.items():
            if not path.startswith(docs):
                continue
            compared += 1
            assert isinstance(content, str)
            fate = generator.fate(
                Document(path, Text(content), profile, generator.surroundings(path, files.__contains__))
            )
            found = _differences(fate, theirs.get(path[len(docs) :]))
            wrong += [f"{root.name}/{path}: {each}\n{content!r}" for each in found]
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(wrong)
    assert compared > 300


@pytest.mark.generator
def test_headings_have_the_ids_that_mkdocs_gives_them(tmp_path: Path) -> None:
    roots = []
    for number, config in enumerate((CONFIGS[0], CONFIGS[3])):
        files: dict[str, str | bytes] = {"mkdocs.yml": config}
        for index in range(40):
            chance = random.Random(index)
            texts = chance.sample(HEADINGS, 7)
            files[f"docs/{index}.md"] = "".join(f"{'#' * chance.randint(1, 4)} {text}\n\nText\n\n" for text in texts)
        write(tmp_path / str(number), files, WRITTEN)
        roots.append(tmp_path / str(number))
    wrong = []
    for root, theirs in zip(roots, build(roots), strict=True):
        profile = load_site(root, "", "mkdocs")
        for source, page in theirs.items():
            content = (root / "docs" / source).read_text()
            made = set(re.findall(r'<h\d[^>]* id="([^"]*)"', page["html"]))
            ours = anchors(Document(f"docs/{source}", Text(content), profile))
            if not made or set(ours.ids) != made:
                wrong.append(f"{root.name}/{source}: MkDocs {sorted(made)}, we {ours.ids}\n{content!r}")
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(wrong[:5])
