"""Terms in two real sites of many authors: the forms, repeats and blanks that are known there, and no others."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from postlint.engine.project import Wishes
from postlint.engine.run import Outcome
from tests.sites import run

pytestmark = pytest.mark.corpus


def check(root: Path) -> Outcome:
    _, outcome = run(root, wishes=Wishes(select=("taxonomy",)), jobs=2)
    assert not outcome.crashes
    return outcome


def forms(outcome: Outcome) -> Counter[tuple[str, str]]:
    """(form, what most write) → how often."""
    found: Counter[tuple[str, str]] = Counter()
    for diagnostic in outcome.diagnostics:
        if diagnostic.rule == "taxonomy/variant":
            match = re.search(r"`([^`]*)`.* is `([^`]*)` in", diagnostic.finding.message)
            assert match is not None
            found[match[1], match[2]] += 1
    return found


def test_the_tags_of_barretlee(corpora: Path) -> None:
    outcome = check(corpora / "barretlee")
    assert forms(outcome) == {
        ("javascript", "JavaScript"): 2,
        ("Javascript", "JavaScript"): 1,
        (" VSCode", "VSCode"): 1,
        ("css", "CSS"): 2,
        ("php", "PHP"): 1,
        ("nodejs", "NodeJS"): 1,
        ("Error", "error"): 1,
        ("GIT", "git"): 1,
        ("Blog", "blog"): 1,
    }
    assert {d.rule for d in outcome.diagnostics} == {"taxonomy/variant"}
    assert ("blog/src/_posts/2019-10-23-vscode-study-01-start.md", 7) in {
        (d.path, d.start.line) for d in outcome.diagnostics
    }


def test_the_topics_of_digitalgov(corpora: Path) -> None:
    root = corpora / "digitalgov"
    outcome = check(root)
    assert forms(outcome) == {
        ("social media", "social-media"): 3,
        ("artificial intelligence", "artificial-intelligence"): 8,
        ("customer service", "customer-service"): 2,
        ("Analytics", "analytics"): 1,
        ("Product-and-project-management", "product-and-project-management"): 1,
        ("john-mcLaughlin", "john-mclaughlin"): 1,
    }
    assert "in 352 of 355 documents" in "".join(d.finding.message for d in outcome.diagnostics)
    repeats = Counter(
        d.path for d in outcome.diagnostics if d.rule == "taxonomy/duplicate-term" and "the topic" in d.finding.message
    )
    assert sum(repeats.values()) == 82
    listed = {path: count for path, count in _listed_twice(root).items() if count}
    # What PyYAML's loader refuses (a key that stands twice, in one file) is left out of the count.
    assert {path: repeats[path] for path in listed} == listed
    assert len(repeats) - len(listed) == 1
    rest = {(d.path.rpartition("/")[2], d.start.line) for d in outcome.diagnostics if d.rule == "taxonomy/empty-term"}
    chatbots = "2021-02-17-how-can-chatbots-improve-customer-experience.md"
    assert rest == {(chatbots, 23), ("service_dap.md", 20), ("service_logingov.md", 26)}
    rules = {"taxonomy/variant", "taxonomy/duplicate-term", "taxonomy/empty-term"}
    assert {d.rule for d in outcome.diagnostics} == rules


def _listed_twice(root: Path) -> dict[str, int]:
    """How many topics too many each file lists, as PyYAML reads it."""
    found = {}
    for path in (root / "content").rglob("*.md"):
        match = re.match(r"---\n(.*?)\n---", path.read_text(encoding="utf-8"), re.S)
        try:
            values = yaml.safe_load(match[1]) if match is not None else None
        except yaml.YAMLError:
            continue
        topics = values.get("topics") if isinstance(values, dict) else None
        if isinstance(topics, list):
            texts = [topic for topic in topics if isinstance(topic, str)]
            found[path.relative_to(root).as_posix()] = len(texts) - len(set(texts))
    return found
