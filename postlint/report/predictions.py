"""What ``postlint predict`` prints: a table for people, a list of objects for programs.

The objects, one a line, have these fields and no others::

    path        relative to the project root, with /
    published   whether a build at this moment makes a page of the file
    reason      null where it does, else a word: draft, future, expired, unpublished, ignored-name, special-name,
                excluded, unreadable, aborts (the generator stops at this file and builds nothing), not-output
    url         from the site's root, without base path, percent-encoding undone; null where there is none or it is
                known only when the site is built
    date        RFC 3339 with offset; null where the generator has none, or takes the moment of the build
    title       as the generator has it
    terms       {"categories": ["…"], "tags": ["…"]}: by taxonomy, as the generator holds them
    aliases     further addresses that lead to the page
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from postlint.engine.predict import Prediction
from postlint.generators import Fate, Hidden
from postlint.report.cells import width
from postlint.report.model import ReportOptions
from postlint.report.positions import clean
from postlint.report.summary import count
from postlint.report.terminal import Style, Terminal, wrap
from postlint.site.address import address_key

__all__ = ["write_json", "write_table"]

_WORDS = {
    Hidden.IGNORED_NAME: "left out: not named as {generator} names posts",
    Hidden.SPECIAL_NAME: "left out: {generator} passes over such names",
    Hidden.EXCLUDED: "left out: excluded by the site",
    Hidden.UNPUBLISHED: "left out: its front matter says so",
    Hidden.DRAFT: "left out: a draft",
    Hidden.UNREADABLE: "left out: {generator} cannot read it",
    Hidden.ABORTS: "{generator} stops here: nothing is built",
    Hidden.NOT_OUTPUT: "no page of its own",
}
_UNKNOWN = "address known when built"
_MOST_SHARED = 10


def write_json(predictions: Iterable[Prediction], out: TextIO) -> None:
    """The list of objects, one a line; ASCII, so that no stream's encoding stands in its way."""
    out.write("[")
    first = True
    for prediction in predictions:
        out.write(("\n" if first else ",\n") + json.dumps(_object(prediction)))
        first = False
    out.write("\n]\n")


def _object(prediction: Prediction) -> dict[str, Any]:
    fate = prediction.fate
    return {
        "path": clean(prediction.path),
        "published": fate.published,
        "reason": None if fate.reason is None else str(fate.reason),
        "url": clean(fate.url) or None,
        "date": None if fate.date is None else fate.date.isoformat(),
        "title": clean(fate.title),
        "terms": {clean(name): [clean(term) for term in terms] for name, terms in fate.terms.items() if terms},
        "aliases": [clean(alias) for alias in fate.aliases],
    }


def write_table(predictions: Sequence[Prediction], out: TextIO, options: ReportOptions) -> None:
    """A row a file (a few lines where the rows are wider than the terminal); then the addresses that several files
    claim, and a line that counts."""
    terminal = Terminal(out, options)
    rows = [_row(prediction, terminal) for prediction in predictions]
    widths = [max(map(width, column)) for column in zip(_HEADER, *rows, strict=True)]
    painted: list[Style] = [_style(prediction.fate) for prediction in predictions]
    if terminal.interactive or options.width:
        widths = _fitted(widths, terminal.columns)
    if widths:
        out.write(terminal.paint("strong", _aligned(_HEADER, widths, terminal)) + "\n")
        for row, style in zip(rows, painted, strict=True):
            line = _aligned(row, widths, terminal)
            out.write((terminal.paint(style, line) if style != "strong" else line) + "\n")
    else:
        for row, style in zip(rows, painted, strict=True):
            _write_record(row, style, terminal, out)
    if options.verbosity < 0:
        return
    for line in (*_shared(predictions, terminal), _sentence(predictions)):
        out.write(line + "\n")


_HEADER = ("file", "becomes", "date", "title", "terms")
_GAP = 2
_SHORTEST = 16
"""Columns below which a cut title or list of terms says nothing."""


