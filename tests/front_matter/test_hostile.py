"""Whatever stands in a file, reading it ends soon and raises nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postlint.parse.dialect import FenceStyle
from postlint.parse.front_matter import read_front_matter

STYLES: tuple[FenceStyle, ...] = ("jekyll", "hugo", "hexo", "zola", "any")

HOSTILE = {
    "flow sequences": "---\na: " + "[" * 30_000 + "\n---\n",
    "closed flow sequences": "---\na: " + "[" * 30_000 + "]" * 30_000 + "\n---\n",
    "brackets that quotes hide": "---\na: " + '["]",' * 8_000 + "\n---\n",
    "flow mappings": "---\na: " + "{a: " * 20_000 + "\n---\n",
    "block sequences": "---\n" + "- " * 30_000 + "x\n---\n",
    "questions": "---\n" + "? " * 30_000 + "x\n---\n",
    "indentation": "---\n" + "".join(" " * n + "a:\n" for n in range(350)) + "---\n",
    "aliases": "---\na: &a [x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [{','.join(['*' + a] * 8)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "---\n",
    "an alias to itself": "---\na: &a [*a]\nb: &b {c: *b}\n---\n",
    "many anchors": "---\n" + "".join(f"k{n}: &a{n} v\n" for n in range(5_000)) + "---\n",
    "quotes": "---\na: " + '"' * 60_000 + "\n---\n",
    "quotes in lines": "---\n" + 'a: "b "c" d"\n' * 3_000 + "---\n",
    "colons": "---\n" + "a: b: c\n" * 3_000 + "---\n",
    "tabs": "---\n" + "\ta: b\n" * 3_000 + "---\n",
    "one long line": "---\na: " + "x" * 2_000_000 + "\n---\n",
    "a long number": "---\na: " + "1:" * 20_000 + "1\nb: " + "9" * 60_000 + "\n---\n",
    "control characters": "---\na: \x00\x01\n---\n",
    "dotted keys": "+++\n" + "a." * 20_000 + "b = 1\n+++\n",
    "toml arrays": "+++\na = " + "[" * 20_000 + "\n+++\n",
    "toml tables": "+++\n" + "".join(f"[t{n}]\na = 1\n" for n in range(2_000)) + "+++\n",
    "json arrays": '{"a": ' + "[" * 20_000 + "\n",
    "json objects": '{"a":' * 20_000 + "1" + "}" * 20_000,
    "json of hexo": '"a": ' + "[" * 20_000 + "\n;;;\n",
    "dashes": "-" * 500_000,
    "lines of dashes": "----\n" * 50_000,
    "lines that look like keys": "key: value\n" * 50_000,
    "blank lines": "\n" * 500_000 + "---\ntitle: a\n---\n",
    "a surrogate replaced": "---\na: \ufffd\ufffd\n---\n",
    "carriage returns": "---\ra: b\r---\r",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_ends_soon(name: str) -> None:
    text = HOSTILE[name]
    for style in STYLES:
        start = time.process_time()
        front_matter = read_front_matter(text, style)
        assert time.process_time() - start < 5  # usually some milliseconds; the machine may be busy
        assert 0 <= front_matter.body_start <= len(text)
        for problem in (front_matter.error, *front_matter.further):
            assert problem is None or 0 <= problem.offset <= len(text)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("flow sequences", "too-deep"),
        ("closed flow sequences", "too-deep"),
        ("brackets that quotes hide", "too-deep"),
        ("flow mappings", "too-deep"),
        ("block sequences", "too-deep"),
        ("questions", "too-deep"),
        ("indentation", "too-deep"),
        ("aliases", "alias-bomb"),
        ("an alias to itself", "recursive-alias"),
        ("one long line", "too-large"),
    ],
)
def test_what_is_too_much_is_said(name: str, hint: str) -> None:
    front_matter = read_front_matter(HOSTILE[name], "jekyll")
    assert front_matter.error is not None
    assert front_matter.error.hint == hint


def test_many_small_flow_lists_are_not_deep() -> None:
    text = "---\n" + "".join(f"k{n}: [a, {{b: c}}]\n" for n in range(500)) + "---\n"
    assert read_front_matter(text, "jekyll").error is None


PIECES = st.sampled_from(
    [
        *("---\n", "+++\n", ";;;\n", "...\n", "----\n", "—-\n", "\n", "\r\n", "\ufeff", "  ", "\t"),
        *("title: ", "date: ", "a: b\n", "a: b: c\n", "a = 1\n", "x\n", "- ", "-x\n", ": ", "|\n", "<<: ", "#", ">"),
        *(
            '"',
            "'",
            "[",
            "]",
            "{",
            "}",
            "&a ",
            "*a",
            "!t ",
            "\\",
            "@",
            "`",
            "%",
            "é",
            "記",
            "{{ x }}",
            "<<<<<<< HEAD\n",
        ),
    ]
)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(STYLES))
def test_nothing_is_raised(text: str, style: FenceStyle) -> None:
    front_matter = read_front_matter(text, style)
    assert 0 <= front_matter.body_start <= len(text)
    for entry in front_matter:
        assert 0 <= entry.key_span.start <= entry.key_span.end <= len(text)
        assert 0 <= entry.node.span.start <= entry.node.span.end <= len(text)
    for problem in (front_matter.error, *front_matter.further):
        if problem is not None:
            assert 0 <= problem.offset <= len(text)
            assert all(0 <= e.span.start <= e.span.end <= len(text) for e in problem.repair)
