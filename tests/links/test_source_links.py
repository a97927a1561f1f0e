"""What generators do with links to source files that they do not publish, as missing- and unpublished-target say."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.generators.oracle import node_modules, tool
from tests.sites import write_site

pytestmark = pytest.mark.generator

JEKYLL = {
    "_config.yml": "title: Tea\n",
    "_posts/2024-01-02-shown.md": "---\n---\nText\n",
    "_posts/2024-01-03-hidden.md": "---\npublished: false\n---\nText\n",
    "_posts/2099-01-04-later.md": "---\n---\nText\n",
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
        ("{% post_url 2024-01-05-nowhere %}", True),
    ],
)
def test_jekyll_stops_at_what_it_does_not_publish(link: str, stops: bool, tmp_path: Path) -> None:
    write_site(tmp_path, {**JEKYLL, "index.md": f"---\n---\n[it]({link})\n"})
    run = subprocess.run([tool("jekyll"), "build", "-q", "--disable-disk-cache"], cwd=tmp_path, capture_output=True)
    assert (run.returncode != 0) == stops
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


_HEXO = """
const Hexo = require('hexo');
(async() => {
  const hexo = new Hexo(process.argv[1], { silent: true });
  await hexo.init();
  try {
    await hexo.load();
    console.log('LINK ' + hexo.model('Post').findOne({ slug: 'a' }).content);
  } catch (error) {
    console.log('STOPS ' + error.message);
  }
})();
"""


@pytest.mark.parametrize(("name", "stops"), [("shown", False), ("hidden", False), ("nowhere", True)])
def test_hexo_stops_only_at_a_post_that_is_not_there(name: str, stops: bool, tmp_path: Path) -> None:
    files = {
        "package.json": '{"hexo": {"version": "8.1.2"}, "dependencies": {"hexo-renderer-marked": "7.0.1"}}',
        "_config.yml": "title: Tea\n",
        "source/_posts/a.md": f"---\ntitle: A\n---\n{{% post_link {name} %}}\n",
        "source/_posts/shown.md": "---\ntitle: B\n---\n",
        "source/_posts/hidden.md": "---\ntitle: C\npublished: false\n---\n",
    }
    write_site(tmp_path, files)
    (tmp_path / "node_modules").symlink_to(node_modules("hexo-renderer-marked"))
    run = subprocess.run([tool("node"), "-e", _HEXO, str(tmp_path)], capture_output=True, text=True, timeout=60)
    if stops:
        assert re.search(r"^STOPS .*Post not found", run.stdout, re.DOTALL | re.MULTILINE), run.stdout + run.stderr
    else:
        assert re.search(rf'^LINK .*<a href="[^"]*/{name}/"', run.stdout, re.DOTALL | re.MULTILINE), run.stdout


def test_jekyll_leaves_the_name_of_a_source_file(tmp_path: Path) -> None:
    write_site(tmp_path, {**JEKYLL, "a.md": "---\n---\n[b](b.md)\n", "b.md": "---\n---\nText\n"})
    subprocess.run([tool("jekyll"), "build", "-q", "--disable-disk-cache"], cwd=tmp_path, check=True)
    assert '<a href="b.md">' in (tmp_path / "_site/a.html").read_text(encoding="utf-8")
    assert not (tmp_path / "_site/b.md").exists()


def test_hexo_leaves_the_name_of_a_source_file(tmp_path: Path) -> None:
    files = {
        "package.json": '{"hexo": {"version": "8.1.2"}, "dependencies": {"hexo-renderer-marked": "7.0.1"}}',
        "_config.yml": "title: Tea\n",
        "source/_posts/a.md": "---\ntitle: A\n---\n[b](b.md)\n",
        "source/_posts/b.md": "---\ntitle: B\n---\n",
    }
    write_site(tmp_path, files)
    (tmp_path / "node_modules").symlink_to(node_modules("hexo-renderer-marked"))
    run = subprocess.run([tool("node"), "-e", _HEXO, str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert '<a href="b.md">' in run.stdout, run.stdout + run.stderr


def test_hexo_completes_the_addresses_of_images_in_markdown_alone(tmp_path: Path) -> None:
    files = {
        "package.json": '{"hexo": {"version": "8.1.2"}, "dependencies": {"hexo-renderer-marked": "7.0.1"}}',
        "_config.yml": "title: Tea\nurl: https://tea.example.net/blog\nroot: /blog/\n",
        "source/_posts/a.md": '---\ntitle: A\n---\n[b](/b/) ![c](/c.png) <img src="/d.png">\n',
    }
    write_site(tmp_path, files)
    (tmp_path / "node_modules").symlink_to(node_modules("hexo-renderer-marked"))
    run = subprocess.run([tool("node"), "-e", _HEXO, str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert '<a href="/b/">b</a> <img src="/blog/c.png" alt="c"> <img src="/d.png">' in run.stdout, run.stdout


def test_jekyll_leaves_an_address_from_the_root(tmp_path: Path) -> None:
    write_site(tmp_path, {"_config.yml": "baseurl: /blog\n", "a.md": "---\n---\n[b](/b.html) ![c](/c.png)\n"})
    subprocess.run([tool("jekyll"), "build", "-q", "--disable-disk-cache"], cwd=tmp_path, check=True)
    page = (tmp_path / "_site/a.html").read_text(encoding="utf-8")
    assert '<a href="/b.html">' in page and '<img src="/c.png"' in page
