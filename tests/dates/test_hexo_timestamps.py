"""What date/unquoted-timestamp says of times with an offset, set beside Hexo's own reading of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.generators.oracle import write
from tests.generators.test_hexo_sites import PACKAGE, read

TIMES = (
    ("2024-01-02 03:04:05 +08:00", dt.datetime(2024, 1, 1, 11, 4, 5), dt.datetime(2024, 1, 1, 19, 4, 5)),
    ("2024-01-02T20:00:00Z", dt.datetime(2024, 1, 2, 12), dt.datetime(2024, 1, 2, 20)),
    ("2024-01-02 03:04:05 +0800", dt.datetime(2024, 1, 1, 19, 4, 5), dt.datetime(2024, 1, 1, 19, 4, 5)),
    ("2024-01-02 03:04:05", dt.datetime(2024, 1, 1, 19, 4, 5), dt.datetime(2024, 1, 1, 19, 4, 5)),
)
"""A time, and what it is in UTC to Hexo in Shanghai: without quotes, and with."""


@pytest.mark.generator
def test_hexo_reads_a_time_with_an_offset_hours_off_unless_it_is_quoted(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"_config.yml": "timezone: Asia/Shanghai\n", "package.json": PACKAGE}
    for number, (time, _, _) in enumerate(TIMES):
        files[f"source/_posts/plain-{number}.md"] = f"---\ntitle: x\ndate: {time}\n---\n"
        files[f"source/_posts/quoted-{number}.md"] = f'---\ntitle: x\ndate: "{time}"\n---\n'
    write(tmp_path, files, 1_600_000_000)
    (answer,) = read([(tmp_path, "Asia/Shanghai")])
    dates = {post["source"]: dt.datetime.fromtimestamp(post["date"], dt.UTC) for post in answer["posts"]}
    for number, (_, plain, quoted) in enumerate(TIMES):
        assert dates[f"_posts/plain-{number}.md"].replace(tzinfo=None) == plain
        assert dates[f"_posts/quoted-{number}.md"].replace(tzinfo=None) == quoted
