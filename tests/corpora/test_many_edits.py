"""Five hundred edits of a real site: after each, a run with what was kept says what one without says, to the byte.

A run without anything kept reads the whole site, which five hundred times over takes minutes. So the five hundred are
made one by one on a part of the site, every twelfth of its content files with all configuration, layouts and other
files, and compared after each, every tenth time in all that there is to see; and forty more, drawn anew, on the whole
site, compared after every fourth. Both runs happen in this process, which forgets what it remembers between them.

``POSTLINT_SEED=random`` (or a number) makes other edits.
"""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from tests.edits import Editor, Habits, agree, differences, everything, forget

pytestmark = pytest.mark.corpus

SEED = os.environ.get("POSTLINT_SEED", "1")
JEKYLL = Habits(
    "docs/_config.yml",
    (
        "{}permalink: pretty\n",
        "{}permalink: /:categories/:title.html\n",
        "{}timezone: Asia/Shanghai\nfuture: false\n",
        "{}plugins: [jekyll-titles-from-headings]\n",
        "{}plugins: [jekyll-paginate, my-own]\n",
        "{}baseurl: /below\n",
        "{}exclude: [pages, _posts/2013*]\n",
        "{}collections: {docs: {output: false}}\n",
        "{}markdown: CommonMark\n",
        "title: [broken\n",
        "",
    ),
    "docs",
    "_posts/2024-01-02-new-{}.md",
    "docs/_layouts/default.html",
    (
        ("docs/_plugins/own.rb", ("", "# code\n")),
        ("docs/_data/x.yml", ("", "a: 1\n")),
        ("docs/_includes/foot.html", ("", "<p id='foot'>\n")),
    ),
)


def seeded(folder: Path) -> tuple[random.Random, str]:
    seed = str(random.randrange(10**9)) if SEED == "random" else SEED
    return random.Random(f"{seed} {folder.name}"), seed


def test_five_hundred_edits_of_a_part(corpora: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(corpora / "jekyll", tmp_path / "part"))
    (root / "postlint.toml").write_text("", "utf-8")
    chance, seed = seeded(root)
    editor = Editor(root, chance, JEKYLL)
    for number, path in enumerate(editor.files(".md", ".markdown", ".html")):
        if number % 12 and "_layouts" not in path.parts:
            path.unlink()
    try:
        done = agree(editor, 500, all_of_it=lambda number: number % 10 == 9)
    except AssertionError as error:
        pytest.fail(f"POSTLINT_SEED={seed} {error}")
    assert len({what.partition(" ")[0] for what in done}) > 10


def test_edits_of_the_whole(corpora: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(corpora / "jekyll", tmp_path / "whole"))
    (root / "postlint.toml").write_text("", "utf-8")
    chance, seed = seeded(root)
    editor = Editor(root, chance, JEKYLL)
    for _ in range(10):
        done = [editor.edit() for _ in range(4)]
        warm = everything(root, cache=True)
        forget()
        cold = everything(root, cache=False)
        if warm != cold:
            pytest.fail("\n".join((f"POSTLINT_SEED={seed}", *done, differences(warm, cold))))
