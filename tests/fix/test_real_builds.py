"""Real sites, built by their own generator before and after `postlint fix`: no page loses text or a link.

Measured with Jekyll 4.3.1 and Hexo 8.1. What a fix of front matter makes of a page's address is another matter: pages
are compared by their source files.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from selectolax.lexbor import LexborHTMLParser

from postlint.engine.project import Wishes
from postlint.finding import Safety
from postlint.fix.project import FixedFile, fix_all, write
from postlint.parse.html_elements import KNOWN
from tests.generators.oracle import tool
from tests.html_documents import CORPORA
from tests.sites import run

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.generator,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="the real sites are not beside the project"),
]

HERE = Path(__file__).resolve().parent
PACKAGE = '{"hexo": {"version": "8.1.2"}, "dependencies": {"hexo-renderer-marked": "7.0.1"}}'
PRINTED = re.compile(r"</?([a-z][a-z0-9]*)[^<>]*>", re.IGNORECASE)


class Page(NamedTuple):
    """What a reader of a page can see or follow.

    ``links`` are a set: a browser makes several of one that is never closed.
    ``words`` are runs of letters and digits in text and addresses, ``printed`` the names of tags that are to be seen
    outside code.
    """

    words: Counter[str]
    links: set[str]
    printed: Counter[str]


def page(html: str) -> Page:
    tree = LexborHTMLParser("<!DOCTYPE html><body>" + html)
    assert tree.body is not None
    links = {node.attributes.get("href") or "" for node in tree.css("a[href]")}
    images = {node.attributes.get("src") or "" for node in tree.css("img[src]")}
    text = tree.body.text(separator=" ")
    for node in tree.css("code, pre"):
        node.decompose()
    outside = tree.body.text(separator="\0")
    printed = Counter(name.lower() for name in PRINTED.findall(outside) if name.lower() in KNOWN)
    words = Counter(re.findall(r"\w+", " ".join([text, *links, *images])))
    return Page(words, links | images, printed)


def build(generator: str, *roots: Path) -> list[dict[str, str]]:
    program, script = {"jekyll": ("ruby", "jekyll_pages.rb"), "hexo": ("node", "hexo_pages.js")}[generator]
    tool(generator)
    done = subprocess.run(
        [tool(program), str(HERE / script)],
        input=json.dumps([str(root.resolve()) for root in roots]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    answer: list[dict[str, str]] = json.loads(done.stdout)
    return answer


def copy(site: str, target: Path) -> Path:
    shutil.copytree(CORPORA / site, target)
    if (target / "themes").is_dir():
        for extra in ("scripts", "themes"):  # they want packages that are not there
            shutil.rmtree(target / extra)
        (target / "package.json").write_text(PACKAGE, encoding="utf-8")
    return target


def fix(root: Path, least: Safety, select: Iterable[str]) -> list[FixedFile]:
    engine, outcome = run(root, wishes=Wishes(select=tuple(select)))
    changed = [file for file in fix_all(engine, outcome, least) if file.changed]
    for file in changed:
        assert write(engine, file) == ""
    return changed


SITES = {"finews": "jekyll", "jekyll/docs": "jekyll", "barretlee/blog": "hexo"}
LEVELS = {"safe": (Safety.SAFE, ()), "html-unsafe": (Safety.UNSAFE, ("html",))}


@pytest.mark.parametrize("site", SITES)
def test_no_page_loses_text_or_a_link(site: str, tmp_path: Path) -> None:
    before = copy(site, tmp_path / "before")
    roots: dict[Path, dict[str, FixedFile]] = {}
    for name, (least, select) in LEVELS.items():
        root = copy(site, tmp_path / name)
        changed = {file.path: file for file in fix(root, least, select)}
        if changed:  # the same files make the same pages
            roots[root] = changed
    assert roots or site == "jekyll/docs"
    old, *built = build(SITES[site], before, *roots)
    assert len(old) >= 50
    wrong: list[str] = []
    for new, (root, changed) in zip(built, roots.items(), strict=True):
        assert old.keys() == new.keys()
        for path, html in old.items():
            if html != new[path]:
                file = changed.get(path) or changed.get(f"src/{path}")
                found = losses(page(html), page(new[path]), file, printed=SITES[site] == "jekyll")
                wrong += [f"{root.name}: {path} {loss}" for loss in found]
    assert not wrong, "\n".join(wrong)


def losses(was: Page, now: Page, file: FixedFile | None, *, printed: bool) -> Iterator[str]:
    """What a page has lost. ``printed``: no tag may be printed on it any more if its HTML was fixed."""
    # The front matter of a file that now has one was text before.
    matter = Counter(re.findall(r"\w+", file.result.content.split("---", 2)[1])) if file is not None else Counter()
    tags = {name for name, count in was.printed.items() if count > now.printed[name]}
    if lost := {word for word in was.words - now.words - matter if word.lower() not in tags}:
        yield f"loses {sorted(lost)[:20]}"
    if gone := was.links - now.links:
        yield f"loses links {gone}"
    if more := now.printed - was.printed:
        yield f"prints {more}"
    mended = file is not None and any(rule.startswith("html/") for rule, _ in file.result.applied)
    if mended and printed and now.printed:
        yield f"still prints {now.printed}"


def test_the_comparison_sees_a_loss() -> None:
    was = page('<p>Two words <a href="/u">here</a> &lt;/b&gt;</p>')
    assert list(losses(was, page('<p>Two words <a href="/u">here</a></p>'), None, printed=True)) == []
    assert len(list(losses(was, page('<p>Two <a href="/u">here</a> &lt;/b&gt;</p>'), None, printed=True))) == 1
    assert len(list(losses(was, page("<p>Two words here &lt;/b&gt;</p>"), None, printed=True))) == 2


def test_finews_prints_no_tag_any_more_and_its_links_work(tmp_path: Path) -> None:
    before, after = copy("finews", tmp_path / "before"), copy("finews", tmp_path / "after")
    fix(after, Safety.SAFE, ())
    old, new = ([page(html) for html in pages.values()] for pages in build("jekyll", before, after))
    assert sum(each.printed.total() for each in old) >= 6
    assert sum(each.printed.total() for each in new) == 0
    assert sum(len(each.links) for each in new) >= sum(len(each.links) for each in old) + 3
