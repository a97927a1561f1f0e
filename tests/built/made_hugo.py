"""A Hugo site with links of every kind between pages of every kind; many of them are wrong."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from postlint.document import Document
from postlint.generators import generator_for, load_site
from postlint.text import Text
from tests.built.hugo_sites import LAYOUTS, OVERLAY
from tests.built.link_forms import HOST, MARKDOWN, STYLES, Target, spoiled
from tests.sites import write_site

__all__ = ["CONFIGS", "make"]

_NOT_HUGO = re.compile(r"\{[%:]|\$\$|markdown=|\(<@>\)")
_FORMS = (
    *(form for form in MARKDOWN if _NOT_HUGO.search(form) is None),
    "{{< box >}}\nSee [the page](@).\n{{< /box >}}",
    '{{< box >}}<a href="@">the page</a>{{< /box >}}',
    '{{< figure src="@" >}}',
    '{{< figure src="/img/pot.png" link="@" alt="A pot" >}}',
    "[the page](<@>)",
    "{{% plain %}}\n* [the page](@)\n{{% /plain %}}",
    "<!-- [none](@) -->",
    "{{</* box */>}}[the page](@){{</* /box */>}}",
    '```\n{{</* ref "a" */>}} [none](@)\n```',
)
_REFS = (
    '{{{{< ref "{}" >}}}}', "{{{{< ref `{}` >}}}}", '{{{{< relref "{}" >}}}}', '{{{{% relref "{}" %}}}}',
    '{{{{<ref "{}">}}}}', '{{{{< ref path="{}" >}}}}',
)  # fmt: skip
_BODY = """
# {title} in short

## Cup & saucer
## Cup & saucer
## 第二泡 {{#second}}
## *Hot* water, 95 °C
<h2 id="by-hand">By hand</h2>
<a name="named"></a>

{{{{< box >}}}}
## In a box
{{{{< /box >}}}}

