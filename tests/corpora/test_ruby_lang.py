"""A large real site: one process = two, cold = warm, to the byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.corpus


def check(root: Path, *arguments: str) -> bytes:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "postlint", "check", "--now", "2026-01-01", "-f", "json", *arguments]
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True)
    assert result.returncode in (0, 1), result.stderr.decode()
    return result.stdout


def test_processes_and_cache_change_nothing(corpora: Path, tmp_path: Path) -> None:
    site = Path(shutil.copytree(corpora / "ruby-lang", tmp_path / "site"))
    one = check(site, "--jobs", "1", "--no-cache")
    assert one == check(site, "--jobs", "2", "--no-cache")
    assert one == check(site, "--jobs", "2"), "cold"
    assert one == check(site, "--jobs", "1"), "warm"
    assert one == check(site, "--jobs", "2"), "warm"
    assert one.count(b'"rule"') > 50
