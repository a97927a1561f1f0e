"""Bad inputs: each gets a clear finding or error in bounded time, and nothing is written."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

SECONDS = 120
"""Far above what any of these takes, far below what a quadratic reader would: no measure of speed."""


class Bad(NamedTuple):
    """A bad input.

    Attributes:
        content: the bytes of ``_posts/2024-01-02-bad.md``, or a function that makes the trouble itself.
        status: of ``postlint check``.
        told: what the screen must say; "" where there is nothing wrong with the file.
    """

    content: bytes | Callable[[Path], None]
    status: int
    told: str


HEAD = b"---\ntitle: A\n---\n"
ALIASES = b"".join(b"a%d: &a%d [%s]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 12))


def folder(path: Path) -> None:
    (path / "inner.txt").parent.mkdir()


def dangling(path: Path) -> None:
    os.symlink(path.with_name("gone.md"), path)


def circular(path: Path) -> None:
    os.symlink(path.name, path)


def unreadable(path: Path) -> None:
    path.write_bytes(HEAD)
    path.chmod(0)


def pipe(path: Path) -> None:
    os.mkfifo(path)


BAD = {
    "empty file": Bad(b"", 0, ""),
    "only a fence": Bad(b"---", 0, ""),
    "a fence that never closes": Bad(b"---\ntitle: A\ndate: 2024-01-02\n\nText.\n", 1, "front-matter/bad-fence"),
    "NUL bytes": Bad(HEAD + b"a\x00b\x00\n" * 50, 1, "post/not-utf8"),
    "UTF-16": Bad("---\ntitle: 中国\n---\nText.\n".encode("utf-16"), 1, "UTF-16"),
    "Latin-1": Bad(HEAD + "Café\n".encode("latin-1"), 1, "post/not-utf8"),
    "random bytes": Bad(HEAD + bytes(range(256)) * 400, 1, "post/not-utf8"),
    "a line of 5 MB": Bad(HEAD + b"word " * 1_000_000 + b"\n", 0, ""),
    "a line of 1 MB of tags": Bad(HEAD + b"<b>x</b> " * 110_000 + b"\n", 0, ""),
    "an alias bomb": Bad(b"---\na0: &a0 [x,x,x,x,x,x,x,x,x]\n" + ALIASES + b"---\n", 1, "front-matter/unparsable"),
    "30,000 brackets in front matter": Bad(b"---\na: " + b"[" * 30_000 + b"\n---\n", 1, "front-matter/unparsable"),
    "1 MB of front matter": Bad(b"---\n" + b"a: b\n" * 190_000 + b"---\n", 1, "there are more of this kind"),
    "10,000 nested tags": Bad(HEAD + b"<div>\n" * 10_000, 1, "html/unclosed-tag"),
    "10,000 tags that are no elements": Bad(HEAD + b"<div>\n" + b"a <x>\n" * 10_000, 1, "html/unknown-tag"),
    "10,000 blocks of unrendered Markdown": Bad(HEAD + b"<p>**x**</p>\n\n" * 10_000, 0, "html/markdown-not-rendered"),
    "60 kB of `<a `": Bad(HEAD + b"<a " * 20_000 + b"\n", 0, ""),
    "60 kB of `{{ `": Bad(HEAD + b"{{ " * 20_000 + b"\n", 1, "post/unclosed-template"),
    "60 kB of `[`": Bad(HEAD + b"[" * 60_000 + b"\n", 0, ""),
    "60 kB of `](`": Bad(HEAD + b"](" * 30_000 + b"\n", 0, ""),
    "60 kB of quotes": Bad(HEAD + b"> " * 30_000 + b"x\n", 0, ""),
    "an endless comment": Bad(HEAD + b"<!-- " * 15_000 + b"\n", 1, "html/unclosed-comment"),
    "60 kB of backticks": Bad(HEAD + b"`" * 59_999 + b" `` x\n", 0, ""),
    "a directory": Bad(folder, 0, ""),
    "a dangling link": Bad(dangling, 2, "2024-01-02-bad.md"),
    "a link to itself": Bad(circular, 2, "2024-01-02-bad.md"),
    "an unreadable file": Bad(unreadable, 2, "2024-01-02-bad.md"),
    "a named pipe": Bad(pipe, 0, ""),
    "2 MB of front matter": Bad(b"---\n" + b"a: b\n" * 400_000 + b"---\n", 1, "front-matter/unparsable"),
    "30,000 suppression comments": Bad(
        HEAD + b"Text.\n\n" + b"<!-- postlint-disable html -->\n" * 30_000, 0, "30,000 warnings"
    ),
    "TOML of one word": Bad(b"+++\n" + b"a" * 100_000 + b"\n+++\n", 0, ""),
    "CR LF": Bad(b"---\r\ntitle: A\r\n---\r\nText.\r\n", 0, ""),
    "CR alone": Bad(b"---\rtitle: A\r---\rText.\r", 1, "front-matter/bad-fence"),
    "a byte order mark": Bad(b"\xef\xbb\xbf" + HEAD + b"Text.\n", 0, ""),
    "front matter that is a list": Bad(b"---\n- a\n- b\n---\n", 1, "front-matter/not-a-mapping"),
    "terminal escapes": Bad(HEAD + b"<b>\x1b[2J\x1b]0;owned\x07</i>\n", 1, "html/"),
    "bidirectional overrides": Bad(HEAD + "<b>\u202e\u2066x</i>\n".encode(), 1, "html/"),
}


def postlint(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "postlint", *arguments],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="links, modes and pipes are POSIX matters")
@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_bad_input(tmp_path: Path, bad: Bad) -> None:
    root = tmp_path / "site"
    (root / "_posts").mkdir(parents=True)
    (root / "_config.yml").write_text("timezone: UTC\n", encoding="utf-8")
    (root / "postlint.toml").write_text("", encoding="utf-8")
    (root / "_posts" / "2024-01-01-good.md").write_bytes(HEAD + b"Text.\n")
    file = root / "_posts" / "2024-01-02-bad.md"
    if callable(bad.content):
        bad.content(file)
    else:
        file.write_bytes(bad.content)
    if bad.content is unreadable and os.access(file, os.R_OK):
        pytest.skip("this user may read every file")
    began = time.monotonic()
    check = postlint(root, "check", "--no-cache")
    screen = check.stdout + check.stderr
    assert "Traceback" not in screen
    assert "the rule failed" not in screen
    assert "could not be analysed" not in screen
    assert bad.told in screen, screen[-2000:]
    assert check.returncode == bad.status, screen[-2000:]
    assert "\x1b" not in screen, "a terminal would obey the file"
    assert "\u202e" not in screen
    before = file.read_bytes() if file.is_file() and os.access(file, os.R_OK) else None
    diff = postlint(root, "fix", "--diff", "--no-cache", "--unsafe-fixes")
    assert "Traceback" not in diff.stdout + diff.stderr
    if before is not None:
        assert file.read_bytes() == before
    assert time.monotonic() - began < SECONDS
    assert sorted(os.listdir(root)) == ["_config.yml", "_posts", "postlint.toml"], "nothing is left behind"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no file can have such a name")
@pytest.mark.parametrize("named", [[], ["_posts/2024-01-02-\udcff.md"], ["--stdin-filename", "_posts/\udcff.md", "-"]])
def test_a_name_that_is_not_utf8(tmp_path: Path, named: list[str]) -> None:
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_config.yml").write_text("timezone: UTC\n", encoding="utf-8")
    (tmp_path / "_posts" / "2024-01-01-good.md").write_bytes(HEAD + b"Text.\n")
    (tmp_path / "_posts" / "2024-01-02-\udcff.md").write_bytes(HEAD + b"Text.\n")
    (tmp_path / "picture-\udcff.png").write_bytes(b"")
    check = postlint(tmp_path, "check", *named)
    screen = check.stdout + check.stderr
    assert check.returncode == 2
    assert "Traceback" not in screen
    assert "\\xff.md: the name is not UTF-8" in screen
    assert "picture" not in screen


@pytest.mark.skipif(sys.platform == "win32", reason="links are POSIX matters")
def test_what_cannot_be_read_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    names = [f"2024-01-{day:02}-gone.md" for day in range(1, 21)]
    (tmp_path / "_posts" / "2024-01-31-good.md").write_bytes(HEAD + b"Text.\n")
    for name in reversed(names):
        os.symlink("nowhere", tmp_path / "_posts" / name)
    lines = postlint(tmp_path, "check", "--no-cache", "--generator", "jekyll").stdout.splitlines()
    assert [line.split("_posts/")[1][:18] for line in lines if "problem: " in line] == names