Setext
------
"""
_IDS = (
    "cup--saucer", "cup--saucer-1", "second", "hot-water-95-c", "by-hand", "named", "setext", "in-a-box", "in-a-box-1",
)  # fmt: skip
_PAGES = {
    "_index.md": "",
    "about.md": "",
    "Tea Notes.md": "",
    "茶.md": "",
    "docs/_index.md": "",
    "docs/set-up.md": "tags: [Green Tea, 茶]",
    "docs/deep/er.md": "url: /deeper/",
    "docs/bare/page.md": "",
    "UPPER.md": "url: /Upper.html",
    "a&b (c).md": "",
    "old.md": "aliases: [/older/, /oldest.html]",
    "hidden.md": "draft: true\naliases: [/hidden-once/]",
    "posts/2024-01-02-first-pot.md": "date: 2024-01-02\ntags: [Green Tea]",
    "posts/second-pot.md": "date: 2024-01-03\nslug: second\ncategories: [Pots & pans]",
    "posts/壶.md": "date: 2024-02-29",
    "posts/to-come.md": "date: 2031-01-01",
    "posts/gone.md": "date: 2020-01-01\nexpiryDate: 2021-01-01",
    "posts/bundle/index.md": "date: 2025-05-05",
    "posts/bundle/part.md": "",
    "posts/headless/index.md": "headless: true",
    "guides/one.md": "",
    "guides/part/two.md": "",
    "tags/green-tea/_index.md": "",
}
_FILES = (
    "static/img/pot.png", "static/img/Big Pot.PNG", "static/files/list.pdf", "static/plain.html",
    "content/docs/scan.png", "content/posts/bundle/cup.png",
)  # fmt: skip
_LISTS = ("/tags/", "/categories/", "/posts/", "/guides/", "/tags/green-tea/", "/tags/茶/", "/categories/pots--pans/",
          "/tags/gone/", "/docs/bare/", "/authors/", "/archives/", "/posts/index.xml", "/404.html",
          "/sitemap.xml")  # fmt: skip
_CONFIG = """\
title: Tea
baseURL: https://{host}{base}/
timeZone: UTC
markup: {{goldmark: {{renderer: {{unsafe: true}}}}}}
"""
CONFIGS = {
    "plain": ("", ""),
    "below a path": ("/blog", ""),
    "permalinks": ("", "permalinks:\n  posts: /:year/:month/:slug/\n"),
    "ugly": ("", "uglyURLs: true\n"),
    "no raw HTML": ("", "markup: {goldmark: {renderer: {unsafe: false}}}\n"),
}
"""By name: the path that the site lies under, and further settings."""


def make(root: Path, rng: random.Random, config: str, paragraphs: int) -> Path:
    """Write a site in which every page has ``paragraphs`` paragraphs with links."""
    base, more = CONFIGS[config]
    settings = _CONFIG.format(host=HOST, base=base)
    files = {"config.yml": (settings if "markup" not in more else settings.partition("markup")[0]) + more}
    files |= {"overlay.yml": OVERLAY, **LAYOUTS, **dict.fromkeys(_FILES, "")}
    files["layouts/shortcodes/box.html"] = '<div class="box">{{ .Inner | markdownify }}</div>'
    files["layouts/shortcodes/plain.html"] = "{{ .Inner }}"
    write_site(root, files)
    heads = {f"content/{path}": f"---\ntitle: {path!r}\n{keys}\n---\n" for path, keys in _PAGES.items()}
    urls = _urls(root, heads)
    targets = [Target(urls[path] or f"/{path.removeprefix('content/')}", path, _IDS) for path in heads]
    targets += [Target("/" + name.partition("/")[2], "") for name in _FILES] + [Target(url, "") for url in _LISTS]
    targets += [Target("/older/", "", _IDS), Target("/oldest.html", ""), Target("/hidden-once/", "")]
    number = 0
    for path, head in heads.items():
        body = _BODY.format(title=path)
        for _ in range(paragraphs):
            number += 1
            body += "\n" + _markup(lambda: _write(urls[path] or "/", targets, base, rng), number, rng) + "\n"  # noqa: B023
        files[path] = head + body
    return write_site(root, files)


def _markup(write: Callable[[], str], number: int, rng: random.Random) -> str:
    form = rng.choice(_FORMS).replace("~", f"r{number}")
    while "@" in form:
        written = write()
        if "{{" in written and "{{< figure" in form:
            written = "/img/pot.png"  # a shortcode stands in no other's attribute
        form = form.replace("@", written, 1)
    return form


def _write(page: str, targets: list[Target], base: str, rng: random.Random) -> str:
    if rng.random() < 0.08:
        return "#" + rng.choice((*_IDS, "nowhere", "Second", "", "top"))
    target = rng.choice(targets)
    if target.source and rng.random() < 0.25:
        return _ref(target, rng)
    url, fragment = spoiled(target, rng)
    path, question, query = url.partition("?")
    style = rng.choice([name for name in STYLES if "{" not in STYLES[name](path, page, base)])
    return STYLES[style](path, page, base) + question + query + (f"#{fragment}" if fragment else "")


def _ref(target: Target, rng: random.Random) -> str:
    path = target.source.removeprefix("content/")
    stem = path.removesuffix(".md")
    name = rng.choice((
        path, stem, f"/{path}", f"/{stem}", path.rpartition("/")[2], stem.rpartition("/")[2], path.upper(),
        f"../{path}", f"{stem}-gone.md", f"gone/{path}", f"./{path}", f"{stem}/", stem.rpartition("/")[0] or "about",
    ))  # fmt: skip
    fragment = f"#{rng.choice((*_IDS, 'nowhere'))}" if rng.random() < 0.3 else ""
    form = rng.choice(_REFS)
    if rng.random() < 0.5:
        return form.format(name + fragment)
    return form.format(name) + fragment


def _urls(root: Path, texts: Mapping[str, str]) -> dict[str, str]:
    profile = load_site(root, "", "hugo")
    generator = generator_for(profile)
    return {path: generator.fate(Document(path, Text(text), profile)).url for path, text in texts.items()}
