"""Addresses written in template language, as far as they can be known without building the site.

``{{ site.baseurl }}/about/`` is ``/about/`` from the site's root, whatever the base path is; ``{% post_url … %}`` and
``{{< ref "…" >}}`` name a source file. All else that a template makes is known only at build time.

Sources: Jekyll's ``lib/jekyll/tags/link.rb``, ``tags/post_url.rb`` and ``filters/url_filters.rb``, Hugo's shortcodes
``ref`` and ``relref``, Hexo's ``lib/plugins/tag/post_link.ts``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from postlint.parse.dialect import TemplateLanguage
from postlint.parse.templates import Masked
from postlint.regex import regex
from postlint.text import Span

__all__ = ["Known", "SourceTag", "known_address", "source_tags"]


class SourceTag(NamedTuple):
    """A tag that names a source file: ``argument`` is the name's place, ``address`` the name with its fragment.

    ``address`` is None where the name itself holds template output.
    """

    span: Span
    argument: Span
    kind: str
    address: str | None


class Known(NamedTuple):
    """An address from the site's root (``rooted``), or one that stands as it is."""

    address: str
    rooted: bool


_LIQUID = regex(r"\{%-?\s*+(?P<kind>link|post_url)\s++(?P<name>(?:[^%\s]|%(?!\})|[ \t]++(?!-?%\}))++)\s*+-?%\}")
_HUGO = regex(
    r"\{\{[<%]\s*+(?:rel)?ref\s++(?:path\s*+=\s*+)?(?:\"(?P<double>[^\"\n]*+)\"|`(?P<back>[^`\n]*+)`|(?P<name>[^\s\"`>]++))"
    r"\s*+[>%]\}\}"
)
_HEXO = regex(r"\{%-?\s*+post_link\s++(?:\"(?P<double>[^\"\n]*+)\"|'(?P<single>[^'\n]*+)'|(?P<name>[^\s\"'%]++))")
_FRAGMENT = regex(r"#[^\s)>\"'\]]*+")

_SITE_PREFIX = regex(r"(?:\{\{-?\s*+site\.(?:url|baseurl)\s*+-?\}\})++")
_URL_FILTER = regex(
    r"\{\{-?\s*+(?P<quote>['\"])(?P<path>[^'\"{}]*+)(?P=quote)"
    r"(?:\s*+\|\s*+(?:relative_url|absolute_url|prepend:\s*+site\.(?:base)?url))++\s*+-?\}\}"
)


def source_tags(content: str, masked: Masked, language: TemplateLanguage) -> Iterator[SourceTag]:
    """The tags of ``content`` that name source files, in order."""
    if language == "liquid":
        for span in masked.spans:
            if content.startswith("{%", span.start) and (found := _LIQUID.fullmatch(content, *span)):
                name = found["name"]
                address = None if "{{" in name else name + _fragment(content, span.end)
                yield SourceTag(span, Span(*found.span("name")), found["kind"], address)
    elif language == "hugo":
        for span in masked.spans:
            if "ref" in content[span.start : span.end] and (found := _HUGO.fullmatch(content, *span)):
                group = found.lastgroup or "name"
                address = found[group] + _fragment(content, span.end)
                yield SourceTag(span, Span(*found.span(group)), "ref", address)
    elif language == "nunjucks":
        for span in masked.spans:
            if content.startswith("{%", span.start) and (found := _HEXO.match(content, *span)):
                group = found.lastgroup or "name"
                yield SourceTag(span, Span(*found.span(group)), "post_link", found[group])


def _fragment(content: str, at: int) -> str:
    found = _FRAGMENT.match(content, at)
    return found.group() if found else ""


def known_address(written: str, language: TemplateLanguage) -> Known | None:
    """The address that ``written``, which holds template language, comes to; None where only the build knows."""
    if language != "liquid":
        return None
    if (prefix := _SITE_PREFIX.match(written)) is not None:
        rest = written[prefix.end() :]
        if "{{" in rest or "{%" in rest or rest[:1] not in ("", "/", "#", "?"):
            return None
        return Known(rest or "/", True)
    if (filtered := _URL_FILTER.match(written)) is not None:
        rest = written[filtered.end() :]
        if "{{" in rest or "{%" in rest:
            return None
        path = filtered["path"] + rest
        if "://" in path or path.startswith("//"):
            return Known(path, False)
        return Known("/" + path.lstrip("/"), True)
    return None
