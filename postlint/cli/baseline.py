"""``postlint baseline``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from postlint.cli import options as opt
from postlint.cli.session import fail, instant, opened, run_project
from postlint.engine.project import Wishes, open_project
from postlint.engine.run import Request

if TYPE_CHECKING:
    from postlint.engine.baseline import Key


def baseline(
    paths: opt.Paths = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Only lower numbers, and take out what is gone; take nothing in.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; status 1 if there was something to write.")
    ] = False,
    baseline: opt.Baseline = None,
    generator: opt.Generator = None,
    config: opt.Config = None,
    isolated: opt.Isolated = False,
    jobs: opt.Jobs = None,
    no_cache: opt.NoCache = False,
    now: opt.Now = None,
    quiet: opt.Quiet = 0,
) -> None:
    """Write down what is found now as known, so that `check` reports only what is found beyond that.

    The file says how many findings of which rule each post has. With paths, only their entries change.

    Status: 0 · 1 with --check, if the file is not up to date · 2 the run itself failed.
    """
    from postlint.config.settings import DEFAULT_BASELINE
    from postlint.engine.baseline import Baseline
    from postlint.engine.known import pruned, updated
    from postlint.fix.baseline import write_baseline
    from postlint.fix.write import ChangedMeanwhileError

    with opened():
        project = open_project(list(paths or ()), Wishes(config, isolated, generator), cache=not no_cache)
        settings = project.settings
        file = baseline.absolute() if baseline is not None else settings.baseline_in_use()
        file = file or settings.root / DEFAULT_BASELINE
        if prune or file.exists():
            known = Baseline.read(file, merging=True)
        else:
            known = Baseline(file)
        request = Request(project.paths, project.explicit, cache=not no_cache, jobs=jobs, now=instant(now))
        run, outcome = run_project(project, request, quiet=quiet > 0)
    failures = [f"{path}: {message}" for path, message in outcome.problems]
    failures += [f"{crash.path}: {crash.rule}: {crash.error}" for crash in outcome.crashes]
    if failures:
        fail("\n".join(["the run is not complete, so no baseline is written", *(f"  {words}" for words in failures)]))
    counts = pruned(run, known) if prune else updated(run, known)
    shown = _from_here(file)
    if known.text is None and not counts:
        if quiet == 0:
            typer.echo("there are no findings, so no baseline is needed")
        return
    stale = known.rewritten(counts) != (known.text.encode() if known.text is not None else b"")
    if check:
        if stale and quiet == 0:
            typer.echo(f"{shown} is not up to date: {_difference(known.counts, counts)}")
            typer.echo(f"`postlint baseline{' --prune' * prune}` writes it")
        raise typer.Exit(1 if stale else 0)
    try:
        write_baseline(known, counts)
    except ChangedMeanwhileError:
        fail(f"{shown} was changed by somebody else meanwhile; nothing was written")
    except OSError as error:
        fail(f"{shown} cannot be written: {error.strerror or error}")
    if quiet:
        return
    typer.echo(f"{shown}: {_known(counts)}" + (f" ({_difference(known.counts, counts)})" if known.text else ""))
    if known.text is None:
        typer.echo("commit it; `postlint check` reports what is found beyond that")
    elif not counts:
        typer.echo("all known findings are mended: the file may be deleted")


def _from_here(file: Path) -> str:
    here = Path.cwd()
    return file.relative_to(here).as_posix() if here in file.parents else str(file)


def _known(counts: Mapping[Key, int]) -> str:
    findings, files = sum(counts.values()), len({path for path, _ in counts})
    return f"{findings:,} known finding{'s' * (findings != 1)} in {files:,} file{'s' * (files != 1)}"


def _difference(before: Mapping[Key, int], after: Mapping[Key, int]) -> str:
    old, new = Counter(dict(before)), Counter(dict(after))
    more, fewer = (new - old).total(), (old - new).total()
    parts = [f"{more:,} more"] * bool(more) + [f"{fewer:,} fewer"] * bool(fewer)
    return ", ".join(parts) or "as before"
