"""Asking git, with a person's error where it cannot answer."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from postlint.engine.project import UsageError

__all__ = ["Repository"]

_OF_ANOTHER = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS",
)  # fmt: skip
"""What git sets for a hook, or a user for another repository: ours is the one that the project lies in."""


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that a folder lies in.

    Attributes:
        folder: the folder.
        prefix: its path from the repository's root, "" or ending in "/".
        shallow: the history is cut off.
    """

    folder: Path
    prefix: str
    shallow: bool

    @classmethod
    def of(cls, folder: Path) -> Repository:
        """
        Raises:
            UsageError: git is missing, or ``folder`` lies in no work tree of a repository.
        """
        process = _git(folder, "rev-parse", "--is-shallow-repository", "--is-inside-work-tree", "--show-prefix")
        if process.returncode:
            words = _words(process.stderr)
            if "not a git repository" in words:
                raise UsageError(f"{folder} is in no git repository, so there is nothing to compare it with")
            raise UsageError(f"git cannot read the repository of {folder}: {words}")
        shallow, inside, prefix = os.fsdecode(process.stdout).split("\n", 2)
        if inside != "true":
            raise UsageError(f"{folder} is no folder of files that git keeps: it lies inside a repository's own data")
        return cls(folder, prefix.removesuffix("\n"), shallow == "true")

    def run(self, *arguments: str, stdin: bytes = b"", environ: Mapping[str, str] | None = None) -> bytes:
        """What git answers.

        Raises:
            UsageError: git fails; with its own words.
        """
        process = self.ask(*arguments, stdin=stdin, environ=environ)
        if process.returncode:
            command = next(word for word in arguments if word != "-c" and "=" not in word)
            raise UsageError(f"`git {command}` failed: {_words(process.stderr)}")
        return process.stdout

    def ask(
        self, *arguments: str, stdin: bytes = b"", environ: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """As :meth:`run`, where a failure is an answer too."""
        return _git(self.folder, *arguments, stdin=stdin, environ=environ)

    def commit(self, rev: str) -> str:
        """The id of the commit that ``rev`` names.

        Raises:
            UsageError: there is none; with the command that fetches it, where that may be all that is missing.
        """
        if rev.startswith("-") or not rev.strip():
            raise UsageError(f"`{rev}` is no revision: name a branch, a tag or a commit")
        process = self.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}")
        if process.returncode == 0:
            return process.stdout.decode().strip()
        message = f"git knows no revision `{rev}` here"
        fetch = self._fetch(rev)
        raise UsageError(f"{message}; if the remote has it: {fetch}" if fetch else message)

    def fork_point(self, rev: str) -> str:
        """The commit at which the history of ``HEAD`` and that of ``rev`` parted: their merge base.

        Raises:
            UsageError: there is no such commit, or no commit at all.
        """
        if not rev.startswith("-"):
            process = self.ask("merge-base", f"{rev}^{{commit}}", "HEAD")
            if process.returncode == 0:
                return process.stdout.decode().split()[0]
        self.commit(rev)
        if self.ask("rev-parse", "--verify", "--quiet", "HEAD").returncode:
            raise UsageError("this repository has no commit yet, so there is nothing to compare with")
        if self.shallow:
            remote = self._remote(rev)
            raise UsageError(
                f"this clone is shallow: the commit at which HEAD and `{rev}` parted is not in it; fetch the history: "
                f"git fetch --unshallow {remote or 'origin'}  (in GitHub Actions: `fetch-depth: 0` of actions/checkout)"
            )
        raise UsageError(f"HEAD and `{rev}` have no commit in common, so there is nothing to compare with")

    def _fetch(self, rev: str) -> str:
        """The command that brings a branch that a remote may have; "" where no remote is known."""
        remote = self._remote(rev)
        if not remote:
            return ""
        branch = rev.removeprefix("refs/remotes/").removeprefix(remote + "/").removeprefix("refs/heads/")
        if any(c in branch for c in "^~:@{ ") or not branch:
            branch = ""
        unshallow = " --unshallow" if self.shallow else ""
        # With a refspec of its own: a clone of one branch is set up to fetch no other.
        where = f" +refs/heads/{branch}:refs/remotes/{remote}/{branch}" if branch and rev != branch else ""
        where = where or (f" +refs/heads/{branch}:refs/heads/{branch}" if branch else "")
        return f"git fetch{unshallow} {remote}{where}"

    def _remote(self, rev: str) -> str:
        remotes = self.ask("remote").stdout.decode("utf-8", "replace").split()
        named = rev.removeprefix("refs/remotes/").partition("/")[0]
        for wanted in (named, "origin"):
            if wanted in remotes:
                return wanted
        return remotes[0] if remotes else ""


def _git(
    folder: Path, *arguments: str, stdin: bytes = b"", environ: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    clean = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER}
    # Its own words are looked at; nothing is locked that a person's git may want.
    clean |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", **(environ or {})}
    try:
        return subprocess.run(["git", *arguments], cwd=folder, env=clean, input=stdin, capture_output=True)
    except (FileNotFoundError, NotADirectoryError) as error:
        if not folder.is_dir():
            raise UsageError(f"there is no folder {folder}") from error
        raise UsageError("git is not installed (or not in PATH), and the comparison needs it") from error
    except OSError as error:
        raise UsageError(f"git cannot be started: {error.strerror or error}") from error


def _words(stderr: bytes) -> str:
    """What git said, without the advice that fills a screen."""
    lines = [line for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    fatal = next((at for at, line in enumerate(lines) if line.startswith(("fatal: ", "error: "))), 0)
    return "\n  ".join(line.removeprefix("fatal: ").removeprefix("error: ") for line in lines[fatal : fatal + 4])
