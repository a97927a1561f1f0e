"""Jekyll's configuration and its answers, one idea a test."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from postlint.config.errors import ConfigError
from postlint.document import Document, Profile
from postlint.generators import Fate, Hidden, Kind, generator_for, load_site
from postlint.text import Text
from tests.generators.oracle import write

NOW = 1_900_000_000


def _profile(folder: Path, config: str = "") -> Profile:
    write(folder, {"_config.yml": config}, NOW)
    return load_site(folder, "", "jekyll")


def _fate(profile: Profile, path: str, content: str = "---\ntitle: A\n---\n") -> Fate:
    return generator_for(profile).fate(Document(path, Text(content), profile))


def test_a_profile_is_hashable_and_survives_pickling(tmp_path: Path) -> None:
    profile = _profile(
        tmp_path,
        "collections: [notes]\ndefaults:\n- scope: {path: x}\n  values: {layout: a, list: [1, {b: 2}]}\n"
        "kramdown: {input: x}\n",
    )
    again = pickle.loads(pickle.dumps(profile))
    assert again == profile
    assert hash(again) == hash(profile)
    assert generator_for(profile) is generator_for(profile)


def test_our_own_zone_wins_over_the_sites(tmp_path: Path) -> None:
    write(tmp_path, {"_config.yml": "timezone: Asia/Tokyo\n"}, NOW)
    assert load_site(tmp_path, "", "jekyll").zone == "Asia/Tokyo"
    assert load_site(tmp_path, "", "jekyll", zone="UTC").zone == "UTC"


@pytest.mark.parametrize(
    ("config", "place", "words"),
    [
        (b"title: a: b\n", (1, 9), "not YAML"),
        (b"a: 1\n\tb: 2\n", (2, 1), "not YAML"),
        (b"- a\n- b\n", (1, 1), "no mapping"),
        (b"a: 1\nb: \xff\n", (2, 1), "not UTF-8"),
        (b"a: " + b"[" * 20_000, (1, 1), "too deep"),
    ],
)
def test_a_broken_configuration_is_told_with_its_place(
    tmp_path: Path, config: bytes, place: tuple[int, int], words: str
) -> None:
    write(tmp_path, {"sub/_config.yml": config}, NOW)
    with pytest.raises(ConfigError) as caught:
        load_site(tmp_path, "sub/", "jekyll")
    (problem,) = caught.value.problems
    assert (problem.source, (problem.line, problem.column)) == ("sub/_config.yml", place)
    assert words in problem.message


@pytest.mark.parametrize(
    "config",
    [
        "timezone: 5\n",
        "collections: 3\n",
        "defaults: x\n",
        "exclude: {a: b}\n",
        "permalink: [a]\n",
        "kramdown: no\n",
        "",
    ],
)
def test_values_of_the_wrong_kind_count_as_not_given(tmp_path: Path, config: str) -> None:
    assert _fate(_profile(tmp_path, config), "_posts/2024-01-02-a.md").published


@pytest.mark.parametrize(
    ("path", "kind", "reason"),
    [
        ("_posts/2024-01-02-a.md", Kind.POST, None),
        ("_posts/nodate.md", Kind.POST, Hidden.IGNORED_NAME),
        ("_posts/_2024-01-02-a.md", Kind.NONE, Hidden.SPECIAL_NAME),
        ("_drafts/a.md", Kind.DRAFT, Hidden.DRAFT),
        ("about.md", Kind.PAGE, None),
        ("_layouts/a.html", Kind.NONE, Hidden.NOT_OUTPUT),
        ("node_modules/a.md", Kind.NONE, Hidden.EXCLUDED),
        ("_site/a.html", Kind.NONE, Hidden.SPECIAL_NAME),
        (".github/a.md", Kind.NONE, Hidden.SPECIAL_NAME),
    ],
)
def test_a_path_says_what_a_file_is(tmp_path: Path, path: str, kind: Kind, reason: Hidden | None) -> None:
    profile = _profile(tmp_path)
    assert generator_for(profile).kind(path) is kind
    assert _fate(profile, path).reason is reason


def test_a_site_in_a_folder_is_its_own_world(tmp_path: Path) -> None:
    write(tmp_path, {"docs/_config.yml": "permalink: pretty\nsource: src\n"}, NOW)
    profile = load_site(tmp_path, "docs/", "jekyll")
    assert _fate(profile, "docs/src/_posts/2024-01-02-a.md").url == "/2024/01/02/a/"
    assert _fate(profile, "docs/other.md").reason is Hidden.EXCLUDED


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("published: false", Hidden.UNPUBLISHED),
        ("published: no", Hidden.UNPUBLISHED),
        ("published:", Hidden.UNPUBLISHED),
        ('published: "false"', None),
        ("date: never", Hidden.ABORTS),
        ("permalink: /:nonsense/", Hidden.ABORTS),
        ("title: a: b", None),
    ],
)
def test_why_a_post_is_not_published(tmp_path: Path, front: str, reason: Hidden | None) -> None:
    assert _fate(_profile(tmp_path), "_posts/2024-01-02-a.md", f"---\n{front}\n---\n").reason is reason


def test_front_matter_that_does_not_load_takes_title_and_address(tmp_path: Path) -> None:
    fate = _fate(_profile(tmp_path), "_posts/2024-01-02-a.md", "---\ntitle: a: b\n---\n")
    assert (fate.published, fate.title, fate.url, fate.date) == (True, "", "", None)
    named = _fate(_profile(tmp_path, "permalink: /:title/"), "_posts/2024-01-02-a.md", "---\ntitle: a: b\n---\n")
    assert named.url == "/2024-01-02-a/"


def test_bytes_that_are_not_utf8_hide_a_post(tmp_path: Path) -> None:
    profile = _profile(tmp_path)
    document = Document("_posts/2024-01-02-a.md", Text.decode(b"---\ntitle: A\n---\n\xff\n"), profile)
    assert generator_for(profile).fate(document).reason is Hidden.UNREADABLE
    page = Document("about.md", Text.decode(b"---\ntitle: A\n---\n\xff\n"), profile)
    assert generator_for(profile).fate(page).reason is Hidden.ABORTS


def test_terms_have_the_places_of_their_words(tmp_path: Path) -> None:
    profile = _profile(tmp_path)
    content = "---\ncategories: news tech\ncategory: Big Things\ntags: [one, 'two words']\n---\n"
    document = Document("_posts/2024-01-02-a.md", Text(content), profile)
    uses = [(use.taxonomy, use.term, content[slice(*use.span)]) for use in generator_for(profile).term_uses(document)]
    assert uses == [
        ("categories", "news", "news"),
        ("categories", "tech", "tech"),
        ("categories", "Big Things", "Big Things"),
        ("tags", "one", "one"),
        ("tags", "two words", "'two words'"),
    ]


def test_redirects_are_further_addresses(tmp_path: Path) -> None:
    content = "---\nredirect_from:\n- /old/\n- older\n---\n"
    with_plugin = _profile(tmp_path, "plugins: [jekyll-redirect-from]\n")
    assert _fate(with_plugin, "about.md", content).aliases == ("/old/", "/older")
    assert _fate(_profile(tmp_path), "about.md", content).aliases == ()
    write(tmp_path, {"Gemfile": "gem 'jekyll-redirect-from'\n"}, NOW)
    assert _fate(_profile(tmp_path), "about.md", content).aliases == ("/old/", "/older")


def test_the_effect_of_a_bad_date_waits_while_the_file_is_not_read(tmp_path: Path) -> None:
    profile = _profile(tmp_path)
    generator = generator_for(profile)
    for path, start in (("_drafts/a.md", "once this draft is published, "), ("_posts/2024-01-02-a.md", "Jekyll stops")):
        document = Document(path, Text("---\ndate: never\n---\n"), profile)
        entry = document.front_matter.get("date")
        assert entry is not None
        assert generator.read_date(document, entry).effect.startswith(start)
