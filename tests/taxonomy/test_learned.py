"""What the taxonomy rules read off a whole site: the patterns of its pages and links, and what breaks them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from postlint.engine.project import Wishes
from postlint.engine.run import Outcome
from postlint_rules.taxonomy import _forms as forms
from postlint_rules.taxonomy.link_mismatch import _form_of
from tests.sites import lines, run, write_site

CATEGORIES = ("harbour", "kitchen", "letters", "night-train", "rooftops")
HOST = "//lane.example"


def check(root: Path, files: dict[str, str], *rules: str) -> Outcome:
    write_site(root, {"_config.yml": "timezone: UTC\nurl: https://lane.example\n", **files})
    _, outcome = run(root, wishes=Wishes(select=rules))
    assert not outcome.crashes
    return outcome


def post(category: str, *, link: str | None = None, style: str = "page") -> str:
    link = link or category
    address = f"{HOST}/{link}/" if style == "folder" else f"{HOST}/category/{link}.html"
    return f"---\ntitle: A\ncategories: {category}\n---\nText.\n\n[Back to {link}]({address})｜[Home]({HOST}/)\n"


def pages(categories: tuple[str, ...] = CATEGORIES) -> dict[str, str]:
    return {f"category/{name}.html": f"---\nlayout: category\ncategory: {name}\n---\n" for name in categories}


def archive(count: int) -> dict[str, str]:
    """Posts by turns in each category; those of the first link to its folder instead of its page."""
    found = {}
    for number in range(count):
        category = CATEGORIES[number % len(CATEGORIES)]
        style = "folder" if category == CATEGORIES[0] else "page"
        found[f"_posts/2024-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}-p{number}.md"] = post(category, style=style)
    return found


# link-mismatch ---------------------------------------------------------------------------------------------------


def test_the_ten_posts_of_two_hundred_that_link_to_another_category(tmp_path: Path) -> None:
    files = {**pages(), **archive(200)}
    posts = sorted(path for path in files if path.startswith("_posts/"))
    planted = random.Random(7).sample(posts, 10)
    for path in planted:
        own = next(name for name in CATEGORIES if f"categories: {name}\n" in files[path])
        other = CATEGORIES[(CATEGORIES.index(own) + 2) % len(CATEGORIES)]
        files[path] = post(own, link=other, style="folder" if other == CATEGORIES[0] else "page")
    outcome = check(tmp_path, files, "taxonomy")
    assert lines(outcome) == [f"{path}:7 taxonomy/link-mismatch" for path in sorted(planted)]
    assert all("190 of 200 posts" in d.finding.message for d in outcome.diagnostics)
    shown = [
        files[d.path][d.finding.fix.edits[0].span.start : d.finding.fix.edits[0].span.end]
        for d in outcome.diagnostics
        if d.finding.fix is not None
    ]
    assert len(shown) == 10 and set(shown) <= set(CATEGORIES)


def test_nothing_is_learned_from_a_site_without_the_habit(tmp_path: Path) -> None:
    """A third of the posts link to their own category: enough of them, but no custom."""
    files = {**pages(), **archive(30)}
    for number in range(60):
        files[f"_posts/2025-01-01-free{number}.md"] = "---\ncategories: kitchen\n---\n[x](/category/letters.html)\n"
    assert not check(tmp_path, files, "taxonomy/link-mismatch").diagnostics


def test_a_site_where_many_links_are_wrong_has_another_habit(tmp_path: Path) -> None:
    files = {**pages(), **archive(40)}
    for number in range(10):
        files[f"_posts/2025-01-01-other{number}.md"] = post("kitchen", link="letters")
    assert not check(tmp_path, files, "taxonomy/link-mismatch").diagnostics


def test_a_link_to_no_known_category_is_not_its_business(tmp_path: Path) -> None:
    files = {**archive(20), "_posts/2025-01-01-x.md": post("kitchen", link="archive")}
    assert not check(tmp_path, files, "taxonomy/link-mismatch").diagnostics


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("//a.example/category/tea.html", "//a.example/category/{}.html"),
        ("../tea/", "../{}/"),
        ("/tags/#tea", "/tags/#{}"),
        ("{{ site.baseurl }}/c/tea", "{{ site.baseurl }}/c/{}"),
        ("/search?tag=tea&x=1", "/search?tag={}&x=1"),
        ("//tea.example/", None),
        ("/green-tea/", None),
        ("/teapot/", None),
        ("/%74ea/", "/{}/"),
    ],
)
def test_the_form_of_an_address(address: str, form: str | None) -> None:
    assert _form_of(address, {"tea": "tea"}) == (None if form is None else (form, "tea"))


# missing-page ----------------------------------------------------------------------------------------------------


def test_the_category_for_which_nobody_made_a_page(tmp_path: Path) -> None:
    files = {**pages(CATEGORIES[:4]), **{p: t for p, t in archive(50).items() if "rooftops" not in t}}
    files["_posts/2025-01-01-up.md"] = post("rooftops")
    outcome = check(tmp_path, files, "taxonomy/missing-page")
    (found,) = outcome.diagnostics
    assert (found.path, found.start.line) == ("_posts/2025-01-01-up.md", 3)
    assert found.finding.message == "the category `rooftops` has no page; 40 of 41 posts are in a category that has one"
    assert found.finding.help == "add category/rooftops.html with `category: rooftops`, as its neighbours have it"


def test_a_few_pages_are_no_custom(tmp_path: Path) -> None:
    files = {**pages(CATEGORIES[:2]), **archive(60)}
    assert not check(tmp_path, files, "taxonomy/missing-page").diagnostics


def test_pages_in_several_folders_are_no_custom(tmp_path: Path) -> None:
    files = {path.replace("category/", f"part{n}/"): text for n, (path, text) in enumerate(pages().items())}
    files |= archive(50)
    files["_posts/2025-01-01-new.md"] = post("basement")
    assert not check(tmp_path, files, "taxonomy/missing-page").diagnostics


# variant ---------------------------------------------------------------------------------------------------------


def tagged(**tags: int) -> dict[str, str]:
    found = {}
    for tag, count in tags.items():
        for number in range(count):
            found[f"_posts/2024-01-02-{tag}-{number}.md"] = f'---\ntags: ["{tag}"]\n---\n'
    return found


@pytest.mark.parametrize(("most", "few", "told"), [(2, 1, True), (3, 2, True), (4, 3, False), (1, 1, False)])
def test_a_majority_must_be_one(tmp_path: Path, most: int, few: int, told: bool) -> None:
    outcome = check(tmp_path, tagged(Tea=few, tea=most), "taxonomy/variant")
    assert len(outcome.diagnostics) == (few if told else 0)
    assert all("-Tea-" in found.path for found in outcome.diagnostics)


def test_the_terms_of_each_site_are_its_own(tmp_path: Path) -> None:
    site = {"_config.yml": "timezone: UTC\n"}
    files = {f"a/{path}": text for path, text in {**tagged(tea=3), **site}.items()}
    files |= {f"b/{path}": text for path, text in {**tagged(Tea=2), **site}.items()}
    write_site(tmp_path, files)
    _, outcome = run(tmp_path, wishes=Wishes(select=("taxonomy",)))
    assert not outcome.diagnostics


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Social Media", "social-media", True),
        ("social_media", "social-media", True),
        ("ＡＩ", "ai", True),
        (" tea", "tea", True),
        ("C", "C++", False),
        ("C#", "C++", False),
        (".NET", "net", False),
        ("nodejs", "node.js", False),
        ("Straße", "STRASSE", True),
        ("tea\u200b", "tea", True),
        ("茶 道", "茶道", True),
        ("网站 SEO", "网站SEO", True),
        ("녹차 밭", "녹차밭", False),
    ],
)
def test_when_two_terms_are_one(one: str, other: str, same: bool) -> None:
    assert (forms.key(one) == forms.key(other)) is same


# Declared fields -------------------------------------------------------------------------------------------------


def test_a_taxonomy_that_the_generator_does_not_know(tmp_path: Path) -> None:
    files = {
        "postlint.toml": '[taxonomies.authors]\nfield = "author"\nterms = ["Ana", "Ben"]\n',
        "_posts/2024-01-02-a.md": "---\nauthor: ana\n---\n",
        "_posts/2024-01-03-b.md": "---\nauthor: [Ana, Bem]\n---\n",
    }
    outcome = check(tmp_path, files, "taxonomy")
    assert lines(outcome) == [
        "_posts/2024-01-02-a.md:2 taxonomy/variant",
        "_posts/2024-01-03-b.md:2 taxonomy/unknown-term",
    ]
    assert outcome.diagnostics[0].finding.message == "the author `ana` is `Ana` in this site's list"


# pair-mismatch, page-mismatch ------------------------------------------------------------------------------------


TAGS = {"harbour": "港口", "kitchen": "厨房", "letters": "信件", "night-train": "夜车", "rooftops": "屋顶"}


def both(category: str, tag: str) -> str:
    return f"---\ntitle: A\ncategories: {category}\ntags: [{tag}]\n---\nText.\n"


def test_the_ten_posts_of_two_hundred_with_the_tag_of_another_category(tmp_path: Path) -> None:
    names = {path: CATEGORIES[number % len(CATEGORIES)] for number, path in enumerate(archive(200))}
    files = {path: both(category, TAGS[category]) for path, category in names.items()}
    planted = random.Random(11).sample(sorted(names), 10)
    for path in planted:
        other = CATEGORIES[(CATEGORIES.index(names[path]) + 1) % len(CATEGORIES)]
        files[path] = both(names[path], TAGS[other])
    outcome = check(tmp_path, files, "taxonomy/pair-mismatch")
    assert lines(outcome) == [f"{path}:4 taxonomy/pair-mismatch" for path in sorted(planted)]


def test_a_site_whose_tags_are_free_has_no_pairs(tmp_path: Path) -> None:
    draw = random.Random(3)
    files = {path: both(draw.choice(CATEGORIES), draw.choice(list(TAGS.values()))) for path in archive(200)}
    assert not check(tmp_path, files, "taxonomy/pair-mismatch").diagnostics


def test_titles_are_compared_with_tags_only_where_pages_follow_them(tmp_path: Path) -> None:
    posts = {f"_posts/2024-01-0{n}-{c}.md": both(c, TAGS[c]) for n, c in enumerate(CATEGORIES, 1)}
    posts["_posts/2024-01-09-wells.md"] = both("wells", "水井")
    titles = {**{c: TAGS[c] for c in CATEGORIES}, "wells": "火车"}
    pages_ = {f"category/{c}.html": f"---\ntitle: {t}\ncategory: {c}\n---\n" for c, t in titles.items()}
    found = check(tmp_path, {**posts, **pages_}, "taxonomy/page-mismatch")
    assert lines(found) == ["category/wells.html:2 taxonomy/page-mismatch"]
    own = {path: text.replace(f"title: {TAGS['kitchen']}", "title: From the kitchen") for path, text in pages_.items()}
    own = {path: text.replace(f"title: {TAGS['letters']}", "title: Letters") for path, text in own.items()}
    assert not check(tmp_path / "own", {**posts, **own}, "taxonomy/page-mismatch").diagnostics
