"""Addresses written in template language, as far as they can be known without building the site.

``{{ site.baseurl }}/about/`` is ``/about/`` from the site's root, whatever the base path is; ``{% post_url … %}`` and
``{{< ref "…" >}}`` name a source file. All else that a template makes is known only at build time.

Sources: Jekyll's ``lib/jekyll/tags/link.rb``, ``tags/post_url.rb`` and ``filters/url_filters.rb``, Hugo's shortcodes
``ref``, ``relref`` and ``figure``, Hexo's ``lib/plugins/tag``, Zola's ``get_url``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from postlint.parse.dialect import TemplateLanguage
from postlint.parse.templates import Masked
from postlint.regex import regex
from postlint.text import Span

__all__ = ["Known", "SourceTag", "known_address", "source_tags"]


class SourceTag(NamedTuple):
    """A tag that names a source file or an address: ``argument`` is its place, ``address`` it with its fragment.

    ``address`` is None where the name itself holds template output. Of kind "figure", "img" and "tag" it is an address;
    of "parameter" it is None too, since somebody else makes something of it.
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
_HIGHLIGHT = regex(r"\{%-?\s*+highlight\b")
_HUGO = regex(r"\{\{[<%]\s*+(?P<name>ref|relref|figure)\s++(?P<arguments>.*?)\s*+/?[>%]\}\}", re.DOTALL)
_HUGO_ARGUMENT = regex(
    r"(?:(?P<key>[\w\-]++)\s*+=\s*+)?+(?:\"(?P<double>(?:[^\"\\\n]|\\.)*+)\"|`(?P<back>[^`]*+)`|(?P<bare>[^\s\"`=]++))\s*+"
)
_HEXO = regex(
    r"\{%-?\s*+(?P<name>post_link|post_path|asset_(?:path|link|img|image)|img|image|link|a|anchor)\s++(?P<arguments>.*?)\s*+-?%\}",
    re.DOTALL,
)
_HEXO_ARGUMENT = regex(r"(?:\"(?P<double>[^\"\n]*+)\"|'(?P<single>[^'\n]*+)'|(?P<bare>[^\s\"']++))\s*+")
_HEXO_URL = regex(r"(?:https?:)?//")
_FILE_NAME = regex(r".*\.\w{1,5}")
_ZOLA = regex(
    r"\{\{-?\s*+get_url\(\s*+path\s*+=\s*+(?P<quote>['\"`])@/(?P<path>[^'\"`{}]++)(?P=quote)[^{}()]*+\)\s*+-?\}\}"
)
_GET_URL = regex(r"\{\{-?\s*+get_url\(\s*+path\s*+=\s*+(['\"`])(?P<path>(?!@/)[^'\"`{}]++)\1[^{}()]*+\)\s*+-?\}\}")
_INCLUDE = regex(r"\{%-?\s*+include")
_CALL = regex(r"\{[{%]-?\s*+(?!get_url\b)\w++\(")
_PARAMETER = regex(
    r"\b(?:src|href|link|url|file|image|img|image_path|poster)\s*+=\s*+(?:\"(?P<double>[^\"\n{}]++)\"|'(?P<single>[^'\n{}]++)')",
    re.IGNORECASE,
)
_FRAGMENT = regex(r"#[^\s)>\"'\]]*+")


