"""Only links in lines that changed are checked where a revision is named."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.net.misbehaving import Server
from tests.net.test_links_command import CONFIG, POST, postlint
from tests.sites import write_site

BEFORE = "---\ntitle: A\n---\n[old]({host}/old) and [twice]({host}/twice)\n"


@pytest.fixture
def site(tmp_path: Path, server: Server) -> Path:
    host = f"http://127.0.0.1:{server.port}"
    root = write_site(tmp_path, {"postlint.toml": CONFIG, "_config.yml": "", POST: BEFORE.format(host=host)})
    (root / ".gitignore").write_text(".postlint_cache\n", encoding="utf-8")
    author = ["-c", "user.name=a", "-c", "user.email=a@a.site"]
    for command in (["init", "-q"], ["add", "-A"], [*author, "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=root, check=True)
    changed = BEFORE.format(host=host) + f"\n[new]({host}/new) [twice]({host}/twice)\n"
    (root / POST).write_text(changed, encoding="utf-8")
    return root


def test_only_links_in_changed_lines_are_asked_for(site: Path, server: Server) -> None:
    result = postlint(site, "links", "--diff-base", "HEAD")
    assert result.returncode == 1
    assert {request.target for request in server.requests} == {"/new", "/twice"}
    assert f"{POST}:6:7\n" in result.stdout and f"{POST}:4:" not in result.stdout
    assert "2 addresses at 1 host: 2 dead\n" in result.stdout


def test_check_reports_what_the_change_brings(site: Path, server: Server) -> None:
    arguments = ["check", "--online", "--diff-base", "HEAD", "--ignore", "link/local-url", "-f", "concise"]
    host = f"http://127.0.0.1:{server.port}"
    result = postlint(site, *arguments)
    assert {request.target for request in server.requests} == {"/new", "/twice"}
    found = [line for line in result.stdout.splitlines() if "link/external-dead" in line]
    assert [line.split(" ")[0] for line in found] == [f"{POST}:6:7:", f"{POST}:6:{21 + len(host)}:"]


def test_where_nothing_changed_nobody_is_asked(site: Path, server: Server) -> None:
    subprocess.run(["git", "checkout", "-q", "."], cwd=site, check=True)
    result = postlint(site, "links", "--diff-base", "HEAD")
    assert (result.returncode, result.stdout) == (0, "No links to other sites\n")
    assert not server.requests
