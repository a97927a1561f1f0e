"""Hexo, Zola and plain folders, in their ordinary cases."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from postlint.document import Document, Profile
from postlint.generators import DateOutcome, DateReading, Fate, Hidden, Kind, generator_for, load_site
from postlint.text import Text
from tests.generators.oracle import write

NOW = 1_900_000_000


def _fate(profile: Profile, path: str, content: str) -> Fate:
    return generator_for(profile).fate(Document(path, Text(content), profile))


def _reading(profile: Profile, path: str, content: str) -> DateReading:
    document = Document(path, Text(content), profile)
    entry = document.front_matter.get("date")
    assert entry is not None
    return generator_for(profile).read_date(document, entry)


@pytest.fixture
def hexo(tmp_path: Path) -> Profile:
    write(tmp_path, {"_config.yml": "timezone: Asia/Shanghai\npermalink: :category/:year/:i_month/:title/\n"}, NOW)
    return load_site(tmp_path, "", "hexo")


def test_a_hexo_post_stands_where_the_template_says(hexo: Profile) -> None:
    fate = _fate(hexo, "source/_posts/Hello.md", "title: Hello\ndate: 2024-01-02 20:00:00\ntags: a b\n---\n")
    assert (fate.url, fate.terms["tags"]) == ("/uncategorized/2024/1/Hello/", ("a b",))
    assert fate.date == dt.datetime(2024, 1, 2, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("source/_posts/a.md", Kind.POST),
        ("source/_drafts/a.md", Kind.DRAFT),
        ("source/about/index.md", Kind.PAGE),
        ("source/img/a.png", Kind.STATIC),
        ("source/_data/a.md", Kind.NONE),
        ("README.md", Kind.NONE),
    ],
)
def test_hexo_paths(hexo: Profile, path: str, kind: Kind) -> None:
    assert generator_for(hexo).kind(path) is kind


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        ("2024-01-02 20:00:00", DateOutcome.READ),
        ("2024-02-30", DateOutcome.ROLLED_OVER),
        ("2024-13-01", DateOutcome.ROLLED_OVER),
        ("'2024-13-01'", DateOutcome.IMPOSSIBLE),
        ("2024-01-02 25:00:00", DateOutcome.ROLLED_OVER),
        ("'2024-01-02 25:00:00'", DateOutcome.IMPOSSIBLE),
        ("2024-01-02 23：05：58", DateOutcome.UNPARSABLE),
        ("soon", DateOutcome.UNPARSABLE),
        ("Jan 2, 2024", DateOutcome.NONE),
    ],
)
def test_hexo_dates(hexo: Profile, value: str, outcome: DateOutcome) -> None:
    assert _reading(hexo, "source/_posts/a.md", f"---\ndate: {value}\n---\n").outcome is outcome


@pytest.fixture
def zola(tmp_path: Path) -> Profile:
    write(tmp_path, {"config.toml": 'base_url = "https://example.org"\ntaxonomies = [{name = "tags"}]\n'}, NOW)
    return load_site(tmp_path, "", "zola")


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("content/blog/2024-01-02-hello.md", "/blog/hello/"),
        ("content/blog/_index.md", "/blog/"),
        ("content/blog/one/index.md", "/blog/one/"),
        ("content/about.md", "/about/"),
        ("content/Größe.md", "/grosse/"),
    ],
)
def test_zola_addresses(zola: Profile, path: str, url: str) -> None:
    assert _fate(zola, path, "+++\ntitle = 'A'\n+++\n").url == url


def test_zola_takes_the_day_from_the_name_and_terms_from_their_table(zola: Profile) -> None:
    fate = _fate(
        zola, "content/2024-01-02-a.md", "+++\ntitle = 'A'\ndraft = true\n[taxonomies]\ntags = ['x', 'y']\n+++\n"
    )
    assert fate.date == dt.datetime(2024, 1, 2, tzinfo=dt.UTC)
    assert (fate.terms, fate.reason) == ({"tags": ("x", "y")}, Hidden.DRAFT)


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        ("2024-01-02", DateOutcome.READ),
        ("2024-01-02T20:00:00+08:00", DateOutcome.READ),
        ("'2024-02-30'", DateOutcome.IMPOSSIBLE),
        ("'2 January'", DateOutcome.UNPARSABLE),
    ],
)
def test_zola_dates(zola: Profile, value: str, outcome: DateOutcome) -> None:
    assert _reading(zola, "content/a.md", f"+++\ndate = {value}\n+++\n").outcome is outcome


def test_a_plain_folder_serves_files_where_they_lie(tmp_path: Path) -> None:
    profile = load_site(tmp_path, "", "plain")
    fate = _fate(profile, "docs/a.md", "---\ntitle: A\ntags: [x]\n---\n")
    assert (fate.published, fate.url, fate.terms) == (True, "/docs/a.md", {"tags": ("x",)})


def test_files_without_a_site_are_content_to_the_generator_that_is_named(tmp_path: Path) -> None:
    for name in ("hugo", "hexo"):
        assert generator_for(load_site(tmp_path, "", name)).kind("notes/a.md") is Kind.PAGE
