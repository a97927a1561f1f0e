"""From the words of a command line to a run: paths, settings, rules."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from postlint.config.load import load_settings
from postlint.config.overlay import with_overrides
from postlint.config.rules import validate_rules
from postlint.config.settings import Settings
from postlint.config.suggest import did_you_mean
from postlint.engine.discover import NOT_UTF8_NAME, as_shown
from postlint.engine.rule_memory import RuleMemory
from postlint.engine.selection import Selection, select
from postlint.packs import PackError, RuleEntry, load_packs

__all__ = ["CACHE_FOLDER", "Project", "UsageError", "Wishes", "open_project", "rule_named"]

CACHE_FOLDER = ".postlint_cache"
"""In the project's root: the index, and what is known of the rules."""


class UsageError(Exception):
    """The run cannot begin: a path that is not there, a rule that does not exist, a pack that does not load."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a command line can say about settings; None and empty: nothing."""

    config: Path | None = None
    isolated: bool = False
    generator: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """A project with its settings and rules, and the paths of it that were asked for.

    Attributes:
        paths: relative to the project root, with ``/``; "" is all of it.
        explicit: those that are files.
        named: each path as it was written, by its relative form.
        notices: worth telling: rules used under a former name.
        memory: what is to be kept of the rules.
    """

    settings: Settings
    selection: Selection
    memory: RuleMemory
    paths: tuple[str, ...]
    explicit: frozenset[str]
    named: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


def open_project(paths: Sequence[str], wishes: Wishes, *, must_exist: bool = True, cache: bool = False) -> Project:
    """The project that ``paths`` (from the current folder; none: that folder) lie in.

    Args:
        must_exist: whether each path must be there.
        cache: whether to take and keep what is known of the rules from and in the project's cache folder.

    Raises:
        UsageError: a path is not there or lies in another project; a pack does not load.
        ConfigError: the configuration, or a wish, is wrong.
    """
    written = list(paths) or ["."]
    if must_exist:
        _check_existence(written)
    start = Path(written[0])
    base = load_settings(start.absolute(), config=wishes.config, isolated=wishes.isolated)
    relative = {_below(path, base.root): path for path in written}
    settings = with_overrides(
        base,
        generator=wishes.generator,
        select=wishes.select or None,
        ignore=wishes.ignore or None,
        fail_on=wishes.fail_on,
    )
    try:
        entries = load_packs(settings.packs)
        memory = RuleMemory(base.root / CACHE_FOLDER if cache else None, entries, settings.packs)
        valid = validate_rules(settings, entries)
        selection = select(valid.settings, base, entries, valid.options, memory.source)
    except PackError as error:
        raise UsageError(str(error)) from error
    return Project(
        valid.settings,
        selection,
        memory,
        tuple(relative),
        frozenset(path for path in relative if path and not (base.root / path).is_dir()),
        relative,
        tuple(str(problem) for problem in valid.renamed),
    )


def _check_existence(paths: Sequence[str]) -> None:
    missing = []
    for path in paths:
        if os.path.lexists(path):
            continue
        parent = Path(path).parent
        names = os.listdir(parent) if parent.is_dir() else []
        hint = did_you_mean(Path(path).name, names)
        missing.append(f"there is no file or folder `{path}`" + (f"; {hint}" if hint else ""))
    if missing:
        raise UsageError("\n".join(missing))


def _below(path: str, root: Path) -> str:
    shown = as_shown(path)
    if shown != path:
        raise UsageError(f"{shown}: {NOT_UTF8_NAME}")
    relative = os.path.relpath(os.path.abspath(path), root)
    if relative == ".":
        return ""
    if relative == ".." or relative.startswith(".." + os.sep) or os.path.isabs(relative):
        raise UsageError(f"`{path}` is outside the project at {root}; check one project at a time")
    return relative.replace(os.sep, "/")


def rule_named(name: str, entries: Mapping[str, RuleEntry]) -> RuleEntry:
    """The rule with an id, a former id, or a name that only one rule has.

    Raises:
        UsageError: there is none; with the nearest.
    """
    if name in entries:
        return entries[name]
    for entry in entries.values():
        if name in entry.aliases:
            return entry
    by_name = [entry for rule_id, entry in entries.items() if rule_id.endswith("/" + name)]
    if len(by_name) == 1:
        return by_name[0]
    family = [rule_id for rule_id in entries if rule_id.startswith(name.rstrip("/") + "/")]
    if family:
        raise UsageError(f"`{name}` is a family of rules; name one of " + ", ".join(family))
    hint = did_you_mean(name, [*entries, *(rule_id.partition("/")[2] for rule_id in entries)])
    raise UsageError(
        f"there is no rule `{name}`" + (f"; {hint}" if hint else "") + "\n`postlint rules` lists all rules"
    )
