"""Dates as Hugo reads them, and the same values read by Hugo."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import subprocess
from pathlib import Path

import pytest

from postlint.document import Document
from postlint.generators import DateOutcome, DateReading, generator_for, load_site
from postlint.text import Text
from tests.generators.oracle import tool, write

NOW = 1_700_000_000
CONFIG = 'baseURL = "https://example.org/"\ntimeZone = "Asia/Shanghai"\n'
VALUES = (
    "2020-02-03", "2020-02-03 10:00", "2020-02-03 10:00:00", "2020-02-03 10:00:00 +0800", "2020-02-03 10:00:00 -03:30",
    "2020-02-03T10:00:00+08:00", "2020-02-03T10:00:00Z", "2020-02-03T10:00:00+0800", "2020-02-03T10:00:00",
    "2020-02-03T10:00", "2020-02-03 9:00:00 +0800", "2020-02-03 10:00:00 -4", "2020-2-3", "2020-2-3 10:00:00",
    "2020/02/03", "2020-02-30", "2020-13-01", "2020-02-03 25:00:00 +0800", "2020-02-03 10:00:00 CST",
    "2020-02-03 10:00:00 +0800 CST", "2020-02-03 10:00:00 UTC", "2020-02-03 10:00:00 Z", "2020-02-03 10:00:00Z",
    "2020-02-03 10:00:00+0800", "2020-02-03 10:00:00.123", "2020-02-03T10:00:00.123Z", "February 3, 2020",
    "03 Feb 2020", "3 Feb 2020", "Mon, 03 Feb 2020 10:00:00 +0800", "Mon, 03 Feb 2020 10:00:00 EST",
    "Mon Feb  3 10:00:00 2020", "20200203", "1580695200", "03-02-2020", "2020-07-15 14:000:00 -0500", "2017-06-08:00",
    "3:04PM", "10:30", "2016-09-28 23：05：58", "true", "2020-02-03 24:00:00", "2020-02-03 10:00:00 +9000", "2020",
    "2020-02", "2020-02-03t10:00:00z", "2020-02-03 10:60:00", "2020-02-03 1:02:03", "2020-02-03 10:00:60",
    "2020-02-03 10:00:00 +08", "2020-02-03T10:00:00+08", "Feb 3 10:00:00", "2020-02-03 10:00:00 PM",
    "2020-02-03  10:00:00", "02/03/2020", "2020-02-03T10:00:00 +08:00", "Mon, 03 Feb 2020 10:00:00 GMT",
    "03 Feb 20 10:00 +0800", "03 Feb 20 10:00 MST", "Monday, 03-Feb-20 10:00:00 MST", "Mon Feb  3 10:00:00 MST 2020",
    "Mon Feb 03 10:00:00 +0800 2020", "2020-02-03 10:00:00 MST", "2020-02-03 10:00:00,5", "03/04/2024", "03.04.2024",
    "2020-02-03 10:00:00 EST", "2020-02-03 10:00:00 GMT", "Mon, 03 Feb 2020 10:00:00 CST", "03 Feb 20 10:00 GMT",
    "Mon, 03 Feb 2020 10:00:00 UTC", "2020-02-03 10:00:00 -0500 EST", "2020-02-03T10:00:00 EST", "0", "-1580695200",
    "1e9", "1580695200.5", "2020-02-29", "2021-02-29", "2020-02-03 10:00:00 +1400", "2020-02-03 10:00:00 +05:60",
    "2020-02-03 10:00:00 +05:61", "2020-02-03 10:00:00 +23:60", "2020-02-03 10:00:00 +2500",
)  # fmt: skip


def _files() -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {}
    for index, value in enumerate(VALUES):
        files[f"content/a/p{index}.md"] = f"---\ntitle: t\ndate: {value}\n---\n"
        files[f"content/a/q{index}.md"] = f"---\ntitle: t\ndate: {json.dumps(value, ensure_ascii=False)}\n---\n"
    for index, value in enumerate(("2020-02-03", "2020-02-03T10:00:00", "2020-02-03 10:00:00Z", "1580695200")):
        files[f"content/a/t{index}.md"] = f"+++\ntitle = 't'\ndate = {value}\n+++\n"
    return files


def _listed(root: Path) -> tuple[dict[str, str], set[str]]:
    """What Hugo lists (path: date), and the files of whose dates it complains. It lists nothing where it complains."""
    run = subprocess.run([tool("hugo"), "list", "all"], cwd=root, capture_output=True, text=True, timeout=60)
    complaints = {
        match[1].partition("content/")[2]
        for match in re.finditer(r"not a parsable date: see (\S+)", run.stdout + run.stderr)
    }
    rows = csv.DictReader(line for line in run.stdout.splitlines() if not line.startswith("\x1b"))
    return {row["path"]: row["date"] for row in rows}, {f"content/{path}" for path in complaints}


def _ours(root: Path, path: str, content: str) -> DateReading:
    profile = load_site(root, "", "hugo")
    document = Document(path, Text(content), profile)
    entry = document.front_matter.get("date")
    assert entry is not None
    return generator_for(profile).read_date(document, entry)


@pytest.mark.generator
def test_values_are_read_as_hugo_reads_them(tmp_path: Path) -> None:
    files = _files()
    write(tmp_path, {"hugo.toml": CONFIG, **files}, NOW)
    _, refused = _listed(tmp_path)
    for path in refused:
        (tmp_path / path).unlink()
    dates, complaints = _listed(tmp_path)
    assert not complaints
    wrong = []
    for path, content in files.items():
        ours = _ours(tmp_path, path, str(content))
        we_refuse = ours.outcome in (DateOutcome.UNPARSABLE, DateOutcome.IMPOSSIBLE)
        if we_refuse != (path in refused):
            wrong.append(f"{content!r}: Hugo refuses it: {path in refused}, we: {ours}")
        elif ours.instant is not None and dt.datetime.fromisoformat(dates[path]) != ours.instant:
            wrong.append(f"{content!r}: Hugo takes {dates[path]}, we {ours.instant}")
    assert not wrong, "\n".join(wrong)
    assert len(refused) > 50


SUMMER_TIMES = {
    "Europe/Berlin": ("2024-03-31 02:30:00", "2024-10-27 02:30:00", "2024-03-31 02:00:00", "2024-10-27 03:00:00"),
    "America/New_York": ("2021-03-14 02:30:00", "2021-11-07 01:30:00", "2021-03-14 03:00:00", "2021-11-07 01:00:00"),
    "Australia/Sydney": ("2024-04-07 02:30:00", "2024-10-06 02:30:00", "2024-04-07 03:00:00"),
    "Australia/Lord_Howe": ("2024-04-07 01:45:00", "2024-10-06 02:15:00"),
    "America/Sao_Paulo": ("2018-11-04", "2018-11-04 00:30:00", "2018-02-17 23:30:00"),
    "Europe/Dublin": ("2024-03-31 01:30:00", "2024-10-27 01:30:00"),
    "Africa/Casablanca": ("2024-03-10 02:30:00", "2024-04-14 02:30:00"),
    "Pacific/Apia": ("2011-12-30 10:00:00", "2011-12-29 23:30:00"),
    "Asia/Kolkata": ("2024-03-31 02:30:00",),
}
"""Hours that come twice or not at all, and hours beside them, each in the ways in which a date can be written."""


@pytest.mark.generator
@pytest.mark.parametrize("zone", SUMMER_TIMES)
def test_hours_that_come_twice_or_not_at_all_are_the_ones_that_hugo_takes(tmp_path: Path, zone: str) -> None:
    files: dict[str, str | bytes] = {"hugo.toml": f'baseURL = "https://example.org/"\ntimeZone = "{zone}"\n'}
    for index, value in enumerate(SUMMER_TIMES[zone]):
        files[f"content/a/p{index}.md"] = f"---\ndate: {value}\n---\n"
        files[f"content/a/q{index}.md"] = f'---\ndate: "{value.replace(" ", "T")}"\n---\n'
        files[f"content/a/t{index}.md"] = f"+++\ndate = {value}\n+++\n"
    write(tmp_path, files, NOW)
    theirs, complaints = _listed(tmp_path)
    assert not complaints
    del files["hugo.toml"]
    assert files.keys() == theirs.keys()
    ours = {path: _ours(tmp_path, path, str(content)).instant for path, content in files.items()}
    # As text, offset and all: Python calls two times of one zone different by their clocks alone.
    assert {path: at.isoformat() for path, at in ours.items() if at} == {
        path: date.replace("Z", "+00:00") for path, date in theirs.items()
    }


@pytest.mark.parametrize(
    ("zone", "local", "taken"),
    [
        ("America/New_York", "2021-11-07 01:30:00", "2021-11-07T01:30:00-04:00"),
        ("Europe/Berlin", "2024-10-27 02:30:00", "2024-10-27T02:30:00+01:00"),
        ("America/New_York", "2021-03-14 02:30:00", "2021-03-14T01:30:00-05:00"),
        ("Europe/Berlin", "2024-03-31 02:30:00", "2024-03-31T03:30:00+02:00"),
    ],
)
def test_where_clocks_are_put_the_side_depends_on_the_zone(tmp_path: Path, zone: str, local: str, taken: str) -> None:
    write(tmp_path, {"hugo.toml": f'timeZone = "{zone}"\n'}, NOW)
    instant = _ours(tmp_path, "content/a.md", f"---\ndate: {local}\n---\n").instant
    assert instant is not None and instant.isoformat() == taken


@pytest.mark.parametrize(
    ("value", "instant", "zone_from"),
    [
        ("2020-02-03", "2020-02-03T00:00:00+08:00", "site"),
        ("2020-02-03 9:00:00 -0500", "2020-02-03T09:00:00-05:00", "value"),
        ("2020-02-03T10:00:00Z", "2020-02-03T10:00:00+00:00", "value"),
        ("Mon, 03 Feb 2020 10:00:00 EST", "2020-02-03T10:00:00+08:00", "site"),
    ],
)
def test_the_zone_is_the_values_or_the_sites(tmp_path: Path, value: str, instant: str, zone_from: str) -> None:
    write(tmp_path, {"hugo.toml": CONFIG}, NOW)
    reading = _ours(tmp_path, "content/a.md", f"---\ndate: {value}\n---\n")
    assert reading.instant is not None
    assert (reading.instant.isoformat(), reading.zone_from) == (instant, zone_from)


def test_without_a_zone_hugo_takes_utc(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": ""}, NOW)
    reading = _ours(tmp_path, "content/a.md", "---\ndate: 2020-02-03 10:00:00\n---\n")
    assert (reading.instant, reading.zone_from) == (dt.datetime(2020, 2, 3, 10, tzinfo=dt.UTC), "utc")


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        ("2020-02-30", DateOutcome.IMPOSSIBLE),
        ("2020-02-03T25:00:00Z", DateOutcome.IMPOSSIBLE),
        ("2020-02-03 10:00", DateOutcome.UNPARSABLE),
        ("20200203", DateOutcome.MISREAD),
        ("10:30", DateOutcome.UNPARSABLE),
        ("", DateOutcome.NONE),
    ],
)
def test_what_hugo_refuses_is_told_apart(tmp_path: Path, value: str, outcome: DateOutcome) -> None:
    write(tmp_path, {"hugo.toml": CONFIG}, NOW)
    assert _ours(tmp_path, "content/a.md", f"---\ndate: {value}\n---\n").outcome is outcome
