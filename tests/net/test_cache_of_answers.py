"""What is remembered of earlier runs, for how long, and that nothing spoils it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from postlint.config.external import ExternalSettings
from postlint.net.cache import FILE_NAME, Cache
from postlint.net.check import check
from postlint.net.failure import Failure
from postlint.net.observation import Observation
from postlint.verdict import Hop, Standing
from tests.net.conftest import NOW, Ask
from tests.net.misbehaving import Names, Server, reply

DAY = 86400.0
HOUR = 3600.0


@pytest.mark.parametrize(
    ("status", "believed"),
    [(200, 7 * DAY), (204, 7 * DAY), (404, DAY), (410, DAY), (403, DAY / 2), (401, DAY / 2), (999, DAY / 2)],
)
def test_an_answer_is_believed_so_long(server: Server, ask: Ask, tmp_path: Path, status: int, believed: float) -> None:
    server.routes["/a"] = reply(status)
    url = f"http://tea.zone:{server.port}/a"
    first = ask([url], tmp_path)[url]
    asked = len(server.requests)
    for later in (1.0, believed - 1):
        again = ask([url], tmp_path, now=NOW + later)[url]
        assert (again.standing, again.reason, again.asked, again.kept) == (first.standing, first.reason, NOW, True)
    assert len(server.requests) == asked
    assert not ask([url], tmp_path, now=NOW + believed)[url].kept
    assert len(server.requests) > asked


def test_what_comes_from_the_future_is_not_believed(server: Server, ask: Ask, tmp_path: Path) -> None:
    server.routes["/a"] = reply(200)
    url = f"http://tea.zone:{server.port}/a"
    ask([url], tmp_path, now=NOW + DAY)
    assert not ask([url], tmp_path)[url].kept


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 520])
def test_trouble_that_passes_is_not_remembered(server: Server, ask: Ask, tmp_path: Path, status: int) -> None:
    server.routes["/a"] = reply(status)
    url = f"http://tea.zone:{server.port}/a"
    ask([url], tmp_path)
    server.routes["/a"] = reply(200)
    assert ask([url], tmp_path)[url].standing is Standing.OK


def test_trouble_does_not_push_out_what_was_known(server: Server, ask: Ask, tmp_path: Path) -> None:
    server.routes["/a"] = reply(404)
    url = f"http://tea.zone:{server.port}/a"
    ask([url], tmp_path)
    server.routes["/a"] = reply(503)
    assert ask([url], tmp_path, refresh=True)[url].standing is Standing.UNVERIFIED
    assert ask([url], tmp_path)[url].standing is Standing.DEAD


def test_refresh_asks_again_for_all_that_was_not_fine(server: Server, ask: Ask, tmp_path: Path) -> None:
    server.routes |= {"/ok": reply(200), "/dead": reply(404), "/no": reply(403)}
    urls = [f"http://tea.zone:{server.port}{path}" for path in server.routes]
    ask(urls, tmp_path)
    server.requests.clear()
    assert [verdict.kept for verdict in ask(urls, tmp_path, refresh=True).values()].count(True) == 1
    assert {request.target for request in server.requests} == {"/dead", "/no"}


def test_a_changed_setting_judges_what_was_seen_anew(server: Server, ask: Ask, tmp_path: Path) -> None:
    server.routes["/a"] = reply(403)
    url = f"http://tea.zone:{server.port}/a"
    assert ask([url], tmp_path)[url].standing is Standing.UNVERIFIED
    fine = ask([url], tmp_path, accept=(403,))[url]
    assert (fine.standing, fine.kept) == (Standing.OK, True)
    assert ask([url], tmp_path, ignore=("tea.zone",))[url].standing is Standing.IGNORED


def test_what_the_policy_refuses_is_asked_anew_each_time(server: Server, ask: Ask, tmp_path: Path) -> None:
    server.routes["/a"] = reply(200)
    url = f"http://tea.zone:{server.port}/a"
    assert ask([url], tmp_path, allow_private=())[url].standing is Standing.UNVERIFIED
    assert ask([url], tmp_path)[url].standing is Standing.OK


def test_ids_that_were_not_looked_for_are_looked_for_now(server: Server, ask: Ask, tmp_path: Path) -> None:
    server.routes["/a"] = reply(200, b"<p id=x>", "Content-Type: text/html")
    url = f"http://tea.zone:{server.port}/a"
    ask([url], tmp_path)
    assert ask({url: {"y"}}, tmp_path, fragments=True)[url].absent == {"y"}
    known = ask({url: {"y"}}, tmp_path, fragments=True)[url]
    assert (set(known.absent), known.kept) == ({"y"}, True)
    assert ask({url: {"y", "z"}}, tmp_path, fragments=True)[url].absent == {"y", "z"}


def test_several_addresses_that_are_the_same_are_asked_for_once(server: Server, ask: Ask) -> None:
    server.routes["/a"] = reply(200)
    urls = [
        f"http://{host}:{server.port}/{path}" for host in ("tea.zone", "TEA.zone.") for path in ("a", "./a", "b/../a")
    ]
    assert {verdict.standing for verdict in ask(urls).values()} == {Standing.OK}
    assert len(server.requests) == 1


def test_remapped_addresses_are_asked_for_under_the_other(server: Server, ask: Ask) -> None:
    server.routes["/x/a"] = reply(200)
    remap = (("https://docs.site/", f"http://tea.zone:{server.port}/x/"),)
    verdicts = ask(["https://docs.site/a", "https://docs.site/b"], remap=remap)
    assert [verdict.standing for verdict in verdicts.values()] == [Standing.OK, Standing.DEAD]


def test_ids_that_nobody_can_know_are_not_looked_for_again_and_again(server: Server, ask: Ask, tmp_path: Path) -> None:
    server.routes["/a"] = reply(200, b"<p>no ids</p>", "Content-Type: text/html")
    url = f"http://tea.zone:{server.port}/a"
    for kept in (False, True):
        verdict = ask({url: {"x"}}, tmp_path, fragments=True)[url]
        assert (set(verdict.absent), verdict.kept) == (set(), kept)


def test_where_a_stand_in_moved_to_is_no_new_address(server: Server, ask: Ask) -> None:
    server.routes |= {"/a": reply(301, b"", "Location: /b"), "/b": reply(200)}
    here = f"http://tea.zone:{server.port}/"
    verdicts = ask(["https://docs.site/a", f"{here}a"], remap=(("https://docs.site/", here),))
    assert [verdict.standing for verdict in verdicts.values()] == [Standing.OK, Standing.MOVED]


# Damage ------------------------------------------------------------------------------------------------------

SEEN = Observation(NOW, 301, None, "", (Hop(301, "https://a.site/b"),), "https://a.site/b", {"x": True, "y": False})


def test_what_was_seen_comes_back_as_it_was(tmp_path: Path) -> None:
    failed = Observation(NOW, None, Failure.NO_NAME, "there is no host of this name", (), "https://b.site/")
    with Cache.open(tmp_path) as cache:
        cache.put("https://a.site/", SEEN)
        cache.put("https://b.site/", failed)
    with Cache.open(tmp_path) as cache:
        assert dict(cache.get(["https://a.site/", "https://b.site/", "https://c.site/"])) == {
            "https://a.site/": SEEN,
            "https://b.site/": failed,
        }


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(100), os.urandom(5000)])
def test_a_damaged_file_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with Cache.open(tmp_path) as cache:
        cache.put("https://a.site/", SEEN)
    with Cache.open(tmp_path) as cache:
        assert dict(cache.get(["https://a.site/"])) == {"https://a.site/": SEEN}
        assert not cache.notices


def test_a_file_of_another_version_or_owner_is_begun_anew(tmp_path: Path) -> None:
    for statement in ("PRAGMA user_version = 99", "CREATE TABLE answer (x)", "DROP TABLE IF EXISTS answer"):
        with Cache.open(tmp_path) as cache:
            cache.put("https://a.site/", SEEN)
        (tmp_path / FILE_NAME).unlink(missing_ok=statement.startswith("CREATE"))
        with sqlite3.connect(tmp_path / FILE_NAME) as other:
            other.execute(statement)
        other.close()
        with Cache.open(tmp_path) as cache:
            cache.put("https://a.site/", SEEN)
            cache.flush()
            assert dict(cache.get(["https://a.site/"])) == {"https://a.site/": SEEN}


@pytest.mark.parametrize(
    "change",
    ["hops = '{'", "hops = '[[\"x\", 1]]'", "status = 'x'", "failure = 'nonsense'", "asked = 'now'", "fragments = '[]'",
     "words = x'00'", "words = char(27) || '[2J'", "final = char(8238)"],
)  # fmt: skip
def test_a_row_that_is_not_ours_is_not_believed(tmp_path: Path, change: str) -> None:
    with Cache.open(tmp_path) as cache:
        cache.put("https://a.site/", SEEN)
    with sqlite3.connect(tmp_path / FILE_NAME) as other:
        other.execute(f"UPDATE answer SET {change}")
    other.close()
    with Cache.open(tmp_path) as cache:
        assert not dict(cache.get(["https://a.site/"]))


def test_where_nothing_can_be_written_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    cache = Cache.open(tmp_path)
    cache.put("https://a.site/", SEEN)
    cache.close()
    assert len(cache.notices) == 1


def test_a_locked_file_does_not_stop_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postlint.net.cache._WAIT", 0.1)
    cache = Cache.open(tmp_path)
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    cache.put("https://a.site/", SEEN)
    cache.close()
    other.close()
    assert len(cache.notices) == 1


def test_several_processes_use_it_at_once(server: Server, settings: ExternalSettings, tmp_path: Path) -> None:
    server.routes |= {f"/{number}": reply(200) for number in range(60)}
    url = f"http://tea.zone:{server.port}/"

    def run(part: int) -> list[str]:
        wanted = {f"{url}{number}": () for number in range(part * 10, part * 10 + 30)}
        return check(wanted, settings, now=NOW, folder=tmp_path, lookup=Names()).notices

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(run, range(4))) == [[]] * 4
    with Cache.open(tmp_path) as cache:
        assert len(dict(cache.get(f"{url}{number}" for number in range(60)))) == 60


def test_old_rows_are_forgotten(tmp_path: Path) -> None:
    with Cache.open(tmp_path) as cache:
        cache.put("https://a.site/", SEEN)
        cache.flush()
        cache.prune(NOW + 90 * DAY)
        assert not dict(cache.get(["https://a.site/"]))


INTERRUPTED = """
import signal, sys
from pathlib import Path
from postlint.config.external import ExternalSettings
from postlint.net.check import check

