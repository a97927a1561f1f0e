"""Sites with nothing wrong: nothing is learned from chance, and no rule about terms says a word."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from postlint.engine.project import Wishes
from tests.sites import run, write_site

WORDS = {
    "en": """
        new news good goods economic economics graphic graphics scale scala price prize angle angel server sever custom
        customs glass glasses class mobile model react preact angular python pylon rails trails testing posting hosting
        training planning design resign spring string swift rust go c c++ c# .net node.js ai ui ux api http https css
        css3 html html5 web2 web3 2023 2024 v1 v2 linux unix bsd mac-os windows security privacy travel travelling
        coffee tea cake garden gardening music film books reading writing history maps charts data database
        databases-101 open-source community podcast video photo photography family food health sport running cycling
        hiking quality equality action auction country county""",
    "zh": "新闻 消息 春节 春天 旅行 旅游 美食 美酒 茶 茶道 咖啡 读书 读者 音乐 电影 前端 后端 运维 安全 数据 网站SEO",
    "de": "neu neues gut güter reise reisen haus häuser straße küche kuchen bücher buch lesen schreiben musik filme",
    "pt": "novo nova notícia mãe mar maré café viagem viagens livro livraria música músico cinema jardim",
    "ko": "새 새해 뉴스 여행 음식 차 커피 책 음악 영화 정원 건강 보안 데이터",
}
SIZES = (200, 200, 350, 600, 2000)


def zipf(draw: random.Random, words: list[str], count: int) -> list[str]:
    """Different words, the first ones far oftener than the last."""
    found: dict[str, None] = {}
    weights = [1 / (place + 1) for place in range(len(words))]
    while len(found) < min(count, len(words)):
        found[draw.choices(words, weights)[0]] = None
    return list(found)


def yaml_list(terms: list[str]) -> str:
    return "[" + ", ".join(f'"{term}"' for term in terms) + "]"


def site(seed: int, generator: str, size: int) -> dict[str, str]:
    draw = random.Random(f"{seed} {generator}")
    langs = draw.sample(list(WORDS), draw.choice([1, 1, 2, 3]))
    words = {}
    for lang in langs:
        # To Hexo, and to Zola, `c`, `c++` and `c#` have one address: that would be a defect.
        words[lang] = [word for word in WORDS[lang].split() if generator == "jekyll" or word not in ("c++", "c#")]
        draw.shuffle(words[lang])
    sections = draw.sample(["notes", "news", "blog", "essays", "reviews", "tea"], 4)
    # Habits that are none: some posts name their folder's category, some link to a category, some pair a tag with one.
    in_folder, links, pairs = draw.choice([0.3, 0.6, 0.85]), draw.choice([0, 0.3, 0.6]), draw.choice([0, 0.5, 0.8])
    host = "https://site.example"
    files: dict[str, str] = {}
    categories: dict[str, set[str]] = {}
    for number in range(size):
        lang = draw.choice(langs)
        section = draw.choice(sections)
        category = section if draw.random() < in_folder else draw.choice(words[lang][:8])
        own = [category, *zipf(draw, words[lang], draw.choice([0, 0, 0, 1]))]
        tags = zipf(draw, words[lang], draw.choice([0, 1, 1, 2, 3, 5]))
        if draw.random() < pairs:
            tags = [words[lang][sections.index(section)]]
        own, tags = list(dict.fromkeys(own)), list(dict.fromkeys(tags))
        categories.setdefault(lang, set()).update(own)
        link = category if draw.random() < links else draw.choice(words[lang][:8])
        body = f"Text {number}.\n\n[{link}]({{}})\n"
        day = f"20{number % 20 + 5:02}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        if generator == "jekyll":
            body = body.format(f"/category/{link}.html") if links else body.format("https://other.example/")
            path, keys = f"_posts/{day}-p{number}.md", f"lang: {lang}\n"
        elif generator == "hugo":
            body = body.format("https://other.example/")
            path, keys = f"content/{lang}/{section}/p{number}.md", ""
        elif generator == "hexo":
            body = body.format("https://other.example/")
            path, keys = f"source/_posts/{section}/p{number}.md", f"lang: {lang}\n"
        else:
            body = body.format("https://other.example/")
            name = f"p{number}.md" if lang == langs[0] else f"p{number}.{lang}.md"
            path, keys = f"content/{section}/{name}", ""
        if generator == "zola":
            files[path] = (
                f'+++\ntitle = "P {number}"\ndate = {day}\n[taxonomies]\ntags = {yaml_list(tags)}\n'
                f"categories = {yaml_list(own)}\n+++\n{body}"
            )
        else:
            files[path] = (
                f"---\ntitle: P {number}\ndate: {day}\n{keys}tags: {yaml_list(tags)}\n"
                f"categories: {yaml_list(own)}\n---\n{body}"
            )
    files |= configuration(generator, langs, host)
    if generator == "jekyll":
        for lang, found in categories.items():
            for category in draw.sample(sorted(found), len(found) * 2 // 3):
                title = draw.choice([category.title(), f"All of {category}", "Archive", draw.choice(words[lang])])
                files[f"category/{category}.html"] = f'---\ntitle: "{title}"\ncategory: "{category}"\n---\n'
    return files


def configuration(generator: str, langs: list[str], host: str) -> dict[str, str]:
    others = langs[1:]
    match generator:
        case "jekyll":
            return {"_config.yml": f"url: {host}\ntimezone: UTC\n"}
        case "hexo":
            return {
                "_config.yml": f"title: T\nurl: {host}\nlanguage: [{', '.join(langs)}]\n",
                "package.json": '{"hexo": {}}',
            }
        case "hugo":
            tables = "".join(f'[languages.{lang}]\ncontentDir = "content/{lang}"\n' for lang in langs)
            return {"hugo.toml": f'baseURL = "{host}/"\ndefaultContentLanguage = "{langs[0]}"\n{tables}'}
        case _:
            names = '[{name = "tags"}, {name = "categories"}]'
            tables = "".join(f"[languages.{lang}]\ntaxonomies = {names}\n" for lang in others)
            return {
                "config.toml": f'base_url = "{host}"\ndefault_language = "{langs[0]}"\ntaxonomies = {names}\n{tables}',
                "templates/index.html": "",
            }


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("generator", ["jekyll", "hugo", "hexo", "zola"])
def test_nothing_is_said_of_a_clean_site(tmp_path: Path, generator: str, seed: int) -> None:
    write_site(tmp_path, site(seed, generator, SIZES[seed]))
    _, outcome = run(tmp_path, wishes=Wishes(select=("taxonomy",)))
    assert not outcome.crashes
    assert outcome.indexed >= SIZES[seed]
    assert [f"{d.path}:{d.start.line} {d.rule}: {d.finding.message}" for d in outcome.diagnostics] == []
