"""What ``postlint links`` prints: the addresses on other sites by host, or a list of objects for programs.

The objects, one a line, have these fields and no others::

    address   without fragment, user name and password
    host      of the address
    standing  "dead", "anchor" (the page is there, and an id that a link wants is not), "moved" (for good),
              "unverified", "ok" or "ignored"; null where nobody asked (--list)
    reason    why, in words; null for none
    status    of the last answer; null where there was none
    hops      the redirects: [{"status": 301, "address": "…"}]
    final     the address that answered last; null where none did
    absent    the fragments that the page does not have
    asked     RFC 3339, when the host was asked; null where it was not
    known     whether that was in an earlier run
    uses      where it is linked to: [{"path": "…", "line": 1, "column": 1, "fragment": "…"}]
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple, TextIO

from postlint.engine.external import Use
from postlint.regex import regex
from postlint.report.model import ReportOptions
from postlint.report.positions import clean
from postlint.report.summary import count, duration
from postlint.report.terminal import Style, Terminal, wrap
from postlint.verdict import Standing, Verdict

__all__ = ["ANCHOR", "LinkReport", "LinkRow", "sentence", "write_json", "write_text"]

ANCHOR = "anchor"
_ORDER = (Standing.DEAD, ANCHOR, Standing.MOVED, Standing.UNVERIFIED, Standing.OK, Standing.IGNORED)
_STYLES: dict[str, Style] = {
    Standing.DEAD: "error",
    ANCHOR: "error",
    Standing.MOVED: "warning",
    Standing.UNVERIFIED: "info",
    Standing.OK: "good",
    Standing.IGNORED: "dim",
}
_MOST_PLACES = 3
_PASSWORD = regex(r"(?<=//)[^/?#@]*@")
_HOST = regex(r"[a-z]+://(?P<host>\[[^\]]*\]|[^/?#:]*)(?P<port>:[0-9]+)?", re.IGNORECASE)


class LinkRow(NamedTuple):
    """One address.

    Attributes:
        address: without user name and password.
        host: lower case.
        standing: the word of :class:`~postlint.verdict.Standing`, "anchor", or "" where nobody asked.
        uses: the places that lead there; those of which nothing is to be said are left out.
    """

    address: str
    host: str
    standing: str
    verdict: Verdict | None
    uses: Sequence[Use]


@dataclass(frozen=True, slots=True)
class LinkReport:
    """All addresses, by host and address."""

    rows: tuple[LinkRow, ...]
    notices: tuple[str, ...] = ()
    elapsed: float = 0.0

    @classmethod
    def of(
        cls,
        uses: Mapping[str, Sequence[Use]],
        verdicts: Mapping[str, Verdict] | None,
        notices: Sequence[str] = (),
        elapsed: float = 0.0,
    ) -> LinkReport:
        """The report on ``uses``; ``verdicts`` are None where nobody was asked."""
        known = verdicts or {}
        rows = [_row(address, places, known.get(address)) for address, places in uses.items()]
        rows.sort(key=lambda row: (row.host, row.address))
        return cls(tuple(rows), tuple(notices), elapsed)

    def counts(self) -> Counter[str]:
        """How many addresses stand how."""
        return Counter(row.standing for row in self.rows)


def _row(address: str, uses: Sequence[Use], verdict: Verdict | None) -> LinkRow:
    shown = _PASSWORD.sub("", address)
    match = _HOST.match(shown)
    host = (match["host"] + (match["port"] or "")).lower() if match is not None else ""
    if verdict is None:
        return LinkRow(shown, host, "", None, uses)
    standing: str = verdict.standing
    spoken_of = [use for use in uses if standing not in use.silenced]
    if not spoken_of:
        return LinkRow(shown, host, Standing.IGNORED, Verdict(Standing.IGNORED, "a comment or a setting says so"), uses)
    if verdict.absent and standing in (Standing.OK, Standing.MOVED):
        lost = [use for use in uses if use.fragment in verdict.absent and ANCHOR not in use.silenced]
        if lost:
            return LinkRow(shown, host, ANCHOR, verdict, lost)
    return LinkRow(shown, host, standing, verdict, spoken_of)


# For programs ------------------------------------------------------------------------------------------------


def write_json(report: LinkReport, out: TextIO) -> None:
    """The list of objects, one a line; ASCII, so that no stream's encoding stands in its way."""
    out.write("[")
    out.write(",".join("\n" + json.dumps(_object(row)) for row in report.rows))
    out.write("\n]\n")


def _object(row: LinkRow) -> dict[str, Any]:
    verdict = row.verdict
    asked = verdict.asked if verdict is not None else 0
    return {
        "address": clean(row.address),
        "host": clean(row.host),
        "standing": str(row.standing) or None,
        "reason": (verdict.reason or None) if verdict is not None else None,
        "status": verdict.status if verdict is not None else None,
        "hops": [hop._asdict() for hop in verdict.hops] if verdict is not None else [],
        "final": (verdict.final or None) if verdict is not None else None,
        "absent": sorted(map(clean, verdict.absent)) if verdict is not None else [],
        "asked": dt.datetime.fromtimestamp(asked, dt.UTC).isoformat(timespec="seconds") if asked else None,
        "known": verdict.kept if verdict is not None else False,
        "uses": [
            {
                "path": clean(use.link.path),
                "line": use.link.place.start.line,
                "column": use.link.place.start.column,
                "fragment": clean(use.fragment),
            }
            for use in row.uses
        ],
    }


