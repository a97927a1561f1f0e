"""Hugo (to be deepened)."""

from __future__ import annotations

from pathlib import Path

from postlint.generators.loading import SiteOptions
from postlint.generators.plain import Plain
from postlint.parse.dialect import Dialect

__all__ = ["Hugo", "load"]


def load(folder: Path, shown: str) -> SiteOptions:
    return SiteOptions(
        Dialect(markdown="goldmark", templates="hugo", fences="hugo", heading_ids="goldmark-github", raw_html=False)
    )


class Hugo(Plain):
    name = "hugo"
    title = "Hugo"
