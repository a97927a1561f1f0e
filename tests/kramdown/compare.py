"""Sets our reading of a text beside that of the real kramdown."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from postlint.parse.kramdown import KramdownOptions, scan
from postlint.parse.kramdown.grammar import CLOSE_TAG, OPEN_TAG
from postlint.parse.kramdown.model import KramdownScan
from postlint.parse.kramdown.tags import tag_like
from postlint.text import Span

__all__ = ["differences", "kramdown", "need_kramdown", "ours", "theirs"]

_ORACLE = Path(__file__).with_name("kramdown_oracle.rb")
_LINE_NUMBERS = re.compile(r" on line \d+| \(line \d+\)")

Facts = dict[str, Counter[Any]]


def need_kramdown() -> None:
    """Skip where there is no ``ruby`` with kramdown and its GFM parser; in CI that is a failure."""
    reason = ""
    if shutil.which("ruby") is None:
        reason = "there is no ruby on the path"
    else:
        gems = ["ruby", "-e", "require 'kramdown'; require 'kramdown/parser/gfm'; print Kramdown::VERSION"]
        found = subprocess.run(gems, capture_output=True, text=True, check=False)
        if found.returncode != 0:
            reason = "ruby has no kramdown with kramdown-parser-gfm"
        elif not found.stdout.startswith("2."):
            reason = f"kramdown is {found.stdout}, not 2.x"
    if reason and os.environ.get("CI") == "true":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


def kramdown(texts: Sequence[str], options: KramdownOptions | None = None) -> list[dict[str, Any]]:
    """What kramdown makes of each of ``texts``, in one Ruby process."""
    options = options or KramdownOptions()
    given: dict[str, Any] = {
        "input": "GFM" if options.gfm else "kramdown",
        "parse_block_html": options.parse_block_html,
        "parse_span_html": options.parse_span_html,
    }
    jobs = "".join(json.dumps({"id": i, "text": text, "options": given}) + "\n" for i, text in enumerate(texts))
    ruby = ["ruby", "-W0", "-EUTF-8:UTF-8", str(_ORACLE)]
    done = subprocess.run(ruby, input=jobs, capture_output=True, text=True, encoding="utf-8", check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def theirs(answer: dict[str, Any]) -> Facts:
    """The facts in an answer of the oracle."""
    printed = Counter[Any]()
    for text in answer["texts"]:
        printed.update(_tags_in(text))
    return {
        "printed": printed,
        "elements": Counter(tuple(element) for element in answer["elements"]),
        "links": Counter((kind, _squeezed(address or "")) for kind, address in answer["links"]),
        "headings": Counter(tuple(heading) for heading in answer["headings"]),
        "code": Counter({kind: len(found) for kind, found in answer["code"].items() if found}),
        "warnings": _worded(answer["warnings"]),
        "tentative": _worded(answer["tentative"]),
    }


def ours(text: str, found: KramdownScan) -> Facts:
    """The same facts from our own reading."""
    kinds = {"span": "span", "indented": "block", "fenced": "block", "math": "math"}
    links = Counter[Any]()
    for link in found.links:
        address = text[link.destination.start : link.destination.end] if link.destination else ""
        if link.kind == "autolink" and ":" not in address:
            address = "mailto:" + address
        links["img" if link.image else "a", _squeezed(address)] += 1
    return {
        "printed": Counter((tag.kind, tag.name) for tag in found.printed),
        "elements": Counter((element.name, element.block) for element in found.elements),
        "links": links,
        "headings": Counter((heading.level, heading.id) for heading in found.headings),
        "code": Counter(kinds[code.kind] for code in found.code if code.kind in kinds),
        "warnings": _worded(warning.text for warning in found.warnings if not warning.tentative),
        "tentative": _worded(warning.text for warning in found.warnings if warning.tentative),
    }


def differences(text: str, answer: dict[str, Any], options: KramdownOptions | None = None) -> list[str]:
    """Where the two readings of ``text`` part; empty when they agree."""
    found = scan(text, Span(0, len(text)), options or KramdownOptions())
    their, our = theirs(answer), ours(text, found)
    result = []
    for key in ("printed", "elements", "links", "headings", "code"):
        missing, extra = their[key] - our[key], our[key] - their[key]
        if missing or extra:
            result.append(f"{key}: kramdown has {dict(missing)}, we have {dict(extra)}")
    # What either reading came upon while it tried something else is not held against the other.
    missing_warnings = set(their["warnings"]) - set(our["warnings"]) - set(our["tentative"])
    extra_warnings = set(our["warnings"]) - set(their["warnings"]) - set(their["tentative"])
    if missing_warnings or extra_warnings:
        result.append(f"warnings: kramdown has {missing_warnings}, we have {extra_warnings}")
    return result


def _worded(warnings: Iterable[str]) -> Counter[str]:
    """Warnings without their line numbers, and without those that say nothing about HTML or links."""
    return Counter(
        "Bad extension" if "extension" in warning else _LINE_NUMBERS.sub("", warning)
        for warning in warnings
        if not warning.startswith(("Footnote definition for", "No or invalid attr", "Duplicate", "Unknown kramdown"))
    )


def _squeezed(address: str) -> str:
    return re.sub(r"\s+", " ", address.strip())


def _tags_in(text: str) -> Iterable[tuple[str, str]]:
    """Tags that are to be seen in ``text``, which the reader sees."""
    text = text.replace("\1", "<>")  # what stands there is no text, and no tag reaches over it
    at = text.find("<")
    while at >= 0:
        if text.startswith("<!--", at):
            yield "comment", ""
        elif (match := CLOSE_TAG.match(text, at)) is not None:
            yield "end", match[1].lower()
        elif (match := OPEN_TAG.match(text, at)) is not None:
            yield "start", match[1].lower()
        elif (found := tag_like(text, at, len(text))) is not None:
            yield found.kind, found.name
        at = text.find("<", at + 1)
