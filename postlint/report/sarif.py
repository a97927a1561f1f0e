"""SARIF 2.1.0, as GitHub code scanning takes it and viewers show it.

What is written follows the OASIS standard (2.1.0 with errata 01) and GitHub's "SARIF support for code scanning":

* one run (GitHub refuses two of one category), with ``columnKind: utf16CodeUnits`` because viewers are JavaScript;
* addresses relative to the repository's root, percent-encoded;
* the fingerprint that GitHub's upload action would compute, see :mod:`postlint.report.fingerprint`;
* only rules that have results, each with its page as help;
* a valid file also when the run failed: ``invocations`` says so, with what happened;
* what the baseline knows is left out: GitHub opens an alert for a result whatever its ``suppressions`` say
  (github/codeql-action#1230). ``--report-known`` puts it in, suppressed, for those who read them;
* with ``--diff-base`` each result's ``baselineState`` is ``new``;
* no time and no machine path: the same findings are the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any, TextIO
from urllib.parse import quote

from postlint import HOME, __version__
from postlint.finding import Diagnostic, Fix, Severity
from postlint.regex import regex
from postlint.report.fingerprint import line_hashes
from postlint.report.model import Problem, ReportOptions, RuleInfo, RunReport
from postlint.report.positions import Utf16, can_be_written, clean
from postlint.text import BOM, Span

__all__ = ["write"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"

# GitHub's limits ("SARIF results exceed limits"); a file beyond them is refused whole.
_MOST_RESULTS = 25_000
_MOST_RELATED = 100
_LONGEST_DESCRIPTION = 1024
_LONGEST_SNIPPET = 1000

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note", Severity.OFF: "none"}
_PROBLEM_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning"}
_KNOWN = {"kind": "external", "status": "accepted", "justification": "It is in the baseline of known findings."}
_SENTENCE_END = (".", "!", "?", "。", "！", "？")
_LINK = regex(r"\[(?=[^\[\]]*+\]\()")

Json = dict[str, Any]


def write(report: RunReport, out: TextIO, options: ReportOptions) -> None:
    """Writes the log. It is ASCII, so that no stream's encoding stands in its way."""
    known = report.known if options.report_known else ()
    diagnostics, left_out = _most_severe((*report.diagnostics, *known))
    if known:
        diagnostics = tuple(sorted(diagnostics, key=lambda diagnostic: (diagnostic.path, diagnostic.start)))
    ids = sorted({diagnostic.rule for diagnostic in diagnostics})
    rules = {rule: index for index, rule in enumerate(ids)}
    run = {
        "tool": {
            "driver": {
                "name": "postlint",
                "semanticVersion": __version__,
                "version": __version__,
                "informationUri": HOME,
                "rules": [_rule(rule, report.rules.get(rule)) for rule in ids],
            }
        },
        "invocations": [_invocation(report, rules, left_out)],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the git repository."}}},
        "automationDetails": {"id": "postlint/"},
        "columnKind": "utf16CodeUnits",
    }
    out.write(f'{{"$schema":{_dump(_SCHEMA)},"version":"2.1.0","runs":[{_dump(run)[:-1]},"results":[')
    separator = "\n"
    for result in _Results(report, rules, known).of(diagnostics):
        out.write(separator + _dump(result))
        separator = ",\n"
    out.write("\n]}]}\n")


