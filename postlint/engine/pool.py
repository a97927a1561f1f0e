"""Where the map step runs: in this process for few files, in several for many."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from postlint.engine.analyse import Analysis, Analyst
from postlint.engine.crash import Crash

if TYPE_CHECKING:
    # Not loaded for few files: that takes longer than to read them.
    from concurrent.futures import Executor, Future

__all__ = ["FEW", "Task", "analyse_all", "default_jobs"]

Task = tuple[str, str, int, int, str, bytes]
"""path, site, mtime_ns, size, surroundings, the digest that the index knows (empty where its answer would not count)"""

FEW = 200
"""Up to this many files a pool costs more than it brings."""

_BATCH = 48

_AHEAD = 4
"""Batches for each worker that are under way: enough that none waits, few enough to hold in memory."""

_analyst: Analyst | None = None


def default_jobs() -> int:
    """The processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _start_method() -> str:
    # Forking costs a few milliseconds where spawning costs an interpreter and all imports; it is only safe while
    # no other thread runs, and only Linux's C libraries are known to survive it.
    if sys.platform == "linux" and threading.active_count() == 1:
        return os.environ.get("POSTLINT_START_METHOD", "fork")
    return "spawn"


def _initialise(analyst: Analyst) -> None:
    global _analyst
    _analyst = analyst


def _work(batch: Sequence[Task]) -> list[Analysis]:
    assert _analyst is not None
    return _analyst.analyse_many(batch)


def analyse_all(
    analyst: Analyst,
    tasks: Iterable[Task],
    total: int,
    *,
    jobs: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Analysis]:
    """Analyse all files, of which there are ``total``; results come in no particular order.

    ``tasks`` is gone through once, and no faster than results are taken. A worker that dies (a parser crashed the
    interpreter) costs nothing but the file it died on, whose result says so.
    """
    count = default_jobs() if jobs is None else jobs
    if count <= 1 or (jobs is None and total <= FEW) or total < 2:
        for task in tasks:
            yield analyst.analyse(*task)
            if progress is not None:
                progress(1)
        return
    lost: list[Sequence[Task]] = []
    for batch, done in _in_pool(analyst, _batches(tasks, total, count), count):
        if done is None:
            lost.append(batch)
            continue
        yield from done
        if progress is not None:
            progress(len(done))
    # Whatever a broken pool left undone is read again, batch by batch in a process of its own, halving the batches
    # that kill theirs: so the others' results are kept and the culprit is named.
    while lost:
        batch = lost.pop()
        [(_, done)] = _in_pool(analyst, [batch], 1)
        if done is not None:
            yield from done
        elif len(batch) == 1:
            path, site, _, size, *_ = batch[0]
            crash = Crash(path, "", "the process that read this file died: a parser crashed on it")
            yield Analysis(path, site, 0, size, b"", b"", None, crashes=[crash])
        else:
            half = len(batch) // 2
            lost += [batch[half:], batch[:half]]


def _in_pool(
    analyst: Analyst, batches: Iterable[Sequence[Task]], processes: int
) -> Iterator[tuple[Sequence[Task], list[Analysis] | None]]:
    """Each batch with its results, or with None where its worker died."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context(_start_method())
    executor = ProcessPoolExecutor(processes, mp_context=context, initializer=_initialise, initargs=(analyst,))
    gc.freeze()  # what forked workers share with us stays shared: their collector leaves it alone
    try:
        yield from _completed(executor, batches, processes * _AHEAD)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
        gc.unfreeze()


def _batches(tasks: Iterable[Task], total: int, jobs: int) -> Iterator[Sequence[Task]]:
    size = max(1, min(_BATCH, (total + jobs * 4 - 1) // (jobs * 4)))
    tasks = iter(tasks)
    while batch := list(islice(tasks, size)):
        yield batch


def _completed(
    executor: Executor, batches: Iterable[Sequence[Task]], most: int
) -> Iterator[tuple[Sequence[Task], list[Analysis] | None]]:
    """At most ``most`` batches are handed out and not yet taken back."""
    from concurrent.futures import FIRST_COMPLETED, wait
    from concurrent.futures.process import BrokenProcessPool

    batches = iter(batches)
    futures: dict[Future[list[Analysis]], Sequence[Task]] = {}
    while True:
        for batch in islice(batches, most - len(futures)):
            try:
                futures[executor.submit(_work, batch)] = batch
            except BrokenProcessPool:
                yield batch, None
        if not futures:
            return
        done, _ = wait(futures, return_when=FIRST_COMPLETED)
        for future in done:
            batch = futures.pop(future)
            try:
                yield batch, future.result()
            except BrokenProcessPool:
                yield batch, None
