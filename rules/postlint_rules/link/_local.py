"""Places on the author's own disk that look like addresses on the site."""

from __future__ import annotations

import re

__all__ = ["HOME"]

HOME = re.compile(r"/(?:Users|home)/[\w.\-]+/(?:Desktop|Documents|Downloads|Library|Pictures|Dropbox|OneDrive)/")
"""A folder in somebody's home. (A site may well have ``/home/`` or ``/Users/``.)"""
