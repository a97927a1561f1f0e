"""Lines of one file that end in different ways."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding, LineEnds, Severity, Span, regex
from postlint_rules.post._line_ends import fix_for, swallows

_LONE = regex(r"\r(?!\n)")
_LF = regex(r"(?<!\r)\n")


class MixedLineEndings(DocumentRule):
    """More than one kind of line end, or carriage returns alone: one finding a file, at the first that is odd.

    Of CR LF beside LF no generator takes notice; git does. A CR alone ends no line in Hugo's Markdown (goldmark),
    against CommonMark's own words ("line ending", 0.31), and ends one in kramdown and marked. Measured with Jekyll
    4.3.1, Hugo 0.168 and 0.111, Hexo 8.1 and git 2.39. Where such a CR hides front matter, front-matter/bad-fence
    reports it.
    """

    severity = Severity.WARNING

    def check(self, doc: Document) -> Iterator[Finding]:
        content = doc.content
        if "\r" not in content or "\0" in content:
            return
        ends = doc.text.line_ends
        if not (ends.mixed or ends.cr):
            return
        defect = doc.front_matter.defect
        if defect is not None and defect.kind == "carriage-returns":
            return
        at = _odd(content, ends)
        fix = fix_for(doc, ends.usual)
        help_ = "" if fix is not None else "save the file anew, with line ends of one kind"
        yield Finding(Span(at, at), _message(ends), _consequence(doc, ends), help_, fix)


def _odd(content: str, ends: LineEnds) -> int:
    """The first line end that is none of the usual ones."""
    if ends.cr:
        found = _LONE.search(content)
        assert found is not None
        return found.start()
    if ends.usual == "\n":
        return content.index("\r\n")
    found = _LF.search(content)
    assert found is not None
    return found.start()


def _message(ends: LineEnds) -> str:
    if not ends.mixed:
        return "no line ends in a line feed: what parts them is a carriage return alone (CR)"
    counts = sorted(zip((ends.lf, ends.crlf, ends.cr), ("LF", "CR LF", "a CR alone"), strict=True), reverse=True)
    return "the lines end in different ways: " + ", ".join(f"{count} in {name}" for count, name in counts if count)


def _consequence(doc: Document, ends: LineEnds) -> str:
    if ends.cr and swallows(doc):
        return (
            "Hugo ends no line at a CR alone: the lines run into one, and a heading, a list or a code fence takes in "
            "what follows"
        )
    if ends.cr:
        return "git takes lines that a CR alone parts for one"
    return (
        "git takes a CR for white space at the end of a line, and where it converts line ends it changes lines that "
        "nobody edited"
    )
