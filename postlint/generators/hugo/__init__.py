"""Hugo: dates by its layouts, sections, bundles, slugs, taxonomies."""

from postlint.generators.hugo.generator import Hugo
from postlint.generators.hugo.options import HugoOptions, Mount, load

__all__ = ["Hugo", "HugoOptions", "Mount", "load"]
