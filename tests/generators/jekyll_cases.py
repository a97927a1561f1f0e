"""Generated Jekyll sites for whole builds: configurations, and posts over the product of what may stand in one."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.generators.jekyll_front_matter import ODD

__all__ = ["ABORTING", "CONFIGS", "DUE", "Site", "site"]

DUE = 1_614_870_007
"""2021-03-04, 7 seconds past 15:00 UTC: many of the dates are past or yet to come by their zone. No date states this
moment: Jekyll takes one that does for none."""
LATER = 1_900_000_000

_REDIRECTS = "plugins: [jekyll-redirect-from]\n"

CONFIGS = (
    "timezone: UTC\n" + _REDIRECTS,
    "timezone: Asia/Shanghai\npermalink: pretty\n",
    "timezone: America/New_York\npermalink: /:categories/:year-:i_month-:short_day/:slug\n",
    "timezone: Europe/Berlin\npermalink: ordinal\nunpublished: true\n" + _REDIRECTS,
    "timezone: Asia/Tokyo\npermalink: weekdate\nshow_drafts: true\n",
    "timezone: Asia/Kathmandu\npermalink: none\nfuture: true\ncollections:\n  notes:\n    output: true\n  hidden: {}\n"
    "  talks:\n    output: true\n    permalink: /t/:collection/:year/:title:output_ext\n",
    "timezone: Pacific/Auckland\npermalink: /:slugified_categories/:w_year/:week/:y_day/:hour:minute/:name/\n",
    "timezone: UTC\nexclude: [docs, '*.tmp.md', vendor/bundle/]\ninclude: [_extra, .well-known]\n"
    "permalink: /b/:title\n",
    "timezone: UTC\ndefaults:\n- scope: {path: ''}\n  values: {title: Site title, tags: site tag}\n"
    "- scope: {path: _posts, type: posts}\n  values: {categories: [from, defaults], published: true}\n"
    "- scope: {path: 'news/*/_posts'}\n  values: {permalink: /n/:title/}\n"
    "- scope: {path: news, type: posts}\n  values: {category: News item, date: 2001-02-03 04:05:06}\n",
    "timezone: UTC\ncollections_dir: stuff\ncollections:\n  notes:\n    output: true\npermalink: /:year/:title.html\n",
    "timezone: Asia/Shanghai\nlayouts_dir: theme/layouts\nincludes_dir: theme/includes\ndata_dir: facts\n"
    "excerpt_separator: <!--more-->\npermalink: /:short_year/:long_month/:w_day/:long_day/:title/\n" + _REDIRECTS,
    "timezone: America/Sao_Paulo\nmarkdown_ext: md,txt\npermalink: /:year/:month/:day/:hour/:minute/:second/:title\n"
    "excerpt_separator: ''\n",
    "timezone: UTC\nshow_drafts: true\nunpublished: true\nfuture: true\ndefaults:\n"
    "- scope: {path: _drafts, type: posts}\n  values: {published: false, slug: From Defaults}\n"
    "- scope: {path: news/_drafts, type: drafts}\n  values: {title: never}\n"
    "- scope: {path: /_posts}\n  values: {tag: rooted}\n- scope: {type: pages}\n  values: {permalink: /pg/:basename/}\n"
    "- scope: {path: sub/page.html}\n  values: {permalink: /only/:path/x}\n",
    "timezone: UTC\ncollections:\n  posts:\n    output: true\n    permalink: /writing/:year/:slug:output_ext\n"
    "    future: true\n  notes:\n    output: true\n    permalink: pretty\n    future: true\n  talks: {output: true}\n"
    "permalink: /:year/:title/\nlimit_posts: 0\nlsi: false\n",
    "timezone: UTC\ndefaults:\n- scope: {path: '', type: posts}\n  values: {published: false}\n"
    "- scope: {path: _posts/a}\n  values: {published: true, date: '2022-05-06'}\n"
    "- scope: {path: ''}\n  values: {lang: en, categories: all of it}\n"
    "- scope: {path: sub}\n  values: {published: false}\n",
    "timezone: Asia/Shanghai\nkeep_files: [x]\nstrict_front_matter: false\nbaseurl: /base\n"
    "permalink: /:categories/:year/:month/:day/:title:output_ext\nlimit_posts: 7\n",
    "timezone: UTC\nstrict_front_matter: true\ncollections:\n  notes:\n    output: true\n  hidden: {}\n",
)  # fmt: skip
"""One site in each turn. Zones east and west, with and without summer time, with offsets of quarters of an hour."""

_FILE_NAMES = (
    "2020-01-05-plain.md", "2020-1-5-short.md", "20-1-5-two.md", "2020-02-30-rolled.md", "2020_01_06-under.md",
    "2020-01-07.md", "nodate.md", "2020-01-08-UPPER Case.md", "2020-01-09-dots...md", "2020-01-10-a.b.c.markdown",
    "2020-01-11-über-näh.md", "2020-01-12-日本 語.md", "2020-01-13-.md", "2020-01-14--lead-.md", "2020-01-15-x.txt",
    "2020-01-16-y.html", "2020-01-17-c++_&_d.MD", "_2020-01-18-z.md", ".2020-01-19-z.md", "2020-01-20-z.md~",
    "a/2020-01-21-in.md", "_a/2020-01-22-in.md", "a/_b/2020-01-23-in.md", "x2020-01-24-x.md", "2020-13-01-month.md",
    "2020-01-25-noext", "#2020-01-26-h.md", "2020-01-27-a%41b.md", "2020-01-28-(a,b;c=d@e).md",
)  # fmt: skip
_TITLES = (
    "title: Plain", "", "title:", "title: 2024", "title: 2024-01-02", "title: false", "title: yes", 'title: "a: b"',
    "title: 1.50", "title: ''", "title: null",
)  # fmt: skip
_PUBLISHED = ("", "", "", "published: false", "published: no", 'published: "false"', "published:", "published: true")
_CATEGORIES = (
    "", "", "categories: a b", "categories: [X y, b]", "category: One Two", "categories: a\ncategory: a",
    "categories: 'C++ C#'", "categories: []", "categories:", "categories: a,b c", "category: [p, q]", "categories: 5",
    "categories: [Foo Bar, foo bar]",
)  # fmt: skip
_TAGS = (
    "", "", "tags: a b,c", "tags: [one, 2, ~, 'three four']", "tag: z\ntags: a b", "tag:\ntags: q", "tags: 2020-01-01",
    "tags:", "tag: a b",
)  # fmt: skip
_EXTRAS = (
    "", "", "", "", "permalink: /p/:year/:title/", "permalink: /fixed", "permalink: /x.json", "slug: My Own",
    "slug: ''", "permalink: a//b/../c%20d", "lang: zh", "redirect_from: /old/", "draft: true",
)  # fmt: skip
_PAGES = (
    "about.md", "index.html", "sub/index.md", "sub/page.html", "sub/Ünï.md", "docs/x.md", "docs2/y.md", "a.tmp.md",
    "vendor/bundle/x.md", "vendor/y.md", "_extra/e.md", ".well-known/w.md", "_no/n.md", "README.markdown", "a.b.md",
    "_notes/one.md", "_notes/Two Words.md", "_notes/2020-05-06-dated.md", "_notes/in/three.html", "_notes/_u.md",
    "_hidden/h.md", "_talks/2020-07-08-talk.md", "_talks/free.md", "sub.d/z.xhtml", "x.md~", "stuff/_notes/n.md",
    "stuff/_posts/2020-01-05-s.md", "stuff/in/_posts/2020-01-06-s.md", "stuff/page.md", "news/_posts/page/_posts/q.md",
    "node_modules/m.md", "_site/s.md", "dots...md", "_data/d.md", "#h.md", "docs.md", "style.css", "feed.xml",
)  # fmt: skip

_DAYS = ("2021-03-04", "2021-3-4", "2021-12-31", "2020-02-29", "2021-02-29", "1999-01-01", "2030-06-07", "2021-11-07")
_TIMES = (
    "",
    " 20:30",
    " 20:30:00",
    " 0:00:00",
    " 23:59:59",
    "T20:30:00",
    " 15:00:01",
    " 24:00:00",
    " 8pm",
    " 02:30:00",
)
_ZONES = ("", "", "", " +0800", " -0500", "Z", " Z", " +05:45", " EST", " +14:00", " UTC", " Asia/Shanghai")
_QUOTES = ("{}", "{}", '"{}"', "'{}'", "!!str {}", "{} # as agreed")
_ODD_DATES = (
    "date:", "date: ''", "date:  +0800", "date: 04/03/2021", "date: March 4, 2021 8pm", "date: 20210304", "date: ~",
    "date: 2021-03-04 20：30：00", "date: 2021-13-01", "date: 2021-03-04 25:00:00 +0800",
    "date: 2021-03-04 10:00:00 2021 -0800", "date: soon", "date: 2021-00-10", "date: 2021-01-32", "date: false",
)  # fmt: skip
_ODD_NAMES = (
    "2021-02-29-rolled.md", "2021-04-31-rolled.md", "2021-11-31-a.md", "99-12-31-two.md", "68-1-1-two.md",
    "2021-3-4-x.md", "202-01-01-three.md", "0021-01-01-x.md", "2021-03-04-a.tar.md", "2021-03-04-2021-03-05-x.md",
    "2021-03-04-emoji-🎉.md", "2021-03-04-ﬁ-ß-İ.md", "2021-03-04-%.md", "2021-03-04-a:b.md", "2021-03-04-x.htm",
)  # fmt: skip
ABORTING = ("2021-13-01-month.md", "2021-00-01-month.md", "2021-01-32-day.md", "2021-01-00-day.md", "21-13-40-both.md")
"""Names with a month or a day that there is not: Jekyll stops at them."""
_MORE = (
    "redirect_from: /old/", "redirect_from: [/older, oldest/x, /file.json]", "redirect_from: []", "redirect_from:",
    "excerpt_separator: xx", "draft: true", "draft: false", "future: true", "layout: none", "permalink: pretty",
    "permalink: /:categories/:short_month/:i_day/:title.html", "permalink: ':title'", "permalink: /:nonsense/",
    "permalink: ''", "permalink: /a b/ü/", "permalink: /dup/", "permalink: /x.html", "permalink: 5",
    "slug: a/b", "slug: 7", "slug: true", "slug: [a]", "slug: 2021-01-02", "slug: 1:30", "permalink: 1.5",
    "permalink: true", "permalink: [/a/]", "permalink: {a: b}", "permalink: 2021-01-02",
    "collection: talks", "path: other.md", "ext: .txt", "url: /own/", "id: 3", "name: n", "permalink: false",
)  # fmt: skip
_FOLDERS = ("_posts", "_posts", "_posts", "_posts/a", "news/_posts", "news/Deep Dir/_posts", "_drafts", "news/_drafts")


_TURNS = 8
"""How many sites share the odd front matter among them."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site to build, and the moment at which it is built, in seconds since 1970."""

    files: dict[str, str | bytes]
    now: int
    plugins: tuple[str, ...]
    limit: int


