"""The files as they were: two folders laid over each other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from postlint.engine.changes import Changes
from postlint.engine.past import PastTree, may_configure
from tests.engine.repositories import commit, edit, git, repository_with
from tests.sites import write_site

SITE: dict[str, str | bytes] = {
    "_config.yml": "url: x\n",
    "_posts/a.md": "a\n",
    "_posts/old/b.md": "b\n",
    "drafts/c.md": "c\n",
    "images/tea.png": b"\x89PNG",
}


def below(tree: PastTree, folder: str = "") -> dict[str, str]:
    """Every file of a tree with its text."""
    found: dict[str, str] = {}
    for entry in tree.scan(folder):
        if entry.name == ".git":
            continue
        if entry.is_dir(follow_symlinks=False):
            found |= below(tree, f"{folder}{entry.name}/")
        else:
            path = folder + entry.name
            found[path] = Path(tree.locate(path)).read_bytes().decode("utf-8", "replace")
    return found


def test_the_past_is_what_was_committed(tmp_path: Path) -> None:
    root = repository_with(tmp_path / "site", SITE)
    committed = {
        path: text if isinstance(text, str) else text.decode("utf-8", "replace") for path, text in SITE.items()
    }
    git(root, "mv", "_posts/a.md", "_posts/z.md")
    edit(root, {"_posts/z.md": "a\nmore\n", "_posts/new/d.md": "d\n", "top.md": "t\n", "drafts/c.md": "cc\n"})
    (root / "_posts/old/b.md").unlink()
    (root / "_posts/old").rmdir()
    (root / "images/tea.png").unlink()
    with Changes(root, "HEAD") as changes, PastTree(root, changes) as tree:
        past = below(tree)
        assert past.pop("postlint.toml") == ""
        assert past.pop("images/tea.png") == "", "of pictures only the names are kept"
        assert past == {path: text for path, text in committed.items() if not path.endswith(".png")}
        with pytest.raises(OSError, match="_posts/nowhere"):
            tree.scan("_posts/nowhere/")


def test_a_file_where_a_folder_was_and_the_reverse(tmp_path: Path) -> None:
    root = repository_with(tmp_path / "site", {"a.md": "file\n", "b/c.md": "inside\n"})
    (root / "a.md").unlink()
    (root / "b/c.md").unlink()
    (root / "b").rmdir()
    edit(root, {"a.md/x.md": "x\n", "b": "now a file\n"})
    with Changes(root, "HEAD") as changes, PastTree(root, changes) as tree:
        past = below(tree)
        assert (past["a.md"], past["b/c.md"]) == ("file\n", "inside\n")
        assert "a.md/x.md" not in past and "b" not in past


@pytest.mark.parametrize(
    ("files", "alike"),
    [
        ({"_posts/a.md": "changed\n", "_posts/more.md": "m\n"}, True),
        ({"_redirects": "/a /b\n"}, False),
        ({"_posts/2024/deep/more.md": "m\n", "images/cup.png": "x"}, True),
        ({"_config.yml": "url: y\n"}, False),
        ({"Gemfile": "gem 'jekyll'\n"}, False),
        ({"content/posts/_index.md": "---\n---\n"}, False),
        ({"layouts/_default/_markup/render-link.html": "x"}, False),
        ({"content/first.md": "the folder is new\n"}, False),
        ({"themes/x/readme.md": "the theme is new\n"}, False),
    ],
)
def test_when_the_site_may_have_been_built_otherwise(tmp_path: Path, files: dict[str, str], alike: bool) -> None:
    root = repository_with(tmp_path / "site", SITE)
    edit(root, files)
    with Changes(root, "HEAD") as changes, PastTree(root, changes) as tree:
        assert tree.configured_alike is alike, "as it came"
    commit(root)
    git(root, "revert", "--no-commit", "HEAD")
    with Changes(root, "HEAD") as changes, PastTree(root, changes) as tree:
        assert tree.configured_alike is alike, "as it went"


def test_the_skeleton_has_all_folders_and_what_configures(tmp_path: Path) -> None:
    root = repository_with(tmp_path / "site", {**SITE, "_data/tags.yml": "- tea\n", "Gemfile": "x\n"})
    edit(root, {"_config.yml": "url: y\n", "fresh/more.yml": "n\n"})
    git(root, "rm", "-r", "--quiet", "_data")
    (root / "empty").mkdir()
    with Changes(root, "HEAD") as changes, PastTree(root, changes) as tree:
        skeleton = tree.skeleton
        files = {path.relative_to(skeleton).as_posix() for path in skeleton.rglob("*") if path.is_file()}
        assert files == {"_config.yml", "_data/tags.yml", "Gemfile", "postlint.toml"}
        assert (skeleton / "_config.yml").read_text(encoding="utf-8") == "url: x\n"
        assert (skeleton / "_posts/old").is_dir() and not (skeleton / "fresh").exists()
    assert not skeleton.exists()


SITES: dict[str, dict[str, str]] = {
    "jekyll": {"_config.yml": "theme: minima\n", "Gemfile": "gem 'jekyll'\n", "_posts/2024-01-01-a.md": "---\n---\n"},
    "github-pages": {"_config.yml": "", "Gemfile": "gem 'github-pages'\n", "index.md": "# A\n"},
    "hugo": {
        "hugo.toml": "theme = 'x'\n",
        "config/_default/languages.toml": "[en]\n",
        "config/production/hugo.toml": "",
        "content/_index.md": "---\ncascade: {a: 1}\n---\n",
        "content/posts/_index.en.md": "---\nslug: x\n---\n",
        "content/posts/a.md": "---\n---\n",
        "layouts/_default/_markup/render-link.html": "<a>",
        "themes/x/layouts/_markup/render-heading.html": "<h1>",
    },
    "hexo": {"_config.yml": "source_dir: source\n", "package.json": '{"hexo": {}}', "source/_posts/a.md": "---\n---\n"},
    "zola": {
        "config.toml": "base_url = 'x'\n",
        "content/_index.md": "+++\ndraft = true\n+++\n",
        "content/a.md": "+++\n+++\n",
    },
    "mkdocs": {"mkdocs.yml": "INHERIT: base.yml\n", "base.yml": "site_name: x\n", "docs/index.md": "# A\n"},
    "eleventy": {
        ".eleventy.js": "module.exports = {dir: {input: 'src'}}\n",
        "src/_data/site.json": "{}",
        "src/_includes/base.njk": "---\nlayout: x\n---\n",
        "src/posts/posts.11tydata.js": "module.exports = {}\n",
        "src/posts/a.md": "# A\n",
    },
    "docusaurus": {"docusaurus.config.js": "export default {}\n", "versions.json": "[]", "docs/a.md": "# A\n"},
    "astro": {"astro.config.mjs": "export default {}\n", "src/pages/index.md": "# A\n"},
}
READ = """
import json, os, sys
from pathlib import Path
root = sys.argv[1]
seen = set()
def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, os.PathLike)):
        path = os.path.abspath(os.fspath(arguments[0]))
        if path.startswith(root + os.sep):
            seen.add(os.path.relpath(path, root).replace(os.sep, "/"))
sys.addaudithook(hook)
from postlint.config.settings import Settings
from postlint.engine.sites import load_profiles
folders = ["", *(name + "/" for name in sorted(os.listdir(root)))]
profiles, _ = load_profiles(Path(root), folders, Settings(root=Path(root)))
json.dump([sorted(seen), {folder: p.generator for folder, p in profiles.items()}], sys.stdout)
"""


def test_what_generators_read_of_a_site_is_taken_to_configure_it(tmp_path: Path) -> None:
    """Else a change in it would go unseen: what was read before the change would be taken from after it."""
    root = write_site(
        tmp_path, {f"{site}/{path}": text for site, files in SITES.items() for path, text in files.items()}
    )
    process = subprocess.run(
        [sys.executable, "-c", READ, str(root)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    seen, generators = json.loads(process.stdout)
    assert {folder.rstrip("/") for folder in generators} - {""} == SITES.keys()
    assert {path.partition("/")[0] for path in seen} >= SITES.keys()
    assert [path for path in seen if not may_configure(path)] == []
