"""Values, and the place of each key and value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from postlint.parse.front_matter import Entry, FrontMatter, Node, read_front_matter


def _yaml(text: str) -> tuple[str, FrontMatter]:
    document = f"---\n{text}---\nBody\n"
    return document, read_front_matter(document, "jekyll")


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for item in node.items:
        yield from _nodes(item)
    for entry in node.entries:
        yield from _nodes(entry.node)


def _entries(node: Node) -> Iterator[Entry]:
    for part in _nodes(node):
        yield from part.entries


def test_yaml() -> None:
    text, front_matter = _yaml(
        "title: \"慢跑: 一\"\n'date' : 2024-01-02 # day\ntags: [a, 'b', \"c\"]\nimage:\n  path: x.jpg\n  alt: >\n"
        "    two\n    lines\n\nempty:\nlast: |\n  kept\n"
    )
    assert front_matter.error is None
    written = {entry.key: text[slice(*entry.node.span)] for entry in front_matter}
    assert written == {
        "title": '"慢跑: 一"',
        "date": "2024-01-02",
        "tags": "[a, 'b', \"c\"]",
        "image": "path: x.jpg\n  alt: >\n    two\n    lines",
        "empty": "",
        "last": "|\n  kept",
    }
    assert [text[slice(*entry.key_span)] for entry in front_matter] == [
        "title", "'date'", "tags", "image", "empty", "last",
    ]  # fmt: skip
    assert front_matter.values == {
        "title": "慢跑: 一",
        "date": dt.date(2024, 1, 2),
        "tags": ["a", "b", "c"],
        "image": {"path": "x.jpg", "alt": "two lines\n"},
        "empty": None,
        "last": "kept\n",
    }
    tags = front_matter.get("tags")
    assert tags is not None and [item.style for item in tags.node.items] == ["plain", "single", "double"]
    assert [item.quoted for item in tags.node.items] == [False, True, True]


def test_the_last_of_equal_keys_counts_and_all_are_seen() -> None:
    _, front_matter = _yaml("a: 1\nb: {c: 1, c: 2}\na: 3\n")
    assert [entry.key for entry in front_matter] == ["a", "b", "a"]
    assert front_matter.values == {"a": 3, "b": {"c": 2}}
    inner = front_matter.get("b")
    assert inner is not None and [entry.value for entry in inner.node.entries] == [1, 2]


def test_aliases_stand_where_they_are_written() -> None:
    text, front_matter = _yaml("a: &x [1, 2]\nb: *x\nc: {d: *x}\ne:\n- *x\n")
    assert front_matter.values == {"a": [1, 2], "b": [1, 2], "c": {"d": [1, 2]}, "e": [[1, 2]]}
    _, b, c, e = (entry.node for entry in front_matter)
    aliases = [b, c.entries[0].node, e.items[0]]
    assert [text[slice(*node.span)] for node in aliases] == ["*x"] * 3
    assert len({node.span for node in aliases}) == 3


def test_merge_keys_lend_what_is_not_there() -> None:
    _, front_matter = _yaml("base: &base {layout: post, lang: en}\n<<: *base\nlang: de\n")
    assert front_matter.values == {"base": {"layout": "post", "lang": "en"}, "layout": "post", "lang": "de"}
    assert "layout" in front_matter and "<<" not in front_matter
    assert front_matter.root is not None and front_matter.root.value == front_matter.values


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2024-02-30", "2024-02-30"),
        ("2024-01-02 25:00:00", "2024-01-02 25:00:00"),
        ("=", "="),
        ("!odd x", "x"),
        ("1" * 500, "1" * 500),
        ("!!int x", "x"),
        ("no", False),
        ("12:30", 750),
        ("0x1F", 31),
        ("~", None),
    ],
)
def test_a_value_that_no_loader_makes_is_its_text(written: str, value: object) -> None:
    _, front_matter = _yaml(f"a: {written}\n")
    assert front_matter.error is None
    assert front_matter.values == {"a": value}


def test_a_key_that_is_no_text() -> None:
    text, front_matter = _yaml("1: a\n{{ b }}: c\n? [d, e]\n: f\n")
    assert [entry.key for entry in front_matter] == ["1", "{{ b }}", "[d, e]"]
    assert front_matter.root is not None and front_matter.root.value == {1: "a", "{{ b }}": "c", "[d, e]": "f"}
    assert text[slice(*front_matter.entries[1].key_span)] == "{{ b }}"


def test_hexo_counts_a_tab_as_two_blanks_and_the_places_stay() -> None:
    text = "---\na:\n\tb: 1\n\tc:\n\t\t- x\nd: 2\n---\n"
    front_matter = read_front_matter(text, "hexo")
    assert front_matter.values == {"a": {"b": 1, "c": ["x"]}, "d": 2}
    assert front_matter.root is not None
    assert [text[slice(*entry.key_span)] for entry in _entries(front_matter.root)] == ["a", "d", "b", "c"]
    assert [text[slice(*node.span)] for node in _nodes(front_matter.root) if node.kind == "scalar"] == ["1", "x", "2"]


TOML = """+++
title = "A \\u00e9" # c
date = 2024-01-02 10:00:00
"quoted key" = 'lit'
tags = ["x",
  'y', # c
]
a.b.c = 1
a.b."d e" = \"\"\"
multi "line\"\"\"
point = {x = 1, y = {z = [1, 2.5]}}
[taxonomies]
tags = ["q"]
[[menu.main]]
name = "n"
[[menu.main]]
name = "m"
[menu.main.sub]
k = true
+++
body"""


def test_toml() -> None:
    front_matter = read_front_matter(TOML, "hugo")
    assert front_matter.error is None and front_matter.root is not None
    assert front_matter.values == {
        "title": "A é",
        "date": dt.datetime(2024, 1, 2, 10),
        "quoted key": "lit",
        "tags": ["x", "y"],
        "a": {"b": {"c": 1, "d e": 'multi "line'}},
        "point": {"x": 1, "y": {"z": [1, 2.5]}},
        "taxonomies": {"tags": ["q"]},
        "menu": {"main": [{"name": "n"}, {"name": "m", "sub": {"k": True}}]},
    }
    for entry in _entries(front_matter.root):
        assert TOML[slice(*entry.key_span)].strip("\"'") == entry.key
    written = [TOML[slice(*node.span)] for node in _nodes(front_matter.root) if node.kind == "scalar"]
    assert written == [
        '"A \\u00e9"', "2024-01-02 10:00:00", "'lit'", '"x"', "'y'", "1", '"""\nmulti "line"""', "1", "1", "2.5",
        '"q"', '"n"', '"m"', "true",
    ]  # fmt: skip
    tables = {entry.key: TOML[slice(*entry.node.span)] for entry in front_matter}
    assert tables["taxonomies"] == '[taxonomies]\ntags = ["q"]'
    assert tables["menu"].startswith("[[menu.main]]") and tables["menu"].endswith("k = true")
    assert [item.style for item in front_matter.entries[3].node.items] == ["string", "string"]


