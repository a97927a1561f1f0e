"""Starting without pydantic, which typer loads to convert even a plain string.

Typer 0.29 builds a pydantic adapter for each option of the command that is called: some 50 ms and half of what an empty
typer command takes. Strings, flags and counts need no conversion, and an option that is not given has no value; only
what is left goes the long way. Older versions of typer have no such adapters, and then nothing is done here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args, get_origin

__all__ = ["spare_pydantic"]


class _Plain:
    """Stands in for typer's converter of one parameter and passes on what it cannot do."""

    def __init__(self, parameter: Any) -> None:
        self._descriptor = parameter.type_descriptor
        self._annotation = parameter.type_descriptor.annotation

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        annotation = self._annotation
        many = param.multiple or param.nargs == -1
        if value is None:
            return () if many else None
        if annotation is str and type(value) is str:
            return value
        if annotation in (int, bool) and type(value) is annotation and not self._descriptor.is_ranged:
            return value
        if annotation is Path and type(value) is str and not _path_is_checked(self._descriptor.parameter_info):
            return Path(value)
        if get_origin(annotation) is list and get_args(annotation) == (str,) and isinstance(value, (list, tuple)):
            return list(value)
        from typer._coercion import build_runtime_param

        return build_runtime_param(self._descriptor).coerce(value, param=param, ctx=ctx)


def _path_is_checked(info: Any) -> bool:
    """Whether typer is to look at the file: that it exists, that it may be written."""
    wishes = ("exists", "resolve_path", "allow_dash", "path_type")
    return any(getattr(info, wish, None) for wish in wishes)


def spare_pydantic(command: Any) -> None:
    """Give the parameters of a command (and of a group's commands) converters that need no pydantic."""
    get_params = command.get_params

    def lean_params(ctx: Any) -> list[Any]:
        # Here and not once for all: typer makes the parameter for --help when it is first asked for its parameters.
        parameters: list[Any] = get_params(ctx)
        for parameter in parameters:
            if getattr(parameter, "_runtime_param", ...) is None and hasattr(parameter, "type_descriptor"):
                parameter._runtime_param = _Plain(parameter)
        return parameters

    command.get_params = lean_params
    for sub in getattr(command, "commands", {}).values():
        spare_pydantic(sub)
