"""Jekyll (to be deepened)."""

from __future__ import annotations

from pathlib import Path

from postlint.generators.loading import SiteOptions
from postlint.generators.plain import Plain
from postlint.parse.dialect import Dialect

__all__ = ["Jekyll", "load"]


def load(folder: Path, shown: str) -> SiteOptions:
    return SiteOptions(Dialect(markdown="kramdown", templates="liquid", fences="jekyll", heading_ids="kramdown-gfm"))


class Jekyll(Plain):
    name = "jekyll"
    title = "Jekyll"
