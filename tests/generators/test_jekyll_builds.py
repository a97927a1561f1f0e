"""Generated Jekyll sites, really built: what postlint says will be written, and what then stands in ``_site``."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from postlint.document import Document
from postlint.generators import Fate, Hidden, generator_for, load_site
from postlint.text import Text
from tests.generators.jekyll_cases import Site, site
from tests.generators.oracle import ruby, write

SITES = 34
SEED = os.environ.get("POSTLINT_SEED", "1")
"""Fixed, so that CI asks the same each time; ``POSTLINT_SEED=random`` asks something new, and a failure says what."""


def _local_mean_time(fate: Fate, now: int) -> bool:
    return fate.date is not None and fate.date.year < 1900


def _stops_later(fate: Fate, now: int) -> bool:
    return fate.reason is Hidden.ABORTS and fate.date is not None and fate.date.timestamp() > now


KNOWN: dict[str, Callable[[Fate, int], bool]] = {
    "before zones were agreed on, Ruby counts a town's own time otherwise than zoneinfo, by seconds": _local_mean_time,
    "an address that stops the build stops it once the post's date has come; we say so from the start": _stops_later,
}
"""Differences that stay: the reason, and which fates at which moment it excuses. Kept out of the cases are two: the
Jekyll that Debian builds reads YAML with Psych alone, which refuses a whole front matter for an unquoted ``:word`` in
it, where Jekyll as published takes that for a text; and a list for a date beside categories that break the front matter
as well, at which Jekyll stops for the second reason."""


def build(sites: list[tuple[Path, Site]]) -> list[dict[str, Any]]:
    question = [[str(root), each.now, list(each.plugins)] for root, each in sites]
    answer: list[dict[str, Any]] = ruby("jekyll_build.rb", question, needs="jekyll-redirect-from")
    return answer


def fates(root: Path, files: dict[str, str | bytes], now: int) -> dict[str, Fate]:
    profile = load_site(root, "", "jekyll")
    generator = generator_for(profile)
    moment = dt.datetime.fromtimestamp(now, dt.UTC)
    found = {}
    for path, content in files.items():
        if path != "_config.yml":
            data = content if isinstance(content, bytes) else content.encode()
            found[path] = generator.fate(Document(path, Text.decode(data), profile)).at(moment)
    return found


def file_of(url: str, suffix: str) -> str:
    """The file below ``_site`` that has an address: a page's suffix is added where the address lacks it."""
    if url.endswith("/"):
        return url[1:] + "index" + suffix
    return url[1:] if url.endswith(suffix) else url[1:] + suffix


