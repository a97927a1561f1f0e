"""Names of rules and options, held against the rules there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import pytest

from postlint.config.errors import ConfigError
from postlint.config.load import parse_settings
from postlint.config.overlay import with_overrides
from postlint.config.rules import RuleMeta, validate_rules
from postlint.config.settings import Settings
from postlint.finding import Severity
from postlint.rule import Rule


@dataclass(frozen=True, slots=True)
class Limits:
    max_length: int = 80
    allowed_tags: tuple[str, ...] = ()
    case: Literal["lower", "upper"] = "lower"
    strict: bool = False
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.max_length > 1000:
            raise ValueError("no line is that long")


class Misnested(Rule):
    id = "html/misnested-tag"
    aliases = ("html/overlap",)
    Options = Limits


class Printed(Rule):
    id = "html/printed-tag"


class Missing(Rule):
    id = "link/missing-target"


class Trap(Rule):
    id = "front-matter/yaml-trap"
    aliases = ("yaml/trap",)


KNOWN: dict[str, RuleMeta] = {rule.id: rule for rule in (Misnested, Printed, Missing, Trap)}


def complaints(text: str, **command_line: Any) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        validate_rules(with_overrides(parse_settings(text), **command_line), KNOWN)
    return str(caught.value).split("\n")


def options_of(text: str) -> Any:
    return validate_rules(parse_settings(text), KNOWN).options["html/misnested-tag"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            '[rules]\n"html/misnestd-tag" = "off"',
            "postlint.toml:2:1: there is no rule `html/misnestd-tag`; did you mean `html/misnested-tag`?",
        ),
        ("rules.hmtl = false", "postlint.toml:1:7: there is no rule or family `hmtl`; did you mean `html`?"),
        ("rules.misnested-tag = 'off'", "no rule or family `misnested-tag`; did you mean `html/misnested-tag`?"),
        (
            "rules.'link/misnested-tag' = 'off'",
            "there is no rule `link/misnested-tag`; did you mean `html/misnested-tag`?",
        ),
        ("rules.'links/missing-target' = 'off'", "did you mean `link/missing-target`?"),
        ("rules.'lnk/*' = 'off'", "no rule matches `lnk/*`; did you mean `link/*`?"),
        ("rules.'link/mising-*' = 'off'", "postlint.toml:1:7: no rule matches `link/mising-*`"),
        ("rules.'zzz' = 'off'", "postlint.toml:1:7: there is no rule or family `zzz`"),
        (
            'select = ["html", "lnik"]',
            "postlint.toml:1:19: `select`: there is no rule or family `lnik`; did you mean `link`?",
        ),
        ('ignore = "lnik"', "postlint.toml:1:1: `ignore`: there is no rule or family `lnik`; did you mean `link`?"),
        ("[[overrides]]\npaths = 'a'\nrules.lnk = 'off'", "postlint.toml:3:7: there is no rule or family `lnk`"),
    ],
)
def test_names_that_no_rule_has(text: str, complaint: str) -> None:
    (said,) = complaints(text)
    assert complaint in said


def test_names_on_the_command_line() -> None:
    assert complaints("", select=["html,lnk"], ignore=["htm"]) == [
        "command line: `--select lnk`: there is no rule or family `lnk`; did you mean `link`?",
        "command line: `--ignore htm`: there is no rule or family `htm`; did you mean `html`?",
    ]


def test_the_command_line_is_not_blamed_for_the_file() -> None:
    said = complaints("ignore = ['nope']", ignore=["html"])
    assert said == ["postlint.toml:1:11: `ignore`: there is no rule or family `nope`"]


def test_a_former_id_goes_on_working_and_is_said() -> None:
    text = '[rules]\n"html/overlap" = { severity = "info", max-length = 3 }\n'
    text += '[[overrides]]\npaths = "a"\nrules."yaml/trap" = "off"'
    valid = validate_rules(with_overrides(parse_settings(text), ignore=["yaml/trap"]), KNOWN)
    assert valid.settings.severity("html/misnested-tag", Severity.ERROR) == Severity.INFO
    assert valid.settings.ignore == ("front-matter/yaml-trap",)
    assert valid.options["html/misnested-tag"] == Limits(3)
    assert sorted(map(str, valid.renamed)) == [
        "command line: `--ignore yaml/trap`: `yaml/trap` is now called `front-matter/yaml-trap`",
        "postlint.toml:2:1: `html/overlap` is now called `html/misnested-tag`",
        "postlint.toml:5:7: `yaml/trap` is now called `front-matter/yaml-trap`",
    ]


def test_options_become_the_rules_own() -> None:
    text = (
        '[rules."html/misnested-tag"]\nmax-length = 40\nallowed-tags = ["a", "b"]\ncase = "upper"\nnames = { a = "b" }'
    )
    assert options_of(text) == Limits(40, ("a", "b"), "upper", names={"a": "b"})


def test_rules_without_options_are_not_asked() -> None:
    class Untouchable:
        id = "a/b"

        def __getattr__(self, name: str) -> Any:
            raise AssertionError(name)

    valid = validate_rules(Settings(select=("a",)), {"a/b": Untouchable()})
    assert valid.options == {}
    assert valid.renamed == ()


@pytest.mark.parametrize(
    ("option", "complaint"),
    [
        (
            "max-lenght = 3",
            "postlint.toml:2:1: `html/misnested-tag` has no option `max-lenght`; did you mean `max-length`?",
        ),
        ("max_length = 3", "`html/misnested-tag` has no option `max_length`; did you mean `max-length`?"),
        ("zzzzzz = 3", "has no option `zzzzzz`; there are `max-length`, `allowed-tags`, `case`, `strict`, `names`"),
        (
            'max-length = "3"',
            "postlint.toml:2:1: the option `max-length` of `html/misnested-tag` must be a whole number, not a text",
        ),
        ("max-length = 3.5", "must be a whole number, not a decimal number"),
        ("max-length = true", "must be a whole number, not true or false"),
        ('strict = "yes"', "the option `strict` of `html/misnested-tag` must be true or false, not a text"),
        (
            "allowed-tags = [1]",
            "the option `allowed-tags` of `html/misnested-tag` must be a text in quotes, not a number",
        ),
        ('allowed-tags = "a"', "must be a list, not a text"),
        ("allowed-tags = 2024-01-01", "must be a list, not a text"),
        ('case = "uper"', "cannot be `uper`: it is one of `lower`, `upper`; did you mean `upper`?"),
        ("max-length = 2000", "is wrong: no line is that long"),
    ],
)
def test_wrong_options(option: str, complaint: str) -> None:
    (said,) = complaints(f'[rules."html/misnested-tag"]\n{option}')
    assert complaint in said


def test_options_where_there_are_none() -> None:
    assert complaints('[rules]\n"html/printed-tag" = { max = 3 }') == [
        "postlint.toml:2:24: `html/printed-tag` has no option `max`; there are none"
    ]
    (said,) = complaints('[rules]\n"html/*" = { max-length = 3 }')
    assert "`html/*` is not one rule, so it takes no options, only a severity" in said


def test_rules_written_as_nested_tables() -> None:
    assert complaints('[rules.html]\nmisnested-tag = "off"\nprinted-tg = { severity = "off" }') == [
        "postlint.toml:2:1: `html` is a family, which has no key `misnested-tag`; "
        'write "html/misnested-tag" = "off" in [rules]',
        'postlint.toml:3:1: `html` is a family, which has no key `printed-tg`; write "html/printed-tag" = … in [rules]',
    ]


def test_all_that_is_wrong_is_said_at_once() -> None:
    text = 'select = ["x"]\n[rules]\n"html/misnested-tag" = { a = 1, max-length = "" }\nlnk = "off"'
    assert [line.split(": ")[0] for line in complaints(text)] == [
        "postlint.toml:1:11", "postlint.toml:3:26", "postlint.toml:3:33", "postlint.toml:4:1",
    ]  # fmt: skip
