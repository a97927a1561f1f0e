"""Byte order marks and line ends: what the pages of rules say of generators, asked of the generators."""

from __future__ import annotations

import os
import random
import re
import subprocess
from pathlib import Path

import pytest

from postlint.engine.project import Wishes
from postlint.finding import Safety
from postlint.fix.project import fix_all
from tests.generators.hugo_oracle import new_hugo, old_hugo
from tests.generators.oracle import build_jekyll as jekyll
from tests.generators.oracle import tool
from tests.generators.test_hexo_sites import PACKAGE
from tests.generators.test_hexo_sites import read as hexo_sites
from tests.html.test_kramdown_claims import has_kramdown, rendered
from tests.sites import run, write_site
from tests.taxonomy.test_claims import read

pytestmark = pytest.mark.generator

BOM = b"\xef\xbb\xbf"
HEAD = b"---\ntitle: T\nlayout: x\n---\n"
BODY = b"# H\n\n*t*\n"
JEKYLL = {
    "_config.yml": "timezone: UTC\ncollections:\n  notes:\n    output: true\n  people: {}\n",
    "_layouts/x.html": "LAID OUT [{{ page.title }}]\n{{ content }}",
}
HUGO = {
    "hugo.toml": 'disableKinds = ["home", "taxonomy", "term", "section", "rss", "sitemap"]\n'
    "markup.goldmark.renderer.unsafe = true\n",
    "layouts/_default/single.html": "[{{ .Title }}]{{ .Content }}",
}

Files = dict[str, str | bytes]


def built(root: Path) -> dict[str, str]:
    """What was written, by path."""
    paths = (path for path in (root / "_site").rglob("*.*") if path.name != "postlint.toml")
    return {path.relative_to(root / "_site").as_posix(): read(path) for path in paths}


def hugo(program: str, root: Path, bodies: dict[str, bytes]) -> dict[str, str]:
    """The pages of these content files, by name; blanks at their ends left out."""
    write_site(root, {**HUGO, **{f"content/{name}.md": body for name, body in bodies.items()}})
    subprocess.run([program, "--quiet", "--source", str(root)], check=True, timeout=60, capture_output=True)
    return {name: read(root / f"public/{name}/index.html").strip() for name in bodies}


def hexo(root: Path, bodies: dict[str, bytes]) -> dict[str, tuple[str, str]]:
    """Title and HTML of these posts, by name."""
    write_site(root, {"_config.yml": "title: x\n", "package.json": PACKAGE})
    write_site(root, {f"source/_posts/{name}.md": body for name, body in bodies.items()})
    [answer] = hexo_sites([(root, "UTC")], rendered=True)
    assert not answer["failed"]
    titles = {post["source"]: post["title"] for post in answer["posts"]}
    sources = {name: f"_posts/{name}.md" for name in bodies}
    return {name: (titles[source], answer["rendered"][source]) for name, source in sources.items()}


def reported(root: Path, rule: str) -> set[str]:
    return {d.path for d in run(root)[1].diagnostics if d.rule == rule}


# Byte order marks -----------------------------------------------------------------------------------------------


def test_jekyll_copies_pages_and_documents_with_a_mark_and_reads_posts(tmp_path: Path) -> None:
    listing = "".join(f"{{% for n in site.{label} %}}{{{{ n.path }}}};{{% endfor %}}|" for label in ("notes", "people"))
    names = ("_posts/2020-01-01-a.md", "a.md", "a.html", "_notes/a.md", "_people/a.md")
    marked: Files = dict.fromkeys(names, BOM + HEAD + BODY)
    plain: Files = {re.sub(r"a\.(?=\w+$)", "b.", name): HEAD + BODY for name in names if name != "a.html"}
    code, said = jekyll(tmp_path, {**JEKYLL, "all.txt": "---\n---\n" + listing, **marked, **plain})
    assert code == 0 and "a.md" not in said
    site = built(tmp_path)
    copied = (BOM + HEAD + BODY).decode()
    assert {path for path, text in site.items() if text == copied} == {"a.md", "a.html", "notes/a.md"}
    laid_out = {path for path, text in site.items() if text.startswith("LAID OUT [T]")}
    assert laid_out == {"2020/01/01/a.html", "2020/01/01/b.html", "b.html", "notes/b.html"}
    assert site["all.txt"] == "_notes/b.md;|_people/b.md;|"
    assert reported(tmp_path, "post/byte-order-mark") == {"a.md", "a.html", "_notes/a.md", "_people/a.md"}


