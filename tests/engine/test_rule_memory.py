"""What is kept of the rules is enough for a run with nothing to read, and never that of other source."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from postlint.engine.project import CACHE_FOLDER
from postlint.engine.rule_memory import RuleMemory
from postlint.finding import Severity
from postlint.packs import RuleEntry, Traits, load_packs
from tests.sites import lines, run, write_site

SOURCE = Path(__file__).resolve().parents[2]
PROBE = """
import atexit, sys
atexit.register(lambda: print(sorted(m for m in sys.modules if m.startswith("postlint_rules.")), file=sys.stderr))
sys.argv = ["postlint", "check", "--exit-zero"]
from postlint.cli.main import run
run()
"""


def entries() -> dict[str, RuleEntry]:
    """All rules, of which nothing is known yet."""
    return {rule: RuleEntry(entry.id, entry.module, entry.page_path) for rule, entry in load_packs().items()}


def traits(of: Mapping[str, RuleEntry]) -> dict[str, Traits]:
    return {rule: entry.traits for rule, entry in of.items()}


def told(of: Mapping[str, RuleEntry]) -> set[str]:
    return {rule for rule, entry in of.items() if "traits" in vars(entry)}


def check(root: Path) -> tuple[str, str]:
    """What a process says that checks a site, and which modules of rules it loaded."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(SOURCE), str(SOURCE / "rules")))}
    done = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout, done.stderr.strip().splitlines()[-1]


def test_a_run_with_nothing_to_read_imports_no_rule(tmp_path: Path) -> None:
    post = "---\ntitle: A\ndate: 2024-01-02\n---\n[x](/gone/)\n\n<p><b>a</p></b>\n"
    hidden = "---\ntitle: B\npublished: false\n---\n[a](/2024/01/02/a.html)\n"
    root = write_site(
        tmp_path / "site", {"_config.yml": "", "_posts/2024-01-02-a.md": post, "_posts/2024-01-03-b.md": hidden}
    )
    said, loaded = check(root)
    assert "html/misnested-tag" in said and "link/missing-target" in said
    assert "postlint_rules.html.misnested_tag" in loaded
    again, loaded = check(root)
    assert again == said
    assert loaded == "[]"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache folder as the index makes it; nothing is kept in another."""
    (tmp_path / "CACHEDIR.TAG").touch()
    return tmp_path


def test_what_is_kept_is_what_the_rules_say(cache: Path) -> None:
    first = entries()
    memory = RuleMemory(cache, first, ())
    assert told(first) == set()
    memory.keep()
    second = entries()
    assert RuleMemory(cache, second, ()).source == memory.source
    assert told(second) == set(second)
    assert traits(second) == traits(entries())
    assert second["html/misnested-tag"].traits.severity is Severity.ERROR


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"{",
        lambda data: b"[]",
        lambda data: json.dumps({**data, "mark": "", "source": "of other source"}).encode(),
        lambda data: json.dumps(
            {**data, "rules": {**data["rules"], "html/other": ["site", 3, True, [], False]}}
        ).encode(),
        lambda data: json.dumps({**data, "rules": {"html/misnested-tag": ["nothing", 3, True, [], False]}}).encode(),
    ],
)
def test_other_source_and_damage_are_not_believed(cache: Path, damage: object) -> None:
    RuleMemory(cache, entries(), ()).keep()
    file = cache / "rules.json"
    assert callable(damage)
    file.write_bytes(damage(json.loads(file.read_bytes())))
    later = entries()
    memory = RuleMemory(cache, later, ())
    assert told(later) == set()
    memory.keep()
    latest = entries()
    RuleMemory(cache, latest, ())
    assert told(latest) == set(latest)


def test_files_that_were_only_touched_are_the_same_source(cache: Path) -> None:
    RuleMemory(cache, entries(), ()).keep()
    file = cache / "rules.json"
    data = json.loads(file.read_bytes())
    file.write_text(json.dumps({**data, "mark": "as on another machine"}), encoding="ascii")
    later = entries()
    RuleMemory(cache, later, ()).keep()
    assert told(later) == set(later)
    assert json.loads(file.read_bytes()) == data


def test_a_kept_answer_holds_until_a_date_passes(tmp_path: Path) -> None:
    files = {
        "_config.yml": "future: false\n",
        "_posts/2026-06-01-later.md": "---\ntitle: A\n---\n",
        "about.md": "---\ntitle: B\n---\n[later](/2026/06/01/later.html)\n",
    }
    root = write_site(tmp_path, files)
    days = [dt.datetime(2026, month, 15, tzinfo=dt.UTC) for month in (1, 2, 5, 7, 3)]
    kept = [lines(run(root, cache=True, now=day)[1]) for day in days]
    anew = [lines(run(root, now=day)[1]) for day in days]
    assert kept == anew
    assert [any("unpublished-target" in line for line in said) for said in kept] == [True, True, True, False, True]
    assert (root / CACHE_FOLDER).is_dir()
