"""micromatch's globs, by which Hexo's settings name files. Compared with micromatch 4 in the tests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from postlint.regex import regex

__all__ = ["glob", "matches"]

_LONGEST = 1_000
_SPECIAL = regex(r"[*?\[\]{}()!+@\\]")


def matches(path: str, patterns: Sequence[re.Pattern[str]]) -> bool:
    """Whether one of the patterns fits the whole path."""
    return any(pattern.fullmatch(path) for pattern in patterns)


@lru_cache(maxsize=256)
def glob(pattern: str) -> re.Pattern[str]:
    """A glob as a regular expression for whole paths, which have ``/`` between their parts.

    ``*`` stays within a part, ``**`` as a whole part stands for any number of them, neither begins with a dot;
    ``?``, sets, ``{a,b}``, ``@(a|b)`` and the like, and ``!`` before the whole. ``!(a)`` inside is not followed.
    """
    if len(pattern) > _LONGEST:
        return re.compile(r"(?!)")
    negated = 0
    while pattern[negated : negated + 1] == "!" and pattern[negated + 1 : negated + 2] != "(":
        negated += 1
    body = _parts(pattern[negated:].removeprefix("./"))
    try:
        return re.compile(f"(?!(?:{body})\\Z).*" if negated % 2 else body, re.S)
    except re.error:
        return re.compile(re.escape(pattern))


def _parts(pattern: str) -> str:
    """Parts between slashes; those inside braces stay together."""
    parts = _split(pattern, "/")
    out: list[str] = []
    for at, part in enumerate(parts):
        last = at == len(parts) - 1
        if part == "**":
            if last:
                # Behind a slash it may also stand for nothing, and then not even the slash.
                rest = r"(?!\.)[^/]+(?:/(?!\.)[^/]+)*/?"
                if out:
                    out[-1] = out[-1].removesuffix("/")
                    out.append(rf"(?:/(?:{rest})?)?")
                else:
                    out.append(rf"/?(?:{rest})?")
            else:
                out.append(r"/?(?:(?!\.)[^/]+/)*" if not at else r"(?:(?!\.)[^/]+/)*")
            continue
        if part.startswith("**") and not at:  # as the first part it goes across slashes all the same
            out.append(r"/?(?:(?!\.)[^/]+/)*")
        out.append(_part(part) + ("" if last else "/"))
    return "".join(out)


def _split(text: str, by: str) -> list[str]:
    found = [""]
    depth = at = 0
    while at < len(text):
        character = text[at]
        if character == "\\" and at + 1 < len(text):
            found[-1] += text[at : at + 2]
            at += 2
            continue
        depth += (character in "{([") - (character in "})]")
        if character == by and depth <= 0:
            found.append("")
        else:
            found[-1] += character
        at += 1
    return found


def _part(part: str) -> str:
    """One part of a path; a wild card at its beginning takes no dot."""
    if not part or not _SPECIAL.search(part):
        return re.escape(part)
    begins = r"(?!\.)" if part[0] in "*?[" or part[:2] in ("@(", "+(") else ""
    only = r"(?=[^/])" if part.strip("*") == "" else ""
    return begins + only + _inner(part)


def _inner(text: str) -> str:
    out: list[str] = []
    at = 0
    while at < len(text):
        character = text[at]
        following = text[at + 1 : at + 2]
        if character == "\\" and following:
            out.append(re.escape(following))
            at += 2
        elif character in "@?*+" and following == "(" and (end := _closing(text, at + 1)) > 0:
            choice = "|".join(_inner(item) for item in _split(text[at + 2 : end], "|"))
            out.append(f"(?:{choice}){'' if character == '@' else character}")
            at = end + 1
        elif character == "*":
            while text[at : at + 1] == "*":
                at += 1
            out.append("[^/]*?")
        elif character == "?":
            out.append("[^/]")
            at += 1
        elif character == "[" and (end := text.find("]", at + 2)) > 0:
            body = text[at + 1 : end].replace("\\", "\\\\").replace("[", "\\[")
            out.append(f"[{'^/' + body[1:] if body[0] in '!^' else body}]")
            at = end + 1
        elif character == "{" and (end := _closing(text, at)) > 0 and len(items := _split(text[at + 1 : end], ",")) > 1:
            out.append("(?:" + "|".join(_parts(item) if "/" in item else _inner(item) for item in items) + ")")
            at = end + 1
        else:
            out.append(re.escape(character))
            at += 1
    return "".join(out)


def _closing(text: str, at: int) -> int:
    """Where the bracket at ``at`` is closed, -1 for nowhere."""
    opening, closing = text[at], {"(": ")", "{": "}"}[text[at]]
    depth = 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == opening:
            depth += 1
        elif text[at] == closing:
            depth -= 1
            if not depth:
                return at
        at += 1
    return -1