def test_jekyll_with_a_plugin_makes_a_page_of_it(tmp_path: Path) -> None:
    config = "plugins: [jekyll-optional-front-matter]\n"
    code, said = jekyll(tmp_path, {**JEKYLL, "_config.yml": config, "a.md": BOM + HEAD + BODY})
    assert code == 0, said
    assert built(tmp_path)["a.html"].startswith("LAID OUT [T]\n<h1")
    assert not reported(tmp_path, "post/byte-order-mark")


MARKS = {
    "plain": HEAD + BODY,
    "yaml": BOM + HEAD + BODY,
    "toml": BOM + b'+++\ntitle = "T"\n+++\n' + BODY,
    "json": BOM + b'{"title": "T"}\n' + BODY,
    "blank": BOM + b"\n" + HEAD + BODY,
}


@pytest.mark.parametrize("program", [new_hugo, old_hugo])
def test_hugo_passes_over_a_mark(tmp_path: Path, program: object) -> None:
    assert callable(program)
    pages = hugo(program(), tmp_path, {**MARKS, "bare": BOM + BODY, "two": BOM + BOM + HEAD + BODY})
    assert {name for name, page in pages.items() if page == pages["plain"]} >= {*MARKS}
    assert pages["bare"] == pages["plain"].replace("[T]", "[]")
    assert pages["two"].startswith("[T]") == (program is old_hugo)
    assert reported(tmp_path, "front-matter/bad-fence") == {"content/two.md"}
    assert not reported(tmp_path, "post/byte-order-mark")


def test_hexo_passes_over_a_mark(tmp_path: Path) -> None:
    bodies = {"a": HEAD + BODY, "b": BOM + HEAD + BODY, "c": BOM + HEAD[4:] + BODY, "d": BOM + BODY}
    pages = hexo(tmp_path, {**bodies, "two": BOM + BOM + HEAD + BODY})
    assert pages["a"] == pages["b"] == pages["c"] == pages["two"] == ("T", pages["d"][1])
    assert not reported(tmp_path, "front-matter/bad-fence")
    assert not reported(tmp_path, "post/byte-order-mark")


# Line ends ------------------------------------------------------------------------------------------------------

MIXED = b"# H\r\n\none\r\ntwo  \nthree\n\n- a\r\n- b\n\n```\ncode\r\n```\r\n"
LONE = MIXED.replace(b"\r\n", b"\n").replace(b"\n", b"\r")
WORD = b"one\rtwo\n\n- a\r- b\n\n```\rcode\r```\n"


def test_line_ends_make_no_difference_to_jekyll_and_hexo(tmp_path: Path) -> None:
    same = MIXED.replace(b"\r\n", b"\n")
    bodies = {"a": same, "b": MIXED, "c": same.replace(b"\n", b"\r\n"), "d": LONE}
    posts: Files = {f"_posts/2020-01-01-{name}.md": HEAD + body for name, body in bodies.items()}
    code, _ = jekyll(tmp_path / "jekyll", {**JEKYLL, **posts})
    assert code == 0
    pages = built(tmp_path / "jekyll")
    assert len(pages) == 4 and len({*pages.values()}) == 1
    assert "<li>b</li>" in pages["2020/01/01/d.html"] and "two<br />" in pages["2020/01/01/d.html"]
    read = hexo(tmp_path / "hexo", {name: HEAD + body for name, body in bodies.items()})
    assert read["a"] == read["b"] == read["c"]
    before, _, code_block = read["a"][1].partition("<figure")
    assert "code" in code_block
    assert read["d"] == ("T", before + "<pre><code>code\n</code></pre>\n")  # Hexo highlights what ends in LF alone


