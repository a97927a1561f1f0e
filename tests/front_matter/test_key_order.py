"""Putting keys in order: values equal, comments with their entry, every line kept, byte for byte; or no fix at all."""

from __future__ import annotations

import json
import random
import tomllib
from typing import Any

import pytest
import yaml

from postlint.api import Dialect, Document, Fix, Profile
from postlint.fix.apply import apply_edits
from postlint.fix.checks import check_fix
from postlint.text import Text
from postlint_rules.front_matter.key_order import KeyOrder, Options

ORDER = ("layout", "title", "date", "tags", "note", "image", "draft")
YAML_VALUES = [
    "Tea", '"a: b # no comment"', "'it''s'", "2024-01-02", "no", "[a, b]", "[a,\n  b]", "\n  - a\n  - b", "\n- a\n- b",
    "\n  x: 1\n  # inside\n  y: [2]", "|\n  one\n\n  two", ">-\n  one\n  two", '"one\n  two\n\n  # three"', "", "~",
    "a b\n  c d", "茶 道", "{ a: 1, b: [x] }", "word # behind it", "|2-\n    deep",
]  # fmt: skip
TOML_VALUES = ['"Tea"', "2024-01-02", "[1,\n  2, # two\n]", '"""\n# none\n\n[x]\n"""', "'a'", "{ a = 1 }", "true # yes"]
JSON_VALUES: list[Any] = ["Tea", 1, None, ["a", "b"], {"x": {"y": "}"}}, 'a, "b": c', True]


def document(text: str) -> Document:
    return Document("content/a.md", Text(text), Profile("hugo", dialect=Dialect(fences="hugo")))


def fix_of(doc: Document) -> Fix | None:
    found = list(KeyOrder(Options(ORDER)).check(doc))
    return found[0].fix if found else None


def fixed(text: str) -> str:
    doc = document(text)
    fix = fix_of(doc)
    assert fix is not None, text
    after = apply_edits(doc.content, fix.edits)
    assert check_fix(doc, document(after), fix.edits, fix.safety) is None, text
    return after


def draw_keys(draw: random.Random) -> list[str]:
    """Some keys of the order and some others, out of order."""
    while True:
        keys = draw.sample([*ORDER, "other", "x-1"], draw.randint(2, 8))
        known = [key for key in keys if key in ORDER]
        if known != sorted(known, key=ORDER.index):
            return keys


def load_yaml(text: str) -> Any:
    return yaml.load(text, yaml.BaseLoader)


@pytest.mark.parametrize("seed", range(300))
def test_yaml(seed: int) -> None:
    draw = random.Random(seed)
    end = draw.choice(["\n", "\r\n"])
    entries = []
    for number, key in enumerate(draw_keys(draw)):
        value = draw.choice(YAML_VALUES)
        comment = f"# on {key}\n" * draw.randint(0, 2)
        blank = "\n" * draw.choice([0, 0, 0, 1, 2]) if number else ""
        entries.append(f"{blank}{comment}{key}:{'' if value.startswith(chr(10)) or not value else ' '}{value}\n")
    source = "".join(entries)
    text = f"---\n{source}---\nText: x\n".replace("\n", end)
    after = fixed(text)
    inner = after.replace("\r\n", "\n")[4 : -len("---\nText: x\n")]
    assert after.startswith(f"---{end}") and after.endswith(f"---{end}Text: x{end}")
    was, now = load_yaml(source), load_yaml(inner)
    assert was == now
    assert [key for key in now if key in ORDER] == sorted((key for key in now if key in ORDER), key=ORDER.index)
    assert [key for key in now if key not in ORDER] == [key for key in was if key not in ORDER]
    assert sorted(after.splitlines(True)) == sorted(text.splitlines(True))
    lines = inner.split("\n")
    for number, line in enumerate(lines):
        if line.startswith("# on "):
            under = next(other for other in lines[number:] if not other.startswith("# on "))
            assert under.startswith(line.removeprefix("# on ") + ":")
    assert fix_of(document(after)) is None


