"""postlint: says what the site generator will do with a post, before it does."""

__version__ = "0.1.0"

HOME = "https://github.com/postlint/postlint"
"""Where the project lives: reports link to its pages."""
