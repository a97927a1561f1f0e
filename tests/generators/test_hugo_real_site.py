"""A real Hugo site: the fate of every page, and what Hugo makes of it. Bodies are left out: they decide nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.generators import Hidden
from postlint.parse.front_matter import read_front_matter
from tests.generators.hugo_oracle import LAYOUTS, build, new_hugo
from tests.generators.oracle import write
from tests.generators.test_hugo_sites import fates_of, page_differences

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
CONFIG = """\
baseURL: https://example.org
DefaultContentLanguage: en
buildFuture: true
disableKinds: [RSS, sitemap, "404", robotsTXT]
taxonomies:
  topic: topics
  author: authors
"""
"""What of the site's own configuration decides about pages."""


@pytest.mark.corpus
@pytest.mark.generator
def test_every_page_of_a_real_site_has_the_fate_that_hugo_gives_it(tmp_path: Path) -> None:
    if not CORPORA.is_dir():
        pytest.skip("the real sites (shared/corpora beside the project) are not there")
    source = CORPORA / "digitalgov"
    root = tmp_path / "site"
    files: dict[str, str | bytes] = {"config.yml": CONFIG, "postlint.toml": "", **LAYOUTS}
    for file in sorted((source / "content").rglob("*.md")):
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            files[file.relative_to(source).as_posix()] = text[: read_front_matter(text, "hugo").body_start] or text
    write(root, files, 1_600_000_000)
    fates = fates_of(root)
    stopping = {path for path, fate in fates.items() if fate.reason is Hidden.ABORTS}
    for path in stopping:
        (root / path).unlink()
    theirs = build(root, new_hugo())
    assert not theirs.errors
    wrong = []
    for path, fate in fates.items():
        # Where another page's alias lies on the page's own address, the page has one all the same.
        page = theirs.pages.get((path, "en")) or theirs.linked.get((path, "en"))
        if path in stopping:
            continue
        if page is not None and fate.published:
            wrong += [f"{path}: {difference}" for difference in page_differences(fate, page)]
        elif (page is not None) != fate.published:
            wrong.append(f"{path}: Hugo {page}, we {fate}")
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(wrong[:40])
    assert sum(fate.published for fate in fates.values()) > 3_000
    # Each page that stops Hugo does so in a site of its own.
    for path in sorted(stopping):
        alone = tmp_path / "alone" / path.replace("/", "_")
        write(alone, {"config.yml": CONFIG, **LAYOUTS, path: files[path]}, 1_600_000_000)
        assert build(alone, new_hugo()).errors, path
