"""pydantic's errors as problems that a person can act on: which key, in which table, on which line."""

from __future__ import annotations

import datetime
import re
import types
import typing
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from postlint.config.errors import Problem
from postlint.config.locate import KeyPath, Locations
from postlint.config.suggest import did_you_mean, listed
from postlint.config.values import spell_key

__all__ = ["Speaker", "kind_of", "problems_of", "wanted"]


class Speaker:
    """Says where things stand in one file.

    ``prefix`` is the path of postlint's own table: empty, or ``("tool", "postlint")``.
    """

    def __init__(self, source: str, locations: Locations, prefix: tuple[str, ...]) -> None:
        self.source = source
        self.locations = locations
        self.prefix = prefix

    def problem(self, path: KeyPath, message: str, suggestion: str = "", *, of_key: bool = False) -> Problem:
        """A problem with the value (or the key) at ``path`` below the prefix."""
        place = self.locations.place((*self.prefix, *path))
        position = place.key if of_key else place.value
        return Problem(self.source, position.line, position.column, message, suggestion)

    def name(self, path: KeyPath) -> str:
        """``the 2nd item of `exclude` in [tool.postlint]``."""
        while path and isinstance(path[-1], int) and (*self.prefix, *path) not in self.locations.places:
            path = path[:-1]  # a single text where a list may stand
        length = len(path)
        while length and isinstance(path[length - 1], int):
            length -= 1
        items = "".join(f"item {int(step) + 1} of " for step in reversed(path[length:]))
        if not length:
            return items + (self.table(()).removeprefix(" in ") or "the file")
        return f"{items}`{path[length - 1]}`{self.table(path[: length - 1])}"

    def table(self, path: KeyPath) -> str:
        """`` in [[schemas]]``; nothing for the top of ``postlint.toml``."""
        full = (*self.prefix, *path)
        name = ".".join(spell_key(step) for step in full if isinstance(step, str))
        if not name:
            return ""
        return f" in [[{name}]]" if full and isinstance(full[-1], int) else f" in [{name}]"


def problems_of(error: ValidationError, model: type[BaseModel], speaker: Speaker) -> Iterator[Problem]:
    """All that pydantic found, in our words."""
    for item in error.errors(include_url=False):
        path: KeyPath = item["loc"]
        kind, context = item["type"], item.get("ctx", {})
        if kind == "postlint":
            path = (*path, *context["path"])
            message, suggestion = context["message"], context["suggestion"]
            yield speaker.problem(path, f"{speaker.name(path)}: {message}", suggestion)
        elif kind == "extra_forbidden":
            wrong = str(path[-1])
            keys = keys_at(model, path[:-1])
            suggestion = did_you_mean(wrong, keys) or _belongs_elsewhere(wrong, path, model, speaker)
            if not suggestion and keys:
                suggestion = listed(keys)
            message = f"unknown key `{wrong}`{speaker.table(path[:-1])}"
            yield speaker.problem(path, message, suggestion, of_key=True)
        elif kind == "missing":
            yield speaker.problem(path[:-1], f"`{path[-1]}` is missing{speaker.table(path[:-1])}", of_key=True)
        else:
            message, suggestion = wanted(item)
            yield speaker.problem(path, f"{speaker.name(path)} {message}", suggestion)


def wanted(item: ErrorDetails) -> tuple[str, str]:
    """What a value must be, to follow its name ("must be a text in quotes, not a number"), and what was meant."""
    kind, value, context = item["type"], item["input"], item.get("ctx", {})
    if kind == "too_short":
        return "must not be empty", ""
    if kind in _WANTED:
        return f"must be {_WANTED[kind]}, not {kind_of(value)}", ""
    if kind == "greater_than_equal":
        return f"must be {context['ge']} or more", ""
    if kind in ("literal_error", "enum"):
        names = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        listed = ", ".join(f"`{name}`" for name in names)
        return f"cannot be `{value}`: it is one of {listed}", did_you_mean(str(value), names)
    if kind == "value_error":
        return f"is wrong: {context['error']}", ""
    return f"is wrong: {item['msg'][:1].lower()}{item['msg'][1:]}", ""


_WANTED = {
    "string_type": "a text in quotes",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "list_type": "a list",
    "tuple_type": "a list",
    "set_type": "a list",
    "frozen_set_type": "a list",
    "dict_type": "a table",
    "mapping_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "dataclass_type": "a table",
}


def kind_of(value: object) -> str:
    """What a TOML value is, with its article."""
    for kind, name in _KINDS:
        if isinstance(value, kind):
            return name
    return type(value).__name__


_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (str, "a text"),
    (int, "a number"),
    (float, "a decimal number"),
    (datetime.datetime, "a date with a time"),
    (datetime.date, "a date"),
    (datetime.time, "a time"),
    (list, "a list"),
    (dict, "a table"),
)


def keys_at(model: type[BaseModel], path: KeyPath) -> tuple[str, ...]:
    """The keys that a table may have."""
    annotation: Any = model
    for step in path:
        annotation = _step(annotation, step)
    owner = _bare(annotation)
    if isinstance(owner, type) and issubclass(owner, BaseModel):
        return tuple(field.alias or name for name, field in owner.model_fields.items())
    return ()


def _step(annotation: Any, step: str | int) -> Any:
    annotation = _bare(annotation)
    if get_origin(annotation) in (list, dict):
        return get_args(annotation)[-1]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            if (field.alias or name) == step:
                return field.annotation
    return None


def _bare(annotation: Any) -> Any:
    """Without Annotated and Optional."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, types.UnionType):
            annotation = next((a for a in get_args(annotation) if a is not type(None)), None)
        elif isinstance(annotation, typing.ForwardRef):  # pragma: no cover - pydantic resolves them
            return None
        else:
            return annotation


def _belongs_elsewhere(wrong: str, path: KeyPath, model: type[BaseModel], speaker: Speaker) -> str:
    """A right key in the wrong table."""
    if len(path) > 1 and wrong in keys_at(model, ()):
        top = ".".join(speaker.prefix)
        return f"`{wrong}` belongs in [{top}]" if top else f"`{wrong}` belongs at the top of the file, before any table"
    for name, table in (("date", ("date",)), ("schemas", ("schemas", 0)), ("taxonomies.NAME", ("taxonomies", "x"))):
        if len(path) == 1 and wrong in keys_at(model, table):
            full = ".".join((*speaker.prefix, name))
            return f"it belongs in [[{full}]]" if name == "schemas" else f"it belongs in [{full}]"
    return ""
