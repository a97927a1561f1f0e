"""What each site generator does with a file, answered from the file and the site's own configuration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from postlint.config.redirects import redirects_of
from postlint.document import Profile
from postlint.generators.base import (
    DateOutcome,
    DateReading,
    Fate,
    Generator,
    Hidden,
    Kind,
    TermUse,
    ZoneFrom,
)
from postlint.generators.loading import Setting
from postlint.generators.presets import PRESETS, load_preset, make_preset

if TYPE_CHECKING:
    from postlint.config.schema import Schema
    from postlint.config.settings import Taxonomy
    from postlint.generators.loading import SiteOptions

__all__ = [
    "GENERATORS",
    "DateOutcome",
    "DateReading",
    "Fate",
    "Generator",
    "Hidden",
    "Kind",
    "Setting",
    "TermUse",
    "ZoneFrom",
    "generator_for",
    "load_site",
]

GENERATORS = ("jekyll", "github-pages", "hugo", "hexo", "zola", *PRESETS, "plain")
"""The names that configuration may give. GitHub Pages is Jekyll with plugins and settings of its own, so its profiles
are Jekyll's, with other options."""


_made: dict[int, tuple[Profile, Generator]] = {}


def generator_for(profile: Profile) -> Generator:
    """The generator of a profile; the same object for the same profile."""
    # By identity: every rule asks for every document, and hashing a profile with its options takes longer than most
    # answers. The profile is kept beside its generator, so that its id stays its own.
    made = _made.get(id(profile))
    if made is None:
        if len(_made) >= _MOST_KEPT:
            _made.clear()
        made = _made[id(profile)] = (profile, _make(profile))
    return made[1]


_MOST_KEPT = 256


def _make(profile: Profile) -> Generator:
    match profile.generator:
        case "jekyll":
            from postlint.generators.jekyll import Jekyll

            return Jekyll(profile)
        case "hugo":
            from postlint.generators.hugo import Hugo

            return Hugo(profile)
        case "hexo":
            from postlint.generators.hexo import Hexo

            return Hexo(profile)
        case "zola":
            from postlint.generators.zola import Zola

            return Zola(profile)
        case name if name in PRESETS:
            return make_preset(profile)
        case _:
            from postlint.generators.plain import Plain

            return Plain(profile)


def load_site(
    root: Path,
    site_root: str,
    generator: str,
    *,
    zone: str | None = None,
    schemas: tuple[Schema, ...] = (),
    taxonomies: tuple[Taxonomy, ...] = (),
    date_format: str = "",
    version: str = "",
) -> Profile:
    """The profile of one site, from its own configuration file.

    Args:
        root: the project root.
        site_root: the site's folder relative to it, "" or ending in "/".
        generator: one of :data:`GENERATORS`.
        zone: the zone that our configuration declares; it wins over the site's.
        schemas, taxonomies, date_format: handed through to the profile.
        version: the generator's version, where it is known.

    Raises:
        ConfigError: the site's configuration cannot be read as the generator reads it; with file and line.
    """
    load: Callable[[Path, str], SiteOptions]
    match generator:
        case "jekyll":
            from postlint.generators.jekyll import load
        case "github-pages":
            from postlint.generators.jekyll import load_github_pages as load

            generator = "jekyll"
        case "hugo":
            from postlint.generators.hugo import load
        case "hexo":
            from postlint.generators.hexo import load
        case "zola":
            from postlint.generators.zola import load
        case name if name in PRESETS:
            load = load_preset(name)
        case _:
            from postlint.generators.plain import load
    site = load(root / site_root if site_root else root, site_root)
    return Profile(
        generator=generator if generator in GENERATORS else "plain",
        dialect=site.dialect,
        site_root=site_root,
        zone=zone if zone is not None else site.zone,
        version=version,
        options=site.options,
        schemas=schemas,
        taxonomies=taxonomies,
        date_format=date_format,
        redirects=redirects_of(root, site_root),
    )
