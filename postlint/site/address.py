"""Addresses within a site, and the key under which the ways of writing one address meet."""

from __future__ import annotations

import unicodedata

__all__ = ["address_key", "climbs_out", "squeeze"]

_INDEXES = ("/index.html", "/index.htm")


def squeeze(path: str) -> str:
    """``path`` with a leading slash and its ``.``, ``..`` and doubled slashes worked out, as a browser and a server do.

    ``..`` above the root stays at the root. A final slash stays.
    """
    if not path.startswith("/"):
        path = "/" + path
    if "//" not in path and "/." not in path:
        return path
    kept: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part == "..":
            if kept:
                kept.pop()
        elif part and part != ".":
            kept.append(part)
    final = "/" if kept and parts[-1] in ("", ".", "..") else ""
    return "/" + "/".join(kept) + final


def climbs_out(path: str) -> bool:
    """Whether the ``..`` of a path from the root lead above it."""
    if "/.." not in path:
        return False
    depth = 0
    for part in path.split("/"):
        if part == "..":
            depth -= 1
            if depth < 0:
                return True
        elif part and part != ".":
            depth += 1
    return False


def address_key(url: str) -> str:
    """The key of an address: ``/a``, ``/a/``, ``/a.html`` and ``/a/index.html`` all have ``/a``.

    ``url`` begins with ``/`` and is percent-decoded, without query and fragment. Which of the four a server takes for
    which differs between servers; who wants to know compares the addresses themselves.
    """
    key = url
    for index in _INDEXES:
        if key.endswith(index):
            key = key[: -len(index)]
            break
    else:
        if key.endswith("/"):
            key = key[:-1]
        elif key.endswith(".html"):
            key = key[:-5]
        elif key.endswith(".htm"):
            key = key[:-4]
    if not key.isascii():
        key = unicodedata.normalize("NFC", key)
    return key or "/"
