"""Rule pages as tests: the cases of a page, run and compared, or rewritten.

A case is a heading of level three below ``## Reports`` or ``## Is silent about``. Its fenced blocks are input files (a
path in the info string), the configuration (``toml`` without a path), what other sites answer (``text answers``), the
expected findings (``text``), and the fixed files (``fixed`` in the info string). See CONTRIBUTING.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from postlint.engine.baseline import Baseline
from postlint.engine.project import Wishes, open_project
from postlint.engine.run import Outcome, Request, Run
from postlint.finding import Safety
from postlint.fix.project import fix_all
from postlint.net.address import parse
from postlint.net.failure import Failure
from postlint.net.observation import Observation, judge
from postlint.verdict import Hop, Verdict

__all__ = ["NOW", "Block", "Case", "Result", "cases_of", "fixed_path", "run_case", "updated", "verdicts"]

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""The present time in all cases."""

_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=fence)`*[ \t]*$\n?", re.M | re.S)
_FLAGS = frozenset({"crlf", "bom", "no-eol", "escaped", "fixed", "unsafe", "answers"})


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a case, with its place in the page."""

    language: str
    path: str
    flags: frozenset[str]
    body: str
    start: int
    end: int

    def data(self) -> bytes:
        """The bytes of the file that the block shows."""
        body = self.body
        if "no-eol" in self.flags:
            body = body.removesuffix("\n")
        if "crlf" in self.flags:
            body = body.replace("\n", "\r\n")
        data = _unescape(body) if "escaped" in self.flags else body.encode()
        return (b"\xef\xbb\xbf" if "bom" in self.flags else b"") + data


def _unescape(body: str) -> bytes:
    r"""Bytes of a text with ``\xNN`` (a byte), ``\uNNNN``, ``\UNNNNNNNN``, ``\0 \t \r \n`` and ``\\``."""

    def byte(match: re.Match[str]) -> str:
        code = match.group()
        if code[1] == "x":
            return bytes([int(code[2:], 16)]).decode("utf-8", "surrogateescape")
        if code[1] in "uU":
            return chr(int(code[2:], 16))
        return {"0": "\0", "t": "\t", "r": "\r", "n": "\n", "\\": "\\"}[code[1]]

    pieces = re.split(r"((?:\\x[0-9a-fA-F]{2})+)", body)
    out = b""
    for index, piece in enumerate(pieces):
        if index % 2:
            out += bytes.fromhex(piece.replace("\\x", ""))
        else:
            out += re.sub(r"\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0trn\\])", byte, piece).encode(
                "utf-8", "surrogateescape"
            )
    return out


@dataclass(frozen=True, slots=True)
class Case:
    """One case of one page."""

    rule: str
    page: Path
    name: str
    reports: bool
    files: tuple[Block, ...]
    config: str
    answers: str
    expected: Block | None
    fixed: tuple[Block, ...]

    def __str__(self) -> str:
        return f"{self.rule}: {self.name}"


@dataclass(slots=True)
class Result:
    """What running a case gave: findings as the page writes them, and the files after fixing."""

    findings: str
    outcome: Outcome
    run: Run
    fixed: dict[tuple[str, bool], bytes] = field(default_factory=dict)
    """By path, and whether unsafe fixes were applied; only of files that changed."""
    refused: list[tuple[str, str, str]] = field(default_factory=list)


def cases_of(page: Path) -> Iterator[Case]:
    """The cases of a page, in order.

    Raises:
        ValueError: a case is not as CONTRIBUTING.md says.
    """
    rule = f"{page.parent.name}/{page.stem}".replace("_", "-")
    text = page.read_text(encoding="utf-8")
    spans = [match.span() for match in _FENCE.finditer(text)]
    section = ""
    headings = [
        match
        for match in re.finditer(r"^(##|###) +(.+?) *$", text, re.M)
        if not any(start <= match.start() < end for start, end in spans)
    ]
    seen: set[str] = set()
    for index, heading in enumerate(headings):
        if heading[1] == "##":
            section = heading[2].lower()
            continue
        if section not in ("reports", "is silent about"):
            continue
        end = headings[index + 1].start() if index + 1 < len(headings) else len(text)
        blocks = list(_blocks(text, heading.end(), end))
        if heading[2] in seen:
            raise ValueError(f"{page.name}: two cases are called {heading[2]!r}")
        seen.add(heading[2])
        yield _case(rule, page, heading[2], section == "reports", blocks)


def _blocks(text: str, start: int, end: int) -> Iterator[Block]:
    for match in _FENCE.finditer(text, start, end):
        language, *words = match["info"].split(" ") if match["info"].strip() else ["", ""]
        words = [word for word in words if word]
        flags = frozenset(word for word in words if word in _FLAGS)
        path = " ".join(word for word in words if word not in _FLAGS)
        yield Block(language, path, flags, match["body"], match.start("body"), match.end("body"))


def _case(rule: str, page: Path, name: str, reports: bool, blocks: list[Block]) -> Case:
    files = tuple(b for b in blocks if b.path and "fixed" not in b.flags)
    config = "".join(b.body for b in blocks if b.language == "toml" and not b.path)
    answers = "".join(b.body for b in blocks if "answers" in b.flags)
    expected = [b for b in blocks if b.language == "text" and not b.path and "answers" not in b.flags]
    fixed = tuple(b for b in blocks if "fixed" in b.flags)
    where = f"{page.name}, {name!r}"
    if not files:
        raise ValueError(f"{where}: no input file")
    if reports != (len(expected) == 1) or len(expected) > 1:
        raise ValueError(f"{where}: a case that reports has one text block, a silent one none")
    return Case(rule, page, name, reports, files, config, answers, expected[0] if expected else None, fixed)


def write_case(case: Case, root: Path) -> None:
    """Write a case's files, with their configuration, below ``root``."""
    (root / ".git").mkdir()
    for file in case.files:
        target = root / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.data())
    names = [file.path for file in case.files]
    config = case.config
    if "generator" not in config and not any(Path(n).name.startswith(("_config.", "hugo.", "config.")) for n in names):
        config = 'generator = "jekyll"\n' + config
    (root / "postlint.toml").write_text(config, encoding="utf-8")


def run_case(case: Case, root: Path) -> Result:
    """Check a case's files, written below ``root``, with the page's rule alone, and fix copies in memory."""
    write_case(case, root)
    project = open_project([str(root)], Wishes(select=(case.rule,)))
    known = project.settings.baseline_in_use()
    request = Request(
        cache=False,
        jobs=1,
        now=NOW,
        baseline=Baseline.read(known) if known else None,
        verdicts=verdicts(case.answers) if case.answers else None,
    )
    run = Run(project.settings, project.selection, request)
    outcome = run.execute()
    lines = []
    for found in outcome.diagnostics:
        if found.rule != case.rule:
            continue
        lines.append(f"{found.path}:{found.start.line}:{found.start.column}: {found.finding.message}\n")
        if found.finding.consequence:
            lines.append(f"  = {found.finding.consequence}\n")
    result = Result("".join(lines), outcome, run)
    for unsafe in (False, True):
        for fixed in fix_all(run, outcome, Safety.UNSAFE if unsafe else Safety.SAFE):
            if not unsafe:
                result.refused += fixed.result.refused
            if fixed.changed:
                result.fixed[fixed.path, unsafe] = fixed.after.text.encode()
    return result


def verdicts(answers: str) -> dict[str, Verdict]:
    """What is known after other sites gave these answers: one a line, ``ADDRESS STATUS``, with ``-> ADDRESS STATUS``
    for each redirect; ``no such host`` for a status; ``without ID`` behind it for what the page does not have."""
    return dict(map(_verdict, answers.splitlines()))


def _verdict(line: str) -> tuple[str, Verdict]:
    line, _, absent = line.partition(" without ")
    address, *steps = (step.split(" ", 1) for step in line.split(" -> "))
    statuses = [status for _, status in (address, *steps)]
    places = [place for place, _ in (address, *steps)]
    seen = Observation(
        NOW.timestamp(),
        int(statuses[-1]) if statuses[-1].isdigit() else None,
        None if statuses[-1].isdigit() else Failure.NO_NAME,
        "" if statuses[-1].isdigit() else "there is no host of this name",
        tuple(Hop(int(status), place) for status, place in zip(statuses, places[1:], strict=False)),
        places[-1].partition("#")[0],
        dict.fromkeys(absent.split(), False),
    )
    return address[0], judge(parse(address[0]), seen, fragments=absent.split())


def fixed_path(case: Case, block: Block) -> str:
    """The file that a ``fixed`` block shows: the only one of the case, or the one it names."""
    return block.path or case.files[0].path


def updated(page: Path, results: list[tuple[Case, Result]]) -> str:
    """The page with its expected findings and fixed texts as they now are. Somebody must read the difference."""
    text = page.read_text(encoding="utf-8")
    changes: list[tuple[int, int, str]] = []
    for case, result in results:
        if case.expected is not None:
            changes.append((case.expected.start, case.expected.end, result.findings))
        for block in case.fixed:
            data = result.fixed.get((fixed_path(case, block), "unsafe" in block.flags))
            if data is not None and "escaped" not in block.flags:
                body = data.removeprefix(b"\xef\xbb\xbf").decode().replace("\r\n", "\n")
                changes.append((block.start, block.end, body if body.endswith("\n") else body + "\n"))
    for start, end, body in sorted(changes, reverse=True):
        text = text[:start] + body + text[end:]
    return text
