"""``postlint fix``, killed at any moment, leaves each file as it was or fixed, never between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.sites import write_site

BROKEN = "---\ntitle: A\n---\n<p><strong>Head</p>\n<p></strong>Body</p>\n" + "Text.\n\n" * 2000
FIXED = BROKEN.replace("<strong>Head</p>\n<p></strong>", "<strong>Head</strong></p>\n<p>")
POSTS = [f"_posts/2024-{1 + n // 28:02}-{1 + n % 28:02}-post.md" for n in range(60)]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_kill_leaves_each_file_old_or_new(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    between = 0
    for turn in range(6):
        root = write_site(tmp_path / str(turn), {"_config.yml": "timezone: UTC\n", **dict.fromkeys(POSTS, BROKEN)})
        process = subprocess.Popen(
            [sys.executable, "-m", "postlint", "fix", "--no-cache", "-q"],
            cwd=root,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        # From the first written file on, a little later in each turn.
        first = root / POSTS[0]
        give_up = time.monotonic() + 60
        while first.read_text("utf-8") == BROKEN and process.poll() is None and time.monotonic() < give_up:
            time.sleep(0.001)
        time.sleep(0.02 * turn)
        process.send_signal(signal.SIGKILL)
        process.wait()
        contents = [(root / post).read_text("utf-8") for post in POSTS]
        assert set(contents) <= {BROKEN, FIXED}
        between += 0 < contents.count(FIXED) < len(POSTS)
    assert between, "no kill fell into the writing: the test shows nothing"
