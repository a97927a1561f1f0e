"""What rules about internal links ask of an address."""

from __future__ import annotations

import re

from postlint.api import LinkFact, regex

__all__ = ["HOME", "IMAGE", "is_image"]

IMAGE = regex(r"\.(?:png|jpe?g|gif|webp|svg|avif|bmp|ico)$", re.IGNORECASE)

HOME = regex(r"/(?:Users|home)/[\w.\-]+/(?:Desktop|Documents|Downloads|Library|Pictures|Dropbox|OneDrive)/")
"""A folder in somebody's home. (A site may well have ``/home/`` or ``/Users/``.)"""


def is_image(link: LinkFact) -> bool:
    """Whether a reader would see the target in its place."""
    return link.kind == "image" or IMAGE.search(link.url) is not None
