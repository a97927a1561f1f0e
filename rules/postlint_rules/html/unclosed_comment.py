"""A comment that does not end where it was meant to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from postlint.api import Comment, Document, DocumentRule, Finding, Ranges, Related, Span, regex
from postlint_rules.html._reading import as_read

__all__ = ["UnclosedComment"]

_NAMES = {"jekyll": "Jekyll prints", "hugo": "Hugo prints", "hexo": "Hexo prints", "zola": "Zola prints"}
_NEARLY = regex(r"--[ \t]++>|--!>|[\u2013\u2014]-?+[ \t]*+>|(?<![-<=])->")
"""What was meant to end a comment: ``-- >``, ``->``, and what an editor made of ``-->``."""
_SIMPLE = regex(r"<!--(?:(?!<!--|-->)[^\n])*+-->")
_CONDITIONAL = regex(r"<!--\[(?:if|endif)\b|<!--(?:<!)?(?:\[endif\])?-->")
_PREFIXES = " \t>*+-0123456789."
"""What quotations and lists put before a line."""
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}


class UnclosedComment(DocumentRule):
    """A comment that does not end where it was meant to."""

    def check(self, doc: Document) -> Iterator[Finding]:
        content = doc.content
        if "<!" not in content and "<?" not in content:
            return
        if "<![" not in content and "<?" not in content and content.count("<!--") == len(_SIMPLE.findall(content)):
            return  # each begins and ends in one line
        read = as_read(doc)
        found = read.comments
        for index, comment in enumerate(found):
            following = found[index + 1] if index + 1 < len(found) else None
            finding = _judge(read, comment, following)
            if finding is not None:
                yield finding


def _judge(doc: Document, comment: Comment, following: Comment | None) -> Finding | None:
    if comment.state == "open":
        return _open(doc, comment, following)
    if comment.state == "printed":
        return _printed(doc, comment, following)
    inner = doc.masked.content.find("<!--", comment.span.start + 4, comment.span.end)
    if inner < 0 or _CONDITIONAL.search(doc.content, *comment.span) is not None:
        return None
    return _with_another(doc, comment, inner, following)


def _open(doc: Document, comment: Comment, following: Comment | None) -> Finding | None:
    content, mark = doc.content, comment.mark
    span = Span(comment.span.start, comment.span.start + len(mark))
    if doc.is_markdown and not doc.profile.dialect.raw_html:
        swallowed = content[comment.span.start : comment.span.end].rstrip()
        if "\n" not in swallowed:
            return None
        last = _place(doc, comment.span.start + len(swallowed)).partition(":")[0]
        consequence = f"{doc.profile.generator.capitalize()} leaves out all up to line {last}"
    elif mark != "<!--":
        consequence = "nothing that follows is rendered, and browsers show nothing up to the next >"
    elif following is not None and following.state == "closed":
        consequence = f"browsers show nothing up to {_place(doc, following.span.end)}, where the next comment ends"
    else:
        consequence = "browsers show nothing of what follows, to the end of the page"
    related: tuple[Related, ...] = ()
    if mark == "<!--" and (near := _NEARLY.search(content, span.end, comment.span.end)) is not None:
        related = (Related(Span(*near.span()), "this does not end it"),)
    what = "comment" if mark == "<!--" else mark
    return Finding(
        span, f"this {what} is never closed", consequence, f"write {_ENDS[mark]} where it ends", None, related
    )


def _printed(doc: Document, comment: Comment, following: Comment | None) -> Finding | None:
    content, start = doc.masked.content, comment.span.start
    who = _NAMES.get(doc.profile.generator, "readers see")
    end = content.find("-->", comment.span.end, following.span.start if following is not None else len(content))
    if end >= 0 and not _code(doc).hold(end):
        return Finding(
            comment.span,
            f"this comment begins within a paragraph and ends outside it, at {_place(doc, end)}",
            f"{who} it as text, <!-- and --> included",
            "begin it in a line of its own, with a blank line before it",
            related=(Related(Span(end, end + 3), "its end"),),
        )
    if content[content.rfind("\n", 0, start) + 1 : start].strip(_PREFIXES):
        return None  # in a text about comments
    line = content.find("\n", start)
    near = _NEARLY.search(content, start + 4, line if line >= 0 else len(content))
    related = () if near is None else (Related(Span(*near.span()), "this does not end it"),)
    consequence = f"{who} it as text, <!-- included"
    return Finding(comment.span, "this comment is never closed", consequence, "write --> where it ends", None, related)


def _with_another(doc: Document, comment: Comment, inner: int, following: Comment | None) -> Finding | None:
    content, (start, end) = doc.masked.content, comment.span
    mark = Span(start, start + 4)
    related = (Related(Span(inner, inner + 4), "the comment in it"),)
    rest = content.find("-->", end, following.span.start if following is not None else len(content))
    if rest >= 0 and not _code(doc).hold(rest):
        return Finding(
            mark,
            f"this comment ends at {_place(doc, end - 3)}, with the one in it",
            f"readers see what follows, up to --> at {_place(doc, rest)}",
            "a comment cannot hold another: take the inner one's marks away",
            related=related,
        )
    if "\n" not in content[start + 4 : inner].strip(" \t"):
        return None  # whatever it hides, it was not a line of the text
    return Finding(
        mark,
        f"this comment is not closed before the next begins, at {_place(doc, inner)}",
        f"readers see nothing up to {_place(doc, end)}, where that one ends",
        "write --> where it ends",
        related=related,
    )


@lru_cache(maxsize=1)
def _code(doc: Document) -> Ranges:
    return Ranges(doc.outline.code)


def _place(doc: Document, offset: int) -> str:
    line, column = doc.text.position(offset)
    return f"{line}:{column}"
