"""What a site wants of its front matter: frozen, for rules to read. Checking values is the rules' business."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, get_args

from postlint.config.globs import matches

__all__ = ["NAMED_FORMATS", "TYPES", "FieldSchema", "FieldType", "Schema", "UnknownKeys", "schema_for"]

FieldType = Literal["string", "integer", "number", "boolean", "date", "datetime", "list", "mapping", "any"]
UnknownKeys = Literal["allow", "forbid"]

TYPES: tuple[str, ...] = get_args(FieldType)
NAMED_FORMATS = ("date", "datetime", "url", "slug", "email")
"""Formats that have a name; any other format holds a ``%`` and is one of :func:`datetime.datetime.strptime`."""


@dataclass(frozen=True, slots=True)
class FieldSchema:
    """What one key (or one item of a list) may hold. Whatever is left at its default asks for nothing.

    Attributes:
        types: the value is of one of these; empty: of any. "number" takes integers, "date" takes a date without a
            time, "datetime" a date with one.
        required: the key must be there.
        non_empty: no empty or blank string, empty list, empty mapping or null.
        enum: the allowed values; empty: all.
        pattern: a Python regular expression, **searched** for in the written string (anchor it with ``^`` and ``$``).
        min_length, max_length: of a string in code points, of a list in items; inclusive.
        formats: one of these must read the written string: a name of :data:`NAMED_FORMATS` or a strptime format.
        items: what each item of a list must be.
        unique: no two files of the site may have the same value here.
    """

    types: tuple[FieldType, ...] = ()
    required: bool = False
    non_empty: bool = False
    enum: tuple[object, ...] = ()
    pattern: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    formats: tuple[str, ...] = ()
    items: FieldSchema | None = None
    unique: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """The schema of some files.

    Attributes:
        paths: gitignore patterns, relative to the project root; empty: every file.
        fields: by key, in the order written.
        unknown_keys: whether keys beyond ``fields`` are reported; None: this schema does not say.
    """

    paths: tuple[str, ...] = ()
    fields: tuple[tuple[str, FieldSchema], ...] = ()
    unknown_keys: UnknownKeys | None = None
    by_name: dict[str, FieldSchema] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.by_name.update(self.fields)

    @property
    def required(self) -> tuple[str, ...]:
        """The keys that must be there, in the order written."""
        return tuple(name for name, wanted in self.fields if wanted.required)

    @property
    def forbids_unknown(self) -> bool:
        return self.unknown_keys == "forbid"


def schema_for(schemas: tuple[Schema, ...], path: str) -> Schema | None:
    """The one schema of ``path`` (relative to the project root, with ``/``); None: no schema selects it.

    Where several do, a later one's field replaces an earlier one's of the same name, and the last that says what
    becomes of unknown keys is heard.
    """
    selected = tuple(schema for schema in schemas if not schema.paths or matches(schema.paths, path))
    return _merged(selected)


@lru_cache(maxsize=64)
def _merged(schemas: tuple[Schema, ...]) -> Schema | None:
    if len(schemas) <= 1:
        return schemas[0] if schemas else None
    fields: dict[str, FieldSchema] = {}
    unknown: UnknownKeys | None = None
    paths: list[str] = []
    for schema in schemas:
        fields.update(schema.fields)
        unknown = schema.unknown_keys or unknown
        paths += schema.paths
    return Schema(tuple(paths), tuple(fields.items()), unknown)
