"""The short way through lines of ``key: value`` against libyaml: equal trees, values and places."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from postlint.parse.front_matter import Node, SyntaxProblem, yaml_reader
from postlint.parse.front_matter.yaml_reader import read_yaml

_KEYS = ("title", "date", "b-c", "_x", "K9", "yes", "Off", "null", "n", "true", "title")
_PIECES = (
    *("word", "yes", "no", "null", "Null", "true", "OFF", "On", "y", "n", "~", "<<", "=", "..."),
    *("1", "12", "1.5", ".5", "0x1F", "0o7", "017", "1_000", "1e5", "e3", ".inf", "1:30", "12:30:45"),
    *("2024-01-02", "2024-02-30", "2024-01-02 10:00:00 +0100", "http://x.example/z?a=b", "/a/b.html"),
    *("é", "中文", "٣", "²", "ª", "\u0301", "😀", "\u3000", "\xa0", "\u200b", "\u2028", "\x85", "\ufeff", "\t"),
    *('"', "'", "\\", ":", " ", "  ", "#", "/", ".", ",", "(", ")", "!", "?", "+", "&", ";", "%", "*", "@", "|", ">"),
    *("[", "]", "{", "}", "-", "--", "---", "_"),
)


def _texts(count: int) -> Iterator[str]:
    chance = random.Random(7)
    for _ in range(count):
        lines = []
        for _ in range(chance.randint(1, 4)):
            value = "".join(chance.choice(_PIECES) for _ in range(chance.randint(0, 5)))
            quote = chance.choice(('"', "'", "", "", ""))
            blanks = chance.choice((" ", "  ", " ", ""))
            lines.append(f"{chance.choice(_KEYS)}:{blanks}{quote}{value}{quote}{chance.choice(('', '', ' '))}\n")
        yield "".join(lines)


def _both(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[tuple[Node | None, SyntaxProblem | None], tuple[Node | None, SyntaxProblem | None]]:
    short = read_yaml(text, 4)
    with monkeypatch.context() as without:
        without.setattr(yaml_reader, "_read_flat", lambda source, base: None)
        return short, read_yaml(text, 4)


def test_says_what_libyaml_says(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0
    for text in _texts(6000):
        short, libyaml = _both(text, monkeypatch)
        assert repr(short) == repr(libyaml), text
        taken += yaml_reader._read_flat(text, 0) is not None
    assert taken > 500  # the comparison means something


@pytest.mark.parametrize(
    "text",
    [
        'layout: news\ntitle: "Bread: a start"\nauthor:\ndate: 2024-01-02 10:00:00 +0000\nlang: en\n',
        "title: It's 5 o'clock, isn't it?\npermalink: /about/\npublished: false\nweight: 3\n",
        "title: 'a'  \ntitle: b\n",
    ],
)
def test_takes_what_people_write(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert yaml_reader._read_flat(text, 0) is not None
    short, libyaml = _both(text, monkeypatch)
    assert short[0] is not None
    assert repr(short) == repr(libyaml)


@pytest.mark.parametrize(
    "text",
    [
        "title: a: b\n", "title: a #b\n", "title: [a]\n", "a: b\n c\n", "a: b\n\nc: d\n", "a:b\n", "a: 'b' c\n",
        'a: "\\n"\n', "a: b:\n", "- a\n", "a: b", "? a\n", "a: |\n  b\n", "a: b\r\n",
    ],
)  # fmt: skip
def test_leaves_the_rest_to_libyaml(text: str) -> None:
    assert yaml_reader._read_flat(text, 0) is None
