"""A small Hugo site: addresses, titles and terms as postlint says them, and as Hugo gives them."""

from __future__ import annotations

import subprocess
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest

from postlint.document import Document
from postlint.generators import Hidden, generator_for, load_site
from postlint.generators.hugo import Mount
from postlint.text import Text
from tests.generators.oracle import tool, write
from tests.sites import run, write_site

NOW = 1_700_000_000
CONFIG = """\
baseURL = "https://example.org/"
timeZone = "Asia/Tokyo"
disableKinds = ["RSS", "sitemap", "404"]
[permalinks]
news = "/:year/:month/:day/:slug/"
notes = "/n/:title/"
"""
TEMPLATE = """\
{{ range .Site.Pages }}{{ with .File }}{{ .Path }}{{ end }}|{{ .RelPermalink }}|{{ .Title }}|\
{{ range .GetTerms "tags" }}{{ .Data.Term }},{{ end }}|{{ .Date.Unix }}
{{ end }}"""
FILES: dict[str, str | bytes] = {
    "content/_index.md": "---\ntitle: Home\n---\n",
    "content/posts/_index.md": "---\ntitle: Posts\n---\n",
    "content/posts/2020-01-05-hello.md": "---\ntitle: A\ntags: [one, Two Words]\n---\n",
    "content/posts/Upper Case.md": "---\ntitle: B\nslug: My Slug\n---\n",
    "content/posts/Other Ünï Case.md": "---\ntitle: B\ntags: one two\n---\n",
    "content/posts/c++ &_d.md": "---\ntitle: C\n---\n",
    "content/posts/Sec Tion/e.md": "---\ntitle: E\n---\n",
    "content/posts/dots.in.name.md": "---\ntitle: F\n---\n",
    "content/posts/日本.md": "---\ntitle: 日本\ndate: 2020-01-02 20:00:00\n---\n",
    "content/posts/bundle/index.md": "+++\ntitle = 'G'\ndate = 2020-01-02\n+++\n",
    "content/posts/a.en.md": "---\ntitle: H\n---\n",
    "content/posts/nofm.md": "text\n",
    "content/posts/_under.md": "---\nTitle: I\n---\n",
    "content/posts/draft.md": "---\ntitle: J\ndraft: true\n---\n",
    "content/posts/hidden.md": "---\ntitle: K\nbuild:\n  render: never\n---\n",
    "content/posts/#hash.md": "---\ntitle: L\n---\n",
    "content/posts/backup.md~": "---\ntitle: M\n---\n",
    "content/about.md": "---\ntitle: N\nurl: /over/there/\naliases: [/x/, rel]\n---\n",
    "content/page.md": "---\ntitle: O\nurl: foo.html\n---\n",
    "content/other.md": "---\ntitle: P\nurl: Foo/Bar\n---\n",
    "content/news/2020-03-04-first.md": "---\ntitle: First News\ndate: 2020-03-04 23:00:00\n---\n",
    "content/news/second.md": "---\ntitle: Second\nslug: two\ndate: 2020-03-05T23:30:00Z\n---\n",
    "content/notes/x.md": "---\ntitle: A Long Title!\n---\n",
}


class Page(NamedTuple):
    url: str
    title: str
    tags: tuple[str, ...]
    date: int


YEAR_ONE = -62135596800
"""Hugo's date of a page without one."""


def _fates(root: Path) -> dict[str, tuple[bool, Hidden | None, Page]]:
    profile = load_site(root, "", "hugo")
    generator = generator_for(profile)
    found = {}
    for path, content in FILES.items():
        fate = generator.fate(Document(path, Text(str(content)), profile))
        seconds = YEAR_ONE if fate.date is None else int(fate.date.timestamp())
        page = Page(fate.url, fate.title, fate.terms.get("tags", ()), seconds)
        found[path] = (fate.published, fate.reason, page)
    return found


@pytest.mark.generator
def test_pages_stand_where_hugo_puts_them(tmp_path: Path) -> None:
    layouts: dict[str, str | bytes] = {f"layouts/{kind}.html": "x" for kind in ("page", "section", "taxonomy", "term")}
    write(tmp_path, {"hugo.toml": CONFIG, "layouts/home.html": TEMPLATE, **layouts, **FILES}, NOW)
    run = subprocess.run([tool("hugo"), "--quiet"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stdout + run.stderr
    theirs = {}
    for line in unescape((tmp_path / "public/index.html").read_text()).splitlines():
        path, url, title, tags, seconds = line.split("|")
        if path:
            theirs[f"content/{path}"] = Page(unquote(url), title, tuple(tags.split(",")[:-1]), int(seconds))
    wrong = []
    for path, (published, _, ours) in _fates(tmp_path).items():
        page = theirs.get(path)
        if not published:
            if page is not None and page.url:
                wrong.append(f"{path}: Hugo puts it at {page.url}, we hide it")
        elif page is None:
            wrong.append(f"{path}: Hugo has no such page, we say {ours}")
        elif ours != (page._replace(date=YEAR_ONE) if ours.date == YEAR_ONE else page):
            wrong.append(f"{path}: Hugo {page}, we {ours}")
    assert not wrong, "\n".join(wrong)


def test_why_a_page_is_hidden(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": CONFIG}, NOW)
    fates = _fates(tmp_path)
    assert fates["content/posts/draft.md"][:2] == (False, Hidden.DRAFT)
    assert fates["content/posts/hidden.md"][:2] == (False, Hidden.NOT_OUTPUT)
    assert not fates["content/posts/#hash.md"][0]


def test_configuration_keys_may_be_written_in_any_case_and_other_formats(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "config/_default/hugo.yaml": "contentDir: src\nTimeZone: Asia/Tokyo\ntaxonomies:\n  topic: topics\n"
            "markup:\n  goldmark:\n    renderer:\n      unsafe: true\n"
            "    parser:\n      autoHeadingIDType: blackfriday\n"
        },
        NOW,
    )
    profile = load_site(tmp_path, "", "hugo")
    assert (profile.zone, profile.options.mounts) == ("Asia/Tokyo", (Mount("src/"),))
    assert profile.options.taxonomies == (("topic", "topics"),)
    assert profile.dialect.raw_html
    assert profile.dialect.heading_ids == "goldmark-blackfriday"


def test_a_section_may_cascade_lists_and_tables(tmp_path: Path) -> None:
    """What a site's files say becomes part of its profile, which is a key."""
    cascade = "cascade:\n  params:\n    tags: [rye, {a: b}]\n  build: {render: never}\n"
    files = {
        "hugo.toml": "",
        "content/_index.md": f"---\n{cascade}---\n",
        "content/bread/a.md": "---\ntitle: A\n---\nText.\n",
    }
    write_site(tmp_path, files)
    _, outcome = run(tmp_path)
    assert not outcome.crashes and outcome.analysed == 2
    hash(load_site(tmp_path, "", "hugo"))
