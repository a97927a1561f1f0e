"""Regular expressions that are compiled when they are first used.

There are some 500 of them, and a run over one post needs less than half: compiling all would take a fifth of its time.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

__all__ = ["regex"]

_ATTRIBUTES = (
    *("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"),
    *("pattern", "flags", "groups", "groupindex", "scanner"),
)


def regex(source: AnyStr, flags: int | re.RegexFlag = 0) -> re.Pattern[AnyStr]:
    """What ``re.compile`` gives, for a constant of a module; an error in it shows itself when it is used."""
    return cast("re.Pattern[AnyStr]", _Waiting(source, flags))


class _Compiled:
    """Has the methods of a compiled expression for its own."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __repr__(self) -> str:
        return f"regex({self._source!r}, {self._flags!r})"


class _Waiting(_Compiled):
    """Becomes the above when it is first asked for anything."""

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        # Kept in the object itself, whose class then has nothing that would slow down looking them up.
        for attribute in _ATTRIBUTES:
            setattr(self, attribute, getattr(compiled, attribute))
        self.__class__ = _Compiled  # type: ignore[assignment]
        return getattr(compiled, name)
