"""Asking the real generators: each is started once for many questions."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.sites import write_site

_HERE = Path(__file__).resolve().parent


def tool(name: str) -> str:
    """The path of a generator's program; skips the test where there is none, and fails it in CI."""
    # Beside this Python first: that is the version that the tests ask for, not one that the machine happens to have.
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"`{name}` is not installed, and CI must compare with it")
        pytest.skip(f"`{name}` is not installed")
    return found


def node_modules(package: str) -> Path:
    """The folder where Node finds ``package``; skips the test where it finds none, and fails it in CI."""
    program = tool("node")
    found = f"require('path').dirname(require('path').dirname(require.resolve('{package}/package.json')))"
    run = subprocess.run([program, "-p", found], capture_output=True, text=True, timeout=60)
    if run.returncode:
        if os.environ.get("CI") == "true":
            pytest.fail(f"Node finds no `{package}`, and CI must compare with it")
        pytest.skip(f"Node finds no `{package}`")
    return Path(run.stdout.strip())


def build_jekyll(root: Path, files: Mapping[str, str | bytes]) -> tuple[int, str]:
    """Jekyll's status and what it says of a site of these files (in UTC, where they say nothing else), built."""
    write_site(root, {"_config.yml": "timezone: UTC\n", **files})
    done = subprocess.run(
        [tool("jekyll"), "build", "--source", str(root), "--destination", str(root / "_site"), "--disable-disk-cache"],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=root,
    )
    return done.returncode, re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)


_HEXO = """
const Hexo = require('hexo');
(async() => {
  const hexo = new Hexo(process.argv[1], { silent: true });
  await hexo.init();
  try {
    await hexo.load();
    const answer = { tags: hexo.model('Tag').map(tag => [tag.name, '/' + tag.path]), posts: {} };
    hexo.model('Post').forEach(post => { answer.posts[post.slug] = post.content; });
    console.log(JSON.stringify(answer));
  } catch (error) {
    console.log(JSON.stringify({ stops: error.message }));
  }
})();
"""


def load_hexo(root: Path, files: Mapping[str, str]) -> dict[str, Any]:
    """What Hexo makes of a site of these files: ``posts`` (slug to HTML) and ``tags``, or why it ``stops``."""
    package = '{"hexo": {"version": "8.1.2"}, "dependencies": {"hexo-renderer-marked": "7.0.1"}}'
    write_site(root, {"package.json": package, "_config.yml": "title: Tea\n", **files})
    (root / "node_modules").symlink_to(node_modules("hexo-renderer-marked"))
    run = subprocess.run([tool("node"), "-e", _HEXO, str(root)], capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def ruby(script: str | Path, question: object, *, needs: str = "", timeout: int = 120) -> Any:
    """What a Ruby script answers, of this folder if it is given by its name: JSON in, JSON out."""
    program = tool("ruby")
    if needs and subprocess.run([program, "-e", f"require '{needs}'"], capture_output=True).returncode:
        if os.environ.get("CI") == "true":
            pytest.fail(f"Ruby has no `{needs}`, and CI must compare with it")
        pytest.skip(f"Ruby has no `{needs}`")
    run = subprocess.run(
        [program, str(_HERE / script)], input=json.dumps(question), capture_output=True, text=True, timeout=timeout
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def read_sites(sites: Sequence[tuple[Path, int]]) -> list[dict[str, Any]]:
    """What Jekyll reads from each folder, at a moment in seconds since 1970."""
    answer: list[dict[str, Any]] = ruby("jekyll_site.rb", [[str(path), now] for path, now in sites], needs="jekyll")
    return answer


def write(root: Path, files: dict[str, str | bytes], modified: int) -> None:
    """Put files into a folder, all last modified at one moment: drafts take that for their date."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        os.utime(path, (modified, modified))


def jekyll(root: Path, command: str) -> tuple[int, str]:
    """Exit status and words of a command in a site's folder."""
    environment = {**os.environ, "TZ": "UTC", "LANG": "C.UTF-8", "JEKYLL_ENV": "production"}
    done = subprocess.run(
        [tool("jekyll"), command, *(["--quiet"] if command == "build" else [])],
        cwd=root, env=environment, capture_output=True, text=True, timeout=900,
    )  # fmt: skip
    return done.returncode, re.sub(r"\x1b\[\d+m", "", done.stdout + done.stderr)


def built(root: Path) -> dict[str, str]:
    """The files of a site that is built without complaint of failure."""
    status, output = jekyll(root, "build")
    assert status == 0, output
    site = root / "_site"
    return {str(file.relative_to(site)): file.read_text("utf-8") for file in sorted(site.rglob("*")) if file.is_file()}
