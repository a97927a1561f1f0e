"""Where Hugo finds content and static files: mounts, folders of languages, a configuration in parts."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from postlint.document import Document
from postlint.generators import generator_for, load_site
from postlint.text import Text
from tests.generators.oracle import tool
from tests.sites import write_site

BARE = 'disableKinds = ["taxonomy", "term", "rss", "sitemap"]\n'
PAGE = "---\ntitle: T\n---\n"
FILES = {
    "layouts/_default/single.html": "{{ .RelPermalink }}",
    "layouts/_default/list.html": "list",
    **dict.fromkeys(("content/en/a.md", "content/fr/b.md", "posts/Old Tea.md", "content/c.md"), PAGE),
    **dict.fromkeys(("static/s.txt", "french/F.txt", "files/z.txt", "posts/My List.txt", "content/en/Ä b.txt"), "text"),
}
MOUNTS = """
[[module.mounts]]
source = "content/en"
target = "content"
[module.mounts.sites.matrix]
languages = ["en"]
[[module.mounts]]
source = "posts"
target = "content/blog"
[[module.mounts]]
source = "files"
target = "static/dl"
"""
LANGUAGES = """
[languages.en]
weight = 1
[languages.fr]
weight = 2
contentDir = "content/fr"
staticDir = "french"
"""


@pytest.mark.generator
@pytest.mark.parametrize(
    "configuration",
    [
        {"hugo.toml": BARE},
        {"hugo.toml": BARE + 'staticDir = ["static", "files"]\n'},
        {"hugo.toml": BARE + MOUNTS},
        {"hugo.toml": BARE + LANGUAGES},
        {"hugo.toml": BARE + LANGUAGES + MOUNTS},
        {
            "config/_default/hugo.toml": BARE,
            "config/_default/languages.en.toml": 'contentDir = "content/en"\nweight = 1\n',
            "config/_default/languages.fr.yaml": "contentDir: content/fr\nweight: 2\n",
            "config/production/module.toml": '[[mounts]]\nsource = "files"\ntarget = "static"\n',
        },
    ],
)
def test_what_is_written(configuration: dict[str, str], tmp_path: Path) -> None:
    write_site(tmp_path, {**FILES, **configuration})
    built = subprocess.run([tool("hugo")], cwd=tmp_path, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    public = tmp_path / "public"
    files = [
        path for path in public.rglob("*") if path.is_file() and not path.read_text().startswith(("list", "<!DOCTYPE"))
    ]
    written = {"/" + path.relative_to(public).as_posix() for path in files}
    profile = load_site(tmp_path, "", "hugo")
    generator = generator_for(profile)
    said = set()
    for path in FILES:
        if not path.endswith(".md"):
            said.add(generator.static_url(path))
        elif (fate := generator.fate(Document(path, Text(PAGE), profile))).published:
            said.add(f"{fate.url}index.html")
    assert said - {""} == written
