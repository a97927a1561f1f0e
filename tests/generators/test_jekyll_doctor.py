"""All that ``jekyll doctor`` finds in a site, postlint finds too; and what its rules about sites claim."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from tests.generators.oracle import built, jekyll
from tests.sites import run, write_site

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
URL = "url: https://rye.example\n"
SETTINGS = '[rules."site/missing-url"]\nalways = true\n'

Said = tuple[str, frozenset[str]]
"""A kind of finding, and the files or the paths in the built site that it is about."""


WORDS = {
    "You didn't set an URL": "site/missing-url",
    "URL does not seem to be absolute": "site/invalid-url",
    "URL does not seem to be valid": "site/invalid-url",
    "undefined method `empty?'": "site/invalid-url",  # what Ruby says of a number
    "Detected '_posts' directory outside": "post/outside-collections-dir",
    "uses relative permalinks": "site/removed-setting",
}


def doctor(root: Path) -> set[Said]:
    """What ``jekyll doctor`` says."""
    status, output = jekyll(root, "doctor")
    found: set[Said] = set()
    lines = output.splitlines()
    for number, line in enumerate(lines):
        if "The following destination is shared" in line:
            below = (text.strip() for text in lines[number + 3 :])
            files = []
            for text in below:
                if not text.startswith("- "):
                    break
                files.append(text[2:].removeprefix(f"{root}/"))
            found.add(("post/duplicate-url", frozenset(files)))
        elif "only differ by case" in line:
            files = line.rpartition("overwritten by the other: ")[2].split(", ")
            found.add(("case", frozenset(file.removeprefix(f"{root}/_site") for file in files)))
        else:
            found.update((rule, frozenset()) for words, rule in WORDS.items() if words in line)
    if ("site/missing-url", frozenset[str]()) in found:
        found.discard(("site/invalid-url", frozenset()))  # of a missing one it says both
    assert (status == 0) == (not found), output
    return found


_BY_CASE = re.compile(r"the address (.+) differs from that of .+ \((/.*)\) in nothing but case")


def ours(root: Path) -> set[Said]:
    """What postlint says, in the same words: of files with one address each group, of addresses each pair."""
    _, outcome = run(root)
    assert not outcome.crashes
    found: set[Said] = set()
    for diagnostic in outcome.diagnostics:
        finding = diagnostic.finding
        if diagnostic.rule != "post/duplicate-url":
            found.add((diagnostic.rule, frozenset()))
        elif (pair := _BY_CASE.fullmatch(finding.message)) is not None:
            found.add(("case", frozenset(map(_file, pair.groups()))))
        else:
            files = [diagnostic.path, *(each.path for each in finding.related if each.path is not None)]
            found.add((diagnostic.rule, frozenset(files)))
    return found


def _file(url: str) -> str:
    if url.endswith("/"):
        return f"{url}index.html"
    return url if url.rpartition("/")[2].count(".") else f"{url}.html"


def missed(theirs: set[Said], found: set[Said]) -> list[Said]:
    """What Jekyll says and postlint does not. Groups that share a file count as one."""
    left = []
    for rule, about in theirs:
        reached: set[str] = set()
        if about:
            reached = {min(about)}
            while (
                more := {name for kind, names in found if kind == rule and names & reached for name in names} - reached
            ):
                reached |= more
        elif (rule, about) in found:
            continue
        if not about or not about <= reached:
            left.append((rule, about))
    return left


PAGE = "---\n---\nText\n"


def page(permalink: str) -> str:
    return f"---\npermalink: {permalink}\n---\nText\n"


SICK: dict[str, dict[str, str | bytes]] = {
    "two posts": {"_posts/2024-01-02-tea.md": PAGE, "_posts/old/2024-01-02-tea.markdown": PAGE},
    "three pages": {"a.md": page("/x/"), "b.md": page("/x/index.html"), "c.html": page("/x/")},
    "a page and a post": {"about.md": PAGE, "_posts/2024-01-02-about.md": page("/about.html")},
    "with and without suffix": {"a.md": page("/x"), "b.md": page("/x.html"), "_posts/2024-01-02-c.md": page("/x")},
    "a page and a file": {"a.md": page("/data.json"), "data.json": "{}"},
    "a page and a page that is copied": {"a.md": PAGE, "b.md": page("/a.htm"), "a.htm": "<p>x</p>"},
    "a post and a file of a folder": {"_posts/2024-01-02-c.md": page("/x/y.txt"), "x/y.txt": "y"},
    "by case": {"Tea.html": PAGE, "tea.html": PAGE},
    "by case beyond ASCII": {"Übung.md": PAGE, "übung.md": PAGE, "Ж.md": PAGE, "ж.md": PAGE},
    "by case, three": {"TEA.md": PAGE, "Tea.md": PAGE, "_posts/2024-01-02-t.md": page("/tea.html")},
    "by case in a folder": {"Tea/index.md": PAGE, "tea.md": page("/tea/")},
    "no address": {"_config.yml": "title: Rye\n"},
    "an empty address": {"_config.yml": "url: ''\n"},
    "nothing for an address": {"_config.yml": "url:\n"},
    "a host": {"_config.yml": "url: rye.example\n"},
    "no scheme": {"_config.yml": "url: //rye.example\n"},
    "a path": {"_config.yml": "url: /blog\n"},
    "a number": {"_config.yml": "url: 4000\n"},
    "a list": {"_config.yml": "url: [https://rye.example]\n"},
    "posts beside the collections": {
        "_config.yml": f"{URL}collections_dir: stuff\n",
        "_posts/2024-01-02-a.md": PAGE,
        "stuff/_posts/2024-01-02-b.md": PAGE,
    },
    "relative permalinks": {"_config.yml": f"{URL}relative_permalinks: true\n"},
    "all at once": {
        "_config.yml": "relative_permalinks: yes\ncollections_dir: stuff\nurl: rye\n",
        "_posts/2024-01-02-a.md": PAGE,
        "Tea.md": PAGE,
        "tea.md": PAGE,
        "again.md": page("/tea.html"),
    },
}


@pytest.mark.generator
@pytest.mark.parametrize("name", SICK)
def test_what_the_doctor_finds_is_found(name: str, tmp_path: Path) -> None:
    root = write_site(tmp_path, {"_config.yml": URL, "index.md": PAGE, **SICK[name], "postlint.toml": SETTINGS})
    theirs = doctor(root)
    assert theirs, "the doctor finds nothing"
    found = ours(root)
    assert not missed(theirs, found), found
    assert {rule for rule, _ in found} == {rule for rule, _ in theirs}, "and nothing else"


HEALTHY: dict[str, dict[str, str | bytes]] = {
    "one address a page": {"a.md": page("/x/"), "b.md": page("/x/y/"), "c.md": page("/x.txt"), "x.json": "{}"},
    "a page that is not published": {"a.md": page("/x/"), "b.md": "---\npermalink: /x/\npublished: false\n---\n"},
    "an address with a port": {"_config.yml": "url: localhost:4000\n"},
    "posts where they belong": {
        "_config.yml": f"{URL}collections_dir: stuff\n",
        "stuff/_posts/2024-01-02-b.md": PAGE,
    },
    "no relative permalinks": {"_config.yml": f"{URL}relative_permalinks: false\n"},
}


@pytest.mark.generator
@pytest.mark.parametrize("name", HEALTHY)
def test_where_the_doctor_finds_nothing_nothing_is_found(name: str, tmp_path: Path) -> None:
    root = write_site(tmp_path, {"_config.yml": URL, "index.md": PAGE, **HEALTHY[name], "postlint.toml": SETTINGS})
    assert not doctor(root)
    assert not {said for said in ours(root) if said[0] in {*WORDS.values(), "post/duplicate-url", "case"}}


_SHAPES = ("/x", "/x/", "/x.html", "/x/index.html", "/X/", "/X.html", "/ü/", "/Ü/", "/ü", "/y.json", "/x/y.txt", "/y/")
_SOURCES = ("p{}.md", "sub/p{}.md", "_posts/2024-01-02-p{}.md", "_notes/p{}.md", "p{}.html")


@pytest.mark.generator
@pytest.mark.parametrize("seed", range(6))
def test_addresses_that_meet_by_chance(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    files: dict[str, str | bytes] = {
        "_config.yml": URL + "collections: {notes: {output: true}}\npermalink: " + chance.choice(("date", "pretty")),
        "postlint.toml": SETTINGS,
    }
    for number in range(16):
        files[chance.choice(_SOURCES).format(number)] = page(chance.choice(_SHAPES))
    for name in chance.sample(
        ("x.md", "x/index.md", "x/index.html", "X.md", "ü.md", "y/index.html", "x/y.txt", "y.json"), 4
    ):
        files[name] = chance.choice((PAGE, "Text\n")) if name.endswith((".md", ".html")) else "y"
    root = write_site(tmp_path, files)
    theirs, found = doctor(root), ours(root)
    assert theirs
    assert not missed(theirs, found), found
    groups = {names for rule, names in theirs if rule == "post/duplicate-url"}
    assert all(any(names <= group for group in groups) for rule, names in found if rule == "post/duplicate-url")


@pytest.mark.corpus
@pytest.mark.generator
@pytest.mark.parametrize("site", ["finews", "jekyll/docs", "ruby-lang"])
def test_what_the_doctor_finds_in_real_sites_is_found(site: str, tmp_path: Path) -> None:
    if not CORPORA.is_dir():
        pytest.skip("the real sites (shared/corpora beside the project) are not there")
    root = Path(shutil.copytree(CORPORA / site, tmp_path / "site"))
    (root / "Gemfile").unlink(missing_ok=True)
    shutil.rmtree(root / "_plugins", ignore_errors=True)
    config = root / "_config.yml"
    config.write_text(
        re.sub(r"^(?:theme:.*|plugins:.*(?:\n[ -].*)*)\n", "", config.read_text("utf-8"), flags=re.M), "utf-8"
    )
    write_site(root, {"postlint.toml": SETTINGS})
    assert not missed(doctor(root), ours(root))


@pytest.mark.generator
@pytest.mark.parametrize(
    ("url", "made"),
    [
        ("", "/a.html"),
        ("url:", "/a.html"),
        ("url: ''", "/a.html"),
        ("url: rye.example", "rye.example/a.html"),
        ("url: //rye.example", "//rye.example/a.html"),
        ("url: https://rye.example", "https://rye.example/a.html"),
    ],
)
def test_whole_addresses_begin_with_the_url_as_it_is_written(url: str, made: str, tmp_path: Path) -> None:
    root = write_site(tmp_path, {"_config.yml": f"{url}\n", "a.html": "---\n---\n{{ page.url | absolute_url }}"})
    assert built(root)["a.html"] == made


@pytest.mark.generator
def test_plugins_write_addresses_without_a_host(tmp_path: Path) -> None:
    config = "plugins: [jekyll-redirect-from]\n"
    root = write_site(tmp_path, {"_config.yml": config, "a.html": "---\nredirect_from: /old/\n---\n"})
    assert 'href="/a.html"' in built(root)["old/index.html"]


@pytest.mark.generator
@pytest.mark.parametrize(
    "setting",
    [
        "gems: [jekyll-redirect-from]",
        "layouts: theme",
        "data_source: facts",
        "pygments: true",
    ],
)
def test_settings_that_are_gone_change_nothing(setting: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "_config.yml": "title: Rye\n",
        "theme/post.html": "in a layout {{ content }}",
        "facts/rye.yml": "flour: rye\n",
        "sub/a.html": "---\nlayout: post\nredirect_from: /old/\npermalink: b.html\n---\n{{ site.data.rye.flour }}",
        "c.md": "---\n---\n```ruby\nputs 1\n```\n",
    }
    before = built(write_site(tmp_path / "one", files))
    after = built(write_site(tmp_path / "two", {**files, "_config.yml": f"title: Rye\n{setting}\n"}))
    assert after == before
    key, _, value = setting.partition(": ")
    new = {"gems": "plugins", "layouts": "layouts_dir", "data_source": "data_dir", "pygments": "highlighter"}[key]
    changed = f"title: Rye\n{new}: {'none' if value == 'true' else value}\n"  # and under its new name it does
    assert built(write_site(tmp_path / "three", {**files, "_config.yml": changed})) != before


@pytest.mark.generator
def test_jekyll_stops_at_relative_permalinks(tmp_path: Path) -> None:
    for value, stops in (("true", True), ("x", True), ("false", False), ("", False)):
        root = write_site(tmp_path / value, {"_config.yml": f"relative_permalinks: {value}\n", "a.md": PAGE})
        status, output = jekyll(root, "build")
        assert (status != 0) is stops, output
        assert (root / "_site" / "a.html").exists() is not stops


@pytest.mark.generator
def test_posts_beside_the_collections_are_not_on_the_site(tmp_path: Path) -> None:
    root = write_site(
        tmp_path,
        {
            "_config.yml": "collections_dir: content\n",
            "_posts/2024-01-02-a.md": PAGE,
            "news/_posts/2024-01-02-b.md": PAGE,
            "content/_posts/2024-01-02-c.md": PAGE,
        },
    )
    assert {name for name in built(root) if "2024" in name} == {"2024/01/02/c.html"}