def _row(prediction: Prediction, terminal: Terminal) -> tuple[str, ...]:
    path, _, generator, fate = prediction
    date = "" if fate.date is None else f"{fate.date:%Y-%m-%d %H:%M %z}"
    terms = "; ".join(f"{name}: {', '.join(terms)}" for name, terms in fate.terms.items() if terms)
    return tuple(terminal.show(cell) for cell in (path, _becomes(fate, generator), date, fate.title, terms))


def _style(fate: Fate) -> Style:
    if fate.published:
        return "strong"
    return "error" if fate.reason is Hidden.ABORTS else "warning"


def _fitted(widths: Sequence[int], edge: int) -> list[int]:
    """The widths of columns that fill at most ``edge``: titles and terms may be cut. Nothing where there is no room."""
    *whole, title, terms = widths
    left = edge - sum(whole) - _GAP * len(whole)
    title = min(title, max(_SHORTEST, left - _GAP - terms))
    terms = min(terms, left - _GAP - title)
    if title > left:
        return []
    return [*whole, title, terms] if terms >= min(widths[-1], _SHORTEST) else [*whole, min(widths[-2], left)]


def _aligned(cells: Sequence[str], widths: Sequence[int], terminal: Terminal) -> str:
    padded = []
    for cell, wanted in zip(cells, widths, strict=False):
        cut = cell
        while width(cut) > wanted:
            cut = cut.removesuffix(terminal.cut)[:-1] + terminal.cut
        padded.append(cut + " " * (wanted - width(cut) + _GAP))
    return "".join(padded).rstrip()


def _write_record(row: tuple[str, ...], style: Style, terminal: Terminal, out: TextIO) -> None:
    """One file in as many lines as it takes."""
    path, becomes, date, title, terms = row
    out.write(terminal.paint("path", path) + "\n")
    for text in (becomes, "  ".join(filter(None, (date, title))), terms):
        for line in wrap(text, terminal.columns - 2) if text else ():
            out.write("  " + (terminal.paint(style, line) if text is becomes else line) + "\n")


def _becomes(fate: Fate, generator: str) -> str:
    if fate.published:
        return fate.url or _UNKNOWN
    if fate.reason is Hidden.FUTURE:
        return f"left out before {fate.appears:%Y-%m-%d %H:%M %z}"
    if fate.reason is Hidden.EXPIRED:
        return f"left out since {fate.expires:%Y-%m-%d %H:%M %z}"
    words = _WORDS.get(fate.reason) if fate.reason is not None else None
    return (words or "left out").format(generator=generator)


def _shared(predictions: Sequence[Prediction], terminal: Terminal) -> list[str]:
    """Addresses at which several of the files would stand: only one of them does."""
    at: dict[tuple[str, str], list[Prediction]] = {}
    for prediction in predictions:
        if prediction.fate.published and prediction.fate.url:
            at.setdefault((prediction.site, address_key(prediction.fate.url)), []).append(prediction)
    shared = [group for group in at.values() if len(group) > 1]
    lines = [
        f"{terminal.show(group[0].fate.url)} is claimed by {len(group)} files, and only one gets it: "
        + ", ".join(terminal.show(prediction.path) for prediction in group)
        for group in shared[:_MOST_SHARED]
    ]
    if len(shared) > _MOST_SHARED:
        lines.append(f"{len(shared) - _MOST_SHARED} more addresses are claimed by several files")
    return ["", *lines] if lines else lines


def _sentence(predictions: Sequence[Prediction]) -> str:
    hidden = Counter(str(p.fate.reason) for p in predictions if not p.fate.published)
    published = len(predictions) - sum(hidden.values())
    why = ", ".join(f"{number} {reason}" for reason, number in hidden.most_common())
    return f"\n{count(len(predictions), 'file')}: {published} published" + (
        f", {sum(hidden.values())} not ({why})" if hidden else ""
    )
