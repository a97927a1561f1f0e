"""The addresses of terms, and what becomes of empty ones, as Jekyll, Hugo and Hexo have it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from postlint.generators import generator_for, load_site
from tests.generators.oracle import node_modules, tool
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


_HEXO = """
const Hexo = require('hexo');
(async() => {
  const hexo = new Hexo(process.argv[1], { silent: true });
  await hexo.init();
  await hexo.load();
  console.log(JSON.stringify(hexo.model('Tag').map(tag => [tag.name, '/' + tag.path])));
})();
"""


def test_hexo(tmp_path: Path) -> None:
    page = f"---\ntitle: A\ntags: {json.dumps([*TERMS, '', ' ', None])}\n---\n"
    files = {
        "package.json": '{"hexo": {"version": "8.1.2"}, "dependencies": {"hexo-renderer-marked": "7.0.1"}}',
        "_config.yml": "title: Tea\ntag_map:\n  C#: c-sharp\n",
        "source/_posts/a.md": page,
    }
    write_site(tmp_path, files)
    (tmp_path / "node_modules").symlink_to(node_modules("hexo-renderer-marked"))
    run = subprocess.run([tool("node"), "-e", _HEXO, str(tmp_path)], capture_output=True, text=True, timeout=60)
    generator = generator_for(load_site(tmp_path, "", "hexo"))
    found = dict(json.loads(run.stdout))
    assert found.pop(" ") == "/tags//"
    assert found == {term: generator.term_url("tags", term) for term in TERMS}
    assert found["C"] == found["C++"] != found["C#"]


def test_jekyll_keeps_an_empty_text_and_no_empty_item(tmp_path: Path) -> None:
    shown = "---\n---\n{% for tag in site.tags %}[{{ tag[0] }}]{% endfor %}\n"
    page = '---\ntags: [a, "", ~, " "]\n---\n'
    write_site(tmp_path, {"_config.yml": "title: Tea\n", "_posts/2024-01-02-a.md": page, "all.txt": shown})
    subprocess.run([tool("jekyll"), "build", "-q", "--disable-disk-cache"], cwd=tmp_path, check=True)
    assert (tmp_path / "_site/all.txt").read_text(encoding="utf-8") == "[a][][ ]\n"
