"""Dates as Jekyll reads them: made-up values, and the same values read by Ruby."""

from __future__ import annotations

import datetime as dt
import random
import re

import pytest

from postlint.generators.base import DateOutcome
from postlint.generators.jekyll.dates import read
from postlint.generators.jekyll.ruby_time import TimeError, parse_time
from postlint.generators.zones import in_zone, site_zone
from postlint.parse.front_matter import Node
from postlint.text import Span
from tests.generators.oracle import ruby

ZONES = (
    "UTC", "Asia/Shanghai", "America/New_York", "Asia/Tokyo", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe",
    "Europe/Dublin",
)  # fmt: skip
YEARS = ("2020", "2021", "1999", "20", "99", "2024", "'24", "0020")
MONTHS = ("1", "2", "02", "12", "13", "00", "11", "6")
DAYS = ("1", "05", "29", "30", "31", "32", "0", "28", "15")
NAMES = ("Jan", "feb", "February", "Sept", "dec.", "May", "march")
WHOLE = (
    "2020-034", "2020-W05-1", "H31.4.30", "--02-03", "Mon", "2nd", "tomorrow", "2020年1月2日", "2020", "2020-02",
    "03/04", "10:30", "2024.10", "1_000", "20240203", "0123", "10:30:20", "yes", "no", "null", "2024-2-30", "1e3",
    "true",
)  # fmt: skip
TIMES = (
    "", "", "9:00:00", "10:00", "23:59:59", "24:00:00", "25:00:00", "10:60:00", "10:00:60", "10:00:61", "9:000:0",
    "9:30 am", "12:00 PM", "8pm", "9h", "9h30", "10:00:00.123", "10:00.000000000", "23：05：58",
)  # fmt: skip
OFFSETS = (
    "", "", "", "Z", " Z", "+0800", " +0800", " -0500", " +08:00", " -4", " +5", " EST", " CST", " JST", " CET", " UTC",
    " GMT+8", " UTC+0800", " +9000", " -2600", " Asia/Tokyo", " (UTC)", " 2020 -0800", " +05:30", " -0315", " PDT",
    " EDT foo", " +053000", " A",
)  # fmt: skip


def _day(random: random.Random) -> str:
    year, month, day = random.choice(YEARS), random.choice(MONTHS), random.choice(DAYS)
    name = random.choice(NAMES)
    separator = random.choice("-/. ")
    return random.choice(
        (
            f"{year}-{month}-{day}",
            f"{year}-{month}-{day}",
            f"{year}-{month}-{day}",
            f"{year}{separator}{month}{separator}{day}",
            f"{day}{separator}{month}{separator}{year}",
            f"{day} {name} {year}",
            f"{name} {day}, {year}",
            f"{day}-{name}-{year}",
            f"{name} {year}",
            f"Tuesday, {day} {name} {year}",
            random.choice(WHOLE),
            "".join(random.choice("0123") for _ in range(random.choice((4, 6, 8, 12, 14)))),
        )
    )


def _values(count: int) -> list[tuple[str, str, Node]]:
    """Zones, values as YAML, and the nodes that they are."""
    source = random.Random(20_240_102)
    values: list[tuple[str, str, Node]] = []
    while len(values) < count:
        text = (_day(source) + source.choice(" T@") + source.choice(TIMES) + source.choice(OFFSETS)).strip()
        if re.search(r": |:$| #|^[-@:'\"\[!%&*]|^$", text):
            continue
        quote = source.choice(("", "", "'", '"'))
        written = quote + (text.replace("'", "''") if quote == "'" else text) + quote
        style = {"": "plain", "'": "single", '"': "double"}[quote]
        node = Node("scalar", Span(0, len(written)), text, text, style)  # type: ignore[arg-type]
        values.append((source.choice(ZONES), written, node))
    return values


