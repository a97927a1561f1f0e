"""Having other sites asked: what the commands share that do so."""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from postlint.cli.session import Bar, must_match
from postlint.config.external import ExternalSettings
from postlint.engine.external import ExternalLinks, Wanted
from postlint.engine.project import Project, UsageError
from postlint.engine.request import Request
from postlint.engine.run import CACHE_FOLDER, Run

if TYPE_CHECKING:
    from postlint.engine.changes import Changes
    from postlint.net.check import Answers

__all__ = ["ask", "asked", "find_links", "in_changes"]


def in_changes(since: Changes | None) -> Wanted | None:
    """Leaves out the links in lines that did not change."""
    if since is None:
        return None
    return lambda link: since.touches(link.path, link.place.start.line, link.place.end.line)


def find_links(project: Project, request: Request, wanted: Wanted | None = None, *, quiet: bool) -> ExternalLinks:
    """The links to other sites in the files that were asked for.

    Raises:
        UsageError: a path holds nothing to read.
        ConfigError: a site's own configuration cannot be read.
    """
    bar = _bar("reading posts", quiet)
    try:
        run = Run(project.settings, project.selection, replace(request, progress=bar))
        links = run.external_links(wanted)
    finally:
        if bar is not None:
            bar.close()
    must_match(project, request, links.checked)
    return links


def ask(
    project: Project,
    request: Request,
    links: ExternalLinks,
    settings: ExternalSettings | None = None,
    *,
    refresh: bool = False,
    quiet: bool,
) -> Answers:
    """Ask for all of ``links`` of which nothing is known yet.

    Args:
        settings: in place of the project's.
        refresh: ask again for what was not fine.

    Raises:
        UsageError: what it takes is not installed.
    """
    must_be_installed()
    from postlint.net.check import check

    bar = _bar("asking other sites", quiet)
    try:
        return check(
            links.addresses(),
            settings or project.settings.external,
            now=request.now.timestamp(),
            folder=project.settings.root / CACHE_FOLDER if request.cache else None,
            refresh=refresh,
            progress=bar,
        )
    finally:
        if bar is not None:
            bar.close()


def asked(
    project: Project, request: Request, wanted: Wanted | None = None, *, quiet: bool
) -> tuple[Request, list[str]]:
    """The request with what other sites answered, and what to tell of it.

    Raises:
        UsageError: a path holds nothing to read, or what it takes is not installed.
        ConfigError: a site's own configuration cannot be read.
    """
    must_be_installed()
    links = find_links(project, request, wanted, quiet=quiet)
    answers = ask(project, request, links, quiet=quiet)
    from postlint.report.links import LinkReport, sentence

    report = LinkReport.of(links.uses, answers.verdicts)
    notices = [*links.notices, *answers.notices]
    if report.rows:
        notices.append(f"links to other sites: {sentence(report)}; `postlint links` lists them")
    return replace(request, verdicts=answers.verdicts), notices


def must_be_installed() -> None:
    """
    Raises:
        UsageError: what asks other sites is not installed.
    """
    missing = [name for name in ("aiohttp", "protego") if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"to ask other sites takes {' and '.join(missing)}, which is not here: pip install 'postlint[online]'"
        )


def _bar(label: str, quiet: bool) -> Bar | None:
    return Bar(label) if not quiet and sys.stderr.isatty() else None
