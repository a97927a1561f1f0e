"""Which rules take part in a run, with which options."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from postlint.config.precedence import Grade, grade
from postlint.config.settings import Settings
from postlint.finding import Severity
from postlint.packs import Kind, RuleEntry

if TYPE_CHECKING:
    from postlint.rule import BaselineRule, DocumentRule, Rule, SiteRule, SuppressionRule

__all__ = ["Selection", "select"]


@dataclass(slots=True)
class Selection:
    """The rules of a run. A rule is imported when somebody wants the rule itself.

    ``running`` may hold more than is reported: rules that only a part of the site asks for, and those that a
    ``--select`` leaves out but the site's configuration has on, so that the index stays of use to the next run.

    Attributes:
        entries: all rules there are.
        running: the rules that take part, by id, with the options that the configuration gives them (None: none).
        source: the digest of the source of postlint and of all packs.
    """

    settings: Settings
    entries: Mapping[str, RuleEntry]
    running: Mapping[str, Any]
    source: str
    _made: dict[str, Rule] = field(default_factory=dict)

    def rule(self, rule_id: str) -> Rule:
        """The rule, with its options.

        Raises:
            PackError: it cannot be imported.
        """
        made = self._made.get(rule_id)
        if made is None:
            made = self._made[rule_id] = self.entries[rule_id].rule(self.running[rule_id])
        return made

    def ids(self, kind: Kind) -> Iterator[str]:
        """The ids of the rules of a kind that take part."""
        return (rule_id for rule_id in self.running if self.entries[rule_id].traits.kind == kind)

    @property
    def document_rules(self) -> list[DocumentRule]:
        return cast("list[DocumentRule]", [self.rule(rule_id) for rule_id in self.ids("document")])

    @property
    def collectors(self) -> list[SiteRule]:
        """The site rules that gather facts in each document."""
        collecting = (rule_id for rule_id in self.ids("site") if self.entries[rule_id].traits.collects)
        return cast("list[SiteRule]", [self.rule(rule_id) for rule_id in collecting])

    def site_rule(self, rule_id: str) -> SiteRule:
        """One of those that ``ids("site")`` names."""
        return cast("SiteRule", self.rule(rule_id))

    @property
    def suppression_rules(self) -> list[SuppressionRule]:
        return cast("list[SuppressionRule]", [self.rule(rule_id) for rule_id in self.ids("suppression")])

    @property
    def baseline_rules(self) -> list[BaselineRule]:
        return cast("list[BaselineRule]", [self.rule(rule_id) for rule_id in self.ids("baseline")])

    def speak_of_other_sites(self) -> list[tuple[str, str]]:
        """The rules of the run that say something only where other sites were asked, each with what it speaks of."""
        return [(rule_id, of) for rule_id in self.running if (of := self.entries[rule_id].traits.external)]

    def severity(self, rule: str, path: str) -> Severity:
        """The severity of a rule's findings in a file; OFF where they are not reported."""
        traits = self.entries[rule].traits
        return self.settings.severity(rule, traits.severity, enabled=traits.on, path=path)

    def reported(self) -> set[str]:
        """Rules whose findings can be reported in some file."""
        return {rule for rule in self.running if _reports(self.settings, self.entries[rule])}

    def former_names(self) -> dict[str, str]:
        """The ids of renamed rules by the names they had."""
        return {alias: rule for rule, entry in self.entries.items() for alias in entry.traits.aliases}

    def key(self) -> bytes:
        """What an answer that was kept depends on, of the rules: which ran, with which options.

        What an option is where none is given follows from the source, which is a part of every key.
        """
        rules = sorted((rule_id, repr(options)) for rule_id, options in self.running.items())
        return hashlib.blake2b(repr(rules).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def select(
    settings: Settings, base: Settings, entries: Mapping[str, RuleEntry], options: Mapping[str, Any], source: str
) -> Selection:
    """The rules that ``settings`` (with the command line's wishes) or ``base`` (without) have on.

    Args:
        entries: all rules there are.
        options: option values by rule, where the configuration gives any.
        source: the digest of all source.
    """
    running = {
        rule_id: options.get(rule_id)
        for rule_id, entry in entries.items()
        if _reports(settings, entry) or _is_on(base, entry)
    }
    return Selection(settings, entries, running, source)


def _reports(settings: Settings, entry: RuleEntry) -> bool:
    """Whether the rule is on somewhere."""
    if _is_on(settings, entry):
        return True
    standing = Grade(entry.traits.severity, False)
    return any(grade(override.rules, entry.id, standing).enabled for override in settings.overrides)


def _is_on(settings: Settings, entry: RuleEntry) -> bool:
    """Whether the rule is on outside all overrides."""
    traits = entry.traits
    return settings.severity(entry.id, traits.severity, enabled=traits.on) != Severity.OFF
