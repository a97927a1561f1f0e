"""The addresses of terms, and what becomes of empty ones, as Jekyll, Hugo and Hexo have it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from postlint.generators import generator_for, load_site
from tests.generators.oracle import build_jekyll, load_hexo, tool
from tests.sites import write_site

pytestmark = pytest.mark.generator

TERMS = [
    "C",
    "C++",
    "C#",
    "node.js",
    "node-js",
    "a/b",
    "a b",
    "Q&A",
    "qa",
    "q?",
    "q",
    "x,y",
    "é",
    "e",
    "茶 道",
    "V 2.0",
]


def test_hugo(tmp_path: Path) -> None:
    layouts = {
        "layouts/_default/single.html": "{{ .Title }}",
        "layouts/_default/list.html": "{{ range .Pages }}{{ .Title }},{{ end }}",
    }
    page = f"---\ntitle: A\ntags: {json.dumps([*TERMS, '', ' ', None])}\n---\n"
    write_site(tmp_path, {"hugo.toml": 'baseURL = "http://x/"\n', **layouts, "content/a.md": page})
    subprocess.run([tool("hugo"), "--source", str(tmp_path)], check=True, timeout=60, capture_output=True)
    found = {
        path.parent.relative_to(tmp_path / "public").as_posix() for path in tmp_path.glob("public/tags/**/index.html")
    }
    generator = generator_for(load_site(tmp_path, "", "hugo"))
    assert found - {"tags"} == {generator.term_url("tags", term).strip("/") for term in TERMS} | {"tags/-"}


def test_hexo(tmp_path: Path) -> None:
    page = f"---\ntitle: A\ntags: {json.dumps([*TERMS, '', ' ', None])}\n---\n"
    config = "title: Tea\ntag_map:\n  C#: c-sharp\n"
    found = dict(load_hexo(tmp_path, {"_config.yml": config, "source/_posts/a.md": page})["tags"])
    generator = generator_for(load_site(tmp_path, "", "hexo"))
    assert found.pop(" ") == "/tags//"
    assert found == {term: generator.term_url("tags", term) for term in TERMS}
    assert found["C"] == found["C++"] != found["C#"]


def test_jekyll_keeps_an_empty_text_and_no_empty_item(tmp_path: Path) -> None:
    shown = "---\n---\n{% for tag in site.tags %}[{{ tag[0] }}]{% endfor %}\n"
    page = '---\ntags: [a, "", ~, " "]\n---\n'
    code, _ = build_jekyll(tmp_path, {"_posts/2024-01-02-a.md": page, "all.txt": shown})
    assert code == 0
    assert (tmp_path / "_site/all.txt").read_text(encoding="utf-8") == "[a][][ ]\n"
