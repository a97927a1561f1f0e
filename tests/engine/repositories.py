"""Small git repositories for tests."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.sites import write_site

__all__ = ["commit", "edit", "git", "repository_with"]

_IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@post.example",
    "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@post.example",
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_DATE": "2024-05-01T12:00:00Z", "GIT_COMMITTER_DATE": "2024-05-01T12:00:00Z",
}  # fmt: skip


def git(root: Path, *arguments: str) -> str:
    """Run git in ``root`` as nobody in particular."""
    options = ["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", "-c", "commit.gpgSign=false"]
    process = subprocess.run(
        ["git", *options, *arguments],
        cwd=root,
        env={k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | _IDENTITY,
        check=True,
        capture_output=True,
        text=True,
    )
    return process.stdout


def commit(root: Path, message: str = "Go on") -> str:
    """Commit all that is there; its id."""
    git(root, "add", "--all", ".")
    git(root, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(root, "rev-parse", "HEAD").strip()


def edit(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files as an editor does, with the time of now: git looks at times before it looks at contents."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)


def repository_with(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """A repository at ``root`` whose one commit has ``files`` (and an empty ``postlint.toml``)."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "--quiet", ".")
    write_site(root, files)
    commit(root, "Begin")
    return root
