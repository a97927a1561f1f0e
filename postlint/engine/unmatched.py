"""Settings that speak of nothing by a slip: patterns that no file matches, taxonomies that no document has.

The schema of ``_post/**`` is that of no file, and its rules find nothing. But there may well be no drafts today: only
where something is there that is named much like it, a word is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from postlint.config.globs import matches
from postlint.regex import regex

if TYPE_CHECKING:
    from postlint.config.origin import Origin
    from postlint.config.settings import Settings

__all__ = ["unmatched_paths", "unused_taxonomies"]

_LITERAL = regex(r"/?((?:[^*?\[\]!/\\]+/)*)")
"""The folders with which a pattern begins, before its first wildcard."""


def unmatched_paths(settings: Settings, content: Sequence[str], others: Sequence[str]) -> list[str]:
    """A notice for each pattern of a schema or an override that no file matches, though a folder is named much like it.

    Args:
        settings: of the project.
        content: the paths of its documents.
        others: those of all other files, which an override may speak of too.
    """
    notices = []
    for number, schema in enumerate(settings.schemas):
        origin = settings.origin(f"schemas[{number}]")
        notices += [_notice(origin, p, content) for p in schema.paths if _is_unmatched(p, content)]
    for override in settings.overrides:
        unmatched = (p for p in override.paths if _is_unmatched(p, content) and _is_unmatched(p, others))
        notices += [_notice(override.origin, p, content) for p in unmatched]
    return list(filter(None, notices))


def _is_unmatched(pattern: str, paths: Sequence[str]) -> bool:
    if pattern.startswith("!"):
        return False  # takes back, and may find nothing to take
    literal = _LITERAL.match(pattern)
    # Such a pattern counts from the root, and nearly all are like that: no need to ask pathspec for each path.
    folder = literal[1] if literal is not None and "/" in pattern.rstrip("/") else ""
    found: Iterable[str] = (path for path in paths if path.startswith(folder)) if folder else paths
    if folder and pattern.lstrip("/") in (folder, f"{folder}**", f"{folder}**/*"):
        return next(iter(found), None) is None
    return not any(matches((pattern,), path) for path in found)


def _notice(origin: Origin, pattern: str, paths: Sequence[str]) -> str:
    literal = _LITERAL.match(pattern)
    written = literal[1] if literal is not None else ""
    meant = _near_folder(written, paths) if written else ""
    if not meant:
        return ""
    return f"{origin}: no file matches `{pattern}`; did you mean `{pattern.replace(written, meant, 1)}`?"


def _near_folder(written: str, paths: Iterable[str]) -> str:
    """The folder of the project that is most like a written one; "" where none is."""
    from postlint.config.suggest import nearest

    depth = written.count("/")
    folders = {"/".join(path.split("/")[:depth]) for path in paths if path.count("/") >= depth}
    near = nearest(written.rstrip("/"), sorted(folders))
    return f"{near}/" if near is not None and f"{near}/" != written else ""


def unused_taxonomies(settings: Settings, used: Sequence[str]) -> list[str]:
    """A notice for each declared taxonomy that no document has, where one that documents have is named much like it."""
    declared = {taxonomy.name for taxonomy in settings.taxonomies}
    unknown = sorted(declared - set(used))
    free = sorted(set(used) - declared)
    if not unknown or not free:
        return []
    from postlint.config.suggest import nearest

    return [
        f"{settings.origin(f'taxonomies.{name}')}: no document has terms of `{name}`; did you mean `{near}`?"
        for name in unknown
        if (near := nearest(name, free)) is not None
    ]
