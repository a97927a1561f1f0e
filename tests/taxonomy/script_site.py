"""A site as a script makes it from a news agency's feed: each post put together of pieces, none of them escaped.

A post of a source has the source's name in Latin letters as its category, its name and 新闻 as its tag, and a footer
that links to ``category/<slug>.html`` with that tag as its text; rolling news has a category, tag and footer of its
own. All names and texts here are made up.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

HOST = "//finews.withounder.com"
ROLLING = ("emnews", "东财滚动新闻")
SOURCES = {
    "haigangwanbao": "海港晚报",
    "qingshiribao": "青石日报",
    "donghujingjiwang": "东湖经济网",
    "jiangnancaijing": "江南财经",
    "baitazhoukan": "白塔周刊",
    "yunshanshibao": "云山时报",
    "nanmenzaobao": "南门早报",
    "xilingzixun": "西岭资讯",
    "dengtaguancha": "灯塔观察",
    "dukoushangbao": "渡口商报",
    "LaneWire": "LaneWire",
    "21shijichuanwu": "21世纪船务",
}
_SUBJECTS = ("港口", "渔业", "茶园", "铁路", "果品", "船厂", "纺织", "灯具", "木材", "盐场")
_VERBS = ("产量上升", "价格回落", "订单增加", "开工提前", "出口放缓", "库存减少")


@dataclass(frozen=True)
class Post:
    """The pieces of a post."""

    id: str
    day: str
    title: str
    category: str
    tag: str
    link: str
    """The path in the footer, from the host."""
    label: str
    """What the footer's link says, without 返回."""
    body: str

    @property
    def path(self) -> str:
        return f"_posts/{self.day}-{self.id}.md"

    @property
    def text(self) -> str:
        return (
            f'---\nlayout: post\ntitle: "{self.title}"\ndate: {self.day} 10:00:00 +0800\ncategories: {self.category}\n'
            f"tags: {self.tag}\n---\n{self.body}\n<http://feed.example/{self.id}.html>\n\n"
            f"[返回{self.label}]({HOST}{self.link})｜[返回首页]({HOST}/)"
        )


FIELDS = {"categories": 5, "tags": 6, "footer": 12}
"""The lines on which things stand in :attr:`Post.text`."""


def page(slug: str, title: str, key: str = "") -> str:
    """The page of a category."""
    return f"---\nlayout: category\ntitle: {title}\ncategory: {key or slug}\n---"


def posts(seed: int, count: int = 200) -> list[Post]:
    """A third of them rolling news, the others of the sources, as they come."""
    draw = random.Random(seed)
    found = []
    for number in range(count):
        day = f"2022-{number % 9 + 1:02}-{number // 9 % 27 + 1:02}"
        title = f"{draw.choice(_SUBJECTS)}{draw.choice(_VERBS)}：{day[5:7]}月第{number}报"
        body = (
            f"<p>{draw.choice(_SUBJECTS)}讯，{draw.choice(_VERBS)}。</p>\n<p>据统计，<strong>{number}</strong>家。</p>"
        )
        # Each source has at least five posts.
        slug = list(SOURCES)[number % 12] if number < 60 else draw.choice([*SOURCES, *[""] * 8])
        if slug:
            tag, link, start = SOURCES[slug] + "新闻", f"/category/{slug}.html", "NW"
        else:
            (slug, tag), link, start = ROLLING, "/emnews/", ""
        id_ = f"{start}{day.replace('-', '')}{2300000 + number * 17 + seed}"
        found.append(Post(id_, day, title, slug, tag, link, tag, body))
    return found


def pages() -> dict[str, str]:
    """Those of the categories."""
    return {f"category/{slug}.html": page(slug, name + "新闻") for slug, name in SOURCES.items()}


def site() -> dict[str, str]:
    """What there is beside posts and pages of categories."""
    return {
        "_config.yml": "title: T\ntimezone: Asia/Shanghai\nurl: https://finews.withounder.com\n",
        "index.md": "---\ntitle: 首页\n---\n列表。\n",
        "emnews.md": "---\ntitle: 东财滚动新闻\npermalink: /emnews/\n---\n列表。\n",
        "category/emnews.html": page("emnews", "Emnews"),
    }


Finding = tuple[str, int, str]
"""Path, line, rule."""


def planted(seed: int, made: list[Post]) -> tuple[dict[str, str | None], set[Finding]]:
    """Ten mismatches, each of another kind: the files that have them (None: deleted), and what is to be found.

    Where one slip is two defects (a category that has no page, and the link to that page) both are to be found.
    """
    draw = random.Random(seed)
    of_sources = [post for post in made if post.category in SOURCES and post.category != "LaneWire"]
    rolling = [post for post in made if post.category == ROLLING[0]]
    draw.shuffle(of_sources)
    files: dict[str, str | None] = {}
    found: set[Finding] = set()

    def other(post: Post) -> str:
        return draw.choice([slug for slug in SOURCES if slug != post.category])

    def plant(post: Post, change: Callable[[Post], Post], *what: tuple[str, str]) -> None:
        wrong = change(post)
        files[wrong.path] = wrong.text
        found.update((wrong.path, FIELDS[field], rule) for field, rule in what)

    def with_link(post: Post) -> Post:
        return replace(post, link=f"/category/{other(post)}.html")

    def with_tag(post: Post) -> Post:
        return replace(post, tag=SOURCES[other(post)] + "新闻")

    def with_label(post: Post) -> Post:
        return replace(post, label=SOURCES[other(post)] + "新闻")

    def of_no_page(post: Post) -> Post:
        return replace(
            post,
            category="shiqiaowanbao",
            tag="石桥晚报新闻",
            link="/category/shiqiaowanbao.html",
            label="石桥晚报新闻",
        )

    def with_case(post: Post) -> Post:
        return replace(post, category=post.category.upper())

    def with_other_form(post: Post) -> Post:
        start, rest = post.tag[:2], post.tag[2:]
        form = draw.choice([f'[" {post.tag}"]', f"[{start} {rest}]", f'"{start}\\u200b{rest}"'])
        return replace(post, tag=form)

    def exchanged(post: Post) -> Post:
        return replace(post, category=post.tag, tag=post.category)

    plant(of_sources[0], with_link, ("footer", "taxonomy/link-mismatch"))
    plant(of_sources[1], with_tag, ("tags", "taxonomy/pair-mismatch"))
    plant(of_sources[2], with_label, ("footer", "taxonomy/link-mismatch"))
    plant(of_sources[3], of_no_page, ("categories", "taxonomy/missing-page"), ("footer", "link/missing-target"))
    plant(of_sources[4], with_case, ("categories", "taxonomy/variant"))
    plant(of_sources[5], with_other_form, ("tags", "taxonomy/variant"))
    lost = [("categories", "taxonomy/missing-page"), ("footer", "taxonomy/link-mismatch")]
    plant(of_sources[6], exchanged, ("tags", "taxonomy/pair-mismatch"), *lost)
    plant(draw.choice(rolling), with_link, ("footer", "taxonomy/link-mismatch"))
    one, two, three = draw.sample([slug for slug in SOURCES if slug.islower()], 3)
    files[f"category/{one}.html"] = page(one, SOURCES[two] + "新闻")
    found.add((f"category/{one}.html", 3, "taxonomy/page-mismatch"))
    files[f"category/{three}.html"] = page(three, SOURCES[three] + "新闻", two)
    found.add((f"category/{three}.html", 4, "taxonomy/page-mismatch"))
    return files, found
