"""``postlint links`` and ``--online`` as a user types them, against a server on the loopback interface."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.net.misbehaving import Server, reply
from tests.sites import write_site

POST = "_posts/2024-01-02-a.md"
CONFIG = '[external]\nallow-private = ["127.0.0.1"]\nrobots = false\ndelay = 0\nretries = 0\ntimeout = "5s"\n'
WITHOUT_NAMES = """
import runpy, socket, sys
real = socket.getaddrinfo
def getaddrinfo(host, *rest, **more):
    assert host in ("127.0.0.1", b"127.0.0.1"), f"{host!r} was looked up"
    return real(host, *rest, **more)
socket.getaddrinfo = getaddrinfo
sys.argv = ["postlint", *sys.argv[1:]]
runpy.run_module("postlint", run_name="__main__")
"""
"""postlint in a process that asks no name server."""


@pytest.fixture
def host(server: Server) -> str:
    server.routes |= {
        "/ok": reply(200),
        "/old": reply(301, b"", "Location: /new"),
        "/new": reply(200, b"<h1 id=there>x</h1>", "Content-Type: text/html"),
        "/no": reply(403),
    }
    return f"http://127.0.0.1:{server.port}"


@pytest.fixture
def site(tmp_path: Path, host: str) -> Path:
    text = f"---\ntitle: A\n---\n[ok]({host}/ok) [old]({host}/old#there)\n[gone]({host}/gone) [no]({host}/no)\n"
    return write_site(
        tmp_path,
        {
            "postlint.toml": CONFIG,
            "_config.yml": "timezone: UTC\n",
            POST: text,
            "_posts/2024-01-03-b.md": f"---\ntitle: B\n---\n[gone]({host}/gone#part) [x](https://example.com/)\n",
        },
    )


def postlint(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("FORCE_COLOR", "GITHUB_STEP_SUMMARY")}
    environment |= {"PYTHONPATH": os.pathsep.join(sys.path), "NO_COLOR": "1", "COLUMNS": "100"}
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_NAMES, *arguments],
        cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip


def test_links_are_listed_without_asking_anybody(site: Path, server: Server, host: str) -> None:
    result = postlint(site, "links", "--list")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (
        f"{host[7:]}\n  {host}/gone  2 places\n  {host}/no\n  {host}/ok\n  {host}/old\n\n"
        "example.com\n  https://example.com/\n\n5 addresses at 2 hosts, 6 links\n"
    )
    assert server.connections == 0


def test_links_are_checked_and_what_is_wrong_is_shown(site: Path, server: Server, host: str) -> None:
    result = postlint(site, "links")
    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout == (
        f"{host[7:]}\n"
        f"  dead  {host}/gone\n    404 Not Found\n    {POST}:5:8, _posts/2024-01-03-b.md:4:8\n"
        f"  moved  {host}/old\n    for good to {host}/new\n    {POST}:4:{17 + len(host)}\n"
        f"  unverified  {host}/no\n    403 Forbidden: it refuses programs, or everybody\n"
        f"    {POST}:5:{20 + len(host)}\n"
        "\n5 addresses at 2 hosts: 1 ok, 1 moved, 1 dead, 1 unverified, 1 left out\n"
    )
    asked = len(server.requests)
    again = postlint(site, "links", "-v")
    assert len(server.requests) == asked
    assert "  ok  " in again.stdout and "only examples have such a host" in again.stdout
    assert "; 4 known from earlier runs" in again.stdout
    assert postlint(site, "links", "--no-cache", "--fail-on", "never").returncode == 0
    assert len(server.requests) == 2 * asked


@pytest.mark.parametrize(
    ("fail_on", "targets", "status"),
    [("dead", ["gone"], 1), ("dead", ["old", "no"], 0), ("moved", ["old"], 1), ("moved", ["no"], 0),
     ("unverified", ["no"], 1), ("unverified", ["ok"], 0), ("never", ["gone"], 0)],
)  # fmt: skip
def test_the_status_says_what_was_asked(site: Path, host: str, fail_on: str, targets: list[str], status: int) -> None:
    (site / POST).write_text("".join(f"[x]({host}/{target})\n" for target in targets), encoding="utf-8")
    assert postlint(site, "links", POST, "--fail-on", fail_on).returncode == status


def test_programs_get_every_address_once(site: Path, host: str) -> None:
    result = postlint(site, "links", "-f", "json", "--now", "2026-01-31")
    rows = {row["address"]: row for row in json.loads(result.stdout)}
    assert rows[f"{host}/old"] == {
        "address": f"{host}/old",
        "host": host[7:],
        "standing": "moved",
        "reason": None,
        "status": 200,
        "hops": [{"status": 301, "address": f"{host}/new"}],
        "final": f"{host}/new",
        "absent": [],
        "asked": "2026-01-31T00:00:00+00:00",
        "known": False,
        "uses": [{"path": POST, "line": 4, "column": 17 + len(host), "fragment": "there"}],
    }
    assert [len(row["uses"]) for row in rows.values()] == [2, 1, 1, 1, 1]


def test_ids_are_looked_for_where_that_is_asked(site: Path, host: str) -> None:
    (site / POST).write_text(f"[a]({host}/new#there) [b]({host}/new#lost)\n", encoding="utf-8")
    assert postlint(site, "links", POST).returncode == 0
    result = postlint(site, "links", POST, "--fragments")
    assert result.returncode == 1
    assert "  no anchor  " in result.stdout and "has no #lost\n" in result.stdout
    finding = postlint(site, "check", POST, "--online", "--select", "link", "-f", "concise")
    assert "external-missing-anchor" not in finding.stdout
    (site / "postlint.toml").write_text(CONFIG + "fragments = true\n", encoding="utf-8")
    finding = postlint(site, "check", POST, "--online", "--select", "link", "-f", "concise")
    assert "warning link/external-missing-anchor the page that this leads to has no id `lost`" in finding.stdout


def test_check_says_nothing_of_other_sites_unless_it_is_to_ask_them(site: Path, server: Server, host: str) -> None:
    check = ["check", "--ignore", "link/local-url", "-f", "concise"]
    offline = postlint(site, *check)
    assert (offline.stdout, offline.returncode) == ("3 files: nothing to report\n", 0)
    online = postlint(site, *check, "--online")
    assert online.returncode == 0  # warnings
    assert online.stdout.splitlines() == [
        f"{POST}:4:{17 + len(host)}: info link/external-moved this page has moved for good, to {host}/new",
        f"{POST}:5:8: warning link/external-dead nothing is at this address: 404 Not Found",
        "_posts/2024-01-03-b.md:4:8: warning link/external-dead nothing is at this address: 404 Not Found",
        "",
        "note: links to other sites: 5 addresses at 2 hosts: 1 ok, 1 moved, 1 dead, 1 unverified, 1 left out;",
        "      `postlint links` lists them",
        "2 warnings, 1 info in 2 of 3 files; 1 fixable with `postlint fix --unsafe-fixes`",
    ]
    # What an online run said is not kept for the next one that asks nobody, nor the reverse.
    requests = len(server.requests)
    assert postlint(site, *check).stdout == offline.stdout
    assert postlint(site, *check, "--online").stdout.splitlines()[:3] == online.stdout.splitlines()[:3]
    assert len(server.requests) == requests
    sarif = json.loads(postlint(site, "check", "--online", "-f", "sarif").stdout)
    assert [result["ruleId"] for result in sarif["runs"][0]["results"]].count("link/external-dead") == 2


def test_only_links_of_the_files_that_were_asked_for_are_checked(site: Path, server: Server) -> None:
    postlint(site, "check", "--online", "_posts/2024-01-03-b.md")
    assert {request.target for request in server.requests} == {"/gone"}


def test_a_comment_and_an_override_excuse_a_link(site: Path, server: Server, host: str) -> None:
    comment = "<!-- postlint-disable-next-line link/external-dead: as an example -->\n"
    (site / POST).write_text(f"{comment}[gone]({host}/gone) [old]({host}/old)\n", encoding="utf-8")
    (site / "_posts/2024-01-03-b.md").write_text(f"[old]({host}/old) [gone]({host}/gone2)\n", encoding="utf-8")
    override = (
        '[[overrides]]\npaths = ["*-b.md"]\nrules = {{ "link/external-moved" = "off", "link/external-dead" = {} }}\n'
    )
    (site / "postlint.toml").write_text(CONFIG + override.format('"off"'), encoding="utf-8")
    result = postlint(site, "links")
    assert result.returncode == 0
    assert "dead" not in result.stdout and f"{POST}:2:" in result.stdout and "b.md" not in result.stdout
    # Where nobody asks, such a comment is not called unneeded: who knows.
    for arguments in (["check"], ["check", "--online"]):
        assert "suppression/unused" not in postlint(site, *arguments, "-f", "concise").stdout


def test_fix_writes_the_new_address_where_that_is_wanted(site: Path, host: str) -> None:
    before = (site / POST).read_text(encoding="utf-8")
    postlint(site, "fix", "--online")
    assert (site / POST).read_text(encoding="utf-8") == before
    postlint(site, "fix", "--online", "--unsafe-fixes")
    assert (site / POST).read_text(encoding="utf-8") == before.replace("/old#there", "/new#there")


def test_what_is_not_installed_is_named_with_what_brings_it(site: Path) -> None:
    code = (
        "import sys, importlib.util\n"
        "real = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *rest: None if name == 'aiohttp' else real(name, *rest)\n"
        "sys.argv = ['postlint', *sys.argv[1:]]\n"
        "from postlint.cli.main import run\nrun()\n"
    )
    for arguments in (["links"], ["check", "--online"], ["fix", "--online"]):
        result = subprocess.run(
            [sys.executable, "-c", code, *arguments], cwd=site, capture_output=True, text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr.endswith("takes aiohttp, which is not here: pip install 'postlint[online]'\n")


def test_a_run_that_asks_nobody_loads_nothing_that_could(site: Path) -> None:
    code = (
        "import sys; sys.argv = ['postlint', *sys.argv[1:]]\n"
        "from postlint.cli.main import run\n"
        "try: run()\n"
        "except SystemExit: pass\n"
        "print(sorted({'aiohttp', 'asyncio', 'ssl', 'protego', 'postlint.net'} & set(sys.modules)))"
    )
    for arguments in (["check"], ["fix"], ["links", "--list"]):
        result = subprocess.run(
            [sys.executable, "-c", code, *arguments], cwd=site, capture_output=True, text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        assert result.stdout.splitlines()[-1] == "[]", arguments


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--fail-on", "deed"], "--fail-on deed: did you mean `dead`?"),
        (["-f", "jsn"], "did you mean `json`?"),
        (["nowhere/"], "there is no file or folder `nowhere/`"),
    ],
)
def test_a_mistake_is_named(site: Path, arguments: list[str], said: str) -> None:
    result = postlint(site, "links", *arguments)
    assert result.returncode == 2
    assert said in result.stderr