# For people --------------------------------------------------------------------------------------------------


def write_text(report: LinkReport, out: TextIO, options: ReportOptions, show_path: Callable[[str], str] = str) -> None:
    """Host by host what is dead, has moved or could not be verified, with the places; with ``-v`` also what is fine,
    left out or was not reached. Where nobody was asked, all addresses. Then a line that counts."""
    terminal = Terminal(out, options)
    for host, rows in groupby(report.rows, key=lambda row: row.host):
        shown = [row for row in rows if _is_shown(row, options)]
        if not shown:
            continue
        out.write(terminal.paint("path", terminal.show(host or "no host")) + "\n")
        for row in sorted(shown, key=_importance):
            for line in _lines(row, terminal, options, show_path):
                out.write(line + "\n")
        out.write("\n")
    if options.verbosity < 0:
        return
    for notice in report.notices:
        for line in wrap(f"note: {terminal.show(notice)}", terminal.columns):
            out.write(line + "\n")
    line = sentence(report)
    if (terminal.interactive or options.verbosity > 0) and report.elapsed:
        line += f" ({duration(report.elapsed)})"
    for part in wrap(line, terminal.columns) if terminal.interactive else [line]:
        out.write(part + "\n")


def _is_shown(row: LinkRow, options: ReportOptions) -> bool:
    if row.standing in (Standing.OK, Standing.IGNORED):
        return options.verbosity > 0
    if row.standing == Standing.UNVERIFIED:
        reached = row.verdict is None or row.verdict.reached
        return options.verbosity > 0 or (options.verbosity == 0 and reached)
    return True


def _importance(row: LinkRow) -> int:
    return _ORDER.index(row.standing) if row.standing else 0


def _lines(row: LinkRow, terminal: Terminal, options: ReportOptions, show_path: Callable[[str], str]) -> list[str]:
    head = "  "
    if row.standing:
        label = "no anchor" if row.standing == ANCHOR else row.standing
        head += terminal.paint(_STYLES[row.standing], label) + "  "
    lines = [head + terminal.show(row.address)]  # whole, for whoever clicks or copies it
    details = [_why(row)]
    if row.standing not in (Standing.OK, Standing.IGNORED, "") or options.verbosity > 0:
        details.append(_places(row.uses, show_path, options.verbosity > 0))
    else:
        lines[0] += f"  {terminal.paint('dim', count(len(row.uses), 'place'))}" if len(row.uses) > 1 else ""
    for detail in filter(None, details):
        lines += ["    " + line for line in wrap(terminal.show(detail), terminal.columns - 4)]
    return lines


def _why(row: LinkRow) -> str:
    verdict = row.verdict
    if verdict is None:
        return ""
    if row.standing == ANCHOR:
        names = sorted({use.fragment for use in row.uses})
        return "the page is there, and has no " + ", no ".join(f"#{name}" for name in names)
    if row.standing == Standing.MOVED:
        return f"for good to {verdict.final}"
    return verdict.reason


def _places(uses: Sequence[Use], show_path: Callable[[str], str], everything: bool) -> str:
    places = [f"{show_path(use.link.path)}:{use.link.place.start.line}:{use.link.place.start.column}" for use in uses]
    shown = places if everything else places[:_MOST_PLACES]
    more = len(places) - len(shown)
    return ", ".join(shown) + (f" and {count(more, 'more place')}" if more else "")


def sentence(report: LinkReport) -> str:
    """``124 addresses at 57 hosts: 110 ok, 3 moved, 2 dead, 9 unverified; 60 of them known from earlier runs``."""
    if not report.rows:
        return "No links to other sites"
    hosts = len({row.host for row in report.rows})
    text = f"{_addresses(len(report.rows))} at {count(hosts, 'host')}"
    counts = report.counts()
    if not any(row.standing for row in report.rows):
        return f"{text}, {count(sum(len(row.uses) for row in report.rows), 'link')}"
    words = {ANCHOR: "without the anchor", Standing.IGNORED: "left out"}
    order = (Standing.OK, Standing.MOVED, Standing.DEAD, ANCHOR, Standing.UNVERIFIED, Standing.IGNORED)
    text += ": " + ", ".join(f"{counts[name]:,} {words.get(name, name)}" for name in order if counts[name])
    known = sum(row.verdict is not None and row.verdict.kept for row in report.rows)
    return text + (f"; {known:,} known from earlier runs" if known else "")


def _addresses(number: int) -> str:
    return "1 address" if number == 1 else f"{number:,} addresses"
