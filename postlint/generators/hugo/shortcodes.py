"""What a site's own shortcodes may add to the ids of a page.

Their templates are looked through, not run: one that writes no ``id``, and takes in nothing that might, makes none.
What stands between its two tags is text of the page and is read there. Measured with Hugo 0.168: HTML headings in a
template have no id but a written one, and only a call with ``{{%`` makes Markdown of what the template writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from postlint.parse.shortcodes import KEEPS_HTML
from postlint.regex import regex

__all__ = ["Shortcodes", "read_shortcodes"]

_MAX_BYTES = 200_000
_FOLDERS = ("shortcodes", "_shortcodes")
_PARTIALS = ("partials", "_partials")
_COMMENT = regex(r"\{\{-?\s*+/\*.*?\*/\s*+-?\}\}|<!--.*?-->", re.DOTALL)
_ID = regex(r"(?:(?<![\w?&;\-])id|<a\s[^<>]*?\bname)\s*+=\s*+[\"']?+(?P<value>[^\"'{}\s>]*+)", re.IGNORECASE)
_PARTIAL = regex(r"\bpartial(?:s\.Include|Cached)?\s++(?:\"(?P<name>[^\"]++)\"|`(?P<other>[^`]++)`)?+")
_TAKES_IN = regex(
    r"\{\{-?\s*+(?:template|block)\b|\b(?:readFile|os\.ReadFile|RenderString|RenderShortcodes|GetRemote|safeHTML|htmlUnescape|unmarshal)\b"
    r"|\.(?:Content|RawContent|Plain|Summary|Render|TableOfContents|Fragments|Description)\b"
)
_HEADING = regex(r"#|^[ \t]*+(?:=|-)++[ \t]*+$", re.MULTILINE)
_AS_IT_IS = regex(r"\{\{-?\s*+(?:\$?\.Inner(?:\s*+\|\s*+safeHTML)?+|safeHTML\s++\.Inner)\s*+-?\}\}")
_DEPTH = 5


class Shortcodes(NamedTuple):
    """The site's own, by name.

    Attributes:
        known: each name with marks: ``<`` where ``{{< >}}`` adds no ids to the page but those of ``ids``, ``%`` where
            ``{{% %}}`` does not either, ``h`` where what stands between its tags is put out as it is.
        ids: how ids begin that they make in whole or in part of what is known only when the page is built.
    """

    known: tuple[tuple[str, str], ...] = ()
    ids: tuple[str, ...] = ()


def read_shortcodes(folder: Path, themes_folder: str, themes: Sequence[str]) -> Shortcodes:
    """The shortcodes of the site in ``folder``: its own, and those of its themes that it does not replace."""
    layouts = [folder / "layouts", *(folder / themes_folder / theme / "layouts" for theme in themes)]
    found: dict[str, str] = {}
    ids: set[str] = set()
    for name, file in _files(layouts, _FOLDERS):
        if name not in found:
            made, takes_in, text = _ids(file, layouts, _DEPTH)
            ids.update(made)
            marks = "" if takes_in or "" in made else "<" if _HEADING.search(text) else "<%"
            found[name] = marks + KEEPS_HTML * (_AS_IT_IS.search(text) is not None)
    return Shortcodes(tuple(sorted(found.items())), tuple(sorted(ids - {""})))


def _files(layouts: Iterable[Path], folders: Iterable[str]) -> Iterator[tuple[str, Path]]:
    for layout in layouts:
        for name in folders:
            base = layout / name
            if base.is_dir():
                for file in sorted(base.rglob("*.html")):
                    yield file.relative_to(base).as_posix().removesuffix(".html").lower(), file


def _ids(file: Path, layouts: Sequence[Path], depth: int) -> tuple[set[str], bool, str]:
    """The beginnings of the ids that a template writes, whether it takes in what is not known, and its text."""
    try:
        data = file.read_bytes()[: _MAX_BYTES + 1]
    except OSError:
        return set(), True, ""
    text = _COMMENT.sub("", data.decode("utf-8", "replace"))
    made = {found["value"] for found in _ID.finditer(text)}
    if len(data) > _MAX_BYTES or not depth or _TAKES_IN.search(_AS_IT_IS.sub("", text)):
        return made, True, text
    for call in _PARTIAL.finditer(text):
        partial = _partial(call["name"] or call["other"] or "", layouts)
        if partial is None:
            return made, True, text
        inner, takes_in, more = _ids(partial, layouts, depth - 1)
        made |= inner
        text += more
        if takes_in:
            return made, True, text
    return made, False, text


def _partial(name: str, layouts: Iterable[Path]) -> Path | None:
    name = name if name.endswith((".html", ".htm")) else f"{name}.html"
    if ".." in name.split("/"):
        return None
    names = [layout / folder / name for layout in layouts for folder in _PARTIALS] if name != ".html" else []
    return next((path for path in names if path.is_file()), None)
