"""A run: find the files, bring the index up to date, ask the rules, keep what was asked for."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
import time
from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from postlint.config.settings import Settings
from postlint.engine.codec import dump_site_findings, load_directives, load_findings, load_site_findings
from postlint.engine.crash import Crash, describe
from postlint.engine.placed import PlacedFinding
from postlint.engine.project import CACHE_FOLDER
from postlint.engine.reading import file_key
from postlint.engine.request import Outcome, Request
from postlint.engine.selection import Selection
from postlint.engine.suppress import Suppressions
from postlint.engine.survey import Survey
from postlint.finding import Diagnostic, Finding, Severity
from postlint.site.addresses import address_files
from postlint.site.index import Index, IndexDamagedError, Record
from postlint.text import Position

if TYPE_CHECKING:
    # What reads and judges documents is loaded when there is something to read.
    from postlint.document import Document, Profile
    from postlint.engine.analyse import Analysis, Analyst
    from postlint.engine.external import ExternalLinks, Wanted
    from postlint.engine.pool import Task
    from postlint.site.site import Site

__all__ = ["CACHE_FOLDER", "Evidence", "Outcome", "Request", "Run", "in_order"]

T = TypeVar("T")

_RACY_NS = 50_000_000
"""A file changed this shortly before it was read may change again without a new time stamp."""


@dataclass(slots=True)
class Plan:
    """Which files must be read: their numbers among the content, and for those whose answers may still hold, as the
    index knows them, the digest of the text that they hold for."""

    numbers: array[int] = field(default_factory=lambda: array("L"))
    digests: dict[int, bytes] = field(default_factory=dict)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics as reports have them: by path and place."""
    return sorted(diagnostics, key=lambda d: (d.path, d.start, d.end, d.rule, d.finding.message))


class Evidence(NamedTuple):
    """All from which it follows what is said of one file: what document rules found and which suppression comments
    there are, as the index keeps both, and what site rules found."""

    findings: bytes = b""
    directives: bytes = b""
    from_site: Sequence[PlacedFinding] = ()


