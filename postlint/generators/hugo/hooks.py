"""Render hooks: templates of a site or its theme that Hugo asks what to make of each Markdown link, image and heading.

Templates are not run. What one says of addresses is told from the words that stand in it, and where they leave several
answers, the one that calls no link dead.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from postlint.generators.base import Hook
from postlint.generators.loading import mapping, string, strings
from postlint.regex import regex

__all__ = ["Hooks", "read_hooks"]

_FOLDER = "_markup"
_DEPTH = 3
"""How deep below ``layouts`` the folders of hooks lie: ``_markup``, ``_default/_markup``, ``section/kind/_markup``."""
_LOOKS_UP = regex(r"GetPage|\b(?:rel)?ref\b|\.Resources\b|resources\.|RelPermalink", re.IGNORECASE)
_CHANGES = regex(
    r"\b(?:partial|partialCached|template|replace\w*|trim\w*|relLangURL|absLangURL|printf|delimit|slicestr|substr|path\.\w+"
    r"|strings\.(?:Replace|Trim|TrimPrefix|TrimSuffix|Substr)\w*|site|hugo|index|first|last|dict)\b",
    re.IGNORECASE,
)
_COMPARED = regex(r"""\beq\s+[^\s"`(){}]+\s+["`]([^"`\s]*)["`]""")
"""A word that an address is compared with stands for something of the site's own: ``[tea](g)`` leads to a glossary."""
_HEADING_ID = regex(r"\.Anchor\b")


class Hooks(NamedTuple):
    """What a site's hooks make of Markdown.

    Attributes:
        link, image: of the addresses of links and images.
        words: addresses that the hook for links has something of its own for.
        knows_ids: headings have the ids that Hugo gives them.
    """

    link: Hook = ""
    image: Hook = ""
    words: tuple[str, ...] = ()
    knows_ids: bool = True


def read_hooks(folder: Path, config: Mapping[str, Any], *, languages: int) -> Hooks:
    """The hooks of the site in ``folder``.

    Hugo brings hooks of its own, which sites of several languages get unless they have others (measured with 0.168).
    A theme that is not there (a submodule that was not fetched, a module) may have any that find pages.

    Args:
        config: the site's configuration, keys in lower case.
        languages: how many it has.
    """
    themes = [folder / string(config, "themesdir", "themes") / name for name in strings(config.get("theme"))]
    texts: dict[str, str] = {}
    for layouts in (folder / string(config, "layoutdir", "layouts"), *(theme / "layouts" for theme in themes)):
        for name, text in _texts(layouts):
            texts.setdefault(name, text)
    missing = bool(mapping(config, "module").get("imports")) or any(not theme.is_dir() for theme in themes)
    own = mapping(mapping(mapping(config, "markup"), "goldmark"), "renderhooks")
    found: dict[str, Hook] = {}
    for name in ("link", "image"):
        template = texts.get(f"render-{name}")
        use = string(mapping(own, name), "useembedded", "auto")
        if mapping(own, name).get("enabledefault") is True:
            use = "fallback"
        if use == "always":
            found[name] = "pages"
        elif template is not None:
            found[name] = _said(template)
        else:
            embedded = use == "fallback" or (use == "auto" and languages > 1)
            found[name] = "pages" if embedded or missing else ""
    heading = texts.get("render-heading")
    words = tuple(dict.fromkeys(_COMPARED.findall(texts.get("render-link", ""))))
    return Hooks(found["link"], found["image"], words, heading is None or _HEADING_ID.search(heading) is not None)


def _said(text: str) -> Hook:
    if _LOOKS_UP.search(text):
        return "pages"
    return "unknown" if _CHANGES.search(text) else ""


def _texts(layouts: Path) -> Iterator[tuple[str, str]]:
    """Each kind of hook below a folder of templates, ``render-link`` and so on, with the text of all its files."""
    found: dict[str, list[str]] = {}
    for folder in _hook_folders(layouts, _DEPTH):
        for name in sorted(os.listdir(folder)):
            kind = name.partition(".")[0]
            if kind in ("render-link", "render-image", "render-heading") and name.endswith(".html"):
                path = Path(folder, name)
                try:
                    found.setdefault(kind, []).append(path.read_text(encoding="utf-8", errors="replace"))
                except OSError:
                    continue
    for kind, texts in found.items():
        yield kind, "\n".join(texts)


def _hook_folders(folder: Path | str, depth: int) -> Iterator[str]:
    try:
        entries = [entry for entry in os.scandir(folder) if entry.is_dir()]
    except OSError:
        return
    for entry in entries:
        if entry.name == _FOLDER:
            yield entry.path
        elif depth > 1:
            yield from _hook_folders(entry.path, depth - 1)
