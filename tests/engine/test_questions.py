"""A question in SQL: what it sees, what it may not do, and what it is told where it is wrong."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from postlint.document import Document
from postlint.engine import query as query_module
from postlint.engine.fields import field_rows
from postlint.engine.project import Wishes, open_project
from postlint.engine.query import QueryError, Value, answer, prepare
from postlint.engine.run import CACHE_FOLDER, Request, Run
from postlint.report.answers import pointed
from postlint.site.facts import FieldRow
from postlint.site.index import FILE_NAME
from postlint.site.views import VIEWS
from tests.sites import NOW, run, write_site

POST = """---
title: 河边
date: 2024-01-02 20:30:00 +0800
tags: [tea, Maps]
author: {name: Lin, born: 1990-05-06, awake: true, height: 1.7, seen: 2024-01-02T20:30:00+08:00, wishes: []}
list:
  - one
  - {two: 2}
redirect_from: /old/
empty:
---
## Ferry

[a](/2024/01/02/late.html#ferry) [b](#nowhere) [c](/soon/) [d](/none/) [e](https://Example.com:80/x) [f](mailto:a@b.c)
[g](/2031/01/01/later.html) [h](/img/map.png) [i](/old/) [j]({{ x }}) {% post_url 2024-01-02-late %} {% post_url none %}
<!-- postlint-disable-next-line link: meant -->
[k](/none/) <p></b>
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(
        tmp_path_factory.mktemp("query"),
        {
            "_config.yml": "timezone: Asia/Shanghai\nplugins: [jekyll-redirect-from]\n"
            "permalink: /:year/:month/:day/:title.html\n",
            "_posts/2024-01-02-late.md": POST,
            "_posts/2031-01-01-later.md": "---\ntitle: Later\n---\n",
            "_drafts/soon.md": "---\npermalink: /soon/\n---\n",
            "_layouts/post.html": "<main id='main'></main>",
            "img/map.png": b"",
            "hidden.md": "---\npublished: false\npermalink: /soon/\n---\n",
        },
    )


def ask(root: Path, sql: str, /, *, cache: bool = False, **parameters: Value) -> list[tuple[Value, ...]]:
    project = open_project([str(root)], Wishes())
    engine = Run(project.settings, project.selection, Request(now=NOW, jobs=1, cache=cache))
    return answer(engine, prepare(sql, parameters)).rows


def test_pages_are_as_a_build_at_this_moment_has_them(site: Path) -> None:
    rows = ask(site, "select path, kind, published, reason, url, title, date, size from pages order by path")
    assert rows == [
        ("_drafts/soon.md", "draft", 0, "draft", "/soon/", "Soon", None, 26),
        ("_layouts/post.html", "template", 0, "not-output", None, None, None, 23),
        (
            "_posts/2024-01-02-late.md",
            "post",
            1,
            None,
            "/2024/01/02/late.html",
            "河边",
            "2024-01-02T20:30:00+08:00",
            len(POST.encode()),
        ),
        (
            "_posts/2031-01-01-later.md",
            "post",
            0,
            "future",
            "/2031/01/01/later.html",
            "Later",
            "2031-01-01T00:00:00+08:00",
            21,
        ),
        ("hidden.md", "page", 0, "unpublished", "/soon/", None, None, 43),
    ]


def test_fields_are_typed_and_flat(site: Path) -> None:
    sql = "select key, item, value, type, line from fields where path = '_posts/2024-01-02-late.md'"
    assert set(ask(site, sql)) == {
        ("title", None, "河边", "text", 2),
        ("date", None, "2024-01-02 20:30:00 +0800", "text", 3),
        ("tags", 1, "tea", "text", 4),
        ("tags", 2, "Maps", "text", 4),
        ("author.name", None, "Lin", "text", 5),
        ("author.born", None, "1990-05-06", "date", 5),
        ("author.awake", None, 1, "boolean", 5),
        ("author.height", None, 1.7, "real", 5),
        ("author.seen", None, "2024-01-02T20:30:00+08:00", "datetime", 5),
        ("author.wishes", None, None, "list", 5),
        ("list", 1, "one", "text", 7),
        ("list.two", 2, 2, "integer", 8),
        ("redirect_from", None, "/old/", "text", 9),
        ("empty", None, None, "null", 10),
    }


def test_links_say_where_they_lead(site: Path) -> None:
    late = "_posts/2024-01-02-late.md"
    sql = "select written, state, target, anchor, host from links where path = :path and kind != 'front-matter'"
    assert {row[0]: row[1:] for row in ask(site, sql, path=late)} == {
        "/2024/01/02/late.html#ferry": ("found", late, "found", None),
        "#nowhere": ("found", late, "missing", None),
        "/soon/": ("unpublished", "_drafts/soon.md", None, None),
        "/none/": ("dead", None, None, None),
        "https://Example.com:80/x": ("external", None, None, "example.com"),
        "mailto:a@b.c": ("ignored", None, None, None),
        "/2031/01/01/later.html": ("unpublished", "_posts/2031-01-01-later.md", None, None),
        "/img/map.png": ("found", "img/map.png", None, None),
        "/old/": ("found", late, None, None),
        "{{ x }}": ("unknown", None, None, None),
        "2024-01-02-late": ("found", late, None, None),
        "none": ("dead", None, None, None),
    }


def test_dead_links_and_missing_anchors_are_those_of_the_rules(site: Path) -> None:
    """Where no comment suppresses the finding."""
    rows = ask(
        site,
        "select l.line, l.column, l.state = 'dead', f.rule from links l"
        " left join findings f on f.path = l.path and f.line = l.line and f.column = l.column"
        "   and f.rule in ('link/missing-target', 'link/missing-anchor')"
        " where l.state = 'dead' or l.anchor = 'missing' order by 1, 2",
    )
    assert [(dead, rule) for _, _, dead, rule in rows] == [
        (0, "link/missing-anchor"),
        (1, "link/missing-target"),
        (1, "link/missing-target"),
        (1, None),
    ]


def test_findings_are_those_that_check_reports(site: Path) -> None:
    rows = ask(site, "select path, line, column, rule, severity, message, fix, safety from findings")
    _, outcome = run(site)
    assert rows == [
        (
            d.path,
            *d.start,
            d.rule,
            d.severity.label,
            d.finding.message,
            d.finding.fix and d.finding.fix.title,
            d.finding.fix and d.finding.fix.safety.name.lower(),
        )
        for d in outcome.diagnostics
    ]
    assert len(rows) > 3


def test_the_other_tables(site: Path) -> None:
    late = "_posts/2024-01-02-late.md"
    assert ask(site, "select taxonomy, term, line from terms order by 2") == [("tags", "Maps", 4), ("tags", "tea", 4)]
    assert ask(site, "select * from aliases") == [(late, "/old/")]
    assert ask(site, "select id from anchors order by id") == [("ferry",), ("main",)]
    assert ask(site, "select * from suppressions") == [(late, 16, 1, "disable-next-line", "link", 17, 17, "meant")]
    assert ask(site, "select * from sites") == [("", "jekyll", "Asia/Shanghai", "_config.yml")]
    files = ask(site, "select path, url, page from files order by path")
    assert ("img/map.png", "/img/map.png", 0) in files
    assert (late, None, 1) in files
    assert ("_config.yml", None, 0) in files


def test_with_an_index_and_without_the_answers_are_the_same(tmp_path: Path) -> None:
    root = write_site(tmp_path, {"_config.yml": "", "_posts/2024-01-02-late.md": POST, "b.md": "---\ntitle: B\n---\n"})
    sqls = [f"select * from {view.name} order by 1, 2" for view in VIEWS]
    without = [ask(root, sql) for sql in sqls]
    assert [ask(root, sql, cache=True) for sql in sqls] == without
    assert [ask(root, sql, cache=True) for sql in reversed(sqls)] == without[::-1]
    (root / "b.md").write_text("---\ntitle: C\n---\n[x](/none/)\n", "utf-8")
    assert ask(root, "select value from fields where path = 'b.md'", cache=True) == [("C",)]
    assert [ask(root, sql, cache=True) for sql in sqls] == [ask(root, sql) for sql in sqls] != without


def test_fields_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_site(tmp_path, {"_config.yml": "", "a.md": "---\ntitle: A\n---\n", "b.md": "---\ntitle: B\n---\n"})
    read: list[str] = []

    def watched(doc: Document) -> list[FieldRow]:
        read.append(doc.path)
        return field_rows(doc)

    monkeypatch.setattr(query_module, "field_rows", watched)
    for _ in range(2):
        assert len(ask(root, "select 1 from fields", cache=True)) == 2
    (root / "b.md").write_text("---\ntitle: C\n---\n", "utf-8")
    ask(root, "select 1 from fields", cache=True)
    assert read == ["a.md", "b.md", "b.md"]


def test_an_index_as_it_is(tmp_path: Path) -> None:
    root = write_site(tmp_path, {"_config.yml": "", "a.md": "---\ntitle: A\n---\n"})
    run(root, cache=True)
    (root / "a.md").write_text("---\ntitle: B\n---\n", "utf-8")
    project = open_project([str(root)], Wishes())

    def title(**options: bool) -> object:
        engine = Run(project.settings, project.selection, Request(now=NOW, jobs=1))
        return answer(engine, prepare("select title from pages"), **options).rows

    assert title(update=False) == [("A",)]
    assert title() == [("B",)]


def test_an_empty_index_is_no_empty_site(tmp_path: Path) -> None:
    root = write_site(tmp_path, {"_config.yml": "", "a.md": "---\ntitle: A\n---\n"})
    project = open_project([str(root)], Wishes())
    engine = Run(project.settings, project.selection, Request(now=NOW, jobs=1))
    assert answer(engine, prepare("select 1 from pages"), update=False).rows == []
    assert engine.outcome.notices == ["the index is empty: no run has filled it"]


def test_billions_of_values_are_a_thousand(tmp_path: Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    root = write_site(tmp_path, {"_config.yml": "", "a.md": f"---\n{bomb}---\n"})
    [(number,)] = ask(root, "select count(*) from fields")
    assert isinstance(number, int) and number <= 1000


_WORDS = (
    "select from where pages links path title * , ( ) . 'x \" ; -- /* */ = 1 count group by order with as limit union"
    " values explain delete insert into update set pragma :a ? @b $c [ ] ` \0 \ud800 文 json_each"
)


# What it may not do ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "delete from pages",
        "insert into pages (path) values ('x')",
        "update pages set path = 'x'",
        "drop view pages",
        "create table x (a)",
        "create temp table x (a)",
        "with x as (select 1) delete from document",
        "with x as (select 1) insert into main.meta select 'a', 1",
        "attach 'x.sqlite' as x",
        "pragma user_version = 7",
        "pragma query_only = off",
        "begin",
        "commit",
        "vacuum into 'x.sqlite'",
        "analyze",
        "reindex",
        "select load_extension('x')",
        "select * from pragma_table_info('pages')",
        "explain delete from document",
        "select 1; delete from document",
        "/* select */ delete from document",
        "select path from document",
        "select data from memo",
        "select sql from sqlite_master",
        "select name from sqlite_temp_master",
        "select rule from temp.postlint_finding",
        "with pages as (select * from document) select path from pages, document",
        "",
        "  ;  ",
        "-- nothing",
        "select 'a\0b'",
    ],
)
def test_a_question_that_would_do_more_than_read_the_tables_is_refused(site: Path, sql: str) -> None:
    with pytest.raises(QueryError):
        prepare(sql)
    assert not list(site.rglob("x.sqlite"))


