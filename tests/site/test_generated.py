"""Feeds, maps and lists that generators make: what postlint takes for there, and what the built site has."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from postlint.generators import load_site
from postlint.site.generated import may_be_generated
from tests.generators.oracle import build_jekyll, tool
from tests.sites import write_site

FEEDS = ("/feed.xml", "/atom.xml", "/rss.xml", "/sitemap.xml", "/robots.txt", "/news.xml", "/feed/teas.xml")
POST = {"_posts/2024-01-02-a.md": "---\ntitle: A\n---\nText\n", "index.md": "---\ntitle: I\n---\nText\n"}
JEKYLL = {
    "": "",
    "a feed": "plugins: [jekyll-feed]\n",
    "a feed of another name": "plugins: [jekyll-feed]\nfeed: {path: news.xml}\n",
    "feeds of tags": "plugins: [jekyll-feed]\nfeed: {tags: true}\n",
}
HUGO = {
    "": "",
    "robots": "enableRobotsTXT = true\n",
    "no map": 'disableKinds = ["sitemap"]\n',
    "a map of another name": '[sitemap]\nfilename = "map.xml"\n',
    "languages": "[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n",
}


def says(generator: str, root: Path, urls: tuple[str, ...]) -> set[str]:
    profile = load_site(root, "", generator)
    return {url for url in urls if may_be_generated(url, profile, own_plugins=False)}


@pytest.mark.generator
@pytest.mark.parametrize("config", JEKYLL.values(), ids=JEKYLL)
def test_jekyll(config: str, tmp_path: Path) -> None:
    status, said = build_jekyll(tmp_path, {**POST, "_config.yml": f"timezone: UTC\n{config}"})
    assert status == 0, said
    there = {url for url in FEEDS if (tmp_path / f"_site{url}").exists()}
    assert there <= says("jekyll", tmp_path, FEEDS)
    assert says("jekyll", tmp_path, FEEDS[:5]) == there & {*FEEDS[:5]}


def test_a_theme_may_bring_a_feed(tmp_path: Path) -> None:
    write_site(tmp_path, {"_config.yml": "theme: minima\n"})
    assert says("jekyll", tmp_path, FEEDS[:5]) == set(FEEDS[:5])


MAPS = ("/sitemap.xml", "/robots.txt", "/fr/sitemap.xml", "/en/sitemap.xml", "/posts/sitemap.xml", "/en/robots.txt")


@pytest.mark.generator
@pytest.mark.parametrize("config", HUGO.values(), ids=HUGO)
def test_hugo(config: str, tmp_path: Path) -> None:
    files = {
        "hugo.toml": f'baseURL = "https://tea.example.net/"\n{config}',
        "layouts/_default/single.html": "{{ .Content }}",
        "layouts/_default/list.html": "{{ .Content }}",
        "content/posts/a.md": "---\ntitle: A\n---\n",
    }
    write_site(tmp_path, files)
    run = subprocess.run([tool("hugo"), "--source", str(tmp_path)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    there = {url for url in MAPS if (tmp_path / f"public{url}").exists()}
    said = says("hugo", tmp_path, MAPS)
    assert there <= said
    if "languages" not in config:
        assert said - {"/en/sitemap.xml"} == there
