"""The standard's own examples of good and bad HTML: what a conforming parser reads without an error of nesting.

The inputs are those of html5lib-tests (``tree-construction``), which the source distribution of html5lib 1.1 carries;
the parser is html5lib 1.1. Of its 1,528 whole documents 452 are left out, for reasons that
:func:`left_out` gives. Of the others

* 567 have no error of nesting: postlint has a finding in none;
* 509 have one: postlint has a finding in 501 (98.4 %).
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import tarfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from postlint.parse.html_elements import KNOWN
from tests.html_documents import document

SOURCES = Path(__file__).resolve().parents[2] / ".ci" / "tools" / "html5lib-1.1.tar.gz"

# html5lib's names of errors; see its constants.py.
NESTING = frozenset(
    str.split("""
    adoption-agency-1.2 adoption-agency-1.3 end-tag-after-implied-root end-tag-too-early end-tag-too-early-ignored
    end-tag-too-early-named eof-in-head-noscript eof-in-select eof-in-table expected-closing-tag-but-got-eof
    expected-eof-but-got-end-tag expected-named-closing-tag-but-got-eof expected-one-end-tag-but-got-another no-end-tag
    unexpected-cell-end-tag unexpected-end-tag unexpected-end-tag-after-body unexpected-end-tag-before-html
    unexpected-end-tag-treated-as unexpected-start-tag-implies-end-tag
    """)
)
"""An end tag with nothing to close, or an element that is open where it must not be."""

MISPLACED = re.compile(r"-in-select|-in-table|table-voodoo|in-foreign-content|deprecated-tag|inhead-noscript")
"""An element where none of its kind may stand. Some parsers repair that by closing others: no defect of nesting."""

NESTING_FINDINGS = {"misnested", "unclosed", "stray-end", "crosses-markdown", "end-tag-of-void"}


class Input(NamedTuple):
    text: str
    errors: frozenset[str]


def inputs() -> Iterator[str]:
    with tarfile.open(SOURCES) as archive:
        for member in archive:
            if "/tree-construction/" not in member.name or not member.name.endswith(".dat"):
                continue
            content = archive.extractfile(member)
            assert content is not None
            for case in re.split(r"(?:\A|\n\n)#data\n", content.read().decode()):
                head, marker, rest = case.partition("\n#errors")
                if marker and "\n#document-fragment" not in rest:
                    yield head


def left_out(text: str, errors: frozenset[str]) -> str:
    """Why an input says nothing about us; "" where it does."""
    if re.search(r"<(?:template|menuitem|rb|rtc|isindex)\b", text):
        return "html5lib 1.1 reads it by an older standard"
    if re.search(r"<(?:frameset|plaintext)\b|<head>\s*<noscript", text):
        return "no post is a frameset, plain text or a page's head"
    names = {name.lower() for name in re.findall(r"</?([A-Za-z][^\s/>]*)", text)}
    if errors & NESTING and not names <= KNOWN:
        return "an element that HTML does not know: html/unknown-tag's"
    if not errors & NESTING and any(MISPLACED.search(error) for error in errors):
        return "misplaced, not misnested"
    return ""


@pytest.fixture(scope="module")
def read() -> list[Input]:
    reason = ""
    if importlib.util.find_spec("html5lib") is None:
        reason = "html5lib is not installed"
    if not SOURCES.is_file():
        reason = f"{SOURCES.name}, html5lib's source distribution, is not in .ci/tools"
    if reason:
        assert os.environ.get("CI") != "true", reason
        pytest.skip(reason)
    html5lib: Any = importlib.import_module("html5lib")
    found = []
    for text in inputs():
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parser.parse(text)
        errors = frozenset(code for _, code, _ in parser.errors)
        if not left_out(text, errors):
            found.append(Input(text, errors))
    return found


def kinds(text: str) -> set[str]:
    return {problem.kind for problem in document(text, path="a.html").nesting.problems}


def test_what_nests_well_is_no_finding(read: list[Input]) -> None:
    good = [text for text, errors in read if not errors & NESTING]
    assert len(good) > 300
    assert [text for text in good if kinds(text) & NESTING_FINDINGS] == []


def test_what_does_not_nest_is_a_finding(read: list[Input]) -> None:
    bad = [text for text, errors in read if errors & NESTING]
    assert len(bad) > 400
    missed = [text for text in bad if not kinds(text)]
    # Text in a column group, HTML that ends an <svg> (twice), `<div/>` (html/self-closed-non-void's), an <option> at
    # the very end, a form in a table, a table in a select in a table, and an end tag of no more than `</`.
    assert len(missed) <= 8, missed
