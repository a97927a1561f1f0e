"""What a wrong configuration is told: all at once, each with its place and the nearest right name."""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.config.errors import ConfigError
from postlint.config.load import load_settings, parse_settings


def complaints(text: str, table: tuple[str, ...] = (), root: Path = Path()) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse_settings(text, source="p.toml", table=table, root=root)
    return str(caught.value).split("\n")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('timezon = "UTC"', "p.toml:1:1: unknown key `timezon`; did you mean `timezone`?"),
        ('fail_on = "error"', "p.toml:1:1: unknown key `fail_on`; did you mean `fail-on`?"),
        ("[rule]\na = 1", "p.toml:1:2: unknown key `rule`; did you mean `rules`?"),
        ('[date]\nformt = "%Y"', "p.toml:2:1: unknown key `formt` in [date]; did you mean `format`?"),
        (
            '[date]\ntimezone = "UTC"',
            "p.toml:2:1: unknown key `timezone` in [date]; `timezone` belongs at the top of the file, before any table",
        ),
        ('[[schemas]]\npath = "a"', "p.toml:2:1: unknown key `path` in [[schemas]]; did you mean `paths`?"),
        ('unknown-keys = "forbid"', "p.toml:1:1: unknown key `unknown-keys`; it belongs in [[schemas]]"),
        (
            "[[schemas]]\n[[schemas]]\n[schemas.fields.title]\nmax-len = 3",
            "p.toml:4:1: unknown key `max-len` in [schemas.fields.title]; did you mean `max-length`?",
        ),
        (
            '[[schemas]]\nfields = { tags = { items = { type = "string", uniqe = true } } }',
            "p.toml:2:48: unknown key `uniqe` in [schemas.fields.tags.items]; did you mean `unique`?",
        ),
        ("[taxonomies.tags]\nterm = []", "p.toml:2:1: unknown key `term` in [taxonomies.tags]; did you mean `terms`?"),
        ("[[overrides]]\nfiles = []", "p.toml:1:3: `paths` is missing in [[overrides]]"),
        (
            "[date]\ncolour = 1",
            "p.toml:2:1: unknown key `colour` in [date]; there is only `format`",
        ),
    ],
)
def test_unknown_keys(text: str, complaint: str) -> None:
    assert complaint in complaints(text)


def test_keys_of_pyproject_are_named_with_its_table() -> None:
    text = '[tool.other]\nx = 1\n[tool.postlint]\ntimezon = "UTC"\n[[tool.postlint.schemas]]\npaths = 1\n'
    assert complaints(text, ("tool", "postlint")) == [
        "p.toml:4:1: unknown key `timezon` in [tool.postlint]; did you mean `timezone`?",
        "p.toml:6:9: `paths` in [[tool.postlint.schemas]] must be a list, not a number",
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("timezone = 8", "p.toml:1:12: `timezone` must be a text in quotes, not a number"),
        ('respect-gitignore = "yes"', "p.toml:1:21: `respect-gitignore` must be true or false, not a text"),
        ('exclude = ["a", 2]', "p.toml:1:17: item 2 of `exclude` must be a text in quotes, not a number"),
        ("schemas = 1", "p.toml:1:11: `schemas` must be a list, not a number"),
        ("date = 2024-01-01", "p.toml:1:8: `date` must be a table, not a date"),
        ("extensions = []", "p.toml:1:14: `extensions` must not be empty"),
        ("[[schemas]]\nfields.t.min-length = 1.5", "must be a whole number, not a decimal number"),
        ("[[schemas]]\nfields.t.min-length = -1", "`min-length` in [schemas.fields.t] must be 0 or more"),
        ("[[schemas]]\nfields.t.required = 1", "must be true or false, not a number"),
    ],
)
def test_wrong_types(text: str, complaint: str) -> None:
    (said,) = complaints(text)
    assert complaint in said