def source_tags(content: str, masked: Masked, language: TemplateLanguage) -> Iterator[SourceTag]:
    """The tags of ``content`` that name source files or addresses, in order."""
    if language == "liquid":
        for span in masked.spans:
            if not content.startswith("{%", span.start):
                continue
            if found := _LIQUID.fullmatch(content, *span):
                name = found["name"]
                address = None if "{{" in name else name + _fragment(content, span.end)
                yield SourceTag(span, Span(*found.span("name")), found["kind"], address)
            elif _HIGHLIGHT.match(content, *span) and "raw" not in content[span.start : span.end]:
                # Liquid runs what stands in it, too.
                for found in _LIQUID.finditer(content, *span):
                    yield SourceTag(Span(*found.span()), Span(*found.span("name")), found["kind"], found["name"])
            elif _INCLUDE.match(content, *span):
                yield from _parameters(content, span)
    elif language == "hugo":
        for span in masked.spans:
            written = content[span.start : span.end]
            if ("ref" in written or "figure" in written) and (found := _HUGO.fullmatch(content, *span)):
                yield from _hugo_tags(content, span, found)
            elif "=" in written:
                yield from _parameters(content, span)
    elif language == "nunjucks":
        for span in masked.spans:
            if content.startswith("{%", span.start) and (found := _HEXO.fullmatch(content, *span)):
                tag = _hexo_tag(content, span, found)
                if tag is not None:
                    yield tag
    elif language == "tera":
        for span in masked.spans:
            if found := _ZOLA.fullmatch(content, *span):
                yield SourceTag(span, Span(*found.span("path")), "zola", found["path"])
            elif _CALL.match(content, *span):
                yield from _parameters(content, span)


def _parameters(content: str, span: Span) -> Iterator[SourceTag]:
    """Addresses that are handed to an include or a shortcode of the site's own: only the build knows what of them it
    makes."""
    for found in _PARAMETER.finditer(content, *span):
        group = found.lastgroup or "double"
        yield SourceTag(span, Span(*found.span(group)), "parameter", None)


def _hugo_tags(content: str, span: Span, found: re.Match[str]) -> Iterator[SourceTag]:
    arguments: list[tuple[str, Span, str]] = []
    at, end = found.span("arguments")
    while at < end:
        argument = _HUGO_ARGUMENT.match(content, at, end)
        if argument is None:
            return
        group = next(name for name in ("double", "back", "bare") if argument[name] is not None)
        arguments.append((argument["key"] or "", Span(*argument.span(group)), argument[group]))
        at = argument.end()
    if found["name"] == "figure":
        for key, place, value in arguments:
            if key in ("src", "link"):
                yield SourceTag(span, place, "figure", value)
        return
    for key, place, value in arguments:
        if key in ("", "path"):
            yield SourceTag(span, place, "ref", value + _fragment(content, span.end))
            return


def _hexo_tag(content: str, span: Span, found: re.Match[str]) -> SourceTag | None:
    name = found["name"]
    at, end = found.span("arguments")
    while at < end:
        argument = _HEXO_ARGUMENT.match(content, at, end)
        if argument is None:
            return None
        group = next(kind for kind in ("double", "single", "bare") if argument[kind] is not None)
        place, value = Span(*argument.span(group)), argument[group]
        at = argument.end()
        if name.startswith("post_"):
            return SourceTag(span, place, name, value + (_fragment(content, span.end) if name == "post_path" else ""))
        if name.startswith("asset_"):
            # Of what is no file's name, `asset_img` makes classes.
            if name in ("asset_path", "asset_link") or _FILE_NAME.fullmatch(value):
                return SourceTag(span, place, "asset", value)
        elif _HEXO_URL.match(value) is not None or (value.startswith("/") and name in ("img", "image")):
            return SourceTag(span, place, "img" if name in ("img", "image") else "tag", value)
    return None


def _fragment(content: str, at: int) -> str:
    found = _FRAGMENT.match(content, at)
    return found.group() if found else ""


# Liquid's output ---------------------------------------------------------------------------------------------

_OUTPUT = regex(r"\{\{-?(?P<inside>(?:[^{}\"']++|\"[^\"]*+\"|'[^']*+')*+)\}\}")
_VALUE = regex(r"\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<name>[A-Za-z_][\w.\-]*+))\s*+")
_FILTER = regex(r"\|\s*+(?P<filter>\w++)\s*+")
_NEUTRAL = frozenset(
    {"escape", "escape_once", "xml_escape", "uri_escape", "strip", "lstrip", "rstrip", "strip_newlines"}
)
"""Filters that leave an address what it is."""
_BASES = frozenset({"site.baseurl", "site.github.url"})
_ROOT = "\0"
"""Stands for what comes before a path of the site: its base path, with or without its host."""
_HOST = "\2"
"""Stands for the host alone."""
_OWN = "\1"
"""Stands for the address of the page."""


