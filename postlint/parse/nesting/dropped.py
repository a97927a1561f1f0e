"""What comes of a problem in a renderer that leaves raw HTML out."""

from __future__ import annotations

from postlint.parse.nesting.causes import Draft

__all__ = ["dropped", "dropper"]


def dropper(generator: str) -> str:
    """What to call a renderer that leaves raw HTML out."""
    return "Hugo" if generator == "hugo" else "the renderer"


def dropped(draft: Draft, generator: str) -> str:
    """For a renderer that leaves raw HTML out."""
    who = dropper(generator)
    if draft.mark.shown:
        return f"{who} shows it as text"
    if draft.mark.block:
        return f"{who} leaves this whole block out, its text too: raw HTML is off (markup.goldmark.renderer.unsafe)"
    return f"{who} leaves the tags out and keeps the text: raw HTML is off (markup.goldmark.renderer.unsafe)"