def _dump(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _most_severe(diagnostics: tuple[Diagnostic, ...]) -> tuple[tuple[Diagnostic, ...], int]:
    """As many as GitHub takes, in their order, and the number of the others."""
    left_out = len(diagnostics) - _MOST_RESULTS
    if left_out <= 0:
        return diagnostics, 0
    ranked = sorted(range(len(diagnostics)), key=lambda at: -diagnostics[at].severity)
    return tuple(diagnostics[at] for at in sorted(ranked[:_MOST_RESULTS])), left_out


# The tool and the run -------------------------------------------------------------------------------------------


def _rule(rule: str, info: RuleInfo | None) -> Json:
    summary = (info and clean(info.summary)) or rule
    page = (info and clean(info.page)) or summary
    severity = info.default_severity if info else Severity.WARNING
    descriptor: Json = {
        "id": rule,
        "name": "".join(word[:1].upper() + word[1:] for word in re.split(r"[^0-9A-Za-z]+", rule)),
        "shortDescription": {"text": _short(_sentence(summary))},
        "fullDescription": {"text": _short(_introduction(page) or _sentence(summary))},
        "messageStrings": {"default": {"text": "{0}."}},
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "help": {"text": page, "markdown": page},
        "properties": {
            "tags": [rule.partition("/")[0]],
            "precision": "high",
            "problem.severity": _PROBLEM_SEVERITIES.get(severity, "recommendation"),
        },
    }
    if info and info.url:
        descriptor["helpUri"] = info.url
    return descriptor


def _introduction(page: str) -> str:
    """What stands between the page's title and its first section, on one line."""
    text = page.strip()
    if text.startswith("# "):
        text = text.partition("\n")[2]
    text = re.split(r"^##", text, maxsplit=1, flags=re.MULTILINE)[0]
    return " ".join(text.split())


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_DESCRIPTION else text[: _LONGEST_DESCRIPTION - 1] + "…"


def _sentence(text: str) -> str:
    return text if text.endswith(_SENTENCE_END) else text + "."


def _invocation(report: RunReport, rules: Mapping[str, int], left_out: int) -> Json:
    notifications = [_problem(problem, report, rules) for problem in report.problems]
    if left_out:
        text = f"{left_out} findings are left out: GitHub takes no more than {_MOST_RESULTS} from one run."
        notifications.append({"level": "warning", "message": {"text": text}})
    for notice in report.notices:
        notifications.append({"level": "note", "message": {"text": _sentence(clean(notice))}})
    return {"executionSuccessful": report.ok, "toolExecutionNotifications": notifications}


def _problem(problem: Problem, report: RunReport, rules: Mapping[str, int]) -> Json:
    notification: Json = {"level": "error", "message": {"text": _sentence(clean(problem.message))}}
    if problem.path:
        location = {"artifactLocation": _artifact(report.repository_prefix, problem.path)}
        notification["locations"] = [{"physicalLocation": location}]
    if problem.rule:
        notification["associatedRule"] = {"id": problem.rule}
        if problem.rule in rules:
            notification["associatedRule"]["index"] = rules[problem.rule]
    return notification


def _artifact(prefix: str, path: str) -> Json:
    # A file name may hold bytes that are not UTF-8: they are encoded as they are.
    return {"uri": quote((prefix + path).encode("utf-8", "surrogateescape")), "uriBaseId": _ROOT}


# Results --------------------------------------------------------------------------------------------------------


class _Results:
    """Makes results file by file: a file is read, measured and hashed once."""

    def __init__(self, report: RunReport, rules: Mapping[str, int], known: Iterable[Diagnostic]) -> None:
        self._rules = rules
        self._known = {id(diagnostic) for diagnostic in known}
        self._compared = report.diff_base is not None
        self._prefix = report.repository_prefix
        text_of = report.text_of

        @lru_cache(maxsize=8)
        def utf16_of(path: str) -> Utf16 | None:
            text = text_of(path)
            return None if text is None else Utf16(text)

        self._utf16_of = utf16_of

    def of(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Json]:
        for path, group in groupby(diagnostics, key=lambda diagnostic: diagnostic.path):
            findings = list(group)
            utf16 = self._utf16_of(path)
            hashes = line_hashes(utf16.text, {d.start.line for d in findings}) if utf16 else {}
            for diagnostic in findings:
                yield self._result(diagnostic, utf16, hashes.get(diagnostic.start.line))

    def _result(self, diagnostic: Diagnostic, utf16: Utf16 | None, fingerprint: str | None) -> Json:
        finding = diagnostic.finding
        if utf16 is None or finding.span.end > len(utf16.text):
            (line, column), (end_line, end_column) = diagnostic.start, diagnostic.end
            region: Json = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
        else:
            region = _region(utf16, finding.span)
            if finding.span.end - finding.span.start <= _LONGEST_SNIPPET:
                region["snippet"] = {"text": clean(utf16.text.content[slice(*finding.span)])}
        related = self._related(diagnostic)
        parts = [finding.message, finding.consequence, finding.help]
        text = " ".join(_sentence(_LINK.sub(r"\\[", clean(part))) for part in parts if part)
        if related:
            # GitHub shows related places only where the message links to them.
            links = ", ".join(f"[{_link_text(place)}]({place['id']})" for place in related)
            text += f" See {links}."
        elif not text.endswith("."):
            text += "."
        result: Json = {
            "ruleId": diagnostic.rule,
            "ruleIndex": self._rules[diagnostic.rule],
            "level": _LEVELS[diagnostic.severity],
            "message": {"text": text, "id": "default", "arguments": [text.removesuffix(".")]},
            "locations": [
                {"physicalLocation": {"artifactLocation": _artifact(self._prefix, diagnostic.path), "region": region}}
            ],
        }
        if fingerprint:
            result["partialFingerprints"] = {"primaryLocationLineHash": fingerprint}
        if related:
            result["relatedLocations"] = related
        # Of these two, a run has them in all results or in none (the standard, 3.27.23 and 3.27.24).
        is_known = id(diagnostic) in self._known
        if self._known:
            result["suppressions"] = [_KNOWN] if is_known else []
        if self._compared:
            result["baselineState"] = "unchanged" if is_known else "new"
        if finding.fix is not None and utf16 is not None and (fix := self._fix(finding.fix, diagnostic.path, utf16)):
            result["fixes"] = [fix]
        return result

    def _related(self, diagnostic: Diagnostic) -> list[Json]:
        locations: list[Json] = []
        for related in diagnostic.finding.related[:_MOST_RELATED]:
            path = related.path or diagnostic.path
            utf16 = self._utf16_of(path)
            physical: Json = {"artifactLocation": _artifact(self._prefix, path)}
            if utf16 is not None and related.span.end <= len(utf16.text):
                physical["region"] = _region(utf16, related.span)
            locations.append(
                {
                    "id": len(locations) + 1,
                    "physicalLocation": physical,
                    "message": {"text": _sentence(_LINK.sub(r"\\[", clean(related.message)))},
                }
            )
        return locations

    def _fix(self, fix: Fix, path: str, utf16: Utf16) -> Json | None:
        if not can_be_written(fix) or any(edit.span.end > len(utf16.text) for edit in fix.edits):
            return None
        replacements: list[Json] = []
        if fix.drop_byte_order_mark:
            # Bytes are counted from the start of the file; lines and columns do not count the mark.
            replacements.append({"deletedRegion": {"byteOffset": 0, "byteLength": len(BOM)}})
        for edit in fix.edits:
            replacement: Json = {"deletedRegion": _region(utf16, edit.span)}
            if edit.text:
                replacement["insertedContent"] = {"text": edit.text}
            replacements.append(replacement)
        if not replacements:
            return None
        return {
            "description": {"text": _sentence(clean(fix.title))},
            "artifactChanges": [
                {"artifactLocation": _artifact(self._prefix, path), "replacements": replacements},
            ],
        }


def _region(utf16: Utf16, span: Span) -> Json:
    start, end = utf16.place(span)
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _link_text(place: Json) -> str:
    text: str = place["message"]["text"]
    return re.sub(r"\\*([\[\]])", r"\\\1", text.removesuffix("."))
