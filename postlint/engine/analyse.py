"""The map step: all that is known of one file from its bytes and the settings. A pure function, in any process."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from postlint.document import Document, Profile
from postlint.engine.codec import dump_directives, dump_findings
from postlint.engine.crash import Crash, describe
from postlint.engine.placed import PlacedFinding
from postlint.engine.reading import digest_of, file_key, read_file
from postlint.engine.showing import Showing
from postlint.finding import Finding
from postlint.rule import DocumentRule, SiteRule
from postlint.site.collect import collect
from postlint.site.facts import DocumentFacts
from postlint.text import Text

__all__ = ["MOST_OF_A_KIND", "Analysis", "Analyst"]

MOST_OF_A_KIND = 500
"""Findings of one rule in one file that are listed."""


@dataclass(slots=True)
class Analysis:
    """The result of one file, ready for the index: plain values and bytes."""

    path: str
    site: str
    mtime_ns: int
    size: int
    digest: bytes
    key: bytes
    facts: DocumentFacts | None
    findings: bytes = b""
    directives: bytes = b""
    crashes: list[Crash] = field(default_factory=list)
    problem: str = ""
    """Why the file could not be read; nothing else is set then."""
    unchanged: bool = False
    """The content is the one that the index knows; nothing else is set then."""


@dataclass(slots=True)
class Analyst:
    """The rules and profiles of a run: what a worker needs beside a file's name."""

    root: str
    document_rules: Sequence[DocumentRule]
    site_rules: Sequence[SiteRule]
    profiles: dict[str, Profile]
    keys: dict[str, bytes]
    """Profile key by site: what a cached answer depends on beside the text."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Files whose bytes are not in the root, with the place where they are."""
    _shown_to: Showing = field(init=False)

    def __post_init__(self) -> None:
        self._shown_to = Showing(self.document_rules)

    def document(self, path: str, site: str, data: bytes, surroundings: str) -> Document:
        return Document(path, Text.decode(data), self.profiles[site], surroundings)

    def findings(self, doc: Document, crashes: list[Crash]) -> list[PlacedFinding]:
        """What the document rules say of ``doc``. An exception ends that rule for this file, not the run."""
        placed: list[PlacedFinding] = []
        position = doc.text.position
        length = len(doc.content)
        for rule_id, check in self._shown_to.of(doc):
            try:
                for number, finding in enumerate(check(doc)):
                    if number == MOST_OF_A_KIND:
                        finding = _more(finding)
                    start, end = finding.span
                    if not 0 <= start <= end <= length:
                        raise ValueError(f"the rule reported a span outside the text: {finding.span}")
                    placed.append(PlacedFinding(rule_id, finding, position(start), position(end)))
                    if number == MOST_OF_A_KIND:
                        break
            except Exception as error:
                crashes.append(Crash(doc.path, rule_id, describe(error)))
        if len(placed) > 1:
            placed.sort(key=lambda p: (p.finding.span, p.rule))
        return placed

    def analyse(
        self,
        path: str,
        site: str,
        mtime_ns: int,
        size: int,
        surroundings: str = "",
        known: bytes = b"",
        *,
        data: bytes | None = None,
    ) -> Analysis:
        """Read and analyse one file (or the given bytes in its place), unless its digest is ``known``."""
        key = file_key(self.keys[site], surroundings)
        if data is None:
            try:
                data = read_file(self.elsewhere.get(path) or os.path.join(self.root, path))
            except OSError as error:
                return Analysis(path, site, mtime_ns, size, b"", key, None, problem=error.strerror or str(error))
        result = Analysis(path, site, mtime_ns, size, digest_of(data), key, None)
        if result.digest == known:
            result.unchanged = True
            return result
        try:
            doc = self.document(path, site, data, surroundings)
            result.findings = dump_findings(self.findings(doc, result.crashes))
            result.facts = collect(doc, self.site_rules)
            result.directives = dump_directives(doc.directives)
        except Exception as error:
            result.crashes.append(Crash(path, "", describe(error)))
        return result

    def analyse_many(self, batch: Iterable[tuple[str, str, int, int, str, bytes]]) -> list[Analysis]:
        return [self.analyse(*item) for item in batch]


def _more(following: Finding) -> Finding:
    """In the place of all the rest: nobody reads the ten thousandth, and reports and fixes would take minutes over
    them. How many there are is not counted: that would be the work of finding them."""
    message = f"there are more of this kind in this file; the first {MOST_OF_A_KIND} are listed"
    return Finding(following.span, message)
