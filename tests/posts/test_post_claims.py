"""What the pages of rules about posts say of generators, asked of the generators."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.generators.oracle import build_jekyll, tool
from tests.sites import lines, run, write_site

pytestmark = pytest.mark.generator

LAST = "\n\nLast words.\n"


def jekyll_excerpts(root: Path, posts: dict[str, str], separator: str) -> dict[str, str]:
    listing = "---\n---\n{% for p in site.posts %}[[{{ p.slug }}|{{ p.excerpt }}]]{% endfor %}"
    config = f"timezone: UTC\nexcerpt_separator: {json.dumps(separator)}\n"
    files = {f"_posts/2020-01-01-{name}": text for name, text in posts.items()}
    code, said = build_jekyll(root, {"_config.yml": config, "all.txt": listing, **files})
    assert code == 0, said
    return in_brackets((root / "_site/all.txt").read_text(encoding="utf-8"))


def in_brackets(text: str) -> dict[str, str]:
    """``[[name|text]]`` → text by name, white space between tags left out."""
    found = re.findall(r"\[\[([\w-]+)\|(.*?)\]\]", text, re.S)
    return {name: re.sub(r"\s*\n\s*", "\n", value).strip() for name, value in found}


@pytest.fixture(params=["hugo", "/usr/bin/hugo"], ids=["current", "0.111"])
def hugo(request: pytest.FixtureRequest) -> str:
    return str(tool(request.param))


def hugo_build(program: str, root: Path, files: dict[str, str], config: str = "") -> dict[str, str]:
    """Builds; the summaries by file name."""
    layouts = {
        "layouts/_default/single.html": "{{ .Content }}",
        "layouts/_default/list.html": "",
        "layouts/index.html": "{{ range .Site.RegularPages }}[[{{ .File.BaseFileName }}|{{ .Summary }}]]{{ end }}",
        "layouts/shortcodes/box.html": "<div>{{ .Inner }}</div>",
    }
    toml = (
        f'baseURL = "http://x/"\ndisableKinds = ["taxonomy", "term"]\nmarkup.goldmark.renderer.unsafe = true\n{config}'
    )
    write_site(root, {"hugo.toml": toml, **layouts, **files})
    done = subprocess.run([program, "--source", str(root)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return in_brackets((root / "public/index.html").read_text(encoding="utf-8"))


def page(root: Path, name: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", (root / f"public/{name}/index.html").read_text(encoding="utf-8")).strip()


def hexo(root: Path, posts: dict[str, str]) -> dict[str, dict[str, object]]:
    """What Hexo knows of posts once they are rendered, by title."""
    files = {f"source/_posts/{name}.md": f"---\ntitle: {name}\n{text}" for name, text in posts.items()}
    package = {"name": "x", "hexo": {"version": ""}, "dependencies": {"hexo": "*", "hexo-renderer-marked": "*"}}
    write_site(root, {"_config.yml": "title: x\n", "package.json": json.dumps(package), **files})
    program, modules = tool("node"), os.environ.get("NODE_PATH", "")
    if not (Path(modules) / "hexo").is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("Node finds no hexo, and CI must compare with it")
        pytest.skip("Node finds no hexo")
    (root / "node_modules").symlink_to(modules)
    script = Path(__file__).with_name("hexo_posts.js")
    done = subprocess.run([program, str(script), str(root)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    answer: dict[str, dict[str, object]] = json.loads(done.stdout.splitlines()[-1])
    return answer


# post/excerpt-cut --------------------------------------------------------------------------------------------


def test_jekyll_prints_markdown_cut_in_two_and_closes_html(tmp_path: Path) -> None:
    posts = {
        "em.md": f"One **two <!--more--> three** four.{LAST}",
        "fence.md": f"```\na\n<!--more-->\nb\n```{LAST}",
        "code.md": f"a `b <!--more--> c`{LAST}",
        "link.md": f"See [a <!--more--> b](http://y/).{LAST}",
        "div.md": f"<div>\n\nOne.\n\n<!--more-->\n\nTwo.\n\n</div>{LAST}",
        "span.md": f"One <b>two\n\n<!--more-->\nthree</b>{LAST}",
        "list.md": f"- one\n- two\n  <!--more-->\n- three{LAST}",
        "note.md": f"See [x][l].\n\n<!--more-->\n\nTwo.{LAST}\n[l]: http://y/\n",
        "html.html": "---\ntitle: H\n---\n<div>\n<b>one</b>\n<!--more-->\ntwo</div>\n",
        "block.md": f"{{% if true %}}One.\n\n<!--more-->\n\nTwo.{{% endif %}}{LAST}",
        "nested.md": "{% for a in site.posts limit: 1 %}{% if true %}One.\n<!--more-->{% endif %}{% endfor %}\n",
        "raw.md": f"{{% raw %}}One.\n\n<!--more-->\n\nTwo.{{% endraw %}}{LAST}",
    }
    found = jekyll_excerpts(tmp_path, posts, "<!--more-->")
    assert found == {
        "em": "<p>One **two</p>",
        "fence": "<p>```\na</p>",
        "code": "<p>a `b</p>",
        "link": "<p>See [a</p>",
        "div": "<div>\nOne.\n</div>",
        "span": "<p>One <b>two</b></p>",
        "list": "<ul>\n<li>one</li>\n<li>two</li>\n</ul>",
        "note": '<p>See <a href="http://y/">x</a>.</p>',
        "html": "<div>\n<b>one</b>",
        "block": "<p>One.</p>",
        "nested": "<p>One.</p>",
        "raw": "<p>One.</p>",
    }
    reported = {line.partition("-01-01-")[2] for line in lines(run(tmp_path)[1]) if line.endswith("post/excerpt-cut")}
    assert {line.partition(".")[0] for line in reported} == {"em", "fence", "code", "link", "html"}


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("{% if true %}A{% endif %}{% if true %}B\n\nC{% endif %}\n", True),
        ("{% if true %}{% if true %}B\n\nC{% endif %}{% endif %}\n", True),
        ("{% raw %}{% for a in b %}{% endraw %}\n\nC\n", True),
        ("{% include x.html\n\na=1 %}\n", True),
        ("{% for a in site.posts %}{% if true %}B\n\nC{% endif %}{% endfor %}\n", False),
        ("{% if true %}B\n\nC{% endif %}{% if true %}D{% endif %}\n", False),
        ("{% raw %}{{ a }}\n\n{% for a in b %}{% endraw %}C\n", False),
        ("{% comment %} x\n\n{% endcomment %}C\n", False),
    ],
)
def test_jekyll_stops_at_excerpts_that_it_closes_badly(tmp_path: Path, text: str, stops: bool) -> None:
    include = {"_includes/x.html": "x"}
    code, said = build_jekyll(tmp_path, {"_posts/2020-01-01-a.md": text, **include})
    assert code == 0, said  # nobody shows the excerpt
    assert [line for line in lines(run(tmp_path)[1]) if "excerpt-cut" in line] == (
        ["_posts/2020-01-01-a.md:1 post/excerpt-cut"] if stops else []
    )
    listing = "---\n---\n{% for p in site.posts %}{{ p.excerpt }}{% endfor %}"
    code, said = build_jekyll(tmp_path, {"_posts/2020-01-01-a.md": text, "all.txt": listing, **include})
    assert (code != 0) is stops, said


def test_hugo_cuts_markdown_and_leaves_html_open(tmp_path: Path, hugo: str) -> None:
    posts = {
        "em": f"One **two <!--more--> three** four.{LAST}",
        "code": f"a `b <!--more--> c`{LAST}",
        "link": f"See [a <!--more--> b](http://y/).{LAST}",
        "div": f"<div>\n\nOne.\n\n<!--more-->\n\nTwo.\n\n</div>{LAST}",
        "span": f"One <b>two\n\n<!--more-->\n\nthree</b>{LAST}",
        "list": f"- one\n- two\n  <!--more-->\n- three{LAST}",
        "second": f"One.\n\n<!--more-->\n\n`<!--more-->`{LAST}",
        "own": f"One **two <!--more--> three** four.{LAST}",
    }
    files = {f"content/{name}.md": f"---\ntitle: {name}\n---\n{text}" for name, text in posts.items()}
    files["content/own.md"] = files["content/own.md"].replace("---\n", "---\nsummary: Mine\n", 1)
    assert hugo_build(hugo, tmp_path, files) == {
        "em": "<p>One **two</p>",
        "code": "<p>a `b</p>",
        "link": "<p>See [a</p>",
        "div": "<div>\n<p>One.</p>",
        "span": "<p>One <b>two</p>",
        "list": "<ul>\n<li>one</li>\n<li>two</li>\n</ul>",
        "second": "<p>One.</p>",
        "own": "<p>One **two</p>",
    }
    assert page(tmp_path, "em") == "<p>One **two</p>\n<p>three** four.</p>\n<p>Last words.</p>"
    assert page(tmp_path, "second") == "<p>One.</p>\n<p><code>&lt;!--more--&gt;</code></p>\n<p>Last words.</p>"
    reported = {line.partition("/")[2] for line in lines(run(tmp_path)[1]) if line.endswith("post/excerpt-cut")}
    assert {line.partition(".")[0] for line in reported} == {"em", "code", "link", "div", "span", "own"}


def test_hugo_heeds_the_marker_in_code_but_not_in_a_shortcode(tmp_path: Path, hugo: str) -> None:
    posts = {
        "fence": f"```\na\n<!--more-->\nb\n```{LAST}",
        "indented": f"    a\n    <!--more-->\n    b{LAST}",
        "box": f"Box:\n\n{{{{< box >}}}}One <!--more--> two.{{{{< /box >}}}}{LAST}",
    }
    found = hugo_build(hugo, tmp_path, {f"content/{name}.md": text for name, text in posts.items()})
    assert "more" not in page(tmp_path, "fence")
    assert found["fence"] == ("" if "/usr" in hugo else page(tmp_path, "fence"))
    assert "more" not in page(tmp_path, "indented")
    assert found["indented"] == "<pre><code>a\n</code></pre>"
    assert "Last words." in found["box"]
    assert [line for line in lines(run(tmp_path)[1]) if "excerpt-cut" in line] == [
        "content/fence.md:3 post/excerpt-cut",
        "content/indented.md:2 post/excerpt-cut",
    ]


def test_hexo_leaves_open_what_is_open_in_the_rendered_page(tmp_path: Path) -> None:
    posts = {
        "em": f"---\nOne **two <!-- more --> three** four.{LAST}",
        "list": f"---\n- one\n- two\n  <!--more-->\n- three{LAST}",
        "lazy": f"---\n- one\n- two\n<!-- MORE-->\n{LAST}",
        "quote": f"---\n> one\n>\n> <!--more-->\n>\n> three{LAST}",
        "link": f"---\nSee [a <!--more --> b](http://y/).{LAST}",
        "head": f"---\n## One <!--more-->{LAST}",
        "div": f"---\n<div>\n\nOne.\n\n<!--more-->\n\nTwo.\n\n</div>{LAST}",
        "fence": f"---\n```\na\n<!--more-->\nb\n```{LAST}",
        "code": f"---\na `<!--more-->`{LAST}",
        "own": f"excerpt: Mine\n---\nOne **two <!--more--> three**{LAST}",
        "para": f"---\nOne <!--more--> two.{LAST}",
    }
    found = {name: re.sub(r"\s*\n\s*", "\n", str(post["excerpt"])) for name, post in hexo(tmp_path, posts).items()}
    assert re.sub(r"<a .*</a>", "", found.pop("head")) == '<h2 id="One">One'
    assert found == {
        "em": "<p>One <strong>two",
        "list": "<ul>\n<li>one</li>\n<li>two",
        "lazy": "<ul>\n<li>one</li>\n<li>two</li>\n</ul>",
        "quote": "<blockquote>\n<p>one</p>",
        "link": '<p>See <a href="http://y/">a',
        "div": "<div>\n<p>One.</p>",
        "fence": "",
        "code": "",
        "own": "Mine",
        "para": "<p>One",
    }
    reported = {line.rpartition("/_posts/")[2] for line in lines(run(tmp_path)[1]) if line.endswith("post/excerpt-cut")}
    assert {line.partition(".")[0] for line in reported} == {"em", "list", "quote", "link", "head", "div"}


# post/ignored-excerpt-marker ---------------------------------------------------------------------------------


def test_hugo_knows_one_marker(tmp_path: Path, hugo: str) -> None:
    markers = {"right": "<!--more-->", "blanks": "<!-- more -->", "large": "<!--More-->", "dash": "<!–more–>"}
    files = {f"content/{name}.md": f"One.\n\n{text}\n\nTwo.{LAST}" for name, text in markers.items()}
    found = hugo_build(hugo, tmp_path, files)
    assert [name for name, summary in found.items() if "Two" not in summary] == ["right"]
    assert "more" in page(tmp_path, "dash")
    reported = {line for line in lines(run(tmp_path)[1]) if "ignored-excerpt-marker" in line}
    assert reported == {f"content/{name}.md:3 post/ignored-excerpt-marker" for name in ("blanks", "large", "dash")}


def test_hexo_takes_at_most_one_blank(tmp_path: Path) -> None:
    markers = {"a": "<!--more-->", "b": "<!-- MORE -->", "c": "<!--  more -->", "d": "<!–more–>", "e": "<!---more-->"}
    found = hexo(tmp_path, {name: f"---\nOne.\n\n{text}\n\nTwo.\n" for name, text in markers.items()})
    assert {name: bool(post["excerpt"]) for name, post in found.items()} == {
        "a": True, "b": True, "c": False, "d": False, "e": False,
    }  # fmt: skip
    reported = {line for line in lines(run(tmp_path)[1]) if "ignored-excerpt-marker" in line}
    assert reported == {f"source/_posts/{name}.md:6 post/ignored-excerpt-marker" for name in "cde"}


def test_jekyll_takes_the_whole_post_where_the_separator_is_another(tmp_path: Path) -> None:
    posts = {"a.md": "One.\n\n<!--more-->\n\nTwo.\n", "b.md": "One.\n\n<!-- more -->\n\nTwo.\n"}
    found = jekyll_excerpts(tmp_path, posts, "<!--more-->")
    assert {name: "Two" in text for name, text in found.items()} == {"a": False, "b": True}
    reported = [line for line in lines(run(tmp_path)[1]) if "ignored-excerpt-marker" in line]
    assert reported == ["_posts/2020-01-01-b.md:3 post/ignored-excerpt-marker"]


# post/empty-body ---------------------------------------------------------------------------------------------


def test_posts_without_a_body_are_published(tmp_path: Path, hugo: str) -> None:
    text = "---\ntitle: Rye\n---\n\n<!-- to be written -->\n"
    code, _ = build_jekyll(tmp_path / "a", {"_posts/2020-01-01-a.md": text, "_posts/2020-01-01-b.md": ""})
    assert code == 0
    assert sorted(path.name for path in (tmp_path / "a/_site").rglob("*.html")) == ["a.html", "b.html"]
    hugo_build(hugo, tmp_path / "b", {"content/bread/rye.md": text})
    assert (tmp_path / "b/public/bread/rye/index.html").read_text(encoding="utf-8").strip() in (
        "",
        "<!-- to be written -->",
    )
    assert hexo(tmp_path / "c", {"rye": "---\n"})["rye"]["content"] == ""


# front-matter/wrong-generator-key ----------------------------------------------------------------------------

RULE = "front-matter/wrong-generator-key"


def names_reported(root: Path) -> set[str]:
    found = (line for line in lines(run(root)[1]) if line.endswith(RULE))
    return {re.sub(r"^.*/(?:2020-01-01-)?(\w+)\.\w+:.*$", r"\1", line) for line in found}


def test_jekyll_and_keys_of_others(tmp_path: Path) -> None:
    keys = {
        "word": "published: false",
        "no": "published: no",
        "nothing": "published:",
        "text": 'published: "false"',
        "letter": "published: n",
        "zero": "published: 0",
        "draft": "draft: true",
        "tags": "tag: a\ntags: [b, c]",
        "categories": "category: a\ncategories: [b]",
        "slug": "slug: other",
        "url": "url: /x/",
        "redirect": "redirect_from: /z/",
        "expiry": "expiryDate: 2021-01-01",
    }
    listing = "---\n---\n{% for p in site.posts %}{{ p.title }} {{ p.url }} {{ p.tags | join: '+' }}\n{% endfor %}"
    posts = {f"_posts/2020-01-01-{name}.md": f"---\ntitle: {name}\n{text}\n---\n" for name, text in keys.items()}
    code, said = build_jekyll(tmp_path, {"all.txt": listing, **posts})
    assert code == 0, said
    shown = dict(line.split(" ", 1) for line in (tmp_path / "_site/all.txt").read_text().splitlines() if line)
    assert set(keys) - set(shown) == {"word", "no", "nothing"}
    assert shown["tags"] == "/2020/01/01/tags.html a"
    assert shown["categories"] == "/b/a/2020/01/01/categories.html "
    assert shown["slug"] == "/2020/01/01/other.html "
    assert shown["url"] == "/2020/01/01/url.html "
    assert not (tmp_path / "_site/z").exists() and not (tmp_path / "_site/x").exists()
    assert names_reported(tmp_path) == {"nothing", "text", "letter", "zero", "draft", "tags", "url", "redirect"}


def test_hugo_and_keys_of_others(tmp_path: Path, hugo: str) -> None:
    keys = {
        "yes": "draft: yes",
        "quoted": 'draft: "yes"',
        "true": 'draft: "true"',
        "tag": "tag: a",
        "both": "tag: a\ntags: b",
        "category": "category: a",
        "permalink": "permalink: /x/y/",
        "redirect": "redirect_from: /z/",
    }
    old = "/usr" in hugo
    if old:
        write_site(tmp_path, {"postlint.toml": 'generator-version = "0.111"\n'})
    files = {f"content/{name}.md": f"---\ntitle: {name}\n{text}\n---\n" for name, text in keys.items()}
    layouts = {"layouts/_default/single.html": "x", "layouts/_default/list.html": "x"}
    write_site(tmp_path, {"hugo.toml": 'baseURL = "http://x/"\n', **layouts, **files})
    done = subprocess.run([hugo, "--source", str(tmp_path)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    public = tmp_path / "public"
    there = {name for name in keys if (public / name / "index.html").is_file()}
    assert set(keys) - there == ({"yes", "true"} if old else {"true"})
    assert sorted(path.name for path in (public / "tags").iterdir() if path.is_dir()) == ["b"]
    assert not any((public / name).exists() for name in ("x", "z"))
    assert names_reported(tmp_path) == {"quoted", "permalink", "redirect"} | (set() if old else {"yes"})


@pytest.mark.parametrize(
    ("keys", "published", "fails"),
    [
        ("published: false", False, True),
        ('published: "false"', False, True),
        ("published: true", True, True),
        ("published: false\ndraft: false", True, True),
        ("date: 2020-01-01\nlastmod: 2020-01-01\npublishDate: 2020-01-01\npublished: false", False, False),
        ("published: 2020-01-01\ndraft: false", True, False),
    ],
)
def test_hugo_and_published(tmp_path: Path, hugo: str, keys: str, published: bool, fails: bool) -> None:
    old = "/usr" in hugo
    files = {"content/a.md": f"---\ntitle: A\n{keys}\n---\n", "layouts/_default/single.html": "x"}
    version = {"postlint.toml": 'generator-version = "0.111"\n'} if old else {}
    write_site(tmp_path, {"hugo.toml": 'baseURL = "http://x/"\n', **version, **files})
    done = subprocess.run([hugo, "--source", str(tmp_path)], capture_output=True, text=True, timeout=120)
    assert (done.returncode != 0) is (fails and not old)
    assert (tmp_path / "public/a/index.html").is_file() is published
    if old:
        assert bool(names_reported(tmp_path)) is (published and "published: false" in keys)
    else:
        assert bool(names_reported(tmp_path)) is fails


def test_hexo_and_keys_of_others(tmp_path: Path) -> None:
    keys = {
        "draft": "draft: true",
        "text": 'published: "false"',
        "no": "published: no",
        "large": 'published: "False"',
        "slug": "slug: other",
        "tags": "tag: a\ntags: [b]",
        "categories": "category: a\ncategories: [b]",
        "tag": "tag: a",
    }
    found = hexo(tmp_path, {name: f"date: 2020-01-01 00:00:00\n{text}\n---\nText\n" for name, text in keys.items()})
    assert set(keys) - set(found) == {"text"}
    assert found["slug"]["path"] == "2020/01/01/slug/"
    assert [found[name]["tags"] for name in ("tags", "tag")] == [["b"], ["a"]]
    assert found["categories"]["categories"] == ["b"]
    assert names_reported(tmp_path) == {"draft", "no", "large", "slug", "tags", "categories"}


# front-matter/empty-value ------------------------------------------------------------------------------------


def test_posts_are_published_without_a_title(tmp_path: Path, hugo: str) -> None:
    listing = "---\n---\n{% for p in site.posts %}[[{{ p.slug }}|{{ p.title }}]]{% endfor %}"
    posts = {"_posts/2020-01-01-one.md": '---\ntitle: ""\n---\n', "_posts/2020-01-01-two.md": "---\ntitle:\n---\n"}
    build_jekyll(tmp_path / "a", {"all.txt": listing, **posts})
    assert in_brackets((tmp_path / "a/_site/all.txt").read_text(encoding="utf-8")) == {"one": "", "two": "Two"}
    files = {"content/a.md": "---\ntitle:\n---\n", "layouts/_default/single.html": "({{ .Title }})"}
    write_site(tmp_path / "b", {"hugo.toml": 'baseURL = "http://x/"\n', **files})
    subprocess.run([hugo, "--quiet", "--source", str(tmp_path / "b")], check=True, timeout=120)
    assert (tmp_path / "b/public/a/index.html").read_text(encoding="utf-8") == "()"
    found = hexo(tmp_path / "c", {"a": "---\n"})
    write_site(tmp_path / "c", {"source/_posts/b.md": "---\ntitle: ''\n---\nx\n"})
    assert list(found) == ["a"]
    (tmp_path / "c/node_modules").unlink()
    assert sorted(hexo(tmp_path / "c", {})) == ["", "a"]
