"""Rules that compare a page with the clock, with a generator that says what it is told to say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from postlint.document import Document
from postlint.generators import Fate, Hidden, generator_for, load_site
from postlint.text import Text
from postlint_rules.date import expired, future

DAY = dt.datetime(2025, 12, 1, 9, tzinfo=dt.timezone(dt.timedelta(hours=1)))
CONTENT = "---\ntitle: A\ndate: 2025-12-01 08:00:00 +0000\n---\n"


class Told:
    """As much of a generator as these rules ask."""

    def __init__(self, fate: Fate) -> None:
        self._fate = fate

    def fate(self, doc: Document) -> Fate:
        return self._fate


@pytest.mark.parametrize(
    ("rule", "fate", "facts"),
    [
        (expired, Fate(True, expires=DAY), ["date"]),
        (expired, Fate(True), []),
        (expired, Fate(False, Hidden.DRAFT, expires=DAY), []),
        (expired, Fate(True, expires=DAY + dt.timedelta(hours=1)), [""]),
        (expired, Fate(True, appears=DAY), []),
        (future, Fate(True, appears=DAY), ["date"]),
        (future, Fate(True, appears=DAY + dt.timedelta(days=1)), [""]),
        (future, Fate(True, expires=DAY), []),
        (future, Fate(False, Hidden.UNPUBLISHED, appears=DAY), []),
    ],
)
def test_the_fate_decides_and_the_date_that_says_it_is_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rule: object, fate: Fate, facts: list[str]
) -> None:
    profile = load_site(tmp_path, "", "jekyll")
    assert generator_for(profile).name == "jekyll"
    monkeypatch.setattr(rule, "generator_for", lambda profile: Told(fate))
    checked = expired.Expired() if rule is expired else future.Future()
    found = list(checked.collect(Document("_posts/2025-12-01-a.md", Text(CONTENT), profile)))
    assert [fact.key for fact in found] == facts
    for fact in found:
        instant = fate.expires or fate.appears
        assert instant is not None
        assert fact.value == [instant.timestamp(), f"{instant:%Y-%m-%d %H:%M} +0100"]
        assert fact.place.start.line == (3 if fact.key else 1)
