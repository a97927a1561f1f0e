"""Generators whose ordinary sites a table of settings describes: Astro, Docusaurus, Eleventy, MkDocs.

Their configuration is mostly a program. What is written there as a plain value is read; what the program may decide
beyond that is unknown, and unknown is never wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from postlint.document import Profile
from postlint.generators.base import Generator
from postlint.generators.loading import SiteOptions

__all__ = ["PRESETS", "load_preset", "make_preset"]

PRESETS = ("astro", "docusaurus", "eleventy", "mkdocs")


def make_preset(profile: Profile) -> Generator:
    """The generator of a profile with one of these names."""
    match profile.generator:
        case "astro":
            from postlint.generators.presets.astro import Astro

            return Astro(profile)
        case "docusaurus":
            from postlint.generators.presets.docusaurus import Docusaurus

            return Docusaurus(profile)
        case "eleventy":
            from postlint.generators.presets.eleventy import Eleventy

            return Eleventy(profile)
        case _:
            from postlint.generators.presets.mkdocs import MkDocs

            return MkDocs(profile)


def load_preset(name: str) -> Callable[[Path, str], SiteOptions]:
    """What reads the configuration of a site of one of these generators."""
    match name:
        case "astro":
            from postlint.generators.presets.astro import load
        case "docusaurus":
            from postlint.generators.presets.docusaurus import load
        case "eleventy":
            from postlint.generators.presets.eleventy import load
        case _:
            from postlint.generators.presets.mkdocs import load
    return load
