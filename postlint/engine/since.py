"""Leaving out what was found before a change too.

The project as it was is looked at in the same way as it is now, by the same rules and settings, in the same index:
only files that differ are read, and the index is put back afterwards. A finding counts as old where the past had one of
the same rule, in the same file (under the name it had), in a line of the same text at the same place with the same
message; numbers in the message do not count, because they count other lines and files. Of several alike as many are
old as there were, those first that stand in lines which did not change.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from posixpath import normpath

from postlint.config.errors import ConfigError
from postlint.config.settings import Settings
from postlint.document import Profile
from postlint.engine.changes import Changes
from postlint.engine.discover import Discovery, discover
from postlint.engine.past import PastTree
from postlint.engine.run import Evidence, Plan, Run
from postlint.engine.sites import load_profiles
from postlint.engine.survey import Survey, ignored
from postlint.finding import Diagnostic
from postlint.regex import regex
from postlint.site.addresses import address_files
from postlint.site.index import Index

__all__ = ["leave_out_old"]

_NUMBER = regex(r"\d+")

Mark = tuple[str, str, int, str]
"""Rule, text of the line, column in it, message."""


def leave_out_old(run: Run, index: Index, changes: Changes) -> None:
    """Keep of the run's diagnostics those that the past did not have; count the others in ``outcome.older``.

    Args:
        run: a run whose findings are collected.
        index: the run's; it is as it was when this returns.
        changes: since when.
    """
    outcome = run.outcome
    outcome.notices += changes.notices
    by_path: dict[str, list[Diagnostic]] = {}
    for diagnostic in outcome.diagnostics:
        by_path.setdefault(diagnostic.path, []).append(diagnostic)
    if run.request.stdin is None and not changes:
        new: Mapping[str, list[Diagnostic]] = {}
    else:
        with PastTree(run.root, changes) as tree, index.aside():
            new = _new(run, PastRun(run, changes, tree), index, changes, by_path)
    kept = [diagnostic for path in sorted(new) for diagnostic in new[path]]
    outcome.older = len(outcome.diagnostics) - len(kept)
    outcome.diagnostics = kept


def _new(
    run: Run, past: PastRun, index: Index, changes: Changes, by_path: Mapping[str, list[Diagnostic]]
) -> dict[str, list[Diagnostic]]:
    there = {path: before for path in by_path if (before := changes.path_before(path)) is not None}
    past_of = past.collected(index, set(there.values()))
    new = {path: found for path, found in by_path.items() if path not in there}
    stdin = run.request.stdin[0] if run.request.stdin is not None else None
    nothing = Evidence()
    renamed = _renaming(changes)
    for path, before in there.items():
        then = past_of.get(before, nothing)
        if path == before and path not in changes.before and path != stdin and then == run.evidence.get(path):
            continue
        left = Counter(_mark(past, diagnostic, renamed) for diagnostic in past.report(before, then))
        found = by_path[path]
        marks = [_mark(run, diagnostic) for diagnostic in found]
        # In untouched lines first, so that what stays over is in those that changed.
        order = list(range(len(found)))
        if left and path in changes.before:
            touched = [changes.touches(path, d.start.line, d.end.line) for d in found]
            order.sort(key=touched.__getitem__)
        old = set()
        for at in order:
            if left[marks[at]] > 0:
                left[marks[at]] -= 1
                old.add(at)
        if rest := [diagnostic for at, diagnostic in enumerate(found) if at not in old]:
            new[path] = rest
    return new


def _renaming(changes: Changes) -> Callable[[str], str]:
    """What gives the renamed files in a message of the past the names that they have now."""
    names = {old: now for now, old in changes.before.items() if old != now}
    if not names:
        return str
    old = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    return lambda message: old.sub(lambda match: names[match[0]], message)


def _mark(run: Run, diagnostic: Diagnostic, renamed: Callable[[str], str] = str) -> Mark:
    try:
        line = run.survey.text(diagnostic.path).line(diagnostic.start.line)
    except (OSError, IndexError):
        line = ""
    text = line.strip()
    column = diagnostic.start.column - (len(line) - len(line.lstrip()))
    return diagnostic.rule, text, column, _NUMBER.sub("0", renamed(diagnostic.finding.message))


class PastRun(Run):
    """A run over a project as it was, in the index of a run over the project as it is."""

    def __init__(self, now: Run, changes: Changes, tree: PastTree) -> None:
        request = now.request
        explicit = {changes.path_before(path) for path in request.explicit}
        request = replace(
            request,
            paths=("",),
            explicit=frozenset(path for path in explicit if path is not None),
            stdin=None,
            progress=None,
            statistics=False,
            since=None,
        )
        super().__init__(_settings(now.settings, changes, tree), now.selection, request)
        self._now = now
        self._found_now = {diagnostic.rule for diagnostic in now.outcome.diagnostics}
        self._tree = tree

    @cached_property
    def survey(self) -> Survey:
        return _PastSurvey(self, self._now.survey, self._tree)

    @property
    def _site_rules(self) -> Iterable[str]:
        """Those that find anything now, in whatever is asked about. What others found decides over nothing but
        whether a suppression was needed."""
        now = self._now
        if not self._found_now.isdisjoint(now.selection.ids("suppression")):
            return super()._site_rules
        found = {placed.rule for evidence in now.evidence.values() for placed in evidence.from_site}
        return [rule_id for rule_id in super()._site_rules if rule_id in found]

    @property
    def _everything(self) -> bool:
        return False  # the index has it all, but only some files are asked about

    def _plan(self, index: Index) -> Plan:
        now, survey = self._now.survey, self.survey
        if self._keys != self._now._keys or survey.surroundings != now.surroundings:
            return super()._plan(index)
        # Of all others the index has what was made of them a moment ago.
        there = {file.path for file in now.found.content}
        stdin = self._now.request.stdin
        differ = {*survey.tree.elsewhere, *(() if stdin is None else stdin[:1])}
        index.remove(there.difference(file.path for file in survey.found.content))
        content = survey.found.content
        return Plan(array("L", (at for at, f in enumerate(content) if f.path in differ or f.path not in there)))

    def collected(self, index: Index, paths: set[str]) -> Mapping[str, Evidence]:
        """What was found in files, by their paths before; nothing for those in which nothing was."""
        found = self.survey.found
        self._update(index, self._plan(index))
        index.set_files(sorted([*found.others, *(file.path for file in found.content)]))
        address_files(index, self.survey.profiles, self.selection.source)
        self.outcome.checked = sorted(paths)
        return dict(self._evidence(index))

    def report(self, path: str, evidence: Evidence) -> list[Diagnostic]:
        """What a run would have shown of a file."""
        self.outcome.diagnostics = []
        self._report(path, *self._loaded(evidence))
        return self.outcome.diagnostics


class _PastSurvey(Survey):
    def __init__(self, past: PastRun, now: Survey, tree: PastTree) -> None:
        self._now = now
        self._past = tree
        super().__init__(past.settings, past.request, tree)

    def _discover(self) -> Discovery:
        """The files there were. Where nothing says that other folders counted, only what differs is looked for."""
        if not self._past.configured_alike:
            return super()._discover()
        now, changes, differ = self._now.found, self._past.changes, self._past.differences
        ignore = ignored(self.settings, differ)
        then = discover(differ, suffixes=frozenset(self.settings.extensions), ignore=ignore)
        old = changes.old

        def stayed(path: str) -> bool:
            return path not in old and not changes.is_added(path)

        content = [file for file in now.content if stayed(file.path)]
        found = Discovery(
            sorted([*content, *(file for file in then.content if file.path in old)]),
            sorted([*filter(stayed, now.others), *(path for path in then.others if path in old)]),
            now.site_folders,
        )
        self._add_named(found, ignore)
        return found

    def _profiles(self, settings: Settings) -> tuple[dict[str, Profile], list[str]]:
        now = self._now.profiles
        if self._past.configured_alike and settings.taxonomies == self._now.settings.taxonomies:
            return now, []
        try:
            return load_profiles(self._past.skeleton, self.found.site_folders, settings)
        except ConfigError:
            return now, []  # it could not be built at all


def _settings(settings: Settings, changes: Changes, tree: PastTree) -> Settings:
    """Our own settings count as they are now, so that a rule that is switched on does not make all of its findings new.
    Terms that stand in a file of the site are the site's."""
    from postlint.config.terms import read_terms

    taxonomies = []
    for taxonomy in settings.taxonomies:
        if taxonomy.terms_from is not None and normpath(taxonomy.terms_from) in changes.old:
            with suppress(ValueError):
                taxonomy = replace(taxonomy, terms=read_terms(changes.folder / taxonomy.terms_from))
        taxonomies.append(taxonomy)
    return replace(settings, taxonomies=tuple(taxonomies)) if taxonomies else settings
