"""Files are old or new, never between."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from postlint.fix.write import ChangedMeanwhileError, write_atomically


def test_content_and_mode(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    write_atomically(file, b"old", b"new")
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["a.md"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_bytes(b"old")
    os.symlink("real.md", tmp_path / "link.md")
    write_atomically(tmp_path / "link.md", b"old", b"new")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"new"


def test_a_name_as_long_as_a_name_may_be(tmp_path: Path) -> None:
    file = tmp_path / ("x" * 252 + ".md")
    file.write_bytes(b"old")
    write_atomically(file, b"old", b"new")
    assert file.read_bytes() == b"new"


def test_somebody_elses_change_is_not_lost(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"theirs")
    with pytest.raises(ChangedMeanwhileError):
        write_atomically(file, b"old", b"new")
    assert file.read_bytes() == b"theirs"


def test_a_failed_write_leaves_the_old_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(file, b"old", b"new")
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.md"]


KILLED = """
import sys
from pathlib import Path
from postlint.fix.write import write_atomically
print("go", flush=True)
contents = [bytes([byte]) * 200_000 for byte in b"ab"]
file = Path(sys.argv[1])
for turn in range(1_000_000):
    write_atomically(file, contents[turn % 2], contents[(turn + 1) % 2])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("delay", [0.002, 0.011, 0.023, 0.037, 0.05])
def test_a_kill_leaves_old_or_new(tmp_path: Path, delay: float) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"a" * 200_000)
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(file)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert file.read_bytes() in (b"a" * 200_000, b"b" * 200_000)