@pytest.mark.parametrize(
    ("text", "message", "suggestion"),
    [
        ('generator = "jekyl"', "`jekyl` is none of", "did you mean `jekyll`?"),
        ('fail-on = "errors"', "`errors` is none of", "did you mean `error`?"),
        ('generator-version = "banana"', "`banana` is no version", "with dots between them, such as `0.111.3`"),
        ('generator-version = ""', "`` is no version", "such as `0.111.3`"),
        ('generator-version = "0.x"', "`0.x` is no version", "such as `0.111.3`"),
        ('timezone = "Asia/Shangai"', "there is no time zone `Asia/Shangai`", "did you mean `Asia/Shanghai`?"),
        ('timezone = "Shanghai"', "there is no time zone `Shanghai`", "did you mean `Asia/Shanghai`?"),
        ('timezone = "Asia"', "there is no time zone `Asia`", ""),
        ('timezone = "../../etc/passwd"', "there is no time zone", "such as `Asia/Shanghai`, or `+08:00`"),
        ('url = "example.org"', "`example.org` is not the address of a site", "https://example.org"),
        ('url = "https://e.org/blog/"', "has a path", 'write url = "https://e.org" and baseurl = "/blog"'),
        ('baseurl = "blog"', "`blog` does not begin with `/`", "write `/blog`"),
        ('baseurl = "https://e.org"', "is a whole address", "the host belongs in `url`"),
        ('extensions = "*.md"', "is not a file extension", "belong in `include`"),
        ("exclude = 'a\\b\\**'", "has a backslash between folders", ""),
        ('exclude = ["", "a"]', "an empty pattern selects nothing", ""),
        ('exclude = "./a"', "goes by `.` or `..`", ""),
        ('packs = ["my-rules"]', "`my-rules` is not the name of a Python module", ""),
        ('rules.html = "warn"', "`warn` is none of", "did you mean `warning`?"),
        ('rules.html = "eror"', "`eror` is none of", "did you mean `error`?"),
        ("rules.html = 2", "must be a severity in quotes", "`off`"),
        ('rules.html = {severity = "of"}', "`severity` in [rules.html]: `of` is none of", "did you mean `off`?"),
        ('date.format = "YYYY-MM-DD"', "has no `%`", "%Y-%m-%d"),
        ('date.format = "%Y-%Q"', "`%Q` is nothing that Python's strptime knows", ""),
        ('[[schemas]]\nfields.a = "str"', "`str` is none of", "did you mean `string`?"),
        ('[[schemas]]\nfields.a = ["string", "bolean"]', "must be a table", ""),
        ('[[schemas]]\nfields.a.type = ["string", "bolean"]', "item 2 of `type`", "did you mean `boolean`?"),
        ('[[schemas]]\nfields.a.pattern = "("', "is not a regular expression", ""),
        ('[[schemas]]\nfields.a.format = "ulr"', "`ulr` is none of", "did you mean `url`?"),
        ('[[schemas]]\nfields.a = {type = "integer", enum = [1, "2"]}', "item 2 of `enum`", ""),
        ('[[schemas]]\nfields.a = {type = "integer", enum = [true]}', "item 1 of `enum`", ""),
        (
            '[[schemas]]\nfields.a = {type = "boolean", min-length = 1}',
            "says nothing about a value of type `boolean`",
            "",
        ),
        ("[[schemas]]\nfields.a = {min-length = 3, max-length = 2}", "no length is at least 3 and at most 2", ""),
        ('[[schemas]]\nunknown-keys = "forbidden"', "`forbidden` is none of", "did you mean `forbid`?"),
        ('[taxonomies.t]\npages = "c/{slg}.html"', "`{slg}` stands for nothing", "did you mean `slug`?"),
        ('[taxonomies.t]\npages = "c/x.html"', "has no place for the term", "`{slug}`"),
        ("[taxonomies.t]\nrequire-page = true", "nothing says where a term's page is", "pages ="),
        (
            '[taxonomies.t]\nterms = ["JavaScript"]\naliases = {js = "Javascript"}',
            "`js` in [taxonomies.t.aliases]: `Javascript` is not among the terms",
            "did you mean `JavaScript`?",
        ),
        ('[taxonomies.t]\nterms = []\nterms-from = "x"', "the terms stand in `terms` already", ""),
        ("[[overrides]]\npaths = []\nrules = {}", "`paths` in [[overrides]] must not be empty", ""),
        (
            '[[overrides]]\npaths = "a"\n[overrides.rules]\n"a/b" = {severity = "off", max = 3}',
            '`max` in [overrides.rules."a/b"]: options cannot differ from path to path',
            "move it to the [rules] table",
        ),
    ],
)
def test_wrong_values(text: str, message: str, suggestion: str) -> None:
    (said,) = complaints(text)
    assert message in said
    assert suggestion in said.partition(message)[2]


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_file() -> None:
    text = 'fail-on = "no"\n\n[rules]\nhtml = "of"\n[[schemas]]\npath = 1\n[date]\nformat = "x"\n'
    assert [line.split(": ")[0] for line in complaints(text)] == [
        "p.toml:1:11",
        "p.toml:4:8",
        "p.toml:6:1",
        "p.toml:8:10",
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("generator = jekyll", 'p.toml:1:13: the text jekyll needs quotes; write "jekyll"'),
        ("respect-gitignore = True  # yes", "p.toml:1:21: True is not written like this in TOML; write true"),
        ("[rules]\nhtml/x = 1", 'p.toml:2:5: the key html/x needs quotes; write "html/x" = …'),
        ("[rules]\nlink/* = 1", 'p.toml:2:5: the key link/* needs quotes; write "link/*" = …'),
        ("[rules.html/x]\n", 'p.toml:1:12: the name html/x needs quotes; write [rules."html/x"]'),
        ("generator: 1", "p.toml:1:10: TOML separates a key from its value with `=`; write generator = …"),
        ("a = 1\n\na = 2", "p.toml:3:6: this key is set a second time"),
        ('a = "b', 'p.toml:1:7: the text is not closed by `"`'),
        ("a = [1", "`]` is missing at the end of the list"),
        ("a =", "the value is missing"),
        ("[a]\n[a]", "this table is there a second time"),
        ('a = 1 "x"', "there is something behind the value"),
        ('a = "c:\\dir"', "\\"),
    ],
)
def test_what_is_not_toml(text: str, complaint: str) -> None:
    (said,) = complaints(text)
    assert said.startswith("p.toml:")
    assert complaint in said


