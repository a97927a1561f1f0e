"""Generated Hugo sites: what postlint says of each content file, and what the real Hugo makes of it.

The sites are the same in every run; ``POSTLINT_SEED=random`` (or a number) asks about others. What is not asked about
stands in ``docs/known-differences.md``.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from postlint.engine.predict import predict
from postlint.engine.project import Wishes, open_project
from postlint.engine.request import Request
from postlint.engine.survey import Survey
from postlint.generators import Fate, Hidden
from tests.generators.hugo_oracle import CLOCK, LAYOUTS, Build, build, new_hugo, old_hugo
from tests.generators.hugo_sites import site
from tests.generators.oracle import write

SITES = 28
YEAR_ONE = -62135596800
"""Hugo's date of a page without one."""


def _seed() -> int:
    asked = os.environ.get("POSTLINT_SEED", "0")
    return random.randrange(1_000_000) if asked == "random" else int(asked)


def fates_of(root: Path) -> dict[str, Fate]:
    project = open_project([str(root)], Wishes())
    request = Request(project.paths, project.explicit, now=dt.datetime.fromisoformat(CLOCK))
    survey = Survey(project.settings, request)
    return {prediction.path: prediction.fate for prediction in predict(survey, request)}


def _differences(path: str, fate: Fate, theirs: Build) -> list[str]:
    lang = fate.lang or "en"
    page = theirs.pages.get((path, lang))
    elsewhere = [key[1] for key in theirs.pages if key[0] == path and key[1] != lang]
    if page is None:
        if elsewhere:
            return [f"Hugo has it in {elsewhere}, we in {lang}"]
        return [f"Hugo leaves it out, we say {fate}"] if fate.published else []
    if not fate.published:
        return [f"Hugo publishes it as {page}, we say {fate}"]
    return [*page_differences(fate, page), *_alias_differences(path, fate, theirs)]


def _alias_differences(path: str, fate: Fate, theirs: Build) -> list[str]:
    ours = {alias + ("index.html" if alias.endswith("/") else "") for alias in fate.aliases}
    written = theirs.aliases.get(path, set())
    if path.rpartition("/")[2].startswith("_index."):
        # Of several languages, one stands at the root or is led to from there.
        written = {place for place in written if place.strip("/").count("/") > 1 or place.count("-")}
    # Where two files meet at one place, one of them is left.
    others = {place for other, places in theirs.aliases.items() if other != path for place in places} | theirs.places
    if written - ours or ours - written - others:
        return [f"aliases: Hugo {written}, we {ours}"]
    return []


def page_differences(fate: Fate, page: dict[str, Any]) -> list[str]:
    from urllib.parse import unquote

    found = []
    if fate.url != unquote(page["url"]):
        found.append(f"address: Hugo {unquote(page['url'])!r}, we {fate.url!r}")
    if fate.title != page["title"]:
        found.append(f"title: Hugo {page['title']!r}, we {fate.title!r}")
    unix = page["unix"]
    if abs(unix - YEAR_ONE) < 86_400:
        unix = YEAR_ONE  # the first day, in the site's zone
    seconds = YEAR_ONE if fate.date is None else int(fate.date.timestamp())
    # A section without a date has its newest page's, which no file says.
    if seconds != unix and (page["kind"] == "page" or fate.date is not None):
        found.append(f"date: Hugo {page['unix']}, we {fate.date}")
    for taxonomy, held in page["terms"].items():
        values = held["values"]
        if values and not held["urls"]:
            continue  # pages that lists leave out are in no taxonomy either; and some kinds of pages may be off
        # Where a list stands in a list, new releases make no terms at all, old ones of the rest.
        values = [
            _shown(value)
            for value in (values if isinstance(values, list) else [values])
            if value not in (None, "") and not isinstance(value, (list, dict))
        ]
        if values != list(fate.terms.get(taxonomy, ())):
            found.append(f"{taxonomy}: Hugo {held}, we {fate.terms.get(taxonomy)}")
    return found


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.generator
@pytest.mark.parametrize("number", range(SITES))
@pytest.mark.parametrize("version", ["", "0.111.3"])
def test_every_file_has_the_fate_that_hugo_gives_it(version: str, number: int, tmp_path: Path) -> None:
    seed = _seed()
    files = site(random.Random(seed * 1_000 + number), number, old=bool(version))
    root = tmp_path / "site"
    ours = f'generator-version = "{version}"\n' if version else ""
    write(root, {**LAYOUTS, "postlint.toml": ours, **files}, 1_600_000_000)
    fates = fates_of(root)
    program = old_hugo() if version else new_hugo()
    theirs = build(root, program)
    failing = {path for path in fates if any(path in error for error in theirs.errors)}
    stopping = {path for path, fate in fates.items() if fate.reason is Hidden.ABORTS}
    wrong = [f"{path}: Hugo fails, we {fates[path]}" for path in failing - stopping]
    if not version:  # the old release stops at the first, and does not name all
        wrong += [f"{path}: Hugo does not fail, we say it does" for path in stopping - failing]
    # What else stands in a site that fails is not all written, so the rest is built without those files.
    without = failing | stopping
    for path in without:
        if path.rpartition("/")[2].startswith("index."):
            shutil.rmtree((root / path).parent, ignore_errors=True)  # without it, what lies beside it would be pages
        else:
            (root / path).unlink(missing_ok=True)
    if without:
        theirs = build(root, program)
    assert not theirs.errors
    fates = fates_of(root)
    assert theirs.pages or not any(fate.published for fate in fates.values()), theirs.errors
    claimed = Counter(fate.url for fate in fates.values())
    for path in sorted(fates):
        # Of pages that meet at one address Hugo writes one, and does not say which.
        if path in files and claimed[fates[path].url] < 2:
            wrong += [f"{path}: {d}\n    {files[path]!r}" for d in _differences(path, fates[path], theirs)]
    assert not wrong, f"seed {seed}: {len(wrong)} differences\n" + "\n".join(wrong)
