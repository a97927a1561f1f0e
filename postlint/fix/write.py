"""Writing a file so that it is old or new at every moment, never between."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

__all__ = ["ChangedMeanwhileError", "write_atomically"]


class ChangedMeanwhileError(Exception):
    """The file is no longer what was read: nothing was written."""


def write_atomically(path: Path, before: bytes, after: bytes) -> None:
    """Replace the content of ``path``, which was ``before``, by ``after``.

    The new content goes into a file beside it, is forced to the disk, and takes the old one's name in one step: a
    crash at any moment leaves the old content or the new. A symbolic link stays one; mode bits stay.

    Raises:
        ChangedMeanwhileError: somebody else changed the file since it was read.
        OSError: it cannot be written; the old content is still there.
    """
    target = Path(os.path.realpath(path))
    if target.read_bytes() != before:
        raise ChangedMeanwhileError(f"{path} was changed while it was being fixed")
    if not os.access(target, os.W_OK):
        raise PermissionError(13, "the file is write-protected", str(path))
    mode = stat.S_IMODE(target.stat().st_mode)
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".postlint-tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    # Without this the rename itself may be lost in a power cut; there is no such call on Windows.
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