def test_nesting_without_end() -> None:
    (said,) = complaints("a = " + "[" * 100_000)
    assert said.startswith("p.toml:1:")


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "postlint.toml"

    def said(config: Path | None = None) -> str:
        with pytest.raises(ConfigError) as caught:
            load_settings(tmp_path, config=config)
        return str(caught.value)

    file.write_bytes("a = 'x'\nb = '新\xff'".encode("latin-1", "replace").replace(b"?", b"\xe6\x96\xb0"))
    assert said() == "postlint.toml:2:7: this is not UTF-8, which TOML must be; save it as UTF-8"
    expected = "postlnt.toml: there is no such configuration file; did you mean `postlint.toml`?"
    assert said(tmp_path / "postlnt.toml") == expected
    assert "this is a folder" in said(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.x]\n")
    assert said(tmp_path / "pyproject.toml") == "pyproject.toml: there is no [tool.postlint] in this file"
    (tmp_path / "pyproject.toml").write_text("[tool]\npostlint = 3\n")
    assert said(tmp_path / "pyproject.toml") == "pyproject.toml:2:12: `postlint` must be a table, not a number"


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "postlint.toml").write_bytes(b'\xef\xbb\xbfgenerator = "hugo"\r\n')
    assert load_settings(tmp_path).generator == "hugo"


@pytest.mark.parametrize(
    ("name", "content", "terms"),
    [
        ("t.yml", "- a\n- name: b c\n- 3\n", ("a", "b c", "3")),
        ("t.yml", "a: {x: 1}\nb:\n", ("a", "b")),
        ("t.yml", "", ()),
        ("t.json", '[{"slug": "x", "title": "X"}]', ("X",)),
        ("t.toml", "terms = ['a', 'b']", ("a", "b")),
        ("t.toml", "[a]\n[b]", ("a", "b")),
        ("t.txt", "# all\n新闻\n\n  b c \n", ("新闻", "b c")),
    ],
)
def test_terms_from_a_file(tmp_path: Path, name: str, content: str, terms: tuple[str, ...]) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    settings = parse_settings(f'[taxonomies.tags]\nterms-from = "{name}"', root=tmp_path)
    assert settings.taxonomies[0].terms == terms


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("t.yml", "a: [", "`t.yml` is not YAML (line 1)"),
        ("t.yml", "just text", "`t.yml` holds neither a list nor a table of terms"),
        ("t.yml", "- [a]", "`t.yml` holds ['a'], which is no text"),
        ("t.yml", "- {colour: a}", "`t.yml` has no `name` in its item 1"),
        ("t.json", "{", "`t.json` is not JSON"),
        ("t.toml", "a", "`t.toml` is not TOML"),
        ("tt.yml", "", "there is no file `t.yml`; did you mean `tt.yml`?"),
    ],
)
def test_terms_from_a_wrong_file(tmp_path: Path, name: str, content: str, complaint: str) -> None:
    (tmp_path / name).write_text(content)
    (said,) = complaints(f'[taxonomies.tags]\nterms-from = "{name.replace("tt", "t")}"', root=tmp_path)
    assert said.startswith("p.toml:2:14: `terms-from` in [taxonomies.tags]: ")
    assert complaint in said