@pytest.mark.generator
def test_thousands_of_values_are_the_instants_that_ruby_reads() -> None:
    values = _values(5_000)
    answers = ruby("dates.rb", [[zone, written] for zone, written, _ in values], needs="jekyll")
    wrong = []
    for (zone, written, node), theirs in zip(values, answers, strict=True):
        ours = read(node, zone)
        if theirs == "RangeError":
            continue  # digits beyond an int: that post loses its front matter; no one writes this
        if ours.instant is None:
            if ours.outcome is DateOutcome.GUESSED:
                agree = not isinstance(theirs, str)
            else:
                agree = isinstance(theirs, str) or ours.effect == ""
        else:
            offset = ours.instant.utcoffset()
            agree = theirs == [int(ours.instant.timestamp()), int(offset.total_seconds()) if offset else 0]
        if not agree and not _day_of_year_and_an_hour_too_many(written):
            wrong.append(f"{zone} {written}: Ruby {theirs}, we {ours}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.generator
def test_hours_around_the_changes_of_clocks_are_those_that_ruby_takes() -> None:
    """Every half hour of two days around each change of three years, in quotes: then the site's zone decides."""
    questions: list[tuple[str, str, str]] = []
    for name in CHANGING:
        zone = site_zone(name)
        for change in _changes(zone, 2022, 2024):
            start = change.astimezone(zone).replace(tzinfo=None, minute=0) - dt.timedelta(hours=6)
            for step in range(48):
                local = start + dt.timedelta(minutes=15 * step)
                questions.append((name, f"{local:%Y-%m-%d %H:%M:%S}", '"{}"'))
                questions.append((name, f"{local:%Y-%m-%d %H:%M}", "{}"))
    answers = ruby("dates.rb", [[name, form.format(text)] for name, text, form in questions], needs="jekyll")
    wrong = []
    for (name, text, form), theirs in zip(questions, answers, strict=True):
        reading = read(Node("scalar", Span(0, 1), text, text, "plain" if form == "{}" else "double"), name)
        assert reading.instant is not None and reading.zone_from == "site"
        offset = reading.instant.utcoffset()
        if theirs != [int(reading.instant.timestamp()), int(offset.total_seconds()) if offset else 0]:
            wrong.append(f"{name} {text}: Ruby {theirs}, we {reading.instant.isoformat()}")
    assert not wrong, "\n".join(wrong)
    assert len(questions) > 2_000


CHANGING = (
    "Europe/Berlin", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe", "Europe/Dublin",
    "Africa/Casablanca", "America/Santiago",
)  # fmt: skip


def _changes(zone: dt.tzinfo, first: int, last: int) -> list[dt.datetime]:
    """The hours (UTC) in which the zone's offset changes."""
    at = dt.datetime(first, 1, 1, tzinfo=dt.UTC)
    hour = dt.timedelta(hours=1)
    found = []
    while at.year <= last:
        if at.astimezone(zone).utcoffset() != (at + hour).astimezone(zone).utcoffset():
            found.append(at + hour)
        at += hour
    return found


@pytest.mark.generator
def test_names_of_zones_are_the_ones_that_ruby_knows() -> None:
    """Summer and winter, in quotes and without, on sites whose own zone has that name and on others."""
    questions = [
        (site, f"{day} 10:00:00 {name}", form)
        for site in ("UTC", "Asia/Shanghai", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "Asia/Kolkata")
        for day in ("2024-01-15", "2024-07-15")
        for name in ZONE_NAMES
        for form in ("{}", '"{}"')
    ]
    answers = ruby("dates.rb", [[site, form.format(text)] for site, text, form in questions], needs="jekyll")
    wrong = []
    for (site, text, form), theirs in zip(questions, answers, strict=True):
        ours = read(Node("scalar", Span(0, 1), text, text, "plain" if form == "{}" else "double"), site).instant
        assert ours is not None
        if theirs[0] != int(ours.timestamp()):
            wrong.append(f"{site} {text}: Ruby {dt.datetime.fromtimestamp(theirs[0], dt.UTC)}, we {ours}")
    assert not wrong, "\n".join(wrong)


ZONE_NAMES = (
    "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "GMT", "UTC", "UT", "Z", "JST", "KST", "CET", "CEST", "MEZ",
    "IST", "BST", "MSK", "AEST", "HST", "AKST", "WET", "EET", "EST5EDT", "est", "Eastern", "A", "J", "GMT+8", "UTC-5",
    "Eastern Standard Time", "(CST)", "Asia/Tokyo",
)  # fmt: skip


def _day_of_year_and_an_hour_too_many(written: str) -> bool:
    """``2020-034 25:00`` and the like, where Ruby takes the surplus hour back: not described here."""
    return (
        re.search(r"^['\"]?\d*-?\d{3}\b", written) is not None or re.search(r"^['\"]?\d{5,14}\b", written) is not None
    )


def _read(text: str, zone: str | None, style: str = "plain") -> tuple[str, str]:
    reading = read(Node("scalar", Span(0, len(text)), text, text, style), zone)  # type: ignore[arg-type]
    return (reading.instant.isoformat() if reading.instant is not None else reading.outcome.value), reading.zone_from


@pytest.mark.parametrize(
    ("text", "style", "instant", "zone_from"),
    [
        ("2024-01-02 20:00:00", "plain", "2024-01-03T04:00:00+08:00", "utc"),
        ("2024-01-02 20:00:00", "double", "2024-01-02T20:00:00+08:00", "site"),
        ("2024-01-02 20:00", "plain", "2024-01-02T20:00:00+08:00", "site"),
        ("2024-01-02 20:00:00 +0000", "plain", "2024-01-03T04:00:00+08:00", "value"),
        ("2024-01-02", "plain", "2024-01-02T00:00:00+08:00", "site"),
        ("2024-01-02 20:00:00 CST", "plain", "2024-01-03T10:00:00+08:00", "value"),
        ("2024-02-30 10:00:00", "plain", "2024-03-01T18:00:00+08:00", "utc"),
        ("10pm", "plain", "guessed", "site"),
        ("2024-13-01", "plain", "impossible", "utc"),
        ("soon", "plain", "unparsable", "utc"),
    ],
)
def test_quotes_and_seconds_decide_the_zone(text: str, style: str, instant: str, zone_from: str) -> None:
    assert _read(text, "Asia/Shanghai", style) == (instant, zone_from)


def test_without_a_declared_zone_the_machine_decides_and_utc_stands_in() -> None:
    assert _read("2024-01-02 20:00", None) == ("2024-01-02T20:00:00+00:00", "machine")


def test_an_unknown_zone_is_utc_as_to_the_c_library() -> None:
    assert site_zone("Asia/Nowhere") is dt.UTC


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2021-11-07T01:30", "2021-11-07T06:30+00:00"),  # comes twice: Ruby takes the second, standard time
        ("2021-03-14T02:30", "2021-03-14T07:30+00:00"),  # left out: counted on from before
        ("2021-07-01T12:00", "2021-07-01T16:00+00:00"),
    ],
)
def test_hours_that_come_twice_or_not_at_all(local: str, utc: str) -> None:
    zone = site_zone("America/New_York")
    # In UTC: Python never calls two times equal of which one comes twice in its zone.
    assert in_zone(dt.datetime.fromisoformat(local), zone).astimezone(dt.UTC) == dt.datetime.fromisoformat(utc)


@pytest.mark.parametrize(
    ("text", "ignored"),
    [
        ("2024-01-02 10:00:00 Asia/Tokyo", "Asia/Tokyo"),
        ("2024-01-29 18:30:22 2024 -0800", "2024 -0800"),
        ("2024-01-02 23：05：58", "23 05 58"),
        ("January 2, 2024 at 8pm", ""),
        ("Tuesday, 2 Jan 2024 10:00:00 GMT", ""),
        ("2024-01-02 10:00:00 XYZ", "XYZ"),
    ],
)
def test_what_ruby_does_not_look_at_is_told(text: str, ignored: str) -> None:
    assert parse_time(text, dt.UTC).ignored == ignored


def test_texts_over_128_characters_are_refused_as_by_ruby() -> None:
    with pytest.raises(TimeError):
        parse_time("2024-01-02 " + "x" * 128, dt.UTC)
