"""What the command line says, laid over what the file says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from postlint.config.errors import ConfigError, Problem
from postlint.config.origin import COMMAND_LINE, Origin
from postlint.config.settings import GENERATORS, GeneratorChoice, Settings
from postlint.config.suggest import did_you_mean
from postlint.finding import Severity

__all__ = ["FAIL_ON", "with_overrides"]

FAIL_ON = ("error", "warning", "info", "never")


def with_overrides(
    settings: Settings,
    *,
    generator: str | None = None,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    fail_on: str | None = None,
    isolated: bool = False,
) -> Settings:
    """``settings`` with what the command line gives; None leaves a setting as it is.

    ``select`` takes the place of the file's ``select`` and of its ``ignore``: who asks for a rule gets it. ``ignore``
    adds to what is ignored. Items may hold several patterns separated by commas.

    Args:
        settings: of the file.
        generator: "auto" or a generator.
        select, ignore: ids, families, globs; :func:`postlint.config.rules.validate_rules` checks that they exist.
        fail_on: one of :data:`FAIL_ON`.
        isolated: forget the file's settings; the root stays.

    Raises:
        ConfigError: there is no such generator or severity.
    """
    if isolated:
        settings = Settings(root=settings.root)
    problems: list[Problem] = []
    changes: dict[str, Any] = {}
    origins: dict[str, Origin] = dict(settings.origins)
    if generator is not None:
        _check("--generator", generator, GENERATORS, problems)
        changes["generator"] = cast("GeneratorChoice", generator)
        origins["generator"] = COMMAND_LINE
    if fail_on is not None and _check("--fail-on", fail_on, FAIL_ON, problems):
        changes["fail_on"] = None if fail_on == "never" else Severity[fail_on.upper()]
        origins["fail-on"] = COMMAND_LINE
    if select:
        changes["select"], changes["ignore"] = _split(select), ()
        origins = {key: origin for key, origin in origins.items() if not key.startswith(("select", "ignore"))}
        origins["select"] = COMMAND_LINE
    if ignore:
        before = changes.get("ignore", settings.ignore)
        patterns = _split(ignore)
        changes["ignore"] = before + patterns
        origins.update((f"ignore[{len(before) + index}]", COMMAND_LINE) for index in range(len(patterns)))
        origins.setdefault("ignore", COMMAND_LINE)
    if problems:
        raise ConfigError(problems)
    return replace(settings, **changes, origins=tuple(origins.items())) if changes else settings


def _check(option: str, value: str, names: tuple[str, ...], problems: list[Problem]) -> bool:
    if value in names:
        return True
    listed = ", ".join(f"`{name}`" for name in names)
    message = f"`{option} {value}`: `{value}` is none of {listed}"
    problems.append(Problem(str(COMMAND_LINE), 0, 0, message, did_you_mean(value, names)))
    return False


def _split(patterns: Sequence[str]) -> tuple[str, ...]:
    return tuple(part for pattern in patterns for part in (p.strip() for p in pattern.split(",")) if part)
