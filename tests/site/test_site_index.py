"""The index keeps what it is given, serves several processes at once, and never believes a file that is not its own."""

from __future__ import annotations

import multiprocessing
import random
import sqlite3
from pathlib import Path

import pytest

from postlint.site.facts import DocumentFacts
from postlint.site.holds import Holds
from postlint.site.index import FILE_NAME, Index, IndexDamagedError, Known, Record
from postlint.site.schema import VERSION

NOW = 1_767_225_600.0


def record(path: str, *, digest: bytes = b"d", links: int = 0, findings: bytes = b"", title: str = "") -> Record:
    url = "/" + path.removesuffix(".md") + "/"
    rows = tuple((n, n + 1, 1, f"/x{n}", "markdown", "internal", f"/x{n}", f"/x{n}", "") for n in range(links))
    facts = DocumentFacts(
        (1, "", url, url[:-1], title, 12.5, "en", None, None, 0, None), rows, ("a", "b"), (("/old", "/old"),)
    )
    return Record(path, "", 1, 2, digest, b"k", facts, findings, b"")


def test_it_remembers(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        assert index.known() == {}
        index.put([record("b.md", links=2), record("a.md", findings=b"F")])
        index.set_files(["a.md", "b.md"])
    with Index.open(tmp_path) as index:
        assert index.notices == []
        assert index.known() == {"a.md": Known(1, 2, b"d", b"k"), "b.md": Known(1, 2, b"d", b"k")}
        assert list(index.findings()) == [("a.md", b"F", b"")]
        assert list(index.findings(["b.md", "c.md"])) == []
        assert index.execute("SELECT count(*) FROM link").fetchone() == (2,)
    assert (tmp_path / ".gitignore").read_text() == "*\n"
    assert (tmp_path / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")


def test_a_document_takes_the_place_of_its_former_self(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        index.put([record("a.md", links=3, findings=b"F"), record("b.md", links=1)])
    with Index.open(tmp_path) as index:
        index.put([record("a.md", digest=b"new", links=1)])
        index.touch("b.md", 7, 8)
        assert index.known() == {"a.md": Known(1, 2, b"new", b"k"), "b.md": Known(7, 8, b"d", b"k")}
        assert index.execute("SELECT count(*) FROM link").fetchone() == (2,)
        assert list(index.findings()) == []
        index.remove(["a.md", "never.md"])
    with Index.open(tmp_path) as index:
        assert index.known() == {"b.md": Known(7, 8, b"d", b"k")}
        tables = ("link", "anchor", "alias", "term", "fact", "outcome")
        assert [index.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables] == [1, 2, 1, 0, 0, 0]


def test_what_is_discarded_or_raises_is_not_kept(tmp_path: Path) -> None:
    index = Index.open(tmp_path)
    index.put([record("a.md")])
    index.discard()
    with pytest.raises(KeyboardInterrupt), Index.open(tmp_path) as index:
        index.put([record("a.md")])
        raise KeyboardInterrupt
    with Index.open(tmp_path) as index:
        assert index.known() == {}


def test_only_new_files_wait_for_an_address(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        index.set_files(["a.png", "b.png"])
        assert index.new_files == ["a.png", "b.png"]
        index.write_many("INSERT INTO file VALUES (?,?,?,?)", [(path, "", None, None) for path in index.new_files])
        index.set_files(["b.png", "c.png"])
        assert index.new_files == ["c.png"]
        assert index.execute("SELECT path FROM file").fetchall() == [("b.png",)]


def test_many_documents_at_once(tmp_path: Path) -> None:
    records = [record(f"{n:04}.md", links=3) for n in range(2000)]
    random.Random(1).shuffle(records)
    with Index.open(tmp_path) as index:
        index.put(iter(records))
        assert len(index.known()) == 2000
        assert index.execute("SELECT count(*) FROM link JOIN document d ON d.id = link.document").fetchone() == (6000,)


@pytest.mark.parametrize(
    "content", [b"", b"SQLite format 3\0" + b"\0" * 200, b"no database at all, but long enough to be read as one" * 50]
)
def test_a_file_that_is_no_database_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with Index.open(tmp_path) as index:
        assert not index.in_memory
        assert len(index.notices) == 1
        index.put([record("a.md")])
    with Index.open(tmp_path) as index:
        assert index.notices == []
        assert list(index.known()) == ["a.md"]


@pytest.mark.parametrize(
    "statement", ["PRAGMA application_id = 1", f"PRAGMA user_version = {VERSION + 1}", "DROP TABLE link"]
)
def test_a_database_of_something_else_is_replaced(tmp_path: Path, statement: str) -> None:
    with Index.open(tmp_path) as index:
        index.put([record("a.md")])
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute(statement)
    connection.commit()
    connection.close()
    with Index.open(tmp_path) as index:
        assert "built anew" in index.notices[0]
        assert index.known() == {}


def test_damage_anywhere_is_noticed_or_harmless(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        index.put([record(f"{n:03}.md", links=5, findings=b"F" * 50, title="T" * 50) for n in range(300)])
    good = (tmp_path / FILE_NAME).read_bytes()
    chance = random.Random(7)
    noticed = 0
    for _ in range(25):
        page = chance.randrange(len(good) // 4096)
        at = page * 4096 + (100 if page == 0 else 0)
        damaged = good[:at] + chance.randbytes(64) + good[at + 64 :]
        (tmp_path / FILE_NAME).write_bytes(damaged)
        try:
            with Index.open(tmp_path) as index:
                noticed += bool(index.notices)
                index.known()
                list(index.findings())
                index.put([record("new.md")])
        except IndexDamagedError:
            noticed += 1
            assert not (tmp_path / FILE_NAME).exists()
        with Index.open(tmp_path) as index:
            index.known()
    assert noticed > 5  # which pages are read at all depends on how the file happens to be laid out


def test_a_folder_that_cannot_be_written_gives_an_index_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with Index.open(tmp_path / "file" / "cache") as index:
        assert index.in_memory
        assert len(index.notices) == 1
        index.put([record("a.md")])
        assert list(index.known()) == ["a.md"]


def test_in_memory_on_request() -> None:
    with Index.open(None) as index:
        assert index.in_memory
        assert index.notices == []


# Several at once ---------------------------------------------------------------------------------------------


def test_a_view_does_not_change_under_its_owner(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        index.put([record("a.md")])
    reader = Index.open(tmp_path)
    with Index.open(tmp_path) as writer:
        writer.put([record("a.md", digest=b"new"), record("b.md")])
    assert reader.known() == {"a.md": Known(1, 2, b"d", b"k")}
    reader.close()
    with Index.open(tmp_path) as index:
        assert len(index.known()) == 2


def test_who_comes_late_works_on_a_copy(tmp_path: Path) -> None:
    first, second = Index.open(tmp_path), Index.open(tmp_path)
    assert first.known() == second.known() == {}
    first.put([record("a.md")])
    second.put([record("b.md", links=2)])  # while the first is writing
    assert list(second.known()) == ["b.md"]
    assert second.execute("SELECT count(*) FROM link").fetchone() == (2,)
    first.close()
    second.close()
    assert first.notices == second.notices == []
    with Index.open(tmp_path) as index:
        assert list(index.known()) == ["a.md"]


def _work(folder: str, name: str, rounds: int) -> list[str]:
    """Put documents and ask for them, again and again; what went wrong."""
    wrong = []
    for n in range(rounds):
        with Index.open(Path(folder)) as index:
            before = index.known()
            if index.execute("SELECT count(*) FROM document").fetchone()[0] != len(before):
                wrong.append("two answers in one view")
            index.put([record(f"{name}{m}.md", digest=bytes([n]), links=4) for m in range(20)])
            after = index.known()
            if {path: after[path] for path in before if not path.startswith(name)} != {
                path: known for path, known in before.items() if not path.startswith(name)
            }:
                wrong.append("another's rows changed")
            if any(after[f"{name}{m}.md"].digest != bytes([n]) for m in range(20)):
                wrong.append("own rows are not there")
            links = index.execute("SELECT count(*) FROM link").fetchone()[0]
            if links != 4 * len(after):
                wrong.append(f"{links} links for {len(after)} documents")
            wrong += index.notices
    return wrong


def test_many_processes_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Pool(4) as pool:
        wrong = pool.starmap(_work, [(str(tmp_path), name, 15) for name in "abcd"])
    assert wrong == [[], [], [], []]
    with Index.open(tmp_path) as index:
        assert index.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert len(index.known()) in (20, 40, 60, 80)


def test_queries_that_are_wrong_are_not_taken_for_damage(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index, pytest.raises(sqlite3.OperationalError):
        index.execute("SELECT nothing FROM nowhere")
    assert (tmp_path / FILE_NAME).exists()


def test_an_answer_is_remembered_as_long_as_it_holds(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        holds = Holds()
        holds.between(NOW - 1, NOW + 10)
        holds.between(None, NOW + 20)
        index.remember("rule", b"stamp", b"answer", holds)
        kept = {at: index.recall("rule", b"stamp", NOW + at) for at in (-2, -1, 0, 9.5, 10)}
        assert kept == {-2: None, -1: b"answer", 0: b"answer", 9.5: b"answer", 10: None}
        holds.only_at(NOW)
        index.remember("rule", b"stamp", b"answer", holds)
        assert index.recall("rule", b"stamp", NOW) == b"answer"
        assert index.recall("rule", b"stamp", NOW + 0.001) is None


def test_an_answer_is_remembered_until_something_changes(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        index.put([record("a.md")])
        index.remember("rule", b"stamp", b"answer", Holds())
        assert index.recall("rule", b"stamp", NOW) == b"answer"
        assert index.recall("rule", b"other", NOW) is None
    with Index.open(tmp_path) as index:
        assert index.recall("rule", b"stamp", NOW) == b"answer"
        index.touch("a.md", 5, 6)
        assert index.recall("rule", b"stamp", NOW) == b"answer"
        index.put([record("a.md", digest=b"new")])
        assert index.recall("rule", b"stamp", NOW) is None
        index.remember("rule", b"stamp", b"second", Holds())
        index.remove(["a.md"])
        assert index.recall("rule", b"stamp", NOW) is None
