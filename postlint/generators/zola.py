"""Zola (to be deepened)."""

from __future__ import annotations

from pathlib import Path

from postlint.generators.loading import SiteOptions
from postlint.generators.plain import Plain
from postlint.parse.dialect import Dialect

__all__ = ["Zola", "load"]


def load(folder: Path, shown: str) -> SiteOptions:
    return SiteOptions(Dialect(markdown="commonmark", templates="tera", fences="zola", heading_ids="zola"))


class Zola(Plain):
    name = "zola"
    title = "Zola"
