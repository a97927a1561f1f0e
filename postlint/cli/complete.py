"""What a shell offers behind an option: rules and the words that an option takes."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["one_of", "rule_ids", "selectors"]


def one_of(*words: str) -> Callable[[str], list[str]]:
    """Offers those of ``words`` that begin with what is typed."""
    return lambda incomplete: [word for word in words if word.startswith(incomplete)]


def rule_ids(incomplete: str) -> list[str]:
    """The rules that begin with what is typed, by their ids or by what stands behind the family."""
    rules = _rules()
    return [name for name in [*rules, *(rule.partition("/")[2] for rule in rules)] if name.startswith(incomplete)]


def selectors(incomplete: str) -> list[str]:
    """Families and rules; what is typed may be a list, of which the last is completed."""
    before, comma, last = incomplete.rpartition(",")
    rules = _rules()
    names = [*dict.fromkeys(rule.partition("/")[0] for rule in rules), *rules]
    return [before + comma + name for name in names if name.startswith(last)]


def _rules() -> list[str]:
    from postlint.config.errors import ConfigError
    from postlint.engine.project import UsageError, Wishes, open_project

    try:
        return list(open_project([], Wishes(None, False)).selection.entries)
    except (ConfigError, UsageError):
        return []  # while a word is typed is no time to complain
