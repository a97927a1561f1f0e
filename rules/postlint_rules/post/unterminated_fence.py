"""Code fences that are never closed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding, Related, Span, generator_for, regex

_OPENING = regex(r"(?P<fence>`{3,}(?=[^`]*\Z)|~{3,})(?P<info>.*)", re.S)
_INSIDE = regex(r"^[ \t>]*+(?P<fence>`{3,}+|~{3,}+)(?P<rest>[^\r\n]*)", re.M)
_HEADING = regex(r"^[ \t]*\r?\n#{2,6}[ \t]+\S", re.M)
_LINK = regex(r"!?\[[^\]\n]*\]\([^)\s]+\)")
_NO_PROSE = frozenset(
    [
        "md",
        "markdown",
        "text",
        "txt",
        "plain",
        "sh",
        "bash",
        "shell",
        "console",
        "yaml",
        "yml",
        "toml",
        "python",
        "py",
        "ruby",
        "rb",
        "r",
        "make",
        "makefile",
    ]
)
"""Languages in which lines that begin with ``#`` are no headings, or are meant to be seen as they are."""
_PARAGRAPH = regex(r"^[ \t]*\n(?=[A-Z][^\n{};=<>|]{60,}[.:!?]\s*$|[^\n{};=<>|]{20,}[。！？：]\s*$)", re.M)
_ELEMENT = regex(r"^(?:<p>|<h[1-6]|<(?:ul|ol|blockquote)>)", re.M)
_MARKUP = frozenset(["html", "xml", "vue", "svelte", "jsx", "tsx", "php", "erb", "ejs", "jinja", "liquid"])


class UnterminatedFence(DocumentRule):
    """A fence that opens code and is never closed.

    To CommonMark all that follows is code; to kramdown nothing is, and the fence is printed (measured with Hugo 0.168,
    Hexo 8.1 and kramdown 2.4.0). Where only code follows, CommonMark's reading is what was meant, and nothing is said.
    """

    def check(self, doc: Document) -> Iterator[Finding]:
        content = doc.content
        if ("```" not in content and "~~~" not in content) or not doc.is_markdown:
            return
        kramdown = doc.profile.dialect.markdown == "kramdown"
        if kramdown and not doc.profile.dialect.kramdown.gfm:
            return
        outline = doc.outline
        if not outline.code_ranges:
            return
        # What is never closed reaches to the end, and nothing comes behind it.
        code = outline.span(outline.code_ranges[-1])
        if content[code.end :].strip() or doc.masked.overlaps(Span(code.start, code.start + 1)):
            return
        first_end = _line_end(content, code.start)
        opening = _OPENING.fullmatch(content, code.start, first_end)
        if opening is None:
            return
        fence = opening["fence"]
        inside = content[first_end : code.end]
        lines = list(_INSIDE.finditer(inside))
        if any(_closes(line, fence) for line in lines):
            return
        span = Span(code.start, len(content[code.start : first_end].rstrip()) + code.start)
        generator = generator_for(doc.profile)
        if not generator.renders(doc):
            return
        near = [line for line in lines if not line["rest"].strip() and line.end() - line.start() > 2]
        related = tuple(
            Related(Span(first_end + line.start("fence"), first_end + line.end()), _why_not(line["fence"], fence))
            for line in near[:1]
        )
        if kramdown:
            if any(line["fence"][0] == fence[0] and not line["rest"].strip() for line in lines):
                return  # kramdown takes a shorter one for the end
            if doc.has_html and _ends_another(content, doc.body.start, code.start):
                return
            yield _finding(doc, span, fence, "kramdown takes it for no code: the fence is printed", related)
        elif near or _is_prose(inside, opening["info"]):
            last = doc.text.position(len(content[: code.end].rstrip())).line
            what = f"the rest of the page, to line {last}, is shown as code"
            yield _finding(doc, span, fence, what, related)


def _finding(doc: Document, span: Span, fence: str, consequence: str, related: tuple[Related, ...]) -> Finding:
    shown = doc.content[span.start : span.end]
    shown = shown if len(shown) <= 30 else shown[:29] + "…"
    return Finding(
        span,
        f"the code block that {shown} opens is never closed",
        consequence,
        f"write {fence} in a line of its own where the code ends",
        related=related,
    )


def _line_end(content: str, at: int) -> int:
    end = content.find("\n", at)
    return len(content) if end < 0 else end


def _closes(line: re.Match[str], fence: str) -> bool:
    return line["fence"][0] == fence[0] and len(line["fence"]) >= len(fence) and not line["rest"].strip()


def _ends_another(content: str, start: int, at: int) -> bool:
    """Whether the fence at ``at`` ends one that stands right below HTML, which to CommonMark is HTML still."""
    opened = ""
    for line in _INSIDE.finditer(content, start):
        if opened and _closes(line, opened):
            if line.start("fence") == at:
                return True
            opened = ""
        elif not opened:
            opened = line["fence"]
    return False


def _why_not(found: str, fence: str) -> str:
    if found[0] != fence[0]:
        return "this does not close it: it is of another kind"
    return f"this does not close it: it has {len(found)} characters, and {len(fence)} opened the block"


def _is_prose(text: str, info: str) -> bool:
    """Whether what was swallowed looks like the rest of a post."""
    language = info.strip().split(" ")[0].lower().strip("{}.") if info.strip() else ""
    if language in _NO_PROSE:
        return len(_PARAGRAPH.findall(text)) + len(_LINK.findall(text)) > 1
    if language not in _MARKUP and _ELEMENT.search(text):
        return True
    return bool(_HEADING.search(text) or _LINK.search(text) or _PARAGRAPH.search(text))
