"""What a configuration that is a program says in plain values, without running it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from postlint.regex import regex

__all__ = ["Script", "config_names"]

_MAX_BYTES = 1_000_000
_KINDS = ("js", "mjs", "cjs", "ts", "mts", "cts")
_PIECES = regex(
    r"\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`|(?P<comment>//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)",
    re.DOTALL,
)
_LITERAL = r"""\s*+(?:"([^"\\\n]*+)"|'([^'\\\n]*+)'|`([^`\\$]*+)`)"""


def config_names(stem: str) -> tuple[str, ...]:
    """The names a program of configuration may have: ``astro.config.mjs`` and so on."""
    return tuple(f"{stem}.{kind}" for kind in _KINDS)


class Script:
    """The text of one or more programs, comments taken out. None of the questions raises."""

    def __init__(self, text: str) -> None:
        self.text = _PIECES.sub(lambda piece: " " if piece["comment"] else piece[0], text)

    @classmethod
    def read(cls, folder: Path, names: Iterable[str]) -> Script:
        """All of these files that are there and can be read."""
        return cls("\n".join(filter(None, (_read(folder / name) for name in names))))

    def mentions(self, *words: str) -> bool:
        """Whether any of these stands in it, in any case, wherever."""
        lower = self.text.lower()
        return any(word.lower() in lower for word in words)

    def values(self, key: str) -> tuple[str, ...]:
        """The texts that stand behind ``key:`` or in ``key(…)``, in order."""
        pattern = rf"(?<![\w$.])[\"']?{key}[\"']?\s*+:{_LITERAL}|(?<![\w$]){key}\({_LITERAL}"
        return tuple(next(filter(None, found), "") for found in re.findall(pattern, self.text))

    def value(self, key: str, default: str = "") -> str | None:
        """The one text behind ``key``; ``default`` where the key is not there; None where it is and its value is not
        to be told, or there are several."""
        found = set(self.values(key))
        if len(found) == 1:
            return found.pop()
        if found or re.search(rf"(?<![\w$.]){key}[\"']?\s*+[:(]", self.text):
            return None
        return default

    def inside(self, key: str) -> Script:
        """What stands in the braces behind ``key:``, wherever it has some."""
        parts = []
        for match in re.finditer(rf"(?<![\w$.])[\"']?{key}[\"']?\s*+:\s*+\{{", self.text):
            depth, at = 1, match.end()
            for brace in re.finditer(r"[{}]", self.text[at:]):
                depth += 1 if brace[0] == "{" else -1
                if not depth:
                    parts.append(self.text[at : at + brace.start()])
                    break
        return Script("\n".join(parts))


def _read(file: Path) -> str:
    try:
        if file.is_file() and file.stat().st_size <= _MAX_BYTES:
            return file.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        pass
    return ""
