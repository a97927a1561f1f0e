"""Fixing a whole project: which files, in which order, and what is said about it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from postlint.document import Document
from postlint.engine.crash import Crash
from postlint.engine.run import Outcome, Run
from postlint.finding import Safety
from postlint.fix.loop import Fixed, Found, fix_document
from postlint.fix.write import ChangedMeanwhileError, write_atomically

__all__ = ["FixedFile", "diff", "fix_all", "write"]


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file with its text before and after."""

    path: str
    before: Document
    result: Fixed
    crashes: Sequence[Crash] = field(default=())

    @property
    def changed(self) -> bool:
        return (self.result.content, self.result.bom) != (self.before.content, self.before.text.bom)

    @property
    def after(self) -> Document:
        """What the file is to be."""
        return self.before.with_content(self.result.content, bom=self.result.bom)


def fix_all(run: Run, outcome: Outcome, least: Safety) -> Iterator[FixedFile]:
    """Each file that has a fix of at least ``least`` safety, fixed in memory. Nothing is written."""
    document_rules = {rule.id for rule in run.selection.document_rules}
    fixable: dict[str, list[Found]] = {}
    for diagnostic in outcome.diagnostics:
        fix = diagnostic.finding.fix
        if fix is not None and fix.safety >= least:
            found = Found(diagnostic.rule, diagnostic.finding.message, fix)
            fixable.setdefault(diagnostic.path, []).append(found)
    for path, here in fixable.items():
        try:
            doc = run.survey.document(path)
        except OSError:
            continue
        crashes: list[Crash] = []

        def find(doc: Document, crashes: list[Crash] = crashes) -> list[Found]:
            return [Found(p.rule, p.finding.message, p.finding.fix) for p in run.findings(doc, crashes)]

        from_site = [f for f in here if f.rule not in document_rules]
        yield FixedFile(path, doc, fix_document(doc, find, least=least, first=from_site), tuple(crashes))


def write(run: Run, file: FixedFile) -> str:
    """Write a fixed file.

    Returns:
        Why it could not be written; "" where it was.
    """
    try:
        write_atomically(run.root / file.path, file.before.text.encode(), file.after.text.encode())
    except ChangedMeanwhileError:
        return "the file was changed by somebody else meanwhile; nothing was written"
    except OSError as error:
        return f"the file cannot be written: {error.strerror or error}"
    return ""


def diff(file: FixedFile, prefix: str = "") -> str:
    """The change as a unified diff that ``git apply`` takes."""
    old, new = _lines(file.before), _lines(file.after)
    pieces = []
    for line in difflib.unified_diff(old, new, f"a/{prefix}{file.path}", f"b/{prefix}{file.path}"):
        pieces.append(line)
        if not line.endswith("\n"):
            pieces.append("\n\\ No newline at end of file\n")
    return "".join(pieces)


def _lines(doc: Document) -> list[str]:
    """Lines as git counts them: by LF alone, a byte order mark being part of the first."""
    content = "\ufeff" * doc.text.bom + doc.content
    lines = [line + "\n" for line in content.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]
