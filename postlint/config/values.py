"""Values of a TOML file as immutable, hashable, picklable Python values, and back."""

from __future__ import annotations

import datetime
from typing import Any

__all__ = ["EMPTY", "Frozen", "Table", "freeze", "spell", "thaw"]

Scalar = str | int | float | bool | datetime.date | datetime.datetime | datetime.time
Frozen = Any
"""A scalar, a tuple of Frozen, or a :class:`Table`. (mypy has no recursive alias that stays readable here.)"""


class Table(tuple[tuple[str, Frozen], ...]):
    """A TOML table: its keys and values, in the order written."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Table({super().__repr__()})"


EMPTY = Table()


def freeze(value: object) -> Frozen:
    """Lists become tuples, dicts become :class:`Table`; scalars stay."""
    if isinstance(value, Table):
        return value
    if isinstance(value, dict):
        return Table((str(key), freeze(item)) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(freeze(item) for item in value)
    return value


def thaw(value: Frozen) -> Any:
    """The opposite of :func:`freeze`."""
    if isinstance(value, Table):
        return {key: thaw(item) for key, item in value}
    if isinstance(value, tuple):
        return [thaw(item) for item in value]
    return value


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def spell(value: Frozen) -> str:
    """``value`` as one writes it in TOML, on one line; None, which TOML has not, as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + "".join(_spell_character(c) for c in value) + '"'
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, Table):
        return "{" + ", ".join(f"{spell_key(key)} = {spell(item)}" for key, item in value) + "}"
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(map(spell, value)) + "]"
    return repr(value) if isinstance(value, (int, float)) else str(value)


def spell_key(key: str) -> str:
    """A key, in quotes where TOML wants them."""
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else spell(key)


def _spell_character(character: str) -> str:
    if (escaped := _ESCAPES.get(character)) is not None:
        return escaped
    code = ord(character)
    return character if code >= 0x20 and code != 0x7F else f"\\u{code:04x}"
