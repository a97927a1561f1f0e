"""What a right configuration comes to."""

from __future__ import annotations

import datetime
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from postlint.config.load import load_settings, parse_settings
from postlint.config.origin import COMMAND_LINE, DEFAULT
from postlint.config.overlay import with_overrides
from postlint.config.schema import FieldSchema
from postlint.config.settings import Settings, Taxonomy
from postlint.config.zones import read_zone
from postlint.finding import Severity

EVERYTHING = """\
generator = "github-pages"
generator-version = "3.10"
include = "_posts/**"
exclude = ["_posts/old/", "*.html"]
respect-gitignore = false
extensions = ["MD", ".html"]
timezone = "Asia/Shanghai"
url = "https://example.org/"
baseurl = "/blog/"
select = ["html", "link"]
ignore = "html/printed-tag"
fail-on = "never"
packs = ["my.rules"]

[date]
format = "%Y-%m-%d %H:%M:%S %z"

[rules]
html = "error"
"link/*" = true
"html/printed-tag" = "off"
"html/unknown-tag" = { severity = "warning", allowed-tags = ["x-y", { deep = [1] }], since = 2024-01-02 }

[[overrides]]
paths = ["_drafts/**"]
rules = { link = "info" }

[taxonomies.tags]
field = ["tags", "tag"]
terms = ["a", "b"]
aliases = { A = "a" }
pages = "tag/{slug}.html"
page-key = "tag"
links = "/tag/{slug}/"
require-page = true

[[schemas]]
paths = "_posts/**"
unknown-keys = "forbid"
required = ["date", "title"]
[schemas.fields]
layout = "any"
title = { type = "string", non-empty = true, pattern = "^[^x]", min-length = 1, max-length = 80, unique = true }
kind = { type = ["string", "integer"], enum = ["a", 1], required = true }
tags = { type = "list", items = "string" }
link = { format = ["url", "%Y"] }
"""


@pytest.fixture
def everything() -> Settings:
    return parse_settings(EVERYTHING)


def test_every_key_arrives(everything: Settings) -> None:
    s = everything
    assert (s.generator, s.generator_version) == ("github-pages", "3.10")
    assert (s.include, s.exclude, s.respect_gitignore) == (("_posts/**",), ("_posts/old/", "*.html"), False)
    assert (s.extensions, s.timezone) == ((".md", ".html"), "Asia/Shanghai")
    assert (s.url, s.baseurl) == ("https://example.org", "/blog")
    assert (s.select, s.ignore, s.fail_on) == (("html", "link"), ("html/printed-tag",), None)
    assert (s.packs, s.date.format) == (("my.rules",), "%Y-%m-%d %H:%M:%S %z")
    assert [(r.pattern, r.level, r.enabled) for r in s.rules] == [
        ("html", Severity.ERROR, None),
        ("link/*", None, True),
        ("html/printed-tag", None, False),
        ("html/unknown-tag", Severity.WARNING, None),
    ]
    assert [(o.paths, [r.level for r in o.rules]) for o in s.overrides] == [(("_drafts/**",), [Severity.INFO])]
    assert s.taxonomy("tags") == Taxonomy(
        "tags", ("tags", "tag"), ("a", "b"), None, (("A", "a"),), "tag/{slug}.html", "tag", ("/tag/{slug}/",), True
    )
    assert s.taxonomy("series") is None


def test_a_schema_arrives(everything: Settings) -> None:
    schema = everything.schema_for("_posts/a.md")
    assert schema is not None
    assert schema.forbids_unknown
    assert schema.required == ("title", "kind", "date")
    assert schema.by_name == {
        "layout": FieldSchema(),
        "title": FieldSchema(("string",), True, True, (), "^[^x]", 1, 80, unique=True),
        "kind": FieldSchema(("string", "integer"), True, enum=("a", 1)),
        "tags": FieldSchema(("list",), items=FieldSchema(("string",))),
        "link": FieldSchema(formats=("url", "%Y")),
        "date": FieldSchema(required=True),
    }
    assert everything.schema_for("pages/a.md") is None


def test_several_schemas_of_one_file_are_one() -> None:
    settings = parse_settings(
        '[[schemas]]\nunknown-keys = "forbid"\nfields = { title = "string", date = "date" }\n'
        '[[schemas]]\npaths = "a/"\nfields = { title = "integer", extra = "any" }\n'
    )
    merged, alone = settings.schema_for("a/x.md"), settings.schema_for("b/x.md")
    assert merged is not None and alone is not None
    assert [(name, field.types) for name, field in merged.fields] == [
        ("title", ("integer",)), ("date", ("date",)), ("extra", ()),
    ]  # fmt: skip
    assert merged.forbids_unknown
    assert [name for name, _ in alone.fields] == ["title", "date"]


def test_options_keep_their_values_and_places(everything: Settings) -> None:
    options = everything.rule_options("html/unknown-tag")
    assert {name: option.value for name, option in options.items()} == {
        "allowed-tags": ["x-y", {"deep": [1]}],
        "since": datetime.date(2024, 1, 2),
    }
    assert str(options["since"].origin) == "postlint.toml:22"
    assert everything.rule_options("html/printed-tag") == {}


def test_origins(everything: Settings) -> None:
    assert str(everything.origin("timezone")) == "postlint.toml:7"
    assert str(everything.origin("date.format")) == "postlint.toml:16"
    assert str(everything.origin("taxonomies.tags")) == "postlint.toml:28"
    assert str(everything.origin("schemas[0]")) == "postlint.toml:37"
    assert [entry.origin.line for entry in everything.rules] == [19, 20, 21, 22]
    assert everything.origin("no") == DEFAULT
    assert Settings().origin("timezone") == DEFAULT


