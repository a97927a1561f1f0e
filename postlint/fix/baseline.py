"""Writing the baseline."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from postlint.engine.baseline import Baseline, Key
from postlint.engine.known import lowered
from postlint.engine.run import Run
from postlint.fix.write import write_atomically

__all__ = ["strike_mended", "write_baseline"]


def write_baseline(baseline: Baseline, counts: Mapping[Key, int]) -> bool:
    """Give the file of a baseline other counts.

    Returns:
        Whether anything was written.

    Raises:
        ChangedMeanwhileError: somebody else changed it since it was read.
        OSError: it cannot be written; it is as it was.
    """
    before = baseline.text.encode() if baseline.text is not None else None
    after = baseline.rewritten(counts)
    if before == after:
        return False
    if before is None:
        with baseline.file.open("xb") as file:
            file.write(after)
    else:
        write_atomically(baseline.file, before, after)
    return True


def strike_mended(run: Run, baseline: Baseline, paths: Collection[str]) -> tuple[Baseline, int]:
    """Take out of the baseline what is no longer found in files that were mended.

    Args:
        run: one that went by no baseline, after the files were written.
        paths: those files.

    Returns:
        The baseline as it is now, and how many known findings it lost.

    Raises:
        ChangedMeanwhileError, OSError: as :func:`write_baseline`.
    """
    counts = lowered(run, baseline, paths)
    lost = sum(baseline.counts.values()) - sum(counts.values())
    if not lost:
        return baseline, 0
    write_baseline(baseline, counts)
    return Baseline.read(baseline.file), lost
