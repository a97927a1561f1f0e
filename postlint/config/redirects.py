"""The addresses that a site's host answers by leading elsewhere, as the files say that hosts read.

Netlify and Cloudflare Pages read ``_redirects`` in the built site and Netlify ``netlify.toml``, Vercel ``vercel.json``.
Where such a rule leads is not followed: that the address is answered is enough to call no link to it dead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from postlint.regex import regex

__all__ = ["redirected", "redirects_of"]

_LISTS = ("_redirects", "static/_redirects", "source/_redirects", "content/_redirects", "docs/_redirects")
_MAX_BYTES = 2_000_000
_HOST = regex(r"https?://[^/]*+")
_CONDITION = regex(r"(?:Language|Country|Role|Cookie)=", re.IGNORECASE)
_STATUS = regex(r"(\d{3})!?")


def redirects_of(root: Path, site_root: str) -> tuple[str, ...]:
    """The addresses, as patterns in the hosts' own words (``/old/*``, ``/:year/:slug``, ``/a/(.*)``).

    Rules that answer with an error, or only to some visitors, are left out.

    Args:
        root: the project root.
        site_root: the site's folder relative to it, "" or ending in "/".
    """
    site = root / site_root if site_root else root
    found = [pattern for name in _LISTS if (text := _text(site / name)) for pattern in _lines(text)]
    for folder in dict.fromkeys((site, root)):
        found += _netlify(_text(folder / "netlify.toml"))
        found += _vercel(_text(folder / "vercel.json"))
    return tuple(dict.fromkeys(found))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MAX_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        words = line.partition(" #")[0].split()
        if len(words) < 2 or words[0].startswith("#") or any(map(_CONDITION.match, words[1:])):
            continue
        status = next((found[1] for word in words[2:] if (found := _STATUS.fullmatch(word))), "301")
        if status[0] != "4":
            yield from _path(words[0])


def _netlify(text: str) -> Iterator[str]:
    if "redirects" not in text:
        return
    import tomllib

    try:
        rules = tomllib.loads(text).get("redirects")
    except tomllib.TOMLDecodeError:
        return
    for rule in rules if isinstance(rules, list) else ():
        if not isinstance(rule, dict) or rule.get("conditions") or str(rule.get("status", 301)).startswith("4"):
            continue
        if isinstance(rule.get("from"), str):
            yield from _path(rule["from"])


def _vercel(text: str) -> Iterator[str]:
    if not text:
        return
    import json

    try:
        config: Any = json.loads(text)
    except ValueError:
        return
    for key in ("redirects", "rewrites"):
        rules = config.get(key) if isinstance(config, dict) else None
        for rule in rules if isinstance(rules, list) else ():
            if isinstance(rule, dict) and isinstance(rule.get("source"), str) and not rule.get("has"):
                yield from _path(rule["source"])


def _path(written: str) -> Iterator[str]:
    """The path of a rule; none of one that moves all of a host to another."""
    path = _HOST.sub("", written, count=1)
    if path.startswith("/") and (path == written or path.strip("/*") != ""):
        yield unquote(path)


def redirected(patterns: Sequence[str]) -> re.Pattern[str]:
    """What matches each address that one of ``patterns`` answers, with or without its final slash."""
    return re.compile("|".join(map(_as_regex, patterns)) or r"(?!)")


_WORD = regex(r"/:\w+\*|:\w+(?:\([^()]*\))?[*+?]?|\([^()]*\)[*+?]?|/?\*$|\*")


def _as_regex(pattern: str) -> str:
    made, at = "", 0
    for word in _WORD.finditer(pattern):
        made += re.escape(pattern[at : word.start()])
        text = word.group()
        if text in ("/*", "*") or text.endswith(("*", ")")):
            made += "(?:/.*)?" if text.startswith("/") else ".*"
        else:
            made += "[^/]+"
        at = word.end()
    return (made + re.escape(pattern[at:])).removesuffix("/") + "/?"
