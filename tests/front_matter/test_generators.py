"""What the rules say of Jekyll, Hugo and Hexo is what these do."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

from postlint.parse.dialect import FenceStyle
from postlint.parse.front_matter import Node, read_front_matter
from postlint_rules.front_matter._yaml_readings import reading

from .test_fences import TABLE

pytestmark = pytest.mark.generator

BROKEN = {
    "colon": "title: a: b\n",
    "inner quote": 'title: "a "b" c"\n',
    "unclosed": 'title: "a\nx: 1\n',
    "tab": "m:\n\ta: 1\n",
    "at": "title: @a\n",
    "list": "- a\n",
    "text": "hello\n",
    "no blank": "title:a\nx: 1\n",
}
_WRITTEN = """
no No NO off yes on y n true True null ~ Null 012 007 08 1.10 0.10 1.0 2.50 1. .5 1_000 1,000 1__0 0x1F 0o17 +5 12:30
1:2 20:30:40 1e3 12e03 2024 3.5 v1.10 1.2.3 2024-01-02 2024-1-2 2024-02-30 1.10.0 00 0b11 0123.4 -1 -0.50 1e400 0x 0o8
190:20:30 1.5.0 01.50 +1.50 100000000 1234567890123 9_9_9 0. 00.5 1_0.5
"""
TITLES = _WRITTEN.split()


def _tool(name: str) -> str:
    found = which(name) or which(name, path=str(Path(sys.executable).parent))
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"`{name}` is not installed, and CI must compare with it")
        pytest.skip(f"`{name}` is not installed")
    return found


def _texts(style: FenceStyle) -> list[tuple[str, str | None]]:
    return [(text, row[style]) for text, row in TABLE if style in row and text]


# Jekyll ------------------------------------------------------------------------------------------------------------

DUMP = """---
---
{% for post in site.posts %}@@{{ post.path }}|{{ post.url }}|{{ post.title }}|{{ post.date | date: "%Y" }}@@
{% endfor %}"""


def _jekyll(folder: Path, posts: dict[str, str]) -> tuple[dict[str, list[str]], str]:
    """Address, title and year of each post, and what Jekyll says."""
    program = _tool("jekyll")
    (folder / "_posts").mkdir(parents=True)
    (folder / "_config.yml").write_text("timezone: UTC\nmarkdown_ext: md\n")
    (folder / "dump.txt").write_text(DUMP)
    for name, text in posts.items():
        (folder / "_posts" / f"2020-01-02-{name}.md").write_bytes(text.encode())
    run = subprocess.run([program, "build", "-q"], cwd=folder, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    found = re.findall(r"@@_posts/2020-01-02-(.*?)\.md\|(.*)@@", (folder / "_site" / "dump.txt").read_text())
    return {name: html.unescape(rest).split("|") for name, rest in found}, run.stderr + run.stdout


def test_jekyll_sees_front_matter_where_we_do(tmp_path: Path) -> None:
    texts = [(text, body) for text, body in _texts("jekyll") if "title: T" in text and "{%" not in text]
    posts, _ = _jekyll(tmp_path / "site", {f"c{n}": text for n, (text, _) in enumerate(texts)})
    assert len(texts) > 12
    for number, (text, body) in enumerate(texts):
        title = posts[f"c{number}"][1]
        assert (title == "T") == (body is not None), text


def test_jekyll_publishes_a_post_that_does_not_load_without_what_it_says(tmp_path: Path) -> None:
    posts, said = _jekyll(
        tmp_path / "site", {name.replace(" ", "-"): f"---\n{text}---\nBody\n" for name, text in BROKEN.items()}
    )
    for name in BROKEN:
        url, title, year = posts[name.replace(" ", "-")]
        assert title == ""
        assert year != "2020" and f"/{year}/" in url  # the build's year
    assert said.count("YAML Exception") + said.count("could not read file") >= len(BROKEN)


def test_jekyll_takes_the_last_of_equal_keys(tmp_path: Path) -> None:
    posts, _ = _jekyll(tmp_path / "site", {"a": "---\ntitle: A\ntitle: B\n---\n"})
    assert posts["a"][1] == "B"


def test_jekyll_reads_titles_as_we_say(tmp_path: Path) -> None:
    posts, _ = _jekyll(tmp_path / "site", {f"t{n}": f"---\ntitle: {title}\n---\n" for n, title in enumerate(TITLES)})
    for number, written in enumerate(TITLES):
        found = reading(_node(written), "jekyll")
        printed = posts[f"t{number}"][1]
        if found is None:
            assert printed == written
        elif found.printed in ("", "false"):
            assert printed == f"T{number}"  # made of the file's name
        else:
            assert printed == found.printed


def _node(written: str) -> Node:
    entry = read_front_matter(f"---\ntitle: {written}\n---\n", "jekyll").get("title")
    assert entry is not None
    return entry.node


# Hugo --------------------------------------------------------------------------------------------------------------


def _hugo(folder: Path, pages: dict[str, str]) -> tuple[dict[str, dict[str, str]] | None, str]:
    """Title and body of each page, None where Hugo stops; and what it says."""
    program = _tool("hugo")
    (folder / "layouts").mkdir(parents=True)
    (folder / "content").mkdir()
    (folder / "hugo.toml").write_text('baseURL = "http://example.org/"\n')
    layout = '{{ dict "title" (string .Title) "body" .RawContent | jsonify }}'
    for name in ("page.html", "single.html"):
        (folder / "layouts" / name).write_text(layout)
    for name, text in pages.items():
        (folder / "content" / f"{name}.md").write_bytes(text.encode())
    kinds = "home,section,taxonomy,term,rss,sitemap,404"
    command = [program, "--quiet", "--disableKinds", kinds]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    if run.returncode:
        return None, run.stdout + run.stderr
    written = {path.parent.name: json.loads(path.read_text()) for path in folder.glob("public/*/index.html")}
    return written, run.stdout + run.stderr


def test_hugo_sees_front_matter_where_we_do(tmp_path: Path) -> None:
    texts = [(text, body) for text, body in _texts("hugo") if body is not None and not text.endswith("More.")]
    pages, said = _hugo(tmp_path / "seen", {f"c{n}": text for n, (text, _) in enumerate(texts)})
    assert pages is not None, said
    for number, (text, body) in enumerate(texts):
        page = pages[f"c{number}"]
        assert page["body"].strip() == (body or "").strip(), text
        front_matter = read_front_matter(text, "hugo")
        assert page["title"] == front_matter.values.get("title", ""), text


STOPS = [
    "---\ntitle: T\n\nB",
    "---\ntitle: T\n...\nB",
    "---\ntitle: T\n  ---\nB",
    "----\ntitle: T\n----\nB",
    "++++++\ntitle = 'T'\n++++++\nB",
    "- a\n- b\n",
    "{{< x >}}\n\nB",
    "---\ntitle: T\ntitle: U\n---\nB",
    "---\nm:\n  a: 1\n  a: 2\n---\nB",
    *(f"---\n{text}---\nB" for text in BROKEN.values()),
]


@pytest.mark.parametrize("text", STOPS)
def test_hugo_stops_where_we_say(text: str, tmp_path: Path) -> None:
    pages, said = _hugo(tmp_path / "site", {"a": text, "good": "---\ntitle: T\n---\n"})
    assert pages is None, said
    front_matter = read_front_matter(text, "hugo")
    repeated = len({entry.key for entry in front_matter}) < len(front_matter.entries) or "a: 1\n  a: 2" in text
    no_mapping = front_matter.root is not None and front_matter.root.kind != "mapping"
    assert front_matter.error or front_matter.defect or repeated or no_mapping


def test_hugo_reads_titles_as_we_say(tmp_path: Path) -> None:
    pages, said = _hugo(tmp_path / "site", {f"t{n}": f"---\ntitle: {title}\n---\n" for n, title in enumerate(TITLES)})
    assert pages is not None, said
    for number, written in enumerate(TITLES):
        found = reading(_node(written), "hugo")
        assert pages[f"t{number}"]["title"] == (written if found is None else found.printed)


# Hexo --------------------------------------------------------------------------------------------------------------

# Hexo reads files by hexo-fs, which makes all line ends LF before anybody else sees them.
HEXO = """
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8')).map(text => text.replace(/\\r\\n/g, '\\n'));
const { parse } = require('hexo-front-matter');
console.log(JSON.stringify(texts.map(text => {
  try { const read = parse(text); return [read.title === undefined ? null : String(read.title), read._content]; }
  catch (error) { return 'error'; }
})));
"""


def _hexo(texts: list[str]) -> list[list[str | None] | str]:
    """Title and body of each text, by the hexo-front-matter that Node finds (``NODE_PATH``)."""
    program = _tool("node")
    if subprocess.run([program, "-e", "require('hexo-front-matter')"], capture_output=True).returncode:
        assert not os.environ.get("CI"), "CI must have hexo-front-matter"
        pytest.skip("Node finds no `hexo-front-matter`")
    run = subprocess.run(
        [program, "-e", HEXO], input=json.dumps(texts), capture_output=True, text=True, timeout=60, check=True
    )
    answer: list[list[str | None] | str] = json.loads(run.stdout)
    return answer


def test_hexo_sees_front_matter_where_we_do() -> None:
    texts = _texts("hexo")
    for (text, body), read in zip(texts, _hexo([text for text, _ in texts]), strict=True):
        assert isinstance(read, list), text
        assert read[1] == (text if body is None else body).replace("\r\n", "\n"), text


def test_hexo_stops_at_what_does_not_load() -> None:
    texts = [f"---\n{text}---\nB" for name, text in BROKEN.items() if name not in ("list", "text", "tab")]
    texts.append("---\na: 1\na: 2\n---\nB")
    assert _hexo(texts) == ["error"] * len(texts)
