"""Which page a ``ref`` means, as Hugo has it: every way of writing a page's name, on pages of every kind."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from postlint.generators import generator_for, load_site
from postlint.generators.hugo import Hugo
from postlint.generators.hugo.refs import Refs
from tests.generators.hugo_oracle import new_hugo
from tests.sites import write_site

pytestmark = pytest.mark.generator

CONFIG = """\
baseURL = "https://tea.example/"
refLinksErrorLevel = "warning"
[security]
allowContent = [".*"]
"""
PAGES = (
    "a.md", "b.md", "sub/b.md", "sub/c d.md", "sub/two.md", "other/two.md", "other/one.md", "deep/_index.md",
    "deep/sub/_index.md", "deep/sub/er/x.md", "bundle/index.md", "bundle/inner.md", "sub/leaf/index.md", "sub/UP.md",
    "sub/v1.3.md", "v1.2.md", "other/_index.md", "page.html", "sub/leaf2/index.md", "tags-of-old/tea2.md", "über.md",
    "deep/bare/y.md", "said.en.md",
)  # fmt: skip
FROM = ("b.md", "sub/b.md", "sub/leaf/index.md", "deep/sub/_index.md", "other/_index.md", "deep/sub/er/x.md")
OTHERS = (
    "tags", "/tags", "tags/tea", "/tags/tea", "tea", "tags/gone", "categories", "index", "index.md", "_index.md", "/",
    "pic.png", "sub/pic.png", "mailto:a@b.example", "..", "../..", "inner.md", "inner", "//x.example/gone", "gone%20x",
    "https://x.example", "sub/c%20d.md",
)  # fmt: skip
KNOWN = {"v1.3"}
"""Hugo finds no page by a name alone that has a dot in it: better silent."""


def names() -> list[str]:
    found = set(OTHERS)
    for page in PAGES:
        stem = page.rpartition(".")[0]
        folder, _, name = stem.rpartition("/")
        found |= {
            page, stem, f"/{page}", f"/{stem}", name, f"{name}.md", f"{stem}/", page.upper(), f"../{page}",
            f"../{name}", f"./{name}.md", name.replace(" ", "-"), f"{stem}.html", folder, f"/{folder}", f"{folder}/",
            f"content/{page}", f"{stem}?x=1",
            f"{stem}.fr.md", f"{name}-gone.md", f"https://x.example/{page}", folder.rpartition("/")[2],
            f"{folder}/index.md", f"{folder}/_index.md", f"x/{name}", f"{page}#place",
        }  # fmt: skip
    return sorted(name for name in found if name == "said.en.md" or (name and "said.en." not in f"{name}."))


def test_every_way_of_naming_a_page(tmp_path: Path) -> None:
    asked = names()
    links = "\n".join(f'[x]({{{{< ref "{name}" >}}}})' for name in asked)
    files = {f"content/{page}": f"---\ntags: [tea]\n---\n{links if page in FROM else 'Text'}\n" for page in PAGES}
    layouts = {f"layouts/_default/{name}.html": "x{{ .Content }}" for name in ("single", "list")}
    files |= {"hugo.toml": CONFIG, "content/pic.png": "", "content/sub/pic.png": "", **layouts}
    write_site(tmp_path, files)
    done = subprocess.run([new_hugo()], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    said = re.findall(
        r'REF_NOT_FOUND: Ref "[^"]*": "[^"]*/content/([^"]*?):(\d+):\d+": (.*)', done.stdout + done.stderr
    )
    theirs = {(page, asked[int(line) - 4]): "many" if "ambiguous" in why else "none" for page, line, why in said}
    generator = generator_for(load_site(tmp_path, "", "hugo"))
    assert isinstance(generator, Hugo)
    lists = generator.lists(files, [("tags", "tea")])
    refs = Refs(generator, tuple(files), lambda: lists)
    wrong = []
    for page in FROM:
        for name in asked:
            found = refs.find(name.partition("#")[0], f"content/{page}")
            ours = "none" if not found else "many" if len(found) > 1 else "one"
            if ours != theirs.get((page, name), "one") and name not in KNOWN:
                wrong.append(f"{name} on {page}: Hugo finds {theirs.get((page, name), 'one')}, we {found}")
    assert not wrong, "\n".join(wrong)
    assert len(asked) > 300
    assert len(theirs) > 700
    # Where a page has no file of its own, Hugo makes it all the same.
    made = {
        "/" + path.parent.relative_to(tmp_path / "public").as_posix() for path in tmp_path.glob("public/**/index.html")
    }
    assert lists is not None
    assert {url.rstrip("/") for url in lists} - {"", "/404.html", "/deep"} <= made
    assert {"/tags", "/tags/tea", "/categories", "/sub"} <= {url.rstrip("/") for url in lists}