def _date(chance: random.Random) -> str:
    if chance.random() < 0.12:
        return chance.choice(_ODD_DATES)
    if chance.random() < 0.25:
        return ""
    time = chance.choice(_TIMES)
    text = chance.choice(_DAYS) + time + (chance.choice(_ZONES) if time else "")
    return "date: " + chance.choice(_QUOTES).format(text)


def front(chance: random.Random) -> str:
    lines = [_date(chance)]
    for choices in (_TITLES, _PUBLISHED, _CATEGORIES, _TAGS):
        if chance.random() < 0.8:
            lines.append(chance.choice(choices))
    roll = chance.random()
    if roll < 0.2:
        lines.append(chance.choice(_EXTRAS))
    elif roll < 0.45:
        lines.append(chance.choice(_MORE))
    chance.shuffle(lines)
    return "---\n" + "".join(f"{line}\n" for line in lines if line) + "---\nBody\n"


def _content(chance: random.Random, broken: float) -> str | bytes:
    return chance.choice(ODD) if chance.random() < broken else front(chance)


def site(chance: random.Random, number: int) -> Site:
    """The site of a turn: its configuration goes round, all else is chance."""
    config = CONFIGS[number % len(CONFIGS)]
    home = "stuff/" if "collections_dir" in config else ""
    files: dict[str, str | bytes] = {"_config.yml": config}
    for name in chance.sample((*_FILE_NAMES, *_ODD_NAMES), 22):
        files[f"{home}{chance.choice(_FOLDERS)}/{name}"] = _content(chance, 0.08)
    files[f"{home}_posts/{chance.choice(ABORTING)}"] = front(chance)
    for index in range(40):
        day = f"20{chance.randrange(18, 23)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        name = f"{day}-post-{index}{chance.choice(('.md', '.md', '.md', '.markdown', '.html', '.txt'))}"
        files[f"{home}{chance.choice(_FOLDERS)}/{name}"] = _content(chance, 0.03)
    for index, content in enumerate(ODD[number % _TURNS :: _TURNS]):
        files[f"{home}_posts/2021-05-{index + 1:02}-odd-{index}.md"] = content
        files[f"odd/{index}.md"] = content
        files[f"odd/{index}.html"] = content
        files[f"{home}_notes/odd-{index}.md"] = content
    for name in chance.sample(_PAGES, 14):
        files.setdefault(name, _content(chance, 0.2))
    for name in ("theme/layouts/post.html", "theme/includes/x.html", "_layouts/post.html", "facts/y.md"):
        files[name] = "---\ntitle: L\n---\n{{ content }}\n"
    for path, content in files.items():
        if isinstance(content, str) and path != "_config.yml":
            files[path] = content.replace("Body", f"Body of <{path}>")
    plugins = ("jekyll-redirect-from",) if _REDIRECTS in config else ()
    limit = 7 if "limit_posts: 7" in config else 0
    return Site(files, DUE if chance.random() < 0.6 else LATER, plugins, limit)