async def lookup(host):
    return ["127.0.0.1"]

signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where a shell runs the tests in the background
port, folder = sys.argv[1:]
settings = ExternalSettings(allow_private=("127.0.0.0/8",), robots=False, delay=0.02, per_host=1)
print("begun", flush=True)
wanted = {f"http://tea.zone:{port}/{n}": () for n in range(1000)}
check(wanted, settings, now=1.77e9, folder=Path(folder), lookup=lookup)
"""


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_leaves_what_it_learned(server: Server, tmp_path: Path, stop: signal.Signals) -> None:
    server.routes |= {f"/{number}": reply(200, keep=True) for number in range(1000)}
    command = [sys.executable, "-c", INTERRUPTED, str(server.port), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "begun\n"
        until = time.monotonic() + 20
        while len(server.requests) < 80 and time.monotonic() < until:
            time.sleep(0.02)
        began = time.monotonic()
        process.send_signal(stop)
        _, errors = process.communicate(timeout=10)
    assert time.monotonic() - began < 3
    if stop is signal.SIGINT:
        assert errors.splitlines()[-1] == "KeyboardInterrupt"
    with Cache.open(tmp_path) as cache:
        known = dict(cache.get(f"http://tea.zone:{server.port}/{number}" for number in range(1000)))
        assert not cache.notices
    least = len(server.requests) - 2 if stop is signal.SIGINT else 1
    assert len(known) >= least
    assert {seen.status for seen in known.values()} == {200}
