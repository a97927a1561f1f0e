"""Front matter: where it is, what it says, and where each key and value stands."""

from postlint.parse.front_matter.model import (
    Entry,
    FenceDefect,
    Format,
    FrontMatter,
    Node,
    SyntaxProblem,
)
from postlint.parse.front_matter.reader import read_front_matter

__all__ = ["Entry", "FenceDefect", "Format", "FrontMatter", "Node", "SyntaxProblem", "read_front_matter"]
