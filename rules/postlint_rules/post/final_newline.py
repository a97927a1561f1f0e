"""Files that do not end with one line end."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Edit, Finding, Fix, Severity, Span, regex
from postlint_rules.post._white_space import Verbatim

_LINE_END = regex(r"\r\n?|\n")
_BLANKS = " \t\r\n"


class FinalNewline(DocumentRule):
    """The last line does not end, or blank lines follow it."""

    severity = Severity.INFO
    on = False

    def check(self, doc: Document) -> Iterator[Finding]:
        content = doc.content
        end = len(content.rstrip(_BLANKS))
        tail = content[end:]
        if not end or "\0" in content:
            return
        first = _LINE_END.search(tail)
        if first is None:
            at = len(content)
            edit = Edit(Span(at, at), doc.text.line_ends.usual)
            yield Finding(Span(at, at), "the last line does not end", fix=_fix(doc, "end the last line", edit))
        elif first.end() < len(tail):
            after = end + first.end()
            what = "a blank line follows" if len(_LINE_END.findall(tail)) == 2 else "blank lines follow"
            what = what if tail[-1:] in "\r\n" else "blanks follow"
            fix = _fix(doc, "remove what follows it", Edit(Span(after, len(content)), ""))
            yield Finding(Span(after, len(content)), f"{what} the last line", fix=fix)


def _fix(doc: Document, title: str, edit: Edit) -> Fix | None:
    """None where the file ends in code or in a tag, of which blank lines are a part."""
    if doc.text.undecodable:
        return None
    at, end = edit.span
    if at < end:
        verbatim = Verbatim(doc)
        if verbatim.holds(at) or verbatim.is_unknown(at):
            return None
    return Fix(title, (edit,))
