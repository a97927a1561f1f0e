"""A Hexo site with links of every kind between posts, pages and their files; many of them are wrong."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import unquote

from postlint.document import Document
from postlint.generators import generator_for, load_site
from postlint.text import Text
from tests.built.hexo_sites import finish
from tests.built.link_forms import HOST, MARKDOWN, STYLES, Target, spoiled
from tests.sites import write_site

__all__ = ["CONFIGS", "make"]

_NOT_HEXO = re.compile(r"\{% (?:highlight|comment|if)|\{:|\$\$|markdown=|\[\^|^term|\\\[|\n  >")
_FORMS = (
    *(form for form in MARKDOWN if _NOT_HEXO.search(form) is None),
    "[the page](<@>)",
    "[the page]((@)",
    "{% blockquote %}\n[the page](@)\n{% endblockquote %}",
    "{% codeblock %}\n[none](@)\n{% endcodeblock %}",
    "`{% post_link nothing %}` and [the page](@)",
)
_BODY = """
# {title} in short

## Cup & saucer
## Cup & saucer
## 第二泡
## *Hot* water, 95 °C
<h2 id="by-hand">By hand</h2>
<a name="named"></a>

Setext
------
"""
_IDS = ("Cup-amp-saucer", "Cup-saucer", "Cup-saucer-1", "第二泡", "Hot-water-95-°C", "by-hand", "named", "Setext")
_PAGES = {
    "index.md": "",
    "about/index.md": "",
    "Tea Notes.md": "",
    "茶/index.md": "",
    "docs/set-up.md": "",
    "docs/deep/er.md": "permalink: deeper/",
    "UPPER.md": "permalink: Upper.html",
    "_posts/first-pot.md": "date: 2024-01-02",
    "_posts/second-pot.md": "date: 2024-01-03\ncategories: green",
    "_posts/壶.md": "date: 2024-02-29",
    "_posts/in/folder.md": "date: 2024-03-01",
    "_posts/moved.md": "date: 2024-03-02\npermalink: moved/here/",
    "_posts/to-come.md": "date: 2031-01-01",
    "_posts/hidden.md": "date: 2024-04-04\npublished: false",
    "_drafts/draft.md": "",
}
_FILES = ("img/pot.png", "img/Big Pot.PNG", "files/list.pdf", "docs/scan.png", "_posts/first-pot/cup.png",
          "_posts/first-pot/sub/spoon.png", "_posts/second-pot/pot.png")  # fmt: skip
_CONFIG = """\
title: Tea
url: https://{host}{base}
root: {base}/
timezone: UTC
future: {future}
permalink: {permalink}
post_asset_folder: {assets}
"""
CONFIGS = {
    "plain": ("", "false", ":year/:month/:day/:title/", "false"),
    "files of posts": ("", "true", ":year/:title/", "true"),
    "names with endings": ("", "false", "posts/:title.html", "true"),
    "below a path": ("/blog", "false", ":year/:month/:title/", "false"),
}
"""By name: the path that the site lies under, ``future``, ``permalink`` and ``post_asset_folder``."""


def make(root: Path, rng: random.Random, config: str, paragraphs: int) -> Path:
    """Write a site in which every page has ``paragraphs`` paragraphs with links."""
    base, future, permalink, assets = CONFIGS[config]
    settings = _CONFIG.format(host=HOST, base=base, future=future, permalink=permalink, assets=assets)
    there = [name for name in _FILES if assets == "true" or not name.startswith("_posts/")]
    files = {"_config.yml": settings, **{f"source/{name}": "" for name in there}}
    write_site(root, files)
    finish(root)
    heads = {f"source/{path}": f"---\ntitle: {path!r}\n{keys}\n---\n" for path, keys in _PAGES.items()}
    urls = _urls(root, heads)
    targets = [Target(urls[path] or "/drafts/draft/", path, _IDS) for path in heads]
    targets += [Target("/" + name, "") for name in there if not name.startswith("_")]
    targets += [Target(urls["source/_posts/first-pot.md"].rpartition("/")[0] + "/cup.png", "")]
    number = 0
    for path, head in heads.items():
        body = _BODY.format(title=path)
        for _ in range(paragraphs):
            number += 1
            body += "\n" + _markup(lambda: _write(urls[path] or "/", targets, base, rng), path, number, rng) + "\n"  # noqa: B023
        files[path] = head + body
    return write_site(root, files)


def _markup(write: Callable[[], str], path: str, number: int, rng: random.Random) -> str:
    if rng.random() < 0.2:
        return _tag(path, rng)
    form = rng.choice(_FORMS).replace("~", f"r{number}")
    while "@" in form:
        form = form.replace("@", write(), 1)
    return form


def _tag(path: str, rng: random.Random) -> str:
    """A tag that names a post or one of the post's files."""
    slug = rng.choice(("first-pot", "second-pot", "in/folder", "folder", "壶", "gone", "First-pot", "hidden", "about"))
    file = rng.choice(("cup.png", "pot.png", "sub/spoon.png", "gone.png", "Cup.png"))
    post = "_posts/" in path
    return rng.choice((
        f"{{% post_link {slug} %}}",
        f"{{% post_link {slug} 'Its title' %}}",
        f"{{% post_link {slug}#{rng.choice(_IDS)} %}}",
        f'<a href="{{% post_path {slug} %}}">x</a>',
        f"{{% asset_img {file} A cup %}}" if post else f"{{% post_link {slug} %}}",
        f"{{% asset_link {file} %}}" if post else f"{{% post_link {slug} %}}",
        f'<img src="{{% asset_path {file} %}}">' if post else f"{{% post_link {slug} %}}",
    ))  # fmt: skip


def _write(page: str, targets: list[Target], base: str, rng: random.Random) -> str:
    if rng.random() < 0.08:
        return "#" + rng.choice((*_IDS, "nowhere", "setext", "", "top"))
    url, fragment = spoiled(rng.choice(targets), rng)
    while "\ufffd" in unquote(url):  # half a letter is nobody's slip
        url, fragment = spoiled(rng.choice(targets), rng)
    path, question, query = url.partition("?")
    style = rng.choice([name for name in STYLES if "{" not in STYLES[name](path, page, base)])
    return STYLES[style](path, page, base) + question + query + (f"#{fragment}" if fragment else "")


def _urls(root: Path, texts: Mapping[str, str]) -> dict[str, str]:
    profile = load_site(root, "", "hexo")
    generator = generator_for(profile)
    return {path: generator.fate(Document(path, Text(text), profile)).url for path, text in texts.items()}
