"""Asking the real generators: each is started once for many questions."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

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


def ruby(script: str, question: object, *, needs: str = "") -> Any:
    """What a Ruby script of this folder answers: JSON in, JSON out."""
    program = tool("ruby")
    if needs and subprocess.run([program, "-e", f"require '{needs}'"], capture_output=True).returncode:
        if os.environ.get("CI") == "true":
            pytest.fail(f"Ruby has no `{needs}`, and CI must compare with it")
        pytest.skip(f"Ruby has no `{needs}`")
    run = subprocess.run(
        [program, str(_HERE / script)], input=json.dumps(question), capture_output=True, text=True, timeout=120
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
