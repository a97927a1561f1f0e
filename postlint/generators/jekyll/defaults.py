"""Front matter from ``defaults`` in ``_config.yml`` (lib/jekyll/frontmatter_defaults.rb)."""

from __future__ import annotations

import re

from postlint.config.values import Frozen
from postlint.generators.jekyll.options import Defaults

__all__ = ["SiteDefaults"]


class SiteDefaults:
    """The defaults of one site, by path and type."""

    def __init__(self, defaults: tuple[Defaults, ...], collections_dir: str) -> None:
        self._sets = [(entry, _scope(entry.path, collections_dir)) for entry in defaults]
        self._merged: dict[tuple[int, ...], dict[str, Frozen]] = {(): {}}

    def of(self, path: str, kind: str) -> dict[str, Frozen]:
        """The values for a path (relative to the source, as Jekyll's ``relative_path``) and a type ("posts", "pages").

        The same object for the same sets: not to be changed.
        """
        if not self._sets:
            return self._merged[()]
        chosen = tuple(
            index
            for index, (entry, scope) in enumerate(self._sets)
            if (entry.type is None or entry.type == kind) and scope.match(path)
        )
        merged = self._merged.get(chosen)
        if merged is None:
            merged = self._merged[chosen] = self._merge(chosen)
        return merged

    def _merge(self, chosen: tuple[int, ...]) -> dict[str, Frozen]:
        """A longer path wins, then a scope with a type, then the later one."""
        merged: dict[str, Frozen] = {}
        strongest: Defaults | None = None
        for index in chosen:
            entry = self._sets[index][0]
            values = dict(entry.values)
            if strongest is None or _wins(entry, strongest):
                merged = {
                    **merged,
                    **{key: value for key, value in values.items() if value is not None or key not in merged},
                }
                strongest = entry
            else:
                merged = {**values, **{key: value for key, value in merged.items() if value is not None}}
        return merged


def _wins(new: Defaults, old: Defaults) -> bool:
    new_length, old_length = len(new.path.removeprefix("/")), len(old.path.removeprefix("/"))
    if new_length != old_length:
        return new_length > old_length
    return new.type is not None or old.type is None


def _scope(path: str, collections_dir: str) -> re.Pattern[str]:
    """A plain path is a prefix, even within a name. With ``*`` it is a glob over files and folders that are there."""
    if "*" not in path:
        stripped = path.removeprefix(collections_dir) if collections_dir else path
        return re.compile(re.escape(stripped))
    out = []
    at = 0
    path = path.removeprefix("/")
    while at < len(path):
        if path.startswith("**/", at):
            out.append("(?:.*/)?")
            at += 3
        elif path[at] == "*":
            out.append("[^/]*")
            at += 1
        elif path[at] == "?":
            out.append("[^/]")
            at += 1
        else:
            out.append(re.escape(path[at]))
            at += 1
    return re.compile("".join(out) + r"(?=/|$)")
