"""Which address each file of a project would be copied to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from postlint.site.address import address_key

if TYPE_CHECKING:
    from postlint.document import Profile
    from postlint.generators import Generator
    from postlint.site.index import Index

__all__ = ["address_files"]


def address_files(index: Index, profiles: Mapping[str, Profile], stamp: str) -> None:
    """Give each file in the index that has none yet its site and address; all files of a site whose profile changed.

    Args:
        profiles: by site root ("" or ending in "/").
        stamp: changes when postlint's own code does, so that what it once worked out is worked out again.
    """
    known = {root: (name, mark) for root, name, mark in index.execute("SELECT root, generator, profile FROM site")}
    now = {root: (profile.generator, _digest(profile, stamp)) for root, profile in profiles.items()}
    files: Iterable[str] = index.new_files
    if known != now:
        index.write_many("DELETE FROM site WHERE root = ?", [(root,) for root in known])
        index.write_many("INSERT INTO site VALUES (?,?,?)", [(root, *mark) for root, mark in now.items()])
        files = sorted({*files, *(path for (path,) in index.execute("SELECT path FROM file"))})
    if files:
        from postlint.generators import generator_for

        generators = {root: generator_for(profiles[root]) for root in sorted(profiles, key=len, reverse=True)}
        rows = (_row(path, generators) for path in files)
        sql = "INSERT OR REPLACE INTO file VALUES (?,?,?,?)"
        if not index.execute("SELECT 1 FROM file LIMIT 1").fetchall():
            with index.filling("file"):
                index.write_many(sql, rows)
        else:
            index.write_many(sql, rows)
    index.new_files = []


def _row(path: str, generators: Mapping[str, Generator]) -> tuple[str, str, str | None, str | None]:
    for root, generator in generators.items():
        if path.startswith(root):
            url = generator.static_url(path)
            return path, root, url or None, address_key(url) if url else None
    return path, "", None, None


def _digest(profile: Profile, stamp: str) -> str:
    seen = f"{stamp}\n{profile.generator}\n{profile.site_root}\n{profile.options!r}"
    return hashlib.blake2b(seen.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
