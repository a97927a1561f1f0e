"""Which of several patterns counts for a rule."""

from __future__ import annotations

import pytest

from postlint.config.load import parse_settings
from postlint.config.precedence import EXACT, is_selected, selects, weight
from postlint.config.settings import Settings
from postlint.finding import Severity

OFF, INFO, WARNING, ERROR = Severity


@pytest.mark.parametrize(
    ("pattern", "rule", "expected"),
    [
        ("html/x", "html/x", True), ("html", "html/x", True), ("html/*", "html/x", True), ("*", "html/x", True),
        ("*/x", "html/x", True), ("link/missing-*", "link/missing-target", True), ("l?nk", "link/x", False),
        ("htm", "html/x", False), ("html/", "html/x", False), ("html/x", "html/xy", False), ("x", "html/x", False),
        ("HTML", "html/x", False), ("html*", "html/x", True), ("html/[a-w]", "html/x", False),
    ],
)  # fmt: skip
def test_what_a_pattern_selects(pattern: str, rule: str, expected: bool) -> None:
    assert selects(pattern, rule) is expected


def test_narrower_patterns_weigh_more() -> None:
    order = ["*", "*/x", "link", "link/m*", "link/missing-*", "link/x"]
    assert [weight(p) for p in order] == sorted(weight(p) for p in order)
    assert weight("link") == weight("link/*")
    assert weight("link/x") == EXACT


def severity(rules: str, rule: str = "html/x", default: Severity = ERROR, enabled: bool = True) -> Severity:
    return parse_settings(f"[rules]\n{rules}").severity(rule, default, enabled=enabled)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("", ERROR),
        ('html = "warning"', WARNING),
        ('"html/*" = "off"', OFF),
        ("html = false", OFF),
        ('link = "off"', ERROR),
        ('"html/x" = "info"\nhtml = "off"', INFO),
        ('html = "off"\n"html/x" = true', ERROR),
        ('html = "warning"\n"html/x" = "on"', WARNING),  # on says nothing of how bad
        ('html = "info"\n"html/*" = "warning"', WARNING),  # equally narrow: the later
        ('"html/*" = "warning"\nhtml = "info"', INFO),
        ('"*" = "off"\nhtml = "warning"', WARNING),
        ('html = "warning"\n"*" = "off"', WARNING),
        ('"*/x" = "off"\n"*" = "info"', OFF),
        ('"html/x" = { max = 3 }\nhtml = "info"', INFO),  # options say nothing of severity
        ('"html/x" = { severity = "off", max = 3 }', OFF),
        ('"html/x" = { severity = false }', OFF),
    ],
)
def test_the_rules_table(rules: str, expected: Severity) -> None:
    assert severity(rules) == expected


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("", OFF),
        ('html = "error"', OFF),  # grades the rules that are on
        ('"*" = "error"', OFF),
        ('"html/x" = "error"', ERROR),
        ("html = true", INFO),
        ('"*" = true', INFO),
        ('"*" = true\nhtml = "warning"', WARNING),
        ('"html/x" = { max = 3 }', OFF),
    ],
)
def test_a_rule_that_is_off_by_default(rules: str, expected: Severity) -> None:
    assert severity(rules, default=INFO, enabled=False) == expected


def test_a_default_of_off_is_a_warning_once_it_is_on() -> None:
    assert severity('"html/x" = true', default=OFF) == WARNING
    assert severity("", default=OFF) == OFF


OVERRIDES = parse_settings("""
[rules]
"html/x" = "error"
link = "off"
[[overrides]]
paths = ["_drafts/**", "!_drafts/keep.md"]
rules = { html = "off", link = "warning" }
[[overrides]]
paths = "*.html"
rules = { "html/*" = "on", "html/y" = { severity = "info" } }
""")


@pytest.mark.parametrize(
    ("rule", "path", "expected"),
    [
        ("html/x", None, ERROR),
        ("html/x", "_posts/a.md", ERROR),
        ("html/x", "_drafts/a.md", OFF),  # a family in an override beats an id in [rules]
        ("html/x", "_drafts/keep.md", ERROR),
        ("html/x", "_drafts/a.html", ERROR),  # the later override; "on" leaves the severity of [rules]
        ("html/y", "a/b.html", INFO),
        ("link/x", "_posts/a.md", OFF),
        ("link/x", "_drafts/a.md", OFF),  # off by now, and a family's severity switches nothing on
    ],
)
def test_overrides(rule: str, path: str | None, expected: Severity) -> None:
    assert OVERRIDES.severity(rule, ERROR, path=path) == expected


@pytest.mark.parametrize(
    ("select", "ignore", "rule", "expected"),
    [
        ((), (), "html/x", True),
        (("html",), (), "html/x", True),
        (("html",), (), "link/x", False),
        (("html",), ("html/x",), "html/x", False),
        (("html/x",), ("html",), "html/x", True),
        (("html/x",), ("html",), "html/y", False),
        (("html",), ("html",), "html/x", False),
        ((), ("html/*",), "html/x", False),
        (("*",), ("html",), "link/x", True),
    ],
)
def test_selection(select: tuple[str, ...], ignore: tuple[str, ...], rule: str, expected: bool) -> None:
    assert is_selected(select, ignore, rule) is expected


def test_selecting_by_id_switches_on_and_a_family_does_not() -> None:
    by_id, by_family = Settings(select=("html/x",)), Settings(select=("html",))
    assert by_id.severity("html/x", INFO, enabled=False) == INFO
    assert by_family.severity("html/x", INFO, enabled=False) == OFF
