"""Servers and settings for the tests that ask for links. Every connection goes to the loopback interface."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from postlint.config.external import ExternalSettings
from postlint.verdict import Verdict
from tests.net.misbehaving import Names, Server

try:
    import aiohttp  # noqa: F401
except ImportError:
    if os.environ.get("CI"):
        raise
    collect_ignore_glob = ["test_*.py"]

NOW = 1_770_000_000.0


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second try comes soon."""
    monkeypatch.setattr("postlint.net.check._PAUSE", 0.02)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server().running() as running:
        yield running


@pytest.fixture
def names() -> Names:
    return Names()


@pytest.fixture
def settings() -> ExternalSettings:
    """Those of the tests: loopback is allowed, nobody waits."""
    return ExternalSettings(allow_private=("127.0.0.1/32", "::1/128"), delay=0.0, robots=False, timeout=1.0)


Ask = Callable[..., dict[str, Verdict]]


@pytest.fixture
def ask(settings: ExternalSettings, names: Names) -> Ask:
    """Asks for addresses and gives the verdicts."""
    from postlint.net.check import check

    def ask_for(
        wanted: Collection[str] | Mapping[str, Collection[str]], folder: Path | None = None, **changes: Any
    ) -> dict[str, Verdict]:
        from dataclasses import fields, replace

        own = {field.name for field in fields(ExternalSettings)}
        used = replace(settings, **{name: value for name, value in changes.items() if name in own})
        rest = {name: value for name, value in changes.items() if name not in own}
        if not isinstance(wanted, Mapping):
            wanted = dict.fromkeys(wanted, ())
        return check(wanted, used, folder=folder, **{"now": NOW, "lookup": names, "environ": {}, **rest}).verdicts

    return ask_for
