"""The sites of a project, each with its profile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from postlint.config.discovery import Site, SiteFinder
from postlint.config.errors import ConfigError
from postlint.config.settings import Settings
from postlint.document import Profile
from postlint.generators import load_site

__all__ = ["load_profiles"]


def load_profiles(root: Path, folders: Iterable[str], settings: Settings) -> tuple[dict[str, Profile], list[str]]:
    """The profile of each site by its folder ("" or ending in "/"), and what is worth saying about how it was found.

    Args:
        root: the project root. It always is a site: of no generator, if nothing says of which.
        folders: folders that hold a file by which a generator may be known.
        settings: with ``generator`` other than "auto", all sites are that generator's.

    Raises:
        ConfigError: the configuration of the site at the root cannot be read. One further down is read as if it had
            none, with a notice: sites inside a project are often samples or tests.
    """
    finder = SiteFinder(root)
    sites: dict[str, Site | None] = {"": finder.site_of(root)}
    for folder in folders:
        site = finder.site_of(root / folder) if folder else None
        if site is not None and site.root == (root / folder).absolute():
            sites[folder] = site
    profiles: dict[str, Profile] = {}
    notices: list[str] = []
    forced = settings.generator if settings.generator != "auto" else None
    speaks_for = "jekyll" if forced == "github-pages" else forced  # the same files, built elsewhere
    for folder, site in sites.items():
        generator = forced or (site.generator if site is not None else "plain")
        if forced and folder and (site is None or speaks_for not in {c.generator for c in site.candidates}):
            continue
        if site is not None and len(site.candidates) > 1 and not forced:
            names = " or ".join(f"{c.generator} ({', '.join(c.evidence)})" for c in site.candidates)
            notices.append(
                f"{folder or 'this folder'} may be a site of {names}; taken as {generator}: "
                "set `generator` in postlint.toml if that is wrong"
            )
        try:
            profiles[folder] = _load(root, folder, generator, settings)
        except ConfigError as error:
            if not folder:
                raise
            notices.append(f"{error}; its files are read as if {generator} had no configuration")
            profiles[folder] = replace(_load(root, folder, "plain", settings), site_root=folder)
    return profiles, notices


def _load(root: Path, folder: str, generator: str, settings: Settings) -> Profile:
    return load_site(
        root,
        folder,
        generator,
        zone=settings.timezone,
        schemas=settings.schemas,
        taxonomies=settings.taxonomies,
        date_format=settings.date.format or "",
        version=settings.generator_version or "",
    )
