"""Real Jekyll sites: the fate of every file, and what Jekyll's own reader knows of it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from postlint.document import Document
from postlint.generators import Fate, Hidden, generator_for, load_site
from postlint.generators.jekyll import Jekyll
from postlint.text import Text
from tests.generators.oracle import read_sites

NOW = 1_900_000_000
"""Far enough that no date is in the future, and a moment that no date states."""

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"


def differences(fate: Fate, path: str, theirs: dict[str, Any] | None, stops: dict[str, str], key: str) -> list[str]:
    if key in stops:
        return [] if fate.reason is Hidden.ABORTS else [f"Jekyll stops ({stops[key]}), we say {fate}"]
    if theirs is None or not theirs["written"]:
        return [f"Jekyll leaves it out, we say {fate}"] if fate.published else []
    if theirs["url"].startswith("stops"):
        return [] if fate.reason is Hidden.ABORTS else [f"Jekyll stops, we say {fate}"]
    if not fate.published:
        return [f"Jekyll publishes it as {theirs}, we say {fate}"]
    found = []
    built_now = theirs.get("date") is not None and theirs["date"][0] == NOW
    if theirs["url"] != fate.url and not (built_now and fate.url == "" and fate.date is None):
        found.append(f"address: Jekyll {theirs['url']!r}, we {fate.url!r}")
    if theirs["kind"] == "static":
        return found
    if theirs["title"] != fate.title:
        found.append(f"title: Jekyll {theirs['title']!r}, we {fate.title!r}")
    if theirs["kind"] == "document":
        offset = None if fate.date is None else fate.date.utcoffset()
        date = (
            None if fate.date is None or offset is None else [int(fate.date.timestamp()), int(offset.total_seconds())]
        )
        if theirs["date"] != date and not (date is None and (built_now or theirs["date"] is None)):
            found.append(f"date: Jekyll {theirs['date']}, we {date}")
        for taxonomy in ("categories", "tags"):
            if theirs[taxonomy] != list(fate.terms.get(taxonomy, ())):
                found.append(f"{taxonomy}: Jekyll {theirs[taxonomy]}, we {fate.terms.get(taxonomy)}")
    return found


@pytest.mark.corpus
@pytest.mark.generator
@pytest.mark.parametrize("site", ["finews", "jekyll/docs", "ruby-lang"])
def test_every_file_of_a_real_site_has_the_fate_that_jekyll_gives_it(site: str, tmp_path: Path) -> None:
    if not CORPORA.is_dir():
        pytest.skip("the real sites (shared/corpora beside the project) are not there")
    root = Path(shutil.copytree(CORPORA / site, tmp_path / "site"))
    (answer,) = read_sites([(root, NOW)])
    profile = load_site(root, "", "jekyll")
    generator = generator_for(profile)
    assert isinstance(generator, Jekyll)
    wrong = []
    for file in sorted(root.rglob("*")):
        if file.suffix in (".md", ".html", ".markdown") and file.is_file():
            path = file.relative_to(root).as_posix()
            key = generator.classify(path).path
            fate = generator.fate(Document(path, Text.decode(file.read_bytes()), profile))
            found = differences(fate, path, answer["found"].get(key), answer["stops"], key)
            wrong += [f"{path}: {difference}" for difference in found]
    assert answer["found"]
    assert not wrong, "\n".join(wrong)
