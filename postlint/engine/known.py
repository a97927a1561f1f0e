"""Holding the findings of a run against a baseline."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from postlint.engine.baseline import Baseline, Key, relative
from postlint.engine.run import Run
from postlint.finding import Diagnostic, Severity
from postlint.rule import BaselineUse
from postlint.text import Position, Text

__all__ = ["leave_out_known", "lowered", "pruned", "updated"]

_MOST_NOTICES = 5


class _Judge:
    """What the findings of one run say about baseline entries. The run itself went by no baseline."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.found: dict[Key, list[Diagnostic]] = {}
        for diagnostic in run.outcome.diagnostics:
            self.found.setdefault(Key(diagnostic.path, diagnostic.rule), []).append(diagnostic)
        self._checked = frozenset(run.outcome.checked)
        self._there = self._checked.union(file.path for file in run.survey.found.content)
        self._crashed = frozenset((crash.path, crash.rule) for crash in run.outcome.crashes)
        self._unread = frozenset(path for path, _ in run.outcome.problems)

    @cached_property
    def _former(self) -> Mapping[str, str]:
        return self.run.selection.former_names()

    def rule(self, name: str) -> str | None:
        """The id of the rule that has or had this name; None for none."""
        return name if name in self.run.selection.entries else self._former.get(name)

    def asked(self, path: str) -> bool:
        """Whether the run was about a file, be it there or not."""
        request = self.run.request
        if request.stdin is not None:
            return False  # what is being written in an editor proves nothing
        return path in self._checked or any(
            not wanted or path == wanted or path.startswith(wanted + "/") for wanted in request.paths
        )

    def is_there(self, path: str) -> bool:
        """Whether findings in a file are possible at all."""
        return path in self._there or path in self._unread

    def is_on(self, key: Key) -> bool:
        return key.rule in self.run.selection.running and self.severity(key) != Severity.OFF

    def severity(self, key: Key) -> Severity:
        return self.run.selection.severity(key.rule, key.path)

    def knows(self, key: Key) -> bool:
        """Whether all findings of a rule in a file were found."""
        path, rule = key
        crashes = ((path, rule), (path, ""), ("", rule))
        return path in self._checked and path not in self._unread and self._crashed.isdisjoint(crashes)

    def count(self, key: Key) -> int:
        return len(self.found.get(key, ()))


def leave_out_known(run: Run, baseline: Baseline) -> list[Diagnostic]:
    """Take out of the run's diagnostics what the baseline knows (into ``outcome.known``), and say where there is more.

    Where a file has more findings of a rule than are known, nothing tells which are new: all stay.

    Returns:
        What is wrong with the baseline itself.
    """
    outcome = run.outcome
    judge = _Judge(run)
    counts: dict[Key, int] = {}
    for key, count in baseline.counts.items():
        rule = judge.rule(key.rule)
        if rule is not None:
            now = Key(key.path, rule)
            counts[now] = max(count, counts.get(now, 0))
    known = {key for key, found in judge.found.items() if len(found) <= counts.get(key, 0)}
    more = [key for key in judge.found if key not in known and counts.get(key, 0)]
    outcome.known = [d for d in outcome.diagnostics if Key(d.path, d.rule) in known]
    outcome.diagnostics = [d for d in outcome.diagnostics if Key(d.path, d.rule) not in known]
    outcome.notices += _about_more(judge, counts, more)
    return list(_stale(judge, baseline))


def _about_more(judge: _Judge, counts: Mapping[Key, int], more: list[Key]) -> Iterator[str]:
    for key in more[:_MOST_NOTICES]:
        yield (
            f"{key.path}: of {judge.count(key)} findings of {key.rule} the baseline knows {counts[key]}; "
            "all are shown, because nothing tells which are new"
        )
    if len(more) > _MOST_NOTICES:
        yield f"the same of {len(more) - _MOST_NOTICES} more pairs of file and rule"


def _stale(judge: _Judge, baseline: Baseline) -> Iterator[Diagnostic]:
    """What the rules about baselines say of the entries that do not fit."""
    rules = judge.run.selection.baseline_rules
    if not rules or baseline.text is None:
        return
    path = relative(baseline.file, judge.run.root)
    for key, count in baseline.counts.items():
        if not judge.asked(key.path):
            continue
        use = _use(judge, baseline, key, count)
        if use is None:
            continue
        real = Key(key.path, judge.rule(key.rule) or key.rule)
        of_rule = judge.severity(real) if judge.is_on(real) else Severity.ERROR
        for rule in rules:
            # Nobody should fail for having mended what fails nobody.
            severity = min(judge.run.selection.severity(rule.id, path), of_rule)
            if severity != Severity.OFF:
                for finding in rule.check(use):
                    start, end = _place(baseline.text, finding.span)
                    yield Diagnostic(rule.id, severity, path, finding, start, end)


def _place(text: Text, span: tuple[int, int]) -> tuple[Position, Position]:
    return text.position(span[0]), text.position(span[1])


def _use(judge: _Judge, baseline: Baseline, key: Key, count: int) -> BaselineUse | None:
    """What has become of an entry that does not fit; None for one that does, or cannot be judged."""
    span = baseline.spans[key]
    rule = judge.rule(key.rule)
    if rule is None:
        from postlint.config.suggest import nearest

        near = nearest(key.rule, list(judge.run.selection.entries)) or ""
        return BaselineUse(span, key.path, key.rule, count, "unknown-rule", rule=near)
    if not judge.is_there(key.path):
        is_file = (judge.run.root / key.path).is_file()
        return BaselineUse(span, key.path, key.rule, count, "not-read" if is_file else "no-file")
    if rule != key.rule:
        return BaselineUse(span, key.path, key.rule, count, "renamed-rule", rule=rule)
    if not judge.knows(key) or not judge.is_on(key) or rule in judge.run.asked_the_clock:
        return None
    found = judge.count(key)
    return BaselineUse(span, key.path, rule, count, "fewer", found=found) if found < count else None


def lowered(run: Run, baseline: Baseline, paths: Collection[str]) -> dict[Key, int]:
    """The counts of a baseline, lowered to what a run (that went by none) found in files."""
    judge = _Judge(run)
    counts: dict[Key, int] = {}
    for key, count in baseline.counts.items():
        if key.path in paths and judge.is_on(key) and judge.knows(key):
            count = min(count, judge.count(key))
        if count:
            counts[key] = count
    return counts


def pruned(run: Run, baseline: Baseline) -> dict[Key, int]:
    """The counts of a baseline, lowered to what a run (that went by none) found in the files it was asked for.

    Entries of files that are gone and of rules that are gone or off are left out; those of renamed rules get the
    rules' names.
    """
    judge = _Judge(run)
    counts: dict[Key, int] = {}
    for key, count in baseline.counts.items():
        rule = judge.rule(key.rule)
        now = Key(key.path, rule or key.rule)
        if judge.asked(key.path):
            if rule is None or not judge.is_there(key.path) or not judge.is_on(now):
                continue
            if judge.knows(now):
                count = min(count, judge.count(now))
        if count:
            counts[now] = max(count, counts.get(now, 0))
    return counts


def updated(run: Run, baseline: Baseline) -> dict[Key, int]:
    """The counts of a baseline with all that a run (that went by none) found in the files it was asked for."""
    judge = _Judge(run)
    kept = {key: count for key, count in pruned(run, baseline).items() if not judge.knows(key)}
    return kept | {key: len(found) for key, found in judge.found.items()}
