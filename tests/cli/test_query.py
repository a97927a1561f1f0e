"""``postlint query`` as its users call it: formats, statuses, where questions come from."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from postlint.engine.query import Answer, Value
from postlint.report import ReportOptions
from postlint.report.answers import FORMATS, write_answer, write_schema
from postlint.report.cells import width
from postlint.site.views import VIEWS
from tests.cli.test_commands import postlint
from tests.sites import write_site

SQL = "select path, title, size from pages order by path"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(
        tmp_path_factory.mktemp("query"),
        {
            "_config.yml": "",
            "a.md": "---\ntitle: 夜骑\n---\n",
            "b.md": '---\ntitle: "tab\\tand \\"quote\\", 🎏"\n---\n',
        },
    )


def test_rows_in_each_format(site: Path) -> None:
    printed = {name: postlint(site, "query", "-f", name, SQL, "--no-cache").stdout for name in FORMATS}
    assert printed["tsv"] == 'path\ttitle\tsize\na.md\t夜骑\t22\nb.md\ttab\\tand "quote", 🎏\t42\n'
    rows = list(csv.reader(io.StringIO(printed["csv"])))
    assert rows == [["path", "title", "size"], ["a.md", "夜骑", "22"], ["b.md", 'tab\tand "quote", 🎏', "42"]]
    objects = [
        {"path": "a.md", "title": "夜骑", "size": 22},
        {"path": "b.md", "title": 'tab\tand "quote", 🎏', "size": 42},
    ]
    assert json.loads(printed["json"]) == objects
    assert [json.loads(line) for line in printed["jsonl"].splitlines()] == objects
    assert printed["table"].splitlines() == [
        "path  title                size",
        "a.md  夜骑                   22",
        'b.md  tab and "quote", 🎏    42',
        "",
        "2 rows",
    ]
    assert postlint(site, "query", SQL, "--no-cache").stdout == printed["tsv"], "where nobody looks at it"


def test_status(site: Path) -> None:
    for question, plain, strict in (("select 1", 0, 1), ("select 1 where 0", 0, 0), ("selekt", 2, 2)):
        assert postlint(site, "query", question, "--no-cache").returncode == plain
        assert postlint(site, "query", question, "--no-cache", "--fail-if-any").returncode == strict
    done = postlint(site, "query", "select titel from pages")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "postlint: there is no column `titel` in `pages`; did you mean `title`?\n"
        "  select titel from pages\n         ^^^^^\n"
    )


def test_too_many_rows_are_an_error_and_not_a_silent_end(site: Path) -> None:
    done = postlint(site, "query", "select path from pages order by 1", "--max-rows", "1", "--no-cache")
    assert (done.returncode, done.stdout) == (2, "path\na.md\n")
    assert "more than 1 rows" in done.stderr
    assert postlint(site, "query", "select path from pages", "--max-rows", "0", "--no-cache").returncode == 0


def test_where_questions_come_from(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "q.sql"
    file.write_text("\ufeff-- the title of a page\nselect title from pages\nwhere path = :page;\n", "utf-8")
    asked = ("--no-header", "--no-cache", "-p", "page=a.md")
    assert postlint(site, "query", "--file", str(file), *asked).stdout == "夜骑\n"
    for arguments in (("-",), ("--file", "-")):
        done = postlint(site, "query", *arguments, *asked, stdin=file.read_text("utf-8"))
        assert done.stdout == "夜骑\n"
    assert postlint(site, "query", "select 1", "--file", str(file)).returncode == 2
    assert postlint(site, "query", "--file", "no.sql").returncode == 2


@pytest.mark.parametrize(
    ("written", "kind"), [("a=7", "integer"), ("a=-7.5", "real"), ("a='7'", "text"), ("a=x=y", "text"), (":a=", "text")]
)
def test_parameters(site: Path, written: str, kind: str) -> None:
    done = postlint(site, "query", "--no-header", "--no-cache", "-p", written, "select typeof(:a)")
    assert done.stdout == kind + "\n"


def test_wrong_options(site: Path) -> None:
    for arguments in (
        ("select 1", "-p", "x"),
        ("select 1", "-p", "1=2"),
        ("select 1", "-p", "unused=2"),
        ("select 1", "-f", "xml"),
        ("select 1", "--no-update", "--no-cache"),
        ("select 1", "--project", "nowhere"),
    ):
        done = postlint(site, "query", *arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert done.stderr.startswith("postlint: "), arguments


def test_another_project_and_a_file_to_write_to(site: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    done = postlint(tmp_path, "query", "--project", str(site), SQL, "-f", "json", "-o", str(out), "--no-cache")
    assert (done.returncode, done.stdout) == (0, "")
    assert len(json.loads(out.read_text("utf-8"))) == 2


def test_without_a_question_it_says_what_there_is(site: Path) -> None:
    done = postlint(site, "query")
    assert done.returncode == 0
    for view in VIEWS:
        assert f"\n{view.name}\n" in done.stdout
        assert all(column in done.stdout for column in view.columns)
    assert 'postlint query "select' in done.stdout
    out = io.StringIO()
    write_schema(out, ReportOptions(verbosity=1, width=80))
    assert all(width(line) <= 80 for line in out.getvalue().splitlines() if "postlint query" not in line)


def test_the_index_is_kept_and_brought_up_to_date(tmp_path: Path) -> None:
    root = write_site(tmp_path, {"_config.yml": "", "a.md": "---\ntitle: A\n---\n"})
    title = ("query", "--no-header", "select title from pages")
    assert postlint(root, *title).stdout == "A\n"
    (root / "a.md").write_text("---\ntitle: B\n---\n", "utf-8")
    assert postlint(root, *title, "--no-update").stdout == "A\n"
    assert postlint(root, *title).stdout == "B\n"


# The table on a terminal ----------------------------------------------------------------------------------------------


def table(columns: tuple[str, ...], rows: list[tuple[Value, ...]], columns_wide: int) -> list[str]:
    out = io.StringIO()
    write_answer(
        Answer(columns, rows, False), "table", out, ReportOptions(width=columns_wide, verbosity=-1, environ={})
    )
    return out.getvalue().splitlines()


def test_long_values_give_way_and_paths_do_not() -> None:
    rows: list[tuple[Value, ...]] = [
        ("_posts/2024-01-02-夜骑.md", 7, "word " * 30, "夜骑到运河尽头" * 9),
        ("about.md", 123456, "short", None),
    ]
    shown = table(("path", "line", "message", "title"), rows, 80)
    assert all(width(line) <= 80 for line in shown)
    assert shown[1].startswith("_posts/2024-01-02-夜骑.md       7  word word")
    assert shown[1].endswith("…")
    assert shown[2] == "about.md                   123456  short"
    assert len({width(line[: line.index("word" if "word" in line else "short")]) for line in shown[1:]}) == 1


def test_where_columns_cannot_fit_each_value_has_a_line() -> None:
    rows: list[tuple[Value, ...]] = [tuple(f"value {n} 夜骑到运河尽头" for n in range(9))] * 2
    shown = table(tuple(f"column{n}" for n in range(9)), rows, 40)
    assert shown[0] == "column0  value 0 夜骑到运河尽头"
    assert len(shown) == 9 * 2 + 1
    assert all(width(line) <= 40 for line in shown)


def test_what_a_terminal_would_obey_is_shown_as_an_escape() -> None:
    assert table(("a\x1b[31m",), [("\x1b]0;x\x07\u202e",)], 80) == ["a\\x1b[31m", "\\x1b]0;x\\x07\\u202e"]


def test_numbers_stand_to_the_right_and_nothing_is_blank() -> None:
    assert table(("n", "x"), [(1, None), (None, 2.5), (1000, 1e300), (b"\xff", "")], 80)[:2] == ["n     x", "1"]
    assert table(("n",), [(1,), (1000,), (0.1 + 0.2,)], 80) == ["   n", "   1", "1000", " 0.3"]


def test_odd_answers_as_json() -> None:
    out = io.StringIO()
    answer = Answer(("a", "a", "b"), [(1, float("inf"), b"\xff"), (None, "\ufffd", "\u2028")], False)
    write_answer(answer, "json", out, ReportOptions())
    assert json.loads(out.getvalue()) == [{"a": 1, "a_2": None, "b": "ff"}, {"a": None, "a_2": "\ufffd", "b": "\u2028"}]
    out = io.StringIO()
    write_answer(Answer(("a",), [], False), "json", out, ReportOptions())
    assert json.loads(out.getvalue()) == []


def test_a_stream_of_few_characters_gets_escapes(site: Path) -> None:
    done = postlint(site, "query", "-f", "json", SQL, "--no-cache", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout)[0]["title"] == "夜骑"
