"""A Jekyll site with links of every kind between pages of every kind; many of them are wrong."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

from postlint.document import Document
from postlint.generators import generator_for, load_site
from postlint.text import Text
from tests.built.jekyll_sites import LAYOUT
from tests.built.link_forms import HOST, Target, address, markup
from tests.sites import write_site

__all__ = ["make"]

_BODY = """
# {title} in short

## Cup & saucer
## Cup & saucer
## 第二泡 {{#second}}
## *Hot* water, 95 °C
<h2 id="by-hand">By hand</h2>
<a name="named"></a>

Setext
------
"""
IDS = ("cup--saucer", "cup--saucer-1", "second", "hot-water-95-c", "by-hand", "named", "setext")
PAGES = {
    "index.md": "",
    "about.md": "",
    "Tea Notes.md": "",
    "茶.md": "",
    "docs/index.md": "",
    "docs/set-up.md": "",
    "docs/deep/er.md": "permalink: /deeper/",
    "docs/page.html": "",
    "UPPER.md": "permalink: /Upper.html",
    "a&b (c).md": "",
    "old.md": "redirect_from: [/older/, /oldest.html]",
    "hidden.md": "published: false",
    "_posts/2024-01-02-first-pot.md": "",
    "_posts/2024-01-03-second-pot.md": "categories: green tea",
    "_posts/2024-02-29-壶.md": "",
    "_posts/2024-03-01-moved.md": "permalink: /moved/:title.html",
    "_posts/2031-01-01-to-come.md": "",
    "_posts/2024-04-04-unseen.md": "published: false",
    "_posts/no-date.md": "",
    "_drafts/draft.md": "",
    "news/_posts/2025-05-05-in-a-folder.md": "",
    "_guides/one.md": "",
    "_guides/part/two.md": "",
    "_private/three.md": "",
    "vendor/four.md": "",
    ".well-known/five.md": "",
}
FILES = ("img/pot.png", "img/Big Pot.PNG", "files/list.pdf", "docs/scan.png", "robots.txt", "plain.html")
CONFIG = """\
title: Tea
url: https://{host}
baseurl: "{base}"
timezone: UTC
permalink: {permalink}
collections:
  guides:
    output: true
  private: {{}}
plugins: [jekyll-redirect-from]
exclude: [vendor]
"""


def make(root: Path, rng: random.Random, base: str, permalink: str, paragraphs: int) -> Path:
    """Write a site in which every page has ``paragraphs`` paragraphs with links."""
    files: dict[str, str] = {"_config.yml": CONFIG.format(host=HOST, base=base, permalink=permalink)}
    files |= {f"_layouts/{name}.html": LAYOUT for name in ("default", "post")} | dict.fromkeys(FILES, "")
    write_site(root, files)
    matter = {path: f"---\nlayout: default\ntitle: {path!r}\n{keys}\n---\n" for path, keys in PAGES.items()}
    urls = _urls(root, matter)
    targets = [
        Target(urls[path] or "/" + path, path, ("by-hand",) if path.endswith(".html") else IDS) for path in PAGES
    ]
    targets += [Target("/" + name, name) for name in FILES] + [Target("/older/", ""), Target("/oldest.html", "")]
    number = 0
    for path, head in matter.items():
        html = path.endswith(".html")
        body = (
            "<h2 id='by-hand'>By hand</h2>\n"
            if html
            else ""
            if path.startswith("_private")
            else _BODY.format(title=path)
        )
        for _ in range(paragraphs):
            number += 1
            body += "\n" + markup(lambda: _write(urls[path] or "/", targets, base, rng), number, rng, html=html) + "\n"  # noqa: B023
        files[path] = head + body
    return write_site(root, files)


def _write(page: str, targets: list[Target], base: str, rng: random.Random) -> str:
    if rng.random() < 0.08:
        return "#" + rng.choice((*IDS, "nowhere", "Second", "", "top"))
    return address(rng.choice(targets), page, base, rng)


def _urls(root: Path, texts: Mapping[str, str]) -> dict[str, str]:
    profile = load_site(root, "", "jekyll")
    generator = generator_for(profile)
    return {path: generator.fate(Document(path, Text(text), profile)).url for path, text in texts.items()}
