"""Jekyll, real: its configuration, paths, dates, terms and addresses."""

from postlint.generators.jekyll.generator import Jekyll
from postlint.generators.jekyll.options import JekyllOptions, load, load_github_pages

__all__ = ["Jekyll", "JekyllOptions", "load", "load_github_pages"]