@pytest.mark.parametrize("program", [new_hugo, old_hugo])
def test_hugo_does_not_end_a_line_at_a_carriage_return(tmp_path: Path, program: object) -> None:
    assert callable(program)
    same = MIXED.replace(b"\r\n", b"\n")
    bodies = {"a": same, "b": MIXED, "d": LONE, "e": WORD}
    whole = {name: HEAD + body for name, body in bodies.items()}
    pages = hugo(program(), tmp_path, {**whole, "c": whole["a"].replace(b"\n", b"\r\n")})
    assert pages["a"] == pages["b"] == pages["c"].replace("\r\n", "\n")
    assert re.fullmatch(r"\[T\]<h1 [^>]*>H\r\rone\r.*</h1>", pages["d"])  # all of it is the heading
    assert "<li>a\r- b</li>" in pages["e"] and "<code>\rcode\r</code></p>" in pages["e"]
    assert reported(tmp_path, "post/mixed-line-endings") == {"content/b.md", "content/d.md", "content/e.md"}


@pytest.mark.parametrize("program", [new_hugo, old_hugo])
def test_hugo_takes_an_empty_item_for_one_before_lf_only(tmp_path: Path, program: object) -> None:
    assert callable(program)
    body = HEAD + b"One\n\n-\n- two\n"
    pages = hugo(program(), tmp_path, {"lf": body, "crlf": body.replace(b"\n", b"\r\n")})
    assert pages["lf"].count("<li>") == 2
    assert pages["crlf"].count("<li>") == 1


def test_a_blank_line_with_a_tab_is_none_to_hexo_alone(tmp_path: Path) -> None:
    body = HEAD + b"one\n\t\ntwo\n"
    made = hexo(tmp_path / "hexo", {"a": body, "b": body.replace(b"\t", b"  ")})
    assert (made["a"][1].count("<p>"), made["b"][1].count("<p>")) == (1, 2)
    assert hugo(new_hugo(), tmp_path / "hugo", {"a": body})["a"].count("<p>") == 2
    assert jekyll(tmp_path / "jekyll", {**JEKYLL, "a.md": body})[0] == 0
    assert built(tmp_path / "jekyll")["a.html"].count("<p>") == 2


def test_kramdown_takes_a_mark_without_a_blank_for_no_item(tmp_path: Path) -> None:
    bodies = {"a": b"one\n\n-\n- two\n", "b": b"one\n\n- \n- two\n"}
    code, _ = jekyll(tmp_path, {**JEKYLL, **{f"{name}.md": HEAD + body for name, body in bodies.items()}})
    assert code == 0
    pages = built(tmp_path)
    assert (pages["a.html"].count("<li>"), pages["b.html"].count("<li>")) == (1, 2)


def test_kramdown_takes_what_follows_a_line_of_blanks_for_no_definition(tmp_path: Path) -> None:
    bodies = {"a": b"one\n  \n: two\n", "b": b"one\n\n: two\n"}
    code, _ = jekyll(tmp_path, {**JEKYLL, **{f"{name}.md": HEAD + body for name, body in bodies.items()}})
    assert code == 0
    pages = built(tmp_path)
    assert (pages["a.html"].count("<dd>"), pages["b.html"].count("<dd>")) == (0, 1)


FENCES = {
    "opening": b"---\rtitle: T\nlayout: x\n---\nText.\n",
    "closing": b"---\ntitle: T\nlayout: x\n---\rText.\n",
    "all": b"---\rtitle: T\rlayout: x\r---\rText.\r",
    "between": b"---\ntitle: T\rlayout: x\n---\nText.\n",
    "twice": b"---\r\r\ntitle: T\r\r\nlayout: x\r\r\n---\r\r\nText.\r\r\n",
}


