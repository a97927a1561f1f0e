"""The settings that name rules, held against the rules there are."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

from postlint.config.errors import ConfigError, Problem
from postlint.config.origin import Origin
from postlint.config.precedence import RuleEntry, selects
from postlint.config.settings import RuleOption, Settings
from postlint.config.suggest import did_you_mean, listed, nearest

__all__ = ["RuleMeta", "ValidRules", "validate_rules"]


class RuleMeta(Protocol):
    """What the configuration has to know of a rule. A rule's class will do; so will something that imports it when
    asked: ``aliases`` is read only if some name is no rule's, ``Options`` only of rules that are given options."""

    @property
    def id(self) -> str:
        """``family/name``."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Ids that it had before."""

    @property
    def Options(self) -> type[Any]:  # noqa: N802 - a class
        """A frozen dataclass with a default for every field. A field ``max_length`` is the option ``max-length``."""


@dataclass(frozen=True, slots=True)
class ValidRules:
    """Settings whose rule names all exist.

    Attributes:
        settings: with the present id in place of each alias.
        options: by id, an instance of ``Options`` for each rule that the configuration gives some.
        renamed: what to tell the user: places that use a rule's former id.
    """

    settings: Settings
    options: Mapping[str, Any]
    renamed: tuple[Problem, ...] = ()


def validate_rules(settings: Settings, known_rules: Mapping[str, RuleMeta]) -> ValidRules:
    """Check every id, family, glob and option in ``settings``, and make the options.

    Args:
        settings: of the file and the command line.
        known_rules: by id, the rules of all packs and of the engine.

    Raises:
        ConfigError: with all names that no rule has and all options that a rule does not take.
    """
    checker = _Checker(known_rules)
    settings = replace(
        settings,
        rules=tuple(map(checker.entry, settings.rules)),
        overrides=tuple(replace(o, rules=tuple(map(checker.entry, o.rules))) for o in settings.overrides),
        select=checker.patterns("select", settings),
        ignore=checker.patterns("ignore", settings),
    )
    configured = {entry.pattern for entry in settings.rules if entry.options} & set(known_rules)
    options = {
        rule_id: checker.options(known_rules[rule_id], settings.rule_options(rule_id)) for rule_id in sorted(configured)
    }
    if checker.problems:
        raise ConfigError(checker.problems)
    return ValidRules(settings, options, tuple(checker.renamed))


