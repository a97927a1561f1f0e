"""Repairs of YAML say exactly what is written, or are not made."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from postlint.finding import Edit
from postlint.parse.front_matter import FrontMatter, read_front_matter


def _front_matter(text: str) -> FrontMatter:
    return read_front_matter(f"---\n{text}---\nBody\n", "jekyll")


def _repaired(text: str) -> FrontMatter:
    """``text`` as front matter, with all repairs made."""
    document = f"---\n{text}---\nBody\n"
    front_matter = read_front_matter(document, "jekyll")
    assert front_matter.error is not None
    edits = [edit for problem in (front_matter.error, *front_matter.further) for edit in problem.repair]
    return read_front_matter(_edited(document, edits), "jekyll")


def _edited(document: str, edits: list[Edit]) -> str:
    for edit in sorted(edits, reverse=True):
        document = document[: edit.span.start] + edit.text + document[edit.span.end :]
    return document


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("title: a: b\n", ["colon-in-value"]),
        ('title: "a" b\n', ["text-after-quote"]),
        ('title: "a "b" c"\n', ["inner-quote"]),
        ('title: "a\nb: c\n', ["unclosed-quote"]),
        ('title: a: b"\n', ["missing-opening-quote"]),
        ('a: b\n"c: "d"\n', ["quote-before-key"]),
        ("a:\n\tb: c\n", ["tab"]),
        ("a: b\nc:d\ne: f\n", ["no-space-after-colon"]),
        ("a:\n-b\n-c\nd: e\n", ["no-space-after-dash"]),
        ("a：b\nc: d\n", ["wide-colon"]),
        ("a: @b\n", ["reserved-start"]),
        ("a: [b\nc: d\n", ["unclosed-bracket"]),
        ("a: [b] c\n", ["text-after-bracket"]),
        ('a: "b", "c"\n', ["list-without-brackets"]),
        ("a: |\nb\nc: d\n", ["block-not-indented"]),
        ("a: b\nc\nd: e\n", ["stray-line"]),
        ("a: b\nc d\ne f\ng h\ni: j\n", ["stray-line"]),
        ("a: b\n  c: d\n", ["indentation"]),
        ("a:\n  b: c\n \u00a0d: e\nf: g\n", ["odd-space"]),
        ("<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> x\n", ["conflict-marker"]),
        ("a: *b\n", ["reserved-start"]),
        ('a: "\\d"\n', ["escape"]),
        ("a: \x01\n", ["control-character"]),
        ('title: a: b\nc: d\ne: "f "g" h"\n', ["colon-in-value", "inner-quote"]),
        ("a: b\n  c: d\ne: f: g\n", ["indentation", "colon-in-value"]),
    ],
)
def test_the_cause(text: str, hints: list[str]) -> None:
    front_matter = _front_matter(text)
    assert front_matter.error is not None
    assert [problem.hint for problem in (front_matter.error, *front_matter.further)] == hints


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("title: a: b\nc: d\n", {"title": "a: b", "c": "d"}),
        ('title: a: "b"\n', {"title": 'a: "b"'}),
        ("title: a: b's\n", {"title": "a: b's"}),
        ('title: "a" b\n', {"title": '"a" b'}),
        ("title: 'a' b\n", {"title": "'a' b"}),
        ('title: "a "b" c"\n', {"title": 'a "b" c'}),
        ('title: "a \\"b" c"\n', {"title": 'a "b" c'}),
        ("title: 'a 'b' c'\n", {"title": "a 'b' c"}),
        ("title: 'the cat's mat'\n", {"title": "the cat's mat"}),
        ('title: "a\nb: c\n', {"title": "a", "b": "c"}),
        ("a:\n\tb: c\n\td:\n\t\t- e\n", {"a": {"b": "c", "d": ["e"]}}),
        ("a: @b\nc: `d`\n", {"a": "@b", "c": "`d`"}),
        ('x: a: b\ny: "c "d" e"\nz: f\n', {"x": "a: b", "y": 'c "d" e', "z": "f"}),
        ("list:\n- a: b: c\n", {"list": [{"a": "b: c"}]}),
    ],
)
def test_the_repair(text: str, values: object) -> None:
    repaired = _repaired(text)
    assert repaired.error is None
    assert repaired.root is not None
    assert repaired.root.value == values


@pytest.mark.parametrize(
    "text",
    [
        "layout: post title: a\n",  # two keys in one line
        "title: a: b # c\n",  # a comment, or not
        "date: 2024-01-02 10:00: 00\n",  # quotes would change how the date is read
        'title: "a"b"\n',  # one quote too many, nobody knows which
        'title: "a" b: "c"\n',
        "description: a: b\n  and more\n",  # the value goes on
        'title: "a "b" # c"\n',
        'title: a "b": \\c\'s\n',  # neither kind of quotes can hold it without escapes
        "tags: [a] b\n",  # a list was meant
        "title: a: b\ntitle: c\n",  # it would load, with a key twice
    ],
)
def test_no_repair_where_more_than_one_thing_may_be_meant(text: str) -> None:
    front_matter = _front_matter(text)
    assert front_matter.error is not None
    assert not front_matter.error.repair


@settings(max_examples=500, deadline=None, derandomize=True)
@given(
    st.text(st.sampled_from("ab :\"'#,[]{}|>*&!%@`-?\\é記"), min_size=1, max_size=14),
    st.sampled_from(["title", "x", "description"]),
    st.sampled_from(["", "layout: post\n", 'y: "z"\n']),
)
def test_a_repaired_value_is_what_is_written(written: str, key: str, after: str) -> None:
    written = written.strip()
    text = f"{key}: {written}\n{after}"
    front_matter = _front_matter(text)
    assume(front_matter.error is not None and not front_matter.further and front_matter.error.repair)
    assert front_matter.error is not None
    repaired = _repaired(text)
    assert repaired.error is None and repaired.root is not None
    value = repaired.values[key]
    match front_matter.error.hint:
        case "colon-in-value" | "reserved-start" | "text-after-quote" | "text-after-bracket":
            assert value == written
        case "inner-quote":
            assert value == (written[1:-1].replace('\\"', '"') if written[0] == '"' else written[1:-1])
        case "unclosed-quote":
            assert value == (written[1:].replace("''", "'") if written[0] == "'" else written[1:])
        case "missing-opening-quote":
            assert value == written[:-1]
        case "unclosed-bracket":
            assert isinstance(value, list | dict)
        case hint:
            pytest.fail(f"a repair of {hint}")