def test_a_carriage_return_alone_ends_no_fence_for_jekyll(tmp_path: Path) -> None:
    posts: Files = {f"_posts/2020-01-01-{name}.md": text for name, text in FENCES.items()}
    pages: Files = {f"{name}.md": text for name, text in FENCES.items()}
    code, _ = jekyll(tmp_path, {**JEKYLL, **posts, **pages})
    assert code == 0
    site = built(tmp_path)
    assert {path for path, text in site.items() if text.startswith("LAID OUT [T]")} == {
        "2020/01/01/between.html",
        "between.html",
        "2020/01/01/twice.html",
        "twice.html",
    }
    for name in ("opening", "closing", "all"):
        assert "<p>title: T" in site[f"2020/01/01/{name}.html"]
    for name in ("opening", "all"):
        assert site[f"{name}.md"].encode() == FENCES[name]
    assert "<p>title: T" in site["closing.html"]
    names = ("opening", "closing", "all")
    expected = {f"{name}.md" for name in names} | {f"_posts/2020-01-01-{name}.md" for name in names}
    assert reported(tmp_path, "front-matter/bad-fence") == expected


def test_a_carriage_return_alone_ends_a_closing_fence_for_hexo(tmp_path: Path) -> None:
    pages = hexo(tmp_path, FENCES)
    assert {name for name, (title, _) in pages.items() if title == "T"} == {"closing", "between"}
    expected = {f"source/_posts/{name}.md" for name in ("opening", "all", "twice")}
    assert reported(tmp_path, "front-matter/bad-fence") == expected


def test_git_and_carriage_returns(tmp_path: Path) -> None:
    def git(*words: str, status: int = 0) -> str:
        identity = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "core.autocrlf=false")
        done = subprocess.run(
            [tool("git"), *identity, *words], cwd=tmp_path, capture_output=True, text=True, timeout=60
        )
        assert (done.returncode == 0) == (status == 0), done.stderr
        return done.stdout + done.stderr

    git("init", "--quiet")
    (tmp_path / "a.md").write_bytes(b"one\ntwo\nthree\n")
    git("add", "a.md")
    git("commit", "--quiet", "--message", "1")
    (tmp_path / "a.md").write_bytes(b"one\r\ntwo\nthree\rfour\n")
    assert "a.md:1: trailing whitespace." in git("diff", "--check", status=2)
    assert git("diff", "--numstat").split() == ["2", "2", "a.md"]
    (tmp_path / "a.md").write_bytes(b"one\r\ntwo\n")
    assert "CRLF would be replaced by LF" in git(
        "-c", "core.safecrlf=true", "-c", "core.autocrlf=input", "add", "a.md", status=128
    )
    git("commit", "--quiet", "--all", "--message", "2")
    (tmp_path / ".gitattributes").write_text("* text\n")
    git("add", "--renormalize", ".")
    assert git("diff", "--cached", "--numstat").split() == ["1", "1", "a.md"]


# Fixes ----------------------------------------------------------------------------------------------------------

LINES = (
    "", "", "one", "two three", "中文，", "# Head", "Head", "===", "---", "- item", "* item", "  more", "1. first",
    "-", ">", "> quoted", "> ", "    code", "```", "```sh", "~~~", "| a | b |", "|---|---|", "a\\", "a\\\\",
    "`code", "span`", "<div>", "</div>", '<div markdown="1">', "<pre>", "</pre>", "<b>bold", "</b>",
    '<img alt="x', 'y">', "[a]: /u", "[a] b", "[^1]: note", "[^1]", ": definition", "Term", "{: .x}", "$$",
    "***", "\t- deep", "#", "##", "2)", "+", "***bold", "bold***", "<!-- a", "b -->", "![i](/i.png)",
    "https://example.org/", "- [ ] do", "* * *",
)  # fmt: skip
TAILS = ("", "", "", "", " ", "  ", "   ", "\t", " \t", "\t  ")
ENDS = ("\n", "\n", "\n", "\r\n")


def made_up(count: int, seed: str) -> list[str]:
    """Texts of odd lines, odd blanks and odd line ends."""
    chance = random.Random(seed)
    return [
        "Start\n\n" + "".join(
            chance.choice(LINES) + chance.choice(TAILS) + chance.choice(ENDS) for _ in range(chance.randint(2, 9))
        )
        for _ in range(count)
    ]  # fmt: skip


