"""taxonomy/bad-character against the generators: it reports the terms whose printed address does not lead to them."""

from __future__ import annotations

import html
import json
import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest

from postlint.engine.project import Wishes
from tests.generators.oracle import build_jekyll, load_hexo, tool
from tests.sites import run, write_site

pytestmark = pytest.mark.generator

FORMS = [
    "tea", "a/b", "a#b", "a?b", "a%b", "a%2Fb", "a%20b", "100%", 'a"b', "a'b", "a<b>c", "a&b", "node.", "node..",
    ".net", ".", "a\\b", "a:b", "a*b", "a|b", "\U0001f375", "\U0001f375 cup", "#tag", "!", "?", "/", "a//b", "/a", "a/",
    "-", "é", "茶", "a,b", "(a)", "[a]", "{a}", "a+b", "a=b", "a@b", "a~b", "C#", "q?", "“a”", "a—b", "%", "…", "_",
    "a.b", "+", "Inc.",
]  # fmt: skip
TERMS = [form.replace("a", f"a{number}") if "a" in form else form for number, form in enumerate(FORMS)]
"""Each of another address, as far as there is one: two terms with one address are another rule's."""


def quoted(term: str) -> str:
    return json.dumps(term, ensure_ascii=False)


def reported(root: Path) -> set[str]:
    """The files that the rule speaks of."""
    _, outcome = run(root, wishes=Wishes(select=("taxonomy/bad-character",)))
    assert not outcome.crashes
    return {Path(found.path).stem for found in outcome.diagnostics}


def opened(site: Path, link: str) -> Path:
    """The file that a server of static files sends to a browser which follows the link."""
    parts: list[str] = []
    for part in link.partition("#")[0].partition("?")[0].replace("\\", "/").split("/"):
        if unquote(part) == "..":
            parts = parts[:-1]
        elif unquote(part) not in ("", "."):
            parts.append(unquote(part))
    path = site.joinpath(*parts)
    return path / "index.html" if path.is_dir() else path


def test_hugo(tmp_path: Path) -> None:
    layouts = {
        "layouts/_default/single.html": '{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ end }}',
        "layouts/_default/list.html": "{{ .Kind }} {{ range .Pages }}{{ .Title }}{{ end }}",
    }
    pages = {f"content/p{n}.md": f"---\ntitle: p{n}\ntags: [{quoted(term)}]\n---\n" for n, term in enumerate(TERMS)}
    write_site(tmp_path, {"hugo.toml": 'baseURL = "http://x/"\n', **layouts, **pages})
    subprocess.run([tool("hugo"), "--source", str(tmp_path)], check=True, timeout=60, capture_output=True)
    site = tmp_path / "public"
    lost = set()
    for number, _ in enumerate(TERMS):
        page = (site / f"p{number}/index.html").read_text(encoding="utf-8")
        link = re.search(r'href="?([^">]*)', page)
        assert link is not None
        target = opened(site, html.unescape(link[1]))
        if target == site / "tags/index.html" or not target.is_file():
            lost.add(f"p{number}")
    assert {TERMS[int(name[1:])] for name in reported(tmp_path)} == {TERMS[int(name[1:])] for name in lost}


def test_hexo(tmp_path: Path) -> None:
    pages = {
        f"source/_posts/p{n}.md": f"---\ntitle: p{n}\ntags: [{quoted(term)}]\ncategories: [{quoted(term)}]\n---\n"
        for n, term in enumerate(TERMS)
    }
    answer = load_hexo(tmp_path, pages)
    lost = {name for name, path in answer["tags"] if path == "/tags//"}
    assert {TERMS[int(name[1:])] for name in reported(tmp_path)} == lost
    assert lost >= {"!", "?", "%", "."}


def test_jekyll(tmp_path: Path) -> None:
    pages = {
        f"_posts/2024-01-02-p{n}.md": f"---\ntitle: p{n}\ncategories: [{quoted(term)}]\n---\np{n}.\n"
        for n, term in enumerate(TERMS)
    }
    listing = "---\n---\n{% for post in site.posts %}{{ post.title }} {{ post.url }}\n{% endfor %}"
    code, said = build_jekyll(tmp_path, {"all.txt": listing, **pages})
    assert code == 0, said
    site = tmp_path / "_site"
    lost = set()
    for line in (site / "all.txt").read_text(encoding="utf-8").splitlines():
        name, _, link = line.partition(" ")
        target = opened(site, link)
        # Either browsers do not get there, or the category has swallowed what stands behind it.
        if not target.is_file() or not re.search(r"(?:^|/)2024/01/02/", link):
            lost.add(name)
    found = {re.sub(r".*-", "", name) for name in reported(tmp_path)}
    assert {TERMS[int(name[1:])] for name in found} == {TERMS[int(name[1:])] for name in lost}
    assert {TERMS[int(name[1:])] for name in lost} == {TERMS[3], "?", "q?", "node.", "Inc."}
