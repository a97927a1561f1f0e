"""From an outcome of the engine to what reporters are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from postlint import HOME, __version__
from postlint.config.settings import Settings
from postlint.engine.discover import repository_root
from postlint.engine.run import Outcome, Run
from postlint.packs import BUILTIN, RuleEntry
from postlint.report.model import DiffBase, Problem, RuleInfo, RunReport
from postlint.text import Text

__all__ = ["assemble", "failed"]

_PAGES = f"{HOME}/blob/v{__version__}/rules/postlint_rules/"


class _Rules(Mapping[str, RuleInfo]):
    """What reports say of rules, made when asked for: most formats never read a page."""

    def __init__(self, entries: Mapping[str, RuleEntry]) -> None:
        self._entries = entries

    def __getitem__(self, rule: str) -> RuleInfo:
        entry = self._entries[rule]
        return RuleInfo(
            id=rule,
            summary=entry.summary,
            page=entry.page,
            default_severity=entry.traits.severity,
            fixable=entry.fixable,
            url=f"{_PAGES}{rule.replace('-', '_')}.md" if entry.module.startswith(BUILTIN) else "",
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def assemble(run: Run, outcome: Outcome, elapsed: float) -> RunReport:
    """The report of a finished run.

    Args:
        elapsed: seconds since the command began.
    """
    texts: dict[str, Text | None] = {}

    def text_of(path: str) -> Text | None:
        if path not in texts:
            try:
                texts[path] = run.survey.text(path)
            except OSError:
                texts[path] = None
        return texts[path]

    problems = [Problem(message, path) for path, message in outcome.problems]
    problems += [
        Problem(
            f"the rule failed on this file: {crash.error}"
            if crash.rule
            else f"the file could not be analysed: {crash.error}",
            crash.path or None,
            crash.rule or None,
        )
        for crash in outcome.crashes
    ]
    since = run.request.since
    return RunReport(
        diagnostics=tuple(outcome.diagnostics),
        problems=tuple(problems),
        notices=tuple(outcome.notices),
        files_checked=len(outcome.checked),
        elapsed=elapsed,
        ok=not problems,
        rules=_Rules(run.selection.entries),
        text_of=text_of,
        project_root=run.root,
        repository_prefix=_prefix(run.root),
        known=tuple(outcome.known),
        diff_base=DiffBase(since.rev, since.commit) if since is not None else None,
        older=outcome.older,
        links=outcome.links,
    )


def failed(message: str, settings: Settings | None = None) -> RunReport:
    """The report of a run that could not begin."""
    root = settings.root if settings is not None else Path.cwd()
    return RunReport((), (Problem(message),), (), 0, 0.0, False, {}, lambda path: None, root, _prefix(root))


def _prefix(root: Path) -> str:
    top = repository_root(root.absolute())
    if top is None or top == root.absolute():
        return ""
    return root.absolute().relative_to(top).as_posix() + "/"
