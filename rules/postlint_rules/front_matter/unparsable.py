"""Front matter that does not load."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding, Fix, Format, Safety, Span, SyntaxProblem, regex
from postlint_rules.front_matter import _effects as effects
from postlint_rules.front_matter._unparsable_words import words

_TITLES = {
    "tab": "indent with blanks",
    "inner-quote": "escape the quotes inside",
    "text-after-quote": "put the whole value in quotes",
    "quote-before-key": "remove the quote before the key",
    "unclosed-quote": "close the quote",
    "missing-opening-quote": "add the opening quote",
    "colon-in-value": "put the value in quotes",
    "reserved-start": "put the value in quotes",
    "text-after-bracket": "put the whole value in quotes",
    "no-space-after-colon": "add a blank after the colon",
    "no-space-after-dash": "add a blank after the dash",
    "wide-colon": "write an ordinary colon",
    "unclosed-bracket": "close the bracket",
}
_UNSAFE = frozenset({"unclosed-bracket", "wide-colon"})
"""There the writer may have meant something else."""

_TOO_MUCH = frozenset({"too-large", "too-deep", "alias-bomb"})

_NO_CONTENT = regex(r"(?:readme|changelog|contributing|licen[cs]e|code_of_conduct)\b", re.IGNORECASE)
"""Files that Hexo's source folder does not hold, or does not for readers."""


class Unparsable(DocumentRule):
    """YAML, TOML or JSON that its parser refuses, each cause in its line."""

    def check(self, doc: Document) -> Iterator[Finding]:
        front_matter = doc.front_matter
        error = front_matter.error
        if error is None or effects.is_template(doc):
            return
        if error.hint == "text-above" and _NO_CONTENT.match(doc.name):
            return
        root = front_matter.root
        if root is not None and root.kind != "mapping":
            return  # front-matter/not-a-mapping says so
        # Where it is we who do not read it, nothing is known of what the generator does.
        consequence = "" if error.hint in _TOO_MUCH else effects.unread(doc)
        if error.hint == "ended-early":
            consequence = "Jekyll heeds the keys above and ignores this line and all below it, without a word"
        if front_matter.defect is not None:
            consequence = "the fence above is wrong as well: with that mended, the keys still would not load"
        yield _finding(doc, error, consequence)
        for problem in front_matter.further:
            yield _finding(doc, problem, "")


def _finding(doc: Document, problem: SyntaxProblem, consequence: str) -> Finding:
    message, help_ = words(doc, problem)
    fix = None
    if problem.repair:
        safety = Safety.UNSAFE if problem.hint in _UNSAFE else Safety.SAFE
        fix = Fix(_TITLES.get(problem.hint, "mend it"), problem.repair, safety)
    return Finding(_span(doc, problem), message, consequence, "" if fix else help_, fix)


def _span(doc: Document, problem: SyntaxProblem) -> Span:
    """From the place of the cause to the end of what it is about, in one line."""
    content = doc.content
    start = problem.offset
    stop = content.find("\n", start)
    line_end = len(content[: stop if stop >= 0 else len(content)].rstrip("\r"))
    if problem.related is not None and problem.related.end > start:
        return Span(start, max(start, min(problem.related.end, line_end)))
    if doc.front_matter.format is Format.YAML and problem.hint in ("conflict-marker", "ended-early"):
        return Span(start, line_end)
    return Span(start, min(start + 1, max(line_end, start)))
