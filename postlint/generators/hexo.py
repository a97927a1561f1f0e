"""Hexo (to be deepened)."""

from __future__ import annotations

from pathlib import Path

from postlint.generators.loading import SiteOptions
from postlint.generators.plain import Plain
from postlint.parse.dialect import Dialect

__all__ = ["Hexo", "load"]


def load(folder: Path, shown: str) -> SiteOptions:
    return SiteOptions(Dialect(markdown="marked", templates="nunjucks", fences="hexo", heading_ids="hexo"))


class Hexo(Plain):
    name = "hexo"
    title = "Hexo"
