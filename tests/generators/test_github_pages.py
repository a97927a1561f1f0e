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
    "jekyll-readme-index",
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
    made = generator_for(profile)
    return {
        path: made.fate(Document(path, Text(str(content)), profile, made.surroundings(path, files.__contains__)))
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


_NOTE = "# Läs mig\n"
READMES: dict[str, tuple[str, dict[str, str | bytes]]] = {
    "alone in its folder": (
        "",
        {"README.md": _NOTE, "a/README.md": _NOTE, "a/b/Readme.MD": _NOTE, "c/readme.mkdn": _NOTE},
    ),
    "beside an index": (
        "",
        {
            **{f"{i}/README.md": _NOTE for i in range(9)},
            "README.md": _NOTE,
            "0/index.md": "---\n---\n",
            "1/index.html": "---\n---\n",
            "2/index.html": "<p>copied</p>",
            "3/index.xml": "<rss/>",
            "4/Index.html": "<p>copied</p>",
            "5/index.htm": "---\n---\n",
            "6/index.xhtml": "<p>copied</p>",
            "7/index.json": "{}",
            "8/index.md.txt": "x",
        },
    ),
    "beside an index that is left out": ("exclude: [a/index.md]\n", {"a/README.md": _NOTE, "a/index.md": "---\n---\n"}),
    "several of them": (
        "",
        {f"a/{name}": _NOTE for name in ("readme.md", "README.markdown", "Readme.md", "README.md")},
    ),
    "with front matter": ("", {"a/README.md": "---\ntitle: Own\n---\n", "README.md": "---\n---\n# T\n"}),
    "with front matter that counts": (
        "readme_index: {with_frontmatter: true}\n",
        {
            "a/README.md": "---\ntitle: Own\n---\n",
            "b/README.md": "---\npermalink: /c/d.html\n---\n# T\n",
            "index.md": "---\n---\n",
            "e/README.md": "---\n---\n",
            "e/index.html": "",
        },
    ),
    "the same with pretty addresses": (
        "permalink: pretty\nreadme_index: {with_frontmatter: true}\n",
        {"a/README.md": "---\ntitle: Own\n---\n", "README.md": "---\n---\n", "b/README.markdown": "---\n---\n"},
    ),
    "other names": ("", {"README.txt": _NOTE, "a/README": _NOTE, "b/README.zh.md": _NOTE, "c/MYREADME.md": _NOTE}),
    "other suffixes": ("markdown_ext: md,txt\n", {"README.txt": _NOTE, "a/README.markdown": _NOTE}),
    "in folders of their own kind": (
        "collections: {notes: {output: true}, talks: {output: true, permalink: /t/:name}, hidden: {}}\n",
        {
            "_notes/README.md": _NOTE,
            "_notes/index.md": "---\n---\n",
            "_notes/a/README.md": _NOTE,
            "_talks/README.md": _NOTE,
            "_hidden/README.md": _NOTE,
            "_posts/README.md": _NOTE,
            "_drafts/README.md": _NOTE,
            "x/_posts/README.md": _NOTE,
        },
    ),
    "left out": ("exclude: [a]\n", {"a/README.md": _NOTE, "_b/README.md": _NOTE, ".c/README.md": _NOTE}),
    "included": ("include: [README.md]\n", {"README.md": _NOTE, "a/README.md": _NOTE}),
    "the originals removed": ("readme_index: {remove_originals: true}\n", {"README.md": _NOTE, "a/README.md": _NOTE}),
    "switched off": ("readme_index: {enabled: false}\n", {"README.md": _NOTE, "a/README.md": _NOTE}),
    "with defaults": (
        "defaults:\n- scope: {path: a}\n  values: {title: From defaults, permalink: /own/}\n",
        {"a/README.md": _NOTE, "b/README.md": _NOTE},
    ),
}


@pytest.mark.generator
@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("generator", ["github-pages", "jekyll"])
def test_a_readme_is_the_index_of_its_folder(name: str, generator: str, tmp_path: Path) -> None:
    config, files = READMES[name]
    plugins = PLUGINS if generator == "github-pages" else ["jekyll-readme-index"]
    if generator == "jekyll":
        config += f"plugins: {plugins}\n".replace("'", "")
    files = {"_config.yml": f"timezone: UTC\n{config}", **files}
    write(tmp_path, files, NOW)
    (answer,) = ruby("jekyll_build.rb", [[str(tmp_path), NOW, plugins]], needs="jekyll-readme-index")
    assert not answer["stops"]
    wrong = []
    for path, fate in _fates(tmp_path, files, generator).items():
        found = {item["url"]: item for item in answer["items"].get(path, [])}
        pages = {url: item for url, item in found.items() if item["kind"] != "StaticFile"}
        ours = {fate.url, *fate.aliases} if fate.published else set()
        if ours != set(pages or found):
            wrong.append(f"{path}: Jekyll {sorted(pages or found)}, we {sorted(ours)}")
        elif pages and pages[fate.url]["title"] != fate.title:
            wrong.append(f"{path}: title {pages[fate.url]['title']!r}, we {fate.title!r}")
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
