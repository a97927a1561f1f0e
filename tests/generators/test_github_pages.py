"""GitHub Pages: Jekyll with plugins that make pages of plain Markdown and take titles from headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.document import Document
from postlint.generators import Fate, generator_for, load_site
from postlint.text import Text
from tests.generators.oracle import ruby, write

NOW = 1_900_000_000
PLUGINS = [
    "jekyll-optional-front-matter",
    "jekyll-titles-from-headings",
    "jekyll-relative-links",
    "jekyll-default-layout",
]

BODIES = (
    "# Plain title\n\nText\n", "\n\n## Second *level* with `code`\n", "Setext\n======\n", "Two\nlines\n---\n",
    "Text\n\n# Late\n", "#### Too deep\n", "# With note[^1]\n\n[^1]: x\n", "# [A link](x.md) & more\n",
    "### Closed\n", "#No blank\n", "",
)  # fmt: skip
HEADS = (
    "",
    "---\n---\n",
    "---\ntitle: Own\n---\n",
    "---\ntitle:\n---\n",
    "---\ntitle: false\n---\n",
    "---\nlang: en\n---\n",
)
NAMES = ("README.md", "docs/LICENSE.md", "Contributing.markdown", "readme.MD", "docs/readme-not.md")


def _files() -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {"_config.yml": "timezone: UTC\ninclude: [keep]\n"}
    for i, body in enumerate(BODIES):
        for j, head in enumerate(HEADS):
            files[f"p/{i}-{j}.md"] = head + body
        files[f"_posts/2024-01-{i + 1:02}-post.md"] = HEADS[1] + body
    files.update(dict.fromkeys((*NAMES, "keep/README.md"), "# A note\n"))
    files["plain.html"] = "<h1>x</h1>\n"
    return files


def _fates(root: Path, files: dict[str, str | bytes], generator: str) -> dict[str, Fate]:
    profile = load_site(root, "", generator)
    assert profile.generator == "jekyll"
    return {
        path: generator_for(profile).fate(Document(path, Text(str(content)), profile))
        for path, content in files.items()
        if path not in ("_config.yml", "Gemfile")
    }


@pytest.mark.generator
def test_files_without_front_matter_are_pages_with_the_titles_of_their_headings(tmp_path: Path) -> None:
    files = _files()
    write(tmp_path, files, NOW)
    (answer,) = ruby("jekyll_build.rb", [[str(tmp_path), NOW, PLUGINS]], needs="jekyll-optional-front-matter")
    assert not answer["stops"]
    wrong = []
    for path, fate in _fates(tmp_path, files, "github-pages").items():
        found = {item["file"]: item for item in answer["items"].get(path, [])}
        item = found.get(fate.url[1:]) or found.get(fate.url[1:] + "index.html")
        if item is None:
            wrong.append(f"{path}: Jekyll {found}, we {fate.url}")
        elif item["kind"] != "StaticFile" and item["title"] != fate.title:
            wrong.append(f"{path}: title {item['title']!r}, we {fate.title!r}")
        elif item["kind"] == "StaticFile" and len(found) > 1:
            wrong.append(f"{path}: Jekyll makes a page of it too: {found}")
    assert not wrong, "\n".join(wrong)


def test_it_is_named_or_found_in_the_gemfile(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a.md": "# Title\n", "_config.yml": "exclude: []\n"}
    write(tmp_path, files, NOW)
    assert _fates(tmp_path, files, "jekyll")["a.md"].url == "/a.md"
    assert _fates(tmp_path, files, "github-pages")["a.md"].url == "/a.html"
    write(tmp_path, {"Gemfile": 'source "x"\n# gem "github-pages"\n'}, NOW)
    assert _fates(tmp_path, files, "jekyll")["a.md"].url == "/a.md"
    write(tmp_path, {"Gemfile": 'gem "github-pages", group: :jekyll_plugins\n'}, NOW)
    assert _fates(tmp_path, files, "jekyll")["a.md"].url == "/a.html"
