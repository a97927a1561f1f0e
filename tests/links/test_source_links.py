"""What generators do with links to source files that they do not publish, as missing- and unpublished-target say."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.generators.oracle import build_jekyll, load_hexo, tool
from tests.sites import write_site

pytestmark = pytest.mark.generator

JEKYLL = {
    "_config.yml": "title: Tea\n",
    "_posts/2024-01-02-shown.md": "---\n---\nText\n",
    "_posts/2024-01-03-hidden.md": "---\npublished: false\n---\nText\n",
    "_posts/2099-01-04-later.md": "---\n---\nText\n",
    "tea.txt": "",
    "_posts/unnamed.md": "---\n---\nText\n",
    "_drafts/draft.md": "---\n---\nText\n",
}


@pytest.mark.parametrize(
    ("link", "stops"),
    [
        ("{% link _posts/2024-01-02-shown.md %}", False),
        ("{% post_url 2024-01-02-shown %}", False),
        ("{% link _posts/2024-01-03-hidden.md %}", True),
        ("{% post_url 2024-01-03-hidden %}", True),
        ("{% link _posts/2099-01-04-later.md %}", True),
        ("{% post_url 2099-01-04-later %}", True),
        ("{% link _posts/unnamed.md %}", True),
        ("{% link _drafts/draft.md %}", True),
        ("{% link nowhere.md %}", True),
        ("{% link /_posts/2024-01-02-shown.md %}", True),
        ("{% link /tea.txt %}", False),
        ("{% post_url 2024-01-05-nowhere %}", True),
    ],
)
def test_jekyll_stops_at_what_it_does_not_publish(link: str, stops: bool, tmp_path: Path) -> None:
    code, _ = build_jekyll(tmp_path, {**JEKYLL, "index.md": f"---\n---\n[it]({link})\n"})
    assert (code != 0) == stops
    assert (tmp_path / "_site/index.html").exists() != stops


@pytest.mark.parametrize(("name", "stops"), [("shown", False), ("draft", True), ("later", True), ("over", True)])
def test_hugo_stops_at_a_ref_to_what_it_does_not_publish(name: str, stops: bool, tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'disableKinds = ["home", "taxonomy", "term", "section", "rss", "sitemap"]\n',
        "layouts/_default/single.html": "{{ .Content }}",
        "content/shown.md": "---\ntitle: A\n---\n",
        "content/draft.md": "---\ntitle: B\ndraft: true\n---\n",
        "content/later.md": "---\ntitle: C\ndate: 2099-01-01\n---\n",
        "content/over.md": "---\ntitle: D\nexpiryDate: 2020-01-01\n---\n",
        "content/z.md": f'---\ntitle: E\n---\n[it]({{{{< ref "{name}.md" >}}}})\n',
    }
    write_site(tmp_path, files)
    run = subprocess.run([tool("hugo"), "--source", str(tmp_path)], capture_output=True, text=True)
    assert (run.returncode != 0) == stops, run.stderr
    assert ("REF_NOT_FOUND" in run.stderr + run.stdout) == stops


@pytest.mark.parametrize(("name", "stops"), [("shown", False), ("hidden", False), ("nowhere", True)])
def test_hexo_stops_only_at_a_post_that_is_not_there(name: str, stops: bool, tmp_path: Path) -> None:
    answer = load_hexo(
        tmp_path,
        {
            "source/_posts/a.md": f"---\ntitle: A\n---\n{{% post_link {name} %}}\n",
            "source/_posts/shown.md": "---\ntitle: B\n---\n",
            "source/_posts/hidden.md": "---\ntitle: C\npublished: false\n---\n",
        },
    )
    if stops:
        assert "Post not found" in answer["stops"]
    else:
        assert f'/{name}/"' in answer["posts"]["a"] and "<a href=" in answer["posts"]["a"]


def test_jekyll_leaves_the_name_of_a_source_file(tmp_path: Path) -> None:
    code, _ = build_jekyll(tmp_path, {**JEKYLL, "a.md": "---\n---\n[b](b.md)\n", "b.md": "---\n---\nText\n"})
    assert code == 0
    assert '<a href="b.md">' in (tmp_path / "_site/a.html").read_text(encoding="utf-8")
    assert not (tmp_path / "_site/b.md").exists()


def test_hexo_leaves_the_name_of_a_source_file(tmp_path: Path) -> None:
    posts = {"source/_posts/a.md": "---\ntitle: A\n---\n[b](b.md)\n", "source/_posts/b.md": "---\ntitle: B\n---\n"}
    assert '<a href="b.md">' in load_hexo(tmp_path, posts)["posts"]["a"]


def test_hexo_completes_the_addresses_of_images_in_markdown_alone(tmp_path: Path) -> None:
    files = {
        "_config.yml": "title: Tea\nurl: https://tea.example.net/blog\nroot: /blog/\n",
        "source/_posts/a.md": '---\ntitle: A\n---\n[b](/b/) ![c](/c.png) <img src="/d.png">\n',
    }
    page = load_hexo(tmp_path, files)["posts"]["a"]
    assert '<a href="/b/">b</a> <img src="/blog/c.png" alt="c"> <img src="/d.png">' in page


def test_jekyll_leaves_an_address_from_the_root(tmp_path: Path) -> None:
    text = "---\n---\n[b](/b.html) ![c](/c.png)\n"
    code, _ = build_jekyll(tmp_path, {"_config.yml": "baseurl: /blog\n", "a.md": text})
    assert code == 0
    page = (tmp_path / "_site/a.html").read_text(encoding="utf-8")
    assert '<a href="/b.html">' in page and '<img src="/c.png"' in page
