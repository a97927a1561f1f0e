"""jekyll-titles-from-headings: titles of pages and documents, and what is left of the headings."""

from __future__ import annotations

import html
import json
import re
from itertools import product
from pathlib import Path

import pytest

from postlint.document import Document
from postlint.generators import generator_for, load_site
from postlint.parse.headings import anchors
from postlint.text import Text
from tests.generators.oracle import built, ruby
from tests.sites import write_site

BODIES = (
    "# Plain title\n\nText\n\n## Plain title\n",
    "\n\n## Second *level* with `code`\n",
    "Setext\n======\n\n# Setext\n",
    "Setext dashes\n---\nText\n\n## More\n",
    "Two\nlines\n---\n",
    "Text\n\n# Late\n",
    "#### Too deep\n",
    "#No blank\n",
    "### Closed ###\n",
    "# With note[^1]\n\n[^1]: x\n",
    "# [A link](x.md) & more <b>bold</b>\n",
    "#  Wide   gaps \n",
    "",
    '# It\'s "quoted" -- and --- so on...\n',
    "# '80s \"'Nested' quotes\" (\"x\") l'été\n",
    "# \"*Em*\" 'x' << y >>\n",
    "# `\"code\"` -- 'n' roll\n",
    "# 1. Numbered\n",
    "# - Dashed\n",
    "# > Quoted\n",
    "# # Twice\n",
    "# 中文：标题 “引”\n",
    "# Wide\u3000space\u00a0here\n",
    "#\u3000Wide\n",
    "# {{ site.title }} and {% raw %}x{% endraw %}\n",
    "# AT&T &copy; a < b\n",
    "# Given {#own}\n\n## Given\n",
    "# Title\r\n\r\n## Title\r\n",
    "<!-- note -->\n# After a note\n",
    "# \n\nText\n",
    "# Ends with \\# hash\n",
    "![alt](x.png)\n===\n",
    "# ![alt](x.png) pictured\n",
    "# ~~gone~~ stays\n",
)
HEADS = (
    "---\n---\n",
    "---\ntitle: Own\n---\n",
    "---\ntitle:\n---\n",
    "---\nstrip_title: true\n---\n",
    "---\ntitle: Own\nstrip_title: true\n---\n",
    "---\nstrip_title: false\n---\n",
    "---\ntitle: a: b\n---\n",
)
CONFIG = """\
timezone: UTC
plugins: [jekyll-titles-from-headings]
collections: {notes: {output: true}}
permalink: /:collection/:title.html
defaults:
- scope: {path: ''}
  values: {layout: all, date: 2024-05-06 07:08:09}
- scope: {path: titled}
  values: {title: From defaults}
"""
LAYOUT = "<script>{{ page.title | jsonify }}</script>{{ content }}"


def _files() -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {"_layouts/all.html": LAYOUT}
    for (i, body), (j, head) in product(enumerate(BODIES), enumerate(HEADS)):
        files[f"p/{i}-{j}.md"] = head + body
        if j != 6:  # with front matter that does not load there is no date
            files[f"_posts/2024-01-02-{i}-{j}.md"] = head + body
        files[f"_notes/{i}-{j}.md"] = head + body
    files["titled/a.md"] = HEADS[0] + BODIES[0]
    files["titled/b.html"] = HEADS[0] + BODIES[0]
    files["c.html"] = HEADS[0] + BODIES[0]
    return files


@pytest.mark.generator
@pytest.mark.parametrize(
    "settings", ["", "collections: true", "strip_title: true", "collections: true, strip_title: true"]
)
def test_titles_and_ids_are_those_of_the_built_pages(settings: str, tmp_path: Path) -> None:
    ruby("dates.rb", [], needs="jekyll-titles-from-headings")
    config = f"{CONFIG}titles_from_headings: {{{settings}}}\n"
    files = _files()
    root = write_site(tmp_path, {"_config.yml": config, **files})
    pages = built(root)
    profile = load_site(root, "", "jekyll")
    generator = generator_for(profile)
    wrong = []
    for path, content in files.items():
        if path.startswith("_layouts"):
            continue
        doc = Document(path, Text(str(content)), profile)
        fate = generator.fate(doc)
        made = pages[generator.output_file(path, fate.url)[1:]]
        title = json.loads(re.match(r"<script>(.*?)</script>", made, re.DOTALL)[1])  # type: ignore[index]
        if (title or "") != fate.title:
            wrong.append(f"{path}: title {title!r}, we {fate.title!r}: {content!r}")
        if not doc.is_markdown:
            continue
        known = anchors(doc, generator.removed(doc))
        if not known.complete:
            continue
        ids = {html.unescape(found) for found in re.findall(r"<h\d[^>]* id=\"([^\"]*)\"", made)}
        ours = {each for each in known.ids if not each.startswith("fn")}
        if ids != ours:
            wrong.append(f"{path}: ids {sorted(ids)}, we {sorted(ours)}: {content!r}")
    assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong)