def known_address(written: str, language: TemplateLanguage, variables: Mapping[str, str] | None = None) -> Known | None:
    """The address that ``written``, which holds template language, comes to; None where only the build knows.

    What is known up to its ``?`` or ``#`` alone is known up to there.

    Args:
        variables: what names such as ``site.repository`` hold.
    """
    if language == "tera":
        found = _GET_URL.fullmatch(written)
        return Known("/" + found["path"].lstrip("/"), True) if found is not None else None
    if language != "liquid":
        return None
    whole, at = "", 0
    cut = False
    for output in _OUTPUT.finditer(written):
        whole += written[at : output.start()]
        value = _output(output["inside"].strip("-"), variables or {})
        if value is None:
            cut = True
            break
        whole += value
        at = output.end()
    else:
        whole += written[at:]
    if "{%" in whole or "{{" in whole:
        return None
    if cut:
        end = min((place for place in (whole.find("?"), whole.find("#")) if place >= 0), default=-1)
        if end < 0:
            return None
        whole = whole[:end]
        if "//" in whole:
            return None  # another site's answer may hang on the rest
    return _from_parts(whole)


def _from_parts(whole: str) -> Known | None:
    rest = whole.lstrip(_ROOT + _HOST)
    before = whole[: len(whole) - len(rest)]
    whole = "/" + rest if before and rest[:1] in ("#", "?") else rest
    if _ROOT in whole or _HOST in whole:
        return None
    if whole.startswith(_OWN):
        # The address of the page: a place in it, or it as a whole.
        rest = whole[1:]
        if _OWN in rest or rest[:1] not in ("", "#", "?"):
            return None
        return Known(rest if rest.startswith("#") else "#", False)
    if _OWN in whole:
        return None
    if not before:
        return Known(whole, False) if whole else None
    if "://" in whole or whole.startswith("//"):
        return Known(whole, False)
    if whole[:1] not in ("", "/", "#", "?"):
        return None  # a host or a base path that goes on: `{{ site.baseurl }}blog`
    return Known(whole or "/", _ROOT in before)


def _output(inside: str, variables: Mapping[str, str]) -> str | None:
    """What ``{{ inside }}`` prints; None where it is not known."""
    value = _VALUE.match(inside)
    if value is None:
        return None
    text = _value(value, variables)
    at = value.end()
    while text is not None and at < len(inside):
        found = _FILTER.match(inside, at)
        if found is None:
            return None
        name, at = found["filter"], found.end()
        argument = None
        if inside.startswith(":", at):
            value = _VALUE.match(inside, at + 1)
            if value is None:
                return None
            argument, at = _value(value, variables), value.end()
            if argument is None:
                return None
        text = _filtered(text, name, argument)
    return text


def _value(found: re.Match[str], variables: Mapping[str, str]) -> str | None:
    name = found["name"]
    if name is None:
        return found["double"] if found["double"] is not None else found["single"]
    if name in _BASES:
        return _ROOT
    if name == "site.url":
        return _HOST
    if name == "page.url":
        return _OWN
    return variables.get(name)


def _filtered(text: str, name: str, argument: str | None) -> str | None:
    if argument is None:
        if name in ("relative_url", "absolute_url"):
            if "://" in text or text.startswith((_ROOT, _HOST, _OWN)):
                return text
            return f"{_ROOT}/{text.lstrip('/')}" if text else _ROOT
        return text if name in _NEUTRAL else None
    if name == "prepend":
        return argument + text
    if name == "append":
        return text + argument
    return None
