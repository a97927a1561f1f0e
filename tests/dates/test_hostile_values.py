"""Values that no one writes: each is read, or refused, in no time and without an exception."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from postlint.document import Document
from postlint.generators import load_site
from postlint.generators.readings import date_uses
from postlint.text import Text
from postlint_rules.date.ambiguous import Ambiguous
from postlint_rules.date.expired import Expired
from postlint_rules.date.filename_mismatch import FilenameMismatch
from postlint_rules.date.format import Format, Options
from postlint_rules.date.future import Future
from postlint_rules.date.impossible import Impossible
from postlint_rules.date.missing_timezone import MissingTimezone
from postlint_rules.date.order import Order
from postlint_rules.date.quoted_timestamp import QuotedTimestamp
from postlint_rules.date.timezone_mismatch import Options as OfOthers
from postlint_rules.date.timezone_mismatch import TimezoneMismatch
from postlint_rules.date.unparsable import Unparsable
from postlint_rules.date.url_day import UrlDay
from postlint_rules.date.zone_abbreviation import ZoneAbbreviation

LONG = 1_000
VALUES = (
    "9" * LONG, "1:" * LONG, "2024-" * LONG, "2024-01-02 " + "9" * LONG + ":00",
    "2024-01-02 10:00:00" + " " * LONG + "x",
    "2024-01-02 10:" + "0" * LONG, "0x" + "f" * LONG, "-" * LONG, "[" + "a, " * 1000 + "b]", "{a: {b: c}}",
    "9999-12-31 23:59:59 -1200", "0001-01-01 00:00:00 +1200", "-2024-01-02", "99999-01-01", "1e400", ".inf", "0b2",
    "2024-01-02T10:00:00.123456789123456789Z", "!!timestamp x", "&a *a", "\\", "%", "\u2028",
    "０１-０２-２０２４", "2024-00-00", "9999-12-31 23:59:59 +0000", "9999-12-31T23:59:59-05:00", "9999-12-31 23:59:59",
    "0001-01-01T00:00:00+05:00", "0001-01-01 00:00:00", "0002-01-01 00:00:00 +0900", "0000-01-01", "01/02/00",
    "99/99/99", "9998-12-31 23:59:59 EST", "Mon, 01 Jan 0001 00:00:00 GMT",
)  # fmt: skip


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York", None])
@pytest.mark.parametrize("name", ["jekyll", "hugo", "hexo", "zola", "plain"])
def test_any_value_is_read_or_refused(name: str, zone: str | None, tmp_path: Path) -> None:
    profile = load_site(tmp_path, "", name, zone=zone)
    paths = {"jekyll": "_posts/2024-01-02-a.md", "zola": "content/a.md"}
    rules = (
        Unparsable(), Impossible(), MissingTimezone(), Format(Options(formats=("%Y-%m-%d",))), Ambiguous(), Order(),
        UrlDay(), FilenameMismatch(), ZoneAbbreviation(),
    )  # fmt: skip
    site_rules = (TimezoneMismatch(OfOthers(others=True)), QuotedTimestamp(), Future(), Expired())
    started = time.process_time()
    read = 0
    for value in VALUES:
        for form in (
            "---\ndate: {0}\nlastmod: {0}\nexpiryDate: {0}\n---\n",
            "---\ndate: '{}'\n---\n",
            "+++\ndate = '{}'\n+++\n",
            '{{"date": "{}"}}\n',
        ):
            document = Document(paths.get(name, "a.md"), Text(form.format(value)), profile)
            read += len(date_uses(document))
            for finding in (finding for rule in rules for finding in rule.check(document)):
                assert 0 <= finding.span.start <= finding.span.end <= len(document.content)
                assert len(finding.message) < 200
            for fact in (fact for rule in site_rules for fact in rule.collect(document)):
                assert 0 <= fact.place.span.start <= fact.place.span.end <= len(document.content)
    assert read > 10
    assert time.process_time() - started < 10
