"""Which rules take part in a run, with which options."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from postlint.config.precedence import Grade, grade
from postlint.config.settings import Settings
from postlint.finding import Severity
from postlint.packs import RuleEntry
from postlint.rule import BaselineRule, DocumentRule, Rule, SiteRule, SuppressionRule

__all__ = ["Selection", "select"]


@dataclass(slots=True)
class Selection:
    """The rules of a run.

    ``running`` may hold more than is reported: rules that only a part of the site asks for, and those that a
    ``--select`` leaves out but the site's configuration has on, so that the index stays of use to the next run.
    """

    settings: Settings
    entries: Mapping[str, RuleEntry]
    running: dict[str, Rule]

    @property
    def document_rules(self) -> list[DocumentRule]:
        return [rule for rule in self.running.values() if isinstance(rule, DocumentRule)]

    @property
    def site_rules(self) -> list[SiteRule]:
        return [rule for rule in self.running.values() if isinstance(rule, SiteRule)]

    @property
    def suppression_rules(self) -> list[SuppressionRule]:
        return [rule for rule in self.running.values() if isinstance(rule, SuppressionRule)]

    @property
    def baseline_rules(self) -> list[BaselineRule]:
        return [rule for rule in self.running.values() if isinstance(rule, BaselineRule)]

    def severity(self, rule: str, path: str) -> Severity:
        """The severity of a rule's findings in a file; OFF where they are not reported."""
        kind = type(self.running[rule])
        return self.settings.severity(rule, kind.severity, enabled=kind.on, path=path)

    def reported(self) -> set[str]:
        """Rules whose findings can be reported in some file."""
        return {
            rule
            for rule, instance in self.running.items()
            if self.settings.severity(rule, type(instance).severity, enabled=type(instance).on) != Severity.OFF
            or any(_turns_on(self.settings, index, rule, instance) for index in range(len(self.settings.overrides)))
        }

    def former_names(self) -> dict[str, str]:
        """The ids of renamed rules by the names they had."""
        return {alias: rule for rule, entry in self.entries.items() for alias in entry.rule.aliases}

    def key(self) -> bytes:
        """What an answer that was kept depends on, of the rules: which ran, with which options."""
        rules = sorted((rule_id, repr(rule.options)) for rule_id, rule in self.running.items())
        return hashlib.blake2b(repr(rules).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def select(
    settings: Settings, base: Settings, entries: Mapping[str, RuleEntry], options: Mapping[str, Any]
) -> Selection:
    """The rules that ``settings`` (with the command line's wishes) or ``base`` (without) have on.

    Args:
        entries: all rules there are.
        options: option values by rule, where the configuration gives any.
    """
    running: dict[str, Rule] = {}
    for rule_id, entry in entries.items():
        kind = entry.rule
        wanted = any(
            chosen.severity(rule_id, kind.severity, enabled=kind.on) != Severity.OFF for chosen in (settings, base)
        )
        rule = kind(options.get(rule_id))
        if wanted or any(_turns_on(settings, index, rule_id, rule) for index in range(len(settings.overrides))):
            running[rule_id] = rule
    return Selection(settings, entries, running)


def _turns_on(settings: Settings, index: int, rule_id: str, rule: Rule) -> bool:
    return grade(settings.overrides[index].rules, rule_id, Grade(type(rule).severity, False)).enabled
