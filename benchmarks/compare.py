"""Times postlint and another command on one site, in turn, and prints the ratios.

    python benchmarks/compare.py SITE                     # against rumdl (pip install rumdl), cold and warm
    python benchmarks/compare.py SITE --other "lychee --offline ."

Absolute times mean little on a machine that does other things; the ratio of two commands that ran side by side does not
drift. Each figure is the median of the pairs. CPU is user and system time of the command and its processes.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple


class Cost(NamedTuple):
    wall: float
    cpu: float


def cost(command: Sequence[str], folder: Path) -> Cost:
    before, began = os.times(), time.perf_counter()
    result = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if result.returncode not in (0, 1):
        sys.exit(f"{shlex.join(command)} failed with status {result.returncode}")
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(time.perf_counter() - began, cpu)


def compare(name: str, ours: Sequence[str], theirs: Sequence[str], folder: Path, runs: int) -> None:
    for command in (ours, theirs):
        cost(command, folder)  # files, bytecode and caches warm; not counted
    pairs = [(cost(ours, folder), cost(theirs, folder)) for _ in range(runs)]

    def median(pick: Callable[[tuple[Cost, Cost]], float]) -> float:
        return statistics.median(map(pick, pairs))

    print(  # noqa: T201
        f"{name:<8} postlint {median(lambda p: p[0].wall):6.2f} s ({median(lambda p: p[0].cpu):.2f} s CPU)"
        f"   other {median(lambda p: p[1].wall):6.2f} s ({median(lambda p: p[1].cpu):.2f} s CPU)"
        f"   ratio {median(lambda p: p[0].wall / p[1].wall):.2f} wall, {median(lambda p: p[0].cpu / p[1].cpu):.2f} CPU"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--other", help="a command to run in the site's folder instead of rumdl")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    postlint = [sys.executable, "-m", "postlint", "check"]
    with tempfile.TemporaryDirectory() as scratch:
        site = Path(shutil.copytree(arguments.site, Path(scratch) / "site"))
        if arguments.other:
            compare("cold", [*postlint, "--no-cache"], shlex.split(arguments.other), site, arguments.runs)
            compare("warm", postlint, shlex.split(arguments.other), site, arguments.runs)
            return
        rumdl = shutil.which("rumdl") or sys.exit("rumdl is not installed: pip install rumdl")
        compare("cold", [*postlint, "--no-cache"], [rumdl, "check", "--no-cache", "."], site, arguments.runs)
        compare("warm", postlint, [rumdl, "check", "."], site, arguments.runs)


if __name__ == "__main__":
    main()
