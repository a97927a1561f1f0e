"""What postlint says of the links of Hugo sites, against the pages that Hugo 0.168 builds: real ones, and made ones."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.built.comparison import Comparison, another_site, compare
from tests.built.hugo_sites import Built, build, copy, without_stopping
from tests.built.link_forms import HOST
from tests.built.lychee import Link, check
from tests.built.made_hugo import CONFIGS, make
from tests.built.planted import plant
from tests.built.told import Told, ask
from tests.html_documents import CORPORA
from tests.sites import NOW

pytestmark = pytest.mark.generator

THEN = dt.datetime(2024, 12, 1, tzinfo=dt.UTC)
"""Before most pages of the real site expire."""
FIELDS = ("draft: true", "expirydate: 2001-01-01", "url: /moved/{number}/", "slug: moved-{number}")
_FEED = re.compile(r"\.xml$", re.IGNORECASE)
_RING = re.compile(r"\{\{<\s*ring\b")
"""The real site's shortcode that gives its heading an id by chance: nobody can tell what there is on such a page."""


class Answer(NamedTuple):
    comparison: Comparison
    told: Told


def answer(root: Path, host: str, now: dt.datetime, base: str = "") -> Answer:
    built = build(root, now, base)
    checked = check(built.host, [host])
    told = ask(root, base, now)
    aside = (
        another_site(checked, base)
        | built.not_judged(checked.broken, told)
        | frozenset(_by_chance(root, built, checked.broken))
    )
    comparison = compare(
        checked, built.as_built(told), aside, built.stops, lambda link: bool(_FEED.search(link.address))
    )
    return Answer(comparison, told)


def _by_chance(root: Path, built: Built, links: Collection[Link]) -> Iterator[Link]:
    by_chance = {at for at, path in built.sources.items() if _RING.search((root / path).read_text(encoding="utf-8"))}
    for link in links:
        path, _, fragment = link.address.partition("#")
        if fragment and built.led.get(path, path).rstrip("/") in by_chance:
            yield link


@pytest.mark.parametrize("config", CONFIGS)
def test_a_made_site(config: str, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    rng = random.Random(f"links of Hugo, {config}")
    found = answer(make(tmp_path / "site", rng, config, paragraphs=30), HOST, NOW, CONFIGS[config][0]).comparison
    record_property(config, str(found))
    assert len(found.broken) > 120
    assert found.found >= 0.99, found
    assert found.right >= 0.98, found
    assert len(found.unknown) < 10, found.unknown


@pytest.mark.corpus
@pytest.mark.skipif(not CORPORA.is_dir(), reason="the real sites are not beside the project")
def test_digitalgov_as_it_is_and_with_planted_defects(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    root = copy(CORPORA / "digitalgov", tmp_path / "site")
    (root / "layouts/shortcodes").mkdir()
    (root / "layouts/shortcodes/tweet.html").write_text("", encoding="utf-8")  # Hugo has none any more
    without_stopping(root, THEN)
    real, told = answer(root, "digital.gov", THEN)
    record_property("digitalgov", str(real))
    assert len(real.broken) > 50
    assert real.found >= 0.99, real
    assert real.right >= 0.98, real
    pages = [path for paths in told.pages.values() for path in paths if not path.endswith("_index.md")]
    assert plant(root, random.Random(1), 500, 60, FIELDS, pages) > 400
    planted, _ = answer(root, "digital.gov", THEN)
    record_property("digitalgov, planted", str(planted))
    assert len(planted.broken) > 400
    assert planted.found >= 0.99, planted
    assert planted.right >= 0.98, planted
    assert not real.unknown and not planted.unknown
