"""A run: find the files, bring the index up to date, ask the rules, keep what was asked for."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from postlint.config.settings import Settings
from postlint.document import Document, Profile
from postlint.engine.analyse import Analysis, Analyst, Crash, describe, read_file
from postlint.engine.codec import dump_site_findings, load_directives, load_findings, load_site_findings
from postlint.engine.discover import Discovery, FileStat, GitIgnore, discover, within
from postlint.engine.placed import PlacedFinding
from postlint.engine.pool import Task, analyse_all
from postlint.engine.request import Outcome, Request
from postlint.engine.selection import Selection
from postlint.engine.sites import load_profiles
from postlint.engine.suppress import Suppressions
from postlint.finding import Diagnostic, Finding, Severity
from postlint.generators import Generator, generator_for
from postlint.packs import source_digest
from postlint.site import Site
from postlint.site.index import Index, IndexDamagedError, Known, Record
from postlint.text import Position, Text

__all__ = ["CACHE_FOLDER", "Outcome", "Request", "Run"]

CACHE_FOLDER = ".postlint_cache"
_RACY_NS = 50_000_000
"""A file changed this shortly before it was read may change again without a new time stamp."""


class Run:
    """One run over one project."""

    def __init__(self, settings: Settings, selection: Selection, request: Request) -> None:
        self.settings = settings
        self.selection = selection
        self.request = request
        self.root = settings.root
        self.outcome = Outcome()
        self.profiles: dict[str, Profile] = {}
        self._sites: list[str] = []
        self._surroundings: dict[str, str] = {}
        self._text: tuple[str, Text] | None = None
        self._analyst: Analyst | None = None

    # Steps ---------------------------------------------------------------------------------------------------

    def execute(self) -> Outcome:
        """Do it.

        Raises:
            ConfigError: a site's own configuration cannot be read.
        """
        found = self._discover()
        self.profiles, notices = load_profiles(self.root, found.site_folders, self.settings)
        self.outcome.notices += notices
        self._sites = sorted(self.profiles, key=len, reverse=True)
        cache = self.root / CACHE_FOLDER if self.request.cache else None
        try:
            return self._with_index(found, Index.open(cache))
        except IndexDamagedError:
            # The damaged file has been put aside: everything is read anew, once.
            notices, self.outcome = self.outcome.notices, Outcome()
            self.outcome.notices += [*notices, "the index was damaged and has been rebuilt"]
            return self._with_index(found, Index.open(cache))

    def _with_index(self, found: Discovery, index: Index) -> Outcome:
        keep = False
        try:
            stale, checked = self._plan(found, index)
            self._update(index, stale)
            index.set_files([*found.others, *(file.path for file in found.content)])
            self._collect(index, checked)
            # What stands for a file's content on stdin must not be believed by the next run.
            keep = self.request.stdin is None
        finally:
            self.outcome.notices += index.notices
            if keep:
                index.close()
            else:
                index.discard()
        return self.outcome

    def _discover(self) -> Discovery:
        settings, request = self.settings, self.request
        ignore = GitIgnore(self.root, settings.exclude, settings.include, gitignore=settings.respect_gitignore)
        found = discover(self.root, suffixes=frozenset(settings.extensions), ignore=ignore)
        there = {file.path for file in found.content}
        extra: list[FileStat] = []
        wanted = set(request.explicit)
        if request.stdin is not None:
            wanted.add(request.stdin[0])
        for path in sorted(wanted - there):
            if request.force_exclude and (settings.respect_gitignore or settings.exclude) and ignore.leaves_out(path):
                continue
            extra.append(_stat(self.root, path))
        if extra:
            others = {file.path for file in extra}
            found.others = [path for path in found.others if path not in others]
            found.content = sorted([*found.content, *extra])
        return found

    def site_of(self, path: str) -> str:
        """The site that a file belongs to: the nearest folder above it that has a generator's configuration."""
        for site in self._sites:
            if path.startswith(site):
                return site
        return ""

    @property
    def analyst(self) -> Analyst:
        if self._analyst is None:
            selection = self.selection
            keys = {site: self._key(profile) for site, profile in self.profiles.items()}
            self._analyst = Analyst(str(self.root), selection.document_rules, selection.site_rules, self.profiles, keys)
        return self._analyst

    def _key(self, profile: Profile) -> bytes:
        import pyromark
        import yaml

        parts = (
            source_digest(self.settings.packs),
            self.settings.settings_digest(),
            repr(profile),
            self.selection.key(),
            pyromark.__version__,
            yaml.__version__,
            sys.version_info[:3],
            "" if profile.zone else time.tzname,
        )
        return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def _plan(self, found: Discovery, index: Index) -> tuple[list[Task], list[str]]:
        """The files that must be read, and those that findings are asked for."""
        known: Mapping[str, Known] = index.known()
        analyst = self.analyst
        keys = analyst.keys
        self._surroundings = self._ask_surroundings(found)
        surroundings = self._surroundings
        stdin = self.request.stdin[0] if self.request.stdin is not None else None
        tasks: list[Task] = []
        several = len(self._sites) > 1
        only = self._sites[0] if not several else ""
        for file in found.content:
            path, mtime_ns, size = file
            site = self.site_of(path) if several else only
            around = surroundings.get(path, "") if surroundings else ""
            key = analyst.key(site, around) if around else keys[site]
            before = known.get(path)
            if before is None or before.key != key or path == stdin:
                tasks.append((path, site, mtime_ns, size, around, b""))
            elif before.mtime_ns != mtime_ns or before.size != size:
                tasks.append((path, site, mtime_ns, size, around, before.digest))
        gone = known.keys() - {file.path for file in found.content}
        if gone:
            index.remove(gone)
        if stdin is not None:
            checked = [stdin]
        else:
            explicit, is_template = self.request.explicit, self._is_template
            asked_for = within(self.request.paths, found.content)
            checked = [path for path in asked_for if path in explicit or not is_template(path)]
        asked = set(checked)
        for path, message in found.problems:
            if path in asked or any(_below(path, wanted) for wanted in self.request.paths):
                self.outcome.problems.append((path, message))
            else:
                self.outcome.notices.append(f"{path}: {message}")
        self.outcome.checked = checked
        self.outcome.indexed = len(found.content)
        return tasks, checked

    def _ask_surroundings(self, found: Discovery) -> dict[str, str]:
        """What decides the fates of files beside themselves, by path; only files for which there is anything."""
        asking = {site: generator_for(profile) for site, profile in self.profiles.items()}
        asking = {site: g for site, g in asking.items() if type(g).surroundings is not Generator.surroundings}
        if not asking:
            return {}
        paths = [file.path for file in found.content]
        there = {*paths, *found.others}.__contains__
        answers: dict[str, str] = {}
        for path in paths:
            generator = asking.get(self.site_of(path))
            answer = generator.surroundings(path, there) if generator is not None else ""
            if answer:
                answers[path] = answer
        return answers

    def _is_template(self, path: str) -> bool:
        """Whether the file is a layout or the like: known for its ids, but read as a page only where it is named."""
        return generator_for(self.profiles[self.site_of(path)]).is_template(path)

    def _update(self, index: Index, tasks: Sequence[Task]) -> None:
        if not tasks:
            return
        analyst = self.analyst
        progress = self.request.progress
        if progress is not None:
            progress(len(tasks), 0)
        done = partial(progress, len(tasks)) if progress is not None else None
        self.outcome.analysed = len(tasks)
        touched: list[tuple[str, int, int]] = []
        index.put(self._records(self._analyses(analyst, tasks, done), touched))
        for path, mtime_ns, size in touched:
            index.touch(path, mtime_ns, size)

    def _analyses(
        self, analyst: Analyst, tasks: Sequence[Task], done: Callable[[int], None] | None
    ) -> Iterator[Analysis]:
        if self.request.stdin is not None:
            path, data = self.request.stdin
            around = self._surroundings.get(path, "")
            yield analyst.analyse(path, self.site_of(path), -1, len(data), around, data=data)
            tasks = [task for task in tasks if task[0] != path]
        yield from analyse_all(analyst, tasks, jobs=self.request.jobs, progress=done)

    def _records(self, analyses: Iterable[Analysis], touched: list[tuple[str, int, int]]) -> Iterator[Record]:
        """What goes into the index; files whose content is the one that the index knows go to ``touched``."""
        outcome = self.outcome
        asked = set(outcome.checked)
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

    def _collect(self, index: Index, checked: Sequence[str]) -> None:
        outcome = self.outcome
        asked = set(checked)
        site_findings = self._site_findings(index, asked)
        for path, findings, directives in index.findings(None if self._everything else checked):
            if path not in asked:
                continue
            try:
                placed = [*load_findings(findings), *site_findings.pop(path, ())]
                suppressions = Suppressions(load_directives(directives))
            except (ValueError, TypeError) as error:
                raise index.distrust(error) from error
            self._report(path, placed, suppressions)
        for path, placed in site_findings.items():
            # About a file that is asked for but not in the index: one that could not be read.
            self._report(path, placed, Suppressions(()))
        outcome.diagnostics.sort(key=lambda d: (d.path, d.start, d.end, d.rule, d.finding.message))

    @property
    def _everything(self) -> bool:
        """Whether the whole site is asked for; a template is not, even then."""
        return self.request.stdin is None and "" in self.request.paths

    def _site_findings(self, index: Index, asked: set[str]) -> dict[str, list[PlacedFinding]]:
        """What the site rules say of the files that are asked for, by path.

        What a rule says of the whole site is kept until anything in the index changes, unless the rule looked at the
        clock.
        """
        everything = self._everything
        stamp = source_digest(self.settings.packs)
        site = Site(index, self.profiles, self.request.now, stamp, None if everything else asked)
        key = b"".join((self.selection.key(), *(self.analyst.keys[site] for site in sorted(self.analyst.keys))))
        by_path: dict[str, list[PlacedFinding]] = {}
        for rule in self.selection.site_rules:
            try:
                kept = index.recall(rule.id, key)
                if kept is not None:
                    found = load_site_findings(kept)
                else:
                    site.clock_was_read = False
                    found = [(f.path, self._placed(rule.id, f.path, f.finding)) for f in rule.check(site)]
                    if everything and not site.clock_was_read:
                        index.remember(rule.id, key, dump_site_findings(found))
            except IndexDamagedError:
                raise
            except Exception as error:
                self.outcome.crashes.append(Crash("", rule.id, describe(error)))
                continue
            for path, placed in found:
                if path in asked:
                    by_path.setdefault(path, []).append(placed)
        return by_path

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
            lambda rule: rule in reported and self.selection.severity(rule, path) != Severity.OFF,
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
            text = self.text(path)
        except OSError:
            return PlacedFinding(rule, finding, Position(1, 1), Position(1, 1))
        start, end = finding.span
        length = len(text)
        return PlacedFinding(rule, finding, text.position(min(start, length)), text.position(min(end, length)))

    # For commands ---------------------------------------------------------------------------------------------

    def text(self, path: str) -> Text:
        """A file's text as it is now; the last one is kept, since questions come file by file.

        Raises:
            OSError: it cannot be read.
        """
        if self._text is None or self._text[0] != path:
            stdin = self.request.stdin
            data = stdin[1] if stdin is not None and stdin[0] == path else read_file(os.path.join(self.root, path))
            self._text = (path, Text.decode(data))
        return self._text[1]

    def findings(self, doc: Document, crashes: list[Crash]) -> list[PlacedFinding]:
        """What document rules say of a document that is in no index: those that are wanted and reported."""
        placed = Suppressions(doc.directives).filter(self.analyst.findings(doc, crashes))
        return [found for found in placed if self.selection.severity(found.rule, doc.path) != Severity.OFF]

    def document(self, path: str) -> Document:
        """A document of this run, read anew.

        Raises:
            OSError: it cannot be read.
        """
        return Document(path, self.text(path), self.profiles[self.site_of(path)], self._surroundings.get(path, ""))


def _stat(root: Path, path: str) -> FileStat:
    try:
        status = (root / path).stat()
    except OSError:
        return FileStat(path, -1, -1)
    return FileStat(path, status.st_mtime_ns, status.st_size)


def _below(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(folder + "/")
