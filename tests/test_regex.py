"""Regular expressions wait to be compiled, but none of them is wrong."""

from __future__ import annotations

import gc
import pkgutil
import re
from importlib import import_module

import postlint
import postlint_rules
from postlint.regex import _Compiled, _Waiting, regex


def test_it_is_compiled_when_it_is_used() -> None:
    pattern = regex(r"(?P<word>\w+) ", re.ASCII)
    waiting: object = pattern
    assert isinstance(waiting, _Waiting)
    found = pattern.match("tea é ")
    assert found is not None and found["word"] == "tea"
    assert pattern.sub("-", "a b") == "-b"
    assert (pattern.groupindex, pattern.flags & re.ASCII) == ({"word": 1}, re.ASCII)


def test_every_expression_is_one() -> None:
    for package in (postlint, postlint_rules):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    expressions = [each for each in gc.get_objects() if type(each) in (_Waiting, _Compiled)]
    assert len(expressions) > 300
    for each in expressions:
        assert each.pattern is not None  # compiled now, at the latest
