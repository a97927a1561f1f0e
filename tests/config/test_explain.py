"""What applies here, and from where."""

from __future__ import annotations

import tomllib

from postlint.config.explain import explain
from postlint.config.load import parse_settings
from postlint.config.overlay import with_overrides
from postlint.config.settings import Settings
from postlint.config.values import Table, freeze, spell, thaw

from .test_settings import EVERYTHING


def test_defaults_are_shown_as_defaults() -> None:
    rows = explain(Settings())
    assert {row.origin for row in rows} == {"default"}
    assert ("generator", '"auto"', "default") in rows
    assert ("timezone", "", "default") in rows
    assert ("fail-on", '"error"', "default") in rows


def test_each_setting_names_its_line() -> None:
    rows = {row.key: (row.value, row.origin) for row in explain(parse_settings(EVERYTHING))}
    assert rows["timezone"] == ('"Asia/Shanghai"', "postlint.toml:7")
    assert rows["date.format"] == ('"%Y-%m-%d %H:%M:%S %z"', "postlint.toml:16")
    assert rows["rules.html"] == ('"error"', "postlint.toml:19")
    assert rows['rules."link/*"'] == ("true", "postlint.toml:20")
    assert rows['rules."html/unknown-tag".since'] == ("2024-01-02", "postlint.toml:22")
    assert rows["overrides[0].rules.link"] == ('"info"', "postlint.toml:26")
    assert rows["schemas[0]"][1] == "postlint.toml:37"


def test_values_are_toml_that_means_the_same() -> None:
    """Written back into a file, what is shown gives the same settings."""
    settings = parse_settings(EVERYTHING)
    lines = [f"{row.key} = {row.value}" for row in explain(settings) if row.value and "[" not in row.key.split('"')[0]]
    lines = [line for line in lines if not line.startswith("rules.")]
    again = parse_settings("\n".join(lines))
    assert (again.include, again.exclude, again.extensions) == (settings.include, settings.exclude, settings.extensions)
    assert (again.taxonomies, again.date, again.fail_on) == (settings.taxonomies, settings.date, settings.fail_on)
    schema = next(row.value for row in explain(settings) if row.key == "schemas[0]")
    assert parse_settings(f"schemas = [{schema}]").schemas == settings.schemas


def test_the_command_line_is_named() -> None:
    settings = with_overrides(parse_settings('ignore = ["html"]\n'), ignore=["link"], generator="hugo")
    rows = {row.key: row for row in explain(settings)}
    assert rows["generator"].origin == "command line"
    assert rows["ignore"] == ("ignore", '["html", "link"]', "postlint.toml:1 and command line")


def test_values_survive_freezing_and_spelling() -> None:
    value = tomllib.loads(
        """v = { "a b" = [1, -2.5, true, "\\"x\\\\\\n\\u0001新"], d = 1979-05-27T07:32:00Z, """
        """t = 07:32:00, e = {}, l = [] }"""
    )["v"]
    frozen = freeze(value)
    assert isinstance(frozen, Table)
    hash(frozen)
    assert thaw(frozen) == value
    assert tomllib.loads(f"v = {spell(frozen)}")["v"] == value
