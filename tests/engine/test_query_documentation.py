"""docs/index-schema.md and docs/queries.md say what is so: each table, each column, each question."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from postlint.engine.project import Wishes, open_project
from postlint.engine.query import answer, prepare
from postlint.engine.run import Request, Run
from postlint.report.answers import EXAMPLES
from postlint.site.index import Index
from postlint.site.views import VIEWS, empty_database
from tests.sites import NOW

_ROW = re.compile(r"^\| (.+?) \| (.*) \|$", re.MULTILINE)


def section(text: str, heading: str) -> str:
    """What stands below a heading, up to the next of its level or above."""
    level = len(heading) - len(heading.lstrip("#"))
    return re.split(rf"(?m)^#{{1,{level}}} ", text.split(f"\n{heading}\n", 1)[1])[0]


@pytest.fixture(scope="module")
def schema(repository: Path) -> str:
    return (repository / "docs" / "index-schema.md").read_text("utf-8")


@pytest.fixture(scope="module")
def blog(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    root = tmp_path_factory.mktemp("query") / "blog"
    shutil.copytree(repository / "examples" / "blog", root, ignore=shutil.ignore_patterns(".postlint_cache"))
    (root / "postlint.toml").touch()
    project = open_project([str(root)], Wishes())
    return Run(project.settings, project.selection, Request(now=NOW, jobs=1))


def questions(repository: Path) -> list[str]:
    found = []
    for name in ("queries.md", "index-schema.md"):
        text = (repository / "docs" / name).read_text("utf-8")
        found += re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
        found += re.findall(r'postlint query (?:-\S+ )*(?:\S+=\S+ )?"(select [^"]+)"', text)
    return found


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_each_table_has_the_columns_that_it_is_said_to_have(schema: str, view: object) -> None:
    columns = [row[1] for row in empty_database().execute(f"SELECT * FROM pragma_table_info('{view.name}')")]  # type: ignore[attr-defined]
    said = section(schema, f"### {view.name}")  # type: ignore[attr-defined]
    rows = [(name.strip("`"), meaning) for name, meaning in _ROW.findall(said) if name.startswith("`")]
    assert rows == list(view.columns.items())  # type: ignore[attr-defined]
    assert columns == [name for name, _ in rows]
    rows_are = view.rows  # type: ignore[attr-defined]
    assert said.strip().startswith(rows_are[0].upper() + rows_are[1:] + ".")


def test_there_are_no_other_tables(schema: str) -> None:
    assert re.findall(r"(?m)^### (\w+)$", section(schema, "## Tables")) == [view.name for view in VIEWS]
    temporary = empty_database().execute("SELECT name FROM sqlite_temp_master WHERE type = 'view'")
    assert [name for (name,) in temporary] == [view.name for view in VIEWS]


def test_the_inside_of_the_file_is_described(schema: str) -> None:
    inside = section(schema, "## Inside the file")
    said = set(re.findall(r"(?m)^#### (\w+)$", inside))
    with Index.open(None) as index:
        tables = {name for (name,) in index.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
        assert said == tables
        for table in tables:
            columns = {name for (name,) in index.execute(f"SELECT name FROM pragma_table_info('{table}')")}
            columns -= {"id", "document", "nth", "start", "end", "line", "col", "end_line", "end_col"}
            assert columns <= set(re.findall(r"`(\w+)`", section(schema, f"#### {table}"))), table


def test_every_question_is_answered(repository: Path, blog: Run) -> None:
    asked = questions(repository)
    assert len(asked) > 25
    without_rows = []
    for sql in asked:
        found = answer(blog, prepare(sql, dict.fromkeys(re.findall(r":(\w+)", sql), "about.md")))
        assert found.columns, sql
        without_rows += [sql] if not found.rows else []
    # The example has a defect of nearly every kind, so a question that finds nothing there may ask the wrong thing.
    assert len(without_rows) <= len(asked) // 3, without_rows


@pytest.mark.parametrize("sql", [sql for _, sql in EXAMPLES])
def test_every_example_is_answered(blog: Run, sql: str) -> None:
    assert answer(blog, prepare(sql)).columns