def fixed(root: Path, bodies: list[str], generator: str, folder: str) -> list[tuple[str, str]]:
    """Each body with what all rules about bytes and lines make of it together; those that changed."""
    toml = f'generator = "{generator}"\n[rules."post/line-endings"]\nstyle = "crlf"\n'
    names = {f"{folder}/{number}.md": body for number, body in enumerate(bodies)}
    head = "---\ntitle: T\n---\n"
    write_site(root, {"postlint.toml": toml, **{name: head + body for name, body in names.items()}})
    rules = ("mixed-line-endings", "line-endings", "trailing-space", "final-newline")
    engine, outcome = run(root, wishes=Wishes(select=tuple(f"post/{rule}" for rule in rules)))
    assert not outcome.crashes
    pairs = []
    refused = 0
    for file in fix_all(engine, outcome, Safety.SAFE):
        refused += bool(file.result.refused)
        pairs.append((names[file.path], file.result.content[file.after.body.start :]))
    assert refused < len(pairs) / 50  # texts with tags that nothing closes
    return pairs


def shown(html: str) -> list[str]:
    """A page's text and tags; white space counts in ``<pre>`` and ``<textarea>``, elsewhere as one blank at most."""
    html = re.sub(r'(class="headerlink") title="[^"]*"', r"\1", html)  # Hexo's, of the heading's source
    pieces = re.split(
        r"(<(?:pre|textarea)\b.*?(?:</(?:pre|textarea)>|\Z))", html.replace("\r\n", "\n"), flags=re.DOTALL
    )
    return [
        piece if number % 2 else re.sub(r"\s*(<|>|\"|\Z)\s*", r"\1", " ".join(piece.split()))
        for number, piece in enumerate(pieces)
    ]


SEED = os.environ.get("POSTLINT_SEED", "1")
"""Fixed, so that CI asks the same each time; ``POSTLINT_SEED=random`` asks something new, and a failure says what."""


def seeded(count: int) -> list[str]:
    return made_up(count, str(random.random()) if SEED == "random" else SEED)


def differing(pairs: list[tuple[str, str]], before: list[str], after: list[str]) -> list[tuple[str, str, str, str]]:
    assert len(pairs) == len(before) == len(after)
    return [(*pair, a, b) for pair, a, b in zip(pairs, before, after, strict=True) if shown(a) != shown(b)]


@pytest.mark.skipif(not has_kramdown(), reason="no kramdown")
def test_kramdown_makes_the_same_of_a_fixed_text(tmp_path: Path) -> None:
    pairs = fixed(tmp_path, seeded(600), "jekyll", "_posts")
    assert len(pairs) > 500
    before, after = (rendered(list(side)) for side in zip(*pairs, strict=True))
    assert differing(pairs, before, after) == []


def test_hugo_makes_the_same_of_a_fixed_text(tmp_path: Path) -> None:
    pairs = fixed(tmp_path / "postlint", seeded(600), "hugo", "content")
    assert len(pairs) > 500
    sides = {f"{side}{number}": HEAD + pair[side].encode() for number, pair in enumerate(pairs) for side in (0, 1)}
    pages = hugo(new_hugo(), tmp_path / "hugo", sides)
    before, after = ([pages[f"{side}{number}"] for number in range(len(pairs))] for side in (0, 1))
    assert differing(pairs, before, after) == []


def test_hexo_makes_the_same_of_a_fixed_text(tmp_path: Path) -> None:
    pairs = fixed(tmp_path / "postlint", seeded(300), "hexo", "source/_posts")
    assert len(pairs) > 250
    sides = {f"{side}x{number}": HEAD + pair[side].encode() for number, pair in enumerate(pairs) for side in (0, 1)}
    pages = hexo(tmp_path / "hexo", sides)
    before, after = ([pages[f"{side}x{number}"][1] for number in range(len(pairs))] for side in (0, 1))
    assert differing(pairs, before, after) == []
