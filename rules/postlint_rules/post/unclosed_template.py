"""Template blocks that are never closed, and tags that close nothing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator

from postlint.api import Document, DocumentRule, Finding, Generator, Hidden, Related, generator_for
from postlint_rules.post._tags import Mistake, liquid, liquid_is_on, nunjucks, shortcodes

_WAITING = frozenset((Hidden.UNPUBLISHED, Hidden.DRAFT))


class UnclosedTemplate(DocumentRule):
    """The first Liquid or Nunjucks tag, or shortcode, at which the generator stops for want of its other half.

    Measured with Jekyll 4.3.1 (Liquid 5.4), Hugo 0.168 and 0.111.3, and Hexo 8.1. Nothing is said of Zola.
    """

    def check(self, doc: Document) -> Iterator[Finding]:
        content = doc.content
        if "{{" not in content and "{%" not in content:
            return
        generator = generator_for(doc.profile)
        if not generator.renders(doc):
            return
        start = doc.body.start
        match doc.profile.generator:
            case "jekyll" if liquid_is_on(doc):
                mistake = liquid(content, start)
            case "hugo":
                mistake = shortcodes(content, start)
            case "hexo" if not _is_true(doc, "disableNunjucks"):
                mistake = nunjucks(content, start, _in_code(doc))
            case _:
                return
        if mistake is not None:
            yield _finding(doc, generator, mistake)


def _is_true(doc: Document, key: str) -> bool:
    entry = doc.front_matter.get(key)
    return entry is not None and entry.value is True


def _in_code(doc: Document) -> Callable[[int], bool]:
    """Whether an offset stands in code, for Hexo: in backquotes or fences, or indented by itself.

    (A tag at the start of a line is masked with blanks, which makes it look like indented code.)
    """

    def in_code(at: int) -> bool:
        content, spans = doc.content, doc.outline.code
        index = bisect_right(spans, (at, len(content))) - 1
        if index < 0 or at >= spans[index].end:
            return False
        if content[spans[index].start] in "`~":
            return True
        return content[content.rfind("\n", 0, at) + 1 : at].startswith(("    ", "\t"))

    return in_code


def _finding(doc: Document, generator: Generator, mistake: Mistake) -> Finding:
    shown = " ".join(doc.content[mistake.span.start : mistake.span.end].split())
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    related: tuple[Related, ...] = ()
    match mistake.kind:
        case "open":
            message = f"the block that `{shown}` opens is never closed"
            help_ = f"write `{_end_tag(doc, mistake.name)}` where it ends"
        case "stray" if mistake.name in ("else", "elsif", "when"):
            message = f"`{shown}` stands in no block"
            help_ = "open the block before it, or delete the tag"
        case "stray":
            message = f"`{shown}` closes a block that was never opened"
            help_ = "open the block before it, or delete the tag"
        case "crossed":
            message = f"`{shown}` stands where the block `{mistake.other_name}` is still open"
            help_ = f"close the block first: `{_end_tag(doc, mistake.other_name)}`"
            if mistake.other is not None:
                related = (Related(mistake.other, "it was opened here"),)
        case "quote":
            message = f"a quotation mark in `{shown}` is never closed"
            help_ = "close the quotation in its line"
        case "nameless":
            message = f"`{shown}` is a tag without a name"
            help_ = "name the tag, or put the text between {% raw %} and {% endraw %}"
        case _:
            message = f"`{shown}` is not closed with {mistake.name}"
            help_ = f"write {mistake.name} where it ends"
            if doc.profile.generator == "jekyll":
                help_ += ", or put the text between {% raw %} and {% endraw %} if it is no template"
    return Finding(mistake.span, message, _consequence(doc, generator), help_, related=related)


def _end_tag(doc: Document, name: str) -> str:
    return f"{{{{< /{name} >}}}}" if doc.profile.generator == "hugo" else f"{{% end{name} %}}"


def _consequence(doc: Document, generator: Generator) -> str:
    fate = generator.fate(doc)
    if fate.reason in _WAITING:
        return f"{generator.title} will stop at it once it is published: nothing at all is built then"
    return f"{generator.title} stops at it: nothing at all is built"
