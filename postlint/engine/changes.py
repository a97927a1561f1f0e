"""What changed in a project since a revision, and the files as they were before.

git says which files differ; those that do are laid out, as they were, in a temporary folder. Together with the files
that did not change they are the project's past: see :mod:`postlint.engine.past`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self

from postlint.engine.git import Repository
from postlint.engine.project import UsageError
from postlint.regex import regex

__all__ = ["Changes", "changed_lines"]

_MEDIA = frozenset(
    {
        ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".ico", ".tif", ".tiff", ".heic", ".psd",
        ".mp3", ".mp4", ".m4a", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".ogg", ".wav", ".flac", ".pdf",
        ".zip", ".gz", ".bz2", ".xz", ".7z", ".tar", ".tgz", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".exe",
        ".dmg", ".jar", ".iso", ".epub", ".split",
    }
)  # fmt: skip
"""Of such files only the names count."""
_LINK, _SUBMODULE = "120000", "160000"
_ALONE = (
    "-c", "core.splitIndex=false", "-c", "core.fsmonitor=false",  # our index leaves nothing in the repository
    "-c", "core.symlinks=false",  # what links lead to is looked up by us
    "-c", "filter.lfs.smudge=", "-c", "filter.lfs.process=", "-c", "filter.lfs.required=false",  # large files stay away
)  # fmt: skip
_MOST_PAIRS = 4_000_000
"""Lines times lines that are compared one by one; beyond that all between the first and last difference is changed."""


class _Old(NamedTuple):
    """A file as the repository has it: its mode and the id of its content."""

    mode: str
    blob: str


@dataclass(slots=True)
class _Found:
    """Differences between a commit and the files that are there, as git lists them. Paths count from the folder."""

    old: dict[str, _Old] = field(default_factory=dict)
    """Files of the commit that are not there now, or not with this content."""
    became: dict[str, str] = field(default_factory=dict)
    """The path now of a file of ``old``."""
    added: set[str] = field(default_factory=set)
    """Files, and folders ending in "/", that the commit does not have, by this path."""
    notices: list[str] = field(default_factory=list)


class Changes:
    """What the working tree has that the commit at which it parted from a revision does not, and the reverse.

    Files that git does not track are additions, unless it ignores them: those are taken to have been there before.
    Paths are relative to the project root, with ``/``. Use it as a context manager, or :meth:`close` it: the files of
    the past stand in a temporary folder.

    Attributes:
        root: the project root.
        rev: the revision as it was named.
        commit: the id of the commit that is compared with: the merge base of ``rev`` and ``HEAD``.
        before: a path now → the path before, for each file that is not new and whose content or path changed.
        added: files, and folders ending in "/", that are new.
        old: the paths before of all files that changed or are gone.
        notices: what could not be compared.
    """

    def __init__(self, root: Path, rev: str) -> None:
        """
        Raises:
            UsageError: git is missing, the project is in no repository, or there is no such revision.
        """
        self.root = root
        self.rev = rev
        repository = Repository.of(root)
        self.commit = repository.fork_point(rev)
        found = _differences(repository, self.commit)
        self.before = {now: old for old, now in found.became.items()}
        self.added = frozenset(found.added)
        self.notices = found.notices
        self._repository = repository
        self._submodules = _submodules_of(found)
        self._olds = found.old
        self.old = frozenset(found.old)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._lines: dict[str, tuple[tuple[int, int], ...]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove the files of the past."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.old or self.added)

    # Questions -----------------------------------------------------------------------------------------------

    def is_new(self, path: str) -> bool:
        """Whether a file was not there before, under this path or another."""
        return path not in self.before and self.is_added(path)

    def is_added(self, path: str) -> bool:
        """Whether there was no file at this path before."""
        return path in self.added or any(path.startswith(folder) for folder in self._added_folders)

    def path_before(self, path: str) -> str | None:
        """Where a file stood before; None for one that is new."""
        old = self.before.get(path)
        if old is not None:
            return old
        return None if self.is_added(path) else path

    def changed(self, path: str) -> bool:
        """Whether a file is new, or other than it was, or was at another path."""
        return path in self.before or self.is_added(path)

    def touches(self, path: str, first: int, last: int | None = None) -> bool:
        """Whether a line from ``first`` to ``last`` (from 1; None: ``first`` alone) of a file is new or changed.

        Lines that were only moved along by others are not. Where lines were deleted, the ones beside the gap are not
        changed either.
        """
        last = first if last is None else last
        if path not in self.before:
            return self.is_added(path)
        return any(start <= last and first < end for start, end in self._changed_lines(path))

    def _changed_lines(self, path: str) -> tuple[tuple[int, int], ...]:
        known = self._lines.get(path)
        if known is None:
            try:
                now = (self.root / path).read_bytes()
                then = (self.folder / self.before[path]).read_bytes()
            except OSError:
                known = ((1, 1 << 62),)
            else:
                known = tuple(changed_lines(_lines(then), _lines(now)))
            self._lines[path] = known
        return known

    @cached_property
    def _added_folders(self) -> tuple[str, ...]:
        return tuple(path for path in self.added if path.endswith("/"))

    # The past ------------------------------------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        """The temporary folder with the files of :attr:`old`, as they were; made when first asked for.

        Filters and line ends are git's, as in a checkout. Images, films and the like are empty: only that they were
        there counts.
        """
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="postlint-")
            self._lay_out(Path(self._folder.name))
        return Path(self._folder.name) / "files"

    def _lay_out(self, where: Path) -> None:
        files = where / "files"
        files.mkdir()
        written: dict[str, _Old] = {}
        for path, old in self._olds.items():
            if os.path.splitext(path)[1].lower() in _MEDIA and old.mode != _LINK:
                _touch(files / path)
            else:
                written[path] = old
        by_module: dict[str, dict[str, _Old]] = {}
        for path, old in written.items():
            module = next((m for m in self._submodules if path.startswith(m)), "")
            by_module.setdefault(module, {})[path[len(module) :]] = old
        for module, olds in by_module.items():
            repository = Repository.of(self.root / module) if module else self._repository
            _check_out(repository, olds, where / f"checkout-{len(os.listdir(where))}", files / module)
        for path, old in written.items():
            if old.mode == _LINK:
                self._follow(files, path)

    def _follow(self, files: Path, path: str) -> None:
        """Put in the place of a symbolic link, which was laid out as its text, what it led to."""
        link = files / path
        try:
            target = os.path.normpath(os.path.join(os.path.dirname(path), os.fsdecode(link.read_bytes())))
            link.unlink()
            source = files / target if target in self.old else self.root / target
            link.write_bytes(source.read_bytes())
        except OSError:
            return  # it led nowhere, or to a folder


def _submodules_of(found: _Found) -> tuple[str, ...]:
    """The submodules that files of the past belong to, the deepest first."""
    modules = {path for path, old in found.old.items() if old.mode == _SUBMODULE}
    for path in modules:
        del found.old[path]
    return tuple(sorted((path + "/" for path in modules), key=len, reverse=True))


# Asking git ----------------------------------------------------------------------------------------------------


def _differences(repository: Repository, commit: str) -> _Found:
    found = _Found()
    diff = repository.run(
        "diff", "--raw", "-z", "--no-abbrev", "--find-renames", "--relative", "--no-ext-diff", "--no-textconv",
        "--no-color", "--ignore-submodules=none", "--end-of-options", commit, "--",
    )  # fmt: skip
    words = iter(diff.split(b"\0"))
    for head in words:
        if not head:
            break
        mode, mode_now, blob, _, status = head.decode("ascii").lstrip(":").split(" ")
        path = _path(next(words))
        after = _path(next(words)) if status[0] in "RC" else path
        if status[0] == "U":  # a merge under way: the same file comes once more, as it lies there
            continue
        if mode_now == _SUBMODULE != mode:
            found.added.add(after + "/")
        elif status[0] in "ACR":
            found.added.add(after)
        if status[0] in "AC":
            continue
        found.old[path] = _Old(mode, blob)
        if mode == _SUBMODULE:
            _enter(repository, path, blob, gone=mode_now != _SUBMODULE, found=found)
        elif mode_now != _SUBMODULE and status[0] != "D":
            found.became[path] = after
        elif os.path.isfile(repository.folder / path):  # only no longer tracked
            found.became[path] = path
    untracked = repository.run("ls-files", "-z", "--others", "--exclude-standard")
    found.added.update({_path(path) for path in untracked.split(b"\0") if path} - found.old.keys())
    return found


def _path(name: bytes) -> str:
    return os.fsdecode(name)


def _enter(repository: Repository, path: str, commit: str, *, gone: bool, found: _Found) -> None:
    """The differences within a submodule, as far as its repository is here."""
    if not gone:
        try:
            inside = Repository.of(repository.folder / path)
            if inside.prefix == "":  # else it is not checked out, and this is the repository around it
                inner = _differences(inside, inside.commit(commit))
                found.old |= {f"{path}/{p}": old for p, old in inner.old.items()}
                found.became |= {f"{path}/{p}": f"{path}/{now}" for p, now in inner.became.items()}
                found.added |= {f"{path}/{p}" for p in inner.added}
                found.notices += inner.notices
                return
        except UsageError:
            pass
    what = "is gone" if gone else "is not there as it was"
    found.notices.append(f"the submodule {path} {what}: its files are left out of the comparison")


def _check_out(repository: Repository, olds: dict[str, _Old], checkout: Path, files: Path) -> None:
    """Write files of the repository below ``files``, by an index of their own: git then does all that it does with a
    checkout (line ends, filters, encodings)."""
    index = checkout.with_name(checkout.name + ".index")
    environ = {"GIT_INDEX_FILE": str(index)}
    entries = b"".join(
        f"{old.mode} {old.blob} 0\t".encode() + os.fsencode(repository.prefix + path) + b"\0"
        for path, old in olds.items()
    )
    repository.run(*_ALONE, "update-index", "-z", "--index-info", stdin=entries, environ=environ)
    names = b"".join(os.fsencode(path) + b"\0" for path in olds)
    repository.run(
        *_ALONE, "checkout-index", "-z", "--stdin", "-f", "-q", f"--prefix={checkout}/",
        stdin=names, environ=environ,
    )  # fmt: skip
    source = checkout / repository.prefix if repository.prefix else checkout
    if not source.is_dir():
        return
    _move_into(source, files)


def _move_into(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for entry in os.scandir(source):
        place = target / entry.name
        if entry.is_dir(follow_symlinks=False) and place.is_dir():
            _move_into(Path(entry.path), place)
        else:
            os.replace(entry.path, place)


def _touch(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()


# Lines ---------------------------------------------------------------------------------------------------------


_LINE_END = regex(rb"\r\n?|\n")


def _lines(data: bytes) -> list[bytes]:
    """Lines as :class:`postlint.text.Text` counts them, without their ends: a file whose line ends alone changed is not
    another text."""
    return _LINE_END.split(data) if b"\r" in data else data.split(b"\n")


def changed_lines(before: Sequence[bytes], after: Sequence[bytes]) -> Iterable[tuple[int, int]]:
    """The lines of ``after`` that are new or changed, as ranges of line numbers from 1, ends not included."""
    start, end = 0, 0
    most = min(len(before), len(after))
    while start < most and before[start] == after[start]:
        start += 1
    while end < most - start and before[-1 - end] == after[-1 - end]:
        end += 1
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if not new:
        return
    if not old or len(old) * len(new) > _MOST_PAIRS:
        yield start + 1, start + len(new) + 1
        return
    from difflib import SequenceMatcher

    for tag, _, _, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag in ("insert", "replace"):
            yield start + first + 1, start + last + 1
