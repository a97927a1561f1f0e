"""From when until when Hugo publishes a page: its four dates, the keys that may give them, and the clock."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from postlint.document import Document
from postlint.generators import Hidden, generator_for, load_site
from postlint.text import Text
from tests.generators.hugo_oracle import CLOCK, LAYOUTS, build, new_hugo, old_hugo
from tests.generators.oracle import write

CONFIGS = (
    'timeZone = "Asia/Tokyo"\n',
    'timeZone = "America/New_York"\n[frontmatter]\npublishDate = ["start", ":default"]\nexpiryDate = ["until"]\n',
    '[frontmatter]\ndate = [":filename", ":default"]\npublishDate = ["publishDate"]\n',
    "buildFuture = true\n",
    "buildExpired = true\nbuildDrafts = true\n",
)
KEYS = (
    "date: 2023-01-02", "date: 2030-01-02", "publishDate: 2030-01-02", "publishDate: 2023-01-02\ndate: 2030-01-02",
    "pubdate: 2030-01-02", "expiryDate: 2020-01-02", "unpublishdate: 2020-01-02", "expiryDate: 2030-01-02",
    "published: false", "published: true\ndate: 2023-01-02", "published: 2030-01-02", "draft: true",
    "draft: false\npublished: false", "start: 2030-01-02", "until: 2020-01-02", "lastmod: 2030-01-02",
    "modified: 2021-01-02", "date: 2024-06-01 08:59:59", "date: 2024-06-01 09:00:01",
    "draft: yes", "draft: on", 'draft: "yes"', 'draft: "true"', "draft: 1", "published: no",
)  # fmt: skip


YEAR_ONE = -62135596800
"""Hugo's date of a page without one."""


@pytest.mark.generator
@pytest.mark.parametrize("config", CONFIGS)
@pytest.mark.parametrize("version", ["", "0.111.3"])
def test_pages_appear_and_expire_as_in_hugo(config: str, version: str, tmp_path: Path) -> None:
    root = tmp_path / "site"
    files: dict[str, str | bytes] = {
        f"content/posts/{name}{number}.md": f"---\ntitle: T\n{keys}\n---\n"
        for number, keys in enumerate(KEYS)
        for name in ("x", "2022-03-04-")
    }
    write(root, {**LAYOUTS, "hugo.toml": config, **files}, 1_600_000_000)
    theirs = build(root, old_hugo() if version else new_hugo())
    profile = load_site(root, "", "hugo", version=version)
    generator = generator_for(profile)
    now = dt.datetime.fromisoformat(CLOCK)
    wrong = []
    for path, content in files.items():
        fate = generator.fate(Document(path, Text(str(content)), profile)).at(now)
        page = theirs.pages.get((path, "en"))
        if any(path in line for line in theirs.errors):
            if fate.reason is not Hidden.ABORTS:
                wrong.append(f"{path} {content!r}: Hugo fails, we {fate}")
        elif (page is not None) is not fate.published:
            wrong.append(f"{path} {content!r}: Hugo {page}, we {fate}")
        elif page is not None and page["unix"] != (YEAR_ONE if fate.date is None else fate.date.timestamp()):
            wrong.append(f"{path} {content!r}: Hugo {page['unix']}, we {fate.date}")
    assert theirs.failed is not bool(version)
    assert theirs.pages
    assert not wrong, "\n".join(wrong)
