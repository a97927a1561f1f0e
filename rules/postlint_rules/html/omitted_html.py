"""Raw HTML that Hugo leaves out of the page."""

from __future__ import annotations

import html
from collections.abc import Iterator

from postlint.api import ELEMENT_EFFECTS, Document, DocumentRule, Finding, Omission, omitted_html
from postlint_rules.html._reading import as_read

__all__ = ["OmittedHtml"]

_OFF = "raw HTML is off on this site"
_HELP = "set `markup.goldmark.renderer.unsafe` to true in the site's configuration, or use a shortcode"
_LONG = 40
_MARKDOWN = {
    "a": "[text](address)",
    "b": "**bold**",
    "br": "a backslash at the end of the line",
    "code": "`code`",
    "del": "~~struck~~",
    "em": "*slanted*",
    "hr": "---",
    "i": "*slanted*",
    "img": "![words](address)",
    "s": "~~struck~~",
    "strike": "~~struck~~",
    "strong": "**bold**",
}
_NOTHING_SHOWN = {
    "audio": "the player",
    "button": "the button",
    "canvas": "the drawing",
    "embed": "what it embeds",
    "iframe": "what it embeds",
    "img": "the image",
    "input": "the field",
    "object": "what it embeds",
    "svg": "the drawing",
    "video": "the video",
}
_COUNTED = {
    "a": "link",
    "audio": "player",
    "iframe": "frame",
    "img": "image",
    "script": "script",
    "style": "style sheet",
    "svg": "drawing",
    "video": "video",
}


class OmittedHtml(DocumentRule):
    """Raw HTML that Hugo leaves out of the page."""

    needs = "html"

    def check(self, doc: Document) -> Iterator[Finding]:
        if doc.profile.dialect.raw_html or not doc.has_html:
            return
        for omitted in omitted_html(as_read(doc)):
            yield _of_block(omitted) if omitted.block else _of_element(omitted)


def _of_block(omitted: Omission) -> Finding:
    lost = [f"the text “{_short(html.unescape(omitted.text))}”"] if omitted.text else []
    for name, word in _COUNTED.items():
        count = omitted.elements.get(name, 0)
        if count:
            lost.append(f"{count} {word}{'s' if count > 1 else ''}")
    listed = ", ".join(lost[:-1]) + (" and " if len(lost) > 1 else "") + lost[-1] if lost else "all that is in it"
    return Finding(omitted.span, f"Hugo leaves out this block of HTML: {_OFF}", f"with it goes {listed}", _HELP)


def _of_element(omitted: Omission) -> Finding:
    name = omitted.name
    markdown = _MARKDOWN.get(name, "")
    if (name == "a" and "href" not in omitted.attributes) or (omitted.empty and name not in ("br", "hr", "img")):
        markdown = ""
    instead = f"write {markdown} instead" if markdown else _HELP
    return Finding(omitted.span, f"Hugo leaves out {_short(omitted.tag)}: {_OFF}", _effect(omitted), instead)


def _effect(omitted: Omission) -> str:
    name, values = omitted.name, omitted.attributes
    if name == "br":
        return "the line does not break there"
    if name == "hr":
        return "no line is drawn there"
    if name == "a" and "href" not in values:
        target = values.get("id") or values.get("name")
        return f"links to #{target} lead nowhere" if target else "its text stays"
    if name == "a":
        return "its text stays and is no link"
    if name in ("script", "style"):
        return "what stands between its tags is shown as text"
    if name in _NOTHING_SHOWN:
        return f"the reader does not see {_NOTHING_SHOWN[name]}"
    if omitted.empty:
        return "nothing is shown there" if "class" in values or "style" in values else "it has no effect"
    effect = ELEMENT_EFFECTS.get(name)
    return f"what stands between its tags stays, {f'but is not {effect}' if effect else 'and nothing else of it'}"


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"
