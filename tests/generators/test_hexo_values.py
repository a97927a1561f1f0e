"""The values of front matter as Hexo's own reader has them, and JavaScript's texts of them."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from postlint.generators.hexo.values import Stamp, data_of, js_text, js_value
from postlint.parse.front_matter import read_front_matter
from tests.generators.oracle import tool

_WORDS = """
no No yes on off n y true True TRUE tRUE false False null Null NULL ~ nULL 012 007 08 1.10 0.10 1.0 2.50 1. .5 -.5 1_000
1,000 0x1F 0o17 0b11 0b12 +5 -5 12:30 20:30:40 1e3 12e03 1e400 2024 -0 0 00 0. +1.50 100000000 1234567890123
123456789012345678901234567890 1e21 1e20 1e-6 1e-7 1.5e-10 .inf -.inf .nan 0x 0o8 v1 1.2.3 2024-01-02 2024-1-2
2024-02-30 2024-13-01 2024-01-02T20:30:00Z 2024-01-02T20:30:00+08:00 2024-01-02T20:30:00+0800 2024-01-02T25:61:61
0024-01-02 '2024' "no" [a,b] [1,[2,~],null] [] '' 9007199254740993 0.000001234 5e-324
"""
WRITTEN = [
    *_WORDS.split(),
    "{a: 1}",
    "",
    "2024-01-02 20:30:00",
    "2024-01-02 20:30:00.5 -5",
    "2024-1-2 1:02:03 Z",
    "2024-01-02 20:30",
    "a b",
]


@pytest.mark.generator
def test_values_are_those_of_hexo_front_matter() -> None:
    run = subprocess.run(
        [tool("node"), str(Path(__file__).with_name("hexo_values.js"))],
        input=json.dumps(WRITTEN), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    if run.returncode:
        if os.environ.get("CI") == "true":
            pytest.fail(f"hexo-front-matter does not run, and CI must compare with it: {run.stderr[-300:]}")
        pytest.skip("Node finds no hexo-front-matter")
    wrong = []
    for text, (kind, theirs) in zip(WRITTEN, json.loads(run.stdout), strict=True):
        value = js_value(data_of(read_front_matter(f"---\nv: {text}\n---\n", "hexo"))["v"])
        if isinstance(value, Stamp):
            ours = ["date", value.utc.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z" if value.utc else ""]
        else:
            names: dict[type, str] = {str: "string", bool: "boolean", int: "number", float: "number"}
            ours = [names.get(type(value), "object"), js_text(value)]
        if ours != [kind, theirs]:
            wrong.append((text, [kind, theirs], ours))
    assert not wrong, wrong