def test_json() -> None:
    text = '{\n  "title": "A \\"b\\" \\u00e9",\n  "n": [1, -2.5, 1e3, true, null],\n  "o": {"p": {}}\n}\n\nBody'
    front_matter = read_front_matter(text, "hugo")
    assert front_matter.values == {"title": 'A "b" é', "n": [1, -2.5, 1000.0, True, None], "o": {"p": {}}}
    assert front_matter.root is not None
    assert [text[slice(*node.span)] for node in _nodes(front_matter.root)][1:] == [
        '"A \\"b\\" \\u00e9"', "[1, -2.5, 1e3, true, null]", "1", "-2.5", "1e3", "true", "null", '{"p": {}}', "{}",
    ]  # fmt: skip


def test_json_of_hexo_has_no_braces() -> None:
    text = '"title": "A",\n"tags": ["b"]\n;;;\nBody'
    front_matter = read_front_matter(text, "hexo")
    assert front_matter.values == {"title": "A", "tags": ["b"]}
    assert [text[slice(*entry.span)] for entry in front_matter] == ['"title": "A"', '"tags": ["b"]']


@pytest.mark.parametrize(
    ("text", "hint", "at"),
    [
        ('{"a": 1,}', "trailing-comma", ","),
        ('{"a": 1 "b": 2}', "missing-comma", ' "b"'),
        ("{'a': 1}", "wrong-quotes", "'a'"),
        ('{"a": b}', "missing-quotes", "b}"),
        ('{"a" 1}', "missing-colon", "1}"),
        ('{"a": "b\nc"}', "line-break", "\nc"),
        ('{"a": "\\x"}', "escape", '\\x"'),
    ],
)
def test_json_errors_have_their_place(text: str, hint: str, at: str) -> None:
    error = read_front_matter(text + "\nBody", "hugo").error
    assert error is not None
    assert (error.hint, text[error.offset :][: len(at)]) == (hint, at)


@pytest.mark.parametrize(
    ("text", "hint", "at"),
    [
        ("a = 1\na = 2\n", "duplicate-key", "a = 2"),
        ("a: 1\n", "yaml-in-toml", ": 1"),
        ('a = "b\n', "unclosed-quote", '"b'),
        ("b = 1\na = '''x\n", "unclosed-quote", "'''x"),
        ("a = Hello\n", "missing-quotes", "Hello"),
        ("a = [1,\n 2\nb = 3\n", "unclosed-bracket", "[1,"),
        ("[[a:b]]\n", "", ":b"),
        ("a = 1 2\n", "", "2"),
    ],
)
def test_toml_errors_have_their_place(text: str, hint: str, at: str) -> None:
    document = f"+++\n{text}+++\nBody"
    error = read_front_matter(document, "hugo").error
    assert error is not None
    assert (error.hint, document[error.offset :][: len(at)]) == (hint, at)
