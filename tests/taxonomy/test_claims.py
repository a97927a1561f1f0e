"""What the pages of the taxonomy rules, not-utf8 and merge-conflict say of generators, asked of the generators."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.generators.oracle import build_jekyll, tool
from tests.sites import write_site

pytestmark = pytest.mark.generator


def hugo(root: Path, files: dict[str, str | bytes]) -> None:
    layouts = {
        "layouts/_default/single.html": "{{ .Title }}|{{ .Content }}",
        "layouts/_default/list.html": "{{ .Title }}: {{ range .Pages }}{{ .Title }},{{ end }}",
        "layouts/index.html": "",
    }
    write_site(root, {"hugo.toml": 'baseURL = "http://x/"\n', **layouts, **files})
    done = subprocess.run([tool("hugo"), "--source", str(root)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogateescape")


def test_jekyll_splits_counts_and_tells_apart(tmp_path: Path) -> None:
    listing = (
        "---\n---\n{% for t in site.tags %}T[{{ t[0] }}]{% for p in t[1] %}{{ p.title }}{% endfor %}\n{% endfor %}"
        "{% for c in site.categories %}C[{{ c[0] }}]{% for p in c[1] %}{{ p.title }}{% endfor %}\n{% endfor %}"
    )
    posts = {
        "a": "tags: [x, x, Two Words]\ncategories: [y, y]",
        "b": "tags: one, two\ncategories: p q",
        "c": "tags: X\ncategory: p q",
    }
    files = {f"_posts/2020-01-01-{name}.md": f"---\ntitle: {name}\n{keys}\n---\n" for name, keys in posts.items()}
    code, _ = build_jekyll(tmp_path, {"all.txt": listing, **files})
    assert code == 0
    found = {line for line in read(tmp_path / "_site/all.txt").splitlines() if line}
    assert found == {"T[x]aa", "T[Two Words]a", "T[one,]b", "T[two]b", "T[X]c", "C[y]a", "C[p]b", "C[q]b", "C[p q]c"}


def test_jekyll_adds_the_categories_of_folders_above_posts(tmp_path: Path) -> None:
    listing = (
        "---\n---\n{% for p in site.posts %}{{ p.title }} {{ p.url }} {{ p.categories | join: '+' }}\n{% endfor %}"
    )
    posts = {
        "News/_posts/2020-01-01-a.md": "categories: news",
        "a/b/_posts/2020-01-01-b.md": "category: c",
        "_posts/sub/2020-01-01-c.md": "categories: d",
        "News/_posts/2020-01-01-d.md": "categories: [News]",
    }
    files = {path: f"---\ntitle: {path[-4]}\n{keys}\n---\n" for path, keys in posts.items()}
    code, _ = build_jekyll(tmp_path, {"all.txt": listing, **files})
    assert code == 0
    assert set(read(tmp_path / "_site/all.txt").split("\n")) - {""} == {
        "a /news/2020/01/01/a.html News+news",
        "b /a/b/c/2020/01/01/b.html a+b+c",
        "c /d/2020/01/01/c.html d",
        "d /news/2020/01/01/d.html News",
    }


@pytest.mark.parametrize(
    ("path", "code", "published"),
    [
        ("_posts/2020-01-01-a.md", 0, ""),
        ("a.md", 1, ""),
        ("a.html", 0, "---"),
        ("_notes/a.md", 1, ""),
    ],
)
def test_jekyll_and_a_byte_that_is_not_utf8(tmp_path: Path, path: str, code: int, published: str) -> None:
    text = b"---\ntitle: A\n---\ncaf\xe9\n"
    config = "timezone: UTC\ncollections:\n  notes:\n    output: true\n"
    got, said = build_jekyll(tmp_path, {"_config.yml": config, path: text})
    assert got == code
    assert "invalid byte sequence in UTF-8" in said
    pages = list((tmp_path / "_site").rglob("*.html")) if code == 0 else []
    assert [read(page)[:3] for page in pages] == ([published] if published else [])


def test_jekyll_and_utf16(tmp_path: Path) -> None:
    text = "---\ntitle: A\n---\nText.\n".encode("utf-16")
    code, _ = build_jekyll(tmp_path, {"_posts/2020-01-01-a.md": text, "b.md": text})
    assert code == 0
    assert [path.name for path in (tmp_path / "_site").rglob("*.md")] == ["b.md"]
    assert not list((tmp_path / "_site").rglob("*.html"))


def test_jekyll_and_nul_in_the_front_matter(tmp_path: Path) -> None:
    code, said = build_jekyll(
        tmp_path, {"_layouts/x.html": "LAID OUT", "a.md": b"---\ntitle: A\0\nlayout: x\n---\nText.\n"}
    )
    assert code == 0
    assert "YAML Exception" in said
    assert "LAID OUT" not in read(tmp_path / "_site/a.html")


def test_jekyll_prints_conflict_markers(tmp_path: Path) -> None:
    build_jekyll(tmp_path, {"a.md": "---\n---\n<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> abc\n"})
    page = read(tmp_path / "_site/a.html")
    assert "«««&lt; HEAD" in page and "one" in page and "=======" in page and "two" in page
    assert page.count("<blockquote>") == 7


def test_hugo_joins_blanks_and_hyphens_and_splits_nothing(tmp_path: Path) -> None:
    posts = {
        "a": "tags: [Foo Bar, x, x]",
        "b": "tags: [foo-bar, foo_bar]",
        "c": "tags: [foo bar]",
        "d": "tags: one, two",
    }
    hugo(tmp_path, {f"content/{name}.md": f"---\ntitle: {name}\n{keys}\n---\n" for name, keys in posts.items()})
    tags = {path.parent.name: read(path) for path in (tmp_path / "public/tags").glob("*/index.html")}
    name, posts_there = tags.pop("foo-bar").split(": ")
    # Hugo reads files side by side and shows the spelling that it met first: any of the three may come.
    assert name in {"Foo Bar", "Foo-Bar"}
    assert posts_there == "a,b,c,"
    assert tags == {"foo_bar": "Foo_bar: b,", "one-two": "One, Two: d,", "x": "X: a,"}


def test_hugo_lets_bad_bytes_through(tmp_path: Path) -> None:
    wide = "---\ntitle: A\n---\nText.\n".encode("utf-16")
    hugo(tmp_path, {"content/a.md": b"---\ntitle: Caf\xe9\n---\ncaf\xe9\n", "content/b.md": wide})
    assert read(tmp_path / "public/a/index.html") == "Caf\ufffd|<p>caf\udce9</p>\n"
    assert read(tmp_path / "public/b/index.html").startswith("|")
