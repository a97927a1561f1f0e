"""An index that is damaged, foreign, hostile, shared or without room: the answers are right all the same."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from postlint.engine.query import QueryError
from postlint.engine.run import CACHE_FOLDER
from postlint.site.index import FILE_NAME, Index
from postlint.site.schema import VERSION
from tests.edits import everything, findings
from tests.sites import run, write_site

BODY = (
    "<p><strong>Head</p>\n<p></strong>Body</p>\n\n[a](/p{0}/) [b](/none/) [c](#here)\n\n## Here {0}\n" + "Words. " * 40
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with an index that nothing is wrong with."""
    posts: dict[str, str | bytes] = {
        f"p{n}.md": f"---\ntitle: Post {n % 20}\ntags: [tea, t{n}]\ndate: 2024-01-02\n---\n{BODY.format(n)}"
        for n in range(60)
    }
    posts["p1.md"] = f"---\ntitle: A\n---\n<!-- postlint-disable-next-line html: meant -->\n{BODY.format(1)}"
    root = write_site(tmp_path_factory.mktemp("trouble") / "site", {"_config.yml": "permalink: pretty\n", **posts})
    everything(root, cache=True)
    assert findings(root, cache=True) == findings(root, cache=False)
    return root


@pytest.fixture
def site(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "site"))


@pytest.fixture(scope="module")
def right(whole: Path) -> str:
    return findings(whole, cache=False)


def index_of(root: Path) -> Path:
    return root / CACHE_FOLDER / FILE_NAME


def without_notices(told: str) -> tuple[object, list[str]]:
    report = json.loads(told)
    return report, report.pop("notices")


def must_be_right(root: Path, right: str, *, notices: int | None = None) -> None:
    """The answers are those without an index; at most one notice says why; the next run has nothing to say."""
    report, said = without_notices(findings(root, cache=True))
    assert report == without_notices(right)[0]
    assert len(said) <= 1 if notices is None else len(said) == notices, said
    assert findings(root, cache=True) == right
    assert run(root, cache=True)[1].analysed == 0