def test_settings_reach_a_worker(everything: Settings) -> None:
    again = pickle.loads(pickle.dumps(everything))
    assert again == everything
    assert hash(again) == hash(everything)
    assert again.settings_digest() == everything.settings_digest()


def test_the_digest_is_the_same_in_every_process(tmp_path: Path) -> None:
    (tmp_path / "postlint.toml").write_text(EVERYTHING)
    code = "from pathlib import Path\nfrom postlint.config.load import load_settings as load\n"
    code += f"print(load(Path({str(tmp_path)!r})).settings_digest())"
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": "7"},
    )
    assert run.stdout.strip() == load_settings(tmp_path).settings_digest()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Asia/Shanghai", "Asia/Tokyo"), ('"jekyll"', '"hugo"'), ("max-length = 80", "max-length = 81"),
        ('terms = ["a", "b"]', 'terms = ["a"]'), ("2024-01-02", "2024-01-03"), ("%z", "%Z"), ("{ deep = [1] }", "[1]"),
        ("/blog/", "/b"), ("[1]", "[true]"), ("[1]", '["1"]'), ("https://example.org/", "https://example.com"),
    ],
)  # fmt: skip
def test_the_digest_changes_with_what_rules_see(old: str, new: str) -> None:
    text = EVERYTHING.replace('"github-pages"', '"jekyll"')
    assert old in text
    assert parse_settings(text.replace(old, new)).settings_digest() != parse_settings(text).settings_digest()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('html = "error"', 'html = "info"'), ("fail-on", "#"), ("select", "#"), ("\nignore", "\n#"), ("include", "#"),
        ('severity = "warning", ', ""), ('"_drafts/**"', '"x"'), ("\n\n", "\n\n\n"),
    ],
)  # fmt: skip
def test_the_digest_does_not_change_with_what_rules_do_not_see(everything: Settings, old: str, new: str) -> None:
    assert old in EVERYTHING
    changed = parse_settings(EVERYTHING.replace(old, new))
    assert changed != everything
    assert changed.settings_digest() == everything.settings_digest()
    assert replace(everything, root=Path("elsewhere")).settings_digest() == everything.settings_digest()


def test_without_a_file_nothing_heavy_is_imported(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    code = f"""
import sys
from pathlib import Path
from postlint.config.load import load_settings
from postlint.config.overlay import with_overrides
from postlint.config.explain import explain
from postlint.config.rules import validate_rules
from postlint.config.discovery import SiteFinder
from postlint.finding import Severity
root = Path({str(tmp_path)!r})
settings = with_overrides(load_settings(root), select=["a"])
validate_rules(settings, {{"a/b": None}})
settings.severity("a/b", Severity.ERROR, path="x.md"), settings.settings_digest()
settings.schema_for("x.md"), explain(settings), SiteFinder(root).site_of(root / "x.md")
heavy = {{"pydantic", "pydantic_core", "pathspec", "yaml", "rapidfuzz", "difflib", "zoneinfo", "json"}}
print(*sorted(heavy & set(sys.modules)))
"""
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert run.stdout.strip() == ""


# The command line --------------------------------------------------------------------------------------------


def test_the_command_line_overrides_the_file(everything: Settings) -> None:
    settings = with_overrides(
        everything, generator="hugo", select=["html/printed-tag,link"], ignore=["link/empty"], fail_on="warning"
    )
    assert (settings.generator, settings.fail_on) == ("hugo", Severity.WARNING)
    assert (settings.select, settings.ignore) == (("html/printed-tag", "link"), ("link/empty",))
    assert {settings.origin(key) for key in ("generator", "select", "fail-on")} == {COMMAND_LINE}
    assert settings.severity("html/printed-tag", Severity.ERROR) == Severity.ERROR  # the file has it off and ignored
    assert settings.severity("link/empty", Severity.ERROR) == Severity.OFF
    assert settings.severity("html/misnested-tag", Severity.ERROR) == Severity.OFF


def test_ignoring_more_keeps_what_the_file_ignores(everything: Settings) -> None:
    assert with_overrides(everything, ignore=["link"]).ignore == ("html/printed-tag", "link")


def test_nothing_on_the_command_line_changes_nothing(everything: Settings) -> None:
    assert with_overrides(everything) == everything
    assert with_overrides(everything, select=[], ignore=[]) == everything


def test_isolated_forgets_the_file(everything: Settings) -> None:
    rooted = replace(everything, root=Path("r"))
    assert with_overrides(rooted, isolated=True) == Settings(root=Path("r"))


def test_wrong_words_on_the_command_line() -> None:
    from postlint.config.errors import ConfigError

    with pytest.raises(ConfigError) as caught:
        with_overrides(Settings(), generator="jekyl", fail_on="warn")
    generator, fail_on = str(caught.value).split("\n")
    assert generator.startswith("command line: `--generator jekyl`: ") and generator.endswith("did you mean `jekyll`?")
    assert fail_on.endswith("did you mean `warning`?")


def test_zones() -> None:
    now = datetime.datetime(2024, 7, 1)
    assert now.replace(tzinfo=read_zone("Europe/Paris")).utcoffset() == datetime.timedelta(hours=2)
    assert now.replace(tzinfo=read_zone("-03:30")).utcoffset() == datetime.timedelta(hours=-3, minutes=-30)
    for wrong in ("+25:00", "Paris", "", "/etc/localtime", "Asia/"):
        with pytest.raises(ValueError, match="there is no time zone"):
            read_zone(wrong)
