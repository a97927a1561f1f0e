"""A hundred edits of a small site of each generator: after each, warm is cold, to the byte.

``tests/corpora/test_many_edits.py`` does it with a real site. ``POSTLINT_SEED=random`` (or a number) makes other edits.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from tests.edits import Editor, Habits, agree, everything, findings, forget
from tests.sites import write_site

SEED = os.environ.get("POSTLINT_SEED", "1")

POST = "---\ntitle: {title}\ndate: 2024-01-0{n} 09:30:00\ntags: [tea, Maps]\n---\n## Ferry times\n\n[b]({link}) text\n"

JEKYLL = Habits(
    "_config.yml",
    (
        "{}permalink: pretty\n",
        "{}permalink: /:categories/:title.html\n",
        "{}timezone: Asia/Shanghai\nfuture: false\n",
        "{}plugins: [jekyll-redirect-from, jekyll-titles-from-headings]\n",
        "{}plugins: [my-own]\n",
        "{}baseurl: /below\n",
        "{}exclude: [img, about.md]\n",
        "{}collections: {{boats: {{output: true}}}}\n",
        "title: [broken\n",
        "",
    ),
    ".",
    "_posts/2024-01-02-new-{}.md",
    "_layouts/default.html",
    (
        ("_plugins/own.rb", ("", "# code\n")),
        ("_boats/one.md", ("", "---\ntitle: Boat\n---\n## Quay\n")),
        ("_includes/foot.html", ("", "<p id='foot'>\n")),
    ),
)
HUGO = Habits(
    "hugo.toml",
    (
        '{}[permalinks]\nposts = "/:year/:slug/"\n',
        "{}uglyURLs = true\n",
        '{}timeZone = "Asia/Shanghai"\nbuildFuture = true\n',
        '{}defaultContentLanguage = "de"\n[languages.de]\n[languages.en]\ncontentDir = "content/en"\n',
        '{}[taxonomies]\nboat = "boats"\n',
        "{}[markup.goldmark.renderer]\nunsafe = true\n",
        '{}disableKinds = ["taxonomy"]\n',
        "title = [broken\n",
        "",
    ),
    "content",
    "posts/new-{}.md",
    "layouts/_default/single.html",
    (
        (
            "content/posts/_index.md",
            (
                "",
                "---\ntitle: Posts\n---\n",
                "---\ncascade:\n  draft: true\n---\n",
                "---\ncascade:\n  build: {render: never}\n---\n",
                "---\nurl: /all/\ncascade:\n  slug: x\n---\n",
            ),
        ),
        ("content/_index.md", ("", "---\ntitle: Home\n---\n", "+++\ncascade = {type = 'boats'}\n+++\n")),
        ("content/posts/bundle/index.md", ("", "---\ntitle: Bundle\n---\n![a](map.png)\n")),
        ("content/posts/bundle/map.png", ("", "x")),
        ("content/posts/1.de.md", ("", "---\ntitle: Eins\n---\n")),
        ("config/_default/params.toml", ("", "a = 1\n")),
        ("config/_default/permalinks.toml", ("", 'posts = "/p/:filename/"\n')),
        ("config/_default/languages.toml", ("", "[de]\n[fr]\n")),
        ("config/production/hugo.toml", ("", "buildDrafts = true\n")),
        ("i18n/en.toml", ("", "a = 'b'\n")),
        ("data/x.toml", ("", "a = 1\n")),
        ("static/quay.html", ("", "<p id='quay'>\n")),
    ),
)
HEXO = Habits(
    "_config.yml",
    (
        "{}permalink: :title.html\n",
        "{}permalink: :year/:category/:title/\n",
        "{}timezone: Asia/Shanghai\nfuture: false\n",
        "{}post_asset_folder: true\n",
        "{}root: /below/\n",
        "{}skip_render: 'about/**'\n",
        "{}exclude: ['_posts/*2*']\n",
        "{}source_dir: src\n",
        "{}language: [en, de]\n",
        "title: [broken\n",
        "",
    ),
    "source",
    "_posts/new-{}.md",
    "themes/own/layout/post.ejs",
    (
        ("scripts/own.js", ("", "// code\n")),
        ("_config.own.yml", ("", "a: 1\n")),
        ("themes/own/languages/en.yml", ("", "a: b\n")),
        ("themes/own/source/js/x.js", ("", "1\n")),
        ("source/_data/x.yml", ("", "a: 1\n")),
        ("source/about/index.md", ("", "---\ntitle: About\n---\n{% post_link 1 %}\n")),
        ("source/_posts/1/map.png", ("", "x")),
        ("scaffolds/post.md", ("", "---\ntitle: {{ title }}\n---\n")),
        (
            "package.json",
            ("", '{"dependencies": {"hexo": "^8.0.0"}}\n', '{"dependencies": {"hexo-renderer-pandoc": "1"}}\n'),
        ),
    ),
)
SITES = {
    "jekyll": (JEKYLL, "timezone: UTC\n", "_posts/2024-01-0{n}-post.md", "/2024/01/02/post.html#ferry-times"),
    "hugo": (HUGO, 'title = "Quay"\n', "content/posts/{n}.md", "/posts/2/#ferry-times"),
    "hexo": (HEXO, "title: Quay\n", "source/_posts/{n}.md", "/2024/01/02/2/#Ferry-times"),
}


def small_site(root: Path, name: str) -> Editor:
    habits, settings, post, link = SITES[name]
    files: dict[str, str | bytes] = {
        post.format(n=n): POST.format(title=f"Post {n}", n=n, link=link) for n in range(1, 8)
    }
    pages: dict[str, str | bytes] = {
        f"{habits.content}/about.md": "---\ntitle: About\n---\n[a](/img/map.png)\n",
        "img/map.png": b"",
    }
    write_site(root, {habits.configuration: settings, habits.template: "{{ content }}\n", **files, **pages})
    return Editor(root, random.Random(f"{SEED} {name}"), habits)


@pytest.mark.parametrize("name", SITES)
def test_a_hundred_edits(tmp_path: Path, name: str) -> None:
    editor = small_site(tmp_path / name, name)
    if SEED == "random":
        seed = str(random.randrange(10**9))
        editor.chance.seed(f"{seed} {name}")
    else:
        seed = SEED
    try:
        agree(editor, 100, all_of_it=lambda number: number % 5 == 4)
    except AssertionError as error:
        pytest.fail(f"POSTLINT_SEED={seed} {error}")


@pytest.mark.parametrize("name", SITES)
def test_each_further_file_counts(tmp_path: Path, name: str) -> None:
    """Every state of every file that decides something for others, one after the other."""
    editor = small_site(tmp_path / name, name)
    root, habits = editor.root, editor.habits
    states = [(path, text) for path, texts in habits.further for text in (*texts[1:], *texts)]
    states += [(habits.configuration, text.replace("{}", editor.settings)) for text in habits.settings]
    states += [(habits.configuration, editor.settings)]
    for path, text in states:
        if text:
            editor.write(root / path, text.encode())
        else:
            (root / path).unlink(missing_ok=True)
        warm = everything(root, cache=True)
        forget()
        assert warm == everything(root, cache=False), (path, text)


def test_a_change_under_the_same_time_and_size_is_not_seen_until_either_changes(tmp_path: Path) -> None:
    """What the index goes by (docs/index-schema.md): a tool that sets times back hides its change."""
    root = small_site(tmp_path / "site", "jekyll").root
    post = root / "_posts/2024-01-03-post.md"
    before = findings(root, cache=True)
    looked = post.stat()
    post.write_bytes(post.read_bytes().replace(b" text", b" </b>"))
    os.utime(post, ns=(looked.st_atime_ns, looked.st_mtime_ns))
    assert findings(root, cache=True) == before != findings(root, cache=False)
    os.utime(post, ns=(looked.st_atime_ns, looked.st_mtime_ns + 1))
    assert findings(root, cache=True) == findings(root, cache=False)


def test_a_file_that_was_written_just_now_is_read_again(tmp_path: Path) -> None:
    """It may change once more within the same tick of the disk's clock; so may one whose time is still to come."""
    root = small_site(tmp_path / "site", "jekyll").root
    post = root / "_posts/2024-01-03-post.md"
    soon = time.time_ns() + 3_600_000_000_000
    seen = set()
    for mark in (b"</b>", b"text", b"</i>"):
        post.write_bytes(post.read_bytes()[:-5] + mark + b"\n")
        os.utime(post, ns=(soon, soon))
        told = findings(root, cache=True)
        assert told == findings(root, cache=False)
        seen.add(told)
    assert len(seen) == 3
