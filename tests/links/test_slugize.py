"""Slugs as hexo-util makes them, letter by letter."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from postlint.parse.slugize import slugize
from tests.generators.oracle import tool

SCRIPT = Path(__file__).with_name("slugize.js")


def _theirs(texts: list[str]) -> list[list[str]]:
    run = subprocess.run(
        [tool("node"), str(SCRIPT)], input=json.dumps(texts), capture_output=True, text=True, timeout=60
    )
    if run.returncode:
        if os.environ.get("CI") == "true":
            pytest.fail(f"hexo-util does not run, and CI must compare with it: {run.stderr[-300:]}")
        pytest.skip("Node finds no hexo-util")
    made: list[list[str]] = json.loads(run.stdout)
    return made


@pytest.mark.generator
def test_every_letter_becomes_what_hexo_util_makes_of_it() -> None:
    letters = [f"x{chr(code)}y" for code in (*range(0xD800), *range(0xE000, 0x20000))]
    wrong = [
        (ascii(text), theirs, slugize(text))
        for text, (theirs, _, _) in zip(letters, _theirs(letters), strict=True)
        if slugize(text) != theirs
    ]
    assert not wrong, wrong[:20]


@pytest.mark.generator
def test_texts_become_what_hexo_util_makes_of_them() -> None:
    texts = [
        "", "-", " a  b\tc ", "C++ & C#", "a.b.c", "--x--", "e\u0301t\u00e9", "Stra\u00dfe \u00d8rsted",
        "\u65e5\u672c \u8a9e", "sub/dir/My Post", "\u039f\u0394\u039f\u03a3", "\u0130stanbul",
        "\u24b6\uff22\uff43 \u2122 \ufb01",
        "a\u3000b\ufeffc\x1cd\x85e",
    ]  # fmt: skip
    ours = [[slugize(text, case) for case in (0, 1, 2)] for text in texts]
    assert ours == _theirs(texts)
