"""What a path below Hugo's content folder is, and the address it gives."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote

from postlint.generators.hugo.options import HugoOptions
from postlint.regex import regex

__all__ = ["ContentPath", "content_path", "sanitized"]

_ESCAPE = regex("%[0-9A-Fa-f]{2}")
_KEPT = frozenset("./\\_#+~-@")


class ContentPath(NamedTuple):
    """The parts of a content file's path.

    Attributes:
        folder: below the content folder, "" or ending in "/"; without a bundle's own folder.
        name: the file's name without suffix and language; of a bundle its folder's.
        lang: of the file's name, or the default.
        kind: "page", "bundle" (``index.md``), "section" (``_index.md``) or "resource" (a page inside a bundle).
    """

    folder: str
    name: str
    lang: str
    kind: str


def content_path(path: str, options: HugoOptions, lang: str = "") -> ContentPath:
    """The parts of ``path``, which is relative to the content folder (of the language ``lang``)."""
    at = path.rfind("/") + 1
    folder, file = path[:at], path[at:]
    name = file[: file.rfind(".")] if "." in file else file
    lang = lang or options.languages[0]
    stem, dot, code = name.rpartition(".")
    if dot and code.lower() in (*options.languages, *options.other_languages):
        name, lang = stem, code.lower()
    if name == "_index":
        return ContentPath(folder, "", lang, "section")
    if name == "index":
        above, _, own = folder.rstrip("/").rpartition("/")
        return ContentPath(f"{above}/" if above else "", own, lang, "bundle")
    return ContentPath(folder, name, lang, "page")


def sanitized(path: str, *, lower: bool, accents: bool = True) -> str:
    """As Hugo makes paths of names: blanks to hyphens, and of the rest letters, digits and a few signs.

    ``accents``: letters keep them (``removePathAccents`` is off).
    """
    if not accents:
        path = "".join(c for c in unicodedata.normalize("NFD", path) if unicodedata.category(c) != "Mn")
        path = unicodedata.normalize("NFC", path)
    out: list[str] = []
    for at, character in enumerate(path):
        if character == "%" and _ESCAPE.match(path, at):
            out.append(character)  # it stays and is an escape in the address, undone below
        elif character in _KEPT or character.isalnum() or unicodedata.category(character)[0] == "M":
            out.append(character)
        elif character.isspace() and not (out and out[-1] == "-"):
            out.append("-")
    text = re.sub(r"-{2,}", "-", "".join(out)) if " " in path else "".join(out)
    text = text.lower() if lower else text
    return unquote(text) if "%" in text else text
