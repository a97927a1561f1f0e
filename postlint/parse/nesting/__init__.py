"""How the HTML elements of a document nest, and what is wrong with that: each problem once.

Three steps: the markup stream as the document's own renderer sees it (``marks``, ``branches``), matched as browsers
match tags (``match``), then sorted by what the writer did wrong (``causes``) and put into words (``words``,
``dropped``, ``in_kramdown``, ``in_browser``, ``fixes``). ``reading`` takes them one after the other; it is imported
only when a document is asked, since most runs, where nothing changed, ask none.
"""

from postlint.parse.nesting.model import Element, Nesting, Problem, ProblemKind

__all__ = ["Element", "Nesting", "Problem", "ProblemKind"]