def differences(root: Path, made: Site, answer: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(path, words) for everything that is not as predicted."""
    ours = fates(root, made.files, made.now)
    items: dict[str, list[dict[str, Any]]] = answer["items"]
    for path, alone in answer["stops"].items():
        if ours[path].reason is not Hidden.ABORTS:
            yield path, f"Jekyll stops, we say {ours[path]}"
        if not alone:
            yield path, "Jekyll stops, but not at this file alone"
    left_out = beyond_limit(ours, made) if made.limit else set()
    expected: dict[str, list[str]] = {}
    for path, fate in ours.items():
        if path in answer["stops"]:
            continue
        found = items.get(path, [])
        if any(excused(fate, made.now) for excused in KNOWN.values()):
            for theirs in found:
                expected.setdefault(theirs["file"], []).append(path)
            continue
        if not fate.published or path in left_out:
            if found:
                yield path, f"Jekyll writes {found}, we say {fate}"
            elif fate.reason is Hidden.ABORTS and not made.limit:  # nobody asks a post beyond it for its address
                yield path, f"Jekyll does not stop, we say {fate}"
            continue
        if not found:
            yield path, f"Jekyll leaves it out, we say {fate}"
            continue
        (theirs,) = found
        built_now = theirs.get("date") is not None and theirs["date"][0] == made.now
        if fate.url:
            document = theirs["kind"] == "Document"  # that has "index.html" whatever its own suffix
            file = file_of(fate.url, ".html" if document and fate.url.endswith("/") else theirs["ext"])
        elif built_now and fate.date is None:
            file = theirs["file"]  # the day of the build is in its address
        else:
            yield path, f"Jekyll writes {theirs['file']!r}, we know no address"
            continue
        expected.setdefault(file, []).append(path)
        if file != theirs["file"]:
            yield path, f"Jekyll writes {theirs['file']!r}, we {file!r}"
        if fate.url and theirs["url"] != fate.url:
            yield path, f"Jekyll's address is {theirs['url']!r}, ours {fate.url!r}"
        for alias in fate.aliases:
            expected.setdefault(file_of(alias, PurePosixPath(alias).suffix or ".html"), []).append("")
        for words in values(fate, theirs, built_now):
            yield path, words
    written: dict[str, str] = answer["written"]
    for file in sorted(written.keys() - expected.keys() - {"redirects.json"}):
        yield file, "Jekyll writes this file, which we do not predict"
    for file in sorted(expected.keys() - written.keys()):
        yield file, f"Jekyll does not write this file, which we predict from {expected[file]}"
    for file, paths in expected.items():
        winner = last_written(paths, ours, items, made)
        if winner is None or len(paths) < 2 or "Body of <" not in str(made.files[winner]):
            continue
        if f"Body of <{winner}>" not in written.get(file, ""):
            yield file, f"of {paths} we expect {winner}, Jekyll has {written.get(file)!r}"


def values(fate: Fate, theirs: dict[str, Any], built_now: bool) -> Iterator[str]:
    """What is not as predicted in title, date and terms."""
    if theirs["kind"] == "StaticFile":
        return
    if theirs["title"] != fate.title:
        yield f"title: Jekyll {theirs['title']!r}, we {fate.title!r}"
    if theirs["kind"] != "Document":
        return
    date = None
    if fate.date is not None and (offset := fate.date.utcoffset()) is not None:
        date = [int(fate.date.timestamp()), int(offset.total_seconds())]
    if theirs.get("date") != date and not (date is None and (built_now or theirs.get("date") is None)):
        yield f"date: Jekyll {theirs['date']}, we {date}"
    for taxonomy in ("categories", "tags"):
        if theirs[taxonomy] != list(fate.terms.get(taxonomy, ())):
            yield f"{taxonomy}: Jekyll {theirs[taxonomy]}, we {fate.terms.get(taxonomy)}"


def _when(fate: Fate, now: int) -> float:
    return now if fate.date is None else fate.date.timestamp()


def _in_posts(path: str) -> bool:
    return "_posts/" in path or "_drafts/" in path


def beyond_limit(ours: dict[str, Fate], made: Site) -> set[str]:
    """``limit_posts`` keeps the last posts by date: no one file tells, so postlint says nothing of it."""
    posts = [path for path, fate in ours.items() if fate.published and _in_posts(path)]
    posts.sort(key=lambda path: (_when(ours[path], made.now), path))
    return set(posts[: -made.limit])


def last_written(
    paths: list[str], ours: dict[str, Fate], items: dict[str, list[dict[str, Any]]], made: Site
) -> str | None:
    """Which of the files with one address stays: Jekyll writes pages, copies, then documents, those by date and path.

    None where it is a page that redirects, or pages alone, whose order is nobody's promise; nor is that of documents
    where the future is shown, since those without a date have none yet when they are sorted.
    """
    kinds = {path: items[path][0]["kind"] for path in paths if path}
    documents = [path for path, kind in kinds.items() if kind == "Document"]
    if documents:
        if "future: true\n" in str(made.files["_config.yml"]) or not all(map(_in_posts, documents)):
            return None
        return max(documents, key=lambda path: (_when(ours[path], made.now), path))
    copies = [path for path, kind in kinds.items() if kind == "StaticFile"]
    return max(copies) if copies else None


@pytest.mark.generator
def test_every_post_of_generated_sites_is_built_as_predicted(tmp_path: Path) -> None:
    seed = str(random.randrange(10**9)) if SEED == "random" else SEED
    sites = []
    for number in range(SITES):
        root = tmp_path / str(number)
        made = site(random.Random(f"{seed}/{number}"), number)
        write(root, made.files, made.now)
        sites.append((root, made))
    answers = build(sites)
    wrong: list[str] = []
    compared = 0
    for (root, made), answer in zip(sites, answers, strict=True):
        compared += len(made.files)
        for path, words in differences(root, made, answer):
            wrong.append(f"{root.name}/{path}: {words}\n    {made.files.get(path)!r}")
    assert not wrong, f"{len(wrong)} differences (POSTLINT_SEED={seed})\n" + "\n".join(wrong)
    assert compared > 2_000