class _Checker:
    def __init__(self, known: Mapping[str, RuleMeta]) -> None:
        self.known = known
        self.families = sorted({rule.partition("/")[0] for rule in known})
        self.problems: list[Problem] = []
        self.renamed: list[Problem] = []

    @cached_property
    def aliases(self) -> dict[str, str]:
        return {alias: rule.id for rule in self.known.values() for alias in rule.aliases}

    def complain(self, origin: Origin, message: str, suggestion: str = "") -> None:
        self.problems.append(Problem(origin.source, origin.line, origin.column, message, suggestion))

    # Names ---------------------------------------------------------------------------------------------------

    def entry(self, entry: RuleEntry) -> RuleEntry:
        pattern = self.pattern(entry.pattern, entry.origin, "", entry)
        if entry.options and pattern not in self.known and pattern in self.families:
            self.not_an_id(entry)
        elif entry.options and pattern not in self.known and self.selected(pattern):
            self.complain(entry.origin, f"`{pattern}` is not one rule, so it takes no options, only a severity")
        return replace(entry, pattern=pattern) if pattern != entry.pattern else entry

    def patterns(self, key: str, settings: Settings) -> tuple[str, ...]:
        origins = dict(settings.origins)
        checked: list[str] = []
        for index, pattern in enumerate(getattr(settings, key)):
            origin = origins.get(f"{key}[{index}]") or settings.origin(key)
            where = f"`{key}`: " if origin.line else f"`--{key} {pattern}`: "
            checked.append(self.pattern(pattern, origin, where, None))
        return tuple(checked)

    def pattern(self, pattern: str, origin: Origin, where: str, entry: RuleEntry | None) -> str:
        """The pattern with the present id in place of an alias; complains if it selects nothing."""
        if pattern in self.known or self.selected(pattern):
            return pattern
        if (present := self.aliases.get(pattern)) is not None:
            message = f"{where}`{pattern}` is now called `{present}`"
            self.renamed.append(Problem(origin.source, origin.line, origin.column, message))
            return present
        if any(selects(pattern, alias) for alias in self.aliases):
            return pattern
        what = "rule" if "/" in pattern and "*" not in pattern else "rule or family"
        nothing = f"no rule matches `{pattern}`" if "*" in pattern else f"there is no {what} `{pattern}`"
        self.complain(origin, where + nothing, self.meant(pattern))
        return pattern

    def selected(self, pattern: str) -> bool:
        return any(selects(pattern, rule) for rule in self.known)

    def meant(self, pattern: str) -> str:
        """The nearest name: the same name in another family before the nearest by its letters."""
        family, slash, name = pattern.rpartition("/")
        if not slash:
            by_name = [rule for rule in self.known if rule.endswith("/" + pattern)]
            return f"did you mean `{by_name[0]}`?" if by_name else did_you_mean(pattern, [*self.families, *self.known])
        elsewhere = [rule for rule in self.known if rule.endswith("/" + name)]
        if elsewhere:
            return f"did you mean `{nearest(pattern, elsewhere) or elsewhere[0]}`?"
        if "*" in pattern:
            close = nearest(family, self.families)
            return f"did you mean `{close}/{name}`?" if close and close != family else ""
        inside = [rule for rule in self.known if rule.startswith(family + "/")]
        return did_you_mean(pattern, inside) or did_you_mean(pattern, [*self.known, *self.aliases])

    def not_an_id(self, entry: RuleEntry) -> None:
        """``[rules.html]`` with ``misnested-tag = "off"`` below it: a natural way to write it, but not ours."""
        for name, value in entry.options:
            origin = dict(entry.origins).get(name, entry.origin)
            rule = f"{entry.pattern}/{name}"
            known = (
                rule if rule in self.known else nearest(rule, [r for r in self.known if r.startswith(entry.pattern)])
            )
            example = f' = "{value}"' if isinstance(value, str) else " = …"
            hint = f'write "{known}"{example} in [rules]' if known else ""
            self.complain(origin, f"`{entry.pattern}` is a family, which has no key `{name}`", hint)

    # Options -------------------------------------------------------------------------------------------------

    def options(self, rule: RuleMeta, given: Mapping[str, RuleOption]) -> Any:
        """An instance of the rule's options; None (and a complaint) where they are wrong."""
        fields = {f.name.replace("_", "-"): f.name for f in dataclasses.fields(rule.Options) if f.init}
        values: dict[str, Any] = {}
        for name, option in given.items():
            if name in fields:
                values[fields[name]] = option.value
            else:
                message = f"`{rule.id}` has no option `{name}`"
                self.complain(option.origin, message, did_you_mean(name, fields) or listed(tuple(fields)))
        if not values:
            return None
        origins = {fields[name]: option.origin for name, option in given.items() if name in fields}
        return _build(rule, values, lambda field, message, hint: self.complain(origins[field], message, hint))


def _build(rule: RuleMeta, values: dict[str, Any], complain: Callable[[str, str, str], None]) -> Any:
    import json

    from pydantic import TypeAdapter, ValidationError

    from postlint.config.complain import wanted

    # As JSON: pydantic's strict mode then takes a list for a tuple and a text for a date, but no text for a number.
    text = json.dumps(values, default=lambda value: value.isoformat())
    try:
        return TypeAdapter(rule.Options).validate_json(text, strict=True)
    except ValidationError as error:
        for item in error.errors(include_url=False):
            field = next((str(step) for step in item["loc"] if step in values), next(iter(values)))
            name = field.replace("_", "-")
            message, hint = wanted(item)
            complain(field, f"the option `{name}` of `{rule.id}` {message}", hint)
        return None
