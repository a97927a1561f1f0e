"""Findings and suppression comments as the index keeps them: JSON.

Not pickle: an index may come with a repository that somebody else filled, and must be data, never code.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from postlint.engine.placed import PlacedFinding
from postlint.finding import Edit, Finding, Fix, Related, Safety
from postlint.parse.directives import Directive, Selector
from postlint.text import Position, Span

__all__ = [
    "dump_directives",
    "dump_findings",
    "dump_site_findings",
    "load_directives",
    "load_findings",
    "load_site_findings",
]


def dump_findings(findings: Iterable[PlacedFinding]) -> bytes:
    """The findings of one document; nothing for none, which is the rule."""
    return _dump([_finding_row(placed) for placed in findings])


def dump_site_findings(findings: Iterable[tuple[str, PlacedFinding]]) -> bytes:
    """Findings of a site rule, each with its file."""
    return _dump([(path, _finding_row(placed)) for path, placed in findings]) or b"[]"


def load_site_findings(data: bytes) -> list[tuple[str, PlacedFinding]]:
    """The inverse of :func:`dump_site_findings`.

    Raises:
        ValueError, TypeError, RecursionError: these are not findings.
    """
    found = [(path, _placed(row)) for path, row in _load(data)]
    _must_be(str, *(path for path, _ in found))
    return found


def load_findings(data: bytes) -> list[PlacedFinding]:
    """The inverse of :func:`dump_findings`.

    Raises:
        ValueError, TypeError, RecursionError: these are not findings.
    """
    return [_placed(row) for row in _load(data)]


def _finding_row(placed: PlacedFinding) -> object:
    finding = placed.finding
    return (
        placed.rule,
        placed.start,
        placed.end,
        finding.span,
        finding.message,
        finding.consequence,
        finding.help,
        _fix_row(finding.fix),
        [(related.span, related.message, related.path) for related in finding.related],
    )


def _placed(row: Any) -> PlacedFinding:
    rule, start, end, span, message, consequence, help_, fix, related = row
    _must_be(str, rule, message, consequence, help_)
    finding = Finding(
        _span(span),
        message,
        consequence,
        help_,
        _fix(fix),
        tuple(_related(*one) for one in related),
    )
    return PlacedFinding(rule, finding, _position(start), _position(end))


def _related(span: Any, words: Any, path: Any) -> Related:
    _must_be(str, words, "" if path is None else path)
    return Related(_span(span), words, path)


def _span(row: Any) -> Span:
    _must_be(int, *row)
    return Span(*row)


def _position(row: Any) -> Position:
    _must_be(int, *row)
    return Position(*row)


def _must_be(kind: type, *values: Any) -> None:
    """
    Raises:
        TypeError: one of the values is of another type: somebody else wrote it.
    """
    for value in values:
        if type(value) is not kind:
            raise TypeError(f"{value!r:.40} is no {kind.__name__}")


def dump_directives(directives: Iterable[Directive]) -> bytes:
    rows = [
        (
            directive.kind,
            directive.word,
            directive.word_span,
            [(s.text, s.span, s.start_line, s.end_line) for s in directive.rules],
            directive.reason,
            directive.span,
            directive.idle,
        )
        for directive in directives
    ]
    return _dump(rows)


def load_directives(data: bytes) -> list[Directive]:
    """The inverse of :func:`dump_directives`.

    Raises:
        ValueError, TypeError, RecursionError: these are not directives.
    """
    return [_directive(*row) for row in _load(data)]


def _directive(kind: Any, word: Any, word_span: Any, rules: Any, reason: Any, span: Any, idle: Any) -> Directive:
    _must_be(str, kind, word, reason)
    _must_be(bool, idle)
    return Directive(kind, word, _span(word_span), tuple(_selector(*rule) for rule in rules), reason, _span(span), idle)


def _selector(text: Any, span: Any, first: Any, last: Any) -> Selector:
    _must_be(str, text)
    _must_be(int, first, last)
    return Selector(text, _span(span), first, last)


def _fix_row(fix: Fix | None) -> object:
    return None if fix is None else (fix.title, fix.edits, fix.safety, fix.drop_byte_order_mark)


def _fix(row: Any) -> Fix | None:
    if row is None:
        return None
    title, edits, safety, drop_byte_order_mark = row
    edits = tuple(Edit(_span(span), text) for span, text in edits)
    _must_be(str, title, *(edit.text for edit in edits))
    _must_be(bool, drop_byte_order_mark)
    return Fix(title, edits, Safety(safety), drop_byte_order_mark)


def _dump(rows: list[Any]) -> bytes:
    # ASCII, so that a lone surrogate (a byte that was not UTF-8) survives.
    return json.dumps(rows, separators=(",", ":")).encode("ascii") if rows else b""


def _load(data: bytes) -> Any:
    if not data:
        return ()
    rows = json.loads(data)
    if not isinstance(rows, list):
        raise ValueError("not a list of rows")
    return rows