class Run:
    """One run over one project."""

    def __init__(self, settings: Settings, selection: Selection, request: Request) -> None:
        self.settings = settings
        self.selection = selection
        self.request = request
        self.root = settings.root
        self.outcome = Outcome()
        self.evidence: dict[str, Evidence] = {}
        """Of each file of which anything is to be said; kept where the past is to be compared."""
        self.asked_the_clock: set[str] = set()
        """Site rules that may say something else at another time."""

    # Steps ---------------------------------------------------------------------------------------------------

    def execute(self) -> Outcome:
        """Do it.

        Raises:
            ConfigError: a site's own configuration cannot be read.
        """
        self._through(self._answer)
        return self.outcome

    def ask(self, question: Callable[[Index], T], *, update: bool = True) -> T:
        """Bring the index up to date and put ``question`` to it.

        Args:
            question: may be asked again, of a new index, where the first one turns out to be damaged.
            update: False asks the index as it is.

        Raises:
            ConfigError: a site's own configuration cannot be read.
        """
        return self._through(question, update=update)

    def external_links(self, wanted: Wanted | None = None) -> ExternalLinks:
        """The links to other sites in the files that were asked for. No rule is asked about the site.

        Args:
            wanted: leaves out the others; None: none.

        Raises:
            ConfigError: a site's own configuration cannot be read.
        """
        from postlint.engine.external import ExternalLinks, gathered

        found = ExternalLinks()

        def gather(index: Index) -> None:
            asked = self.outcome.asked
            comments = {path: directives for path, _, directives in index.findings() if directives}
            links = (link for link in self.site(index, self.outcome.checked).links_out() if link.path in asked)
            found.uses = gathered(links, comments, self.selection, wanted)

        self._through(gather)
        found.notices, found.checked = self.outcome.notices, self.outcome.checked
        return found

    def _through(self, step: Callable[[Index], T], *, update: bool = True) -> T:
        """Open the index, do what there is to do, and close it."""
        cache = self.root / CACHE_FOLDER if self.request.cache else None
        self.outcome = self._begun()
        try:
            return self._with_index(Index.open(cache), step, update=update)
        except IndexDamagedError as error:
            notice, lost = str(error), error.lost
        # The damaged file has been put aside: everything is read anew, once; in memory where it is still in the way.
        self.outcome = self._begun()
        try:
            result = self._with_index(Index.open(None if lost else cache), step)
        except IndexDamagedError:
            self.outcome = self._begun()
            result = self._with_index(Index.open(None), step)
        if not self.outcome.crashes:  # or it was a rule that failed, and the index was as it should be
            self.outcome.notices.insert(0, notice)
        return result

    @cached_property
    def survey(self) -> Survey:
        return Survey(self.settings, self.request)

    def _begun(self) -> Outcome:
        survey = self.survey
        self.evidence = {}
        return Outcome(
            checked=sorted([*survey.checked, *(path for path in survey.configurations if path not in survey.asked)]),
            problems=[*survey.problems],
            notices=[*survey.notices, *self._unmatched()],
            indexed=len(survey.found.content),
        )

    def _unmatched(self) -> list[str]:
        if not self.settings.schemas and not self.settings.overrides:
            return []
        from postlint.engine.unmatched import unmatched_paths

        found = self.survey.found
        return unmatched_paths(self.settings, [file.path for file in found.content], found.others)

    def _with_index(self, index: Index, step: Callable[[Index], T], *, update: bool = True) -> T:
        keep = False
        found = self.survey.found
        try:
            if update:
                self._update(index, self._plan(index))
                index.set_files(sorted([*found.others, *(file.path for file in found.content)]))
                address_files(index, self.survey.profiles, self.selection.source)
            elif not index.inherited:
                self.outcome.notices.append("the index is empty: no run has filled it")
            result = step(index)
            if self.settings.taxonomies:
                from postlint.engine.unmatched import unused_taxonomies

                used = [name for (name,) in index.execute("SELECT DISTINCT taxonomy FROM term")]
                self.outcome.notices += unused_taxonomies(self.settings, used)
            # What stands for a file's content on stdin must not be believed by the next run.
            keep = self.request.stdin is None
        except (sqlite3.Error, ArithmeticError, LookupError, TypeError, ValueError, RuntimeError) as error:
            if index.inherited:  # what an earlier run left, or somebody else, may be the cause
                raise index.distrust(error) from error
            raise
        finally:
            self.outcome.notices += index.notices
            if keep:
                index.close()
            else:
                index.discard()
        return result

    def _answer(self, index: Index) -> None:
        self._collect(index)
        self._leave_out(index)

    def _leave_out(self, index: Index) -> None:
        """Of what was found, what the baseline knows and what was there before."""
        request, outcome = self.request, self.outcome
        about_baseline: list[Diagnostic] = []
        if request.baseline is not None:
            from postlint.engine.known import leave_out_known

            about_baseline = leave_out_known(self, request.baseline)
        if request.since is not None:
            from postlint.engine.since import leave_out_old

            leave_out_old(self, index, request.since)
        if about_baseline:
            outcome.diagnostics = in_order([*outcome.diagnostics, *about_baseline])

    @cached_property
    def analyst(self) -> Analyst:
        """
        Raises:
            PackError: a rule cannot be imported.
        """
        from postlint.engine.analyse import Analyst

        selection, survey = self.selection, self.survey
        rules = selection.document_rules, selection.collectors
        return Analyst(str(self.root), *rules, survey.profiles, self._keys, survey.tree.elsewhere)

    @cached_property
    def _keys(self) -> dict[str, bytes]:
        """By site: what an answer that was kept depends on, beside the text."""
        return {site: self._key(profile) for site, profile in self.survey.profiles.items()}

    def _key(self, profile: Profile) -> bytes:
        import pyromark
        import yaml

        parts = (
            self.selection.source,
            self.settings.settings_digest(),
            repr(profile),
            self.selection.key(),
            pyromark.__version__,
            yaml.__version__,
            sys.version_info[:3],
            "" if profile.zone else time.tzname,
        )
        return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def _plan(self, index: Index) -> Plan:
        """The files that must be read; those that are gone are forgotten.

        What is there and what is known both come by path, so that of neither more than a row is held.
        """
        survey, keys = self.survey, self._keys
        content, surroundings = survey.found.content, survey.surroundings
        stdin = self.request.stdin[0] if self.request.stdin is not None else None
        plan = Plan()
        gone: list[str] = []
        several = len(survey.sites) > 1
        only = survey.sites[0]
        rows = iter(index.each_known())
        known = next(rows, None)
        for number, (path, mtime_ns, size) in enumerate(content):
            while known is not None and known[0] < path:
                gone.append(known[0])
                known = next(rows, None)
            if known is None or known[0] != path:
                plan.numbers.append(number)
                continue
            _, before_ns, before_size, digest, before_key = known
            known = next(rows, None)
            site = survey.site_of(path) if several else only
            around = surroundings.get(path, "") if surroundings else ""
            if before_key != (file_key(keys[site], around) if around else keys[site]) or path == stdin:
                plan.numbers.append(number)
            elif before_ns != mtime_ns or before_size != size:
                plan.numbers.append(number)
                plan.digests[number] = digest
        if known is not None:
            gone += [known[0], *(row[0] for row in rows)]
        if gone:
            index.remove(gone)
        return plan

    def _tasks(self, plan: Plan) -> Iterator[Task]:
        survey = self.survey
        content, surroundings = survey.found.content, survey.surroundings
        for number in plan.numbers:
            path, mtime_ns, size = content[number]
            digest = plan.digests.get(number, b"")
            yield path, survey.site_of(path), mtime_ns, size, surroundings.get(path, ""), digest

    def _update(self, index: Index, plan: Plan) -> None:
        total = len(plan.numbers)
        if not total:
            return
        progress = self.request.progress
        if progress is not None:
            progress(total, 0)
        done = partial(progress, total) if progress is not None else None
        self.outcome.analysed = total
        touched: list[tuple[str, int, int]] = []
        index.put(self._records(self._analyses(plan, done), touched))
        for path, mtime_ns, size in touched:
            index.touch(path, mtime_ns, size)

    def _analyses(self, plan: Plan, done: Callable[[int], None] | None) -> Iterator[Analysis]:
        from postlint.engine.pool import analyse_all

        analyst, tasks = self.analyst, self._tasks(plan)
        total = len(plan.numbers)
        if self.request.stdin is not None:
            path, data = self.request.stdin
            around = self.survey.surroundings.get(path, "")
            yield analyst.analyse(path, self.survey.site_of(path), -1, len(data), around, data=data)
            tasks = (task for task in tasks if task[0] != path)
            total -= 1
        yield from analyse_all(analyst, tasks, total, jobs=self.request.jobs, progress=done)

    def _records(self, analyses: Iterable[Analysis], touched: list[tuple[str, int, int]]) -> Iterator[Record]:
        """What goes into the index; files whose content is the one that the index knows go to ``touched``."""
        outcome = self.outcome
        asked = outcome.asked
        for item in analyses:
            outcome.crashes += item.crashes
            if item.problem:
                if item.path in asked:
                    outcome.problems.append((item.path, f"the file cannot be read: {item.problem}"))
                else:
                    outcome.notices.append(f"{item.path} cannot be read: {item.problem}")
            # A file that may still change under the same time must be looked at again, and an answer that a crash
            # made incomplete must not be believed at all.
            mtime_ns = item.mtime_ns if time.time_ns() - item.mtime_ns > _RACY_NS else -1
            if item.unchanged:
                touched.append((item.path, mtime_ns, item.size))
            if item.facts is None:
                continue
            yield Record(
                item.path,
                item.site,
                mtime_ns,
                item.size,
                item.digest,
                b"" if item.crashes else item.key,
                item.facts,
                item.findings,
                item.directives,
            )

    def _collect(self, index: Index) -> None:
        """Ask the site rules, and keep what is to be reported."""
        outcome = self.outcome
        keep = self.request.since is not None
        for path, evidence in self._evidence(index):
            if keep:
                self.evidence[path] = evidence
            self._report(path, *self._loaded(evidence))
        outcome.diagnostics = in_order(outcome.diagnostics)

    def _evidence(self, index: Index) -> Iterator[tuple[str, Evidence]]:
        asked = self.outcome.asked
        site_findings = self._site_findings(index, asked)
        for path, findings, directives in index.findings(None if self._everything else self.outcome.checked):
            if path in asked:
                yield path, Evidence(findings, directives, site_findings.pop(path, ()))
        for path, placed in site_findings.items():
            # About a file that is asked for but not in the index: a site's configuration, or what could not be read.
            yield path, Evidence(from_site=placed)

    def _loaded(self, evidence: Evidence) -> tuple[list[PlacedFinding], Suppressions]:
        placed = [*load_findings(evidence.findings), *evidence.from_site]
        directives = load_directives(evidence.directives)
        return placed, Suppressions(directives, self._former if directives else {})

    @cached_property
    def _former(self) -> Mapping[str, str]:
        return self.selection.former_names()

    @property
    def _everything(self) -> bool:
        """Whether the whole site is asked for; a template is not, even then."""
        return self.request.stdin is None and "" in self.request.paths

    def _site_findings(self, index: Index, asked: Container[str]) -> dict[str, list[PlacedFinding]]:
        """What the site rules say of the files that are asked for, by path.

        What a rule says of the whole site is kept until anything in the index changes, or the clock passes an instant
        that the rule compared it with.
        """
        everything = self._everything
        # What was kept holds for a run that asks nobody; of one that had other sites asked nothing is kept.
        may_keep = self.request.verdicts is None
        redirects = repr([self.survey.profiles[site].redirects for site in sorted(self._keys)]).encode()
        key = b"".join((self.selection.key(), redirects, *(self._keys[site] for site in sorted(self._keys))))
        now = self.request.now.timestamp()
        site: Site | None = None
        by_path: dict[str, list[PlacedFinding]] = {}
        for rule_id in self._site_rules:
            kept = index.recall(rule_id, key, now) if may_keep else None
            if kept is not None:
                found = load_site_findings(kept)
            else:
                rule = self.selection.site_rule(rule_id)
                if site is None:
                    site = self.site(index, None if everything else self.outcome.checked)
                site.holds.reset()
                try:
                    found = [
                        (f.path, self._placed(rule_id, f.path, f.finding))
                        for f in rule.check(site)
                        if everything or f.path in asked
                    ]
                except IndexDamagedError:
                    raise
                except Exception as error:
                    if index.inherited:
                        raise index.distrust(error) from error
                    self.outcome.crashes.append(Crash("", rule_id, describe(error)))
                    continue
                if site.holds.bounded:
                    self.asked_the_clock.add(rule_id)
                if everything and may_keep:
                    index.remember(rule_id, key, dump_site_findings(found), site.holds)
            for path, placed in found:
                if path in asked:
                    by_path.setdefault(path, []).append(placed)
        self.asked_the_clock.update(index.bounded())
        if self.request.statistics:
            self.outcome.links = (site or self.site(index, None)).link_counts(self.outcome.checked)
        return by_path

    @property
    def _site_rules(self) -> Iterable[str]:
        return self.selection.ids("site")

    def diagnostics(self, index: Index) -> list[Diagnostic]:
        """What is to be reported of the files that were asked for, from an index that is up to date."""
        self._answer(index)
        return self.outcome.diagnostics

    def site(self, index: Index, asked: Sequence[str] | None = None) -> Site:
        """The site as ``index`` knows it.

        Args:
            asked: the documents whose findings are wanted; None for all.
        """
        from postlint.site.site import Site

        return Site(index, self.survey.profiles, self.request.now, asked, self.request.verdicts)

    def _report(self, path: str, placed: list[PlacedFinding], suppressions: Suppressions) -> None:
        outcome, severity = self.outcome, self.selection.severity
        wanted = suppressions.filter(placed) if placed else placed
        outcome.suppressed += len(placed) - len(wanted)
        if suppressions.directives:
            wanted += self._about_suppressions(path, suppressions)
        for found in wanted:
            level = severity(found.rule, path)
            if level != Severity.OFF:
                outcome.diagnostics.append(Diagnostic(found.rule, level, path, found.finding, found.start, found.end))

    def _about_suppressions(self, path: str, suppressions: Suppressions) -> list[PlacedFinding]:
        rules = self.selection.suppression_rules
        if not rules:
            return []
        from postlint.config.suggest import nearest

        known = tuple(self.selection.entries)
        names = [*known, *{rule.partition("/")[0] for rule in known}]
        reported = self.selection.reported()
        placed: list[PlacedFinding] = []
        uses = suppressions.uses(
            known,
            lambda rule: (
                rule in reported and self.selection.severity(rule, path) != Severity.OFF
                if rule in self.selection.running and not self.selection.entries[rule].traits.external
                else None
            ),
            lambda name: nearest(name, names) or "",
        )
        for use in uses:
            for rule in rules:
                for finding in rule.check(use):
                    placed.append(self._placed(rule.id, path, finding))
        return suppressions.filter(placed)

    def _placed(self, rule: str, path: str, finding: Finding) -> PlacedFinding:
        """A finding that was made without its text, with its place as line and column."""
        try:
            text = self.survey.text(path)
        except OSError:
            return PlacedFinding(rule, finding, Position(1, 1), Position(1, 1))
        start, end = finding.span
        length = len(text)
        return PlacedFinding(rule, finding, text.position(min(start, length)), text.position(min(end, length)))

    # For commands ---------------------------------------------------------------------------------------------

    def findings(self, doc: Document, crashes: list[Crash]) -> list[PlacedFinding]:
        """What document rules say of a document that is in no index: those that are wanted and reported."""
        placed = Suppressions(doc.directives, self._former).filter(self.analyst.findings(doc, crashes))
        return [found for found in placed if self.selection.severity(found.rule, doc.path) != Severity.OFF]