@pytest.mark.parametrize("seed", range(150))
def test_toml(seed: int) -> None:
    draw = random.Random(seed)
    keys = draw_keys(draw)
    entries = []
    for number, key in enumerate(keys):
        blank = "\n" * draw.choice([0, 0, 1]) if number else ""
        entries.append(
            f"{blank}{'# on ' + key + chr(10) if draw.random() < 0.4 else ''}{key} = {draw.choice(TOML_VALUES)}\n"
        )
    table = draw.choice(
        ["", "\n[params]\na = 1\n", "[params]\n[[params.b]]\nlayout = 1\n", "\n# all\n[z]\ntitle = 2\n"]
    )
    source = "".join(entries) + table
    text = f"+++\n{source}+++\nText\n"
    after = fixed(text)
    inner = after[4 : -len("+++\nText\n")]
    was, now = tomllib.loads(source), tomllib.loads(inner)
    assert was == now
    assert [key for key in now if key in ORDER] == sorted((key for key in now if key in ORDER), key=ORDER.index)
    assert inner.endswith(table) or not table
    assert sorted(inner.splitlines(True)) == sorted(source.splitlines(True))
    lines = inner.split("\n")
    assert all(
        lines[number + 1].startswith(line.removeprefix("# on ") + " =")
        for number, line in enumerate(lines)
        if line.startswith("# on ")
    )


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("indent", [None, 2])
def test_json(seed: int, indent: int | None) -> None:
    draw = random.Random(seed)
    values = {key: draw.choice(JSON_VALUES) for key in draw_keys(draw)}
    source = json.dumps(values, indent=indent)
    after = fixed(f"{source}\nText\n")
    now = json.loads(after.removesuffix("\nText\n"))
    assert now == values
    assert [key for key in now if key in ORDER] == sorted((key for key in now if key in ORDER), key=ORDER.index)


@pytest.mark.parametrize(
    "source",
    [
        "date: 1\ntitle: a\ndate: 2\n",  # a key twice: which one counts hangs on their order
        "date: 1\n\n# apart\n\ntitle: a\n",
        "date: 1\n# below it\n\ntitle: a\n",
        "date: &x 1\ntitle: *x\n",
        "image: &x {a: 1}\ntitle:\n  <<: *x\n",
        "date: &x 1\n<<: {a: 1}\ntitle: a\n",
        "note: |+\n  one\n\ntitle: a\n",
        "note: >+2\n  one\n\ntitle: a\n",
        "# yaml-language-server: $schema=x.json\ndate: 1\ntitle: a\n",
        "? date\n: 1\n? title\n: a\n",
        "date: 1\u2028\ntitle: a\n",
        "{date: 1, # a\ntitle: b}\n",
    ],
)
def test_no_fix_where_it_might_change_something(source: str) -> None:
    doc = document(f"---\n{source}---\n")
    assert fix_of(doc) is None


@pytest.mark.parametrize("opener", ["", "---\n"])
def test_hexo(opener: str) -> None:
    doc = Document(
        "a.md", Text(f"{opener}date: 1\n# t\ntitle: a\n---\nText\n"), Profile("hexo", dialect=Dialect(fences="hexo"))
    )
    fix = fix_of(doc)
    assert fix is not None
    assert apply_edits(doc.content, fix.edits) == f"{opener}# t\ntitle: a\ndate: 1\n---\nText\n"


def test_no_fix_for_dotted_keys() -> None:
    assert fix_of(document('+++\ndate = 1\nparams.a = 1\ntitle = "x"\nparams.b = 2\n+++\n')) is None


def test_a_move_that_changes_a_value_is_refused() -> None:
    """The check at run time does not take the rule's word for it."""
    before = document("---\na: &x 1\nb: *x\na: 2\n---\n")
    doc = document("---\nb: |\n  x\na: 1\n---\n")
    after = document("---\na: 1\n  x\nb: |\n---\n")
    from postlint.api import Edit, Safety, Span

    edit = Edit(Span(4, len(doc.content) - 4), "a: 1\n  x\nb: |\n")
    assert check_fix(doc, after, [edit], Safety.SAFE) is not None
    swapped = document("---\na: 2\nb: *x\na: &x 1\n---\n")
    edit = Edit(Span(4, len(before.content) - 4), swapped.content[4:-4])
    assert check_fix(before, swapped, [edit], Safety.SAFE) is not None