def checked(root: Path, *before: str) -> subprocess.CompletedProcess[str]:
    """``postlint check`` as a process of its own, with all that it keeps; ``before`` stands before the command."""
    return subprocess.run(
        [*before, sys.executable, "-m", "postlint", "check", "--now", "2026-01-01", "-f", "json"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
    )


# Damage ---------------------------------------------------------------------------------------------------------------

PAGE = 4096


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def blank_page(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) // PAGE) * PAGE
    return data[:at] + b"\0" * PAGE + data[at + PAGE :]


def noise_page(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(1, len(data) // PAGE) * PAGE
    return data[:at] + chance.randbytes(PAGE) + data[at + PAGE :]


def swap_pages(data: bytes, chance: random.Random) -> bytes:
    one, other = sorted(chance.sample(range(1, len(data) // PAGE), 2))
    a, b = data[one * PAGE : (one + 1) * PAGE], data[other * PAGE : (other + 1) * PAGE]
    return data[: one * PAGE] + b + data[(one + 1) * PAGE : other * PAGE] + a + data[(other + 1) * PAGE :]


@pytest.mark.parametrize("damage", [cut, blank_page, noise_page], ids=lambda function: function.__name__)
def test_a_damaged_page_is_noticed_where_it_is_read(site: Path, right: str, damage: Callable[..., bytes]) -> None:
    good = index_of(site).read_bytes()
    chance = random.Random(5)
    for _ in range(12):
        index_of(site).write_bytes(damage(good, chance))
        must_be_right(site, right)


@pytest.mark.parametrize("damage", [cut, blank_page, noise_page], ids=lambda function: function.__name__)
def test_a_damaged_page_is_noticed_when_everything_is_read(site: Path, damage: Callable[..., bytes]) -> None:
    good = index_of(site).read_bytes()
    chance = random.Random(6)
    (site / "p7.md").write_text("---\ntitle: Changed\n---\n[gone](/p8/#gone)\n", "utf-8")
    right = findings(site, cache=False)
    for _ in range(12):
        index_of(site).write_bytes(damage(good, chance))
        assert without_notices(findings(site, cache=True))[0] == without_notices(right)[0]


def test_changed_bytes_end_no_run_and_change_no_finding_that_was_kept(site: Path, right: str) -> None:
    """Which of them SQLite sees is up to SQLite; what it does not see is no finding nor comment: these have seals."""
    good = index_of(site).read_bytes()
    chance = random.Random(7)
    noticed = believed = 0
    for _ in range(60):
        bad = bytearray(good)
        at = chance.randrange(len(bad))
        bad[at : at + 8] = chance.randbytes(8)
        index_of(site).write_bytes(bad)
        told = findings(site, cache=True)
        report, said = without_notices(told)
        assert isinstance(report, dict) and report["summary"]["ok"]
        noticed += bool(said)
        if not said and run(site, cache=True)[1].analysed == 0:
            believed += 1
            kept = [d for d in report["diagnostics"] if d["rule"].startswith("html/")]
            assert kept == [d for d in json.loads(right)["diagnostics"] if d["rule"].startswith("html/")]
        everything(site, cache=True)
    assert noticed and believed


def test_swapped_pages_end_no_run(site: Path) -> None:
    good = index_of(site).read_bytes()
    chance = random.Random(8)
    for _ in range(25):
        index_of(site).write_bytes(swap_pages(good, chance))
        assert json.loads(findings(site, cache=True))["summary"]["ok"]
        everything(site, cache=True)


def write_other(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE cookies (a)")
    other.close()


def make_folder(path: Path) -> None:
    (path / "inside").mkdir(parents=True)


@pytest.mark.parametrize(
    "put",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_text("notes of my own\n" * 300),
        lambda path: path.write_bytes(b"SQLite format 3\0"),
        write_other,
    ],
    ids=["empty", "text", "header", "another database"],
)
def test_a_foreign_file_is_replaced_with_one_notice(site: Path, right: str, put: Callable[[Path], object]) -> None:
    index_of(site).unlink()
    put(index_of(site))
    must_be_right(site, right, notices=1)


@pytest.mark.parametrize("name", ["index.sqlite-wal", "index.sqlite-shm", "index.sqlite-journal", "rebuild.lock"])
def test_a_foreign_file_beside_it(site: Path, right: str, name: str) -> None:
    (site / CACHE_FOLDER / name).write_bytes(b"\x37\x7f\x06\x82" + b"junk" * 999)
    must_be_right(site, right)


def test_a_folder_in_its_place_is_left_alone(site: Path, right: str) -> None:
    index_of(site).unlink()
    make_folder(index_of(site))
    for _ in range(2):
        report, said = without_notices(findings(site, cache=True))
        assert report == without_notices(right)[0]
        assert len(said) == 1 and "in memory" in said[0]
    assert (index_of(site) / "inside").is_dir()


@pytest.mark.parametrize(
    "statement",
    [f"PRAGMA user_version = {VERSION - 1}", f"PRAGMA user_version = {VERSION + 1}", "PRAGMA application_id = 0"],
)
def test_another_version_is_built_anew(site: Path, right: str, statement: str) -> None:
    with sqlite3.connect(index_of(site)) as connection:
        connection.execute(statement)
    connection.close()
    must_be_right(site, right, notices=1)


@pytest.mark.parametrize("what", ["pyromark.__version__", "yaml.__version__", "sys.version_info"])
def test_another_version_of_a_parser_reads_all_anew(site: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    monkeypatch.setattr(what, (9, 9, 9))
    assert run(site, cache=True)[1].analysed == 60
    assert run(site, cache=True)[1].analysed == 0


def test_another_source_of_postlint_reads_all_anew(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postlint.engine.rule_memory.source_digest", lambda packs: "another")
    assert run(site, cache=True)[1].analysed == 60
    assert run(site, cache=True)[1].analysed == 0


# Hostility ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER UPDATE ON meta BEGIN DELETE FROM document; END",
        "CREATE VIEW pages AS SELECT 'evil' AS path",
        "CREATE TABLE more (a)",
        "CREATE INDEX more ON document (title)",
        "CREATE INDEX more ON document (load_extension(title))",
        "ALTER TABLE document RENAME COLUMN title TO name",
        "ALTER TABLE link ADD COLUMN more GENERATED ALWAYS AS (randomblob(raw)) VIRTUAL",
        "DROP TABLE link; CREATE VIEW link AS SELECT * FROM document",
        "DROP TABLE outcome; CREATE TABLE outcome (document INTEGER PRIMARY KEY, findings BLOB, directives BLOB)",
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = sql || ' ' WHERE name = 'meta'",
    ],
)
def test_a_schema_that_is_not_ours_to_the_letter_is_not_used(site: Path, right: str, statement: str) -> None:
    connection = sqlite3.connect(index_of(site))
    try:
        connection.executescript(statement)
    except sqlite3.Error:
        pytest.skip("this SQLite does not make such a thing")
    finally:
        connection.close()
    must_be_right(site, right, notices=1)


ODD = (b"\x00\xff", "text", -1, 2**62, 1e300, "", b"[" * 100_000, "\x1b]0;x\x07", '{"a": 1}')


def test_values_of_any_kind_end_no_run(site: Path, tmp_path: Path) -> None:
    """Whoever writes into an index can make postlint say something else of their site, and no more than that."""
    good = tmp_path / "good.sqlite"
    shutil.copy(index_of(site), good)
    with Index.open(None) as fresh:
        columns = [
            (table, column)
            for (table,) in fresh.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (column,) in fresh.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchall()
        ]
    chance = random.Random(9)
    for table, column in columns:
        for value in chance.sample(ODD, 2):
            shutil.copy(good, index_of(site))
            connection = sqlite3.connect(index_of(site))
            try:
                connection.execute(f'UPDATE OR IGNORE "{table}" SET "{column}" = ?', (value,))
                if table != "memo":  # so that the site rules are asked
                    connection.execute("DELETE FROM memo")
                connection.commit()
            except sqlite3.Error:
                continue
            finally:
                connection.close()
            told = json.loads(findings(site, cache=True))
            assert told["summary"]["ok"], (table, column, value, told["problems"])
            with contextlib.suppress(QueryError):  # of which one may be: JSON cannot hold BLOB values
                everything(site, cache=True)


@pytest.mark.parametrize(
    "text",
    [
        b"[" * 100_000,
        b"[1]",
        b"[[1,2,3,4,5,6,7,8,9]]",
        b'[["html/stray-end-tag",[1,1],[1,1],[0,0],"m","","",["t",[[[0,1],5]],2,false],[]]]',
        b'[["no/rule",[1,1],[1,1],[0,0],"m","","",null,[]]]',
        b'[["html/stray-end-tag",[99999,1],[1,99999],[77777,88888],"m","","",null,[[[-5,99999],"w","../../x"]]]]',
        b"{}",
        b"null",
        b"\xff",
        b"[" + b'["html/stray-end-tag",[1,1],[1,1],[0,0],"m","","",null,[]],' * 50_000 + b"0]",
    ],
)
def test_findings_of_any_shape_with_a_right_seal_end_no_run(site: Path, text: bytes) -> None:
    from postlint.site.index import _seal

    connection = sqlite3.connect(index_of(site))
    [(number, path)] = connection.execute("SELECT id, path FROM document WHERE path = 'p5.md'").fetchall()
    connection.execute("UPDATE outcome SET findings = ?, directives = x'' WHERE document = ?", (text, number))
    connection.execute("UPDATE document SET seal = ? WHERE id = ?", (_seal(path, text, b""), number))
    for name, stamp, since, until in connection.execute("SELECT name, stamp, since, until FROM memo").fetchall():
        data = b'[["p6.md",' + text[1:-1] + b"]]"
        seal = _seal(name, stamp, repr((since, until)).encode(), data)
        connection.execute("UPDATE memo SET data = ?, seal = ? WHERE name = ?", (data, seal, name))
    connection.commit()
    connection.close()
    assert json.loads(findings(site, cache=True))["summary"]["ok"]
    assert checked(site).returncode == 1


@pytest.mark.parametrize(
    "text", ["", "[" * 100_000, "null", '{"mark": 1, "source": [], "rules": {"a/b": []}}', '{"rules": 5}', "\ud800"]
)
def test_any_memory_of_the_rules_ends_no_run(site: Path, right: str, text: str) -> None:
    (site / CACHE_FOLDER / "rules.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    assert without_notices(checked(site).stdout)[0] == without_notices(right)[0]


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs a privilege there")
@pytest.mark.parametrize(
    "name", ["CACHEDIR.TAG", ".gitignore", FILE_NAME, "index.sqlite-wal", "rebuild.lock", "rules.json"]
)
def test_nothing_is_written_through_a_link_that_a_repository_brings(
    site: Path, right: str, tmp_path: Path, name: str
) -> None:
    outside = tmp_path / "outside"
    for there in (False, True):
        if there:
            outside.write_bytes(b"mine")
        shutil.rmtree(site / CACHE_FOLDER)
        (site / CACHE_FOLDER).mkdir()
        (site / CACHE_FOLDER / name).symlink_to(outside)
        done = checked(site)
        report, said = without_notices(done.stdout)
        assert report == without_notices(right)[0]
        assert len(said) <= 1
        assert outside.exists() == there
        assert not there or outside.read_bytes() == b"mine"


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs a privilege there")
def test_a_cache_folder_that_leads_elsewhere(site: Path, right: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    shutil.rmtree(site / CACHE_FOLDER)
    (site / CACHE_FOLDER).symlink_to(outside)
    report, said = without_notices(checked(site).stdout)
    assert report == without_notices(right)[0]
    assert len(said) == 1 and "it is a link" in said[0]
    assert not list(outside.iterdir())
    # Somebody who keeps it on another disk on purpose: it is one already.
    (outside / "CACHEDIR.TAG").write_text("Signature: 8a477f597d28d172789f06886806bc55\n")
    must_be_right(site, right, notices=0)


# No room --------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits on Windows")
@pytest.mark.parametrize("room", [0, 20_000, 60_000])
def test_a_full_disk_costs_the_memory_and_not_the_answer(site: Path, room: int) -> None:
    """Files may not grow beyond ``room`` bytes, as if the disk ended there."""
    script = (
        "import resource, signal, sys, runpy\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))\n"
        "sys.argv = ['postlint', 'check', '--now', '2026-01-01', '-f', 'json', *sys.argv[1:]]\n"
        "runpy.run_module('postlint', run_name='__main__')\n"
    )

    def check(*arguments: str) -> tuple[object, list[str]]:
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            cwd=site,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1, done.stderr
        return without_notices(done.stdout)

    expected, _ = check("--no-cache")
    shutil.rmtree(site / CACHE_FOLDER)
    for _ in range(2):
        report, said = check()
        assert report == expected
        assert len(said) == 1, said
    must_be_right(site, findings(site, cache=False))


AS_OTHERS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
"""Nothing is read-only to root, unless it lets go of that."""


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or (os.geteuid() == 0 and shutil.which("setpriv") is None),
    reason="nothing is read-only here",
)
@pytest.mark.parametrize("closed", ["", CACHE_FOLDER])
def test_a_folder_that_is_read_only(site: Path, right: str, closed: str) -> None:
    if not closed:
        shutil.rmtree(site / CACHE_FOLDER)
    (site / "p3.md").touch()
    os.chmod(site / closed, 0o555)
    try:
        for _ in range(2):
            report, said = without_notices(checked(site, *(AS_OTHERS if os.geteuid() == 0 else ())).stdout)
            assert report == without_notices(right)[0]
            assert len(said) == 1
    finally:
        os.chmod(site / closed, 0o755)


# Several at once ------------------------------------------------------------------------------------------------------

ROUNDS = 6
PROCESSES = 8


def _checks(root: str, number: int, start: object, end: object, answers: object) -> None:
    for turn in range(ROUNDS):
        start.wait()  # type: ignore[attr-defined]
        try:
            look = everything if number % 4 == 3 else findings
            answers.put((turn, number, look(Path(root), cache=True)))  # type: ignore[attr-defined]
        except BaseException as error:
            answers.put((turn, number, repr(error)))  # type: ignore[attr-defined]
        end.wait()  # type: ignore[attr-defined]


def test_eight_processes_at_once_with_edits_between(site: Path) -> None:
    context = multiprocessing.get_context("spawn")
    start, end = context.Barrier(PROCESSES + 1), context.Barrier(PROCESSES + 1)
    answers = context.Queue()
    workers = [
        context.Process(target=_checks, args=(str(site), number, start, end, answers), daemon=True)
        for number in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    try:
        for turn in range(ROUNDS):
            (site / f"p{turn}.md").write_text(f"---\ntitle: Turn {turn}\n---\n[a](/none/{turn}/)\n", "utf-8")
            (site / f"p{turn + 20}.md").unlink()
            if turn == 2:
                index_of(site).write_bytes(b"damage" * 1000)
            if turn == 4:
                (site / "_config.yml").write_text("permalink: date\n", "utf-8")
            right = {findings: findings(site, cache=False), everything: everything(site, cache=False)}
            start.wait(120)
            said = [answers.get(timeout=120) for _ in workers]
            end.wait(120)
            for at, number, told in said:
                assert at == turn
                expected = right[everything if number % 4 == 3 else findings]
                assert _without_notices_line(told) == _without_notices_line(expected), (turn, number)
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()
    must_be_right(site, findings(site, cache=False))
    with sqlite3.connect(index_of(site)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def _without_notices_line(told: str) -> list[str]:
    return [line for line in told.splitlines() if not line.startswith('"notices":')]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_kill_in_the_middle_leaves_a_whole_index(site: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "postlint", "check", "-q", "--jobs", "1"]
    journal = index_of(site).with_name(f"{FILE_NAME}-wal")
    chance = random.Random(10)
    killed = 0
    for turn in range(10):
        if turn % 3 == 0:
            shutil.rmtree(site / CACHE_FOLDER)
        for path in site.glob("p*.md"):
            path.write_text(path.read_text("utf-8") + f"\n[x](/turn/{turn}/)\n", "utf-8")
        process = subprocess.Popen(command, cwd=site, env=environment, stdout=subprocess.DEVNULL)
        # SQLite's journal is there from when the index is open until it is closed.
        give_up = time.monotonic() + 60
        while not journal.exists() and process.poll() is None and time.monotonic() < give_up:
            time.sleep(0.001)
        time.sleep(0.1 * chance.random())
        killed += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        report, said = without_notices(findings(site, cache=True))
        assert report == without_notices(findings(site, cache=False))[0]
        assert said == []
        with sqlite3.connect(index_of(site)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
    assert killed, "no kill fell into a run: the test shows nothing"