def test_what_prepare_lets_pass_is_guarded_when_it_is_asked(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second lock: the same guard, and a connection that takes no writing."""
    question = prepare("select 1")
    for sql in ("delete from document", "select path from document", "create table x (a)", "attach ':memory:' as x"):
        project = open_project([str(site)], Wishes())
        engine = Run(project.settings, project.selection, Request(now=NOW, jobs=1, cache=False))
        with pytest.raises(QueryError):
            answer(engine, query_module.Question(sql, {}, question.parts))


def test_random_words_are_answered_or_refused_in_words(site: Path) -> None:
    """Whatever stands there, it is an answer or a QueryError, and the index stays as it is."""
    words = _WORDS.split(" ")
    chance = random.Random(3)
    asked = refused = 0
    for _ in range(3000):
        sql = " ".join(chance.choices(words, k=chance.randrange(1, 9)))
        if chance.random() < 0.5:
            sql = "select path from pages " + " ".join(chance.choices(words, k=chance.randrange(4)))
        try:
            prepare(sql)
            asked += 1
        except QueryError as error:
            refused += 1
            assert pointed(sql, error)
    assert asked > 5 and refused > 1000


def test_long_questions_end(site: Path) -> None:
    endless = "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c"
    project = open_project([str(site)], Wishes())
    engine = Run(project.settings, project.selection, Request(now=NOW, jobs=1, cache=False))
    began = time.monotonic()
    with pytest.raises(QueryError, match=r"longer than 0\.2 seconds"):
        answer(engine, prepare(endless), seconds=0.2)
    assert time.monotonic() - began < 20
    rows = "with recursive c(x) as (select 1 union all select x + 1 from c) select x from c"
    found = answer(engine, prepare(rows), most=3)
    assert (found.rows, found.more) == ([(1,), (2,), (3,)], True)
    assert not answer(engine, prepare("select 1"), most=1).more


def test_who_had_enough_is_let_go(site: Path) -> None:
    import _thread

    # A shell that runs the tests in the background has the signal ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    endless = "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c"
    project = open_project([str(site)], Wishes())
    engine = Run(project.settings, project.selection, Request(now=NOW, jobs=1, cache=False))
    timer = threading.Timer(0.5, _thread.interrupt_main)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        answer(engine, prepare(endless), seconds=60)
    timer.join()
    signal.signal(signal.SIGINT, before)


def test_huge_values_are_refused(site: Path) -> None:
    with pytest.raises(QueryError, match="too big"):
        ask(site, "select length(replace(hex(zeroblob(30000000)), '0', 'xxxxxxxxxx'))")


def test_bytes_that_are_no_text_are_shown_as_what_they_are(site: Path) -> None:
    assert ask(site, "select cast(x'ff61' as text), x'ff'") == [("\ufffda", b"\xff")]


def test_a_question_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    root = write_site(tmp_path, {"_config.yml": "", "a.md": "---\ntitle: A\n---\n[x](/none/)\n"})
    run(root, cache=True)
    names = "SELECT name, sql FROM sqlite_master ORDER BY name"
    with sqlite3.connect(root / CACHE_FOLDER / FILE_NAME) as before:
        schema = before.execute(names).fetchall()
    ask(root, "select count(*) from links l, findings f, fields d, suppressions s where l.state = 'dead'", cache=True)
    with sqlite3.connect(root / CACHE_FOLDER / FILE_NAME) as after:
        assert after.execute(names).fetchall() == schema
        assert after.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert run(root, cache=True)[1].analysed == 0


# What it is told ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            "select titel from pages",
            "there is no column `titel` in `pages`; did you mean `title`?\n  select titel from pages\n         ^^^^^",
        ),
        (
            "select '文文', p.titel\nfrom pages p",
            "there is no column `titel` in `pages`; did you mean `title`?\n  select '文文', p.titel\n"
            "                 ^^^^^^^",
        ),
        (
            "select 文件 from pages",
            "there is no column `文件` in `pages`; there are `path`, `site`, `kind`, `published`, `reason`, `url`,"
            " `title`, `date`, `lang`, `appears`, `expires` and `size`\n  select 文件 from pages\n         ^^^^",
        ),
        (
            "select term from pages",
            "there is no column `term` in `pages`; `terms` has one\n  select term from pages\n         ^^^^",
        ),
        (
            "select path from posts",
            "there is no table `posts`; did you mean `pages`?\n  select path from posts\n                   ^^^^^",
        ),
        (
            "select path from document",
            "`document` is a table of postlint's own, which may change; ask `pages`\n  select path from document\n"
            "                   ^^^^^^^^",
        ),
        (
            "select path from pages, links",
            "more than one table here has a column `path`: write pages.path or links.path\n"
            "  select path from pages, links\n         ^^^^",
        ),
        (
            "select path from pages where from from",
            "this is not SQL: `from` cannot stand here\n  select path from pages where from from\n"
            "                               ^^^^",
        ),
        (
            "select path from pages where",
            "the question ends too early\n  select path from pages where\n                              ^",
        ),
        ("select foo(1)", "SQLite has no function `foo`\n  select foo(1)\n         ^^^"),
        (
            "select 1; select 2",
            "ask one question at a time: there is something behind the first `;`\n  select 1; select 2\n          ^",
        ),
        (
            "Drop table pages",
            "a question may only read, and begins with select or with, not with drop\n  Drop table pages\n  ^^^^",
        ),
        ("select :a", "the question has a parameter :a; give its value with -p a=…"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(sql: str, told: str) -> None:
    with pytest.raises(QueryError) as caught:
        prepare(sql)
    assert pointed(sql, caught.value) == told


def test_parameters(site: Path) -> None:
    assert ask(site, "select :a, :b, $c, @a", a="x'", b=3, c=None) == [("x'", 3, None, "x'")]
    with pytest.raises(QueryError, match="there is no parameter :b"):
        prepare("select ':b'", {"b": 1})


def test_rows_as_json_can_be_read_back(site: Path) -> None:
    rows = ask(site, "select json_group_array(json_object('p', path, 't', title)) from pages where title is not null")
    assert {"p": "_posts/2024-01-02-late.md", "t": "河边"} in json.loads(str(rows[0][0]))
