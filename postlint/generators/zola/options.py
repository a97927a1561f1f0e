"""What of a Zola site's configuration decides addresses and fates."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from postlint.generators.loading import SiteOptions, boolean, load_first, mapping, string, strings
from postlint.parse.deunicode import slug
from postlint.parse.dialect import Dialect
from postlint.parse.front_matter import read_front_matter
from postlint.regex import regex
from postlint.text import Text

__all__ = ["Slugify", "Taxonomy", "ZolaOptions", "load", "slugify"]

Slugify = Literal["on", "safe", "off"]


class Taxonomy(NamedTuple):
    name: str
    render: bool = True


@dataclass(frozen=True, slots=True)
class ZolaOptions:
    """
    Attributes:
        languages: codes of the languages beside the default one; where there are any, a dot in a file's name stands
            before one.
        taxonomies: by language, the default one too.
        taxonomy_root: what stands before the taxonomies in their addresses.
        ignored: ``ignored_content``, as regular expressions that match a whole path.
        draft_sections: folders below ``content/``, each ending in "/", whose ``_index.md`` is a draft: Zola does not
            look into them.
    """

    base_url: str = ""
    default_language: str = "en"
    languages: tuple[str, ...] = ()
    taxonomies: tuple[tuple[str, tuple[Taxonomy, ...]], ...] = ()
    taxonomy_root: str = ""
    slugify_paths: Slugify = "on"
    slugify_taxonomies: Slugify = "on"
    keep_dates: bool = False
    ignored: tuple[str, ...] = ()
    draft_sections: tuple[str, ...] = ()

    @property
    def slugify_terms(self) -> bool:
        """Terms that differ in case and signs alone have one address."""
        return self.slugify_taxonomies == "on"

    def taxonomy(self, name: str, lang: str) -> Taxonomy | None:
        """The taxonomy of that name in a language; None where it has none, and a page that uses it stops Zola."""
        for code, taxonomies in self.taxonomies:
            if code == lang:
                return next((taxonomy for taxonomy in taxonomies if taxonomy.name == name), None)
        return None


def load(folder: Path, shown: str) -> SiteOptions:
    # Zola 0.22 looks for config.toml alone unless it is told; later ones for zola.toml first.
    config, _ = load_first(folder, ("zola.toml", "config.toml"), shown)
    default = string(config, "default_language", "en")
    languages = mapping(config, "languages")
    taxonomies = {code: _taxonomies(mapping(languages, code).get("taxonomies")) for code in languages}
    taxonomies[default] = _taxonomies(config.get("taxonomies")) or taxonomies.get(default, ())
    slugs = mapping(config, "slugify")
    options = ZolaOptions(
        string(config, "base_url"),
        default,
        tuple(code for code in languages if code != default),
        tuple(taxonomies.items()),
        string(config, "taxonomy_root").strip("/"),
        _strategy(slugs, "paths"),
        _strategy(slugs, "taxonomies"),
        boolean(slugs, "paths_keep_dates"),
        tuple(map(_glob, strings(config.get("ignored_content")))),
        tuple(_draft_sections(folder / "content", (code for code in languages if code != default))),
    )
    ids: Literal["zola", "zola-safe"] = "zola" if _strategy(slugs, "anchors") == "on" else "zola-safe"
    return SiteOptions(Dialect(markdown="commonmark", templates="tera", fences="zola", heading_ids=ids), None, options)


def _strategy(slugs: dict[str, Any], what: str) -> Slugify:
    match string(slugs, what, "on"):
        case "safe":
            return "safe"
        case "off":
            return "off"
    return "on"


def _taxonomies(listed: object) -> tuple[Taxonomy, ...]:
    if not isinstance(listed, list):
        return ()
    return tuple(
        Taxonomy(each["name"], boolean(each, "render", True))
        for each in listed
        if isinstance(each, dict) and isinstance(each.get("name"), str)
    )


_UNSAFE = regex(r'[<>:"/\\|?*]')


def slugify(text: str, how: Slugify) -> str | None:
    """A part of an address; None where the spelling of a letter is not known here."""
    match how:
        case "on":
            return slug(text)
        case "safe":
            return _UNSAFE.sub("", text.rstrip(" ."))
    return text


# Globs -------------------------------------------------------------------------------------------------------

_GLOB = regex(r"(?P<into>(?:(?<=/)|^)\*\*/)|(?P<below>(?<=/)\*\*$)|\*+|\?|\[(?P<set>[!^]?\]?[^\]]*)\]|[{},]|\\?.", re.S)


def _glob(pattern: str) -> str:
    """A glob of the ``globset`` crate as a regular expression; there ``*`` stands for slashes too."""
    made: list[str] = []
    depth = 0
    for match in _GLOB.finditer(pattern):
        piece = match[0]
        if match["into"]:
            made.append("(?:.*/)?")
        elif match["below"] or piece[0] == "*":
            made.append(".*")
        elif piece == "?":
            made.append(".")
        elif match["set"] is not None:
            inside = match["set"]
            negated = inside[:1] in ("!", "^")
            made.append(("[^" if negated else "[") + re.sub(r"([\\\]\[&~|])", r"\\\1", inside[negated:]) + "]")
        elif piece == "{":
            depth += 1
            made.append("(?:")
        elif piece == "}" and depth:
            depth -= 1
            made.append(")")
        elif piece == "," and depth:
            made.append("|")
        else:
            made.append(re.escape(piece[-1]))
    made.extend(")" * depth)
    expression = "".join(made)
    try:
        re.compile(expression)
    except re.error:
        return "(?!)"  # Zola does not start with it
    return expression


# Draft sections ----------------------------------------------------------------------------------------------

_MOST_BYTES = 64 * 1024


def _draft_sections(content: Path, languages: Iterable[str]) -> Iterator[str]:
    """A section's draft hides the pages below it, so it has to be known before any of them is looked at."""
    base = os.fspath(content)
    indexes = {"_index.md", *(f"_index.{code}.md" for code in languages)}
    for folder, folders, names in os.walk(base):
        folders.sort()
        for name in names:
            if name in indexes and _is_draft(os.path.join(folder, name)):
                below = os.path.relpath(folder, base).replace(os.sep, "/")
                yield "" if below == "." else below + "/"
                folders.clear()
                break


def _is_draft(file: str) -> bool:
    try:
        with open(file, "rb") as opened:
            head = opened.read(_MOST_BYTES)
    except OSError:
        return False
    if b"draft" not in head:
        return False
    entry = read_front_matter(Text.decode(head).parseable, "zola").get("draft")
    return entry is not None and entry.node.value is True
