"""The places of TOML keys, against what tomllib reads from the same text."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from postlint.config.locate import KeyPath, locate

ORDINARY = """\
# a comment with = and [brackets]
generator = "jekyll"   # behind a value
exclude = [
  "drafts/**",  # one = a
  'old]/',
]
date.format = "%Y-%m-%d"

[rules]
"html/misnested-tag" = "off"
'link/*' = { severity = "warning", "max-length" = 3, nested = { a = [1, { b = 2 }] } }
html = "error"

[taxonomies . tags]
terms = ["a", "b"]
aliases = {"js" = "JavaScript", ts.x = 1}

[[schemas]]
paths = ["_posts/**"]
[schemas.fields.title]
type = "string"
[schemas.fields."the date"]
type = "date"

[[schemas]]
[[schemas.deep]]
x = 1
[[schemas.deep]]
x = 2
y = {}
"""

HARD = '''\
"a\\u00e9\\"b" = 1
"" = "empty"
many = """
fake = 1
[fake]
"""  # end
quotes = """a ""quoted"" end"""""
literal = \'\'\'it's
[fake2]
\'\'\'
empty = [ ]
dates = [1979-05-27T07:32:00Z, 1979-05-27 07:32:00, 07:32:00]
numbers = [0xf_f, +1.5e3, -inf, nan, true]
中文 = 1
[table] # [comment]
"k=v" = "v # not a comment"
a.b.c = 1
a.b.d = [[1, [2]], []]
[table.sub]
[another."quoted.dot"]
z = {x = 'y', "p q".r = """s}
"""}
'''.replace("中文 = 1", '"中文" = 1')


def paths_of(data: Any, path: KeyPath = ()) -> set[KeyPath]:
    found: set[KeyPath] = {path} if path else set()
    if isinstance(data, dict):
        for key, value in data.items():
            found |= paths_of(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            found |= paths_of(value, (*path, index))
    return found


@pytest.mark.parametrize(
    "text", [ORDINARY, HARD, "", "\n\n", "a = 1", "[[a]]\n[[a.b]]\n[a.b.c]\nd=1\n[[a.b]]\n[[a]]\nb=3"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_everything_tomllib_reads_has_a_place_and_nothing_else(text: str, line_end: str) -> None:
    text = text.replace("\n", line_end)
    assert set(locate(text).places) == paths_of(tomllib.loads(text))


@pytest.mark.parametrize("text", [ORDINARY, HARD])
def test_a_place_is_where_the_key_and_the_value_are_written(text: str) -> None:
    """Cut out at its place, each key is the key, and each simple value the value."""
    lines = text.split("\n")
    data = tomllib.loads(text)
    for path, place in locate(text).places.items():
        value: Any = data
        for step in path:
            value = value[step]
        rest = lines[place.key.line - 1][place.key.column - 1 :]
        if isinstance(path[-1], str):
            assert tomllib.loads(f"{_key(rest)} = 1") == {path[-1]: 1}, path
        if isinstance(value, (int, str)) and not isinstance(value, bool):
            rest = "\n".join([lines[place.value.line - 1][place.value.column - 1 :], *lines[place.value.line :]])
            assert _value(rest) == value, path


def _key(rest: str) -> str:
    if rest[0] in "\"'":
        end = 1
        while rest[end] != rest[0]:
            end += 2 if rest[end] == "\\" and rest[0] == '"' else 1
        return rest[: end + 1]
    end = 0
    while end < len(rest) and (rest[end].isalnum() or rest[end] in "-_"):
        end += 1
    return rest[:end]


def _value(rest: str) -> Any:
    """The value that ``rest`` begins with: its longest beginning that is one TOML value."""
    for end in range(1, len(rest) + 1):
        ahead = rest[end : end + 1]
        if ahead in ("", ",", " ", "\n", "}", "]"):
            try:
                return tomllib.loads(f"v = {rest[:end]}")["v"]
            except tomllib.TOMLDecodeError:
                continue
    raise AssertionError(rest)


def test_lines_and_columns() -> None:
    places = locate(ORDINARY).places
    assert places["generator",] == ((2, 1), (2, 13))
    assert places["exclude", 1] == ((5, 3), (5, 3))
    assert places["date", "format"] == ((7, 6), (7, 15))
    assert places["rules", "html/misnested-tag"] == ((10, 1), (10, 24))
    assert places["rules", "link/*", "max-length"] == ((11, 36), (11, 51))
    assert places["schemas", 0, "fields", "the date", "type"] == ((23, 1), (23, 8))
    assert places["schemas", 1, "deep", 1, "y"].key == (30, 1)


def test_columns_count_code_points() -> None:
    assert locate('a = ["新闻", "𝒳", "b"]').places["a", 2].value == (1, 17)


def test_what_has_no_place_stands_where_its_surroundings_do() -> None:
    locations = locate("[rules]\nhtml = 1\n")
    assert locations.place(("rules", "html", "severity")).value == (2, 8)
    assert locations.place(("nothing",)).value == (1, 1)


@pytest.mark.parametrize(
    "text", ["[", "a", "a =", "[[", "=", '"', "{{{", "a = {", "a = [", "\\", "a.b.", "[a..b]", "}", "a=[}", "a={]"]
)
def test_a_scan_of_what_is_not_toml_ends(text: str) -> None:
    locate(text)
    locate(text * 50)
